"""Named scores of a report, and the least that each must reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quotes.errors import UsageError
from quotes.evaluation.bootstrap import Estimate, Score
from quotes.evaluation.corpus import GoldArticle
from quotes.evaluation.report import Report, evaluate_relations
from quotes.evaluation.roles import Reading

_ACCURACIES = ("source_accuracy", "cue_accuracy")


def named_scores(report: Report) -> dict[str, Estimate]:
    """Return a report's scores by the names that floors use.

    An F1 goes by the bare name ("quotes", "direct", "roles.cue"); its precision
    and recall, and other scores, have a dot ("direct.recall").
    """
    named: dict[str, Estimate] = {}

    def add(name: str, score: Score) -> None:
        named.update({name: score.f1, f"{name}.precision": score.precision, f"{name}.recall": score.recall})

    for name in ("quotes", "quotes_with_source", "exact", "exact_with_complementizer", "content_words"):
        add(name, getattr(report, name))
    named |= {name: getattr(report, name) for name in _ACCURACIES}
    for part in report.kinds:
        add(part.kind, part.quotes)
        named |= {f"{part.kind}.{name}": getattr(part, name) for name in ("exact", *_ACCURACIES)}
    for role in report.roles.roles if report.roles else ():
        named |= {f"roles.{role.role}": role.exact_f1, f"roles.{role.role}.overlap": role.overlap}
    return named


def parsed_floors(options: Iterable[str], *, with_roles: bool) -> dict[str, float]:
    """Return percent by score from floors such as "direct.recall=94"; the higher of two for one score.

    Raises:
        UsageError: One is written otherwise, names no score, or is not between 0 and 100.
    """
    # An empty corpus has all the scores, so its report knows their names.
    nothing = (Reading("", ()),) if with_roles else ()
    known = named_scores(evaluate_relations([GoldArticle("", "", ())], {}, readings=nothing))
    floors: dict[str, float] = {}
    for option in options:
        name, _, number = option.partition("=")
        if name not in known:
            hint = "" if with_roles else " (roles.* need --segments)"
            raise UsageError(f"--floor {option!r}: no figure {name!r}; choose from {', '.join(known)}{hint}")
        try:
            percent = float(number)
        except ValueError:
            percent = -1.0
        if not 0.0 <= percent <= 100.0:
            raise UsageError(f"--floor {option!r}: write FIGURE=PERCENT with 0 to 100, such as direct.recall=94")
        floors[name] = max(percent, floors.get(name, 0.0))
    return floors


def shortfalls(report: Report, floors: Mapping[str, float]) -> list[str]:
    """Say of each score below its floor (from `parsed_floors`) what was reached, in percent."""
    named = named_scores(report)
    return [
        f"{name} {100 * named[name].value:.2f} is below its floor {floor:g}"
        for name, floor in floors.items()
        if 100 * named[name].value < floor
    ]
