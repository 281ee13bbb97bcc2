"""Reports and errors as Rich renderables for a person to read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from quotes.evaluation.bootstrap import Estimate
from quotes.evaluation.diagnosis import Diagnosis, ErrorKind, Side
from quotes.evaluation.report import Calibration, Report
from quotes.evaluation.roles import RoleScores

LONGEST = 320
"""Longest content, in code points, that is shown whole."""
GROUPS_IN_TABLE = 12

_TITLES = {
    ErrorKind.MISS: "Misses: annotated, not found",
    ErrorKind.FALSE_FIND: "False finds: found, not annotated",
    ErrorKind.BOUNDARY: "Boundaries: found, with more or fewer words",
    ErrorKind.SOURCE: "Wrong sources: found, attributed to another",
}


def report_tables(report: Report) -> Iterator[RenderableType]:
    """Yield the tables of one system: overall, by kind, roles, calibration."""
    yield Text(
        f"{report.system}: {report.articles} articles, {report.words} words, "
        f"{report.gold} annotated contents, {report.predicted} predicted",
        style="bold",
    )
    if report.failed:
        yield Text(f"failed on {len(report.failed)} articles, which count as empty")
    yield _overall(report)
    yield _by_kind(report)
    conventions = {
        "as they are": report.roles,
        "in the corpus' conventions": report.roles_in_corpus_conventions,
    }
    yield from (_roles(roles, convention) for convention, roles in conventions.items() if roles)
    if report.calibration:
        yield _reliability(report.calibration)


def baselines_table(reports: Sequence[Report]) -> Table:
    """Return the project's own report and the baselines' side by side, F1 in percent."""
    headings = ("quotes", "with source", "exact", "content words", "failed on")
    table = _table("F1 of the systems, percent with 95 % interval", "system", *headings)
    for report in reports:
        scores = (report.quotes, report.quotes_with_source, report.exact, report.content_words)
        failed = f"{len(report.failed)} of {report.articles}"
        table.add_row(report.system, *(_shown(score.f1) for score in scores), failed)
    return table


def _overall(report: Report) -> Table:
    table = _table("Overall, percent with 95 % interval", "figure", "precision", "recall", "F1")
    rows = {
        "quotes (overlap 0.5)": report.quotes,
        "quotes with source": report.quotes_with_source,
        "exact (official)": report.exact,
        'exact, contents widened by a "that" before them': report.exact_with_complementizer,
        "content words": report.content_words,
    }
    for name, score in rows.items():
        table.add_row(name, *map(_shown, (score.precision, score.recall, score.f1)))
    table.add_row("source accuracy on matched", "", "", _shown(report.source_accuracy))
    table.add_row("cue accuracy on matched", "", "", _shown(report.cue_accuracy))
    return table


def _by_kind(report: Report) -> Table:
    headings = ("gold", "predicted", "precision", "recall", "F1", "exact recall", "source", "cue")
    table = _table("By kind", "kind", *headings)
    for part in report.kinds:
        quotes = part.quotes
        values = (quotes.precision, quotes.recall, quotes.f1, part.exact, part.source_accuracy)
        shown = map(_shown_narrow, (*values, part.cue_accuracy))
        table.add_row(part.kind, str(part.gold), str(part.predicted), *shown)
    return table


def _roles(roles: RoleScores, convention: str) -> Table:
    extent = f"{roles.readings} readings, {roles.tokens} tokens ({roles.unaligned} not found)"
    headings = ("gold", "predicted", "exact F1", "mean overlap")
    table = _table(f"Roles, {convention}; {extent}", "role", *headings)
    for role in roles.roles:
        counts = (str(role.gold), str(role.predicted))
        table.add_row(role.role, *counts, _shown(role.exact_f1), _shown(role.overlap))
    return table


def _reliability(calibration: Calibration) -> Table:
    title = f"Reliability; expected calibration error {calibration.expected_error:.3f}"
    table = _table(title, "confidence", "predictions", "mean confidence", "right")
    for part in calibration.bins:
        means = (f"{100 * part.confidence:.1f}", f"{100 * part.right:.1f}") if part.predictions else ("", "")
        table.add_row(f"{part.low:.1f} to {part.high:.1f}", str(part.predictions), *means)
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="", pad_edge=False)
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    return table


def _shown(value: Estimate) -> str:
    return f"{100 * value.value:.1f} ({100 * value.low:.1f}–{100 * value.high:.1f})"


def _shown_narrow(value: Estimate) -> str:
    return f"{100 * value.value:.1f}\n{100 * value.low:.0f}–{100 * value.high:.0f}"


def error_listing(errors: Sequence[Diagnosis]) -> Iterator[RenderableType]:
    """Yield for each way of being wrong a table of its largest groups, and every error in its context."""
    for kind in ErrorKind:
        found = [error for error in errors if error.error is kind]
        yield Text(f"\n{_TITLES[kind]} ({len(found)})", style="bold")
        if found:
            yield _largest(found)
        for (cue, construction), members in grouped(found):
            yield Text(f"\n{kind} · {cue} · {construction} ({len(members)})", style="underline")
            yield from map(_described, members)


def grouped(errors: Sequence[Diagnosis]) -> list[tuple[tuple[str, str], list[Diagnosis]]]:
    """Group errors by (cue lemma, construction), all constructions of the most frequent cue first."""
    by_cue = Counter(error.cue for error in errors)
    members: defaultdict[tuple[str, str], list[Diagnosis]] = defaultdict(list)
    for error in errors:
        members[error.cue, error.construction].append(error)

    def rank(group: tuple[tuple[str, str], list[Diagnosis]]) -> tuple[int, str, int, str]:
        (cue, construction), inside = group
        return -by_cue[cue], cue, -len(inside), construction

    return sorted(members.items(), key=rank)


def _largest(errors: Sequence[Diagnosis]) -> Table:
    """Return the most frequent cues and, next to them, the most frequent constructions."""
    table = Table(pad_edge=False)
    for heading in ("cue", "errors", "construction", "errors"):
        table.add_column(heading, justify="right" if heading == "errors" else "left")
    counters = (Counter(error.cue for error in errors), Counter(error.construction for error in errors))
    ranked = (sorted(each.items(), key=lambda item: (-item[1], item[0]))[:GROUPS_IN_TABLE] for each in counters)
    for cue, construction in zip_longest(*ranked, fillvalue=("", "")):
        table.add_row(*map(str, (*cue, *construction)))
    return table


def _described(error: Diagnosis) -> Text:
    side = error.predicted if error.error is ErrorKind.FALSE_FIND else error.gold
    shown = Text(f"  {error.doc_id}:{error.place.start} {error.kind}\n    ")
    # Flattened with its bracket, so that a space or paragraph break at the border stays visible.
    shown.append(_flat(error.before + "["), style="dim")
    shown.append(_short(side.content if side else ""), style="bold")
    shown.append(_flat("]" + error.after), style="dim")
    for label, value in _details(error):
        shown.append(f"\n    {label}: {_short(value)}")
    return shown


def _details(error: Diagnosis) -> Iterator[tuple[str, str]]:
    gold, predicted = error.gold, error.predicted
    confidence = "no confidence" if error.confidence is None else f"confidence {error.confidence:.2f}"
    if error.error is ErrorKind.BOUNDARY:
        if error.missing:
            yield "missing", " ".join(error.missing)
        if error.extra:
            yield "extra", " ".join(error.extra)
        yield "predicted", _side(predicted, error, f", {confidence}")
    elif error.error is ErrorKind.SOURCE:
        yield "source in gold", (gold.source if gold else None) or "none"
        yield "predicted", (predicted.source if predicted else None) or "none"
    elif error.error is ErrorKind.MISS:
        yield "source and cue in gold", _source_and_cue(gold)
        yield "overlapping prediction", _side(predicted, error, f", {confidence}")
    else:
        yield "predicted source and cue", f"{_source_and_cue(predicted)}, {confidence}"
        yield "overlapping gold", _side(gold, error)


def _side(side: Side | None, error: Diagnosis, confidence: str = "") -> str:
    if side is None:
        return "none"
    return f"[{_short(side.content)}] {_source_and_cue(side)}, overlap {error.overlap:.2f}{confidence}"


def _source_and_cue(side: Side | None) -> str:
    source, cue = (side.source, side.cue) if side else (None, None)
    return f"{_flat(source) if source else 'no source'} / {_flat(cue) if cue else 'no cue'}"


def _flat(text: str) -> str:
    """Return the text on one line, paragraph breaks shown as a pilcrow."""
    return " ¶ ".join(" ".join(part.split()) for part in text.split("\n") if part.strip())


def _short(text: str) -> str:
    """Return the text on one line, the middle of a long one left out: errors show at the ends."""
    text = _flat(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} […] {text[-LONGEST // 2 :]}"
