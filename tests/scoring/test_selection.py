"""Choosing a consistent set of candidates."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quotes.candidates import Article, Candidate, Extent
from quotes.candidates.candidate import FLOATING
from quotes.scoring import selection
from quotes.scoring.selection import (
    EXPLICIT,
    SAYING,
    balanced,
    least_probability,
    preferred,
    select,
    words_of,
)
from quotes.syntax.mention import Mention, Range
from quotes.syntax.trace import Trace
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.text.spans import Span
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    Dorn Dorn PROPN NNP nsubj 3 PERSON
    believed believe VERB VBD ccomp 1
    rain rain NOUN NN nsubj 5
    fell fall VERB VBD ccomp 3
    +. . PUNCT . punct 1

    “ “ PUNCT `` punct 10
    +It it PRON PRP nsubj 10
    really really ADV RB advmod 10
    rained rain VERB VBD ROOT 10
    +. . PUNCT . punct 10
    +” ” PUNCT '' punct 10

    “ “ PUNCT `` punct 14
    +Pour pour VERB VB ROOT 14
    +. . PUNCT . punct 14
    +” ” PUNCT '' punct 14
"""


def article(trace: Trace | None = None) -> Article:
    """The article of the rows above."""
    parse = parse_from_rows(ROWS)
    document = make_document(parse.text)
    return Article.of(document, parse, find_quotations(document.text, document.paragraphs), trace)


def clause(cue: int, content: Range, frame: str = "nominal_object", *more: Range) -> Candidate:
    """A candidate with a cue and a content."""
    return Candidate(frame, (cue,), cue, content[0], (Extent("subtree", (content, *more)),), None)


def quoted(cue: int | None, content: Range, index: int) -> Candidate:
    """A quotation with a cue, or floating."""
    frame = FLOATING if cue is None else "quotation_after_cue"
    return Candidate(frame, () if cue is None else (cue,), cue, None, (Extent("quotation", (content,)),), None, index)


def chosen(*scored: tuple[Candidate, float], threshold: float = 0.5, trace: Trace | None = None) -> list[Candidate]:
    """What is chosen of candidates with their probabilities; the first extent always wins."""
    candidates, probabilities = zip(*scored, strict=True)
    read = [p.extents[0] for p in candidates]

    def first(some: Sequence[Candidate]) -> list[Extent]:
        return [extent for candidate, extent in zip(candidates, read, strict=True) if candidate in some]

    return list(select(article(trace), candidates, probabilities, first, threshold))


def contents(choices: Sequence[Candidate]) -> list[tuple[Range, ...]]:
    """The pieces of what was chosen."""
    return [choice.pieces for choice in choices]


def test_what_is_doubtful_is_left_out() -> None:
    """A candidate below the threshold is not chosen."""
    assert contents(chosen((clause(1, (2, 3)), 0.6), (clause(3, (4, 5)), 0.4))) == [((2, 3),)]


def test_a_plain_saying_needs_less() -> None:
    """A saying cue with a clause is kept from a lower probability on than other candidates."""
    saying, thinking = clause(1, (2, 5), "clausal_complement"), clause(3, (4, 5), "clausal_complement")
    assert contents(chosen((saying, 0.4), (thinking, 0.4))) == [((2, 5),)]
    assert least_probability(article(), saying, 0.5) == SAYING
    assert least_probability(article(), thinking, 0.5) == 0.5


NOTED = {
    "refused": ([(clause(3, (4, 5)), 0.4)], "its probability, 0.40, is below 0.50"),
    "refused outright": (
        [(clause(3, (4, 5)), 0.0)],
        "its own features are so far from any statement's that nothing around it was looked at",
    ),
    "no words": ([(clause(1, (6, 6)), 0.9)], "no word is left of its content"),
    "conflict of words": (
        [(clause(1, (2, 4)), 0.7), (clause(8, (4, 5)), 0.9)],
        "a likelier candidate (0.90) has some of its words for its content: “rain fell”",
    ),
    "conflict of a cue": (
        [(clause(3, (0, 0)), 0.7), (clause(3, (4, 5)), 0.9)],
        "a likelier candidate (0.90) is another content of its cue: “rain fell”",
    ),
    "orphan": (
        [(quoted(None, (8, 11), 0), 0.9)],
        "it has no cue, and nobody before it is quoted and can go on",
    ),
}


