"""One HTML page of articles beside the sources that their quotations were compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal, NamedTuple

from quotes.models import Difference, DocumentInfo, Note, TextSpan, Verification
from quotes.text.document import Document
from quotes.text.spans import Span
from quotes.verification.wording import FLAGS, VERDICTS, Part, compared, difference_text, note_text
from quotes.view.blocks import DEEPEST, Block, ShownMark, blocks, visible, with_headline
from quotes.view.details import offsets, source_text, title_of
from quotes.view.page import asset, colour_rules, content_policy, environment
from quotes.view.segments import CONTENT, Mark, in_order, nesting
from quotes.view.speakers import speaker_name

Side = Literal["article", "source"]
HUES = {"verbatim": "c2", "trimmed": "c4", "altered": "c1", "spliced": "c3", "not_found": "c0"}
"""The colour of each verdict, as a class of the style sheet; what has no verdict is grey."""
REPORTED, NOT_COMPARED = "reported", "not_compared"
"""What is said instead of a verdict: of indirect speech, and where no source could be read."""
_MEANINGS = {**VERDICTS, REPORTED: "indirect speech gets no verdict", NOT_COMPARED: "no source could be read"}
_FLAG_LABELS = {"other_speaker": "only another speaker", "occasion_differs": "only another occasion"}
_TAGS = {
    "marked_omission": "left out",
    "unmarked_omission": "left out",
    "between_pieces": "left out",
    "cut_clause": "cut off",
    "other_speaker": "speaker",
    "other_occasion": "occasion",
    "inserted": "in brackets",
}
"""What is said above the words that a note is about; of differences it is their kind."""

_SHOWN = 60
"""Code points at either end of what a source has besides, which a card shows."""
_LONGEST_MARK = 500
"""Code points of what is marked as left out of a source; pages of it would hide the passage itself."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An article with what the comparison of its quotations gave, in text order."""

    document: Document
    verifications: Sequence[Verification]


class _Numbered(NamedTuple):
    """A verification with its number on the page."""

    number: int
    verification: Verification

    @property
    def verdict(self) -> str:
        if self.verification.verdict is not None:
            return self.verification.verdict
        lacks = {"other_language", "no_text"}.intersection(note.kind for note in self.verification.notes)
        return NOT_COMPARED if lacks else REPORTED

    @property
    def hue(self) -> str:
        return HUES.get(self.verdict, "unnamed")

    @property
    def flags(self) -> dict[str, str]:
        return {name: meaning for name, meaning in FLAGS.items() if getattr(self.verification, name)}


class _Shown(NamedTuple):
    """A text as the template writes it."""

    document: Document
    title: str
    headline: Block | None
    blocks: Sequence[Block]
    quotations: int
    """How many are in it, or were found in it."""
    nearest: int = 0
    """How many have only their nearest passage in it."""

    @property
    def rank(self) -> tuple[int, int]:
        """What sorts sources: those with most quotations come first."""
        return -self.quotations, -self.nearest


def render_verified(
    checked: Iterable[Checked],
    sources: Iterable[Document],
    *,
    archives: Sequence[str] = (),
    looked_up: Iterable[Document] = (),
    home: str | None = None,
) -> str:
    """Return a page that shows articles beside their sources, and how each quotation compares.

    It is a whole HTML document that needs nothing from outside and can always be encoded as UTF-8.

    Args:
        checked: The articles.
        sources: What the quotations were compared with.
        archives: Names of archives that the quotations were looked up in, too.
        looked_up: The documents of these archives that have a passage.
        home: The address of a page to go back to, for a page that a service sends.
    """
    given, texts = list(checked), _unique(sources)
    looked = _looked_at(len(texts), archives)
    numbers = count(1)
    numbered = [[_Numbered(next(numbers), each) for each in article.verifications] for article in given]
    every = list(chain.from_iterable(numbered))
    style = asset("page.css") + colour_rules() + asset("differences.css") + asset("verified.css")
    script = asset("theme.js") + asset("common.js") + asset("verified.js")
    verdicts = [each.verdict for each in every]
    flags = [(name, label, sum(name in each.flags for each in every)) for name, label in _FLAG_LABELS.items()]
    return (
        environment()
        .get_template("verified.html.j2")
        .render(
            articles=[_article(each, own) for each, own in zip(given, numbered, strict=True)],
            sources=sorted(
                (_source(each, every) for each in _unique([*texts, *looked_up])), key=lambda shown: shown.rank
            ),
            cards=[_card(each, looked) for each in every],
            looked=looked,
            verdicts=[(name, HUES.get(name, "unnamed"), _MEANINGS[name], verdicts.count(name)) for name in _MEANINGS],
            flags=[each for each in flags if each[2]],
            style=style,
            script=script,
            policy=content_policy(style, script),
            home=home,
        )
    )


def _unique(documents: Iterable[Document]) -> list[Document]:
    return list({_key(each): each for each in documents}.values())


def _key(document: Document | DocumentInfo) -> tuple[str | None, str, str]:
    return document.path, document.id, document.sha256


def _looked_at(texts: int, archives: Sequence[str]) -> str:
    """Return what the quotations were looked for in: "4 sources and the archive news.jsonl"."""
    named = [f"{texts} source{'s' * (texts != 1)}"] if texts or not archives else []
    return " and ".join([*named, *(f"the archive {name}" for name in archives)])


def _article(checked: Checked, numbered: Sequence[_Numbered]) -> _Shown:
    """Return an article as the template writes it, with its quotations and where they differ marked."""
    return _shown(checked.document, numbered, "article", "place")


