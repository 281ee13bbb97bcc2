"""Loading a pipeline: what multiplies its matrices."""

from __future__ import annotations

import contextlib

from spacy.language import Language
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from quotes.syntax import pipeline


class OtherOps(NumpyOps):
    """Stands for a GPU's or another library's operations that somebody has chosen."""


def loaded() -> list[NumpyOps]:
    """The operations that are current while a pipeline is loaded, and those before and after."""
    before = get_current_ops()
    with pipeline._fast_products():
        inside = get_current_ops()
    return [before, inside, get_current_ops()]


def test_numpy_multiplies() -> None:
    """A pipeline is loaded with numpy's products, and for the rest of the program nothing changes."""
    before, inside, after = loaded()
    assert type(inside) is NumpyOps
    assert not inside.use_blis
    assert before is after


def test_the_pipeline_has_them(nlp: Language) -> None:
    """The big products, those of the pipeline's word vectors, are numpy's."""
    for name in ("tok2vec", "ner"):
        layers = [each for each in nlp.get_pipe(name).model.walk() if each.name == "maxout"]
        assert layers
        assert not any(layer.ops.use_blis for layer in layers)


def test_a_choice_of_the_user_stays() -> None:
    """Whoever has chosen other operations keeps them."""
    before = get_current_ops()
    with contextlib.ExitStack() as stack:
        stack.callback(set_current_ops, before)
        chosen = OtherOps()
        set_current_ops(chosen)
        assert loaded() == [chosen, chosen, chosen]
