"""Reliability in ten bins."""

from __future__ import annotations

import pytest
from annotations import article, predicted, relation

from quotes.evaluation import evaluate_relations
from quotes.evaluation.report import calibration


def test_bins_and_expected_error_by_hand() -> None:
    """Each bin compares its mean confidence with its share right, weighted by size."""
    found = calibration([(0.95, True), (1.0, True), (0.05, False), (0.42, True), (0.44, False)])
    assert found is not None
    assert [part.predictions for part in found.bins] == [1, 0, 0, 0, 2, 0, 0, 0, 0, 2]
    assert found.bins[4].confidence == pytest.approx(0.43)
    assert found.bins[4].right == pytest.approx(0.5)
    expected = (1 * 0.05 + 2 * 0.07 + 2 * 0.025) / 5
    assert found.expected_error == pytest.approx(expected)


def test_perfect_confidence_has_no_error() -> None:
    """Certain and right, or certain of the reverse and wrong, is perfectly calibrated."""
    found = calibration([(1.0, True), (0.0, False)])
    assert found is not None
    assert found.expected_error == 0.0


def test_system_without_confidence_has_no_calibration() -> None:
    """Where no prediction has a confidence there is nothing to calibrate."""
    text = "She said no."
    gold = article(text, relation(text, "no"))
    assert evaluate_relations([gold], {"a": [predicted(relation(text, "no"))]}).calibration is None


def test_right_means_matched() -> None:
    """A prediction is right when its content matches, whatever its source."""
    text = "She said no. He nodded."
    gold = article(text, relation(text, "no", source="She"))
    found = [
        predicted(relation(text, "no", source="He"), confidence=0.9),
        predicted(relation(text, "nodded"), confidence=0.2),
    ]
    reliability = evaluate_relations([gold], {"a": found}).calibration
    assert reliability is not None
    assert [(part.low, part.right) for part in reliability.bins if part.predictions] == [
        (0.2, 0.0),
        (0.9, 1.0),
    ]
