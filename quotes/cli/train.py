"""``quotes train``: fits the scorer's weights from an annotated corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli import options
from quotes.cli.messages import tell
from quotes.cli.outputs import output_stream
from quotes.errors import InputError, OutputError, UsageError

EXAMPLE = "Example: quotes train train.jsonl -o weights.npz --dev dev.jsonl"
DEFAULT_OUTPUT = Path("weights.npz")


def train(
    corpus: options.CorpusArgument,
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="WEIGHTS", help="Weights file to write.")
    ] = DEFAULT_OUTPUT,
    model: options.ModelOption = None,
    folds: Annotated[
        int, typer.Option(metavar="N", min=2, max=50, help="Folds of the cross-validation.")
    ] = 5,
    dev: Annotated[
        Path | None,
        typer.Option(metavar="DEV.jsonl", help="Further annotated articles, only measured on."),
    ] = None,
) -> None:
    """Fit the scorer from an annotated corpus and write its weights; needs the extra 'train'."""
    _check_paths(corpus, dev, output)
    try:
        from quotes.training import train as fit
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("", "quotes"):
            raise
        raise UsageError(
            f"training needs {library}, which is not installed; "
            "install it with pip install 'quotes-attribution[train]'"
        ) from error
    from quotes.io.json import json_text
    from quotes.syntax.pipeline import DEFAULT_MODEL

    metadata = fit(corpus, model=model or DEFAULT_MODEL, folds=folds, output=output, dev=dev, report=tell)
    with output_stream(None) as stream:
        stream.write(json_text(metadata, indent=2) + "\n")


def _check_paths(corpus: Path, dev: Path | None, output: Path) -> None:
    """Find out before hours of work what would fail behind them.

    Raises:
        InputError: A corpus is missing.
        UsageError: The weights would replace a corpus.
        OutputError: The weights cannot be written there.
    """
    for path in (corpus, dev):
        if path is None:
            continue
        if not path.is_file():
            raise InputError(f"no such file: {path}; give annotated articles as JSON Lines")
        if path.resolve() == output.resolve():
            raise UsageError(f"{output} is one of the files to read; give another file with -o")
    if output.is_dir() or not output.resolve().parent.is_dir():
        raise OutputError(f"cannot write {output}: give a file in an existing folder with -o")
