"""``quotes explain``: why each statement of a text was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import visible
from quotes.cli.outputs import output_stream
from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.explanation import Explanation, Influence
    from quotes.text.document import Document

EXAMPLE = "Example: quotes explain article.txt --top 5 --near"
TOP = 8
"""Features shown of each decision."""
_INDENT = "    "


def explain(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A text file, or '-' for standard input.", show_default=False),
    ],
    *,
    statement: Annotated[
        str | None,
        typer.Option(
            "--statement", metavar="ID", help="Only the statement with this id, or whose id begins so."
        ),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Show what came close too: from half of its threshold on.")
    ] = False,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help=f"Features shown of each decision; {TOP} when not given, with --json all.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")] = False,
    attitudes: options.AttitudesOption = "statement",
    model: options.ModelOption = None,
    encoding: options.EncodingOption = "utf-8",
) -> None:
    """Say for each statement which features decided, and which reading was chosen."""
    document = TextRun(options.checked_encoding(encoding)).read(file)
    extractor = options.make_extractor(model, "all" if statement is not None else attitudes, 0.0)
    from quotes.explanation import explain_analysis, near_misses

    analysis = extractor.analyse(document)
    found: Sequence[Explanation] = explain_analysis(analysis, extractor)
    if statement is not None:
        found = (_only(found, statement, file),)
    close: Sequence[Explanation] = near_misses(analysis, extractor) if near else ()
    shown = top if top is not None or as_json else TOP
    found, close = ([_cut(each, shown) for each in some] for some in (found, close))
    with output_stream(None) as stream:
        if as_json:
            stream.write(_json(document, extractor.scorer.threshold, found, close if near else None))
        else:
            stream.writelines(f"{visible(line)}\n" for line in explanation_lines(found, close, near=near))


def _only(explanations: Sequence[Explanation], wanted: str, file: str) -> Explanation:
    """Return the explanation of one statement.

    Raises:
        UsageError: No statement or several have this id, or ids that begin so.
    """
    matching = [each for each in explanations if wanted and (each.statement_id or "").startswith(wanted)]
    if len(matching) == 1:
        return matching[0]
    what = f"{len(matching)} statements have ids that begin with" if matching else "no statement has the id"
    raise UsageError(
        f"--statement: {what} {wanted!r} in {file}; 'quotes extract --attitudes all' shows the ids"
    )


def _cut(explanation: Explanation, top: int | None) -> Explanation:
    """Leave out all but the largest influences."""
    reading, runner_up = (
        None if each is None else replace(each, influences=each.influences[:top])
        for each in (explanation.reading, explanation.runner_up)
    )
    return replace(explanation, influences=explanation.influences[:top], reading=reading, runner_up=runner_up)


def _json(
    document: Document, threshold: float, found: Sequence[Explanation], close: Sequence[Explanation] | None
) -> str:
    from quotes.io.json import json_text

    record: dict[str, object] = {
        "document": {"id": document.id, "path": document.path, "sha256": document.sha256},
        "threshold": threshold,
        "statements": [asdict(each) for each in found],
    }
    if close is not None:
        record["near"] = [asdict(each) for each in close]
    return json_text(record, indent=2) + "\n"


def explanation_lines(
    found: Sequence[Explanation], close: Sequence[Explanation], *, near: bool
) -> Iterator[str]:
    """Yield the lines that a person reads.

    Args:
        found: Explanations of statements.
        close: Explanations of what came close.
        near: Whether the second were asked for.
    """
    if not found:
        yield "No statement was found."
    for number, explanation in enumerate(found):
        if number:
            yield ""
        yield from _explanation(explanation)
    if near:
        yield ""
        yield f"What came close, and was not kept: {len(close) or 'nothing'}"
        for explanation in close:
            yield ""
            yield from _explanation(explanation)


def _explanation(each: Explanation) -> Iterator[str]:
    name = "not kept" if each.statement_id is None else each.statement_id
    yield f"{name}, at {each.start}: “{_one_line(each.text)}”"
    yield f"{_INDENT}speaker {each.speaker or 'none'}, cue {each.cue or 'none'}, {each.attitude}"
    yield f"{_INDENT}rule {each.rule}"
    of_rule = f"kept for its rule; the features give {each.scored:.2f}"
    why = f"kept from {each.threshold:.2f} on" if each.threshold else of_rule
    yield f"{_INDENT}probability {each.probability:.2f}, {why}"
    if each.overlaps is not None:
        yield f"{_INDENT}holds words of {each.overlaps}"
    yield from _influences("what decided, in log-odds", each.influences)
    if each.reading is not None and each.runner_up is not None:
        lead = each.reading.preference - each.runner_up.preference
        yield f"{_INDENT}reading {each.reading.name}, {lead:.2f} points ahead of the next"
        yield from _influences("for it and against it, in points", each.reading.influences)
        yield f"{_INDENT}next reading {each.runner_up.name}: “{_one_line(each.runner_up.text)}”"
        yield from _influences("for it and against it, in points", each.runner_up.influences)


def _influences(title: str, influences: Sequence[Influence]) -> Iterator[str]:
    if influences:
        yield f"{_INDENT}{title}:"
    for influence in influences:
        yield f"{_INDENT * 2}{influence.contribution:+6.2f}  {influence.feature}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
