"""Carries a medium over to later statements of the same occasion, where that is plain.

"Assad told RIA that ... He further stated that '...'": the second statement
reached the reader through RIA as well. Where it is not plain nothing is carried:
a statement without a medium is a smaller loss than one with the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.candidates.candidate import Candidate, Identified, Identity
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import is_definite
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import noun, pronoun

_EXCHANGES = frozenset({"transcript", "transcription", "recording", "minute", "minutes", "tape", "audio"})
_ANSWERS = frozenset({"ask", "reply", "answer", "respond", "retort", "add", "continue"})
_GOES_ON = frozenset({"add", "continue", "go", "say", "state", "note", "conclude"})
_LONGEST_OPENING = 12
"""Tokens from the start of a sentence within which its opening phrase names the medium."""
_BACK_REFERENCE_REACH = 3
"""Paragraphs back in which "the interview" finds the outlet that held it."""


@dataclass(frozen=True, slots=True)
class _Carrier:
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
    speaker: str
    paragraph: int
    sentence: int
    exchange: bool


def inherit(
    parse: Parse,
    attributions: Sequence[Candidate],
    identified: Sequence[Identified],
    quoted: Sequence[bool],
) -> tuple[Identified, ...]:
    """Carry media over to later attributions.

    Args:
        parse: The parse.
        attributions: The attributions in text order.
        identified: Their identities, with each one's own medium.
        quoted: Which tokens stand in quotation marks.

    Returns:
        The identities; those with a carried medium have ``inherited`` set and
        the earlier mention in ``medium_mention``.
    """
    out: list[Identified] = []
    carrier: _Carrier | None = None
    outlets: dict[str, _Carrier] = {}
    reached = 0
    for attribution, own in zip(attributions, identified, strict=True):
        identity = own
        place = _place(parse, attribution)
        speaker = identity.speaker.name if identity.speaker is not None else None
        if place is None:
            out.append(identity)
            continue
        if identity.medium is not None and identity.medium_mention is not None:
            pass  # An outlet that was told is a medium of its own.
        elif attribution.medium is not None and identity.medium is not None:
            known = outlets.get(speaker or "")
            identity = _referring_back(parse, attribution, identity, known, place[0])
        elif carrier is not None and _comes_through(parse, attribution, identity, carrier, place, quoted):
            identity = identity._replace(
                medium=carrier.identity, medium_mention=carrier.mention, inherited=True
            )
        out.append(identity)
        following = _next_carrier(parse, attribution, identity, place)
        if following is not None or not _is_aside(attribution, reached):
            carrier = following
        reached = max(reached, *(span.end for span in attribution.content))
        if carrier is not None and speaker is not None:
            outlets[speaker] = carrier
    return tuple(out)


def _is_aside(attribution: Candidate, reached: int) -> bool:
    """Return whether an attribution leaves the medium in force: inside another's words, or no statement."""
    return attribution.attitude != "statement" or attribution.content[0].start < reached


def _place(parse: Parse, attribution: Candidate) -> tuple[int, int] | None:
    """Return paragraph and sentence of an attribution's first words, None for one without words."""
    for span in attribution.content[:1]:
        tokens = parse.tokens_in(span)
        if tokens:
            return parse.paragraphs[tokens[0]], parse.sentences[tokens[0]]
    return None


def _next_carrier(
    parse: Parse, attribution: Candidate, identity: Identified, place: tuple[int, int]
) -> _Carrier | None:
    """Return the medium that is in force behind an attribution."""
    mention = identity.medium_mention or attribution.medium
    if identity.medium is None or mention is None or identity.medium.name is None:
        return None
    speaker = identity.speaker.name if identity.speaker is not None else None
    exchange = _opens_exchange(parse, mention)
    if speaker is None and not exchange:
        return None
    return _Carrier(identity.medium, mention, speaker or "", place[0], place[1], exchange)


def _opens_exchange(parse: Parse, mention: Mention) -> bool:
    """Return whether a sentence starts with it: "According to a transcript by the Post, ...".

    The mention may be the transcript or only the outlet that published it.
    """
    first = parse.sentence_bounds[parse.sentences[mention.head]][0]
    opening = range(first, max(mention.head, *parse.tokens_in(mention.span), first) + 1)
    leads = any(parse.words[t].lower() in ("according", "in") for t in opening[:2])
    near = mention.head - first <= _LONGEST_OPENING
    return leads and near and any(parse.lemmas[t] in _EXCHANGES for t in opening)


def _comes_through(
    parse: Parse,
    attribution: Candidate,
    identity: Identified,
    carrier: _Carrier,
    place: tuple[int, int],
    quoted: Sequence[bool],
) -> bool:
    """Return whether an attribution without a medium plainly goes on through the one before it."""
    paragraph, sentence = place
    if paragraph - carrier.paragraph > 1 or identity.speaker is None:
        return False
    if carrier.exchange:
        return paragraph == carrier.paragraph or _belongs_to_exchange(parse, attribution)
    if identity.speaker.name != carrier.speaker or identity.addressee is not None:
        return False
    if attribution.continues is not None:
        return True
    if paragraph != carrier.paragraph:
        return False
    if sentence == carrier.sentence:
        return True
    return _has_quoted_words(parse, attribution, quoted) and _goes_on(parse, attribution)


def _belongs_to_exchange(parse: Parse, attribution: Candidate) -> bool:
    """Return whether a statement in a later paragraph goes on with an exchange.

    A question or an answer does, and what "she said" there; a paragraph that
    names the speaker anew starts something else.
    """
    cue = attribution.cue_head
    if cue is not None and parse.lemmas[cue] in _ANSWERS:
        return True
    return attribution.speaker is None or _is_pronoun(parse, attribution.speaker)


def _has_quoted_words(parse: Parse, attribution: Candidate, quoted: Sequence[bool]) -> bool:
    return any(quoted[t] for span in attribution.content for t in parse.tokens_in(span))


def _goes_on(parse: Parse, attribution: Candidate) -> bool:
    """Return whether the speaker is only taken up again: "He further stated"."""
    if attribution.speaker is None:
        return True
    cue = attribution.cue_head
    return _is_pronoun(parse, attribution.speaker) and cue is not None and parse.lemmas[cue] in _GOES_ON


def _is_pronoun(parse: Parse, mention: Mention) -> bool:
    return pronoun(parse.words[mention.head]) is not None


def _referring_back(
    parse: Parse, attribution: Candidate, identity: Identified, known: _Carrier | None, paragraph: int
) -> Identified:
    """Give "the interview" and "the agency" the outlet that the same speaker's words came through before."""
    medium, mention = identity.medium, attribution.medium
    assert medium is not None
    assert mention is not None
    if known is None or paragraph - known.paragraph > _BACK_REFERENCE_REACH:
        return identity
    if not is_definite(parse, mention.head) or parse.child(mention.head, "prep") is not None:
        return identity
    lemma = parse.lemmas[mention.head]
    kind = noun(lemma)
    if kind is None or mention.head == known.mention.head:
        return identity
    same = parse.lemmas[known.mention.head] == lemma
    outlet = known.identity.type in ("organization", "unknown")
    if kind.type == "document" and (same or (lemma in ("interview", "broadcast", "programme") and outlet)):
        return identity._replace(medium=known.identity, medium_mention=known.mention, inherited=True)
    if kind.type == "organization" and outlet and medium.resolved_by in ("name", "unresolved"):
        named = Identity(known.identity.name, known.identity.type, None, "title")
        return identity._replace(medium=named)
    return identity
