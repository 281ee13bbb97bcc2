"""Headlines whose source stands behind a colon: "Storm to hit coast by dawn: forecasters"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.label_speakers import Standing, standing_of
from quotes.candidates.pieces import trim
from quotes.syntax.mention import Mention, Range
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.syntax.subjects import can_speak, subject_of
from quotes.text.document import Paragraph
from quotes.text.spans import Span

FEWEST_WORDS = 4
"""Of what is said: "What we know: police" and "Watch: minister" announce and tell nothing."""
_SOURCE = re.compile(r"[\w.'’-]+(?: [\w.'’-]+){0,3}")
_QUOTED = re.compile(r"[\"“‘'«](?P<said>[^\n]{8,}?)[\"”’'»]\s*:\s+(?=\S)")
_ASKING = frozenset({"how", "what", "when", "where", "which", "who", "why"})
_SMALL_WORD = 4


def sourced_headline(parse: Parse, paragraph: Paragraph) -> Iterator[Candidate]:
    """Propose what stands before a headline's colon.

    "[Storm to hit coast by dawn]: forecasters" names its source; in "“[We heard it
    first]”: skaters describe collapse" the source is a subject. "Final score: Moor
    United" has no predicate, and "“The Long Night”: critics divided" is a title.

    Args:
        parse: The document's parse.
        paragraph: A headline, or a short line that reads as one.
    """
    text, body = parse.text, paragraph.body
    quoted = _QUOTED.match(text, body.start, body.end)
    if quoted is not None:
        yield from _by_subject(parse, Span(*quoted.span("said")), Span(quoted.end(), body.end))
        return
    colon = text.rfind(": ", body.start, body.end)
    if colon <= body.start or _SOURCE.fullmatch(text, colon + 2, body.end) is None:
        return
    label = Span(colon + 2, body.end)
    named, content = parse.tokens_in(label), _said(parse, Span(body.start, colon))
    speaks = standing_of(parse, label) is not Standing.NOBODY
    if content is None or not named or not speaks or any(parse.tags[t] in FINITE_OR_MODAL for t in named):
        return
    if parse.words[content[0]].lower() not in _ASKING:
        yield _proposal(content, Mention(label, named[-1]))


def _by_subject(parse: Parse, said: Span, rest: Span) -> Iterator[Candidate]:
    """Propose a quotation before the colon whose speaker is the subject of what stands behind."""
    content = _said(parse, said)
    if content is None or _is_title(said.of(parse.text)):
        return
    for verb in parse.tokens_in(rest):
        if parse.tags[verb] in FINITE_OR_MODAL and parse.pos[verb] == "VERB":
            subject = subject_of(parse, verb)
            if subject is not None and parse.starts[subject] >= rest.start and can_speak(parse, subject):
                yield _proposal(content, mention_of(parse, subject))
            return


def _said(parse: Parse, span: Span) -> Range | None:
    """Return the tokens of a sentence of some length with a predicate, None for anything else."""
    inside = parse.tokens_in(span)
    worded = sum(parse.pos[t] not in ("PUNCT", "SPACE") for t in inside)
    if worded < FEWEST_WORDS or not any(_is_predicate(parse, token) for token in inside):
        return None
    return trim(parse, (inside[0], inside[-1]))


def _is_predicate(parse: Parse, token: int) -> bool:
    """Return whether a verb is finite or has a subject, as in "Storm to hit" but not in "chance to see"."""
    subject = parse.child(token, "nsubj", "nsubjpass") is not None
    return parse.tags[token] in FINITE_OR_MODAL or (parse.pos[token] == "VERB" and subject)


def _is_title(said: str) -> bool:
    """Return whether every longer word has a capital ("The Long Night")."""
    long = [word for word in said.split() if len(word) >= _SMALL_WORD]
    return all(word[0].isupper() for word in long)


def _proposal(content: Range, speaker: Mention) -> Candidate:
    return Candidate("sourced_headline", (), None, None, (Extent("headline", (content,)),), speaker)
