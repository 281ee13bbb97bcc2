"""Reports as Rich tables for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from quotes.evaluation.bootstrap import Estimate, Score
from quotes.evaluation.calibration import Calibration
from quotes.evaluation.report import Report
from quotes.evaluation.roles import RoleScores


def report_tables(report: Report) -> Iterator[RenderableType]:
    """Yield the tables of one system: overall, by kind, calibration, roles.

    Args:
        report: The system's figures.

    Yields:
        Renderables in reading order.
    """
    yield Text(
        f"{report.system}: {report.articles} articles, {report.words} words, "
        f"{report.gold} annotated contents, {report.predicted} predicted",
        style="bold",
    )
    if report.failed:
        yield Text(f"failed on {len(report.failed)} articles, which count as empty")
    yield _overall(report)
    yield _by_kind(report)
    if report.roles:
        yield _roles(report.roles, "as they are")
    if report.roles_in_corpus_conventions:
        yield _roles(
            report.roles_in_corpus_conventions,
            "in the corpus' conventions (contents and sources widened)",
        )
    if report.calibration:
        yield _reliability(report.calibration)


def rivals_table(reports: Sequence[Report]) -> Table:
    """Return the systems side by side, F1 in percent.

    Args:
        reports: The project's own report and its rivals'.
    """
    table = _table("F1 of the systems, percent with 95 % interval", "system")
    for heading in ("quotes", "with source", "exact", "content words", "failed on"):
        table.add_column(heading, justify="right")
    for report in reports:
        scores = (report.quotes, report.quotes_with_source, report.exact, report.content_words)
        failed = f"{len(report.failed)} of {report.articles}"
        table.add_row(report.system, *(_shown(score.f1) for score in scores), failed)
    return table


def _overall(report: Report) -> Table:
    table = _table("Overall, percent with 95 % interval", "figure")
    for heading in ("precision", "recall", "F1"):
        table.add_column(heading, justify="right")
    rows: tuple[tuple[str, Score], ...] = (
        ("quotes (overlap 0.5)", report.quotes),
        ("quotes with source", report.quotes_with_source),
        ("exact (official)", report.exact),
        ('exact, contents widened by a "that" before them', report.exact_with_complementiser),
        ("content words", report.content_words),
    )
    for name, score in rows:
        table.add_row(name, *_score_cells(score))
    table.add_row("source accuracy on matched", "", "", _shown(report.source_accuracy))
    table.add_row("cue accuracy on matched", "", "", _shown(report.cue_accuracy))
    return table


def _by_kind(report: Report) -> Table:
    table = _table("By kind", "kind")
    headings = ("gold", "predicted", "precision", "recall", "F1", "exact recall", "source", "cue")
    for heading in headings:
        table.add_column(heading, justify="right")
    for part in report.kinds:
        accuracies = (part.exact, part.source_accuracy, part.cue_accuracy)
        table.add_row(
            part.kind,
            str(part.gold),
            str(part.predicted),
            *_score_cells(part.quotes, narrow=True),
            *(_shown(value, narrow=True) for value in accuracies),
        )
    return table


def _roles(roles: RoleScores, convention: str) -> Table:
    extent = f"{roles.readings} readings, {roles.tokens} tokens ({roles.unaligned} not found)"
    table = _table(f"Roles, {convention}; {extent}", "role")
    for heading in ("gold", "predicted", "exact F1", "mean overlap"):
        table.add_column(heading, justify="right")
    for role in roles.roles:
        table.add_row(
            role.role, str(role.gold), str(role.predicted), _shown(role.exact_f1), _shown(role.overlap)
        )
    return table


def _reliability(calibration: Calibration) -> Table:
    title = f"Reliability; expected calibration error {calibration.expected_error:.3f}"
    table = _table(title, "confidence")
    for heading in ("predictions", "mean confidence", "right"):
        table.add_column(heading, justify="right")
    for part in calibration.bins:
        some = part.predictions > 0
        table.add_row(
            f"{part.low:.1f} to {part.high:.1f}",
            str(part.predictions),
            f"{100 * part.confidence:.1f}" if some else "",
            f"{100 * part.right:.1f}" if some else "",
        )
    return table


def _table(title: str, first: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="", pad_edge=False)
    table.add_column(first)
    return table


def _score_cells(score: Score, *, narrow: bool = False) -> tuple[str, str, str]:
    return (
        _shown(score.precision, narrow=narrow),
        _shown(score.recall, narrow=narrow),
        _shown(score.f1, narrow=narrow),
    )


def _shown(value: Estimate, *, narrow: bool = False) -> str:
    if narrow:
        return f"{100 * value.value:.1f}\n{100 * value.low:.0f}–{100 * value.high:.0f}"
    return f"{100 * value.value:.1f} ({100 * value.low:.1f}–{100 * value.high:.1f})"
