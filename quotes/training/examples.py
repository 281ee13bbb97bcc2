"""Turns annotated articles into examples for the networks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.document import make_document
from quotes.evaluation.corpus import GoldArticle
from quotes.features import features_of, reading_features
from quotes.frames import Proposal, Setting, propose, setting_of
from quotes.frames.readings import completed
from quotes.marks import find_quotations
from quotes.parse import load_pipeline, parse_document
from quotes.training.labels import Label, label


@dataclass(frozen=True, slots=True)
class Example:
    """An article as the scorer sees it.

    Attributes:
        article: The annotated article.
        setting: Its parse and quotations.
        proposals: What the frames propose, with all readings.
        features: Features of each proposal.
        labels: What the annotation says of each.
    """

    article: GoldArticle
    setting: Setting
    proposals: tuple[Proposal, ...]
    features: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]


def settings_of(articles: Iterable[GoldArticle], model: str) -> Iterator[tuple[GoldArticle, Setting]]:
    """Yield each article with its parse and quotations.

    Args:
        articles: Annotated articles.
        model: The spaCy pipeline.
    """
    nlp = load_pipeline(model)
    for article in articles:
        document = make_document(article.text, document_id=article.doc_id, published=article.published)
        parse = parse_document(nlp, document)
        yield article, setting_of(document, parse, find_quotations(document.text, document.paragraphs))


def proposals_of(setting: Setting) -> tuple[Proposal, ...]:
    """Return what the frames propose in an article, each with all its readings."""
    return tuple(completed(setting, proposal) for proposal in propose(setting))


def example_of(article: GoldArticle, setting: Setting) -> Example:
    """Return what the frames propose in an article, with features and labels.

    Args:
        article: The annotated article.
        setting: Its setting; what its first sight refuses is left out.
    """
    proposals = proposals_of(setting)
    features = tuple(tuple(map(sys.intern, features_of(setting, proposal))) for proposal in proposals)
    return Example(article, setting, proposals, features, label(setting.parse, article, proposals))


def reading_examples(examples: Iterable[Example]) -> tuple[list[list[str]], list[float]]:
    """Return the features of the readings of right proposals, and which reading is the best.

    Proposals whose readings are all equally good teach nothing and are left out.
    """
    items: list[list[str]] = []
    best: list[float] = []
    for example in examples:
        for proposal, answer in zip(example.proposals, example.labels, strict=True):
            top = max(answer.overlaps)
            if not answer.found or min(answer.overlaps) == top:
                continue
            for variant, overlap in zip(proposal.variants, answer.overlaps, strict=True):
                items.append(reading_features(example.setting, proposal, variant))
                best.append(float(overlap == top))
    return items, best


def flat(examples: Sequence[Example]) -> tuple[list[Sequence[str]], list[float]]:
    """Return the features and answers of all proposals of some articles."""
    items: list[Sequence[str]] = [features for example in examples for features in example.features]
    return items, [float(answer.found) for example in examples for answer in example.labels]
