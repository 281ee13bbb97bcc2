"""Frames whose cue is a noun or an adjective with a content of its own."""

from __future__ import annotations

from collections.abc import Container, Iterator

from quotes.candidates.candidate import Candidate
from quotes.candidates.governed import governed, objects_of
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase
from quotes.syntax.mentions import mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.sight import PREPOSITIONAL_FRAME
from quotes.syntax.subjects import owner_of, subject_of

_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl", "xcomp"})
_ADJECTIVE_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})
_NO_CONTENT_BEHIND = frozenset({"by", "from", "in", "at"})
"""Prepositions behind a noun that lead to who spoke, or to where."""


def noun_frames(article: Article, noun: int) -> Iterator[Candidate]:
    """Propose the clause or prepositional phrase behind a noun.

    "His <assurance> that [drivers would be paid]"; a wrong one would be
    "the <house> that [Jack built]".
    """
    parse = article.parse
    likely = article.worth(noun, _contents(parse, noun, "noun_clause", _NOUN_CLAUSES))
    if not likely:
        return
    owner = owner_of(parse, noun)
    wanted = article.still_worth(noun, likely, has_speaker=owner is not None)
    if wanted:
        speaker = None if owner is None else mention_of(parse, owner)
        for frame, argument in wanted:
            yield from governed(article, frame, (noun,), noun, argument, speaker)


def _contents(parse: Parse, cue: int, clause: str, labels: Container[str]) -> list[tuple[str, int]]:
    """Return the frame and the head of each content that may stand behind a noun or an adjective.

    Args:
        parse: The parse.
        cue: The noun or adjective.
        clause: Name of the frame of its clauses.
        labels: Dependency labels of those.
    """
    found: list[tuple[str, int]] = []
    for child in parse.children[cue]:
        if child < cue:
            continue
        dep = parse.deps[child]
        if dep in labels:
            found.append((clause, child))
        elif dep == "prep" and (parse.pos[cue] == "ADJ" or parse.lemmas[child] not in _NO_CONTENT_BEHIND):
            found += [(PREPOSITIONAL_FRAME, target) for target in objects_of(parse, child)]
    return found


def adjective_frames(article: Article, adjective: int) -> Iterator[Candidate]:
    """Propose what an adjective of saying or believing governs ("is <confident> that [it will pass]")."""
    parse = article.parse
    likely = article.worth(adjective, _contents(parse, adjective, "adjective_clause", _ADJECTIVE_CLAUSES))
    if not likely:
        return
    verb = parse.heads[adjective]
    has_verb = parse.deps[adjective] in ("acomp", "amod", "ROOT", "conj", "oprd", "advcl")
    if not has_verb or parse.pos[verb] not in ("AUX", "VERB"):
        verb = adjective
    subject = _maker(parse, adjective) if verb == adjective else None
    if subject is None:
        subject = subject_of(parse, verb)
    wanted = article.still_worth(adjective, likely, has_speaker=subject is not None)
    if wanted:
        speaker = None if subject is None else mention_of(parse, subject)
        cue = (adjective,) if verb == adjective else _run(cue_phrase(parse, verb), adjective)
        for frame, argument in wanted:
            yield from governed(article, frame, cue, adjective, argument, speaker)


def _maker(parse: Parse, adjective: int) -> int | None:
    """Return who makes it clear in "<Kord> made it clear that ..."."""
    above, own = parse.heads[adjective], parse.child(adjective, "nsubj")
    if parse.lemmas[above] != "make" or own is None or parse.lemmas[own] != "it":
        return None
    return subject_of(parse, above)


def _run(cue: tuple[int, ...], word: int) -> tuple[int, ...]:
    return tuple(range(cue[0], word + 1)) if cue[0] < word <= cue[-1] + 3 else (word,)
