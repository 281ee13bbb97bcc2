"""Frames whose cue is a noun or an adjective with a content of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.frames.cue import cue_phrase
from quotes.frames.governed import governed, objects_of
from quotes.frames.mentions import mention_of
from quotes.frames.proposal import Proposal
from quotes.frames.setting import Setting
from quotes.frames.sight import PREPOSITIONAL_FRAME
from quotes.frames.subjects import owner_of, subject_of
from quotes.parse import Parse

_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl", "xcomp"})


def noun_frames(setting: Setting, noun: int) -> Iterator[Proposal]:
    """Propose the clause or prepositional phrase behind a noun.

    "His <assurance> that [drivers would be paid]"; a wrong one would be
    "the <house> that [Jack built]".
    """
    parse = setting.parse
    behind = [c for c in parse.children[noun] if c > noun and _can_hold_content(parse, c)]
    likely = setting.worth(noun, _contents(parse, behind, "noun_clause"))
    if not likely:
        return
    owner = owner_of(parse, noun)
    wanted = setting.worth(noun, likely, has_speaker=owner is not None)
    if wanted:
        speaker = None if owner is None else mention_of(parse, owner)
        for frame, argument in wanted:
            yield from governed(setting, frame, (noun,), noun, argument, speaker)


def _contents(parse: Parse, behind: Sequence[int], clause: str) -> list[tuple[str, int]]:
    """Return the frame and the head of each content that a cue may have.

    Args:
        parse: The parse.
        behind: Dependents of the cue: clauses, and prepositions that lead to a content.
        clause: Name of the frame of the clauses.
    """
    found: list[tuple[str, int]] = []
    for child in behind:
        if parse.deps[child] == "prep":
            found += [(PREPOSITIONAL_FRAME, target) for target in objects_of(parse, child)]
        else:
            found.append((clause, child))
    return found


def _can_hold_content(parse: Parse, child: int) -> bool:
    """Return whether a dependent behind a noun is a clause, or a preposition that leads to a content."""
    dep = parse.deps[child]
    return dep in _NOUN_CLAUSES or (dep == "prep" and parse.lemmas[child] not in ("by", "from", "in", "at"))


def adjective_frames(setting: Setting, adjective: int) -> Iterator[Proposal]:
    """Propose what an adjective of saying or believing governs ("is <confident> that [it will pass]")."""
    parse = setting.parse
    behind = [
        c
        for c in parse.children[adjective]
        if c > adjective and parse.deps[c] in ("ccomp", "xcomp", "advcl", "prep")
    ]
    likely = setting.worth(adjective, _contents(parse, behind, "adjective_clause"))
    if not likely:
        return
    verb = parse.heads[adjective]
    has_verb = parse.deps[adjective] in ("acomp", "amod", "ROOT", "conj", "oprd", "advcl")
    if not has_verb or parse.pos[verb] not in ("AUX", "VERB"):
        verb = adjective
    subject = subject_of(parse, verb)
    wanted = setting.worth(adjective, likely, has_speaker=subject is not None)
    if wanted:
        speaker = None if subject is None else mention_of(parse, subject)
        cue = (adjective,) if verb == adjective else _run(cue_phrase(parse, verb), adjective)
        for frame, argument in wanted:
            yield from governed(setting, frame, cue, adjective, argument, speaker)


def _run(cue: tuple[int, ...], word: int) -> tuple[int, ...]:
    return tuple(range(cue[0], word + 1)) if cue[0] < word <= cue[-1] + 3 else (word,)
