"""Which candidates an annotation confirms."""

from __future__ import annotations

from quotes.candidates import Candidate, Extent
from quotes.evaluation import GoldArticle, Relation
from quotes.scoring.selection import FLOATING
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.training.labels import label
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    that that SCONJ IN mark 4
    rain rain NOUN NN nsubj 4
    fell fall VERB VBD ccomp 1
    and and CCONJ CC cc 1
    left leave VERB VBD conj 1
    +. . PUNCT . punct 1

    It it PRON PRP nsubj 9
    rained rain VERB VBD ROOT 9
    +. . PUNCT . punct 9
"""
PARSE = parse_from_rows(ROWS)


def gold(*contents: Range, cue: int | None = 1) -> GoldArticle:
    """An annotation with one relation."""
    cues = () if cue is None else (PARSE.span(cue, cue),)
    relation = Relation((), cues, tuple(PARSE.span(*content) for content in contents))
    return GoldArticle("a", PARSE.text, (relation,))


def candidate(*readings: tuple[Range, ...], cue: int | None = 1, frame: str = "clausal_complement") -> Candidate:
    """A candidate with some readings."""
    extents = tuple(Extent(str(index), pieces) for index, pieces in enumerate(readings))
    return Candidate(frame, () if cue is None else (cue,), cue, None, extents, None)


def overlaps(article: GoldArticle, one: Candidate, parse: Parse = PARSE) -> tuple[float, ...]:
    """The overlaps of a candidate's readings."""
    (answer,) = label(parse, article, [one])
    return answer.overlaps


def test_readings_are_measured() -> None:
    """Each reading has its share of common words with the annotated content, "that" left out."""
    assert overlaps(gold((2, 4)), candidate(((3, 4),), ((3, 6),), ((3, 3),))) == (1.0, 0.5, 0.5)


def test_another_cue_is_wrong() -> None:
    """The right words with another cue are no attribution."""
    (answer,) = label(PARSE, gold((2, 4)), [candidate(((3, 4),), cue=6)])
    assert answer.overlaps == (0.0,)
    assert not answer.found


def test_too_few_common_words() -> None:
    """A candidate is found from an overlap of a half on."""
    answers = label(PARSE, gold((3, 4)), [candidate(((3, 6),)), candidate(((4, 9),))])
    assert [answer.found for answer in answers] == [True, False]


def test_a_resumed_quotation_counts_piece_by_piece() -> None:
    """Of a relation with two spans each span alone is right too."""
    both = gold((3, 4), (8, 9))
    assert overlaps(both, candidate(((3, 4),))) == (1.0,)
    assert overlaps(both, candidate(((3, 4), (8, 9)))) == (1.0,)


def test_a_floating_quotation_needs_something_before_it() -> None:
    """A floating quotation is right where the relation begins before it, and wrong where it begins there."""
    floating = candidate(((8, 9),), cue=None, frame=FLOATING)
    assert overlaps(gold((3, 4), (8, 9)), floating) == (1.0,)
    assert overlaps(gold((8, 9)), floating) == (0.0,)


def test_marks_are_no_content() -> None:
    """A reading of marks alone meets nothing."""
    assert overlaps(gold((3, 4)), candidate(((7, 7),))) == (0.0,)
