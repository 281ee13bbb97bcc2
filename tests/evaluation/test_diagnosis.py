"""The list of errors."""

from __future__ import annotations

import io

import pytest
from annotations import article, predicted, relation
from rich.console import Console

from quotes.evaluation import Diagnosis, diagnose
from quotes.evaluation.diagnosis import ErrorKind, annotated_construction, cue_lemma
from quotes.evaluation.tables import error_listing, grouped
from tests.builders import parse_from_rows

TEXT = (
    "Ada Lund said that the old lock leaks badly. Bo Frey has denied a plan to sell it. "
    "Cy Marsh says crews left, then rain came down."
)
MISSED = relation(TEXT, "a plan to sell it", source="Bo Frey", cue="has denied")
GOLD = article(
    TEXT,
    relation(TEXT, "that the old lock leaks badly", source="Ada Lund", cue="said"),
    MISSED,
    relation(TEXT, "crews left", source="Cy Marsh", cue="says"),
)
SHORT = predicted(relation(TEXT, "the old lock leaks", source="Bo Frey", cue="said"), lemma="say", confidence=0.8)
STRAY = predicted(relation(TEXT, "left, then rain came down"), "adjacent_quotation")


@pytest.fixture
def errors() -> tuple[Diagnosis, ...]:
    """Return the errors of two predictions, one too short and wrongly attributed, one stray."""
    return diagnose([GOLD], {"a": [SHORT, STRAY]})


def of(errors: tuple[Diagnosis, ...], kind: ErrorKind) -> list[Diagnosis]:
    """Return the errors of one kind."""
    return [error for error in errors if error.error is kind]


def test_miss_shows_what_was_overlooked(errors: tuple[Diagnosis, ...]) -> None:
    """An unmatched content is a miss, with the nearest prediction where one overlaps."""
    denied, left = of(errors, ErrorKind.MISS)
    assert (denied.cue, denied.predicted, denied.overlap) == ("has denied", None, 0.0)
    assert denied.gold is not None
    assert denied.gold.content == "a plan to sell it"
    assert denied.before.endswith("has denied ")
    assert denied.after.startswith(". Cy Marsh")
    assert left.predicted is not None
    assert left.overlap == pytest.approx(1 / 6)


def test_false_find_shows_the_gold_it_overlaps(errors: tuple[Diagnosis, ...]) -> None:
    """An unmatched prediction is a false find under its own rule, with the overlapping gold."""
    (stray,) = of(errors, ErrorKind.FALSE_FIND)
    assert (stray.cue, stray.construction) == ("(no cue)", "adjacent_quotation")
    assert stray.gold is not None
    assert stray.gold.content == "crews left"


def test_boundary_error_names_the_words(errors: tuple[Diagnosis, ...]) -> None:
    """A match that is not exact says which words are missing and extra."""
    (boundary,) = of(errors, ErrorKind.BOUNDARY)
    assert (boundary.missing, boundary.extra) == (("that", "badly"), ())
    assert (boundary.cue, boundary.construction, boundary.confidence) == ("say", "clausal_complement", 0.8)


def test_wrong_source_shows_both(errors: tuple[Diagnosis, ...]) -> None:
    """A match with another source shows the two sources."""
    (wrong,) = of(errors, ErrorKind.SOURCE)
    assert wrong.gold is not None
    assert wrong.predicted is not None
    assert (wrong.gold.source, wrong.predicted.source) == ("Ada Lund", "Bo Frey")


def test_perfect_predictions_have_no_errors() -> None:
    """Where everything is right nothing is listed."""
    assert diagnose([GOLD], {"a": [predicted(found) for found in GOLD.relations]}) == ()


PARSE = parse_from_rows("""
Bo Bo PROPN NNP compound 1
Frey Frey PROPN NNP nsubj 3
has have AUX VBZ aux 3
denied deny VERB VBN ROOT 3
a a DET DT det 5
plan plan NOUN NN dobj 3
to to PART TO aux 7
sell sell VERB VB acl 5
it it PRON PRP dobj 7
+. . PUNCT . punct 3

So so ADV RB advmod 11
says say VERB VBZ ROOT 11
Cy Cy PROPN NNP nsubj 11
""")


def test_construction_of_a_miss_comes_from_the_parse() -> None:
    """The parse names the cue's head and how the content depends on it."""
    gold = article(PARSE.text, relation(PARSE.text, "a plan to sell it", cue="has denied"))
    (miss,) = diagnose([gold], {}, {"a": PARSE})
    assert (miss.cue, miss.construction) == ("deny", "dobj of cue")


@pytest.mark.parametrize(
    ("content", "cue", "name"),
    [
        ("a plan", "denied", "dobj of cue"),
        ("to sell it", "plan", "acl of cue"),
        ("to sell it", "Cy", "apart"),
        ("denied a plan", "has", "cue within content"),
        ("to sell it", None, "no cue"),
    ],
)
def test_annotated_construction(content: str, cue: str | None, name: str) -> None:
    """A construction is named after the dependency between content and cue."""
    assert annotated_construction(PARSE, relation(PARSE.text, content, cue=cue)) == name


def test_lemma_of_no_cue_is_none() -> None:
    """Without a cue there is no lemma."""
    assert cue_lemma(PARSE, ()) is None


def test_largest_cue_comes_first() -> None:
    """Groups are ordered by how often their cue errs, and its constructions stay together."""
    text = "one two three four"
    found = [
        predicted(relation(text, word), rule, lemma=cue)
        for word, rule, cue in (
            ("one", "b", "note"),
            ("two", "a", "say"),
            ("three", "c", "say"),
            ("four", "c", "say"),
        )
    ]
    groups = grouped(diagnose([article(text)], {"a": found}))
    assert [key for key, _ in groups] == [("say", "c"), ("say", "a"), ("note", "b")]


def test_listing_is_readable_and_takes_markup_literally(errors: tuple[Diagnosis, ...]) -> None:
    """The listing shows every kind of error with context, square brackets and all."""
    text = "He said [red]stop[/red] now."
    odd = diagnose([article(text, relation(text, "[red]stop[/red] now", cue="said"))], {})
    stream = io.StringIO()
    console = Console(file=stream, width=200, markup=False)
    for part in error_listing((*errors, *odd)):
        console.print(part, soft_wrap=True)
    shown = stream.getvalue()
    assert "Misses: annotated, not found (3)" in shown
    assert "[[red]stop[/red] now]" in shown
    assert "missing: that badly" in shown
    assert "source in gold: Ada Lund" in shown
    assert "overlapping gold: [crews left] Cy Marsh / says, overlap 0.17" in shown
