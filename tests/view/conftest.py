"""A browser for the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browsers import Watched, browser

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with an empty profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    """A new page; in the end it must have had no trouble and asked nothing of anywhere."""
    page = context.new_page()
    seen = Watched(page)
    yield seen
    page.close()
    assert seen.troubles == []
    assert all(address.startswith("file:") for address in seen.requests), seen.requests
    assert len(seen.requests) >= 1
