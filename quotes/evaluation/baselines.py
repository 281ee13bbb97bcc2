"""What else there is: a published tool and a simple rule, on the same parse.

A figure alone says little. The rivals run on the same spaCy parse of the same
articles and go through the same scorer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.evaluation.report import Report, evaluate_relations
from quotes.evaluation.segments import Reading
from quotes.lexicon import words
from quotes.text.normalization import normalized
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Rival:
    """Another way to find attributions in a parsed article.

    Attributes:
        name: What it is called in reports.
        find: Yields the relations in a Doc; a ValueError means that it cannot
            read the article.
    """

    name: str
    find: Callable[[Doc], Iterable[PredictedRelation]]


def textacy_quotations(doc: Doc) -> Iterator[PredictedRelation]:
    """Yield textacy's direct quotations.

    Args:
        doc: A whole article.

    Yields:
        A relation for each quotation that has a cue and a speaker.

    Raises:
        ValueError: The article has an odd number of quotation marks, or is in a
            language without a list of reporting verbs.
    """
    from textacy.extract.triples import direct_quotations

    for speaker, cue, content in direct_quotations(doc):
        relation = Relation(_spans(speaker), _spans(cue), _spans(content))
        yield PredictedRelation(relation, "direct_quotations", cue[0].lemma_)


def clausal_complements(doc: Doc) -> Iterator[PredictedRelation]:
    """Yield the clausal complement of every verb of saying, with its subject.

    This is the rule that one writes first: "She [said] [the bridge is safe]".
    """
    saying = words("baseline_cues")
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_.lower() not in saying:
            continue
        subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
        for clause in (child for child in verb.children if child.dep_ == "ccomp"):
            source = _spans(subjects[0].subtree) if subjects else ()
            relation = Relation(source, _spans([verb]), _spans(clause.subtree))
            yield PredictedRelation(relation, "ccomp", verb.lemma_.lower())


RIVALS = (
    Rival("textacy direct_quotations", textacy_quotations),
    Rival("that-clause baseline", clausal_complements),
)


def rival_reports(
    nlp: Language, corpus: Sequence[GoldArticle], readings: Sequence[Reading] = ()
) -> tuple[Report, ...]:
    """Score every rival on a corpus.

    Args:
        nlp: A pipeline from `quotes.syntax.pipeline.load_pipeline`.
        corpus: Annotated articles.
        readings: Labelled segments for the role scores.

    Returns:
        A report for each rival; an article that it fails on counts as empty and
        is named in the report.

    Raises:
        DataError: As `evaluate_relations`.
    """
    found: dict[str, dict[str, tuple[PredictedRelation, ...]]] = {rival.name: {} for rival in RIVALS}
    failed: dict[str, list[str]] = {rival.name: [] for rival in RIVALS}
    docs = nlp.pipe((normalized(article.text) for article in corpus), batch_size=8)
    for article, doc in zip(corpus, docs, strict=True):
        for rival in RIVALS:
            try:
                found[rival.name][article.doc_id] = tuple(rival.find(doc))
            except ValueError:
                failed[rival.name].append(article.doc_id)
    return tuple(
        evaluate_relations(
            corpus, found[rival.name], system=rival.name, readings=readings, failed=failed[rival.name]
        )
        for rival in RIVALS
    )


def _spans(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Return the stretches of neighbouring tokens: a subtree may have a gap."""
    stretches: list[Span] = []
    last = -2
    for token in sorted(tokens, key=lambda token: token.i):
        end = token.idx + len(token)
        if token.i == last + 1:
            stretches[-1] = Span(stretches[-1].start, end)
        else:
            stretches.append(Span(token.idx, end))
        last = token.i
    return tuple(stretches)
