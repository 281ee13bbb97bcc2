"""Floors below which the command fails."""

from __future__ import annotations

import pytest
from annotations import article, predicted, relation

from quotes.errors import UsageError
from quotes.evaluation import Reading, evaluate_relations
from quotes.evaluation.floors import named_scores, parsed_floors, shortfalls
from quotes.evaluation.roles import Segment

TEXT = "She said no and he said yes."
GOLD = article(TEXT, relation(TEXT, "no"), relation(TEXT, "yes"))
FOUND = {"a": [predicted(relation(TEXT, "no"))]}
READING = Reading("a", (Segment(("She",), ("B-source",)),))


@pytest.mark.parametrize("readings", [(), (READING,)])
def test_every_score_can_have_a_floor(readings: tuple[Reading, ...]) -> None:
    """The names of the report's scores are names that a floor may use, role scores only with segments."""
    names = list(named_scores(evaluate_relations([GOLD], FOUND, readings=readings)))
    assert parsed_floors([f"{name}=1" for name in names], with_roles=bool(readings)) == dict.fromkeys(names, 1.0)
    assert {"quotes", "direct.recall", "mixed.cue_accuracy", "source_accuracy"} <= set(names)
    assert ("roles.cue.overlap" in names) is bool(readings)


def test_only_figures_below_their_floor_fall_short() -> None:
    """A figure at its floor is enough, one below it falls short."""
    report = evaluate_relations([GOLD], FOUND)
    floors = parsed_floors(["quotes.recall=50", "quotes.precision=100", "quotes=70"], with_roles=False)
    (missed,) = shortfalls(report, floors)
    assert missed == "quotes 66.67 is below its floor 70"


def test_higher_of_two_floors_counts() -> None:
    """A floor given twice is the higher of the two."""
    assert parsed_floors(["quotes=70", "quotes=60"], with_roles=False) == {"quotes": 70.0}


@pytest.mark.parametrize(
    "option", ["quotes", "quotes=high", "quotes=101", "quotes=nan", "speed=3", "=3", "roles.cue=1"]
)
def test_floor_that_makes_no_sense_is_refused(option: str) -> None:
    """A floor without a figure or a percentage of its own is a usage error."""
    with pytest.raises(UsageError, match="--floor"):
        parsed_floors([option], with_roles=False)
