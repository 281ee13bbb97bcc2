"""What carried the words: a document, a message, a platform, an outlet that reports them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quotes.candidates.candidate import Candidate
from quotes.roles.clause import CueClause, within_other_quotation
from quotes.syntax.mention import Mention
from quotes.syntax.mention_spans import named_by_apposition, noun_phrase
from quotes.syntax.outlets import carrier_prepositions, is_outlet, outlet_name
from quotes.syntax.parse import Parse

_QUOTING = frozenset({"quote", "cite", "report", "paraphrase"})
_ISSUING = frozenset(
    [
        "issue",
        "send",
        "write",
        "post",
        "publish",
        "release",
        "file",
        "circulate",
        "tweet",
        "record",
        "email",
        "distribute",
    ]
)
_DETAILS = ("of", "by", "from", "to", "with", "for")
"""Prepositional phrases that stay in a document's mention: "a transcript by the Kremlin"."""
_LEADING = frozenset({"in", "on", "via", "by", "through", "during", "to", "with", "for"})
_AIRING = frozenset({"to", "with", "by", "for", "of", "on", "in"})


class _Scene(NamedTuple):
    """What each way of finding a medium looks at."""

    parse: Parse
    candidate: Candidate
    clause: CueClause
    barred: frozenset[int]


def find_carrier(
    parse: Parse, candidate: Candidate, clause: CueClause, barred: frozenset[int]
) -> Mention | None:
    """Find what carried the words, apart from an outlet that was told.

    Args:
        parse: The parse.
        candidate: The attribution.
        clause: Its cue's clause.
        barred: Tokens that already have a role.

    Returns:
        The mention of the medium, None without one.
    """
    scene = _Scene(parse, candidate, clause, barred)
    for source in (_quoting_outlet, _carrying_phrase, _announced, _according_to, _reporting_outlet):
        for mention in source(scene):
            if not within_other_quotation(parse, clause, mention.head):
                return outlet_name(parse, named_by_apposition(parse, mention, barred))
    return None


def _quoting_outlet(scene: _Scene) -> Iterator[Mention]:
    """Yield who quotes the speaker.

    "The Wire quoted her as saying", "was reported by Harbour FM to have said".
    """
    parse, candidate, clause, barred = scene.parse, scene.candidate, scene.clause, scene.barred
    quoting = [verb for verb in sorted(clause.chain) if parse.lemmas[verb] in _QUOTING]
    if not quoting:
        return
    for verb in quoting:
        if parse.pos[verb] == "VERB":
            subject = parse.child(verb, "nsubj")
            if subject is not None and subject not in barred and candidate.speaker is not None:
                yield noun_phrase(parse, subject, barred)
    for verb in sorted(clause.chain):
        for child in parse.children[verb]:
            if parse.words[child].lower() == "by" and parse.deps[child] in ("agent", "prep"):
                head = parse.child(child, "pobj")
                if head is not None and head not in barred:
                    yield noun_phrase(parse, head, barred)


def _carrying_phrase(scene: _Scene) -> Iterator[Mention]:
    """Yield what a preposition in the cue's clause leads to: "in a statement", "on Twitter", "to Reuters"."""
    parse, clause, barred = scene.parse, scene.clause, scene.barred
    heads = [t for t in clause.outside if parse.deps[t] == "pobj" and t not in barred]
    heads.sort(key=clause.distance)
    for head in heads:
        preposition = parse.heads[head]
        word = parse.words[preposition].lower()
        if (
            word not in _LEADING
            or preposition in clause.content
            or not _in_clause(parse, clause, preposition)
        ):
            continue
        mention = noun_phrase(parse, head, barred, _DETAILS)
        short = noun_phrase(parse, head, barred)
        if is_outlet(parse, named_by_apposition(parse, short, barred)):
            yield short
        elif word in carrier_prepositions(parse, short):
            yield _aired_by(parse, head, barred) or mention


def _in_clause(parse: Parse, clause: CueClause, preposition: int) -> bool:
    """Return whether a preposition's phrase belongs to the cue's clause itself or opens or ends it."""
    governor = parse.heads[preposition]
    if governor in clause.chain or governor in clause.participles or governor in clause.content:
        return True
    if parse.pos[governor] in ("VERB", "AUX"):
        return governor in clause.chain
    # "said in a speech on Twitter": under a noun it counts when that noun is in a phrase of the cue.
    return parse.pos[preposition - 1] != "PUNCT" and _near(parse, clause, governor)


