"""Who said what, to whom, through what medium, and when: attributed statements from English news text.

>>> import quotes
>>> quotes.extract("")
[]

Names are imported when they are first used, so that ``import quotes`` costs
next to nothing; the first extraction loads the spaCy pipeline.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.errors import DataError, InputError, ModelError, OutputError, QuotesError, UsageError
    from quotes.extractor import Extractor, extract, extract_file
    from quotes.io.frames import to_dataframe, to_dicts
    from quotes.io.json import statements_to_json
    from quotes.linking import link
    from quotes.models import (
        Content,
        Cue,
        Difference,
        DocumentInfo,
        Entity,
        ExtractorInfo,
        Family,
        FamilySpeaker,
        Medium,
        Member,
        Note,
        Occasion,
        Original,
        Passage,
        Provenance,
        Statement,
        Statements,
        TextSpan,
        Times,
        Verification,
        When,
    )
    from quotes.text.document import Document, read_document, read_documents
    from quotes.verification.engine import verify

    __version__: str

__all__ = [
    "Content",
    "Cue",
    "DataError",
    "Difference",
    "Document",
    "DocumentInfo",
    "Entity",
    "Extractor",
    "ExtractorInfo",
    "Family",
    "FamilySpeaker",
    "InputError",
    "Medium",
    "Member",
    "ModelError",
    "Note",
    "Occasion",
    "Original",
    "OutputError",
    "Passage",
    "Provenance",
    "QuotesError",
    "Statement",
    "Statements",
    "TextSpan",
    "Times",
    "UsageError",
    "Verification",
    "When",
    "__version__",
    "extract",
    "extract_file",
    "link",
    "read_document",
    "read_documents",
    "statements_to_json",
    "to_dataframe",
    "to_dicts",
    "verify",
]

_HOMES = {
    "Document": "quotes.text.document",
    "Extractor": "quotes.extractor",
    "extract": "quotes.extractor",
    "extract_file": "quotes.extractor",
    "link": "quotes.linking",
    "read_document": "quotes.text.document",
    "read_documents": "quotes.text.document",
    "statements_to_json": "quotes.io.json",
    "to_dataframe": "quotes.io.frames",
    "to_dicts": "quotes.io.frames",
    "verify": "quotes.verification.engine",
}
"""Where public names are; the others are errors, or models."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            value: object = version("quotes-attribution")
        except PackageNotFoundError:  # run from a checkout that is not installed
            value = "0+unknown"
    else:
        home = _HOMES.get(name, "quotes.errors" if name.endswith("Error") else "quotes.models")
        value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
