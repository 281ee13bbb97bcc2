"""Choosing a consistent set of proposals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quotes.attributions import Mention
from quotes.document import make_document
from quotes.frames import Proposal, Setting, Variant, setting_of
from quotes.frames.proposal import Range
from quotes.marks import find_quotations
from quotes.selection import (
    FLOATING,
    PLAIN_SAYING,
    PLAINEST,
    Choice,
    least_probability,
    preferred,
    select,
    words_of,
)
from quotes.spans import Span
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


def setting() -> Setting:
    """The setting of the rows above."""
    parse = parse_from_rows(ROWS)
    document = make_document(parse.text)
    return setting_of(document, parse, find_quotations(document.text, document.paragraphs))


def clause(cue: int, content: Range, frame: str = "nominal_object", *more: Range) -> Proposal:
    """A proposal with a cue and a content."""
    return Proposal(frame, (cue,), cue, content[0], (Variant("subtree", (content, *more)),), None)


def quoted(cue: int | None, content: Range, index: int) -> Proposal:
    """A quotation with a cue, or floating."""
    frame = FLOATING if cue is None else "quotation_after_cue"
    return Proposal(
        frame, () if cue is None else (cue,), cue, None, (Variant("quotation", (content,)),), None, index
    )


def chosen(*scored: tuple[Proposal, float], threshold: float = 0.5) -> list[Choice]:
    """What is chosen of proposals with their probabilities; the first reading always wins."""
    proposals, probabilities = zip(*scored, strict=True)
    read = [p.variants[0] for p in proposals]

    def first(some: Sequence[Proposal]) -> list[Variant]:
        return [variant for proposal, variant in zip(proposals, read, strict=True) if proposal in some]

    return list(select(setting(), proposals, probabilities, first, threshold))


def contents(choices: Sequence[Choice]) -> list[tuple[Range, ...]]:
    """The pieces of what was chosen."""
    return [choice.variant.pieces for choice in choices]


def test_what_is_doubtful_is_left_out() -> None:
    """A proposal below the threshold is not chosen."""
    assert contents(chosen((clause(1, (2, 3)), 0.6), (clause(3, (4, 5)), 0.4))) == [((2, 3),)]


def test_a_plain_saying_needs_less() -> None:
    """A saying cue with a clause is kept from a lower probability on than other proposals."""
    saying, thinking = clause(1, (2, 5), "clausal_complement"), clause(3, (4, 5), "clausal_complement")
    assert contents(chosen((saying, 0.4), (thinking, 0.4))) == [((2, 5),)]
    assert least_probability(setting(), saying, 0.5) == PLAIN_SAYING
    assert least_probability(setting(), thinking, 0.5) == 0.5


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


def test_one_content_a_cue() -> None:
    """A cue has one content, even where its two candidates share no word."""
    assert contents(chosen((clause(3, (4, 5)), 0.9), (clause(3, (0, 0)), 0.8))) == [((4, 5),)]


def test_one_cue_may_have_several_quotations() -> None:
    """Of several quotations of one cue the later ones go on from the first."""
    both = chosen((quoted(1, (8, 11), 0), 0.9), (quoted(1, (14, 15), 1), 0.8))
    assert [(choice.variant.pieces, choice.continues) for choice in both] == [
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
    assert [(choice.variant.pieces, choice.continues) for choice in some] == [(((14, 15),), None)]


def test_a_turn_wins() -> None:
    """A turn of a transcript wins over what would cover it, however probable."""
    speaker = Mention(Span(0, 4), 0)
    turn = Proposal("turn", (), None, None, (Variant("label", ((2, 5),)),), speaker)
    some = chosen((turn, 0.0), (clause(1, (2, 5)), 0.99))
    assert [choice.proposal.frame for choice in some] == ["turn"]
    assert some[0].probability > 0.9


def test_choices_stand_in_text_order() -> None:
    """Choices come in the order of their contents, whatever their probability."""
    some = chosen((quoted(1, (14, 15), 1), 0.99), (clause(3, (4, 5)), 0.6))
    assert contents(some) == [((4, 5),), ((14, 15),)]


def test_marks_are_no_words() -> None:
    """Words of a reading are its tokens without marks."""
    assert words_of(setting().parse, Variant("subtree", ((4, 8),))) == {4, 5, 8}


def test_the_best_reading_is_preferred() -> None:
    """Of several readings the one with the highest score is taken, and only those are scored."""
    asked: list[int] = []

    def preferences(items: Sequence[Sequence[str]]) -> list[float]:
        asked.append(len(items))
        return [float(any(f.startswith("reading+cue=short|") for f in features)) for features in items]

    two = Proposal(
        "infinitive", (1,), 1, 2, (Variant("subtree", ((2, 5),)), Variant("short", ((2, 3),))), None
    )
    best = preferred(setting(), [two, clause(3, (4, 5))], preferences)
    assert [variant.pieces for variant in best] == [((2, 3),), ((4, 5),)]
    assert asked == [2]


def test_a_plain_construction_needs_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """What its construction makes plain is kept from a lower probability on."""
    proposal = clause(3, (4, 5))
    assert least_probability(setting(), proposal, 0.5) == 0.5
    monkeypatch.setattr("quotes.selection.is_plain", lambda *_: True)
    assert least_probability(setting(), proposal, 0.5) == PLAINEST


@pytest.mark.parametrize(
    ("verb", "speaks", "least"),
    [
        ("reiterated reiterate", True, PLAIN_SAYING),
        ("reiterated reiterate", False, 0.5),
        ("found find", True, 0.5),
    ],
)
def test_an_object_that_tells_what_was_said_needs_less(verb: str, *, speaks: bool, least: float) -> None:
    """“Reiterated its support” gives the words' content, “found its keys” no words."""
    parse = parse_from_rows(ROWS.replace("believed believe", verb))
    scene = setting_of(make_document(parse.text), parse, ())
    speaker = Mention(parse.span(2, 2), 2) if speaks else None
    proposal = Proposal("nominal_object", (3,), 3, 4, (Variant("subtree", ((4, 5),)),), speaker)
    assert least_probability(scene, proposal, 0.5) == least
