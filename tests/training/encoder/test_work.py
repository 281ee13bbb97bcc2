"""The folder of the encoder to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")
pytest.importorskip("tokenizers", reason="needs the extra quotes-attribution[encoder]")

from quotes.errors import DataError
from quotes.training.encoder.work import check_base, tokenizer_of
from tests.training.encoder.conftest import WORDS, write_tokenizer


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_file_is_missing(bare_base: Path, missing: str) -> None:
    """The error names the file, and what the folder must have."""
    check_base(bare_base)
    (bare_base / missing).unlink()
    with pytest.raises(DataError, match=f"no {missing}; give a folder with config.json, tokenizer.json and"):
        check_base(bare_base)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A folder that does not exist lacks its files."""
    with pytest.raises(DataError, match=r"none: no config\.json"):
        check_base(tmp_path / "none")


def test_another_vocabulary(bare_base: Path) -> None:
    """Without its marks an encoder is of another family."""
    write_tokenizer(bare_base, tuple(word for word in WORDS if word != "[SEP]"))
    with pytest.raises(DataError, match=r"lacks \[CLS\], \[SEP\], \[MASK\]; give an encoder of BERT's family"):
        check_base(bare_base)


@pytest.mark.parametrize(("name", "text"), [("tokenizer.json", "{}"), ("config.json", "[]"), ("config.json", "{")])
def test_a_broken_file(bare_base: Path, name: str, text: str) -> None:
    """A file of another form is named."""
    (bare_base / name).write_text(text, "utf-8")
    with pytest.raises(DataError, match=name):
        check_base(bare_base)


def test_windows_must_fit(bare_base: Path) -> None:
    """An encoder that reads less than a window is refused."""
    (bare_base / "config.json").write_text(json.dumps({"max_position_embeddings": 128}), "utf-8")
    with pytest.raises(DataError, match="it reads 128 word pieces, 322 are needed"):
        check_base(bare_base)


def test_pieces(bare_base: Path) -> None:
    """Words are cut as the tokenizer says, without marks."""
    pieces_of, marks = tokenizer_of(bare_base)
    assert pieces_of(["Said", "rain", ""]) == [[6, 7], [9], []]
    assert marks == (2, 3, 4)


def test_marks_of_another_kind(bare_base: Path) -> None:
    """MPNet, which has all pieces of BERT, calls its marks by other names; the first of them has the number 0."""
    write_tokenizer(bare_base, ("<s>", "<pad>", "</s>", *WORDS, "<mask>"))
    check_base(bare_base)
    assert tokenizer_of(bare_base)[1] == (0, 2, 3 + len(WORDS))
