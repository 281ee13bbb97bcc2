"""``quotes serve``: the extractor as a service on this machine."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.cli.messages import needs_extra, tell
from quotes.errors import UsageError

if TYPE_CHECKING:
    import socket

EXAMPLE = "Example: quotes serve --port 8000"


def serve(
    *,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; the default lets nobody but this machine in.")
    ] = "127.0.0.1",
    port: Annotated[int, options.count_option(help="Port to listen on; 0 picks a free one.", min=0, max=65535)] = 8000,
    workers: Annotated[int, options.count_option(help="Worker processes; each loads a pipeline of its own.")] = 1,
    max_bytes: Annotated[int, typer.Option(metavar="N", help="Largest request to accept, in bytes.")] = 200_000,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            help="Longest wait for a free process, and longest extraction. By default a second for every 5,000 bytes "
            "of --max-bytes, and at least 40.",
        ),
    ] = None,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
) -> None:
    """Serve a web page and an HTTP API on this machine.

    Paste articles into the page, or send them to the API. Needs the extra 'server'.
    """
    with needs_extra("server", "quotes serve"):
        import uvicorn

        from quotes.server.application import create_app
        from quotes.server.connections import server_config
        from quotes.server.pool import Limits, WorkerPool, fitting_timeout, load_extractor

    limits = Limits(max_bytes=max_bytes, timeout=fitting_timeout(max_bytes) if timeout is None else timeout)
    with listening(host, port) as listener:
        address = listener.getsockname()
        pool = WorkerPool(partial(load_extractor, model, quality, provider), workers=workers, limits=limits)
        try:
            pool.start()
            app = create_app(pool, hosts=answered_hosts(host, address[0]))
            name = f"[{address[0]}]" if ":" in address[0] else address[0]
            tell(f"serving on http://{name}:{address[1]} (Ctrl-C stops)")
            with suppress(KeyboardInterrupt):  # the way to stop it
                uvicorn.Server(server_config(app)).run(sockets=[listener])
        finally:
            pool.close()


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens, before anything slow is done."""
    import socket

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise UsageError(f"--host {host!r} is no address of this machine: {error.strerror}") from error
    family, _, _, _, address = found[0]
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    try:
        return socket.create_server(address, family=family, backlog=socket.SOMAXCONN, dualstack_ipv6=both)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host} port {port}: {error.strerror}; choose another with --host or --port"
        ) from error


def answered_hosts(host: str, address: str) -> frozenset[str] | None:
    """Return the host names to answer: those of loopback when bound to it, else any (None)."""
    from ipaddress import ip_address

    if not ip_address(address.partition("%")[0]).is_loopback:
        return None
    return frozenset({"localhost", "127.0.0.1", "::1", address, host.lower()})
