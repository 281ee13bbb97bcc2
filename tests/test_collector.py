"""The search for garbage while documents are analysed."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from quotes.extractor import garbage_collection_paused


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    """Begin and end with the collector on."""
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_inside_and_on_again() -> None:
    """The collector is off inside the block only, an error in it included."""
    with garbage_collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="inside"), garbage_collection_paused():
        raise ValueError("inside")
    assert gc.isenabled()


def test_off_stays_off() -> None:
    """A collector that was off stays off."""
    gc.disable()
    with garbage_collection_paused():
        assert not gc.isenabled()
    assert not gc.isenabled()
