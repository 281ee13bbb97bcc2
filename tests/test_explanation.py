"""Why a statement was found, in features and in words; what came close, and where a candidate was lost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from quotes.explanation import Explainer, explain, phrase_of
from quotes.extractor import Analysis, Extractor
from quotes.lexicon import table
from quotes.scoring.scorer import OWN_SCORE, Scorer
from quotes.scoring.selection import LEAST_PROBABILITY, SAYING
from quotes.syntax.parse import Parse
from quotes.text.document import Document, make_document
from quotes.text.spans import Span
from tests.builders import parse_from_rows
from tests.test_features_page import documented
from tests.test_rules_page import SECTIONS

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
        extents: Mapping[str, float] = PLAIN,
        *,
        rows: str = SAID,
        bias: float = -3.0,
        attitudes: Sequence[str] = ("statement",),
        other_attitudes: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        self.parse: Parse = parse_from_rows(rows)
        self.encoder = None
        self.attitudes, self.min_confidence = frozenset(attitudes), 0.0
        own = {name: weight for name, weight in weights.items() if name not in IN_CONTEXT}
        context = {name: weight for name, weight in weights.items() if name in IN_CONTEXT}
        self.scorer = Scorer(own, {OWN_SCORE: 1.0, **context}, extents, (2.0, 2 * bias), 0.4, {}, None, other_attitudes)

    def analyse(self, document: Document, *, trace: bool = False) -> Analysis:
        """Analyse the parse that was given, whatever the document."""
        return self._analysis(document, document, self.parse, trace=trace)

    def explainer(self) -> Explainer:
        """What explains the parse."""
        return Explainer(self.analyse(self.document(), trace=True), self)

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
    assert each.threshold == SAYING


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


def test_the_extent_and_its_runner_up() -> None:
    """The best two extents come with their points and with what only one of them has."""
    each = explained(HandExtractor(RECOGNISED))
    assert each.extent is not None
    assert each.runner_up is not None
    assert (each.extent.name, each.extent.preference) == ("subtree", 2.0)
    assert (each.runner_up.name, each.runner_up.text) == ("without_prep", "the ferry sank")
    assert [(i.feature, i.contribution) for i in each.extent.influences] == [("extent+cue=subtree|say", 2.0)]
    assert [i.contribution for i in each.runner_up.influences] == [0.5]


def test_the_preferred_extent_is_the_statement() -> None:
    """When the scorer prefers the shorter extent, it is the text and the other the runner-up."""
    each = explained(HandExtractor(RECOGNISED, {"extent+cue=without_prep|say": 1.0}))
    assert each.text == "the ferry sank"
    assert each.extent is not None
    assert each.runner_up is not None
    assert (each.extent.name, each.runner_up.text) == ("without_prep", "the ferry sank near Velland")


def test_features_of_both_extents_are_left_out() -> None:
    """A feature that both extents have speaks for neither."""
    shared = {"extent length=8|clausal_complement": 5.0, "extent+cue=subtree|say": 1.0}
    each = explained(HandExtractor(RECOGNISED, shared, rows=LONG))
    assert each.extent is not None
    assert [i.feature for i in each.extent.influences] == ["extent+cue=subtree|say"]


def test_a_single_extent_has_no_rival() -> None:
    """Where the content has one extent only, none is explained."""
    rows = "\n".join(line for line in SAID.splitlines() if "near" not in line and "Velland" not in line)
    each = explained(HandExtractor(RECOGNISED, rows=rows))
    assert each.text == "the ferry sank"
    assert (each.extent, each.runner_up) == (None, None)


def test_only_wanted_attitudes_are_explained() -> None:
    """The extractor's attitudes hold for explanations too."""
    extractor = HandExtractor(RECOGNISED, attitudes=("belief",))
    assert explain(extractor.document(), extractor) == ()


def test_what_came_close_is_told() -> None:
    """A candidate between half of the threshold and the threshold is a near miss, with its features."""
    extractor = HandExtractor({"cue=say": 1.0, "rule=clausal_complement": 1.0}, bias=-2.5)
    analysis = extractor.analyse(extractor.document())
    assert Explainer(analysis, extractor).statements() == ()
    (each,) = Explainer(analysis, extractor).near()
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
        near = Explainer(extractor.analyse(extractor.document()), extractor).near()
        assert not [each for each in near if each.rule == "clausal_complement"]


def test_near_misses_have_the_attitudes_asked_for() -> None:
    """Somebody who asks for beliefs is not shown that a saying came close."""
    weights = {"cue=say": 1.0, "rule=clausal_complement": 1.0}
    extractor = HandExtractor(weights, bias=-2.5, attitudes=("belief",))
    assert Explainer(extractor.analyse(extractor.document()), extractor).near() == ()


