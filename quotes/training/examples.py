"""Turns annotated articles into examples to learn from."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from quotes.candidates import Article, Candidate, find_candidates
from quotes.evaluation.corpus import GoldArticle
from quotes.scoring.features import extent_features, features_of
from quotes.syntax.pipeline import load_pipeline, parse_document
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.training.labels import Label, label


class Choice(NamedTuple):
    """Extents of which some are better than others.

    Attributes:
        candidate: Index of the candidate whose content it is.
        features: Of each extent.
        best: Which extents are the best.
    """

    candidate: int
    features: tuple[tuple[str, ...], ...]
    best: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class EncoderScores:
    """What an encoder that did not learn from an article says of it.

    Attributes:
        candidates: Log-odds of each candidate.
        extents: Points of each extent of each candidate.
    """

    candidates: tuple[float, ...]
    extents: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An article as the scorer sees it.

    Attributes:
        setting: The article's parse and quotations.
        candidates: What the constructions propose.
        features: Features of each candidate.
        labels: What the annotation says of each.
        choices: Among the extents of right candidates, where one is better than another.
        encoded: What an encoder says; None without one.
    """

    article: GoldArticle
    setting: Article
    candidates: tuple[Candidate, ...]
    features: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]
    choices: tuple[Choice, ...]
    encoded: EncoderScores | None = None


def examples_of(articles: Iterable[GoldArticle], model: str) -> list[Example]:
    """Parse articles with a spaCy pipeline and return what they teach."""
    nlp = load_pipeline(model)
    examples = []
    for article in articles:
        document = make_document(article.text, document_id=article.doc_id, published=article.published)
        quotations = find_quotations(document.text, document.paragraphs)
        setting = Article.of(document, parse_document(nlp, document), quotations)
        examples.append(example_of(article, setting))
    return examples


def example_of(article: GoldArticle, setting: Article) -> Example:
    """Return what the constructions propose in an article, with features and labels."""
    candidates = find_candidates(setting)
    features = tuple(tuple(map(sys.intern, features_of(setting, candidate))) for candidate in candidates)
    labels = label(setting.parse, article, candidates)
    choices: list[Choice] = []
    for index, (candidate, answer) in enumerate(zip(candidates, labels, strict=True)):
        top = max(answer.overlaps)
        if answer.found and min(answer.overlaps) < top:
            items = [extent_features(setting, candidate, extent) for extent in candidate.extents]
            best = tuple(overlap == top for overlap in answer.overlaps)
            choices.append(Choice(index, tuple(tuple(map(sys.intern, each)) for each in items), best))
    return Example(article, setting, candidates, features, labels, tuple(choices))
