"""How sure a name is: a sum of weights over the mention beside the cue and over how it got its name.

A name is wrong where another one says the words, or where the mention means somebody else than was thought. The
first is judged by weights from a corpus that marks thousands of sources; their sum, as one number, counts beside
the features of the name, whose weights come from the fewer documents in which names were annotated.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from quotes.candidates.candidate import Candidate, Identity
from quotes.scoring.features.names import mention_features, name_features
from quotes.scoring.scorer import OWN_SCORE, Weights, known, probability, read_tables
from quotes.syntax.article import Article

NAME_DECISIONS = ("mention", "name")
"""Is the one beside the cue the one who says the words, and is the name theirs?"""
SURE = 0.9
"""Least confidence of a name about which an explanation has no doubts to tell."""


def name_confidence(article: Article, candidate: Candidate, role: str, identity: Identity) -> float:
    """Return the probability that a name is right, 0 without a name.

    Args:
        article: The document with its parse.
        candidate: The attribution, complete but for this.
        role: speaker, addressee or medium.
        identity: The name, and in ``resolution`` how it was found.
    """
    if identity.name is None:
        return 0.0
    moved = name_contributions(article, candidate, role, identity)
    return probability((1.0, 0.0), sum([weight for _, weight in moved]))


def name_contributions(
    article: Article, candidate: Candidate, role: str, identity: Identity
) -> list[tuple[str, float]]:
    """Return what each known feature adds to the log-odds of a name."""
    weights = name_weights()
    own = weights["name"].get(OWN_SCORE, 0.0)
    mention = mention_features(article, candidate) if role == "speaker" else []
    alone = [(feature, own * weight) for feature, weight in known(weights["mention"], mention)]
    return alone + known(weights["name"], name_features(article, candidate, role, identity))


@cache
def name_weights() -> Mapping[str, Weights]:
    """Return the weights that ship with the package, by decision."""
    text = (files("quotes.scoring") / "weights" / "names.tsv").read_text("utf-8")
    return dict(zip(NAME_DECISIONS, read_tables(text, NAME_DECISIONS), strict=True))