TWICE = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    he he PRON PRP nsubj 3
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
    (kept,) = Explainer(analysis, extractor).statements()
    near = [each for each in Explainer(analysis, extractor).near() if each.rule == "clausal_complement"]
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
        assert each.threshold > 0 or each.rule in LEAST_PROBABILITY
        assert each.influences
        sizes = [abs(influence.contribution) for influence in each.influences]
        assert sizes == sorted(sizes, reverse=True)
        if each.extent is not None and each.runner_up is not None:
            assert each.extent.preference >= each.runner_up.preference
        assert set(each.reasons) == {"Found by", "Content", "Speaker", "To", "Through", "When", "Sure"}


def test_reasons_in_words() -> None:
    """Rule, extent, speaker, roles and probability are said without a feature's name."""
    reasons = explained(HandExtractor(RECOGNISED)).reasons
    assert reasons == {
        "Found by": "a cue with a clause as its content: “Kord said”",
        "Content": "the next best extent, 1.5 points behind, is “the ferry sank”",
        "Speaker": ("“Kord” (at 0), the subject of “said”. Got the name Kord: it is, or is in apposition to, a name"),
        "To": "none",
        "Through": "none",
        "When": "none",
        "Sure": (
            "0.73, kept from 0.30 on, as for a cue of saying. For it the cue word “say” (+6.0) and the "
            "construction (+2.0). Against it whether a name, noun or pronoun is the speaker (-1.0). "
            "Attitude statement: “say” is listed so"
        ),
    }


def test_the_confidence_of_a_belief() -> None:
    """Where the attitude moves the confidence, both figures are there."""
    believes = SAID.replace("said say VERB VBD", "believes believe VERB VBZ")
    weights = {name.replace("say", "believe"): weight for name, weight in RECOGNISED.items()}
    each = explained(HandExtractor(weights, rows=believes, attitudes=["belief"], other_attitudes=(1.0, -1.0)))
    assert (each.scored, each.probability) == (pytest.approx(0.7311, abs=1e-4), pytest.approx(0.5, abs=1e-4))
    assert each.reasons["Sure"].startswith("0.73, kept from")
    assert "Confidence 0.50: what has this attitude is right less often than its features say" in each.reasons["Sure"]


NEWS = (
    "Ann Kord, the harbour master, told councillors on Monday that the bridge stays closed. In a letter "
    "to Bo Dorn she said that the repair had begun. “We have the money,” she told Reuters. “And the men.”"
)


def test_roles_in_words(extractor: Extractor) -> None:
    """From which words addressee, medium, time and name are, and where an inherited medium is from."""
    document = make_document(NEWS, document_id="bridge", published="2023-03-16")
    first, second, third, last = (each.reasons for each in explain(document, extractor))
    assert first["To"].startswith("councillors, “councillors” (at 35). Object of “told”")
    day = "The date 2023-03-13, seen from the document's date, 2023-03-16"
    assert first["When"] == f"“Monday” (at 50), in the clause of the cue. {day}"
    assert second["To"].startswith("Bo Dorn, “Bo Dorn” (at 102). Receiver of what held the words")
    assert second["Through"].startswith("letter")
    assert "A preposition in the cue's clause leads to it" in second["Through"]
    assert "Was taken for Ann Kord: " in second["Speaker"]
    assert "rivals: Bo Dorn" in second["Speaker"] or "nobody else" in second["Speaker"]
    assert "A news outlet that was told" in third["Through"]
    assert last["Speaker"] == "Ann Kord, who goes on from “We have the money,” (at 147)"
    assert "like the words of the same speaker" in last["Through"]
    assert last["To"] == "none: the words have no cue of their own"


def test_offsets_are_those_of_the_text(extractor: Extractor) -> None:
    """Where lines end as on Windows, places count in the text as it was given."""
    text = "It rained.\r\n\r\nAnn Kord said that the bridge was shut."
    (each,) = explain(make_document(text), extractor)
    assert f"(at {text.index('Ann')})" in each.reasons["Speaker"]


def test_asking_changes_no_output(extractor: Extractor) -> None:
    """With a trace the statements are the same as without."""
    for text in (NEWS, TEXT, TURNS):
        document = make_document(text, document_id="a", published="2023-03-16")
        traced, plain = (extractor.analyse(document, trace=trace) for trace in (True, False))
        assert traced.statements == plain.statements
        assert traced.candidates == plain.candidates
        assert traced.probabilities == plain.probabilities
        assert traced.chosen == plain.chosen
        assert traced.article.trace is not None
        assert plain.article.trace is None


def test_every_rule_has_a_phrase() -> None:
    """Rules and phrases are the same set, and so are families of features and theirs."""
    assert set(table("rule_phrases")) == set(SECTIONS)
    assert set(table("feature_phrases")) == documented() | {OWN_SCORE}


@pytest.mark.parametrize(
    ("feature", "phrase"),
    [
        ("cue=say", "the cue word “say”"),
        ("mark=none|infinitive", "nothing before the content"),
        ("argument dobj=bridge|infinitive", "“bridge” in the content"),
        ("cut word+cue=after|say", "the phrase that it leaves out"),
        ("speaker after|infinitive", "the speaker comes after the cue"),
    ],
)
def test_features_in_words(feature: str, phrase: str) -> None:
    """A feature is said by its family, with its first value where that is a word."""
    assert phrase_of(feature) == phrase


