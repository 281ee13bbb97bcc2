"""What a verification says, in words for a person.

Nothing here says that a quotation is wrong: it says what was compared with what, and how the two differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes.models import Difference, Note, TextSpan, Verification

VERDICTS = {
    "verbatim": "the same words in the same order",
    "trimmed": "the same words, some left out",
    "altered": "other words in some places",
    "spliced": "put together from places far apart",
    "not_found": "no source has these words",
}
"""What each verdict means."""
FLAGS = {
    "other_speaker": "the source gives the words to somebody else",
    "occasion_differs": "the article tells of another occasion",
}
"""What each flag means."""
_NOTES = {
    "too_short": "too short to tell",
    "inserted": "in brackets: {article}",
    "marked_omission": "left out, marked: {source}",
    "unmarked_omission": "left out, not marked: {source}",
    "between_pieces": "left out at the reporting clause: {source}",
    "cut_clause": "the sentence has more: {source}",
    "several_places": "the source has these words more than once",
    "other_speaker": "said in the source by {source}",
    "other_occasion": "the article tells of “{article}”",
    "other_language": "no source is in English",
    "no_text": "there is no text in the sources",
}
_ELSEWHERE = "put together from a place further up"
_TOO_EARLY = "the article was published before the source's day"
_LONGEST = 120
"""Code points of a text that is shown in a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quotation as a reader compares it with its source.

    Attributes:
        kind: "same"; "article" for words that only the article has; "source" for words that only the
            source has; "between" for what is between two pieces.
        text: The words.
    """

    kind: Literal["same", "article", "source", "between"]
    text: str


def compared(verification: Verification) -> Iterator[Part]:
    """Yield the quotation with, in place, what the source has instead or besides.

    Joined, the parts that are "same" or "article" are the pieces of the content.
    """
    spans = verification.statement.content.spans
    edits = sorted(_edits(verification), key=lambda edit: (edit[0], edit[1]))
    for index, span in enumerate(spans):
        if index:
            yield Part("between", " … ")
        place = span.start
        for start, end, source in edits:
            if place <= start < span.end or (start == span.end and start >= place and not end > start):
                yield from _part("same", span.text[place - span.start : start - span.start])
                yield from _part("source", source)
                yield from _part("article", span.text[start - span.start : end - span.start])
                place = max(place, min(end, span.end))
        yield from _part("same", span.text[place - span.start :])


def difference_text(difference: Difference) -> str:
    """Return a difference in words: "changed: “may” for “will” (condition)"."""
    own, other = _shown(difference.article), _shown(difference.source)
    what = {"added": own, "dropped": other, "moved": own}.get(difference.kind, f"{own} for {other}")
    return f"{difference.kind}: {what}" + (f" ({difference.concerns})" if difference.concerns else "")


def note_text(note: Note) -> str:
    """Return a note in words: "left out, marked: “as I said” (3 words)"."""
    if note.kind.endswith(("omission", "pieces")) and note.source is None:
        return _ELSEWHERE
    if note.kind == "other_occasion" and note.article is None:
        return _TOO_EARLY
    article = note.article.text if note.kind == "other_occasion" and note.article else _shown(note.article)
    text = _NOTES[note.kind].format(article=article, source=_shown(note.source))
    facts = [f"{note.words} word{'s' * (note.words != 1)}"] if note.words is not None else []
    facts += [note.concerns] if note.concerns else []
    return f"{text} ({', '.join(facts)})" if facts else text


def _edits(verification: Verification) -> Iterator[tuple[int, int, str]]:
    """Yield where the quotation differs, its first and last code point and what the source has there."""
    places = {note.source: note.article for note in verification.notes if note.source and note.article}
    for each in verification.differences:
        source = each.source.text if each.source else ""
        if each.article is not None:
            yield each.article.start, each.article.end, source if each.kind == "changed" else ""
        elif each.source is not None and (place := places.get(each.source)) is not None:
            yield place.start, place.start, source


def _part(kind: Literal["same", "article", "source"], text: str) -> Iterator[Part]:
    if text:
        yield Part(kind, text)


def _shown(span: TextSpan | None) -> str:
    if span is None:
        return ""
    text = " ".join(span.text.split())
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
