"""Where statements come from: texts, from which they are extracted, or files in which they were saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quotes.cli import options
from quotes.errors import InputError, UsageError

if TYPE_CHECKING:
    from quotes.cli.inputs import TextRun
    from quotes.models import Statement
    from quotes.text.document import Document

TABLES = (".parquet", ".duckdb")
"""Suffixes of what ``quotes corpus`` writes; nothing else is read from such files."""
LISTS = (".json", ".jsonl", ".ndjson")
_PROBE = 4096


class Settings(NamedTuple):
    """How statements are extracted, and which of the saved ones are taken."""

    model: str | None
    attitudes: str
    min_confidence: float
    quality: str = "fast"
    provider: str | None = None


def extracted_or_saved(
    run: TextRun,
    paths: Sequence[str],
    output: Path | None,
    wanted: Callable[[Statement], bool],
    settings: Settings,
    *,
    needs_text: bool = False,
) -> Iterator[tuple[Document, list[Statement]]]:
    """Return an iterator over documents with those statements that are wanted.

    The texts are looked for, and the extractor is loaded, before it is returned.

    Raises:
        UsageError: Texts and saved statements are mixed, or the text is needed where only statements are.
    """
    saved = [path for path in paths if is_saved(Path(path))]
    if not saved:
        names = run.find(paths, output)
        extractor = options.make_extractor(*settings)
        found = run.results(names, extractor.extract_document, output_is_file=output is not None)
    elif len(saved) < len(paths):
        raise UsageError(f"{saved[0]} holds statements, but not all of the inputs do; give texts or statements")
    elif needs_text:
        raise UsageError(f"{saved[0]} holds statements without their texts, which this format needs; give the texts")
    else:
        run.find(paths, output)
        found = _saved(saved, settings)
    return ((document, list(filter(wanted, statements))) for document, statements in found)


def is_saved(path: Path) -> bool:
    """Return whether a file is one of statements, by its suffix and how it begins."""
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return path.is_file()
    if suffix not in LISTS or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_PROBE)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    return beginning.strip() == b"[]" or b'"schema_version"' in beginning


def _saved(paths: Sequence[str], settings: Settings) -> Iterator[tuple[Document, list[Statement]]]:
    """Yield the documents of saved statements, without their texts."""
    from quotes.extractor import checked_confidence, chosen_attitudes
    from quotes.io.saved import read_statements

    attitudes, least = chosen_attitudes(settings.attitudes), checked_confidence(settings.min_confidence)
    for path in paths:
        for _, own in groupby(read_statements(Path(path)), lambda each: each.provenance.document):
            statements = list(own)
            kept = [each for each in statements if each.attitude in attitudes and each.confidence >= least]
            yield without_text(statements[0]), kept


def without_text(statement: Statement) -> Document:
    """Return the document of a statement as far as it is known."""
    from quotes.text.document import make_document

    info = statement.provenance.document
    known = {name: getattr(info, name) for name in ("path", "sha256", "title", "publisher", "published")}
    return replace(make_document("", document_id=info.id), **known)
