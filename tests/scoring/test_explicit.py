"""Constructions that are explicitly somebody's words."""

from __future__ import annotations

import pytest

from quotes.candidates import find_candidates
from quotes.scoring.explicit import is_explicit
from tests.candidates.scenes import scene
from tests.syntax.test_chains import CHAIN


def explicit(rows: str, rule: str) -> bool:
    """Whether any candidate of a rule is explicit."""
    article = scene(rows)
    return any(is_explicit(article, each) for each in find_candidates(article) if each.rule == rule)


APPEALED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    appealed appeal VERB VBD ROOT 1
    to to ADP IN prep 1
    witnesses witness NOUN NNS pobj 2
    to to PART TO aux 5
    come come VERB VB xcomp 1
    +. . PUNCT . punct 1
"""

AS_TOLD = """
    As as SCONJ IN mark 2
    Kord Kord PROPN NNP nsubj 2 PERSON
    told tell VERB VBD advcl 6
    parliament parliament NOUN NN dobj 2
    +, , PUNCT , punct 6
    dams dam NOUN NNS nsubj 6
    leak leak VERB VBP ROOT 6
    +. . PUNCT . punct 6
"""

PUT = """
    As as SCONJ IN mark 2
    Kord Kord PROPN NNP nsubj 2 PERSON
    put put VERB VBD advcl 8
    it it PRON PRP dobj 2
    on on ADP IN prep 2
    tables table NOUN NNS pobj 4
    +, , PUNCT , punct 8
    dams dam NOUN NNS nsubj 8
    leaked leak VERB VBD ROOT 8
    +. . PUNCT . punct 8
"""

WARNING = """
    warning warning NOUN NN nsubj 6
    from from ADP IN prep 0
    engineers engineer NOUN NNS pobj 1
    that that PRON WDT dobj 5
    dams dam NOUN NNS nsubj 5
    leaked leak VERB VBD acl 0
    spread spread VERB VBD ROOT 6
"""

BELLOWED = """
    “ “ PUNCT `` punct 2
    +Mind mind VERB VB ROOT 1
    +! ! PUNCT . punct 1
    +” ” PUNCT '' punct 1
    bellowed bellow VERB VBD ROOT 4
    Kord Kord PROPN NNP dobj 4 PERSON
    +. . PUNCT . punct 4
"""


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        pytest.param(CHAIN, "clausal_complement", id="first-of-a-chain"),
        pytest.param(CHAIN, "infinitive", id="begged-somebody-to"),
        pytest.param(APPEALED, "infinitive", id="appealed-to-somebody-to"),
        pytest.param(AS_TOLD, "as_clause", id="as-somebody-told-somebody"),
        pytest.param(WARNING, "noun_clause", id="warning-from-somebody-that"),
        pytest.param(BELLOWED, "quotation_before_cue", id="verb-of-manner"),
    ],
)
def test_explicit(rows: str, rule: str) -> None:
    """These leave hardly any doubt."""
    assert explicit(rows, rule)


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        pytest.param(APPEALED.replace("appealed appeal", "came come"), "infinitive", id="no-request"),
        pytest.param(APPEALED.replace("witnesses witness", "reason reason"), "infinitive", id="nobody-asked"),
        pytest.param(AS_TOLD.replace("+, , PUNCT ,", "so so ADV RB"), "as_clause", id="as-without-comma"),
        pytest.param(AS_TOLD.replace("parliament parliament", "tale story"), "as_clause", id="as-told-a-story"),
        pytest.param(WARNING.replace("warning warning", "house house"), "noun_clause", id="no-noun-of-saying"),
        pytest.param(PUT, "as_clause", id="as-put-on-a-table"),
        pytest.param(WARNING.replace("from from", "of of"), "noun_clause", id="nobody-warns"),
        pytest.param(
            BELLOWED.replace("Kord Kord PROPN NNP dobj 4 PERSON", "doors door NOUN NNS dobj 4"),
            "quotation_before_cue",
            id="a-title",
        ),
    ],
)
def test_not_explicit(rows: str, rule: str) -> None:
    """These are left to the scorer."""
    assert not explicit(rows, rule)
