"""Builds parses by hand, so that rules can be tested without a model."""

from __future__ import annotations

from typing import Any

from quotes.candidates.candidate import Candidate
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse, edges
from quotes.text.spans import Span

EVERY_KIND = (
    "Minister: No levy before spring\n\n"
    "“The bridge stays closed until spring,” Ann Kord, the harbour master, told councillors. “Yes.”\n\n"
    "She denied the claim that the repair would cost more, and urged patience if it moved, Bo Dorn said. "
    "According to a report the crack was seen in May. He went on to call for a “full inquiry” into it.\n"
)
"""A text with candidates of nearly every kind."""


def parse_from_rows(rows: str, *, paragraphs: tuple[int, ...] | None = None) -> Parse:
    """Build a `Parse` from one line a token: ``word lemma POS TAG dep head [ENTITY]``.

    ``head`` is the token's index in the whole listing, a root names itself;
    a blank line ends a sentence. Words are joined by single spaces; a word
    that starts with ``+`` is joined to the one before it.

    Args:
        rows: The listing.
        paragraphs: Paragraph of each token; all 0 when not given.

    Returns:
        The parse, with neighbouring tokens of one entity label as one entity.
    """
    text, starts, ends = "", [], []
    columns: list[list[str]] = []
    sentences: list[int] = []
    bounds: list[tuple[int, int]] = []
    first = 0
    for block in rows.strip().split("\n\n"):
        for line in block.strip().splitlines():
            word, *rest = line.split()
            if word.startswith("+"):
                word = word[1:]
            elif text:
                text += " "
            starts.append(len(text))
            text += word
            ends.append(len(text))
            columns.append(rest)
            sentences.append(len(bounds))
        bounds.append((first, len(columns)))
        first = len(columns)
    heads = tuple(int(row[4]) for row in columns)
    labels = tuple(row[5] if len(row) > 5 else "" for row in columns)
    children, left, right = edges(heads)
    return Parse(
        text=text,
        words=tuple(text[s:e] for s, e in zip(starts, ends, strict=True)),
        starts=tuple(starts),
        ends=tuple(ends),
        lemmas=tuple(row[0] for row in columns),
        pos=tuple(row[1] for row in columns),
        tags=tuple(row[2] for row in columns),
        deps=tuple(row[3] for row in columns),
        heads=heads,
        entity_types=labels,
        entities=_entities(labels),
        sentences=tuple(sentences),
        sentence_bounds=tuple(bounds),
        paragraphs=paragraphs or (0,) * len(columns),
        children=tuple(map(tuple, children)),
        left=tuple(left),
        right=tuple(right),
        model="hand-built",
        model_version="0",
    )


def _entities(labels: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    out: list[tuple[int, int, str]] = []
    for token, label in enumerate(labels):
        if label and out and out[-1][2] == label and out[-1][1] == token:
            out[-1] = (out[-1][0], token + 1, label)
        elif label:
            out.append((token, token + 1, label))
    return tuple(out)


def attributed(
    rule: str,
    cue: tuple[int, ...],
    cue_head: int | None,
    content: tuple[Span, ...],
    speaker: Mention | None,
    argument: int | None = None,
    **more: Any,
) -> Candidate:
    """A candidate with its content, as selection hands it on."""
    return Candidate(rule, cue, cue_head, argument, (), speaker, content=content, **more)
