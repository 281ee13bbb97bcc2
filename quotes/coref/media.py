"""Finds the medium of statements that came through an outlet that was told, or through an earlier medium.

In "Eklo told Sundet" nothing but "the Sundet news agency" of the paragraph
before tells that Sundet is no person to be told, but how the words got out.
"Assad told RIA that ... He further stated that '...'": the second statement
reached the reader through RIA as well. Where that is not clear nothing is inherited:
a statement without a medium is a smaller loss than one with the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.candidates.candidate import Candidate
from quotes.coref.discourse import Discourse
from quotes.coref.tracing import note_medium
from quotes.lexicon.entries import noun, pronoun, word_class
from quotes.syntax.parse import Parse

_LONGEST_OPENING = 12
"""Tokens from the start of a sentence within which its opening phrase names the medium."""
_BACK_REFERENCE_REACH = 3
"""Paragraphs back in which "the interview" finds the outlet that held it."""


def with_media(discourse: Discourse, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Complete the media of candidates, in text order, whose own mentions have identities.

    A told outlet moves from addressee to medium; an inherited medium has the
    earlier mention, and ``medium_inherited`` set.
    """
    out: list[Candidate] = []
    source: Candidate | None = None  # The candidate whose medium later ones may have come through.
    by_speaker: dict[str, Candidate] = {}
    reached = 0
    for own in candidates:
        candidate = _with_told_outlet(discourse, own)
        speaker = _speaker(candidate)
        if own.medium is not None and candidate.medium is own.medium:
            candidate = _referring_back(discourse, candidate, by_speaker.get(speaker or ""))
        elif candidate.medium is None and source is not None and _comes_through(discourse, candidate, source):
            candidate = _inheriting(discourse, candidate, source)
        out.append(candidate)
        is_aside = candidate.attitude != "statement" or candidate.content[0].start < reached
        carrier = candidate.medium_identity
        is_named = carrier is not None and carrier.name is not None
        if is_named and (speaker is not None or _opens_exchange(discourse.parse, candidate)):
            source = candidate
        elif not is_aside:  # What is inside another's words, or is no statement, leaves the medium in force.
            source = None
        reached = max(reached, *(span.end for span in candidate.content))
        if source is not None and speaker is not None:
            by_speaker[speaker] = source
    return tuple(out)


def _speaker(candidate: Candidate) -> str | None:
    return None if candidate.speaker_identity is None else candidate.speaker_identity.name


def _start(parse: Parse, candidate: Candidate) -> int:
    """Return the first token of a candidate's words."""
    return parse.tokens_in(candidate.content[0])[0]


def _with_told_outlet(discourse: Discourse, candidate: Candidate) -> Candidate:
    """Return a candidate with the outlet that was told as its medium, unchanged where no outlet was told."""
    mention, identity = candidate.addressee, candidate.addressee_identity
    referent = None if mention is None else discourse.meaning_of(mention.head)
    if mention is None or identity is None or referent is None or not referent.is_outlet:
        return candidate
    note_medium(discourse, "told outlet", candidate, mention, "which is a news outlet and was told")
    medium = identity._replace(type="organization")
    return candidate._replace(addressee=None, addressee_identity=None, medium=mention, medium_identity=medium)


def _inheriting(discourse: Discourse, candidate: Candidate, source: Candidate) -> Candidate:
    assert source.medium is not None
    reason = "like the words of the same speaker or exchange before"
    note_medium(discourse, "inherited medium", candidate, source.medium, reason)
    identity = source.medium_identity
    return candidate._replace(medium=source.medium, medium_identity=identity, medium_inherited=True)


def _opens_exchange(parse: Parse, candidate: Candidate) -> bool:
    """Return whether a sentence starts with the medium: "According to a transcript by the Post, ...".

    The mention may be the transcript or only the outlet that published it.
    """
    assert candidate.medium is not None
    span, head = candidate.medium
    first = parse.sentence_start(head)
    opening = range(first, max(head, *parse.tokens_in(span), first) + 1)
    leads = any(parse.lower(t) in ("according", "in") for t in opening[:2])
    near = head - first <= _LONGEST_OPENING
    return leads and near and any(parse.lemmas[t] in word_class("exchange_record") for t in opening)


def _comes_through(discourse: Discourse, candidate: Candidate, source: Candidate) -> bool:
    """Return whether a candidate without a medium clearly goes on through the one before it."""
    parse = discourse.parse
    here, before = _start(parse, candidate), _start(parse, source)
    if parse.paragraphs[here] - parse.paragraphs[before] > 1 or candidate.speaker_identity is None:
        return False
    taken_up = candidate.speaker is None or pronoun(parse.words[candidate.speaker.head]) is not None
    cue = None if candidate.cue_head is None else parse.lemmas[candidate.cue_head]
    if _opens_exchange(parse, source):
        # A paragraph that names the speaker again starts something else; a question or answer does not.
        return parse.same_paragraph(here, before) or taken_up or cue in word_class("answering_cue")
    if _speaker(candidate) != _speaker(source) or candidate.addressee is not None:
        return False
    if candidate.continues is not None or parse.same_sentence(here, before):
        return True
    if not parse.same_paragraph(here, before):
        return False
    quoted = any(discourse.article.is_quoted(t) for span in candidate.content for t in parse.tokens_in(span))
    # "He further stated": the speaker is only taken up again.
    return quoted and (candidate.speaker is None or (taken_up and cue in word_class("resuming_cue")))


def _referring_back(discourse: Discourse, candidate: Candidate, source: Candidate | None) -> Candidate:
    """Give "the interview" and "the agency" the outlet that the same speaker's words came through before."""
    parse, mention, identity = discourse.parse, candidate.medium, candidate.medium_identity
    if source is None or source.medium is None or source.medium_identity is None:
        return candidate
    if mention is None or identity is None:
        return candidate
    head, before = mention.head, source.medium.head
    paragraphs = parse.paragraphs[_start(parse, candidate)] - parse.paragraphs[_start(parse, source)]
    if paragraphs > _BACK_REFERENCE_REACH or head == before:
        return candidate
    kind = noun(parse.lemmas[head])
    if kind is None or not parse.is_definite(head) or parse.has_child(head, "prep"):
        return candidate
    is_outlet = source.medium_identity.type in ("organization", "unknown")
    is_held = parse.lemmas[head] in word_class("broadcast_event") and is_outlet
    if kind.type == "document" and (is_held or parse.lemmas[head] == parse.lemmas[before]):
        return _inheriting(discourse, candidate, source)
    if kind.type == "organization" and is_outlet and identity.resolved_by in ("description", "unresolved"):
        identity = source.medium_identity._replace(represents=None, resolved_by="title")
    return candidate._replace(medium_identity=identity)
