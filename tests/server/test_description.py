"""The service keeps to its own OpenAPI description, whatever is sent."""

# ruff: noqa: E402 -- the service is imported only where its extra is installed

from __future__ import annotations

from collections.abc import Iterator

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra 'dev')")

from hypothesis import HealthCheck, settings
from schemathesis.core.failures import FailureGroup

from quotes.server.application import create_app
from quotes.server.pool import Limits, WorkerPool
from tests.server.fakes import fake
from tests.server.running import running

POOL = WorkerPool(fake, limits=Limits(max_bytes=2_000_000, timeout=10))
APP = create_app(POOL)
schema = schemathesis.openapi.from_dict(APP.openapi())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a service with a large limit."""
    POOL.start()
    with running(APP) as started:
        yield started
    POOL.close()


@schema.parametrize()
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: object, address: str) -> None:
    """Valid requests are accepted, others refused, and each answer has a described status and form."""
    case.call_and_validate(base_url=address)


COMPARED = {"text": "Said: six pumps\n", "sources": [{"text": "We have six pumps."}]}


@pytest.mark.parametrize(("path", "body"), [("/v1/extract", {"text": "Said: one\n"}), ("/v1/verify", COMPARED)])
@pytest.mark.parametrize("change", ["status", "body"])
def test_the_tester_sees_faults(address: str, change: str, path: str, body: dict[str, object]) -> None:
    """A status or a body that is not described fails the check: the test above can fail."""
    case = schema[path]["POST"].Case(body=body, media_type="application/json")
    answer = case.call(base_url=address)
    case.validate_response(answer)
    if change == "status":
        answer.status_code = 418
    else:
        answer.content, answer._deserialized = b'[{"id": 1}]', [{"id": 1}]
    with pytest.raises(FailureGroup):
        case.validate_response(answer)
