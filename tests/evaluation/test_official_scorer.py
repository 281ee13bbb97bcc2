"""The project's figures compared with those of the benchmark's own scorer, where that is at hand."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from quotes.evaluation import (
    GoldArticle,
    PredictedRelation,
    Relation,
    Report,
    evaluate_relations,
    read_corpus,
    read_segments,
)
from quotes.text.spans import Span

SHARED = Path(__file__).resolve().parents[3] / "shared"
BENCH, CORPUS, SEGMENTS = SHARED / "bench", SHARED / "polnear" / "dev.jsonl", SHARED / "cofenet" / "valid.txt"

pytestmark = pytest.mark.skipif(
    not (BENCH / "score.py").exists() or not CORPUS.exists(),
    reason="the benchmark's scorer and corpus are not next to this checkout",
)


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    """Load the benchmark's modules from their files, and forget them afterwards."""
    loaded: dict[str, ModuleType] = {}
    earlier = {name: sys.modules.get(name) for name in ("score", "roles", "gold")}
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    for name in earlier:
        spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        loaded[name] = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded[name])
    yield loaded
    sys.dont_write_bytecode = writes_bytecode
    for name, module in earlier.items():
        del sys.modules[name]
        if module is not None:
            sys.modules[name] = module


@pytest.fixture(scope="module")
def corpus() -> tuple[GoldArticle, ...]:
    """Return the development articles."""
    return read_corpus(CORPUS)


def perturbed(article: GoldArticle, chance: random.Random) -> list[PredictedRelation]:
    """Return an article's gold with contents lost, cut, moved, doubled and given to others."""
    out: list[PredictedRelation] = []
    end = len(article.text)
    for gold in article.relations:
        if chance.random() < 0.15:
            continue
        cut = chance.choice((0, 0, 0, 4, 20, 60))
        content = tuple(Span(span.start + min(cut, len(span) // 2), span.end) for span in gold.content)
        away = Span(max(0, end - 25), end)
        source = gold.source if chance.random() < 0.8 else chance.choice(((), (away,)))
        cue = gold.cue if chance.random() < 0.8 else ()
        out.append(PredictedRelation(Relation(source, cue, content), "perturbed", "say", chance.random()))
        if chance.random() < 0.2:
            start = chance.randrange(end)
            stray = Relation((away,), (), (Span(start, min(end, start + 80)),))
            out.append(PredictedRelation(stray, "stray"))
    return out


def plain(relation: Relation) -> dict[str, list[list[int]]]:
    """Return a relation in the benchmark's form."""
    roles = {"source": relation.source, "cue": relation.cue, "content": relation.content}
    return {role: [[span.start, span.end] for span in spans] for role, spans in roles.items()}


def in_official_form(report: Report) -> dict[str, object]:
    """Return a report's figures under the benchmark's names."""
    scores = {
        "content_token": report.content_words,
        "quote": report.quotes,
        "quote_exact": report.exact,
        "end_to_end": report.quotes_with_source,
    }
    out: dict[str, object] = {
        name: (score.precision.value, score.recall.value, score.f1.value) for name, score in scores.items()
    }
    out |= {"docs": report.articles, "words": report.words, "gold": report.gold, "pred": report.predicted}
    out |= {"source_acc": report.source_accuracy.value, "cue_acc": report.cue_accuracy.value}
    for part in report.kinds:
        out[f"quote_{part.kind}"] = (part.quotes.precision.value, part.quotes.recall.value, part.gold)
        out[f"source_acc_{part.kind}"] = part.source_accuracy.value
    return out


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_benchmark(
    seed: int, bench: dict[str, ModuleType], corpus: tuple[GoldArticle, ...]
) -> None:
    """On perturbed gold every figure is the one that the benchmark's scorer gives."""
    chance = random.Random(seed)
    predictions = {article.doc_id: perturbed(article, chance) for article in corpus}
    documents = [{"doc_id": a.doc_id, "text": a.text, "attributions": [plain(r) for r in a.relations]} for a in corpus]
    official = bench["score"].score(
        documents, {doc_id: [plain(one.relation) for one in found] for doc_id, found in predictions.items()}
    )
    ours = in_official_form(evaluate_relations(corpus, predictions))
    assert ours.keys() == official.keys()
    for name, figure in official.items():
        assert ours[name] == pytest.approx(figure), name


@pytest.mark.skipif(not SEGMENTS.exists(), reason="the labelled segments are not next to this checkout")
def test_same_role_scores_as_the_benchmark(bench: dict[str, ModuleType], corpus: tuple[GoldArticle, ...]) -> None:
    """On perturbed gold the role scores are those of the benchmark."""
    chance = random.Random(4)
    predictions = {article.doc_id: perturbed(article, chance) for article in corpus}
    report = evaluate_relations(corpus, predictions, readings=read_segments(SEGMENTS))
    official = bench["roles"].evaluate(
        SEGMENTS.stem,
        {article.doc_id: article.text for article in corpus},
        {doc_id: [plain(one.relation) for one in found] for doc_id, found in predictions.items()},
    )
    assert report.roles is not None
    assert (report.roles.tokens, report.roles.unaligned) == (official["tokens"], official["unaligned"])
    for role in report.roles.roles:
        expected = official[role.role]
        assert (role.gold, role.predicted) == (expected["gold"], expected["pred"])
        assert 100 * role.exact_f1.value == pytest.approx(expected["exact_f1"])
        assert 100 * role.overlap.value == pytest.approx(expected["j"])
