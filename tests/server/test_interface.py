"""The interface: what goes in, what comes out, and what is refused with which status."""

from __future__ import annotations

import json
import socket
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from quotes.io.json import schema_text, statements_to_json
from quotes.io.verifications import verifications_to_json
from quotes.server.guards import host_name
from quotes.server.pool import load_extractor
from quotes.text.document import make_document
from quotes.verification import Verifier, verify
from quotes.workers import Worker
from tests.server.fakes import FakeExtractor

if TYPE_CHECKING:
    from httpx import Client

    from quotes.extractor import Extractor

TEXT = "Said: the bridge, surely\nSaid: a belief\nIt rained.\n"


def contents(answer: object) -> list[str]:
    """The contents of an answer's statements."""
    return [each["content"]["text"] for each in answer.json()]


def test_one_text(client: Client) -> None:
    """One text gives the JSON that the command line writes of it, byte for byte."""
    answer = client.post("/v1/extract", json={"text": TEXT, "document_id": "a", "attitudes": "all"})
    expected = FakeExtractor().extract_document(make_document(TEXT, document_id="a"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == statements_to_json(expected)


def test_a_batch(client: Client) -> None:
    """A batch gives one array over all texts, told apart by the document's id."""
    documents = [{"text": "Said: one\n", "document_id": "a"}, {"text": ""}, {"text": "Said: two\n"}]
    answer = client.post("/v1/extract", json={"documents": documents})
    assert contents(answer) == ["one", "two"]
    assert answer.json()[0]["provenance"]["document"]["id"] == "a"


def test_attitudes_and_confidence(client: Client) -> None:
    """A request chooses attitudes and the least confidence; statements alone come without a choice."""
    assert contents(client.post("/v1/extract", json={"text": TEXT})) == ["the bridge, surely"]
    chosen = {"text": TEXT, "attitudes": ["belief"]}
    assert contents(client.post("/v1/extract", json=chosen)) == ["a belief"]
    sure = {"text": TEXT, "attitudes": "all", "min_confidence": 0.8}
    assert contents(client.post("/v1/extract", json=sure)) == ["the bridge, surely"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "text: Field required"),
        ({"text": 4}, "text: Input should be a valid string"),
        ({"text": "a", "published": "yesterday"}, "published"),
        ({"text": "a", "published": "2023-02-30"}, "published"),
        ({"text": "a", "attitudes": ["wish"]}, "attitudes"),
        ({"text": "a", "attitudes": []}, "attitudes"),
        ({"text": "a", "min_confidence": 2}, "min_confidence"),
        ({"text": "a", "unknown": 1}, "unknown"),
        ({"documents": []}, "documents"),
        ({"documents": [{"text": None}]}, "documents.0.text"),
        ([], "body"),
        ("text", "body"),
    ],
)
def test_bodies_that_are_refused(client: Client, body: object, told: str) -> None:
    """A body of the wrong form is refused with 422 and one sentence that says where it is wrong."""
    answer = client.post("/v1/extract", json=body)
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"text": NaN}', b"[" * 900])
def test_bodies_that_are_no_text(client: Client, body: bytes) -> None:
    """Broken JSON and text that is not Unicode are refused with 422, never a fault."""
    answer = client.post("/v1/extract", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]


COMPARED = {
    "text": "Said: We have six pumps\n",
    "document_id": "a",
    "sources": [{"text": "ANN: We have six pumps.\n" * 2}],
}


