"""A service with workers of its own, whose extractor is a fake."""

# ruff: noqa: E402 -- the service is imported only where its extra is installed

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
httpx = pytest.importorskip("httpx", reason="httpx is not installed (extra 'dev')")

from quotes.server.application import create_app
from quotes.server.pool import Limits, WorkerPool
from tests.server.fakes import fake
from tests.server.running import running

if TYPE_CHECKING:
    from httpx import Client

LIMITS = Limits(max_bytes=2000, timeout=3, queue=2)
HOSTS = frozenset({"localhost", "127.0.0.1"})


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a service on this machine with one worker."""
    pool = WorkerPool(fake, limits=LIMITS)
    pool.start()
    with running(create_app(pool, hosts=HOSTS)) as address:
        yield address
    pool.close()


@pytest.fixture(scope="session")
def client(service: str) -> Iterator[Client]:
    """A client of the service."""
    with httpx.Client(base_url=service, timeout=30, trust_env=False) as made:
        yield made
