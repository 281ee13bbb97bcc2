"""``quotes train``: fits the scorer's weights from an annotated corpus."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes.cli import options
from quotes.cli.messages import needs_extra, tell
from quotes.cli.outputs import write_record
from quotes.errors import InputError, OutputError, UsageError
from quotes.files import is_same_file

EXAMPLE = "Example: quotes train train.jsonl -o weights.tsv --dev dev.jsonl"


def train(
    corpus: options.CorpusArgument,
    *,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="WEIGHTS", help="Table of weights to write, beside it a .json file."),
    ] = Path("weights.tsv"),
    model: options.ModelOption = None,
    folds: Annotated[int, options.count_option(help="Folds of cross-validation.", min=2, max=50)] = 5,
    dev: Annotated[
        Path | None, typer.Option(metavar="DEV.jsonl", help="Further annotated articles, used only for evaluation.")
    ] = None,
    encoder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Also fine-tune this encoder, and use its scores; needs the extra 'train-encoder'.",
        ),
    ] = None,
    teacher: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Fine-tune this larger encoder first, which the encoder then learns from; needs a GPU to be quick.",
        ),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Working folder of the fine-tuning, where a run that was stopped continues; "
            "beside the weights by default.",
        ),
    ] = None,
    epochs: Annotated[
        int | None,
        options.count_option(help="How often the encoder sees each article; 8 by default.", min=1, max=100),
    ] = None,
) -> None:
    """Fit the scorer to an annotated corpus.

    Writes a table of weights. Needs the extra 'train'.
    """
    _check_paths(corpus, dev, output)
    if encoder is None and (teacher or work or epochs):
        raise UsageError("--teacher, --work and --epochs are for an encoder; name its folder with --encoder")
    with needs_extra("train", "training"):
        from quotes.training import train as fit
    from quotes.syntax.pipeline import DEFAULT_MODEL

    chosen: dict[str, Any] = {}
    if encoder is not None:
        with needs_extra("train-encoder", "training with an encoder"):
            import_module("quotes.training.encoder.export")
        chosen = {"encoder": encoder, "teacher": teacher, "work": work, "epochs": epochs}
    model = model or DEFAULT_MODEL
    write_record(fit(corpus, model=model, folds=folds, output=output, dev=dev, report=tell, **chosen))


def _check_paths(corpus: Path, dev: Path | None, output: Path) -> None:
    """Find out before hours of work what would fail after them."""
    for path in filter(None, (corpus, dev)):
        if not path.is_file():
            raise InputError(f"no such file: {path}; give annotated articles as JSON Lines")
        if any(is_same_file(path, each) for each in (output, output.parent / f"{output.stem}.json")):
            raise UsageError(f"{output} is one of the files to read; give another file with -o")
    if output.suffix == ".json":
        raise UsageError(f"{output}: the settings go to this file; give a table such as weights.tsv with -o")
    if output.is_dir() or not output.resolve().parent.is_dir():
        raise OutputError(f"cannot write {output}: give a file in an existing folder with -o")
