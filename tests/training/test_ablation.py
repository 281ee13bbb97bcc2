"""The benchmark that leaves out stages and groups of features."""

from __future__ import annotations

import re

import numpy as np
import pytest

from benchmarks import ablation
from quotes.extractor import Extractor
from quotes.scoring.features import features_of
from quotes.text.document import make_document
from tests.builders import EVERY_KIND
from tests.training.articles import example

IN_NO_GROUP = {"bias", "rule"}


def test_every_feature_is_in_one_group(extractor: Extractor) -> None:
    """Each feature of a candidate belongs to one group, and every group has some."""
    analysis = extractor.analyse(make_document(EVERY_KIND))
    seen = {f for each in analysis.candidates for f in features_of(analysis.article, each)}
    groups: set[str] = set()
    for feature in seen:
        found = [name for name, pattern in ablation.GROUPS.items() if re.match(pattern, feature)]
        assert len(found) == (re.split(r"[=|]", feature)[0] not in IN_NO_GROUP), feature
        groups.update(found)
    assert groups == set(ablation.GROUPS)


def test_average_precision() -> None:
    """The mean of the precisions at the right items: first and third of three give (1 + 2/3) / 2."""
    scores, right = np.array([0.1, 3.0, 2.0]), np.array([True, True, False])
    assert ablation.average_precision(scores, right) == pytest.approx((1 + 2 / 3) / 2)


def test_a_patch_ends() -> None:
    """What is left out for one row is there again for the next."""
    before = ablation.selection.SAYING
    with ablation.patched(ablation.selection, "SAYING", 1.0):
        assert ablation.selection.SAYING == 1.0
    assert ablation.selection.SAYING is before


def test_stages(capsys: pytest.CaptureFixture[str]) -> None:
    """Each stage is a row of four figures."""
    said, wished = example("said", said=True), example("wished", said=False)
    ablation.stages([said, wished] * 6, 2)
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 7
    assert [row.count("|") for row in rows] == [6] * 7
