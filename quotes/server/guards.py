"""What comes before the service: whom it answers, how much it takes, what browsers may do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import Response

from quotes.io.json import json_text
from quotes.server.pool import Limits
from quotes.server.requests import CHECK, FILE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM_PATH = "/view"
ENCODED_BYTE = 3
"""Bytes that one byte of a text takes at most in a form ("%C3")."""
PACKING = 50
"""Bytes that a file may have for each byte of a text: pages, documents and mails have much beside it."""
FACTORS = {FORM_PATH: ENCODED_BYTE, CHECK: ENCODED_BYTE, FILE: PACKING}
MOST_DISCARDED = 16_000_000
"""Bytes beyond the limit that are still read, and thrown away, before a body is refused."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # without a referrer, browsers do not tell a form's origin either
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """Refuses requests before any of the service sees them.

    A page of another site must not use the service through the reader's browser:
    requests under a foreign host name (a name that was pointed to this machine)
    and those that a browser marks as another site's or origin's are refused.
    Without hosts any name is answered. The work for a client that has gone away
    is given up, unless it has begun.
    """

    def __init__(self, app: ASGIApp, limits: Limits, hosts: Iterable[str] | None = None) -> None:
        self.app, self.limits = app, limits
        self.hosts = None if hosts is None else frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        changing = scope["method"] not in {"GET", "HEAD"}
        if self.hosts is not None and host_name(headers.get(b"host", "")) not in self.hosts:
            told = "this host name is not answered; use the address that the service told"
            answer: ASGIApp = problem(421, told)
        elif changing and (headers.get(b"sec-fetch-site") == "cross-site" or _foreign(headers)):
            answer = problem(403, "requests of other sites are not answered")
        else:
            most = self.limits.max_bytes * FACTORS.get(scope["path"], 1)
            body = await self._body(receive, headers, most)
            if isinstance(body, Response):
                answer = body
            else:
                answer, receive = _until_gone(self.app, receive), _replayed(body, receive)
        await answer(scope, receive, _with_headers(send))

    async def _body(self, receive: Receive, headers: dict[bytes, str], most: int) -> bytes | Response:
        """Return the body of a request, or the refusal of one that is too large or does not arrive."""
        close = {"connection": "close"}  # what is left of the body must not be taken for the next request
        allowed = self.limits.max_bytes if most < PACKING * self.limits.max_bytes else most
        too_large = f"the body is larger than {allowed} bytes; send less text at once"
        length = headers.get(b"content-length", "")
        told = int(length) if length.isdigit() else 0
        if told > most + MOST_DISCARDED or (told > most and b"expect" in headers):  # it is not sent yet
            return problem(413, too_large, close)
        try:
            body = await asyncio.wait_for(_read_body(receive, most), self.limits.timeout)
        except TimeoutError:
            return problem(408, f"the body did not arrive in {self.limits.timeout:g} s", close)
        return problem(413, too_large, close) if body is None else body


_HOST = re.compile(r"(?:\[([0-9a-z:.%]+)\]|([^:\[\]]+))(?::[0-9]*)?")


def host_name(header: str) -> str:
    """Return the host of a Host header without its port, in lower case; all of a header that is not as it must be.

    >>> host_name("LocalHost:8000"), host_name("[::1]:8000"), host_name("[::1]a.b")
    ('localhost', '::1', '[::1]a.b')
    """
    header = header.lower()
    parts = _HOST.fullmatch(header)
    return (parts[1] or parts[2]) if parts else header


def _foreign(headers: Mapping[bytes, str]) -> bool:
    """Return whether a browser sends this for a page from elsewhere, another port of this machine included."""
    origin = headers.get(b"origin")
    try:
        return origin is not None and urlsplit(origin).netloc.lower() != headers.get(b"host", "").lower()
    except ValueError:
        return True


def _until_gone(app: ASGIApp, receive: Receive) -> ASGIApp:
    """Return an application that is cancelled when its client goes away; the whole body has been received."""

    async def answered(scope: Scope, replayed: Receive, send: Send) -> None:
        work, gone = asyncio.ensure_future(app(scope, replayed, send)), asyncio.ensure_future(receive())
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not work.done():
                work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    return answered


async def _read_body(receive: Receive, most: int) -> bytes | None:
    """Return the body of a request; None when it is larger than ``most`` bytes.

    A body that is too large is read on without being kept: many clients read no
    answer before they have sent all, and would lose one that comes with a closed
    connection.
    """
    chunks: list[bytes] = []
    size, more = 0, True
    while more and size <= most + MOST_DISCARDED:
        message = await receive()
        if message["type"] != "http.request":
            break
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        else:
            chunks.clear()
        more = message.get("more_body", False)
    return b"".join(chunks) if size <= most else None


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal: a status and, in the body, why."""
    body = json_text({"detail": detail}).encode("utf-8")
    return Response(body, status, headers, media_type="application/json")


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sent
