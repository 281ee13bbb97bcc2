"""The figures against counts made by hand."""

from __future__ import annotations

import pytest
from annotations import article, place, predicted, relation, statement

from quotes.errors import DataError
from quotes.evaluation import Relation, evaluate, evaluate_relations, predicted_relations
from quotes.evaluation.comparison import Wording, compare, quoted_regions
from quotes.evaluation.corpus import GoldArticle
from quotes.evaluation.projection import (
    PredictedRelation,
    in_corpus_conventions,
    with_complementizer,
    with_marks,
)
from quotes.text.spans import Span

# Five sentences, four of them attributed:
# 1 direct, 2 indirect, 3 mixed, 4 indirect without a source, 5 nothing said.
TEXT = (
    "“The lock gate is stuck,” said Ada Lund.\n\n"
    "Bo Frey told the board that crews would drain it.\n\n"
    "Cy Marsh called the delay “a shambles for everyone”.\n\n"
    "It was feared the boats would sink.\n\n"
    "Deckhands painted the railings and went home early."
)
DIRECT = relation(TEXT, "“The lock gate is stuck,”", source="Ada Lund", cue="said")
INDIRECT = relation(TEXT, "that crews would drain it", source="Bo Frey", cue="told")
MIXED = relation(TEXT, "the delay “a shambles for everyone”", source="Cy Marsh", cue="called")
SOURCELESS = relation(TEXT, "the boats would sink", cue="feared")
GOLD = article(TEXT, DIRECT, INDIRECT, MIXED, SOURCELESS)

EXACT = predicted(DIRECT, confidence=0.95)
WITHOUT_THAT = predicted(relation(TEXT, "crews would drain it", source="the board", cue="told"), confidence=0.75)
SOURCED = predicted(relation(TEXT, "the boats would sink", source="It"), confidence=0.72)
STRAY = predicted(relation(TEXT, "painted the railings", source="Deckhands"), confidence=0.31)
PREDICTIONS = {"a": [EXACT, WITHOUT_THAT, SOURCED, STRAY]}


def test_overall_figures_by_hand() -> None:
    """Three of four contents match, two exactly, one with its source."""
    report = evaluate_relations([GOLD], PREDICTIONS)
    assert (report.gold, report.predicted) == (4, 4)
    assert report.quotes.precision.value == pytest.approx(3 / 4)
    assert report.quotes.recall.value == pytest.approx(3 / 4)
    assert report.exact.f1.value == pytest.approx(2 / 4)
    assert report.quotes_with_source.f1.value == pytest.approx(1 / 4)
    assert report.source_accuracy.value == pytest.approx(1 / 2)
    assert report.cue_accuracy.value == pytest.approx(2 / 3)


def test_content_words_by_hand() -> None:
    """Words are counted over all contents together: 5 + 4 + 4 of 20 gold and 16 predicted."""
    report = evaluate_relations([GOLD], PREDICTIONS)
    assert report.content_words.precision.value == pytest.approx(13 / 16)
    assert report.content_words.recall.value == pytest.approx(13 / 20)


def test_figures_by_kind_by_hand() -> None:
    """Precision goes by the prediction's kind, recall by the gold's."""
    direct, indirect, mixed = evaluate_relations([GOLD], PREDICTIONS).kinds
    assert (direct.quotes.precision.value, direct.quotes.recall.value) == (1.0, 1.0)
    assert (indirect.gold, indirect.predicted) == (2, 3)
    assert indirect.quotes.precision.value == pytest.approx(2 / 3)
    assert indirect.quotes.recall.value == pytest.approx(1.0)
    assert indirect.exact.value == pytest.approx(1 / 2)
    assert (mixed.gold, mixed.predicted, mixed.quotes.recall.value) == (1, 0, 0.0)


def test_widening_by_that_is_a_figure_of_its_own() -> None:
    """The content without its "that" is exact only under the corpus' convention."""
    report = evaluate_relations([GOLD], PREDICTIONS)
    assert report.exact_with_complementizer.f1.value == pytest.approx(3 / 4)
    assert report.exact.f1.value == pytest.approx(2 / 4)


