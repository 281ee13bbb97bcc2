"""Prints comparisons for a person, or as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on, output_stream
from quotes.io.json import json_text
from quotes.validation import ExpectedFailure
from quotes.validation.expectations import EXTRA, NOT_FOUND, shortened

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.validation import Comparison, Mismatch


def comparisons_record(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """Return comparisons, in the order given, as the values of a JSON object."""
    return {
        "passed": all(each.passed for each in comparisons),
        "summary": _totals(comparisons),
        "comparisons": [_comparison_record(each) for each in comparisons],
    }


def print_comparisons(comparisons: Sequence[Comparison]) -> None:
    """Print comparisons to standard output, coloured on a terminal."""
    totals = _totals(comparisons)
    compared, expected, *rest = (f"{count} {key.replace('_', ' ')}" for key, count in totals.items())
    with output_stream(None) as stream:
        console = console_on(stream, None)
        for comparison in comparisons:
            for line in comparison_lines(comparison):
                console.print(line, soft_wrap=True)
        console.print(_styled(f"{compared}, {expected}: {', '.join(rest)}", "bold"), soft_wrap=True)


def _totals(comparisons: Sequence[Comparison]) -> dict[str, int]:
    counted = {key: sum(getattr(each, key) for each in comparisons) for key in ("expected", "right")}
    lists = ("missing", "extra", "different", "expected_failures", "now_passing")
    listed = {key: sum(len(getattr(each, key)) for each in comparisons) for key in lists}
    return {"compared": len(comparisons), **counted, **listed}


def comparison_lines(comparison: Comparison) -> Iterator[Text]:
    """Yield the lines that show one comparison, field by field."""
    passed, style = ("ok", "bold green") if comparison.passed else ("FAILED", "bold red")
    yield _styled(f"{comparison.name}: {comparison.right} of {comparison.expected} right, {passed}", style)
    for mismatch in comparison.missing:
        yield _styled(f"  missing    {mismatch.expected.label()}", "red")
    for record in comparison.extra:
        yield _styled(f"  extra      {found_line(record)}", "magenta")
    for mismatch in comparison.different:
        yield _styled(f"  different  {mismatch.expected.label()}", "yellow")
        for difference in mismatch.differences:
            yield _styled(f"      {difference.field}", "")
            yield _styled(f"          expected  {json_text(difference.expected)}", "green")
            yield _styled(f"          got       {json_text(difference.got)}", "red")
    fields = {NOT_FOUND: "missing", EXTRA: "extra"}
    for failure in comparison.now_passing:
        field = fields.get(failure.field, failure.field)
        yield _styled(f"  now passes: remove the mark ({field})  {failure.expected.label()}", "red")
        yield _styled(f"      the mark says: {failure.reason}", "")
    for failure in comparison.expected_failures:
        field = fields.get(failure.field, failure.field)
        yield _styled(f"  expected failure ({field})  {failure.expected.label()}", "dim")
        yield _styled(f"      because: {failure.reason}", "dim")


def found_line(record: Mapping[str, Any]) -> str:
    """Return one line on a found statement: where, what, who, and the rule that found it."""
    content = record["content"]
    start = content["spans"][0]["start"] if content["spans"] else 0
    speaker, cue = (
        json_text((record[role] or {}).get(key)) for role, key in (("speaker", "name"), ("cue", "text"))
    )
    how = f"{record['kind']}, speaker {speaker}, cue {cue}, rule {record['provenance']['rule']}"
    return f"at {start}: “{shortened(content['text'])}” ({how})"


def _styled(line: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(line), style)


def _comparison_record(comparison: Comparison) -> dict[str, object]:
    return {
        "name": comparison.name,
        "passed": comparison.passed,
        "expected": comparison.expected,
        "right": comparison.right,
        "missing": [_record(each) for each in comparison.missing],
        "extra": comparison.extra,
        "different": [_record(each) for each in comparison.different],
        "expected_failures": [_record(each) for each in comparison.expected_failures],
        "now_passing": [_record(each) for each in comparison.now_passing],
    }


def _record(result: Mismatch | ExpectedFailure) -> dict[str, object]:
    mark = {"field": result.field, "reason": result.reason} if isinstance(result, ExpectedFailure) else {}
    differences = [asdict(each) for each in result.differences]
    return {**mark, "expected": result.expected.fields, "found": result.found, "differences": differences}
