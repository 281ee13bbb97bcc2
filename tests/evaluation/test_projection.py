"""What the corpus marks as source, cue and content where the output contract marks something else."""

from __future__ import annotations

import pytest
from annotations import place, predicted, relation

from quotes.evaluation import PredictedRelation, Relation
from quotes.evaluation.projection import as_corpus_marks, in_corpus_conventions


def widened(
    text: str, content: str, *, source: str | None = None, cue: str | None = None, rule: str = "any", **more: object
) -> Relation:
    """The relation that the corpus would mark for a predicted one."""
    one = predicted(relation(text, content, source=source, cue=cue), rule, **more)
    return in_corpus_conventions(text, one).relation


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("Ann Kord, the mayor of Selm, said it leaks.", "Ann Kord", "Ann Kord, the mayor of Selm,"),
        ("Ann Kord, the mayor, left town and said it leaks.", "Ann Kord", "Ann Kord, the mayor,"),
        ("Ann Kord, a diver, who rows, said it leaks.", "Ann Kord", "Ann Kord, a diver,"),
        ("Ann Kord, 52, of Selm, who rows, said it leaks.", "Ann Kord", "Ann Kord, 52, of Selm,"),
        (
            "Ann Kord, a diver from Selm, South Lorne, said it leaks.",
            "Ann Kord",
            "Ann Kord, a diver from Selm, South Lorne,",
        ),
        ("Ann Kord, known as “Eel,” said it leaks.", "Ann Kord", "Ann Kord, known as “Eel,”"),
        ("Lorne's mayor, Mr. A. Kord, said it leaks.", "Lorne's mayor", "Lorne's mayor, Mr. A. Kord,"),
        ("Two unions, including the divers, said it leaks.", "Two unions", "Two unions, including the divers,"),
        ("The mayor of Selm, Lorne, said it leaks.", "The mayor of Selm, Lorne", "The mayor of Selm, Lorne,"),
        ("Ann Kord, said it leaks.", "Ann Kord", "Ann Kord"),
        ("Kord, in a speech, said it leaks.", "Kord", "Kord"),
        ("Kord, speaking in Oslo, said it leaks.", "Kord", "Kord"),
        ("Kord said it leaks, the diver too.", "Kord", "Kord"),
        ("It leaks, said Ann Kord, who runs it.", "Ann Kord", "Ann Kord, who runs it"),
        ("It leaks, said Ann Kord, a diver, and left.", "Ann Kord", "Ann Kord, a diver"),
        ("It leaks, said Ann Kord, a diver, who runs it.", "Ann Kord", "Ann Kord, a diver, who runs it"),
        ("It leaks, said Ann Kord, an aide to J. Hedd. He left.", "Ann Kord", "Ann Kord, an aide to J. Hedd"),
    ],
)
def test_a_source_takes_in_what_commas_set_off(text: str, source: str, whole: str) -> None:
    """One phrase before the cue, with its commas; after the cue all up to the sentence's end; nothing of the verb."""
    content = "it leaks" if "it leaks" in text else "It leaks"
    assert [span.of(text) for span in widened(text, content, source=source, cue="said").source] == [whole]


def test_a_source_ends_before_its_content() -> None:
    """In "according to polls, voters like her" the voters are no part of the polls."""
    text = "According to polls, voters like her. He left."
    found = widened(text, "voters like her", source="polls", cue="According to")
    assert [span.of(text) for span in found.source] == ["polls"]


@pytest.mark.parametrize(
    ("text", "content", "source", "cue", "rule", "whole"),
    [
        ("Kord continued: “Go.”", "Go.", "Kord", "continued", "quotation_after_cue", "continued:"),
        ("Kord continued, : “Go.”", "Go.", "Kord", "continued", "quotation_after_cue", "continued"),
        ("Crews have felt fear that it leaks", "it leaks", "Crews", "fear", "noun_clause", "have felt fear"),
        ("The crews' earlier claim that it leaks", "it leaks", "The crews", "claim", "noun_clause", "earlier claim"),
        ("Kord's odd talk of divers", "divers", "Kord", "talk of", "prepositional_content", "odd talk of"),
        ("Kord left, with fears that it leaks", "it leaks", "Kord", "fears", "noun_clause", "fears"),
        ("Kord rose and voiced fears that it leaks", "it leaks", "Kord", "fears", "noun_clause", "fears"),
        ("Kord today warned of floods", "floods", "Kord", "warned of", "clausal_complement", "warned of"),
        ("Kord went online to warn of floods", "floods", "Kord", "to warn of", "prepositional_content", "to warn of"),
        ("Kord took aim at divers", "divers", "Kord", "took", "prepositional_content", "took aim at"),
        ("Kord told divers it leaks", "it leaks", "Kord", "told", "clausal_complement", "told"),
    ],
)  # fmt: skip
def test_a_cue_takes_in_what_carries_it(text: str, content: str, source: str, cue: str, rule: str, whole: str) -> None:
    """A colon, what is between a noun and its source, what leads on to a preposition."""
    assert [span.of(text) for span in widened(text, content, source=source, cue=cue, rule=rule).cue] == [whole]


