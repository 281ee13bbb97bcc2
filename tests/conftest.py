"""What several test modules share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.extractor import Extractor
    from quotes.models import Statement

MANY_TESTS = 1000
"""From here on a run says beforehand how long it takes."""
EXPECTED_FAILURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default spaCy pipeline, loaded once for the whole run."""
    from quotes.syntax.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with the default options, loaded once for the whole run."""
    from quotes.extractor import Extractor

    return Extractor()


@pytest.fixture(scope="session")
def docs_base(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A folder with every file that the commands and programs of the documentation name."""
    from tests import docs_sandbox

    folder = tmp_path_factory.mktemp("docs")
    docs_sandbox.fill(folder, extractor)
    return folder


@pytest.fixture
def docs_folder(docs_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder to work in."""
    from tests import docs_sandbox

    place = tmp_path / "work"
    docs_sandbox.copy(docs_base, place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Makes a statement "said Ann": ``statement("the text", at=4, speaker="Ann", document="a")``."""
    return make_statement


def entity_record(name: str | None, **fields: object) -> dict[str, object]:
    """Return the fields of an entity, a person by this name, with those that a test cares about."""
    unknown = dict.fromkeys(("mention", "entity", "role", "represents", "anonymity"))
    return {**unknown, "name": name, "type": "person", "resolved_by": "name", "confidence": 0.9, **fields}


def make_statement(
    content: str,
    *,
    at: int = 0,
    speaker: str | dict[str, object] | None = "Ann Kord",
    document: str = "article",
    path: str | None = None,
    **fields: object,
) -> Statement:
    """Build a statement that keeps the contract, with the fields a test cares about."""
    from quotes.models import Statement

    span = {"start": at, "end": at + len(content), "text": content}
    record: dict[str, object] = {
        "id": f"{document}-{at}",
        "kind": "indirect",
        "attitude": "statement",
        "negated": False,
        "content": {"text": content, "spans": [span]},
        "cue": {"start": 0, "end": 4, "text": "said", "lemma": "say"},
        "speaker": entity_record(speaker) if isinstance(speaker, str) else speaker,
        "addressee": None,
        "medium": None,
        "when": None,
        "confidence": 0.5,
        "provenance": {
            "document": {
                "id": document,
                "path": path,
                "sha256": "0" * 64,
                "title": None,
                "publisher": None,
                "published": None,
            },
            "paragraph": 0,
            "sentence": 0,
            "rule": "clausal_complement",
            "extractor": {"name": "quotes", "version": "0", "model": "none", "model_version": "0"},
        },
    }
    return Statement.model_validate({**record, **fields})


def pytest_configure(config: pytest.Config) -> None:
    """Make a place for the expected failures that the fixtures list."""
    config.stash[EXPECTED_FAILURES] = []
    config.addinivalue_line("markers", "slow: takes tens of seconds; leave it out with -m 'not slow'")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Say, before a long run, what it does and how long that takes."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and len(session.items) > MANY_TESTS and not session.config.option.collectonly:
        reporter.write_line(
            f"{len(session.items)} tests: rules and articles, every format and command, the pages' examples. "
            "Three to five minutes on two idle cores; what an extra or a corpus is missing for is skipped, "
            "with the reason in -rs."
        )


@pytest.fixture
def expected_failures(pytestconfig: pytest.Config) -> list[str]:
    """Lines that the summary of the run lists as failures that were expected."""
    return pytestconfig.stash[EXPECTED_FAILURES]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """List the expected failures of the fixtures, so that nobody forgets them."""
    lines = config.stash[EXPECTED_FAILURES]
    if lines:
        terminalreporter.section(f"expected failures in fixtures ({len(lines)})")
        for line in lines:
            terminalreporter.line(line)