def test_a_comparison(client: Client) -> None:
    """An article and sources give the JSON that the command line writes of their comparison, byte for byte."""
    named = {
        **COMPARED,
        "sources": [{"text": "Nothing."}, {**COMPARED["sources"][0], "document_id": "b", "title": "B"}],
    }
    answer = client.post("/v1/verify", json=named)
    document = make_document(COMPARED["text"], document_id="a")
    sources = [make_document("Nothing."), make_document(COMPARED["sources"][0]["text"], document_id="b", title="B")]
    expected = Verifier(sources).verify(FakeExtractor().extract_document(document), document)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == verifications_to_json(expected)
    assert [each["passages"][0]["document"]["title"] for each in answer.json()] == ["B"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sources": []}, "sources"),
        ({"sources": None}, "sources"),
        ({"sources": [{"title": "a"}]}, "sources.0.text"),
        ({"sources": [{"text": "a", "published": "soon"}]}, "sources.0.published"),
        ({"attitudes": "all"}, "attitudes"),
        ({"text": None}, "text"),
    ],
)
def test_comparisons_that_are_refused(client: Client, change: dict[str, object], told: str) -> None:
    """A body of the wrong form is refused with 422 and one sentence that says where it is wrong."""
    answer = client.post("/v1/verify", json={**COMPARED, **change})
    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_limits_of_comparisons(client: Client) -> None:
    """A comparison has the limits of an extraction: bytes of all texts together, time, form, faults."""
    large = {**COMPARED, "sources": [{"text": "x" * 1000}] * 3}
    assert client.post("/v1/verify", json=large).status_code == 413
    assert client.post("/v1/verify", json={**COMPARED, "text": "Boom"}).status_code == 500
    assert client.post("/v1/verify", content=b"{}", headers={"content-type": "text/plain"}).status_code == 422
    assert client.post("/v1/verify", json={**COMPARED, "text": "Wait 60 s"}).status_code == 504
    assert _answered_again(client)


def test_half_a_character(client: Client) -> None:
    """Half of a surrogate pair, which JSON can hold, is text like any other and comes back as it was."""
    body = b'{"text": "Said: one \\ud800 two\\n"}'
    answer = client.post("/v1/extract", content=body, headers={"content-type": "application/json"})
    assert contents(answer) == ["one \ud800 two"]


def test_only_json_is_taken(client: Client) -> None:
    """A body that is not declared as JSON, as a form of another site could send it, is refused."""
    answer = client.post("/v1/extract", content=b'{"text": "a"}', headers={"content-type": "text/plain"})
    assert answer.status_code == 422


def test_too_large(client: Client) -> None:
    """A body over the limit is refused with 413, whether or not its length was told before."""
    large = json.dumps({"text": "x" * 3000}).encode()
    assert client.post("/v1/extract", content=large).status_code == 413
    assert client.post("/v1/extract", content=(part for part in [large[:1500], large[1500:]])).status_code == 413
    fitting = json.dumps({"text": "x" * (2000 - len('{"text": ""}'))})
    assert client.post("/v1/extract", json=json.loads(fitting)).status_code == 200


def test_the_refusal_reaches_who_sends_first(service: str) -> None:
    """A client that sends a large body to its end, in its own time, before it reads gets the 413."""
    host, _, port = service.removeprefix("http://").partition(":")
    head = f"POST /v1/extract HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"bb8\r\n" + b"x" * 3000 + b"\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        for part in (head.encode(), chunk, chunk, b"0\r\n\r\n"):
            connection.sendall(part)
            time.sleep(0.1)
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_refusal_before_the_body(service: str) -> None:
    """A client that asks before it sends, and one that would send without end, are refused at once."""
    host, _, port = service.removeprefix("http://").partition(":")
    for more in ("Expect: 100-continue\r\nContent-Length: 3000", "Content-Length: 99000000000"):
        head = f"POST /v1/extract HTTP/1.1\r\nHost: {host}\r\n{more}\r\n\r\n"
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(head.encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_too_slow(client: Client) -> None:
    """An extraction over the time limit is stopped with 504, and the next request is answered."""
    answer = client.post("/v1/extract", json={"text": "Wait 60 s"})
    assert answer.status_code == 504
    assert "not done after 3 s" in answer.json()["detail"]
    assert _answered_again(client)


def test_faults(client: Client) -> None:
    """A fault of the extractor, and a worker that dies, are 500 with a reason; then all goes on."""
    answer = client.post("/v1/extract", json={"text": "Boom"})
    assert (answer.status_code, answer.json()["detail"]) == (500, "internal fault, RuntimeError: boom")
    answer = client.post("/v1/extract", json={"text": "Crash"})
    assert answer.status_code == 500
    assert "ended" in answer.json()["detail"]
    assert _answered_again(client)


def _answered_again(client: Client) -> bool:
    # A new worker takes a while to start; until then requests wait, and may be told to come back.
    end = time.monotonic() + 120
    while client.post("/v1/extract", json={"text": "Said: one\n"}).status_code != 200:
        assert time.monotonic() < end, "no worker came back"
    return True


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "", "[localhost]evil.example", "localhost:80:a.b"],
)
def test_foreign_host_names(client: Client, host: str) -> None:
    """A request under a name that somebody pointed to this machine is refused."""
    answer = client.get("/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert client.get("/healthz", headers={"host": "127.0.0.1:1"}).status_code == 200


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("[::1]", "::1"),
        ("a:b:80", "a:b:80"),
        ("A.b", "a.b"),
        ("[::1]evil.example", "[::1]evil.example"),
        ("[::1]:80@a.b", "[::1]:80@a.b"),
        ("[::1", "[::1"),
    ],
)
def test_host_names(header: str, name: str) -> None:
    """The host is found in each form of the header."""
    assert host_name(header) == name


