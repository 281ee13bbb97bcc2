"""What else there is: a published tool and a simple rule, on the same parse and through the same scorer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.evaluation.report import Report, evaluate_relations
from quotes.evaluation.roles import Reading
from quotes.lexicon import words
from quotes.text.normalization import normalized
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token


def textacy_quotations(doc: Doc) -> Iterator[PredictedRelation]:
    """Yield textacy's direct quotations of a whole article, each with its cue and speaker.

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


BASELINES: dict[str, Callable[[Doc], Iterable[PredictedRelation]]] = {
    "textacy direct_quotations": textacy_quotations,
    "that-clause baseline": clausal_complements,
}
"""By name in reports; one that raises a ValueError cannot read the article."""


def baseline_reports(
    nlp: Language, corpus: Sequence[GoldArticle], readings: Sequence[Reading] = ()
) -> tuple[Report, ...]:
    """Score every baseline on a corpus with a pipeline from `quotes.syntax.pipeline.load_pipeline`.

    An article that a baseline fails on counts as empty and is named in its report.
    """
    found: dict[str, dict[str, tuple[PredictedRelation, ...]]] = {name: {} for name in BASELINES}
    failed: dict[str, list[str]] = {name: [] for name in BASELINES}
    docs = nlp.pipe((normalized(article.text) for article in corpus), batch_size=8)
    for article, doc in zip(corpus, docs, strict=True):
        for name, find in BASELINES.items():
            try:
                found[name][article.doc_id] = tuple(find(doc))
            except ValueError:
                failed[name].append(article.doc_id)
    return tuple(
        evaluate_relations(corpus, found[name], system=name, readings=readings, failed=failed[name])
        for name in BASELINES
    )


def _spans(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Return the stretches of adjacent tokens: a subtree may have a gap."""
    ordered = enumerate(sorted(tokens, key=lambda token: token.i))
    groups = groupby(ordered, key=lambda place: place[1].i - place[0])
    stretches = ([token for _, token in group] for _, group in groups)
    return tuple(Span(each[0].idx, each[-1].idx + len(each[-1])) for each in stretches)
