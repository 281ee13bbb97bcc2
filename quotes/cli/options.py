"""The options that several commands share, and what their values mean."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ATTITUDES = ("statement", "belief", "intention", "decree", "perception")


class OnError(StrEnum):
    """What one bad input among many does."""

    STOP = "stop"
    SKIP = "skip"


ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Installed spaCy pipeline, or the folder of one."),
]
AttitudesOption = Annotated[
    str,
    typer.Option(
        "--attitudes",
        metavar="LIST",
        help=f"'all', or some of {', '.join(ATTITUDES)}, with commas between.",
    ),
]
ConfidenceOption = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", help="Leave out statements below this confidence, 0 to 1."),
]
EncodingOption = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="Encoding of the texts, such as cp1252.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication of every text, as 2023-03-16."),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Who published every text.")
]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of every text.")]
CorpusArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CORPUS.jsonl",
        help="Annotated articles, one JSON object a line: doc_id, text and attributions.",
        show_default=False,
    ),
]


def make_extractor(model: str | None, attitudes: str, min_confidence: float) -> Extractor:
    """Check the options and load the extractor that they describe.

    Args:
        model: spaCy pipeline; None for the default one.
        attitudes: "all", or names with commas between.
        min_confidence: From 0 to 1.

    Returns:
        The extractor.

    Raises:
        UsageError: An option has a value that makes no sense.
        ModelError: The pipeline is missing or lacks a part that is needed.
    """
    chosen = parsed_attitudes(attitudes)
    if not 0.0 <= min_confidence <= 1.0:
        raise UsageError(f"--min-confidence {min_confidence} is not between 0 and 1; give 0.5, for example")
    from quotes.extractor import Extractor
    from quotes.syntax.pipeline import DEFAULT_MODEL

    return Extractor(model or DEFAULT_MODEL, attitudes=chosen, min_confidence=min_confidence)


def parsed_attitudes(listed: str) -> str | tuple[str, ...]:
    """Return "all" or the attitudes of a list such as "statement,belief".

    Raises:
        UsageError: One of them does not exist, or there is none.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in listed.split(",") if name.strip()))
    if names == ("all",):
        return "all"
    unknown = [name for name in names if name not in ATTITUDES]
    if unknown or not names:
        wrong = f"no attitude {unknown[0]!r}" if unknown else "no attitude given"
        raise UsageError(f"--attitudes: {wrong}; choose 'all' or some of {', '.join(ATTITUDES)}")
    return names


def parsed_date(text: str | None) -> date | None:
    """Return the day that ``--published`` names, None when it is not given.

    Raises:
        UsageError: It is not a date in ISO form.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"--published {text!r} is not a date; write it like 2023-03-16") from error


def checked_encoding(name: str) -> str:
    """Return the encoding's name if Python can decode text with it.

    Raises:
        UsageError: It is unknown or no text encoding.
    """
    try:
        b"a".decode(name)
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeError):
            raise UsageError(f"--encoding {name!r} is no known text encoding; try utf-8 or cp1252") from error
    return name
