"""Articles, and a tiny encoder with chance weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.training.examples import Example
from tests.training.articles import example

WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "kord",
    "sa",
    "##id",
    "wished",
    "rain",
    "fell",
    "on",
    "boats",
    ".",
)


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    """Eight articles; four have an attribution."""
    said, wished = example("said", said=True), example("wished", said=False)
    return [said, wished, wished, said] * 2


def write_tokenizer(folder: Path, words: tuple[str, ...] = WORDS) -> None:
    """Write a tokenizer of BERT's kind."""
    tokenizer = {
        "version": "1.0",
        **dict.fromkeys(("truncation", "padding", "post_processor")),
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "decoder": None,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: number for number, word in enumerate(words)},
        },
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")


@pytest.fixture
def bare_base(tmp_path: Path) -> Path:
    """The folder of an encoder whose weights nobody reads."""
    base = tmp_path / "bare"
    base.mkdir()
    write_tokenizer(base)
    (base / "config.json").write_text('{"model_type": "bert", "max_position_embeddings": 330}', "utf-8")
    (base / "model.safetensors").write_bytes(b"weights")
    return base


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny encoder of BERT's family, stored in 16 bits."""
    torch = pytest.importorskip("torch", reason="the extra 'train-encoder' is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra 'train-encoder' is not installed")
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=330,
    )
    transformers.BertModel(config).half().save_pretrained(folder)
    write_tokenizer(folder)
    return folder
