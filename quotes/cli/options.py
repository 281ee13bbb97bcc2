"""The options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Iterable
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


def completed(incomplete: str, names: Iterable[str]) -> list[str]:
    """Return what a list with commas may go on with.

    >>> completed("belief,de", ("belief", "decree"))
    ['belief,decree']
    """
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in names if name.startswith(last)]


def attitudes_after(incomplete: str) -> list[str]:
    """Return what the shell offers for ``--attitudes``."""
    from quotes.extractor import ATTITUDES

    return completed(incomplete, ("all", *ATTITUDES))


def make_extractor(
    model: str | None, attitudes: str, min_confidence: float, quality: str = "fast", provider: str | None = None
) -> Extractor:
    """Load the extractor that these options describe."""
    from quotes.extractor import Extractor
    from quotes.syntax.pipeline import DEFAULT_MODEL

    return Extractor(
        model or DEFAULT_MODEL,
        attitudes=attitudes,
        min_confidence=min_confidence,
        quality=quality,
        provider=provider,
    )


class Kind(StrEnum):
    """A kind of statement."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


count_option = partial(typer.Option, metavar="N", min=1)
"""An option that takes a whole number."""
FORMAT_HELP = "Output format. By default that of the file's suffix; else a table on a terminal, and JSON in a pipe."
output_option = partial(typer.Option, "-o", "--output", metavar="FILE")
"""The option ``-o`` of a command."""


def column_option(content: str) -> Any:
    """Return the option that names a column of an archive."""
    return typer.Option(metavar="NAME", help=f"Column that holds {content}.")


_TEXTS = (
    "Files (text, HTML, Markdown, DOCX, PDF, subtitles, e-mail, JSON), folders (every *.txt in them, at any depth, in "
    "order of path)"
)
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help=f"{_TEXTS}, or '-' for standard input.",
        show_default=False,
    ),
]
SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help=f"{_TEXTS}, or '-' for standard input. Or statements that were saved as *.json, *.jsonl, *.parquet or "
        "*.duckdb.",
        show_default=False,
    ),
]
CorpusArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CORPUS.jsonl",
        help="Annotated articles, one JSON object per line: doc_id, text and attributions.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="spaCy pipeline: the name of an installed one, or its folder.")
]


class Quality(StrEnum):
    """How statements are found."""

    fast = "fast"
    best = "best"


QualityOption = Annotated[
    Quality,
    typer.Option(help="'best' adds an encoder: it finds more and takes longer; needs the extra 'encoder'."),
]
ProviderOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Execution provider of ONNX Runtime for the encoder of --quality best, for example cuda; by default the "
        "CPU. 'quotes doctor' lists those that are installed.",
    ),
]
AttitudesOption = Annotated[
    str,
    typer.Option(
        metavar="LIST",
        autocompletion=attitudes_after,
        help="Attitudes to include: 'all', or one or more of statement, belief, intention, decree, perception, "
        "separated by commas.",
    ),
]
ConfidenceOption = Annotated[
    float, typer.Option(metavar="P", help="Leave out statements with less confidence than this, from 0 to 1.")
]
SpeakerOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only statements by this speaker: a full name or a part of one. Repeatable."),
]
KindOption = Annotated[list[Kind] | None, typer.Option(help="Only statements of this kind. Repeatable.")]
ContainsOption = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help="Only statements whose words contain this text. Repeatable."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Only what was said, or else published, from this day, month or year on.",
        parser=partial_date,
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Only what was said, or else published, up to this day, month or year.",
        parser=partial_date,
    ),
]
NamedOnlyOption = Annotated[bool, typer.Option("--named-only", help="Only statements whose speaker has a proper name.")]
EncodingOption = Annotated[
    str, typer.Option(metavar="NAME", help="Encoding of text files, for example cp1252.", parser=checked_encoding)
]
PublishedOption = Annotated[
    date | None,
    typer.Option(metavar="DATE", help="Publication date of all the texts, for example 2023-03-16.", parser=parsed_date),
]
PublisherOption = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of all the texts.")]
TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Title of all the texts.")]
KeepTextOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder for a copy of each text as it was read; this is what offsets refer to."),
]
MaxBytesOption = Annotated[int, count_option(help="Largest text to read, in bytes.")]
OnErrorOption = Annotated[
    OnError, typer.Option(help="What to do about a text that cannot be read: stop, or skip it with a warning.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print no reports and no warnings, only errors.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Also report what was found in each text.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in your browser once it is written.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PeopleOption = Annotated[
    Path | None,
    typer.Option(
        metavar="PEOPLE.csv",
        help="Table of people you know: a column 'name' and, if you like, 'id' and 'aliases' (separated by ';').",
    ),
]
RayAddressOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Address of the Ray cluster; without it, one is started on this machine."),
]
LimitOption = Annotated[int | None, count_option(help="Use only the first N texts.")]
