"""Questions of the parse, asked of hand-built ones."""

from __future__ import annotations

import pytest

from quotes.text.spans import Span
from tests.builders import parse_from_rows

TOLD = """
The the DET DT det 2
Syrian syrian ADJ JJ amod 2
ministers minister NOUN NNS nsubjpass 4
were be AUX VBD auxpass 4
told tell VERB VBN ROOT 4
by by ADP IN agent 4
her her PRON PRP$ poss 7
aide aide NOUN NN pobj 5
to to PART TO aux 9
go go VERB VB xcomp 4
. . PUNCT . punct 4

Every every DET DT det 12
bank bank NOUN NN nsubj 14
+n't n't PART RB neg 14
was be AUX VBD ROOT 14
another another DET DT det 16
donor donor NOUN NN attr 14
"""
PARSE = parse_from_rows(TOLD)


@pytest.mark.parametrize(
    ("question", "tokens"),
    [
        ("is_main_verb", {4, 9, 14}),
        ("heads_clause", {4, 9, 14}),
        ("is_finite", {3, 14}),
        ("is_passive", {4}),
        ("is_negated", {14}),
        ("is_infinitive", {9}),
        ("is_plural", {2}),
        ("is_root", {4, 14}),
        ("opens_sentence", {0, 11}),
        ("is_indefinite", {12, 16}),
        ("is_quantified", {12}),
    ],
)
def test_questions_of_a_token(question: str, tokens: set[int]) -> None:
    """Each question holds of exactly these tokens."""
    assert {t for t in range(len(PARSE)) if getattr(PARSE, question)(t)} == tokens


def test_dependents() -> None:
    """Dependents are found by their labels, an agent and an owner through them."""
    assert PARSE.child(4, "xcomp", "agent") == 5
    assert PARSE.child(4, "dobj") is None
    assert PARSE.children_with(4, "xcomp", "agent") == [5, 9]
    assert PARSE.has_child(2, "det")
    assert PARSE.agent(4) == 7
    assert PARSE.possessor(7) == 6
    assert PARSE.premodifiers(2) == (1,)


def test_ancestors() -> None:
    """Heads are climbed to the root, and a subtree holds what is between its ends."""
    assert list(PARSE.ancestors(6)) == [7, 5, 4]
    assert list(PARSE.ancestors(6, most=1)) == [7]
    assert PARSE.is_under(6, 5)
    assert not PARSE.is_under(4, 5)


def test_nouns_with_and_without_determiner() -> None:
    """With "the" a noun is definite and with "her" it is not; a bare one has neither article nor owner."""
    assert PARSE.is_definite(2)
    assert not PARSE.is_definite(7)
    assert not PARSE.is_bare(7)
    assert PARSE.is_bare(1)


def test_words_of_a_span() -> None:
    """Punctuation is no word, and a span of nothing else has no range."""
    end = PARSE.span(9, 10)
    assert PARSE.words_in(end) == [9]
    assert PARSE.range_of(end) == (9, 10)
    assert PARSE.range_of(PARSE.span(10, 10)) is None
    assert PARSE.range_of(Span(0, 0)) is None


def test_sentences() -> None:
    """A token knows its sentence's bounds."""
    assert PARSE.sentence_of(12) == (11, 17)
    assert PARSE.sentence_start(16) == 11
    assert PARSE.same_sentence(11, 16)
    assert not PARSE.same_sentence(10, 11)
