"""``quotes benchmark``: what extraction costs on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import complain
from quotes.cli.outputs import console_on, write_record
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
            help="Text files, folders, *.jsonl or *.parquet; by default a text that comes with quotes.",
            show_default=False,
        ),
    ] = None,
    *,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    rounds: Annotated[int, options.count_option(help="Number of rounds; the fastest counts.")] = 3,
    limit: options.LimitOption = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Also time texts from 10 KB to 3 MB (takes minutes).")
    ] = False,
    adversarial: Annotated[
        bool, typer.Option("--adversarial", help="Also time texts written to slow a program down.")
    ] = False,
    ceiling_ratio: Annotated[
        float | None,
        typer.Option(metavar="R", min=0, help="Fail if extraction takes more than R times as long as the pipeline."),
    ] = None,
    as_json: options.JsonOption = False,
) -> int:
    """Time extraction against the bare spaCy pipeline.

    Both read the same texts in the same run.
    """
    import quotes.evaluation.benchmark as measure
    from quotes.syntax.pipeline import DEFAULT_MODEL

    chosen = model or DEFAULT_MODEL
    read = _texts(texts or (), limit)
    done = measure.benchmark(read or [measure.SAMPLE], chosen, rounds, quality, provider)
    grown = list(measure.growth("\n\n".join(read) or measure.SAMPLE, chosen)) if growth else []
    hard = list(measure.adversarial(chosen)) if adversarial else []
    if as_json:
        write_record({
            **asdict(done),
            "ratio": done.timings.ratio,
            "growth": [asdict(each) for each in grown],
            "adversarial": [asdict(each) for each in hard],
        })  # fmt: skip
    else:
        _print_tables(done, grown, hard)
    if ceiling_ratio is not None and done.timings.ratio > ceiling_ratio:
        ratio = f"{done.timings.ratio:.2f} times the bare pipeline"
        complain(f"extraction takes {ratio}, above {ceiling_ratio:g}")
        return exit_codes.DIFFERENCES
    return exit_codes.OK


def _texts(paths: Sequence[Path], limit: int | None) -> list[str]:
    from itertools import islice

    from quotes.corpus.readers import Archive
    from quotes.corpus.records import InputDocument

    if not paths:
        return []
    archive = Archive(tuple(map(str, paths)))
    archive.check()
    found = (record.content.text for record in archive.records() if isinstance(record.content, InputDocument))
    texts = list(islice((text for text in found if text.strip()), limit))
    if not texts:
        raise UsageError(f"no text in {', '.join(archive.inputs)}")
    return texts


def _print_tables(done: Benchmark, grown: list[Cost], hard: list[Cost]) -> None:
    console = console_on(None, WIDTH)
    memory = "" if done.peak_memory is None else f", peak memory {done.peak_memory / 2**20:.0f} MiB"
    console.print(done.processor)
    console.print(f"{done.model} ({', '.join(done.components)})")
    console.print(f"matrices: bare pipeline {done.bare_products}, extraction {done.extraction_products}")
    counted = f"{done.texts} texts, {done.words} words, {done.statements} statements"
    console.print(f"{counted}; fastest of {done.rounds}{memory}\n")
    console.print(_timings_table(done))
    console.print(f"extraction / bare pipeline: {done.timings.ratio:.2f}\n")
    for title, costs in (("Growth", grown), ("Adversarial texts", hard)):
        if costs:
            console.print(_cost_table(title, costs))


def _table(title: str, name: str, *columns: str) -> Table:
    """Return a table of numbers, each row with its name in the first column."""
    from rich.table import Column, Table

    numbers = (Column(column, justify="right") for column in columns)
    return Table(name, *numbers, title=title, title_justify="left")


def _timings_table(done: Benchmark) -> Table:
    timings = done.timings
    rows = {
        "bare pipeline, whole texts": timings.bare_texts,
        "bare pipeline, paragraphs": timings.bare_paragraphs,
        "whole extraction": timings.extraction,
        "  of it the parse": timings.parse,
        "  of it the stages after the parse": timings.after_parse,
        "textacy's direct quotations on the bare parse": timings.textacy,
    }
    table = _table("Cost", "what", "seconds", "words/s", "/ bare")
    for what, seconds in rows.items():
        speed = done.words / max(seconds, 1e-9)
        table.add_row(what, f"{seconds:.3f}", f"{speed:,.0f}", f"{seconds / timings.bare:.2f}")
    return table


def _cost_table(title: str, costs: list[Cost]) -> Table:
    table = _table(title, "text", "words", "seconds", "bare", "µs/word", "/ first", "statements")
    per_word = [cost.seconds / max(1, cost.words) for cost in costs]
    for cost, seconds in zip(costs, per_word, strict=True):
        times = f"{cost.seconds:.2f}", f"{cost.bare:.2f}", f"{seconds * 1e6:,.0f}"
        growth = f"{seconds / per_word[0]:.2f}" if title == "Growth" else ""
        table.add_row(cost.name, f"{cost.words:,}", *times, growth, f"{cost.statements:,}")
    return table