def test_article_without_predictions_counts_as_empty() -> None:
    """An article that nothing was predicted for still counts its gold."""
    empty = article(TEXT, DIRECT, doc_id="b")
    report = evaluate_relations([GOLD, empty], PREDICTIONS)
    assert (report.articles, report.gold) == (2, 5)
    assert report.quotes.recall.value == pytest.approx(3 / 5)


def test_prediction_for_a_strange_article_is_refused() -> None:
    """Predictions of another corpus are a mistake, not a zero."""
    with pytest.raises(DataError, match="'b'"):
        evaluate_relations([GOLD], {"b": []})


def test_empty_corpus_is_refused() -> None:
    """Nothing can be scored against nothing."""
    with pytest.raises(DataError, match="no article"):
        evaluate([], {})


def test_better_overlap_wins_the_match() -> None:
    """Of two predictions for one content the closer one is matched, whatever their order."""
    whole = predicted(INDIRECT)
    comparison = compare(GOLD, [WITHOUT_THAT, whole])
    assert [(match.gold, match.predicted) for match in comparison.matches] == [(1, 1)]


def test_half_the_words_are_just_enough() -> None:
    """Overlap of exactly one half matches, less does not."""
    text = "He said one two three four."
    gold = article(text, relation(text, "one two three four"))
    assert compare(gold, [predicted(relation(text, "one two"))]).matches
    assert not compare(gold, [predicted(relation(text, "one"))]).matches


def test_source_matches_on_place_and_not_on_an_article() -> None:
    """A source shares a word at the same place; "the" alone is no shared word."""
    text = "The mayor of the town said no. Later the mayor left."
    gold = article(text, relation(text, "no", source="The mayor of the town"))
    shared_article = predicted(relation(text, "no", source="the town"))
    elsewhere = predicted(relation(text, "no", source="the mayor left"))
    assert evaluate_relations([gold], {"a": [shared_article]}).source_accuracy.value == 1.0
    assert evaluate_relations([gold], {"a": [elsewhere]}).source_accuracy.value == 0.0


def test_edge_marks_do_not_count() -> None:
    """A content without its marks and comma has the very same words."""
    bare = predicted(relation(TEXT, "The lock gate is stuck", source="Ada Lund", cue="said"))
    assert compare(GOLD, [bare]).matches[0].overlap == 1.0


def test_prediction_without_a_word_is_left_out() -> None:
    """A content of punctuation alone is neither right nor wrong."""
    full_stop = predicted(Relation((), (), (Span(len(TEXT) - 1, len(TEXT)),)))
    assert evaluate_relations([GOLD], {"a": [EXACT, full_stop]}).predicted == 1


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Say “one” and “two”.", ["“one”", "“two”"]),
        ('Say "one" now.', ['"one"']),
        ("A “long one\n\n“goes on” here", ["“long one", "“goes on”"]),
        ("Stray ” mark and “so”", ["“so”"]),
        ('Mixed “pair" too', ['“pair"']),
        ("No marks", []),
    ],
)
def test_quoted_regions(text: str, regions: list[str]) -> None:
    """Double marks pair up inside a paragraph, and a lost mark costs no more than that."""
    assert [span.of(text) for span in quoted_regions(text)] == regions


def test_words_that_share_a_code_point_are_in_a_span() -> None:
    """A span that cuts through a word takes the word in; one that only touches it does not."""
    words = Wording("one two three")
    assert words.words_in([Span(2, 5)]) == {0, 1}
    assert words.words_in([Span(3, 4)]) == frozenset()


def test_continuation_joins_the_relation_before_it() -> None:
    """A later quotation without a cue of its own is part of the one before, as in the corpus."""
    text = "“Go home,” said Ada Lund. “It is late.” Bo Frey answered no."
    found = predicted_relations(
        text,
        [
            statement(text, "Go home", source="Ada Lund", cue="said", confidence=0.8),
            statement(text, "It is late", resolved_by="continuation", confidence=0.6),
            statement(text, "no", source="Bo Frey"),
        ],
    )
    contents = [[span.of(text) for span in one.relation.content] for one in found]
    assert contents == [["“Go home,”", "“It is late.”"], ["no"]]
    assert found[0].confidence == 0.8