@pytest.mark.parametrize(
    ("text", "content", "cue", "rule", "whole"),
    [
        ("Kord accused the board of lying.", "of lying", "accused", "prepositional_content", "the board of lying"),
        ("Kord accused the board of lying.", "lying", "accused", "prepositional_content", "the board of lying"),
        ("Kord called him a fool.", "a fool", "called", "object_predicate", "him a fool"),
        ("Kord called the sale “a farce.”", "“a farce.”", "called", "quotation_after_cue", "the sale “a farce.”"),
        ("Kord said on Friday “it leaks.”", "“it leaks.”", "said", "quotation_after_cue", "“it leaks.”"),
        ("Kord spoke in Selm for a ban.", "for a ban", "spoke", "prepositional_content", "for a ban"),
        ("Kord took aim at divers.", "divers", "took", "prepositional_content", "divers"),
        ("Kord says what divers like.", "like", "says", "clausal_complement", "like"),
    ],
)  # fmt: skip
def test_a_content_takes_in_whom_it_is_about(text: str, content: str, cue: str, rule: str, whole: str) -> None:
    """An object between the cue and a preposition or predicate, not a time or a place."""
    assert [span.of(text) for span in widened(text, content, cue=cue, rule=rule).content] == [whole]


@pytest.mark.parametrize("more", [{"lemma": "be"}, {"addressee": True}])
def test_what_is_told_or_described_stays_out(more: dict[str, object]) -> None:
    """Of "is not sure" and "told divers “go”" nothing is added to the content."""
    text = "Kord told divers “go.”"
    if "addressee" in more:
        more = {"addressee": place(text, "divers")}
    found = widened(text, "“go.”", source="Kord", cue="told", rule="quotation_after_cue", **more)
    assert [span.of(text) for span in found.content] == ["“go.”"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Kord said that it leaks and that crews left.", ["that it leaks and that crews left"]),
        ("Kord said that it leaks; later that crews left.", ["that it leaks", "that crews left"]),
    ],
)
def test_joined_clauses_of_one_cue_are_one_relation(text: str, contents: list[str]) -> None:
    """“That A and that B” after one cue is one content."""
    parts = [predicted(relation(text, piece, source="Kord", cue="said")) for piece in ("it leaks", "crews left")]
    found = as_corpus_marks(text, parts)
    assert [span.of(text) for each in found for span in each.relation.content] == contents


def test_clauses_of_two_cues_are_two_relations() -> None:
    """“Said A and warned B” is joined by no habit."""
    text = "Kord said it leaks and warned crews left."
    parts = [relation(text, "it leaks", cue="said"), relation(text, "crews left", cue="warned")]
    assert [each.relation for each in as_corpus_marks(text, map(predicted, parts))] == parts


@pytest.mark.parametrize(("outer", "inner", "kept"), [(0.9, 0.6, [0]), (0.6, 0.9, [1]), (None, None, [0])])
def test_of_two_contents_that_overlap_one_is_marked(outer: float | None, inner: float | None, kept: list[int]) -> None:
    """Of a report inside a report the likelier one is left; what shares nothing stays in its place."""
    text = "The agency said the mayor had denied the sale. Kord agreed."
    found: list[PredictedRelation] = [
        predicted(relation(text, "the mayor had denied the sale"), confidence=outer),
        predicted(relation(text, "the sale"), confidence=inner),
        predicted(relation(text, "Kord agreed"), confidence=0.1),
    ]
    assert as_corpus_marks(text, found) == (*[found[index] for index in kept], found[2])
