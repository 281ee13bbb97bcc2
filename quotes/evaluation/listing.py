"""Errors as a listing for a person to work through, largest groups first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from quotes.evaluation.diagnosis import Diagnosis, ErrorKind, Side

LONGEST = 320
"""Longest content, in code points, that is shown whole."""
GROUPS_IN_TABLE = 12

_TITLES = {
    ErrorKind.MISS: "Misses: annotated, not found",
    ErrorKind.FALSE_FIND: "False finds: found, not annotated",
    ErrorKind.BOUNDARY: "Boundaries: found, with more or fewer words",
    ErrorKind.SOURCE: "Wrong sources: found, attributed to another",
}


def error_listing(errors: Sequence[Diagnosis]) -> Iterator[RenderableType]:
    """Yield the errors by way of being wrong, then by cue and frame.

    Args:
        errors: From `quotes.evaluation.diagnosis.diagnose`.

    Yields:
        For each way a table of its largest groups, and every error with the
        text around it.
    """
    for kind in ErrorKind:
        found = [error for error in errors if error.error is kind]
        yield Text(f"\n{_TITLES[kind]} ({len(found)})", style="bold")
        if found:
            yield _largest(found)
        for (cue, frame), members in grouped(found):
            yield Text(f"\n{kind} · {cue} · {frame} ({len(members)})", style="underline")
            yield from (_described(error) for error in members)


def grouped(errors: Sequence[Diagnosis]) -> list[tuple[tuple[str, str], list[Diagnosis]]]:
    """Group errors by cue lemma and frame, all frames of the most frequent cue first.

    Args:
        errors: Errors in corpus order, which they keep inside a group.

    Returns:
        ((cue, frame), members) for each group.
    """
    by_cue: defaultdict[str, int] = defaultdict(int)
    members: defaultdict[tuple[str, str], list[Diagnosis]] = defaultdict(list)
    for error in errors:
        by_cue[error.cue] += 1
        members[error.cue, error.frame].append(error)

    def rank(group: tuple[tuple[str, str], list[Diagnosis]]) -> tuple[int, str, int, str]:
        (cue, frame), inside = group
        return -by_cue[cue], cue, -len(inside), frame

    return sorted(members.items(), key=rank)


def _largest(errors: Sequence[Diagnosis]) -> Table:
    """Return the most frequent cues beside the most frequent frames."""
    table = Table(pad_edge=False)
    for heading in ("cue", "errors", "frame", "errors"):
        table.add_column(heading, justify="right" if heading == "errors" else "left")
    cues = _counted([error.cue for error in errors])
    frames = _counted([error.frame for error in errors])
    for row in range(min(GROUPS_IN_TABLE, max(len(cues), len(frames)))):
        cue, frame = cues[row : row + 1], frames[row : row + 1]
        table.add_row(*(cue[0] if cue else ("", "")), *(frame[0] if frame else ("", "")))
    return table


def _counted(names: Sequence[str]) -> list[tuple[str, str]]:
    counts: defaultdict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(name, str(count)) for name, count in ranked]


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
    if error.error is ErrorKind.BOUNDARY:
        if error.lacking:
            yield "lacks", " ".join(error.lacking)
        if error.surplus:
            yield "has too many", " ".join(error.surplus)
        yield "predicted", _side(predicted, error)
    elif error.error is ErrorKind.SOURCE:
        yield "source in gold", (gold.source if gold else None) or "none"
        yield "predicted", (predicted.source if predicted else None) or "none"
    elif error.error is ErrorKind.MISS:
        yield "source and cue in gold", _source_and_cue(gold)
        yield "overlapping prediction", _side(predicted, error)
    else:
        yield "predicted source and cue", f"{_source_and_cue(predicted)}, {_confidence(error)}"
        yield "overlapping gold", _side(gold, error, with_confidence=False)


def _side(side: Side | None, error: Diagnosis, *, with_confidence: bool = True) -> str:
    if side is None:
        return "none"
    confidence = f", {_confidence(error)}" if with_confidence else ""
    return f"[{_short(side.content)}] {_source_and_cue(side)}, overlap {error.overlap:.2f}{confidence}"


def _source_and_cue(side: Side | None) -> str:
    source, cue = (side.source, side.cue) if side else (None, None)
    return f"{_flat(source) if source else 'no source'} / {_flat(cue) if cue else 'no cue'}"


def _confidence(error: Diagnosis) -> str:
    return "no confidence" if error.confidence is None else f"confidence {error.confidence:.2f}"


def _flat(text: str) -> str:
    """Return the text on one line, paragraph breaks shown as a pilcrow."""
    return " ¶ ".join(" ".join(part.split()) for part in text.split("\n") if part.strip())


def _short(text: str) -> str:
    """Return the text on one line, the middle of a long one left out: errors show at the ends."""
    text = _flat(text)
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} […] {text[-half:]}"
