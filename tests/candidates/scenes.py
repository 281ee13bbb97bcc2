"""Settings from hand-built parses, and candidates as readable text."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.candidates import Article, Candidate, Extent, find_candidates
from quotes.syntax.parse import Parse
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from tests.builders import parse_from_rows


def scene(rows: str, *, paragraphs: tuple[int, ...] | None = None) -> Article:
    """The article of a hand-built parse, its quotation marks paired."""
    parse = parse_from_rows(rows, paragraphs=paragraphs)
    document = make_document(parse.text)
    return Article.of(document, parse, find_quotations(document.text, document.paragraphs))


def words(parse: Parse, tokens: Iterable[int]) -> str:
    """Some tokens, with a space between."""
    return " ".join(parse.words[t] for t in tokens)


def text_of(parse: Parse, extent: Extent) -> str:
    """An extent as text; pieces are parted by a bar."""
    return " | ".join(words(parse, range(first, last + 1)) for first, last in extent.pieces)


def speaker_of(parse: Parse, candidate: Candidate) -> str | None:
    """The mention of a candidate's speaker."""
    return None if candidate.speaker is None else candidate.speaker.span.of(parse.text)


def found_by(rows: str, rule: str) -> list[tuple[str, str | None, str]]:
    """Cue, speaker and first content of the candidates of one rule."""
    article = scene(rows)
    parse = article.parse
    return [
        (words(parse, each.cue), speaker_of(parse, each), text_of(parse, each.extents[0]))
        for each in find_candidates(article)
        if each.rule == rule
    ]


def only(rows: str, rule: str) -> tuple[Article, Candidate]:
    """The only candidate of a rule, with its article."""
    article = scene(rows)
    (candidate,) = [each for each in find_candidates(article) if each.rule == rule]
    return article, candidate
