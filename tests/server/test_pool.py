"""Workers: many requests at once, limits, and what is left when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from quotes.errors import ModelError, UsageError
from quotes.server.application import create_app
from quotes.server.guards import Guard
from quotes.server.pool import BusyError, Limits, WorkerPool
from quotes.server.requests import TextRequest
from tests.server.fakes import fake, no_model


def job(text: str) -> Callable[[object], str]:
    """A job on one text."""
    return TextRequest(text=text).extraction


async def until(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(120):
        while not what():
            await asyncio.sleep(0.01)


def test_health_is_answered_while_workers_work(tmp_path: Path) -> None:
    """While every worker is busy the health check is answered, and requests wait their turn."""
    pool = WorkerPool(fake, limits=Limits(timeout=120))
    pool.start()
    held = tmp_path / "held"

    async def act() -> list[int]:
        transport = httpx.ASGITransport(app=create_app(pool))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            texts = (f"Hold: {held}", "Said: one", "Said: two")
            requests = [asyncio.create_task(client.post("/v1/extract", json={"text": text})) for text in texts]
            await until(lambda: held.exists() and pool.waiting == 2)
            health = await client.get("/healthz")
            assert (health.json()["ready"], health.json()["waiting"]) == (1, 2)
            assert not any(request.done() for request in requests)
            held.unlink()
            return [(await request).status_code for request in requests]

    try:
        assert asyncio.run(act()) == [200, 200, 200]
    finally:
        pool.close()


def test_too_many_requests() -> None:
    """A request over the queue is refused at once; one that waits too long, when its time is over."""
    pool = WorkerPool(fake, limits=Limits(timeout=0.2, queue=1))  # not started: no worker is ever free

    async def act() -> None:
        waiting = asyncio.create_task(pool.run(job("Said: one")))
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="1 requests wait already"):
            await pool.run(job("Said: two"))
        with pytest.raises(BusyError, match=r"no worker was free for 0\.2 s"):
            await waiting

    asyncio.run(act())


def test_a_job_that_takes_too_long() -> None:
    """A job over the time limit is stopped, and its process with it."""
    pool = WorkerPool(fake, limits=Limits(timeout=0.2))
    pool.start()
    stopped = pool.workers[0].process_id
    try:
        with pytest.raises(TimeoutError, match=r"not done after 0\.2 s"):
            asyncio.run(pool.run(job("Wait 600 s")))
        assert pool.workers[0].process_id != stopped
    finally:
        pool.close()


def test_busy_is_503_with_a_time_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is refused for want of workers is told when to come back."""

    async def busy(_job: object) -> None:
        raise BusyError("9 requests wait already")

    pool = WorkerPool(fake)
    monkeypatch.setattr(pool, "run", busy)

    async def act() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_app(pool))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.post("/v1/extract", json={"text": "a"})

    answer = asyncio.run(act())
    assert (answer.status_code, answer.json()["detail"]) == (503, "too busy: 9 requests wait already")
    assert int(answer.headers["retry-after"]) > 0


def test_a_client_that_goes_away_gives_its_worker_back(tmp_path: Path) -> None:
    """A request that is given up in the middle leaves its worker to the next one."""
    pool = WorkerPool(fake, limits=Limits(timeout=120))
    pool.start()
    held = tmp_path / "held"

    async def act() -> str:
        given_up = asyncio.create_task(pool.run(job(f"Hold: {held}")))
        await until(held.exists)
        given_up.cancel()
        following = asyncio.create_task(pool.run(job("Said: next")))
        await until(lambda: pool.waiting == 1)
        held.unlink()
        return await following

    try:
        assert '"next"' in asyncio.run(act())
    finally:
        pool.close()


def test_a_missing_model_is_told_at_the_start() -> None:
    """A pipeline that cannot be loaded is an error before the service begins, and leaves no process."""
    pool = WorkerPool(no_model, workers=2)
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        pool.start()
    assert not any(worker.running for worker in pool.workers)


def test_nothing_is_left() -> None:
    """When the pool is closed its processes are gone."""
    pool = WorkerPool(fake, workers=2)
    pool.start()
    assert len({worker.process_id for worker in pool.workers}) == 2
    pool.close()
    assert [worker.process_id for worker in pool.workers] == [None, None]


@pytest.mark.parametrize("wrong", [{"max_bytes": 0}, {"timeout": 0}, {"timeout": float("nan")}, {"queue": -1}])
def test_limits_that_make_no_sense(wrong: dict[str, float]) -> None:
    """A limit that is not above zero is refused, naming the option."""
    with pytest.raises(UsageError, match=f"--{next(iter(wrong)).replace('_', '-')}"):
        Limits(**wrong)


def test_a_body_that_never_arrives() -> None:
    """A body that does not arrive in time is refused with 408 and the connection is given up."""
    sent: list[dict[str, object]] = []

    async def app(*_: object) -> None:
        raise AssertionError("must not be reached")

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        raise AssertionError("must not be reached")

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/extract", "headers": []}
    asyncio.run(Guard(app, Limits(timeout=0.1))(scope, receive, send))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
