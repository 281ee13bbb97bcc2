"""Named figures of a report, and the least that each must reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotes.errors import UsageError
from quotes.evaluation.bootstrap import Estimate, Score
from quotes.evaluation.report import Report
from quotes.evaluation.segments import ROLES
from quotes.evaluation.wording import KINDS

_SCORES = ("quotes", "quotes_with_source", "exact", "exact_with_complementiser", "content_words")
_ACCURACIES = ("source_accuracy", "cue_accuracy")
_OF_KIND = ("exact", *_ACCURACIES)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below its floor.

    Attributes:
        figure: Its name, such as "direct.recall".
        value: What was reached, in percent.
        floor: What was asked for, in percent.
    """

    figure: str
    value: float
    floor: float

    def __str__(self) -> str:
        return f"{self.figure} {self.value:.2f} is below its floor {self.floor:g}"


def figure_names(*, with_roles: bool) -> tuple[str, ...]:
    """Return the names of the figures that can have a floor.

    Args:
        with_roles: Whether role scores are among them.

    Returns:
        An F1 goes by the bare name ("quotes", "direct", "roles.cue"), its parts
        and other figures stand behind a dot ("direct.recall").
    """
    scores = (*_SCORES, *KINDS)
    return (
        *(name for score in scores for name in (score, f"{score}.precision", f"{score}.recall")),
        *_ACCURACIES,
        *(f"{kind}.{figure}" for kind in KINDS for figure in _OF_KIND),
        *(f"roles.{role}" for role in ROLES if with_roles),
        *(f"roles.{role}.overlap" for role in ROLES if with_roles),
    )


def figures(report: Report) -> Mapping[str, Estimate]:
    """Return a report's figures by the names of `figure_names`."""
    named: dict[str, Estimate] = {}
    for name in _SCORES:
        named |= _parts(name, getattr(report, name))
    named |= {name: getattr(report, name) for name in _ACCURACIES}
    for part in report.kinds:
        named |= _parts(part.kind, part.quotes)
        named |= {f"{part.kind}.{name}": getattr(part, name) for name in _OF_KIND}
    for role in report.roles.roles if report.roles else ():
        named |= {f"roles.{role.role}": role.exact_f1, f"roles.{role.role}.overlap": role.overlap}
    return named


def _parts(name: str, score: Score) -> dict[str, Estimate]:
    return {name: score.f1, f"{name}.precision": score.precision, f"{name}.recall": score.recall}


def parsed_floors(options: Iterable[str], *, with_roles: bool) -> dict[str, float]:
    """Read floors written as "FIGURE=PERCENT".

    Args:
        options: For example "direct.recall=94".
        with_roles: Whether there will be role scores.

    Returns:
        Percent by figure; of a figure given twice the higher floor.

    Raises:
        UsageError: One is written otherwise, names no figure, or is not between
            0 and 100.
    """
    floors: dict[str, float] = {}
    known = figure_names(with_roles=with_roles)
    for option in options:
        figure, _, number = option.partition("=")
        if figure not in known:
            hint = "" if with_roles else " (roles.* need --segments)"
            raise UsageError(
                f"--floor {option!r}: no figure {figure!r}; choose from {', '.join(known)}{hint}"
            )
        floors[figure] = max(_percent(option, number), floors.get(figure, 0.0))
    return floors


def _percent(option: str, number: str) -> float:
    try:
        percent = float(number)
    except ValueError:
        percent = -1.0
    if 0.0 <= percent <= 100.0:
        return percent
    raise UsageError(f"--floor {option!r}: write FIGURE=PERCENT with 0 to 100, such as direct.recall=94")


def shortfalls(report: Report, floors: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """Return the figures that stay below their floor, in the order of the floors.

    Args:
        report: The system's report.
        floors: Percent by figure, from `parsed_floors`.
    """
    named = figures(report)
    reached = {figure: 100 * named[figure].value for figure in floors}
    return tuple(
        Shortfall(figure, reached[figure], floor)
        for figure, floor in floors.items()
        if reached[figure] < floor
    )
