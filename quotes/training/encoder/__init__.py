"""Fine-tunes an encoder for ``quotes train --encoder``; needs the extra ``quotes-attribution[train-encoder]``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import DataError
from quotes.training.encoder.work import TEACHER_SETTINGS, check_base, encoded, prepare, sha256_of
from quotes.training.examples import Example

__all__ = ["check_base", "fine_tuned"]


def fine_tuned(
    examples: Sequence[Example],
    dev: Sequence[Example],
    *,
    base: Path,
    folder: Path,
    output: Path,
    folds: int,
    epochs: int | None,
    teacher: Path | None,
    report: Callable[[str], None],
) -> tuple[list[Example], dict[str, Any]]:
    """Fine-tune an encoder, and write it; what the working folder has already is not done again.

    Args:
        examples: What to learn from.
        dev: What to measure on too.
        base: Folder of the encoder to begin with.
        folder: The working folder.
        output: Folder for the encoder.
        folds: Folds of the cross-validation, in which the scores of the examples are made.
        epochs: How often each article is seen; None for the usual number, or for what the working folder says.
        teacher: Folder of a larger encoder to fine-tune first and to learn from; None for none.
        report: Called with a line on each step.

    Returns:
        The examples with the scores of an encoder that was fine-tuned without them; and what to say of the encoder.
    """
    from quotes.encoding.encoder import SETTINGS
    from quotes.training.encoder.export import write_encoder
    from quotes.training.encoder.finetune import TEACHER, about, fit

    work = prepare(folder, base, examples, dev, folds, {} if epochs is None else {"epochs": epochs})
    if teacher is None and work.teacher is not None:
        raise DataError(f"{folder}: it holds work with a teacher; name it with --teacher, or give another with --work")
    if teacher is not None:
        lessons = prepare(folder / TEACHER, teacher, examples, (), folds, TEACHER_SETTINGS)
        for fold in range(folds):
            fit(lessons, teacher, fold, lambda line: report(f"teacher: {line}"))
    for fold in (*range(folds), None):
        fit(work, base, fold, report)
    scored = encoded(work, examples)
    report(f"writing {output}")
    told = write_encoder(work, base, output)
    return scored, {
        "folder": output.name,
        "sha256": sha256_of(output / SETTINGS),
        **{name: told[name] for name in ("base", "teacher", "settings", "device", "torch")},
        "held_out": [about(work.result(fold))["held_out"] for fold in range(folds)],
    }
