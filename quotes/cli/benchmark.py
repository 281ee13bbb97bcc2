"""``quotes benchmark``: what extraction costs on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import complain
from quotes.cli.outputs import output_stream
from quotes.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from quotes.evaluation.benchmark import Benchmark, Cost

EXAMPLE = "Example: quotes benchmark fixtures --growth --adversarial"
WIDTH = 110
"""Columns of the tables where the output is no terminal."""


def benchmark(
    texts: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[TEXTS...]",
            help="Texts, folders of *.txt, *.jsonl or *.parquet; when none is given, a text of quotes' own.",
            show_default=False,
        ),
    ] = None,
    *,
    model: options.ModelOption = None,
    rounds: Annotated[
        int, typer.Option(metavar="N", min=1, help="How often all is measured; the fastest counts.")
    ] = 3,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Use only the first N texts.", show_default=False)
    ] = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Time texts from 10 KB to 3 MB too (minutes).")
    ] = False,
    adversarial: Annotated[
        bool, typer.Option("--adversarial", help="Time texts written to make a program slow too.")
    ] = False,
    ceiling_ratio: Annotated[
        float | None,
        typer.Option(
            "--ceiling-ratio",
            metavar="R",
            min=0,
            help="Fail when extraction takes more than R times the bare pipeline.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
) -> int:
    """Time extraction and the bare spaCy pipeline, on the same texts in the same run."""
    import quotes.evaluation.benchmark as measure
    from quotes.syntax.pipeline import DEFAULT_MODEL

    chosen = model or DEFAULT_MODEL
    read = _texts(texts or (), limit)
    done = measure.benchmark(read or [measure.SAMPLE], chosen, rounds)
    grown = list(measure.growth("\n\n".join(read) or measure.SAMPLE, chosen)) if growth else []
    hard = list(measure.adversarial(chosen)) if adversarial else []
    if as_json:
        _write_json(done, grown, hard)
    else:
        _write_tables(done, grown, hard)
    if ceiling_ratio is not None and done.timings.ratio > ceiling_ratio:
        complain(
            f"extraction takes {done.timings.ratio:.2f} times the bare pipeline, above {ceiling_ratio:g}"
        )
        return exit_codes.DIFFERENCES
    return exit_codes.OK


def _texts(paths: Iterable[Path], limit: int | None) -> list[str]:
    from itertools import islice

    from quotes.corpus.readers import Archive
    from quotes.corpus.records import InputDocument

    inputs = tuple(map(str, paths))
    if not inputs:
        return []
    archive = Archive(inputs)
    archive.check()
    found = (record.content.text for record in archive.records() if isinstance(record.content, InputDocument))
    texts = list(islice((text for text in found if text.strip()), limit))
    if not texts:
        raise UsageError(f"no text in {', '.join(inputs)}")
    return texts


def _write_json(done: Benchmark, grown: list[Cost], hard: list[Cost]) -> None:
    from quotes.io.json import json_text

    record = asdict(done)
    record["ratio"] = done.timings.ratio
    record["growth"] = [asdict(each) for each in grown]
    record["adversarial"] = [asdict(each) for each in hard]
    with output_stream(None) as stream:
        stream.write(json_text(record, indent=2) + "\n")


def _write_tables(done: Benchmark, grown: list[Cost], hard: list[Cost]) -> None:
    from rich.console import Console

    with output_stream(None) as stream:
        width = None if stream.isatty() else WIDTH
        console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        memory = "" if done.peak_memory is None else f", peak memory {done.peak_memory / 2**20:.0f} MiB"
        console.print(done.processor)
        console.print(f"{done.model} ({', '.join(done.components)})")
        console.print(f"matrices: bare pipeline {done.bare_products}, extraction {done.extraction_products}")
        console.print(
            f"{done.texts} texts, {done.words} words, {done.statements} statements; "
            f"fastest of {done.rounds}{memory}\n"
        )
        console.print(_timings_table(done))
        console.print(f"extraction / bare pipeline: {done.timings.ratio:.2f}\n")
        if grown:
            console.print(_cost_table("Growth", grown))
        if hard:
            console.print(_cost_table("Adversarial texts", hard))


def _timings_table(done: Benchmark) -> Table:
    from rich.table import Table

    table = Table("what", title="Cost", title_justify="left")
    for column in ("seconds", "words/s", "/ bare"):
        table.add_column(column, justify="right")
    timings = done.timings
    rows = (
        ("bare pipeline, whole texts", timings.bare_texts),
        ("bare pipeline, paragraphs", timings.bare_paragraphs),
        ("whole extraction", timings.extraction),
        ("  of it the parse", timings.parse),
        ("  of it the stages after the parse", timings.after_parse),
        ("textacy's direct quotations on the bare parse", timings.textacy),
    )
    for what, seconds in rows:
        table.add_row(
            what, f"{seconds:.3f}", f"{done.words / max(seconds, 1e-9):,.0f}", f"{seconds / timings.bare:.2f}"
        )
    return table


def _cost_table(title: str, costs: list[Cost]) -> Table:
    from rich.table import Table

    table = Table("text", title=title, title_justify="left")
    for column in ("words", "seconds", "bare", "µs/word", "/ first", "statements"):
        table.add_column(column, justify="right")
    first = costs[0].seconds / max(1, costs[0].words)
    for cost in costs:
        a_word = cost.seconds / max(1, cost.words)
        table.add_row(
            cost.name,
            f"{cost.words:,}",
            f"{cost.seconds:.2f}",
            f"{cost.bare:.2f}",
            f"{a_word * 1e6:,.0f}",
            f"{a_word / first:.2f}" if title == "Growth" else "",
            f"{cost.statements:,}",
        )
    return table
