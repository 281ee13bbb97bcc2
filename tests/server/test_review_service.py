"""The service behind a page of reviews: its token, its answers, what it keeps."""

# ruff: noqa: E402 -- the service is imported only where its extra is installed

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
httpx = pytest.importorskip("httpx", reason="httpx is not installed (extra 'dev')")
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra 'dev')")

from hypothesis import HealthCheck, settings

from quotes.errors import OutputError
from quotes.review import Desk, Session, open_desk
from quotes.server import reviewing
from quotes.server.reviewing import create_review_app
from tests.review.builders import begun, place
from tests.server.running import running
from tests.view.builders import library

if TYPE_CHECKING:
    from httpx import Client

TOKEN = "t0ken-of_this-test"
REVIEW = begun(library(), candidates=1)
KEYS = [item.key for item in REVIEW.items]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session of one article."""
    made = Session(tmp_path, [open_desk(tmp_path, REVIEW.document, lambda _: REVIEW)])
    yield made
    made.close()


@pytest.fixture
def client(session: Session) -> Iterator[Client]:
    """A client that knows the token."""
    app = create_review_app(session, TOKEN, order="confidence", hosts={"127.0.0.1"})
    with (
        running(app) as address,
        httpx.Client(base_url=f"{address}/{TOKEN}", timeout=30, trust_env=False) as made,
    ):
        yield made


def request(revision: int = 0, article: int = 0, **action: object) -> dict[str, object]:
    """The body of an action."""
    return {"article": article, "revision": revision, "action": action}


def test_the_token_is_needed(client: Client) -> None:
    """Without the token, or with another, nothing is answered, of any route and method."""
    root = str(client.base_url).removesuffix(f"/{TOKEN}/")
    body = request(do="accept", item=KEYS[0])
    for path in ("/", "/v1/review", "/v1/actions", "/v1/export", "/v1/summary", "/openapi.json"):
        for token in ("", "/wrong", f"/{TOKEN[:-1]}", f"/{TOKEN}x", f"//{TOKEN}", f"/%20{TOKEN}"):
            for method in ("GET", "POST", "PUT"):
                answer = httpx.request(method, f"{root}{token}{path}", json=body, trust_env=False)
                assert (answer.status_code, answer.json()) == (403, {"detail": reviewing._NO_TOKEN})
    assert httpx.get(f"{root}/?token={TOKEN}", trust_env=False).status_code == 403
    assert client.get("/v1/review").json()[0]["revision"] == 0


def test_other_sites_and_names(client: Client) -> None:
    """Even with the token, a request of another site or under another host name is refused."""
    body = request(do="accept", item=KEYS[0])
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/v1/actions", json=body, headers=headers).status_code == 403
    assert client.get("/v1/review", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/v1/review").json()[0]["revision"] == 0


def test_an_action(client: Client, session: Session) -> None:
    """An action is answered with what has changed, and is on the disk by then."""
    answer = client.post("/v1/actions", json=request(do="change", item=KEYS[0], field="kind", value="mixed"))
    found = answer.json()
    assert (answer.status_code, found["revision"], found["removed"]) == (200, 1, [])
    assert [(each["key"], each["kind"], each["corrected"]) for each in found["items"]] == [(KEYS[0], "mixed", ["kind"])]
    assert [each["name"] for each in found["people"]] == ["Ann Kord", "Ben Ode", "him", "Reuters"]
    lines = (session.desks[0].folder / "review.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["action"] == {"do": "change", "item": KEYS[0], "field": "kind", "value": "mixed"}
    undone = client.post("/v1/actions", json=request(1, do="undo")).json()
    assert (undone["revision"], undone["items"][0]["kind"]) == (2, "indirect")


def test_two_windows(client: Client) -> None:
    """The second of two actions on one revision is refused, with the revision that there is."""
    assert client.post("/v1/actions", json=request(do="accept", item=KEYS[0])).status_code == 200
    late = client.post("/v1/actions", json=request(do="reject", item=KEYS[0]))
    assert (late.status_code, late.json()["revision"]) == (409, 1)
    assert client.get("/v1/review").json()[0]["items"][0]["decision"] == "accepted"


def test_many_at_once(client: Client) -> None:
    """Of many actions on one revision exactly one is done."""
    answers: list[int] = []

    def act() -> None:
        answers.append(client.post("/v1/actions", json=request(do="accept", item=KEYS[0])).status_code)

    threads = [threading.Thread(target=act) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [200, *[409] * 11]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (request(do="fly"), 422),
        (request(do="accept", item=KEYS[0], more=1), 422),
        (request(do="cue", item=KEYS[0], span=[1, 2, 3]), 422),
        (request(do="cue", item=KEYS[0], span=["1", "2"]), 422),
        (request(do="note", item=KEYS[0], text="x" * 2001), 422),
        ({"article": 0}, 422),
        (request(do="accept", item="nobody"), 409),
        (request(do="accept", item=KEYS[0], article=7), 409),
        (request(do="cue", item=KEYS[0], span=[0, 10**9]), 409),
        (request(do="undo"), 409),
    ],
)
def test_refusals(client: Client, body: dict[str, object], status: int) -> None:
    """What is no action, or does not fit, is refused with a reason and leaves all as it was."""
    answer = client.post("/v1/actions", json=body)
    assert (answer.status_code, isinstance(answer.json()["detail"], str)) == (status, True)
    assert client.get("/v1/review").json()[0]["revision"] == 0


def test_large_bodies_and_other_types(client: Client) -> None:
    """A body over the limit is refused, and one that is no JSON."""
    assert client.post("/v1/actions", content=b" " * 200_000).status_code == 413
    assert client.post("/v1/actions", content=b"{", headers={"content-type": "application/json"}).status_code == 422
    assert client.post("/v1/actions", content=b"{}", headers={"content-type": "text/plain"}).status_code == 422
    broken = client.post("/v1/actions", content=b"h\xff", headers={"content-type": "application/json"})
    assert (broken.status_code, isinstance(broken.json()["detail"], str)) == (422, True)


def test_a_disk_that_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that cannot be written is answered so, and has not happened."""

    def full(*_arguments: object) -> None:
        raise OutputError("cannot write review.jsonl: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "_write", full)
        answer = client.post("/v1/actions", json=request(do="accept", item=KEYS[0]))
    assert (answer.status_code, "No space" in answer.json()["detail"]) == (507, True)
    assert client.post("/v1/actions", json=request(do="accept", item=KEYS[0])).status_code == 200


def test_export(client: Client, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixtures are written when asked for and a little after an action; a file of others is told of."""
    monkeypatch.setattr(reviewing, "EXPORT_DELAY", 0.05)
    expected = session.desks[0].folder / "expected.json"
    client.post("/v1/actions", json=request(do="add", spans=[place(REVIEW, "library stays open")]))
    deadline = time.monotonic() + 10
    while not expected.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    answer = client.post("/v1/export").json()
    assert answer["problems"] == []
    expected.write_text("[]", "utf-8")
    client.post("/v1/actions", json=request(1, do="undo"))
    problems = client.post("/v1/export").json()["problems"]
    assert [str(expected) in each for each in problems] == [True]
    assert expected.read_text("utf-8") == "[]"


def test_the_end_exports(session: Session) -> None:
    """A service that is ended has written what was reviewed."""
    app = create_review_app(session, TOKEN, order="confidence", hosts={"127.0.0.1"})
    with running(app) as address:
        body = request(do="accept", item=KEYS[0])
        assert httpx.post(f"{address}/{TOKEN}/v1/actions", json=body, trust_env=False).status_code == 200
    record = json.loads((session.desks[0].folder / "expected.json").read_text("utf-8"))
    assert [each.get("optional", False) for each in record["statements"]] == [False, True, True, True]


def test_summary(client: Client) -> None:
    """The summary is that of the session."""
    client.post("/v1/actions", json=request(do="accept", item=KEYS[0]))
    assert client.get("/v1/summary").json()["precision"]["of"] == 1


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service for any request."""
    folder = tmp_path_factory.mktemp("fuzzed")
    session = Session(folder, [open_desk(folder, REVIEW.document, lambda _: REVIEW)])
    with running(create_review_app(session, TOKEN, order="position", hosts={"127.0.0.1"})) as address:
        yield address
    session.close()


def described() -> dict[str, object]:
    """The description of the service."""
    return create_review_app(Session(Path(), []), TOKEN, order="position", hosts=()).openapi()


schema = schemathesis.openapi.from_dict(described())


@schema.parametrize()
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: object, fuzzed: str) -> None:
    """Each answer has a described status and form, whatever is sent."""
    case.call_and_validate(base_url=fuzzed)
