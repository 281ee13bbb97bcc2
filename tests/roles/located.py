"""Finds a candidate's parts in a sentence by their words, so that a case reads as a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from quotes.candidates.candidate import Candidate
from quotes.roles.clause import CueClause
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.text.spans import Span
from tests.builders import attributed

if TYPE_CHECKING:
    from spacy.language import Language


def parsed(nlp: Language, text: str) -> Parse:
    """Parse a text with the real pipeline."""
    return parse_document(nlp, make_document(text))


def clause_of(parse: Parse, candidate: Candidate, published: date | None = None) -> CueClause:
    """Return the clause of a candidate's cue, in a document published on a day."""
    document = make_document(parse.text, published=published)
    quotations = find_quotations(document.text, document.paragraphs)
    assert candidate.cue_head is not None
    return CueClause(Article.of(document, parse, quotations), candidate, candidate.cue_head)


def span_of(text: str, part: str) -> Span:
    """Return the first place of a part in a text."""
    start = text.index(part)
    return Span(start, start + len(part))


def mention(parse: Parse, part: str) -> Mention:
    """Return the mention that has these words."""
    span = span_of(parse.text, part)
    tokens = parse.tokens_in(span)
    return Mention(span, next((t for t in tokens if parse.heads[t] not in tokens), tokens[-1]))


def located(parse: Parse, cue: str, content: str, speaker: str | None) -> Candidate:
    """Return the candidate with this cue, content and speaker.

    Args:
        parse: The parse of the sentence.
        cue: The cue as written; its last word carries the meaning, unless that is a particle.
        content: The content as written.
        speaker: The speaker as written, None without one.
    """
    said = span_of(parse.text, content)
    outside = parse.text[: said.start] + " " * len(said) + parse.text[said.end :]
    tokens = tuple(parse.tokens_in(span_of(outside, cue)))
    particles = ("on", "out", "to", "it")
    head = next(t for t in reversed(tokens) if parse.words[t] not in particles or len(tokens) == 1)
    inside = parse.tokens_in(said)
    return attributed(
        rule="clausal_complement",
        cue=tokens,
        cue_head=head,
        content=(said,),
        speaker=mention(parse, speaker) if speaker is not None else None,
        argument=next((t for t in inside if parse.heads[t] not in inside), None),
    )
