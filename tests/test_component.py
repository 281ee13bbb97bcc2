"""The spaCy component: what it sets, what it survives, what it needs."""

from __future__ import annotations

import doctest
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import quotes
from quotes.component import QuotesComponent, statements_of
from quotes.errors import DataError, ModelError, UsageError
from quotes.extractor import Extractor
from quotes.syntax.pipeline import DEFAULT_MODEL
from quotes.text.document import read_document

if TYPE_CHECKING:
    from quotes.models import Statement

FIXTURES = Path(__file__).parents[1] / "fixtures"
TEXT = (
    "LONDON, May 2 (Reuters) – The mayor, Ann Kord, told reporters on Tuesday that the bridge would close.\n"
    "\n“It is not safe,” she said. “We told them so.”"
)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    """A pipeline with the component, found through its entry point."""
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("quotes")
    return nlp


@pytest.fixture(scope="module")
def doc(pipeline: Language) -> Doc:
    """The text, with its annotations."""
    return pipeline(TEXT)


def spans_of(doc: Doc) -> list[tuple[str, str, str]]:
    """The spans of the group, as text, label and id."""
    return [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]]


def contents(statements: list[Statement]) -> list[str]:
    """The contents of statements."""
    return [each.content.text for each in statements]


def test_it_sets_statements_and_spans(doc: Doc) -> None:
    """Each statement is there with speaker and provenance, and each piece of its content is a span."""
    statements = doc._.statements
    assert contents(statements) == ["the bridge would close", "It is not safe,", "We told them so."]
    assert [each.speaker.name for each in statements] == ["Ann Kord"] * 3
    assert statements[0].provenance.extractor.model == DEFAULT_MODEL
    assert spans_of(doc) == [(each.content.text, each.kind, each.id) for each in statements]


def test_offsets_are_those_of_the_text(doc: Doc) -> None:
    """The offsets of a statement are code points of the Doc's text."""
    for statement in doc._.statements:
        for span in statement.content.spans:
            assert doc.text[span.start : span.end] == span.text


def test_it_finds_what_the_extractor_finds(pipeline: Language) -> None:
    """Over the fixtures nine in ten statements are the extractor's, which parses by paragraphs itself."""
    documents = [read_document(path) for path in sorted(FIXTURES.glob("*/article.txt"))]
    docs = pipeline.pipe(document.text for document in documents)
    same = wanted = found = 0
    for each, statements in zip(docs, Extractor().pipe(documents), strict=True):
        mine, others = {s.content.spans for s in each._.statements}, {s.content.spans for s in statements}
        same, found, wanted = same + len(mine & others), found + len(mine), wanted + len(others)
    assert same >= 0.9 * max(found, wanted)


def test_to_disk_and_back(pipeline: Language, doc: Doc, tmp_path: Path) -> None:
    """A pipeline that was saved and loaded gives the same, and keeps its settings."""
    pipeline.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again(TEXT)._.statements == doc._.statements
    assert again.get_pipe_config("quotes")["min_confidence"] == 0.0


def test_bytes_and_doc_bin(pipeline: Language, doc: Doc) -> None:
    """A Doc from its bytes, or from a DocBin with user data, has the same statements and spans."""
    saved = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    for again in (Doc(doc.vocab).from_bytes(doc.to_bytes()), *DocBin().from_bytes(saved).get_docs(doc.vocab)):
        assert again._.statements == doc._.statements
        assert spans_of(again) == spans_of(doc)


def test_json(pipeline: Language, doc: Doc) -> None:
    """What ``to_json`` takes along is JSON, and ``from_json`` gives the statements back."""
    record = json.loads(json.dumps(doc.to_json(underscore=["statement_dicts", "article"])))
    assert record["_"]["statement_dicts"] == quotes.to_dicts(doc._.statements)
    assert Doc(pipeline.vocab).from_json(record)._.statements == doc._.statements


def test_two_processes(pipeline: Language, doc: Doc) -> None:
    """With n_process=2 each Doc comes back with the same statements and spans."""
    for each in pipeline.pipe([TEXT, TEXT, TEXT], n_process=2, batch_size=1):
        assert each._.statements == doc._.statements
        assert spans_of(each) == spans_of(doc)