def _near(parse: Parse, clause: CueClause, noun: int) -> bool:
    for _ in range(6):
        if (
            parse.deps[noun] in ("nsubj", "nsubjpass", "poss", "appos", "conj", "compound")
            or parse.heads[noun] == noun
        ):
            return False
        if noun in clause.chain or noun in clause.participles:
            return True
        if parse.pos[noun] in ("VERB", "AUX"):
            return noun in clause.content
        if parse.deps[noun] == "prep" and parse.words[noun].lower() not in ("in", "at", "during", "on"):
            return False
        noun = parse.heads[noun]
    return False


def _aired_by(parse: Parse, head: int, barred: frozenset[int]) -> Mention | None:
    """Return the outlet that an interview was given to ("in an interview with the BBC")."""
    if parse.lemmas[head] not in (
        "interview",
        "podcast",
        "statement",
        "comment",
        "email",
        "e-mail",
        "message",
        "text",
    ):
        return None
    for child in parse.children[head]:
        if parse.deps[child] == "prep" and parse.words[child].lower() in _AIRING:
            inner = parse.child(child, "pobj")
            if inner is None or inner in barred:
                continue
            mention = noun_phrase(parse, inner, barred)
            if is_outlet(parse, named_by_apposition(parse, mention, barred)):
                return mention
    return None


def _announced(scene: _Scene) -> Iterator[Mention]:
    """Yield the document that "saying" opens: "issued a statement saying", "a letter warning"."""
    parse, candidate, barred = scene.parse, scene.candidate, scene.barred
    verb = candidate.cue_head
    assert verb is not None
    if parse.tags[verb] != "VBG" or parse.deps[verb] not in ("acl", "advcl"):
        return
    governor = parse.heads[verb]
    if parse.deps[verb] == "advcl" and parse.lemmas[governor] not in _ISSUING:
        # "mocked the complaint, saying": the complaint is another's.
        return
    noun = governor if parse.deps[verb] == "acl" else parse.child(governor, "dobj")
    if noun is None or noun in barred or noun > verb or parse.pos[noun] != "NOUN":
        return
    mention = noun_phrase(parse, noun, barred, _DETAILS)
    if "in" in carrier_prepositions(parse, noun_phrase(parse, noun, barred)):
        yield mention


def _according_to(scene: _Scene) -> Iterator[Mention]:
    """Yield the document or outlet behind "according to" when the cue is another."""
    parse, clause, barred = scene.parse, scene.clause, scene.barred
    outside = clause.outside
    if not outside or "according" not in parse.span(outside[0], outside[-1]).of(parse.text).lower():
        return
    for token in [t for t in outside if parse.words[t].lower() == "according"]:
        if token in barred or token + 1 >= len(parse):
            continue
        preposition = token + 1
        head = parse.child(preposition, "pobj")
        if parse.words[preposition].lower() != "to" or head is None or head in barred:
            continue
        mention = noun_phrase(parse, head, barred, _DETAILS)
        short = noun_phrase(parse, head, barred)
        named = named_by_apposition(parse, short, barred)
        if is_outlet(parse, named) or carrier_prepositions(parse, short):
            yield short if is_outlet(parse, named) else mention


def _reporting_outlet(scene: _Scene) -> Iterator[Mention]:
    """Yield the outlet of an inserted "Reuters reported" or "as quoted by TASS"."""
    parse, clause, barred = scene.parse, scene.clause, scene.barred
    for verb in [t for t in clause.outside if parse.lemmas[t] in _QUOTING]:
        if verb in clause.chain or verb in barred or parse.pos[verb] != "VERB":
            continue
        head = parse.child(verb, "nsubj")
        if head is None:
            agent = parse.child(verb, "agent")
            head = parse.child(agent, "pobj") if agent is not None else None
        if head is None or head in barred:
            continue
        mention = noun_phrase(parse, head, barred)
        if is_outlet(parse, named_by_apposition(parse, mention, barred)):
            yield mention