def test_continuation_at_the_start_is_a_relation_of_its_own() -> None:
    """A continuation with nothing before it is a relation of its own."""
    text = "“It is late.”"
    (found,) = predicted_relations(text, [statement(text, "It is late", resolved_by="continuation")])
    assert [span.of(text) for span in found.relation.content] == ["“It is late.”"]


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("He said “go home” twice", "go home", "“go home”"),
        ("He said “go home”, twice", "go home", "“go home”"),
        ("He said “go home,” twice", "go home", "“go home,”"),
        ("He said “go home and stay”", "go home", "“go home"),
        ("He said ''go home,'' twice", "go home", "''go home,''"),
        ("He said ''go home' twice", "go home", "''go home"),
        ("He said go home” twice", "go home", "go home"),
        ("go home", "go home", "go home"),
    ],
)
def test_marks_around_a_content(text: str, inner: str, outer: str) -> None:
    """The marks that touch a content come with it, the closing one only after an opening one."""
    assert with_marks(text, place(text, inner)).of(text) == outer


@pytest.mark.parametrize(
    ("text", "content", "widened"),
    [
        ("She said that it leaks.", "it leaks", "that it leaks"),
        ("She said That\n it leaks.", "it leaks", "That\n it leaks"),
        ("A somewhat it leaks.", "it leaks", "it leaks"),
        ("She said it leaks.", "it leaks", "it leaks"),
        ("that it leaks", "it leaks", "that it leaks"),
    ],
)
def test_complementizer_is_taken_in(text: str, content: str, widened: str) -> None:
    """Only the word "that" directly before a content is taken in."""
    found = with_complementizer(text, predicted(relation(text, content)))
    assert found.relation.content[0].of(text) == widened


def test_evaluate_takes_statements() -> None:
    """Statements of the contract are scored as the relations they stand for."""
    found = [statement(TEXT, "crews would drain it", source="Bo Frey", cue="told")]
    report = evaluate([GOLD], {"a": found})
    assert report.quotes_with_source.precision.value == 1.0
    assert report.exact.precision.value == 0.0
    assert report.exact_with_complementizer.precision.value == 1.0


def test_interval_is_the_same_every_time_and_holds_the_figure() -> None:
    """Resampling has a fixed seed, and its interval holds the corpus' own figure."""
    corpus = [GOLD, *(article(TEXT, DIRECT, MIXED, doc_id=f"b{n}") for n in range(6))]
    found = {**PREDICTIONS, "b1": [EXACT], "b2": [EXACT, STRAY]}
    first, again = evaluate_relations(corpus, found), evaluate_relations(corpus, found)
    assert first == again
    figure = first.quotes.f1
    assert 0.0 <= figure.low < figure.value < figure.high <= 1.0


def test_one_article_has_no_spread() -> None:
    """With a single article every resample is that article."""
    figure = evaluate_relations([GOLD], PREDICTIONS).quotes.recall
    assert figure.low == figure.value == figure.high


def test_exact_with_complementizer_takes_in_nothing_but_that() -> None:
    """Who is to do what is asked for stays out of the figure that is named after "that"."""
    text = "Ann Kord urged crews to leave."
    at = text.index
    content, told = Span(at("to leave"), at(".")), Span(at("crews"), at(" to leave"))
    annotated = Relation((Span(0, 8),), (Span(at("urged"), at(" crews")),), (Span(told.start, content.end),))
    found = PredictedRelation(Relation(annotated.source, annotated.cue, (content,)), rule="any", addressee=told)
    report = evaluate_relations([GoldArticle("a", text, (annotated,))], {"a": [found]})
    assert report.exact_with_complementizer.precision.value == 0.0
    assert in_corpus_conventions(text, found).relation.content == annotated.content
