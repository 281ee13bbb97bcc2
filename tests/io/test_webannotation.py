"""Web Annotations: the model's demands, the way back, odd texts."""

from __future__ import annotations

import copy
import doctest
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from quotes.errors import DataError
from quotes.io import Extracted, read_webannotation, write_webannotation
from quotes.text.document import make_document
from tests.io.conftest import said

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "webannotation.json").read_text("utf-8"))
MODEL = jsonschema.Draft202012Validator(SCHEMA)


def written(extracted: list[Extracted]) -> str:
    """The collection as text that UTF-8 can hold."""
    stream = io.StringIO()
    write_webannotation(extracted, stream)
    return stream.getvalue().encode("utf-8").decode("utf-8")


@pytest.fixture
def collection() -> dict[str, object]:
    """A valid collection of one annotation with two targets."""
    document = make_document("“We lost,” she said. “The men too.”", document_id="a")
    found = json.loads(written([(document, [said(document, "We lost,", "The men too.")])]))
    MODEL.validate(found)
    return found


def test_it_is_valid(extracted: list[Extracted]) -> None:
    """What is written for each source keeps the model."""
    found = json.loads(written(extracted))
    MODEL.validate(found)
    assert found["total"] == len(found["first"]["items"]) == sum(len(each) for _, each in extracted)
    names = [annotation["id"] for annotation in found["first"]["items"]]
    assert len(set(names)) == len(names)


def test_it_comes_back(extracted: list[Extracted]) -> None:
    """Reading gives the same statements, every field of them."""
    statements = [statement for _, each in extracted for statement in each]
    assert statements
    assert read_webannotation(written(extracted)) == statements


def test_selectors_select(extracted: list[Extracted]) -> None:
    """Position and quotation select the same code points, and prefix and suffix are around them."""
    for document, statements in extracted:
        found = json.loads(written([(document, statements)]))
        for annotation in found.get("first", {"items": []})["items"]:
            targets = annotation["target"]
            for target in targets if isinstance(targets, list) else [targets]:
                position, quotation = target["selector"]
                start, end = position["start"], position["end"]
                assert document.text[start:end] == quotation["exact"]
                assert document.text[:start].endswith(quotation["prefix"])
                assert document.text[end:].startswith(quotation["suffix"])


def test_positions_count_code_points() -> None:
    """A character beyond the basic plane counts as one, as the model demands."""
    document = make_document("😀 She said it is late.")
    (annotation,) = json.loads(written([(document, [said(document, "it is late")])]))["first"]["items"]
    assert annotation["target"]["selector"][0] == {"type": "TextPositionSelector", "start": 11, "end": 21}


def test_odd_text_survives(odd: Extracted) -> None:
    """Control characters, lone surrogates and CRLF come back as they were, and the output is valid."""
    text = written([odd])
    MODEL.validate(json.loads(text))
    assert read_webannotation(text) == odd[1]


def test_without_a_statement() -> None:
    """An empty collection has no page, and gives no statement."""
    for nothing in ([], [(make_document("One."), [])]):
        found = json.loads(written(nothing))
        MODEL.validate(found)
        assert (found["total"], "first" in found) == (0, False)
        assert read_webannotation(json.dumps(found)) == []


def test_the_same_text_twice(odd: Extracted) -> None:
    """Where two annotations would have one name, the second is numbered."""
    items = json.loads(written([odd, odd]))["first"]["items"]
    assert items[3]["id"] == items[0]["id"] + "-2"


@pytest.mark.parametrize("part", ["collection", "page", "list", "annotation"])
def test_any_part_can_be_read(collection: dict[str, object], part: str) -> None:
    """A collection, its page, its list and one annotation all give the statement."""
    page = collection["first"]
    parts = {"collection": collection, "page": page, "list": page["items"], "annotation": page["items"][0]}
    (found,) = read_webannotation(io.StringIO(json.dumps(parts[part])))
    assert found.content.text == "We lost, … The men too."


def test_a_moved_target_comes_back_moved(collection: dict[str, object]) -> None:
    """The targets say what the content is: one that was taken away in another tool is gone."""
    annotation = collection["first"]["items"][0]
    annotation["target"] = annotation["target"][1]
    (found,) = read_webannotation(json.dumps(collection))
    assert found.content.text == "The men too."


SPOILT: dict[str, Callable[[dict], object]] = {
    "no context": lambda c: c.pop("@context"),
    "no total page": lambda c: c.pop("first"),
    "negative total": lambda c: c.update(total=-1),
    "no IRI": lambda c: c["first"]["items"][0].update(id="4a 9b"),
    "no type": lambda c: c["first"]["items"][0].update(type="Note"),
    "unknown motivation": lambda c: c["first"]["items"][0].update(motivation="shouting"),
    "no target": lambda c: c["first"]["items"][0].pop("target"),
    "body and bodyValue": lambda c: c["first"]["items"][0].update(bodyValue="x"),
    "body without value": lambda c: c["first"]["items"][0]["body"][0].pop("value"),
    "negative start": lambda c: c["first"]["items"][0]["target"][0]["selector"][0].update(start=-1),
    "no exact": lambda c: c["first"]["items"][0]["target"][0]["selector"][1].pop("exact"),
    "no source": lambda c: c["first"]["items"][0]["target"][0].pop("source"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_schema_can_fail(collection: dict[str, object], spoil: Callable[[dict], object]) -> None:
    """Each demand of the model, when it is broken, is found by the schema."""
    spoil(collection)
    assert not MODEL.is_valid(collection)


WRONG: dict[str, tuple[Callable[[dict], object], str]] = {
    "no record": (lambda a: a["body"].pop(), "no body of the format application/json"),
    "bad record": (lambda a: a["body"][-1].update(value="{"), "is no JSON"),
    "wrong field": (lambda a: a["body"][-1].update(value="{}"), "no statement of this version"),
    "version 1": (
        lambda a: a["body"][-1].update(value='{"schema_version": 1}'),
        "schema version 1, .* extract it again",
    ),
    "no quotation": (lambda a: a["target"][0]["selector"].pop(), "needs a TextPositionSelector and"),
    "no end": (lambda a: a["target"][0]["selector"][0].pop("end"), "lacks its start, end or exact"),
    "wrong length": (lambda a: a["target"][0]["selector"][0].update(end=99), "are not the 8 code points"),
}


@pytest.mark.parametrize(("spoil", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read(collection: dict[str, object], spoil: Callable[[dict], object], message: str) -> None:
    """The message says which annotation lacks what."""
    spoilt = copy.deepcopy(collection)
    spoil(spoilt["first"]["items"][0])
    with pytest.raises(DataError, match=f"annotation 1: .*{message}"):
        read_webannotation(json.dumps(spoilt))


@pytest.mark.parametrize("text", ["{", "3", '{"type": "Person"}', '[{"kind": "direct"}]'])
def test_other_json_is_refused(text: str) -> None:
    """What is no JSON, or no annotation, is an error that says so."""
    with pytest.raises(DataError, match=r"no JSON|neither an annotation"):
        read_webannotation(text)


def test_the_documentation_runs() -> None:
    """The examples of docs/formats.md give what it says they give."""
    page = Path(__file__).parents[2] / "docs" / "formats.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 5) == (0, True)
