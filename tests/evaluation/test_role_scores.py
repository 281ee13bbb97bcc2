"""Role scores on labelled segments."""

from __future__ import annotations

import pytest
from annotations import article, predicted, relation

from quotes.errors import DataError
from quotes.evaluation import Reading
from quotes.evaluation.roles import Segment, align, labelled, role_scores, runs

TEXT = "Ada Lund said “the (old) lock leaks.” Crews agreed — it can’t hold."


def reading(*segments: str, doc_id: str = "a") -> Reading:
    """Build a reading from segments written as token/label."""
    pairs = [[token.rsplit("/", 1) for token in segment.split()] for segment in segments]
    return Reading(doc_id, tuple(Segment(*map(tuple, zip(*pair, strict=True))) for pair in pairs))


READING = reading(
    "Ada/B-source Lund/I-source said/B-cue ``/B-content the/I-content -LRB-/I-content old/I-content "
    "-RRB-/I-content lock/I-content leaks/I-content ./I-content ''/I-content",
    "Crews/B-source agreed/B-cue --/O it/B-content ca/I-content n't/I-content hold/I-content ./O",
)
LEAKS = relation(TEXT, "“the (old) lock leaks.”", source="Ada Lund", cue="said")
HOLDS = relation(TEXT, "it can’t hold", source="Crews", cue="agreed")


def test_treebank_tokens_are_found_in_the_article() -> None:
    """Marks, brackets, dashes and apostrophes are found as the article writes them."""
    places = align(TEXT, READING)
    assert None not in places
    assert [span.of(TEXT) for span in places if span][3:8] == ["“", "the", "(", "old", ")"]


def test_token_that_is_not_there_costs_only_itself() -> None:
    """A token that the article lacks is skipped, and the next one found."""
    places = align("one three", reading("one/O two/O three/O"))
    assert [span and span.start for span in places] == [0, None, 4]


def test_perfect_prediction_scores_full() -> None:
    """The gold spans themselves give an F1 and an overlap of one in every role."""
    found = role_scores([article(TEXT)], {"a": [predicted(LEAKS), predicted(HOLDS)]}, [READING])
    assert (found.tokens, found.unaligned) == (20, 0)
    for role in found.roles:
        assert (role.gold, role.predicted) == (2, 2)
        assert (role.exact_f1.value, role.overlap.value) == (1.0, 1.0)


def test_role_counts_by_hand() -> None:
    """One content exact, one half: F1 one half, overlap the mean of 1 and 2 of 4 tokens."""
    half = relation(TEXT, "can’t", source="Crews")
    found = role_scores([article(TEXT)], {"a": [predicted(LEAKS), predicted(half)]}, [READING])
    source, cue, content = found.roles
    assert source.exact_f1.value == 1.0
    assert cue.exact_f1.value == pytest.approx(2 * 1 / (2 + 1))
    assert cue.overlap.value == pytest.approx(1 / 2)
    assert content.exact_f1.value == pytest.approx(1 / 2)
    assert content.overlap.value == pytest.approx((1 + 2 / 4) / 2)


def test_stray_prediction_adds_a_zero_to_the_overlap() -> None:
    """A predicted span that touches no gold span of its role lowers the mean overlap."""
    stray = relation(TEXT, "hold", source="lock")
    found = role_scores([article(TEXT)], {"a": [predicted(LEAKS), predicted(HOLDS), predicted(stray)]}, [READING])
    assert found.roles[0].overlap.value == pytest.approx(2 / 3)


def test_span_over_two_segments_is_cut_at_the_border() -> None:
    """A span begins again in every segment it reaches into."""
    across = relation(TEXT, "leaks.” Crews")
    labels = labelled(READING, align(TEXT, READING), [across])
    assert labels[0][-3:] == ["B-content", "I-content", "I-content"]
    assert labels[1][:2] == ["B-content", "O"]


def test_runs_of_labels() -> None:
    """A B- opens a span even after its like, and so does an I- that continues nothing."""
    found = runs(["B-cue", "I-cue", "B-cue", "O", "I-source", "I-content"])
    assert found == {"cue": [(0, 2), (2, 3)], "source": [(4, 5)], "content": [(5, 6)]}


def test_readings_of_other_articles_are_passed_over() -> None:
    """Segments of articles that the corpus lacks do not count."""
    other = reading("No/O", doc_id="elsewhere")
    assert role_scores([article(TEXT)], {}, [READING, other]).readings == 1


def test_segments_of_another_corpus_are_refused() -> None:
    """When no segment belongs to the corpus that is said, not scored as zero."""
    with pytest.raises(DataError, match="same split"):
        role_scores([article(TEXT)], {}, [reading("No/O", doc_id="elsewhere")])