def _source(document: Document, every: Sequence[_Numbered]) -> _Shown:
    """Return a source as the template writes it, with the passages of all quotations marked."""
    found = [each for each in every if each.verification.passages]
    own = [each for each in found if _key(each.verification.passages[0].document) == _key(document)]
    nearest = sum(each.verdict in (REPORTED, "not_found") for each in own)
    return _shown(document, own, "source", "passage")._replace(quotations=len(own) - nearest, nearest=nearest)


def _spans(found: Verification, side: Side) -> list[TextSpan]:
    """Return the pieces of a quotation, in the article or in the source."""
    if side == "article":
        return list(found.statement.content.spans)
    return [span for passage in found.passages for span in passage.spans]


def _marks(each: _Numbered, side: Side) -> Iterator[tuple[Mark, str | None]]:
    """Yield the marks of a quotation on one side, each with what is said above the words."""
    for piece, span in enumerate(_spans(each.verification, side)):
        yield Mark(Span(span.start, span.end), CONTENT, (each.number,), piece), None
    parts: tuple[Difference | Note, ...] = (*each.verification.differences, *each.verification.notes)
    for part in parts:
        at: TextSpan | None = getattr(part, side)
        if at is not None and at.end - at.start <= _LONGEST_MARK:
            tag = _TAGS.get(part.kind, part.kind)
            mark = Mark(Span(at.start, at.end), part.kind, (each.number,))
            yield mark, f"{tag}: {part.concerns}" if part.concerns else tag


def _shown(document: Document, numbered: Sequence[_Numbered], side: Side, target: str) -> _Shown:
    by_number = {each.number: each for each in numbered}
    tags = dict(chain.from_iterable(_marks(each, side) for each in numbered))
    marks = in_order(tags)
    levels = nesting(marks)

    def shown_mark(mark: Mark, start: int) -> ShownMark:
        number = mark.statements[0]
        each = by_number[number]
        if mark.role != CONTENT:
            return ShownMark(f"r d {mark.role} {each.hue}", str(number), None, tags[mark])
        is_start = mark.piece == 0 and start == mark.span.start
        classes = f"q {each.verdict} {each.hue} l{min(levels[number], DEEPEST)}"
        return ShownMark(classes, str(number), f"{target}-{number}" if is_start else None)

    pieces = {each.number: len(_spans(each.verification, side)) for each in numbered}
    headline, others = with_headline(document, list(blocks(document, marks, pieces, shown_mark)))
    title = title_of(document) if side == "article" else document.title or document.id
    return _Shown(document, title, headline, others, len(numbered))


def _card(each: _Numbered, looked: str) -> dict[str, object]:
    """Return what stands beside a quotation, in words."""
    found = each.verification
    return {
        "number": each.number,
        "verdict": each.verdict,
        "hue": each.hue,
        "flags": each.flags,
        "who": speaker_name(found.statement),
        "meaning": _meaning(each, looked),
        "parts": list(spaced(compared(found))),
        "findings": list(_findings(found)),
        "lines": list(_lines(found)),
        "has_passage": bool(found.passages),
    }


def _findings(found: Verification) -> Iterator[tuple[str, bool]]:
    """Yield the differences and notes in words, and whether they concern a negation, a condition or the like.

    What is left out is told once, by its note.
    """
    left_out = {note.source for note in found.notes if note.source is not None}
    for part in found.differences:
        if part.kind != "dropped" or part.source not in left_out:
            yield difference_text(part), part.concerns is not None
    yield from ((note_text(note), note.concerns is not None) for note in found.notes)


def _meaning(each: _Numbered, looked: str) -> str:
    """Return a verdict in a sentence, with what was looked at and how."""
    found = each.verification
    if each.verdict == NOT_COMPARED:
        return f"Nothing was compared: {_MEANINGS[NOT_COMPARED]}."
    nearest = f" The nearest passage is {found.score:.2f} alike." if found.passages else ""
    if each.verdict == "not_found":
        away = "They may have been said elsewhere."
        return f"Looked for word by word in {looked}: these words are not there.{nearest} {away}"
    if each.verdict == REPORTED:
        return f"These are the reporter's words: no verdict.{nearest}"
    said = _MEANINGS[each.verdict]
    return f"{said[0].upper()}{said[1:]}, found by looking word by word in {looked}."


def _lines(found: Verification) -> Iterator[tuple[str, str]]:
    """Yield (label, text) on speakers, the occasion and the place, on both sides."""
    statement, passages = found.statement, found.passages
    when, medium = statement.when, statement.medium
    day = f"{when.text} ({when.date})" if when and when.date else when.text if when else None
    told = [statement.speaker.name if statement.speaker else None, day, medium.name if medium else None]
    yield "Article", ", ".join(filter(None, told)) or "gives these words to nobody"
    if passages:
        names = dict.fromkeys(passage.speaker for passage in passages if passage.speaker)
        yield "Source", ", ".join(names) or "does not say who speaks"
        places = (offsets(span) for passage in passages for span in passage.spans)
        yield "In", f"{source_text(passages[0].document)}, characters {', '.join(places)}"


def spaced(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts with a space around words that only the source has, where the article has none."""
    last = Part("between", " ")
    for part in parts:
        text = visible(part.text)
        if part.kind == "source" and len(text) > 2 * _SHOWN:  # the source itself has the whole
            text = f"{text[:_SHOWN].rstrip()} … {text[-_SHOWN:].lstrip()}"
        if "source" in (last.kind, part.kind) and not last.text[-1:].isspace() and text[:1].isalnum():
            yield Part("same", " ")
        last = Part(part.kind, text)
        yield last
