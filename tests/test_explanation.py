"""Why a statement was found: features, readings, and what came close."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from quotes.explanation import explain, explain_analysis, near_misses
from quotes.extractor import Analysis, Extractor
from quotes.scoring.scorer import OWN_SCORE, Scorer
from quotes.scoring.selection import CERTAIN, PLAIN_SAYING
from quotes.syntax.parse import Parse
from quotes.text.document import Document, make_document
from tests.builders import parse_from_rows

if TYPE_CHECKING:
    from quotes.explanation import Explanation

SAID = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    the the DET DT det 3
    ferry ferry NOUN NN nsubj 4
    sank sink VERB VBD ccomp 1
    near near ADP IN prep 4
    Velland Velland PROPN NNP pobj 5 GPE
    +. . PUNCT . punct 1
"""
LONG = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    the the DET DT det 5
    old old ADJ JJ amod 5
    white white ADJ JJ amod 5
    ferry ferry NOUN NN nsubj 7
    soon soon ADV RB advmod 7
    sank sink VERB VBD ccomp 1
    near near ADP IN prep 7
    Velland Velland PROPN NNP pobj 8 GPE
    +. . PUNCT . punct 1
"""
RECOGNISED = {
    "cue=say": 3.0,
    "rule=clausal_complement": 1.0,
    "speaker part of speech=PROPN|clausal_complement": -0.5,
}
PLAIN = {"extent+cue=subtree|say": 2.0, "extent+cue=without_prep|say": 0.5}


IN_CONTEXT = {"no rival of its cue"}


class HandExtractor(Extractor):
    """An extractor with a parse that was written by hand in place of a pipeline."""

    def __init__(
        self,
        weights: Mapping[str, float],
        readings: Mapping[str, float] = PLAIN,
        *,
        rows: str = SAID,
        bias: float = -3.0,
        attitudes: Sequence[str] = ("statement",),
    ) -> None:
        self.parse: Parse = parse_from_rows(rows)
        self.attitudes, self.min_confidence = frozenset(attitudes), 0.0
        own = {name: weight for name, weight in weights.items() if name not in IN_CONTEXT}
        context = {name: weight for name, weight in weights.items() if name in IN_CONTEXT}
        self.scorer = Scorer(own, {OWN_SCORE: 1.0, **context}, readings, (2.0, 2 * bias), 0.4, {})

    def analyse(self, document: Document) -> Analysis:
        """Analyse the parse that was given, whatever the document."""
        return self._analysis(document, document, self.parse)

    def document(self) -> Document:
        """The document of the parse."""
        return make_document(self.parse.text, document_id="hand")


def explained(extractor: HandExtractor) -> Explanation:
    """The explanation of the only statement."""
    (explanation,) = explain(extractor.document(), extractor)
    return explanation


def test_what_was_found_is_named() -> None:
    """An explanation gives the statement's id, text, cue, speaker, rule and probability."""
    extractor = HandExtractor(RECOGNISED)
    (statement,) = extractor.analyse(extractor.document()).statements
    each = explained(extractor)
    assert (each.statement_id, each.start, each.text) == (statement.id, 10, "the ferry sank near Velland")
    assert (each.cue, each.speaker, each.rule) == ("said", "Kord", "clausal_complement")
    assert each.attitude == "statement"
    assert each.probability == each.scored == pytest.approx(1 / (1 + math.exp(-2 * 0.5)), abs=1e-4)
    assert each.threshold == PLAIN_SAYING


def test_features_are_listed_by_size() -> None:
    """Each known feature comes with its change in calibrated log-odds, the largest first, either sign."""
    each = explained(HandExtractor(RECOGNISED))
    assert [(i.feature, round(i.contribution, 4)) for i in each.influences] == [
        ("cue=say", 6.0),
        ("rule=clausal_complement", 2.0),
        ("speaker part of speech=PROPN|clausal_complement", -1.0),
    ]


def test_context_features_are_listed() -> None:
    """What a candidate's rivals scored is among the influences."""
    each = explained(HandExtractor({**RECOGNISED, "no rival of its cue": 0.25}))
    assert ("no rival of its cue", 0.5) in [(i.feature, i.contribution) for i in each.influences]


def test_the_reading_and_its_runner_up() -> None:
    """The best two readings come with their points and with what only one of them has."""
    each = explained(HandExtractor(RECOGNISED))
    assert each.reading is not None
    assert each.runner_up is not None
    assert (each.reading.name, each.reading.preference) == ("subtree", 2.0)
    assert (each.runner_up.name, each.runner_up.text) == ("without_prep", "the ferry sank")
    assert [(i.feature, i.contribution) for i in each.reading.influences] == [("extent+cue=subtree|say", 2.0)]
    assert [i.contribution for i in each.runner_up.influences] == [0.5]


def test_the_preferred_reading_is_the_statement() -> None:
    """When the scorer prefers the shorter reading, it is the text and the other the runner-up."""
    each = explained(HandExtractor(RECOGNISED, {"extent+cue=without_prep|say": 1.0}))
    assert each.text == "the ferry sank"
    assert each.reading is not None
    assert each.runner_up is not None
    assert (each.reading.name, each.runner_up.text) == ("without_prep", "the ferry sank near Velland")