@pytest.mark.parametrize("kind", NOTED)
def test_what_is_lost_is_noted(kind: str) -> None:
    """A trace says of each candidate that is not chosen where it was lost; without it nothing changes."""
    scored, message = NOTED[kind]
    trace = Trace()
    assert chosen(*scored, trace=trace) == chosen(*scored)
    lost = scored[0][0]
    assert [(note.kind, note.message, note.candidate) for note in trace.notes] == [
        (kind.partition(" of ")[0].removesuffix(" outright"), message, lost.key)
    ]


def test_the_likelier_of_two_that_cross() -> None:
    """Of two contents that share words and do not nest, the likelier one is chosen."""
    assert contents(chosen((clause(1, (2, 4)), 0.7), (clause(8, (4, 5)), 0.9))) == [((4, 5),)]


def test_one_inside_the_other() -> None:
    """A content stands inside another where its cue does too, and both are kept."""
    assert contents(chosen((clause(1, (2, 5)), 0.9), (clause(3, (5, 5)), 0.8))) == [((2, 5),), ((5, 5),)]


def test_the_same_words_twice() -> None:
    """Two contents with nearly the same words are one, the likelier."""
    both = chosen((clause(1, (3, 5)), 0.7), (clause(3, (4, 5)), 0.8))
    assert [choice.probability for choice in both] == [0.8]


def test_the_same_words_after_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the contract makes of one content and is another's whole content is the other's alone."""

    def split(_article: Article, choice: Candidate, extent: Extent) -> tuple[Extent, ...]:
        several = choice.cue_head == 1
        return (Extent("part", ((2, 4),)), Extent("part", ((5, 5),))) if several else (extent,)

    monkeypatch.setattr(selection, "fitted", split)
    both = chosen((clause(1, (2, 5)), 0.9), (clause(3, (5, 5)), 0.8))
    assert [(choice.cue_head, choice.pieces) for choice in both] == [(1, ((2, 4),)), (3, ((5, 5),))]


def test_one_content_a_cue() -> None:
    """A cue has one content, even where its two candidates share no word."""
    assert contents(chosen((clause(3, (4, 5)), 0.9), (clause(3, (0, 0)), 0.8))) == [((4, 5),)]


def test_one_cue_may_have_several_quotations() -> None:
    """Of several quotations of one cue the later ones go on from the first."""
    both = chosen((quoted(1, (8, 11), 0), 0.9), (quoted(1, (14, 15), 1), 0.8))
    assert [(choice.pieces, choice.continues) for choice in both] == [
        (((8, 11),), None),
        (((14, 15),), 0),
    ]


def test_a_floating_quotation_goes_on() -> None:
    """A floating quotation goes on from the choice before it."""
    both = chosen((clause(1, (2, 5)), 0.9), (quoted(None, (8, 11), 0), 0.8))
    assert [choice.continues for choice in both] == [None, 0]


def test_a_chain_of_floating_quotations() -> None:
    """A second floating quotation goes on from the first."""
    some = chosen((clause(1, (2, 5)), 0.9), (quoted(None, (8, 11), 0), 0.8), (quoted(None, (14, 15), 1), 0.8))
    assert [choice.continues for choice in some] == [None, 0, 1]


def test_an_orphan_is_dropped() -> None:
    """A floating quotation with nothing before it is left out, and so is what goes on from it."""
    assert chosen((quoted(None, (8, 11), 0), 0.9), (quoted(None, (14, 15), 1), 0.9)) == []


def test_dropping_an_orphan_keeps_the_links() -> None:
    """Indices of what goes on are right after an orphan was left out."""
    some = chosen((quoted(None, (8, 11), 0), 0.9), (clause(3, (4, 5)), 0.2), (quoted(12, (14, 15), 1), 0.9))
    assert [(choice.pieces, choice.continues) for choice in some] == [(((14, 15),), None)]


def test_a_turn_wins() -> None:
    """A turn of a transcript wins over what would cover it, however probable."""
    speaker = Mention(Span(0, 4), 0)
    turn = Candidate("turn", (), None, None, (Extent("label", ((2, 5),)),), speaker)
    some = chosen((turn, 0.0), (clause(1, (2, 5)), 0.99))
    assert [choice.rule for choice in some] == ["turn"]
    assert some[0].probability > 0.9


def test_choices_stand_in_text_order() -> None:
    """Choices come in the order of their contents, whatever their probability."""
    some = chosen((quoted(1, (14, 15), 1), 0.99), (clause(3, (4, 5)), 0.6))
    assert contents(some) == [((4, 5),), ((14, 15),)]


def test_marks_are_no_words() -> None:
    """Words of an extent are its tokens without marks."""
    assert words_of(article().parse, Extent("subtree", ((4, 8),))) == {4, 5, 8}


def test_the_best_extent_is_preferred() -> None:
    """Of several extents the one with the most points is taken, and only those are scored."""
    asked: list[int] = []

    def preferences(_: Candidate, items: Sequence[Sequence[str]]) -> list[float]:
        asked.append(len(items))
        return [float(any(f.startswith("extent+cue=short|") for f in features)) for features in items]

    two = Candidate("infinitive", (1,), 1, 2, (Extent("subtree", ((2, 5),)), Extent("short", ((2, 3),))), None)
    best = preferred(article(), [two, clause(3, (4, 5))], preferences)
    assert [extent.pieces for extent in best] == [((2, 3),), ((4, 5),)]
    assert asked == [2]


def test_a_plain_construction_needs_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """What its construction makes plain is kept from a lower probability on."""
    candidate = clause(3, (4, 5))
    assert least_probability(article(), candidate, 0.5) == 0.5
    monkeypatch.setattr("quotes.scoring.selection.is_explicit", lambda *_: True)
    assert least_probability(article(), candidate, 0.5) == EXPLICIT


@pytest.mark.parametrize(
    ("verb", "speaks", "least"),
    [
        ("reiterated reiterate", True, SAYING),
        ("reiterated reiterate", False, 0.5),
        ("found find", True, 0.5),
    ],
)
def test_an_object_that_tells_what_was_said_needs_less(verb: str, *, speaks: bool, least: float) -> None:
    """“Reiterated its support” gives the words' content, “found its keys” no words."""
    parse = parse_from_rows(ROWS.replace("believed believe", verb))
    scene = Article.of(make_document(parse.text), parse, ())
    speaker = Mention(parse.span(2, 2), 2) if speaks else None
    candidate = Candidate("nominal_object", (3,), 3, 4, (Extent("subtree", ((4, 5),)),), speaker)
    assert least_probability(scene, candidate, 0.5) == least


