"""The benchmark that takes an encoder's part in one decision after the other away."""

from __future__ import annotations

from benchmarks import encoder_ablation
from quotes import extractor as extraction
from quotes.scoring.scorer import load_scorer


def test_each_decision_has_the_weights_that_go_with_it() -> None:
    """Candidates with their threshold, and extents, are weighed with or without the encoder."""
    fast, best = load_scorer(), load_scorer(quality="best")
    mixed = encoder_ablation.scorer_with(frozenset({"extents"}))
    assert (mixed.candidate, mixed.candidate_in_context, mixed.threshold) == (
        fast.candidate,
        fast.candidate_in_context,
        fast.threshold,
    )
    assert (mixed.extent, mixed.encoder) == (best.extent, best.encoder)
    assert encoder_ablation.scorer_with(frozenset(encoder_ablation.DECISIONS)) == best


def test_what_is_taken_away_is_there_again() -> None:
    """Speakers and plain constructions are left alone only while a row is measured."""
    before = extraction.with_likeliest_speakers, extraction.balanced
    with encoder_ablation.only(frozenset({"candidates", "speakers"})):
        assert extraction.with_likeliest_speakers is before[0]
        assert extraction.balanced is not before[1]
    assert (extraction.with_likeliest_speakers, extraction.balanced) == before