def lost(text: str, words: str, extractor: Extractor) -> list[str]:
    """Why there is no statement at some words, as explained."""
    start = text.index(words)
    explainer = Explainer(extractor.analyse(make_document(text), trace=True), extractor)
    place = Span(start, start + len(words))
    assert explainer.statements(place) == ()
    found = [each.reasons["Lost"] for each in explainer.lost_at(place) if each.probability]
    return found or [explainer.nothing_at(place)]


def test_lost_as_boilerplate(extractor: Extractor) -> None:
    """A share bar is not read."""
    text = "Ann Kord said that it rained.\n\nShare this article"
    assert lost(text, "Share this", extractor) == ["The paragraph was taken for boilerplate, which is not read."]


def test_lost_between_paragraphs(extractor: Extractor) -> None:
    """White space is in no paragraph."""
    text = "Ann Kord said that it rained.\n\nThe bridge fell."
    assert lost(text, "\n\n", extractor) == ["The place is in no paragraph."]


def test_lost_before_the_articles_own_words(extractor: Extractor) -> None:
    """A dateline is not read."""
    text = "VELLAND (Reuters) - Ann Kord said that it rained.\n\nThe bridge fell on Monday."
    assert lost(text, "Reuters", extractor)[0].startswith("The place is before the article's own words")


def test_lost_without_a_candidate(extractor: Extractor) -> None:
    """Where no rule applies, verbs and cues of the sentence are named with what the list says."""
    (why,) = lost("Ann Kord laughed. The report sank.", "report", extractor)
    assert why == (
        "No rule makes a likely candidate of these words. Their sentence has “report” (listed as a cue of "
        "statement); “sank” (not in the list of cues)."
    )


def test_lost_in_a_headline(extractor: Extractor) -> None:
    """A headline without a candidate is said to be one."""
    text = "Bridge over the river shut\n\nAnn Kord said on Monday that the bridge was shut for repairs."
    assert "It is a headline" in lost(text, "over", extractor)[0]


def test_lost_below_the_threshold() -> None:
    """A candidate that scored too low tells its probability and the strongest reasons."""
    weights = {"cue=say": 1.0, "rule=clausal_complement": 1.0}
    (first, *_) = HandExtractor(weights, bias=-2.5).explainer().lost_at(Span(10, 13))
    assert first.reasons["Lost"] == "its probability, 0.27, is below 0.30"
    assert "For it the construction (+2.0) and the cue word “say” (+2.0)" in first.reasons["Sure"]


def test_lost_outright() -> None:
    """A candidate that was refused outright says so, with what its own features add."""
    (first, *_) = HandExtractor({"cue=say": -9.0}).explainer().lost_at(Span(10, 13))
    assert first.reasons["Lost"].startswith("its own features are so far from any statement's")
    assert "Against it the cue word “say” (-18.0)" in first.reasons["Sure"]


def test_lost_to_a_likelier_candidate(extractor: Extractor) -> None:
    """A candidate whose words or whose cue another one has names that one."""
    (why,) = lost("Ann Kord asked people to stay away from the sea.", "people", extractor)
    assert why.endswith("is another content of its cue: “to stay away from the sea”")


def test_lost_as_an_orphan(extractor: Extractor) -> None:
    """A quotation without a cue, and without anybody quoted before it, says so."""
    (why,) = lost("“We have the money and the men.”\n\nThe bridge fell.", "money", extractor)
    assert why == "it has no cue, and nobody before it is quoted and can go on"


def test_lost_as_belief(extractor: Extractor) -> None:
    """What is found with another attitude says which, and how to ask for it."""
    assert lost("Engineers believe that the crack is old.", "the crack", extractor) == [
        "found, but as belief: ask for it with --attitudes all"
    ]


def test_lost_as_too_doubtful(extractor: Extractor) -> None:
    """What is found below the least confidence says both."""
    careful = Extractor(scorer=extractor.scorer, min_confidence=1.0)
    (why,) = lost("Ann Kord said that it rained.", "rained", careful)
    assert "is below --min-confidence 1.0" in why


def test_an_unsure_name_says_why(extractor: Extractor) -> None:
    """Beside a name below 0.9 stands its confidence, and what speaks most against it; beside a sure one nothing."""
    document = make_document("The mayor said that the bridge was shut. Ann Kord said that it was open.")
    unsure, sure = explain(document, extractor)
    confidences = [each.speaker.confidence for each in extractor.extract_document(document) if each.speaker]
    assert f"The name is unsure, {confidences[0]:.2f}, against it most the article" in unsure.reasons["Speaker"]
    assert confidences[1] >= 0.9
    assert "unsure" not in sure.reasons["Speaker"]
