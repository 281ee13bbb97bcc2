"""Constructions of the dependency parse that attribute a content to a speaker.

One small function per construction. Each proposes freely: recall is its job,
and the scorer decides. The frame's name is the statement's rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from quotes.frames.clauses import verb_frames
from quotes.frames.insertions import according_to, as_clause, parenthetical, per_source
from quotes.frames.labels import label_frames
from quotes.frames.nouns import adjective_frames, noun_frames
from quotes.frames.proposal import Proposal, Variant
from quotes.frames.quotations import quotation_frames, quoted_texts
from quotes.frames.setting import Setting, setting_of

_ACCORDING = frozenset({"accord", "according"})
_PREPOSITIONS = _ACCORDING | {"per"}
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
    for token, (pos, lemma, children) in enumerate(zip(parse.pos, parse.lemmas, parse.children, strict=True)):
        if (children and pos in _CUES) or lemma in _PREPOSITIONS:
            out += _from_cue(setting, token)
    out.extend(quotation_frames(setting, quoted_texts(parse, setting.quotations)))
    out.extend(label_frames(setting.document, parse))
    return tuple(out)


def _from_cue(setting: Setting, token: int) -> Iterable[Proposal]:
    """Propose what a single word can introduce."""
    parse = setting.parse
    pos, lemma = parse.pos[token], parse.lemmas[token]
    if lemma in _ACCORDING:
        return according_to(setting, token)
    if pos == "VERB" or (pos == "AUX" and parse.deps[token] not in ("aux", "auxpass")):
        return chain(verb_frames(setting, token), parenthetical(setting, token), as_clause(setting, token))
    if lemma == "per":
        return per_source(setting, token)
    if pos in ("NOUN", "PROPN"):
        return noun_frames(setting, token)
    return adjective_frames(setting, token) if pos == "ADJ" else ()
