"""``quotes explain``: why each statement of a text was found, and where one was lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import speak, visible
from quotes.cli.outputs import output_stream, write_record
from quotes.errors import UsageError
from quotes.files import MOST_BYTES
from quotes.text.spans import Span

if TYPE_CHECKING:
    from quotes.explanation import Explanation
    from quotes.text.document import Document

EXAMPLE = 'Example: quotes explain article.txt --find "bridge"'
TOP = 8
"""Features shown of each decision."""
_WIDTH = 100
_INDENT = "    "
_LABELS = 14
"""Width of the column of labels, indentation included."""


def explain(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A text in any format, or '-' for standard input.", show_default=False),
    ],
    *,
    statement: Annotated[
        str | None,
        typer.Option("--statement", metavar="ID", help="Only the statement with this id, or whose id begins with it."),
    ] = None,
    at: Annotated[
        int | None, typer.Option(metavar="OFFSET", min=0, help="Only what covers this code point, or was lost there.")
    ] = None,
    find: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Only what covers these words where they come first, or was lost there."),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Also show what came close: at least half of its threshold.")
    ] = False,
    features: Annotated[bool, typer.Option("--features", help="Also show the scorer's features.")] = False,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help=f"Features to show per decision; {TOP} by default, and all of them with --json.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    published: options.PublishedOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    quiet: options.QuietOption = False,
) -> None:
    """Say why a statement was found, or where one was lost.

    Without a filter, every statement of the text is explained.
    """
    speak(quiet=quiet)
    document = TextRun(encoding, published, max_bytes=max_bytes).read(file)
    place = _place(document, at, find)
    wanted = "all" if statement is not None else attitudes
    extractor = options.make_extractor(model, wanted, min_confidence, quality, provider)
    from quotes.explanation import Explainer

    shown = top if top is not None or as_json else TOP
    explainer = Explainer(extractor.analyse(document, trace=True), extractor, shown)
    groups: dict[str, Sequence[Explanation]] = {"statements": explainer.statements(place)}
    if statement is not None:
        groups["statements"] = (_only(groups["statements"], statement, file),)
    if place is not None and (near or not groups["statements"]):
        groups["lost"] = explainer.lost_at(place)
    elif near:
        groups["near"] = explainer.near()
    note = None if any(groups.values()) else "No statement was found."
    if place is not None and not groups["statements"] and not any(x.probability for x in groups["lost"]):
        note = explainer.nothing_at(place)
    with output_stream(None) as stream:
        if as_json:
            record: dict[str, object] = {
                "document": {"id": document.id, "path": document.path, "sha256": document.sha256},
                "threshold": extractor.scorer.threshold,
                **{name: [asdict(each) for each in group] for name, group in groups.items()},
            }
            if place is not None:
                record["note"] = note
            write_record(record, stream)
        else:
            lines = explanation_lines(groups, note, features=features)
            stream.writelines(f"{visible(line)}\n" for line in lines)


def _place(document: Document, at: int | None, find: str | None) -> Span | None:
    """Return the place that is asked for, None where none is.

    Raises:
        UsageError: The text is shorter or does not have the words, or two places are asked for.
    """
    if at is not None and find is not None:
        raise UsageError("give --at or --find, not both")
    if at is not None:
        if at >= len(document.text):
            raise UsageError(f"--at {at}: the text has {len(document.text)} code points")
        return Span(at, at + 1)
    if find is None:
        return None
    start = document.text.find(find)
    if start < 0 or not find:
        raise UsageError(f"--find: {find!r} is not in the text")
    return Span(start, start + len(find))


def _only(explanations: Sequence[Explanation], wanted: str, file: str) -> Explanation:
    """Return the explanation of one statement.

    Raises:
        UsageError: No statement or several have this id, or ids that begin so.
    """
    matching = [each for each in explanations if wanted and (each.statement_id or "").startswith(wanted)]
    if len(matching) == 1:
        return matching[0]
    what = f"{len(matching)} statements have ids that begin with" if matching else "no statement has the id"
    raise UsageError(f"--statement: {what} {wanted!r} in {file}; 'quotes extract --attitudes all' shows the ids")


def explanation_lines(
    groups: Mapping[str, Sequence[Explanation]], note: str | None, *, features: bool = False
) -> Iterator[str]:
    """Yield the lines that a person reads: the note, then the groups, with their features if wanted.

    The groups are "statements", and "near" or "lost" where those were asked for.
    """
    if note is not None:
        yield from (*wrap(note, _WIDTH), "")
    for name, group in groups.items():
        if name == "near":
            yield from (f"What came close, and was not kept: {len(group) or 'nothing'}", "")
        for explanation in group:
            yield from _explanation(explanation)
            yield from _features(explanation) if features else ()
            yield ""


def _explanation(each: Explanation) -> Iterator[str]:
    from quotes.explanation import quoted

    name = each.statement_id or "not kept"
    yield f"{name}, at {each.start}, {each.probability:.2f}"
    yield f"{_INDENT}{each.speaker or 'somebody not named'}: {quoted(each.text)}"
    for label, words in each.reasons.items():
        first = f"{_INDENT}{label}".ljust(_LABELS)
        yield from wrap(words, _WIDTH, initial_indent=first, subsequent_indent=" " * _LABELS)
    if each.overlaps is not None:
        yield f"{_INDENT}Shares words with {each.overlaps}"


def _features(each: Explanation) -> Iterator[str]:
    titled = [("for it and against it, in log-odds", each.influences)]
    for title, extent in (("extent", each.extent), ("next extent", each.runner_up)):
        if extent is not None:
            titled.append((f"{title} {extent.name}, {extent.preference:.2f} points", extent.influences))
    for title, influences in titled:
        yield f"{_INDENT}{title}:"
        for influence in influences:
            yield f"{_INDENT * 2}{influence.contribution:+6.2f}  {influence.feature}"
