"""The baselines that run in the same command."""

from __future__ import annotations

import subprocess
import sys

from annotations import article, relation
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotes.evaluation.baselines import baseline_reports, clausal_complements

QUOTED = 'Ada Lund said, "The old lock leaks every single night." Crews nodded.'
UNCLOSED = 'Bo Frey said "the pumps were sold.'


def test_baselines_go_through_the_same_scorer(nlp: Language) -> None:
    """Each baseline has a report, and an article it cannot read is named and counts as empty."""
    corpus = [
        article(
            QUOTED,
            relation(QUOTED, '"The old lock leaks every single night."', source="Ada Lund", cue="said"),
        ),
        article(UNCLOSED, relation(UNCLOSED, "the pumps were sold", source="Bo Frey"), doc_id="b"),
    ]
    textacy, baseline = baseline_reports(nlp, corpus)
    assert textacy.system == "textacy direct_quotations"
    assert textacy.failed == ("b",)
    assert (textacy.predicted, textacy.gold) == (1, 2)
    assert textacy.quotes_with_source.recall.value == 0.5
    assert textacy.calibration is None
    assert baseline.failed == ()


def test_clausal_complement_with_a_gap() -> None:
    """A clause around its verb of saying has two pieces, and other verbs are left alone."""
    words = ["Pumps", ",", "she", "says", ",", "fail", ".", "Crews", "feel", "it", "failed"]
    doc = Doc(
        Vocab(),
        words=words,
        lemmas=["pump", ",", "she", "say", ",", "fail", ".", "crew", "feel", "it", "fail"],
        pos=["NOUN", "PUNCT", "PRON", "VERB", "PUNCT", "VERB", "PUNCT", "NOUN", "VERB", "PRON", "VERB"],
        heads=[5, 3, 3, 3, 3, 3, 3, 8, 8, 10, 8],
        deps=[
            "nsubj",
            "punct",
            "nsubj",
            "ROOT",
            "punct",
            "ccomp",
            "punct",
            "nsubj",
            "ROOT",
            "nsubj",
            "ccomp",
        ],
    )
    (found,) = clausal_complements(doc)
    assert [span.of(doc.text) for span in found.relation.content] == ["Pumps", "fail"]
    assert [span.of(doc.text) for span in found.relation.source] == ["she"]
    assert (found.rule, found.lemma, found.confidence) == ("ccomp", "say", None)


def test_textacy_is_loaded_only_when_it_runs() -> None:
    """Scoring without baselines must not pay for their libraries."""
    code = "import sys, quotes.evaluation, quotes.evaluation.baselines; sys.exit('textacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
