"""Turns annotated articles into examples for the networks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.candidates import Article, Candidate, article_of, find_candidates
from quotes.candidates.extents import completed
from quotes.evaluation.corpus import GoldArticle
from quotes.scoring.features import features_of, reading_features
from quotes.syntax.pipeline import load_pipeline, parse_document
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.training.labels import Label, label


@dataclass(frozen=True, slots=True)
class Example:
    """An article as the scorer sees it.

    Attributes:
        article: The annotated article.
        setting: Its parse and quotations.
        candidates: What the frames propose, with all readings.
        features: Features of each candidate.
        labels: What the annotation says of each.
    """

    article: GoldArticle
    setting: Article
    candidates: tuple[Candidate, ...]
    features: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]


def settings_of(articles: Iterable[GoldArticle], model: str) -> Iterator[tuple[GoldArticle, Article]]:
    """Yield each article with its parse and quotations.

    Args:
        articles: Annotated articles.
        model: The spaCy pipeline.
    """
    nlp = load_pipeline(model)
    for article in articles:
        document = make_document(article.text, document_id=article.doc_id, published=article.published)
        parse = parse_document(nlp, document)
        yield article, article_of(document, parse, find_quotations(document.text, document.paragraphs))


def proposals_of(setting: Article) -> tuple[Candidate, ...]:
    """Return what the frames propose in an article, each with all its readings."""
    return tuple(completed(setting, candidate) for candidate in find_candidates(setting))


def example_of(article: GoldArticle, setting: Article) -> Example:
    """Return what the frames propose in an article, with features and labels.

    Args:
        article: The annotated article.
        setting: Its setting; what its first sight refuses is left out.
    """
    candidates = proposals_of(setting)
    features = tuple(tuple(map(sys.intern, features_of(setting, candidate))) for candidate in candidates)
    return Example(article, setting, candidates, features, label(setting.parse, article, candidates))


def reading_examples(examples: Iterable[Example]) -> tuple[list[list[str]], list[float]]:
    """Return the features of the readings of right candidates, and which reading is the best.

    Candidates whose readings are all equally good teach nothing and are left out.
    """
    items: list[list[str]] = []
    best: list[float] = []
    for example in examples:
        for candidate, answer in zip(example.candidates, example.labels, strict=True):
            top = max(answer.overlaps)
            if not answer.found or min(answer.overlaps) == top:
                continue
            for extent, overlap in zip(candidate.extents, answer.overlaps, strict=True):
                items.append(reading_features(example.setting, candidate, extent))
                best.append(float(overlap == top))
    return items, best


def flat(examples: Sequence[Example]) -> tuple[list[Sequence[str]], list[float]]:
    """Return the features and answers of all candidates of some articles."""
    items: list[Sequence[str]] = [features for example in examples for features in example.features]
    return items, [float(answer.found) for example in examples for answer in example.labels]