def test_features_of_both_readings_are_left_out() -> None:
    """A feature that both readings have speaks for neither."""
    shared = {"extent length=8|clausal_complement": 5.0, "extent+cue=subtree|say": 1.0}
    each = explained(HandExtractor(RECOGNISED, shared, rows=LONG))
    assert each.reading is not None
    assert [i.feature for i in each.reading.influences] == ["extent+cue=subtree|say"]


def test_a_single_reading_has_no_rival() -> None:
    """Where the content can be read in one way only, no reading is explained."""
    rows = "\n".join(line for line in SAID.splitlines() if "near" not in line and "Velland" not in line)
    each = explained(HandExtractor(RECOGNISED, rows=rows))
    assert each.text == "the ferry sank"
    assert (each.reading, each.runner_up) == (None, None)


def test_only_wanted_attitudes_are_explained() -> None:
    """The extractor's attitudes hold for explanations too."""
    extractor = HandExtractor(RECOGNISED, attitudes=("belief",))
    assert explain(extractor.document(), extractor) == ()


def test_what_came_close_is_told() -> None:
    """A candidate between half of the threshold and the threshold is a near miss, with its features."""
    extractor = HandExtractor({"cue=say": 1.0, "rule=clausal_complement": 1.0}, bias=-2.5)
    analysis = extractor.analyse(extractor.document())
    assert explain_analysis(analysis, extractor) == ()
    (each,) = near_misses(analysis, extractor)
    assert each.statement_id is None
    assert (each.text, each.cue, each.speaker) == ("the ferry sank near Velland", "said", "Kord")
    assert each.probability == pytest.approx(1 / (1 + math.exp(1)))
    assert {i.feature for i in each.influences} == {"cue=say", "rule=clausal_complement"}
    assert each.overlaps is None
    assert each.runner_up is not None


def test_what_was_far_off_is_not() -> None:
    """A candidate below half of the threshold is no near miss, and one that was kept is none either."""
    for bias in (-9.0, -1.0):
        extractor = HandExtractor({"cue=say": 1.0, "rule=clausal_complement": 1.0}, bias=bias)
        near = near_misses(extractor.analyse(extractor.document()), extractor)
        assert not [each for each in near if each.rule == "clausal_complement"]


def test_near_misses_have_the_attitudes_asked_for() -> None:
    """Somebody who asks for beliefs is not shown that a saying came close."""
    weights = {"cue=say": 1.0, "rule=clausal_complement": 1.0}
    extractor = HandExtractor(weights, bias=-2.5, attitudes=("belief",))
    assert near_misses(extractor.analyse(extractor.document()), extractor) == ()


TWICE = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    Dorn Dorn PROPN NNP nsubj 3 PERSON
    claimed claim VERB VBD ccomp 1
    rain rain NOUN NN nsubj 5
    fell fall VERB VBD ccomp 3
    +. . PUNCT . punct 1
"""


def test_a_near_miss_says_whose_words_it_holds() -> None:
    """A near miss inside a statement names that statement."""
    weights = {"cue=say": 4.0, "cue=claim": 2.5, "rule=clausal_complement": 1.0}
    extractor = HandExtractor(weights, bias=-4.0, rows=TWICE)
    analysis = extractor.analyse(extractor.document())
    (kept,) = explain_analysis(analysis, extractor)
    near = [each for each in near_misses(analysis, extractor) if each.rule == "clausal_complement"]
    assert [(each.text, each.overlaps) for each in near] == [("rain fell", kept.statement_id)]


TURNS = "ANN KORD: Where was the van?\n\nBEN DORN: In the yard.\n\nANN KORD: Since when?\n"


def test_a_turn_tells_what_the_features_alone_give(extractor: Extractor) -> None:
    """A transcript's turn has the probability of its statement, whatever the scorer makes of it."""
    document = make_document(TURNS, document_id="turns")
    explanations = explain(document, extractor)
    assert [each.rule for each in explanations] == ["turn"] * 3
    assert all(each.probability >= 0.9 for each in explanations)
    assert all(0 <= each.scored <= each.probability for each in explanations)
    assert {each.threshold for each in explanations} == {0.0}


TEXT = (
    "“The bridge stays closed until spring,” Ann Kord, the harbour master, told councillors on Monday. "
    "She denied that the repair would cost more than planned. “We have the money. And the men.”\n\n"
    "Engineers believe the crack is old, and according to a report it was first seen in May."
)


@pytest.mark.parametrize("attitudes", ["statement", "all"])
def test_every_statement_is_explained(attitudes: str, extractor: Extractor) -> None:
    """With the shipped weights each statement has an explanation with its id and its confidence."""
    chosen = extractor if attitudes == "statement" else Extractor(attitudes="all", scorer=extractor.scorer)
    document = make_document(TEXT, document_id="bridge")
    statements = chosen.extract_document(document)
    explanations = explain(document, chosen)
    assert statements
    assert [each.statement_id for each in explanations] == [statement.id for statement in statements]
    for each, statement in zip(explanations, statements, strict=True):
        assert round(each.probability, 4) == statement.confidence
        assert each.text == statement.content.text
        assert each.scored >= each.threshold
        assert each.threshold > 0 or each.rule in CERTAIN
        assert each.influences
        sizes = [abs(influence.contribution) for influence in each.influences]
        assert sizes == sorted(sizes, reverse=True)
        if each.reading is not None and each.runner_up is not None:
            assert each.reading.preference >= each.runner_up.preference
