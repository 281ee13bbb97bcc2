"""Prints comparisons for a person, or as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on, output_stream
from quotes.io.json import json_text
from quotes.validation.expectations import EXTRA, NOT_FOUND, shortened

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.validation import Comparison, ExpectedFailure, Mismatch


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
    return {
        "compared": len(comparisons),
        "expected": sum(each.expected for each in comparisons),
        "right": sum(each.right for each in comparisons),
        "missing": sum(len(each.missing) for each in comparisons),
        "extra": sum(len(each.extra) for each in comparisons),
        "different": sum(len(each.different) for each in comparisons),
        "expected_failures": sum(len(each.expected_failures) for each in comparisons),
        "now_passing": sum(len(each.now_passing) for each in comparisons),
    }


def comparison_lines(comparison: Comparison) -> Iterator[Text]:
    """Yield the lines that show one comparison, field by field."""
    passed = "ok" if comparison.passed else "FAILED"
    style = "bold green" if comparison.passed else "bold red"
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
    for failure in comparison.now_passing:
        yield _styled(f"  now passes: remove the mark ({_what(failure)})  {failure.expected.label()}", "red")
        yield _styled(f"      the mark says: {failure.reason}", "")
    for failure in comparison.expected_failures:
        yield _styled(f"  expected failure ({_what(failure)})  {failure.expected.label()}", "dim")
        yield _styled(f"      because: {failure.reason}", "dim")


def _what(failure: ExpectedFailure) -> str:
    return {NOT_FOUND: "missing", EXTRA: "extra"}.get(failure.field, failure.field)


def found_line(record: Mapping[str, object]) -> str:
    """Return one line on a found statement: where, what, who, and the rule that found it."""
    content, speaker, provenance = (record[key] for key in ("content", "speaker", "provenance"))
    cue = record["cue"]
    assert isinstance(content, Mapping)
    assert isinstance(provenance, Mapping)
    start = content["spans"][0]["start"] if content["spans"] else 0
    said_by = speaker.get("name") if isinstance(speaker, Mapping) else None
    word = cue.get("text") if isinstance(cue, Mapping) else None
    return (
        f"at {start}: “{shortened(str(content['text']))}” "
        f"({record['kind']}, speaker {json_text(said_by)}, cue {json_text(word)}, rule {provenance['rule']})"
    )


def _styled(line: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(line), style)


def _comparison_record(comparison: Comparison) -> dict[str, object]:
    return {
        "name": comparison.name,
        "passed": comparison.passed,
        "expected": comparison.expected,
        "right": comparison.right,
        "missing": [_mismatch_record(each) for each in comparison.missing],
        "extra": list(comparison.extra),
        "different": [_mismatch_record(each) for each in comparison.different],
        "expected_failures": [_failure_record(each) for each in comparison.expected_failures],
        "now_passing": [_failure_record(each) for each in comparison.now_passing],
    }


def _mismatch_record(mismatch: Mismatch | ExpectedFailure) -> dict[str, object]:
    return {
        "expected": mismatch.expected.fields,
        "found": mismatch.found,
        "differences": [asdict(each) for each in mismatch.differences],
    }


def _failure_record(failure: ExpectedFailure) -> dict[str, object]:
    return {"field": failure.field, "reason": failure.reason, **_mismatch_record(failure)}
