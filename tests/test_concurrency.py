"""One extractor from many threads, and extractors in processes: the same answers as one after another."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

import quotes
from quotes.extractor import Extractor
from quotes.io.json import statements_to_json

ROOT = Path(__file__).parents[1]
TEXTS = [path.read_text("utf-8") for path in sorted(ROOT.glob("fixtures/*/article.txt"))[:8]]
INHERITED: list[Extractor] = []


def of_inherited(text: str) -> str:
    """What the extractor that a forked process inherited finds."""
    return statements_to_json(INHERITED[0].extract(text))


def of_default(text: str) -> str:
    """What the extractor that a process loads by itself finds."""
    return statements_to_json(quotes.extract(text))


@pytest.fixture(scope="module")
def expected(extractor: Extractor) -> list[str]:
    """The answers, one after another."""
    return [statements_to_json(extractor.extract(text)) for text in TEXTS]


def blas_threads() -> list[int]:
    """Threads that each library of linear algebra takes."""
    return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]


def test_threads_share_an_extractor(extractor: Extractor, expected: list[str]) -> None:
    """Many threads get from one extractor what one gets, and leave the process as it was."""
    before = blas_threads()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda text: statements_to_json(extractor.extract(text)), TEXTS * 3))
    assert found == expected * 3
    assert blas_threads() == before


def test_threads_share_the_default_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that come first at the same time load one extractor, not one each."""
    made: list[int] = []

    class Slow:
        def __init__(self, **_settings: object) -> None:
            made.append(1)
            gone.wait(0.2)

        def extract(self, _text: str, **_known: object) -> list[object]:
            return []

    gone = multiprocessing.Event()
    monkeypatch.setattr(quotes.extractor, "Extractor", Slow)
    quotes.extractor._default.cache_clear()
    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(quotes.extractor.extract, ["a"] * 4))
    finally:
        quotes.extractor._default.cache_clear()
    assert len(made) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_pool(extractor: Extractor, expected: list[str]) -> None:
    """Forked processes use the extractor that was loaded before."""
    INHERITED[:] = [extractor]
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(of_inherited, TEXTS, timeout=120)) == expected


def test_a_spawned_pool(expected: list[str]) -> None:
    """Spawned processes load an extractor each, at the first call."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(of_default, TEXTS, timeout=120)) == expected
