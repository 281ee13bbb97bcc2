"""Small archives and runs over them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="PyArrow is not installed: pip install 'quotes-attribution[corpus]'")

from quotes.corpus import Archive, CorpusRun, Settings, Summary, run_corpus
from quotes.corpus.run import Progress
from tests.corpus.fakes import FACTORY


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes JSON Lines: ``archive("Said: one", {"text": ..., "publisher": ...})``, ids d0, d1, ..."""

    def write(*documents: str | dict[str, object], name: str = "archive.jsonl") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8") as stream:
            for number, each in enumerate(documents):
                record = {"text": each} if isinstance(each, str) else each
                stream.write(json.dumps({"id": f"d{number}", **record}) + "\n")
        return path

    return write


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Summary]:
    """Runs a corpus with the fake extractor: ``run(path, output="o.jsonl", workers=2)``."""

    def run_it(
        inputs: Path | Sequence[Path],
        output: str | Path = "statements.parquet",
        *,
        settings: Settings | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        **options: object,
    ) -> Summary:
        paths = (inputs,) if isinstance(inputs, Path) else tuple(inputs)
        fake = Settings(factory=FACTORY) if settings is None else settings
        archive = Archive(tuple(map(str, paths)))
        options = {"batch_documents": 4, **options}
        return run_corpus(CorpusRun(archive, tmp_path / output, fake, **options), on_progress)

    return run_it