def test_requests_of_other_sites(client: Client) -> None:
    """What a browser sends for a page of another site is refused."""
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post("/view", data={"text": "a"}, headers=headers).status_code == 403
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("own", 200),
        ("https://evil.example", 403),
        ("http://127.0.0.1:1", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_origins(client: Client, origin: str | None, status: int) -> None:
    """A page of another origin, another port of this machine or a page without one included, posts in vain."""
    own = str(client.base_url).rstrip("/")
    headers = {} if origin is None else {"origin": own if origin == "own" else origin}
    assert client.post("/v1/extract", json={"text": "a"}, headers=headers).status_code == status
    viewed = client.post("/view", data={"text": ""}, headers=headers)
    assert viewed.status_code == (422 if status == 200 else status)
    assert client.get("/healthz", headers=headers).status_code == 200


def test_health(client: Client) -> None:
    """The health check tells version and workers."""
    answer = client.get("/healthz").json()
    assert answer["status"] == "ok"
    assert (answer["workers"], answer["waiting"]) == (1, 0)


def test_headers(client: Client) -> None:
    """Every answer, refusals too, forbids browsers to guess, frame, tell or keep."""
    for answer in (client.get("/"), client.get("/none"), client.get("/healthz", headers={"host": "x"})):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers


def test_description(client: Client) -> None:
    """The description has the statement as the committed schema has it, and every refusal."""
    described = client.get("/openapi.json").json()
    statement = described["components"]["schemas"]["Statement"]
    schema = json.loads(schema_text())
    assert set(statement["properties"]) == set(schema["$defs"]["Statement"]["properties"])
    for path in ("/v1/extract", "/v1/verify"):
        responses = set(described["paths"][path]["post"]["responses"])
        assert responses == {"200", "408", "413", "422", "500", "503", "504"}
    body = described["paths"]["/v1/verify"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["required"]) == {"text", "sources"}
    for absent in ("/docs", "/redoc"):
        assert client.get(absent).status_code == 404


def test_the_real_extractor(extractor: Extractor) -> None:
    """A worker with the real pipeline gives what the extractor gives."""
    from quotes.server.requests import TextRequest, VerifyRequest

    request = TextRequest(text="Ann Kord said that the bridge would close.", document_id="a")
    worker = Worker(partial(load_extractor, None))
    worker.start()
    try:
        found = worker.run(request.extraction, 60)
        assert found == statements_to_json(extractor.extract_document(request.document()))
        assert "the bridge would close" in worker.run(request.page, 60)
        both = VerifyRequest(text="“It is shut,” Ann Kord said.", document_id="a", sources=[{"text": "It is shut."}])
        compared = worker.run(both.verification, 60)
        assert compared == verifications_to_json(verify(both.document(), "It is shut."))
        assert 'data-verdict="verbatim"' in worker.run(both.page, 60)
    finally:
        worker.close()
