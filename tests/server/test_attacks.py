"""What a hostile client may try: the others are answered all the same, and nothing is left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest

from quotes.errors import QuotesError
from quotes.server import connections, requests
from quotes.server.application import create_app
from quotes.server.pool import SLOWEST, Limits, WorkerPool, fitting_timeout
from tests.server.fakes import FakeExtractor, fake
from tests.server.running import running

if TYPE_CHECKING:
    from httpx import Client

ROOT = Path(__file__).parents[2]
HALF_A_HEAD = b"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
LINUX = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads /proc")


@pytest.fixture(scope="module")
def wide() -> Iterator[Client]:
    """A client of a service that takes large bodies."""
    pool = WorkerPool(fake, limits=Limits(max_bytes=3_000_000, timeout=20))
    pool.start()
    with (
        running(create_app(pool, hosts={"127.0.0.1"})) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client
    pool.close()


def connected(client: Client) -> socket.socket:
    """A connection to the service of a client."""
    return socket.create_connection((client.base_url.host, client.base_url.port), timeout=10)


def closed(connection: socket.socket) -> bool:
    """Whether the service has closed a connection, waiting for it as long as the connection's timeout."""
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def until(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something gets so in time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


BODIES = {
    "a form of short lines": ("/view", urlencode({"text": "a:\n" * 90_000})),
    "members that do not exist": ("/v1/extract", json.dumps({f"k{n}": 0 for n in range(200_000)})),
    "faults in each of many texts": ("/v1/extract", json.dumps({"documents": [{f"{n}": 0 for n in range(300)}] * 900})),
    "sources that are none": ("/v1/verify", json.dumps({"text": "a", "sources": [0] * 500_000})),
    "a form of sources": ("/check", urlencode({"text": "a", "source": "b:\n" * 90_000})),
    "attitudes that do not exist": ("/v1/extract", json.dumps({"text": "a", "attitudes": [0] * 500_000})),
}


@pytest.mark.parametrize("name", BODIES)
def test_health_is_answered_while_a_large_body_is_read(wide: Client, name: str) -> None:
    """What grows with a body is done elsewhere than where the health check is answered; a refusal stays short."""
    path, body = BODIES[name]
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    answers: list[httpx.Response] = []

    def post() -> None:
        answers.append(wide.post(path, content=body, headers={"content-type": kind}))

    thread = threading.Thread(target=post)
    thread.start()
    longest = 0.0
    while thread.is_alive():
        begun = time.perf_counter()
        assert wide.get("/healthz").status_code == 200
        longest = max(longest, time.perf_counter() - begun)
        thread.join(0.02)
    assert longest < 0.8
    if path.startswith("/v1/"):
        assert (answers[0].status_code, len(answers[0].content) < 4000) == (422, True)


@pytest.mark.parametrize("field", ["title", "publisher", "document_id"])
def test_long_metadata(wide: Client, field: str) -> None:
    """What each statement of an answer repeats has a longest length."""
    text = "Said: one\n" * 400
    long = {"text": text, field: "x" * 400_000}
    assert wide.post("/v1/extract", json=long).status_code == 422
    assert wide.post("/v1/extract", json={"documents": [long]}).status_code == 422
    assert wide.post("/v1/extract", json={"text": text, field: "x" * 1000}).status_code == 200
    if field != "document_id":
        answer = wide.post("/view", data=long)
        assert (answer.status_code, "1000 characters" in answer.text) == (422, True)


def test_long_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer over the limit is refused with 413: of statements and of a page."""
    monkeypatch.setattr(requests, "LONGEST_ANSWER", 100)
    request = requests.TextRequest(text="Said: one\n" * 9)
    with pytest.raises(requests.AnswerTooLargeError, match="longer than 100 characters") as caught:
        request.extraction(FakeExtractor())

    async def too_large(_job: object) -> None:
        raise caught.value

    pool = WorkerPool(fake)
    monkeypatch.setattr(pool, "run", too_large)

    async def act() -> set[int]:
        transport = httpx.ASGITransport(app=create_app(pool))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            both = {"text": "a", "source": "a"}
            answers = [await client.post(path, json={}) for path in ("/v1/extract", "/v1/verify")]
            answers += [await client.post(path, data=both) for path in ("/view", "/check")]
            return {answer.status_code for answer in answers}

    assert asyncio.run(act()) == {413}


def test_a_head_that_never_ends(wide: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that does not end the head of its first request, or of a later one, is given up."""
    monkeypatch.setattr(connections, "ARRIVAL_LIMIT", 0.3)
    with connected(wide) as silent, connected(wide) as first, connected(wide) as second:
        first.sendall(HALF_A_HEAD)
        second.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert second.recv(1000).startswith(b"HTTP/1.1 200")
        second.sendall(HALF_A_HEAD)
        with suppress(TimeoutError):
            second.settimeout(0.05)
            second.recv(1000)  # the rest of the answer
        second.settimeout(10)
        assert all(map(closed, (silent, first, second)))


def test_an_answer_that_is_never_read(wide: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that asks and asks and takes nothing is given up."""
    monkeypatch.setattr(connections, "ARRIVAL_LIMIT", 0.3)
    body = b"text=Boom" + b"+" * 400_000  # refused with a page that holds it again
    head = b"POST /view HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.settimeout(10)
        deaf.connect((wide.base_url.host, wide.base_url.port))
        with pytest.raises(ConnectionError):
            deaf.sendall((head + body) * 100)


def test_many_half_sent_heads(wide: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections over the limit cost those that have waited longest for their request, not the others."""
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 20)
    with ExitStack() as stack:
        opened = [stack.enter_context(connected(wide)) for _ in range(60)]
        for connection in opened:
            with suppress(OSError):
                connection.sendall(HALF_A_HEAD)
            connection.settimeout(0.01)
        for _ in range(3):
            assert httpx.get(f"{wide.base_url}/healthz", trust_env=False, timeout=10).status_code == 200
        assert until(lambda: sum(map(closed, opened)) >= 40, 5)


SERVICE = """
import sys
from quotes.server.application import create_app
from quotes.server.pool import Limits, WorkerPool
from tests.server.fakes import fake
from tests.server.running import running

if __name__ == "__main__":
    if len(sys.argv) > 2:
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[2]),) * 2)
    pool = WorkerPool(fake, workers=int(sys.argv[1]), limits=Limits(timeout=5))
    pool.start()
    with running(create_app(pool)) as address:
        print(address, *(worker.process_id for worker in pool.workers), flush=True)
        sys.stdin.read()
    pool.close()
"""


def served(*arguments: str) -> subprocess.Popen[str]:
    """A service in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", SERVICE, *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@LINUX
def test_more_connections_than_descriptors() -> None:
    """Where the system lets the service open few files, many clients cost it neither answers nor a line of log."""
    with served("1", "96") as process, ExitStack() as stack:
        address = process.stdout.readline().split()[0]
        host, _, port = address.removeprefix("http://").partition(":")
        for _ in range(200):
            connection = stack.enter_context(socket.socket())
            connection.setblocking(False)
            connection.connect_ex((host, int(port)))
        answer = httpx.post(f"{address}/v1/extract", json={"text": "Said: one\n"}, trust_env=False, timeout=20)
        assert answer.status_code == 200
        process.stdin.close()
        assert process.stderr.read() == ""


@LINUX
def test_a_killed_service_leaves_no_worker() -> None:
    """Workers end with the service, however it ends, at rest and at work."""
    with served("2") as process:
        address, *workers = process.stdout.readline().split()
        with suppress(httpx.HTTPError):
            httpx.post(f"{address}/v1/extract", json={"text": "Wait 60 s"}, trust_env=False, timeout=0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert until(lambda: not any(map(lives, workers)), 10)


def lives(process: str) -> bool:
    """Whether a process is there and does anything (Linux)."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_requests_after_a_worker_died() -> None:
    """The next request after the end of a worker succeeds, each time."""
    pool = WorkerPool(fake)
    pool.start()
    with running(create_app(pool)) as address:
        for pause in (0, 0.1, 0):
            os.kill(pool.workers[0].process_id, signal.SIGKILL)
            time.sleep(pause)
            assert httpx.post(f"{address}/v1/extract", json={"text": "a"}, trust_env=False, timeout=60).is_success
    pool.close()


def test_abandoned_requests_leave_the_queue(tmp_path: Path) -> None:
    """A request whose client has gone away waits no longer, so that it keeps nobody out."""
    pool = WorkerPool(fake, limits=Limits(timeout=60, queue=3))
    pool.start()
    held = tmp_path / "held"
    with running(create_app(pool)) as address, httpx.Client(base_url=address, trust_env=False, timeout=0.3) as client:
        with suppress(httpx.TimeoutException):
            client.post("/v1/extract", json={"text": f"Hold: {held}"})
        assert until(held.exists)
        for _ in range(4):
            with pytest.raises(httpx.TimeoutException):
                client.post("/v1/extract", json={"text": "Said: one"})
        assert until(lambda: pool.waiting == 0, 5)
        held.unlink()
        assert client.post("/v1/extract", json={"text": "Said: one"}, timeout=20).status_code == 200
    pool.close()


def test_limits_fit_each_other() -> None:
    """What a body may hold of ordinary news is extracted within the time limit."""
    limits = Limits()
    assert limits.timeout == fitting_timeout(limits.max_bytes) >= limits.max_bytes / SLOWEST
    assert fitting_timeout(1_000_000) == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 9000])
def test_bodies_are_read_by_workers(body: bytes) -> None:
    """What no worker can read is an error that it reports, never a fault."""
    with pytest.raises(QuotesError, match="no JSON"):
        requests.extraction(body, FakeExtractor())
