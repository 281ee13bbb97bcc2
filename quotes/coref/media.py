"""Finds the medium of statements that came through an outlet that was told, or through an earlier medium.

In "Eklo told Sundet" nothing but "the Sundet news agency" of the paragraph
before tells that Sundet is no person to be told, but how the words got out.
"Assad told RIA that ... He further stated that '...'": the second statement
reached the reader through RIA as well. Where that is not clear nothing is inherited:
a statement without a medium is a smaller loss than one with the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.candidates.candidate import Candidate, Identity
from quotes.coref.discourse import Discourse
from quotes.coref.tracing import note_medium
from quotes.lexicon import table, words
from quotes.lexicon.entries import noun, pronoun
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse

_LONGEST_OPENING = 12
"""Tokens from the start of a sentence within which its opening phrase names the medium."""
_BACK_REFERENCE_REACH = 3
"""Paragraphs back in which "the interview" finds the outlet that held it."""


class _Source(NamedTuple):
    """A medium that later statements may have come through.

    Attributes:
        identity: What it is.
        mention: Where it is named.
        speaker: Name of whose words it carried.
        paragraph: Paragraph of the last statement that came through it.
        sentence: Sentence of that statement.
        exchange: Whether it is a transcript that a whole exchange is told from.
    """

    identity: Identity
    mention: Mention
    speaker: str | None
    paragraph: int
    sentence: int
    exchange: bool


def with_media(discourse: Discourse, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Complete the media of candidates whose own mentions have identities.

    Args:
        discourse: The article, bound.
        candidates: The candidates in text order.

    Returns:
        The candidates. A told outlet has moved from addressee to medium; an inherited
        medium has the earlier mention, and ``medium_inherited`` set.
    """
    out: list[Candidate] = []
    source: _Source | None = None
    by_speaker: dict[str, _Source] = {}
    reached = 0
    for own in candidates:
        told = _with_told_outlet(discourse, own)
        candidate = told or own
        place = _place(discourse.parse, candidate)
        if place is None:
            out.append(candidate)
            continue
        speaker = candidate.speaker_identity.name if candidate.speaker_identity is not None else None
        if told is not None:
            pass  # An outlet that was told is a medium of its own.
        elif candidate.medium is not None:
            candidate = _referring_back(discourse, candidate, by_speaker.get(speaker or ""), place[0])
        elif source is not None and _comes_through(discourse, candidate, speaker, source, place):
            candidate = _inheriting(discourse, candidate, source)
        out.append(candidate)
        following = _next_source(discourse.parse, candidate, speaker, place)
        if following is not None or not _is_aside(candidate, reached):
            source = following
        reached = max(reached, *(span.end for span in candidate.content))
        if source is not None and speaker is not None:
            by_speaker[speaker] = source
    return tuple(out)


def _with_told_outlet(discourse: Discourse, candidate: Candidate) -> Candidate | None:
    """Return a candidate with the outlet that was told as its medium, None where no outlet was told."""
    mention, identity = candidate.addressee, candidate.addressee_identity
    if mention is None or identity is None:
        return None
    referent = discourse.meaning_of(mention.head)
    if referent is None or not referent.is_outlet:
        return None
    note_medium(discourse, "told outlet", candidate, mention)
    medium = identity._replace(type="organization")
    return candidate._replace(addressee=None, addressee_identity=None, medium=mention, medium_identity=medium)


def _inheriting(discourse: Discourse, candidate: Candidate, source: _Source) -> Candidate:
    note_medium(discourse, "inherited medium", candidate, source.mention)
    return candidate._replace(medium=source.mention, medium_identity=source.identity, medium_inherited=True)


def _is_aside(candidate: Candidate, reached: int) -> bool:
    """Return whether a candidate leaves the medium in force: inside another's words, or no statement."""
    return candidate.attitude != "statement" or candidate.content[0].start < reached


def _place(parse: Parse, candidate: Candidate) -> tuple[int, int] | None:
    """Return paragraph and sentence of a candidate's first words, None for one without words."""
    tokens = parse.tokens_in(candidate.content[0]) if candidate.content else ()
    return (parse.paragraphs[tokens[0]], parse.sentences[tokens[0]]) if tokens else None


