"""Constructions of the dependency parse that attribute a content to a speaker.

One small function per construction. Each proposes freely: recall is its job,
and the scorer decides. The frame's name is the statement's rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.frames.clauses import verb_frames
from quotes.frames.insertions import according_to, as_clause, parenthetical, per_source
from quotes.frames.labels import label_frames
from quotes.frames.nouns import adjective_frames, noun_frames
from quotes.frames.proposal import Proposal, Variant
from quotes.frames.quotations import quotation_frames, quoted_texts
from quotes.frames.setting import Setting, setting_of

_PREPOSITIONS = frozenset({"accord", "according", "per"})
_ACCORDING = ("accord", "according")
_CUES = frozenset({"ADJ", "AUX", "NOUN", "PROPN", "VERB"})

__all__ = ["Proposal", "Setting", "Variant", "propose", "setting_of"]


def propose(setting: Setting) -> tuple[Proposal, ...]:
    """Return every possible attribution of a document.

    Args:
        setting: The document with its parse and quotations.

    Returns:
        Proposals, in no particular order.
    """
    parse = setting.parse
    out: list[Proposal] = []
    for token, pos in enumerate(parse.pos):
        if pos in _CUES or parse.lemmas[token] in _PREPOSITIONS:
            out.extend(_from_cue(setting, token))
    out.extend(quotation_frames(setting, quoted_texts(parse, setting.quotations)))
    out.extend(label_frames(setting.document, parse))
    return tuple(out)


def _from_cue(setting: Setting, token: int) -> Iterator[Proposal]:
    """Propose what a single word can introduce."""
    parse = setting.parse
    pos = parse.pos[token]
    if parse.lemmas[token] in _ACCORDING:
        yield from according_to(setting, token)
    elif pos == "VERB" or (pos == "AUX" and parse.deps[token] not in ("aux", "auxpass")):
        yield from verb_frames(setting, token)
        yield from parenthetical(setting, token)
        yield from as_clause(setting, token)
    elif parse.lemmas[token] == "per":
        yield from per_source(setting, token)
    elif pos in ("NOUN", "PROPN"):
        yield from noun_frames(setting, token)
    elif pos == "ADJ":
        yield from adjective_frames(setting, token)