def test_settings() -> None:
    """Attitudes, least confidence and the key of the group are settings of the component."""
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("quotes", name="who", config={"attitudes": "belief", "min_confidence": 0.1, "spans_key": "said"})
    doc = nlp("Ann Kord believes that the bridge is safe. Bo Dorn said it was not.")
    assert {each.attitude for each in doc._.statements} <= {"belief"}
    assert len(doc.spans["said"]) == len(doc._.statements)


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"attitudes": ["shouting"]}, "shouting"), ({"min_confidence": 2.0}, "between 0 and 1")],
)
def test_wrong_settings(settings: dict[str, object], message: str) -> None:
    """An unknown attitude or an impossible confidence is refused when the component is added."""
    with pytest.raises(UsageError, match=message):
        spacy.blank("en").add_pipe("quotes", config=settings)


def test_what_is_known_about_the_text(pipeline: Language) -> None:
    """What the caller knows about the article reaches the provenance and gives "on Tuesday" its date."""
    doc = pipeline.make_doc(TEXT)
    doc._.article = {"document_id": "bridge", "published": "2024-05-02", "publisher": "The Port"}
    first = pipeline(doc)._.statements[0]
    assert (first.provenance.document.id, first.provenance.document.publisher) == ("bridge", "The Port")
    assert first.when.date == "2024-04-30"


def test_an_unknown_part_of_the_article(pipeline: Language) -> None:
    """A key that no document has is an error that names the ones there are."""
    doc = pipeline.make_doc(TEXT)
    doc._.article = {"date": "2024-05-02"}
    with pytest.raises(UsageError, match="document_id, path, published, publisher and title"):
        pipeline.get_pipe("quotes")(doc)


def test_it_needs_a_parser_and_a_tagger() -> None:
    """Without them the error says where the component belongs; an empty Doc is no error."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes")
    assert nlp("")._.statements == []
    with pytest.raises(ModelError, match="no parser and no tagger has seen this Doc; put the component after"):
        nlp("Ann Kord said no.")


def test_a_pipeline_without_lemmas() -> None:
    """A pipeline with no more than parser and tagger will do, and its Doc gets no lemmas from elsewhere."""
    nlp = spacy.load(DEFAULT_MODEL, exclude=["lemmatizer", "attribute_ruler", "ner"])
    nlp.add_pipe("quotes")
    doc = nlp("Ann Kord told reporters that the bridge would close.")
    (found,) = doc._.statements
    assert (found.content.text, found.cue.lemma) == ("the bridge would close", "tell")
    assert not doc.has_annotation("LEMMA")


def test_a_doc_that_never_met_it(pipeline: Language) -> None:
    """A Doc from elsewhere has no statements."""
    assert statements_of(Doc(pipeline.vocab, words=["No"])) == []


def test_statements_of_another_version_are_refused(pipeline: Language) -> None:
    """A Doc that was saved by an earlier version has to be run again."""
    doc = pipeline.make_doc("One.")
    doc.user_data["quotes.statements"] = '[{"schema_version": 1}]'
    with pytest.raises(DataError, match=r"schema version 1, .* extract it again"):
        _ = doc._.statements


def test_any_text(pipeline: Language) -> None:
    """Line ends of any kind, control characters and blank texts give no error and true offsets."""
    for text in (
        " \n",
        "“No,”\r\nshe\r\n\r\nsaid.\x00 “",
        '"' * 50,
        "\u200b She said\u2028“yes”.",
        "A" * 300,
    ):
        doc = pipeline(text)
        for statement in doc._.statements:
            assert all(doc.text[span.start : span.end] == span.text for span in statement.content.spans)


def test_the_component_can_be_sent_to_another_process() -> None:
    """It holds no pipeline, so that it stays small where processes are started afresh."""
    component = QuotesComponent("a", "1", ["statement"], 0.5, "quotes")
    assert len(pickle.dumps(component)) < 1000


def test_the_documentation_runs() -> None:
    """The examples of the documentation give what it says they give."""
    page = Path(__file__).parents[1] / "docs" / "spacy-component.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)
