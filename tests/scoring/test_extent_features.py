"""What is said of one extent of a content beside the others."""

from __future__ import annotations

from quotes.candidates import find_candidates
from quotes.scoring.features import extent_features
from tests.candidates.scenes import scene

WARNED = """
    Kord Kord PROPN NNP nsubj 1
    warned warn VERB VBD ROOT 1
    boats boat NOUN NNS nsubj 3
    sink sink VERB VBP ccomp 1
    in in ADP IN prep 3
    storms storm NOUN NNS pobj 4
    +. . PUNCT . punct 1
"""


def test_where_an_extent_begins_and_how_many_go_on() -> None:
    """Of "boats sink" and "boats sink in storms" one is longer; both begin with a plural noun after "warned"."""
    article = scene(WARNED)
    (candidate,) = (each for each in find_candidates(article) if each.rule == "clausal_complement")
    whole, cut = (extent_features(article, candidate, extent) for extent in candidate.extents)
    assert {"first tag=NNS|nsubj", "word before extent=warn|subtree", "longer extents=0|2"} <= set(whole)
    assert {"first tag=NNS|nsubj", "word before extent=warn|without_prep", "longer extents=1|2"} <= set(cut)
