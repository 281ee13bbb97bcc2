"""The working folder of a fine-tuning: what goes in, and what comes back as scores of examples."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.encoding.encoder import TOKENIZER
from quotes.encoding.windows import MOST_PIECES
from quotes.errors import DataError, OutputError
from quotes.training.cross_fitting import in_folds
from quotes.training.encoder.arrays import arrays_of, kinds_of
from quotes.training.examples import EncoderScores, Example

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quotes.training.encoder.finetune import Work

CONFIG, WEIGHTS = "config.json", "model.safetensors"
MARKS = (("<s>", "</s>", "<mask>"), ("[CLS]", "[SEP]", "[MASK]"))
"""Pieces before and after what is read, and for a hidden one: of MPNet, which has those of BERT too, and of BERT."""
TEACHER_SETTINGS = {"epochs": 4, "rate": 8e-5}
"""How a teacher, which is larger, is fine-tuned in other ways than the encoder."""
_DIGITS = 3
"""Scores are rounded as they are at run time."""
PiecesOf = Callable[[Sequence[str]], list[list[int]]]


def check_base(base: Path) -> None:
    """Find out before the work whether a folder holds an encoder that can be fine-tuned.

    Raises:
        DataError: A file is missing, or the encoder is none of the family.
    """
    if missing := [name for name in (CONFIG, TOKENIZER, WEIGHTS) if not (base / name).is_file()]:
        raise DataError(
            f"{base}: no {missing[0]}; give a folder with {CONFIG}, {TOKENIZER} and {WEIGHTS}, "
            "as encoders are published, with --encoder"
        )
    try:
        longest = int(json.loads((base / CONFIG).read_text("utf-8"))["max_position_embeddings"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{base / CONFIG}: not the settings of an encoder ({error}); give another folder") from error
    if longest < MOST_PIECES + 2:
        raise DataError(f"{base}: it reads {longest} word pieces, {MOST_PIECES + 2} are needed")
    tokenizer_of(base)


def tokenizer_of(base: Path) -> tuple[PiecesOf, tuple[int, ...]]:
    """Return what gives the word pieces of each of some words, and the numbers of the marks.

    Raises:
        DataError: The tokenizer has another form, or lacks the marks.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(base / TOKENIZER))
    except Exception as error:  # tokenizers raises nothing else
        raise DataError(f"{base / TOKENIZER}: not a tokenizer ({error}); give another folder") from error
    known = ([n for mark in marks if (n := tokenizer.token_to_id(mark)) is not None] for marks in MARKS)
    marks = next((tuple(each) for each in known if len(each) == len(MARKS[-1])), None)
    if marks is None:
        raise DataError(
            f"{base / TOKENIZER}: its vocabulary lacks {', '.join(MARKS[-1])}; "
            "give an encoder of BERT's family, such as a MiniLM"
        )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return (
        lambda words: [each.ids for each in tokenizer.encode_batch(list(words), add_special_tokens=False)],
        marks,
    )


def prepare(
    folder: Path,
    base: Path,
    examples: Sequence[Example],
    dev: Sequence[Example],
    folds: int,
    changes: Mapping[str, Any],
) -> Work:
    """Write what an encoder is fine-tuned on, and with, to a working folder, unless it is there.

    Args:
        folder: The working folder; made where it is missing.
        base: Folder of the encoder.
        examples: What to learn from.
        dev: What to measure on too.
        folds: Folds of the cross-validation.
        changes: Settings that are not the usual ones. Those of a folder that is there may differ from the usual ones
            in others.

    Raises:
        DataError: The folder is for other examples, another encoder or other settings.
        OutputError: The folder cannot be made.
    """
    from quotes.training.encoder import finetune
    from quotes.training.encoder.finetune import DEV, EXAMPLES, SETTINGS, Settings, Work

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make {folder}: {error.strerror}; give another folder with --work") from error
    pieces_of, marks = tokenizer_of(base)
    rules, extents = kinds_of(examples)
    told = {
        "base": {"name": base.absolute().name, "sha256": sha256_of(base / WEIGHTS)},
        "rules": rules,
        "extents": extents,
        "marks": list(marks),
        "folds": folds,
    }
    place = folder / SETTINGS
    if place.exists():
        there = json.loads(place.read_text("utf-8"))
        its = there.pop("settings")
        if there != told or not changes.items() <= its.items():
            raise _other(folder)
    for name, some in ((EXAMPLES, examples), (DEV, dev)):
        if some:
            _write_arrays(folder / name, arrays_of(some, rules, extents, pieces_of))
    shutil.copyfile(finetune.__file__, folder / "finetune.py")
    if not place.exists():
        told["settings"] = asdict(replace(Settings(), **changes))
        place.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return Work.read(folder)


def _write_arrays(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Write arrays, or make sure that they are what is there: results on another machine go by that file."""
    if not path.exists():
        temporary = path.with_suffix(".unfinished.npz")
        np.savez_compressed(temporary, **arrays)  # type: ignore[arg-type]
        temporary.replace(path)
        return
    with np.load(path) as there:
        if set(there.files) != set(arrays) or not all(np.array_equal(there[name], arrays[name]) for name in arrays):
            raise _other(path.parent)


def _other(folder: Path) -> DataError:
    return DataError(
        f"{folder}: it holds work on other articles, or with another pipeline, encoder or number of folds or epochs; "
        "give another folder with --work"
    )


def encoded(work: Work, examples: Sequence[Example]) -> list[Example]:
    """Return examples with what an encoder says of each that was fine-tuned without it.

    Raises:
        DataError: A fold's scores are missing, or are those of other examples.
    """
    from quotes.training.encoder.finetune import about

    out = list(examples)
    for fold, (_, held_out) in enumerate(in_folds(len(examples), work.folds)):
        result = work.result(fold)
        if about(result)["inputs"] != work.inputs(fold):
            raise DataError(f"{result}: not the scores of these articles with these settings; remove it and run again")
        with np.load(result) as arrays:
            candidates, extents = (iter(_rounded(arrays[name])) for name in ("candidate", "extent"))
        for index in held_out:
            of = examples[index].candidates
            said = tuple(next(candidates) for _ in of), tuple(tuple(next(extents) for _ in c.extents) for c in of)
            out[index] = replace(examples[index], encoded=EncoderScores(*said))
    return out


def _rounded(scores: NDArray[np.float32]) -> list[float]:
    return [round(score, _DIGITS) for score in scores.tolist()]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
