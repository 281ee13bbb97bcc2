"""Prints comparisons for a person, or as JSON for a machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from quotes.cli.messages import visible
from quotes.io.json import json_text
from quotes.validation.expectations import EXTRA, NOT_FOUND, shortened

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.validation import Comparison, Difference, ExpectedFailure, Mismatch


def comparisons_json(comparisons: Sequence[Comparison]) -> str:
    """Return comparisons as the text of a JSON object.

    Args:
        comparisons: In the order to be shown.

    Returns:
        ``{"passed", "summary", "comparisons": [...]}``, with a newline at its end.
    """
    report = {
        "passed": all(each.passed for each in comparisons),
        "summary": _totals(comparisons),
        "comparisons": [_comparison_record(each) for each in comparisons],
    }
    return json_text(report, indent=2) + "\n"


def print_comparisons(comparisons: Sequence[Comparison]) -> None:
    """Print comparisons to standard output, coloured on a terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for comparison in comparisons:
        for line in comparison_lines(comparison):
            console.print(line)
    totals = _totals(comparisons)
    compared, expected, *rest = (f"{count} {key.replace('_', ' ')}" for key, count in totals.items())
    console.print(_styled(f"{compared}, {expected}: {', '.join(rest)}", "bold"))


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
        yield from _difference_lines(mismatch.differences)
    for failure in comparison.now_passing:
        yield _styled(f"  now passes: remove the mark ({_what(failure)})  {failure.expected.label()}", "red")
        yield _styled(f"      the mark says: {failure.reason}", "")
    for failure in comparison.expected_failures:
        yield _styled(f"  expected failure ({_what(failure)})  {failure.expected.label()}", "dim")
        yield _styled(f"      because: {failure.reason}", "dim")


def _what(failure: ExpectedFailure) -> str:
    return {NOT_FOUND: "missing", EXTRA: "extra"}.get(failure.field, failure.field)


def _difference_lines(differences: Sequence[Difference]) -> Iterator[Text]:
    for difference in differences:
        yield _styled(f"      {difference.field}", "")
        yield _styled(f"          expected  {_value(difference.expected)}", "green")
        yield _styled(f"          got       {_value(difference.got)}", "red")


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
        f"({record['kind']}, speaker {_value(said_by)}, cue {_value(word)}, rule {provenance['rule']})"
    )


def _value(value: object) -> str:
    return json_text(value)


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


def _mismatch_record(mismatch: Mismatch) -> dict[str, object]:
    return {
        "expected": mismatch.expected.fields,
        "found": mismatch.found,
        "differences": [asdict(each) for each in mismatch.differences],
    }


def _failure_record(failure: ExpectedFailure) -> dict[str, object]:
    return {
        "field": failure.field,
        "reason": failure.reason,
        "expected": failure.expected.fields,
        "found": failure.found,
        "differences": [asdict(each) for each in failure.differences],
    }
