"""Turns annotated articles into examples to learn from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.candidates import Article, Candidate, find_candidates
from quotes.evaluation.corpus import GoldArticle
from quotes.scoring.features import extent_features, features_of
from quotes.syntax.pipeline import load_pipeline, parse_document
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.training.labels import Label, label

Choice = tuple[list[tuple[str, ...]], list[bool]]
"""The features of each extent of a content, and which extents are the best."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article as the scorer sees it.

    Attributes:
        article: The annotated article.
        setting: Its parse and quotations.
        candidates: What the constructions propose.
        features: Features of each candidate.
        labels: What the annotation says of each.
        choices: Among the extents of right candidates, where one is better than another.
    """

    article: GoldArticle
    setting: Article
    candidates: tuple[Candidate, ...]
    features: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]
    choices: tuple[Choice, ...]


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
        yield article, Article.of(document, parse, find_quotations(document.text, document.paragraphs))


def example_of(article: GoldArticle, setting: Article) -> Example:
    """Return what the constructions propose in an article, with features and labels."""
    candidates = find_candidates(setting)
    features = tuple(tuple(map(sys.intern, features_of(setting, candidate))) for candidate in candidates)
    labels = label(setting.parse, article, candidates)
    choices = tuple(
        _choice(setting, *pair) for pair in zip(candidates, labels, strict=True) if _teaches(pair[1])
    )
    return Example(article, setting, candidates, features, labels, choices)


def _teaches(answer: Label) -> bool:
    """Return whether the extents of a right candidate differ in how good they are."""
    return answer.found and min(answer.overlaps) < max(answer.overlaps)


def _choice(setting: Article, candidate: Candidate, answer: Label) -> Choice:
    top = max(answer.overlaps)
    items = [extent_features(setting, candidate, extent) for extent in candidate.extents]
    return [tuple(map(sys.intern, each)) for each in items], [overlap == top for overlap in answer.overlaps]