def _next_source(
    parse: Parse, candidate: Candidate, speaker: str | None, place: tuple[int, int]
) -> _Source | None:
    """Return the medium that is in force after a candidate."""
    mention, identity = candidate.medium, candidate.medium_identity
    if mention is None or identity is None or identity.name is None:
        return None
    exchange = _opens_exchange(parse, mention)
    if speaker is None and not exchange:
        return None
    return _Source(identity, mention, speaker, *place, exchange)


def _opens_exchange(parse: Parse, mention: Mention) -> bool:
    """Return whether a sentence starts with it: "According to a transcript by the Post, ...".

    The mention may be the transcript or only the outlet that published it.
    """
    first = parse.sentence_start(mention.head)
    opening = range(first, max(mention.head, *parse.tokens_in(mention.span), first) + 1)
    leads = any(parse.lower(t) in ("according", "in") for t in opening[:2])
    near = mention.head - first <= _LONGEST_OPENING
    return leads and near and any(parse.lemmas[t] in words("exchange_records") for t in opening)


def _comes_through(
    discourse: Discourse, candidate: Candidate, speaker: str | None, source: _Source, place: tuple[int, int]
) -> bool:
    """Return whether a candidate without a medium clearly goes on through the one before it."""
    parse, (paragraph, sentence) = discourse.parse, place
    if paragraph - source.paragraph > 1 or candidate.speaker_identity is None:
        return False
    if source.exchange:
        return paragraph == source.paragraph or _belongs_to_exchange(parse, candidate)
    if speaker != source.speaker or candidate.addressee_identity is not None:
        return False
    if candidate.continues is not None:
        return True
    if paragraph != source.paragraph:
        return False
    if sentence == source.sentence:
        return True
    quoted = any(discourse.article.is_quoted(t) for span in candidate.content for t in parse.tokens_in(span))
    return quoted and _goes_on(parse, candidate)


def _belongs_to_exchange(parse: Parse, candidate: Candidate) -> bool:
    """Return whether a statement in a later paragraph goes on with an exchange.

    A question or an answer does, and what "she said" there; a paragraph that
    names the speaker again starts something else.
    """
    return _has_cue(parse, candidate, "answer") or not _names_speaker(parse, candidate)


def _goes_on(parse: Parse, candidate: Candidate) -> bool:
    """Return whether the speaker is only taken up again: "He further stated"."""
    if candidate.speaker is None:
        return True
    return not _names_speaker(parse, candidate) and _has_cue(parse, candidate, "resume")


def _has_cue(parse: Parse, candidate: Candidate, use: str) -> bool:
    cue = candidate.cue_head
    return cue is not None and use in table("sequel_verbs").get(parse.lemmas[cue], ())


def _names_speaker(parse: Parse, candidate: Candidate) -> bool:
    """Return whether the speaker is mentioned by more than a pronoun."""
    return candidate.speaker is not None and pronoun(parse.words[candidate.speaker.head]) is None


def _referring_back(
    discourse: Discourse, candidate: Candidate, known: _Source | None, paragraph: int
) -> Candidate:
    """Give "the interview" and "the agency" the outlet that the same speaker's words came through before."""
    parse, mention, medium = discourse.parse, candidate.medium, candidate.medium_identity
    assert medium is not None
    assert mention is not None
    if known is None or paragraph - known.paragraph > _BACK_REFERENCE_REACH:
        return candidate
    if not parse.is_definite(mention.head) or parse.has_child(mention.head, "prep"):
        return candidate
    lemma = parse.lemmas[mention.head]
    kind = noun(lemma)
    if kind is None or mention.head == known.mention.head:
        return candidate
    outlet = known.identity.type in ("organization", "unknown")
    held = lemma in words("broadcast_events") and outlet
    if kind.type == "document" and (held or parse.lemmas[known.mention.head] == lemma):
        return _inheriting(discourse, candidate, known)
    if kind.type == "organization" and outlet and medium.resolved_by in ("name", "unresolved"):
        named = Identity(known.identity.name, known.identity.type, None, "title")
        return candidate._replace(medium_identity=named)
    return candidate
