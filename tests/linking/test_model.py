"""The weights that ship are of the features that there are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from quotes.linking.features import Comparer
from quotes.linking.model import BETWEEN, PairModel, load_model
from quotes.linking.others import Scored, standing
from quotes.linking.reports import reports_of
from quotes.linking.terms import background, rarity_of
from quotes.linking.window import window_of
from quotes.training.links import word_counts
from tests.linking.reports_of_a_visit import visit

TRAIN = Path(__file__).parents[3] / "shared" / "polnear" / "train.jsonl"


def test_each_weight_is_of_a_feature() -> None:
    """Those of a pair by itself and their products, and those among others."""
    window = window_of(reports_of([each.model_dump() for each in visit()]), rarity_of([]))
    features = Comparer(window).features(np.array([0]), np.array([1])).keys()
    assert {part for name in load_model().own for part in name.split(BETWEEN)} <= features
    assert load_model().among_others.keys() <= standing(Scored("a", "b", 0, 0, 0.0), [], same_document=False).keys()


def test_a_product_has_a_weight_of_its_own() -> None:
    """Beside those of its two features."""
    model = PairModel({"bias": -1.0, "days": 2.0, f"days{BETWEEN}length": 3.0}, {})
    columns = {"bias": np.ones(2), "days": np.array([0.5, 1.0]), "length": np.array([0.0, 0.5])}
    assert model.scores(columns).tolist() == [0.0, 2.5]


@pytest.mark.skipif(not TRAIN.exists(), reason="the articles whose words were counted are not here")
def test_the_table_of_words_is_of_the_articles() -> None:
    """Counting them anew gives the table that ships."""
    with TRAIN.open(encoding="utf-8") as lines:
        counts, documents = word_counts(json.loads(line)["text"] for line in lines)
    assert (counts, documents) == background()
