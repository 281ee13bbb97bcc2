"""Scores statements against a corpus of annotated attributions.

`evaluate` is the way in; `read_corpus` and `read_segments` load what it compares
with. What every score means is written down in ``docs/evaluation.md``.
"""

from quotes.evaluation.corpus import GoldArticle, Relation, read_corpus
from quotes.evaluation.diagnosis import Diagnosis, diagnose
from quotes.evaluation.projection import PredictedRelation, predicted_relations
from quotes.evaluation.report import Report, evaluate, evaluate_relations
from quotes.evaluation.roles import Reading, read_segments

__all__ = [
    "Diagnosis",
    "GoldArticle",
    "PredictedRelation",
    "Reading",
    "Relation",
    "Report",
    "diagnose",
    "evaluate",
    "evaluate_relations",
    "predicted_relations",
    "read_corpus",
    "read_segments",
]
