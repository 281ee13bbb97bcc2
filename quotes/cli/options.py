"""The options that several commands share, and what their values mean."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.extractor import Extractor


class OnError(StrEnum):
    """What one bad input among many does."""

    STOP = "stop"
    SKIP = "skip"


def parsed_date(text: str) -> date:
    """Return the day that ``--published`` names; a UsageError when it is no date in ISO form."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"--published {text!r} is not a date; write it like 2023-03-16") from error


def partial_date(text: str) -> str:
    """Return a day, month or year in ISO form; a UsageError when it is none of them."""
    found = text.strip()
    try:
        date.fromisoformat(found + "0000-01-01"[len(found) :])
    except ValueError as error:
        raise UsageError(f"{text!r} is no date; write it like 2023-03-16, 2023-03 or 2023") from error
    return found


def checked_encoding(name: str) -> str:
    """Return the encoding's name; a UsageError when it is unknown or no text encoding."""
    try:
        b"a".decode(name)
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeError):
            raise UsageError(f"--encoding {name!r} is no known text encoding; try utf-8 or cp1252") from error
    return name


def make_extractor(model: str | None, attitudes: str, min_confidence: float, quality: str = "fast") -> Extractor:
    """Load the extractor that these options describe."""
    from quotes.extractor import Extractor
    from quotes.syntax.pipeline import DEFAULT_MODEL

    return Extractor(model or DEFAULT_MODEL, attitudes=attitudes, min_confidence=min_confidence, quality=quality)


class Kind(StrEnum):
    """A kind of statement."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


count_option = partial(typer.Option, metavar="N", min=1)
"""An option that takes a whole number."""
output_option = partial(typer.Option, "-o", "--output", metavar="FILE")
"""The option ``-o`` of a command."""


def column_option(content: str) -> Any:
    """Return the option that names a column of an archive."""
    return typer.Option(metavar="NAME", help=f"Column that holds {content}.")


PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files (text, HTML, Markdown, DOCX, PDF, subtitles, mail, JSON), folders (every *.txt in them at any "
        "depth, sorted by path), or '-' for standard input.",
        show_default=False,
    ),
]
CorpusArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CORPUS.jsonl",
        help="Annotated articles, one JSON object a line: doc_id, text and attributions.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Installed spaCy pipeline, or the folder of one.")
]


class Quality(StrEnum):
    """How statements are found."""

    fast = "fast"
    best = "best"


QualityOption = Annotated[
    Quality,
    typer.Option(help="'best' lets an encoder read along: finds more, takes longer, needs the extra 'encoder'."),
]
AttitudesOption = Annotated[
    str,
    typer.Option(
        metavar="LIST",
        help="'all', or one or more of statement, belief, intention, decree, perception, separated by commas.",
    ),
]
ConfidenceOption = Annotated[
    float, typer.Option(metavar="P", help="Leave out statements below this confidence, 0 to 1.")
]
SpeakerOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only statements of this speaker, by full name or a part; may be repeated."),
]
KindOption = Annotated[list[Kind] | None, typer.Option(help="Only statements of this kind; may be repeated.")]
ContainsOption = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help="Only statements whose words contain this text; may be repeated."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only what was said, or published, on this day or later.", parser=partial_date),
]
UntilOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only what was said, or published, on this day or earlier.", parser=partial_date),
]
NamedOnlyOption = Annotated[bool, typer.Option("--named-only", help="Only statements of speakers with a proper name.")]
EncodingOption = Annotated[
    str, typer.Option(metavar="NAME", help="Encoding of the texts, such as cp1252.", parser=checked_encoding)
]
PublishedOption = Annotated[
    date | None,
    typer.Option(metavar="DATE", help="Date of publication of all texts, such as 2023-03-16.", parser=parsed_date),
]
PublisherOption = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of all texts.")]
TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Title of all texts.")]
KeepTextOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder to write the texts to that offsets refer to, as taken out of the files."),
]
MaxBytesOption = Annotated[int, count_option(help="Longest text that is read, in bytes.")]
OnErrorOption = Annotated[
    OnError, typer.Option(help="Whether a text that cannot be read stops the run or is skipped with a warning.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors: no report, no warning.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Also say what was found in each text.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON.")]
PeopleOption = Annotated[
    Path | None,
    typer.Option(
        metavar="PEOPLE.csv",
        help="Table of people you know: a column 'name', and 'id' and 'aliases' (separated by ';') if you have them.",
    ),
]
LimitOption = Annotated[int | None, count_option(help="Use only the first N texts.")]
