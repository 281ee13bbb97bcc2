"""Fits a parse of a whole text to the paragraphs of its document.

`quotes.syntax.parse` parses paragraph by paragraph, front matter and boilerplate
left out. A Doc from somebody else's pipeline is one stretch, in which a
headline may run into the sentence below it; here it is made to look as if it
had been parsed by paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from quotes.syntax.parse import Parse, edges
from quotes.text.document import Document

Column = TypeVar("Column")


def by_paragraphs(parse: Parse, document: Document) -> Parse:
    """Return the parse without what is no article text, no sentence crossing a paragraph's end.

    Args:
        parse: Of the document's whole text.
        document: The document.

    Returns:
        The parse of the paragraphs' bodies. In a sentence that was cut, a token
        hangs on its nearest ancestor in the same part, or on the part's root.
    """
    kept = list(_kept(parse, document))
    tokens = [token for token, _ in kept]
    parts = _parts(parse, kept)
    places = {token: place for place, token in enumerate(tokens)}
    heads, deps = _attachments(parse, tokens, parts, places)
    children, left, right = edges(heads)
    entities = tuple(_entities(parse, places, [paragraph for _, paragraph in kept]))
    return replace(
        parse,
        words=_picked(parse.words, tokens),
        starts=_picked(parse.starts, tokens),
        ends=_picked(parse.ends, tokens),
        lemmas=_picked(parse.lemmas, tokens),
        pos=_picked(parse.pos, tokens),
        tags=_picked(parse.tags, tokens),
        deps=deps,
        heads=heads,
        entity_types=_picked(parse.entity_types, tokens),
        entities=entities,
        sentences=tuple(parts),
        sentence_bounds=tuple(_bounds(parts)),
        paragraphs=tuple(paragraph for _, paragraph in kept),
        children=children,
        left=left,
        right=right,
    )


def _picked(column: Sequence[Column], tokens: Sequence[int]) -> tuple[Column, ...]:
    return tuple(column[token] for token in tokens)


def _kept(parse: Parse, document: Document) -> Iterator[tuple[int, int]]:
    """Yield (token, paragraph) for each token inside a paragraph's body."""
    for index, paragraph in enumerate(document.paragraphs):
        for token in parse.tokens_in(paragraph.body) if len(paragraph.body) else ():
            if paragraph.body.start <= parse.starts[token] and parse.ends[token] <= paragraph.body.end:
                yield token, index


def _parts(parse: Parse, kept: Sequence[tuple[int, int]]) -> list[int]:
    """Number the sentences, each cut at the ends of paragraphs."""
    numbers: dict[tuple[int, int], int] = {}
    return [
        numbers.setdefault((paragraph, parse.sentences[token]), len(numbers)) for token, paragraph in kept
    ]


def _bounds(parts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first place of each part and one past its last."""
    first = 0
    for place in range(1, len(parts) + 1):
        if place == len(parts) or parts[place] != parts[first]:
            yield first, place
            first = place


def _attachments(
    parse: Parse, tokens: Sequence[int], parts: Sequence[int], places: dict[int, int]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return head and label of each token kept."""
    roots = {parts[place]: place for place, token in enumerate(tokens) if parse.heads[token] == token}
    heads: list[int] = []
    for place, token in enumerate(tokens):
        part = parts[place]
        head = _ancestor(parse, token, parts, places, part)
        # In a part that lost the sentence's root, the first token that hung on it is the new one.
        heads.append(roots.setdefault(part, place) if head is None else head)
    deps = []
    for place, token in enumerate(tokens):
        unchanged = places.get(parse.heads[token]) == heads[place]
        deps.append("ROOT" if heads[place] == place else parse.deps[token] if unchanged else "dep")
    return tuple(heads), tuple(deps)


def _ancestor(
    parse: Parse, token: int, parts: Sequence[int], places: dict[int, int], part: int
) -> int | None:
    """Return the place of the nearest ancestor in the same part; None for the root of a part."""
    while parse.heads[token] != token:
        token = parse.heads[token]
        place = places.get(token)
        if place is not None and parts[place] == part:
            return place
    return None


def _entities(
    parse: Parse, places: dict[int, int], paragraphs: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield the entities that lie in one paragraph whole."""
    for start, end, label in parse.entities:
        first, last = places.get(start), places.get(end - 1)
        if first is None or last is None or last - first != end - 1 - start:
            continue
        if paragraphs[first] == paragraphs[last]:
            yield first, last + 1, label
