"""The notebook of the documentation runs from its first cell to its last, and shows what it says it shows."""

from __future__ import annotations

import pytest

from tests.docs_examples import lasting
from tests.notebooks import NOTEBOOK, executed, outputs

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (extra 'dev')")
pytest.importorskip("nbclient", reason="nbclient is not installed (extra 'dev')")
pytest.importorskip("ipykernel", reason="ipykernel is not installed (extra 'dev')")
pytest.importorskip("pandas", reason="pandas is not installed (extra 'dataframe')")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_shows_what_comes_out() -> None:
    """Each output is the one that is kept, but for numbers that change with each training run."""
    kept = outputs(nbformat.read(NOTEBOOK, as_version=4))
    assert len(kept) > 10
    assert [(kind, lasting(text)) for kind, text in outputs(executed())] == [
        (kind, lasting(text)) for kind, text in kept
    ], "renew it: python -m tests.docs_examples"