SAYING_CLAUSE = clause(1, (2, 5), "clausal_complement")
THINKING_CLAUSE, PHRASE = clause(3, (4, 5), "clausal_complement"), clause(3, (4, 5))


@pytest.mark.parametrize(
    ("candidate", "encoded", "plain", "left"),
    [
        (SAYING_CLAUSE, 0.2, 0.7, 0.7),  # the plain features are sure: the encoder takes nothing away
        (SAYING_CLAUSE, 0.2, 0.5, 0.2),
        (THINKING_CLAUSE, 0.2, 0.9, 0.2),
        (SAYING_CLAUSE, 0.5, 0.1, 0.5),  # the encoder is sure enough to add
        (SAYING_CLAUSE, 0.4, 0.1, 0.1),
        (PHRASE, 0.7, 0.3, 0.7),
        (PHRASE, 0.6, 0.3, 0.3),
        (THINKING_CLAUSE, 0.6, 0.1, 0.6),
    ],
)
def test_an_encoder_adds_what_it_is_sure_of(candidate: Candidate, encoded: float, plain: float, left: float) -> None:
    """Plain features keep what is plain, and hold back what is no clause, or said in few words."""
    assert balanced(article(), [candidate], [encoded], [plain]) == [left]


def test_an_encoder_takes_nothing_from_what_its_words_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """What its construction makes plain has at least the plain probability."""
    monkeypatch.setattr("quotes.scoring.selection.is_explicit", lambda *_: True)
    assert balanced(article(), [PHRASE], [0.2], [0.3]) == [0.3]
