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
from quotes.parse import Parse

_ACCORDING = frozenset({"accord", "according"})
_PREPOSITIONS = _ACCORDING | {"per"}
_VERBS = frozenset({"AUX", "VERB"})
_NOUNS = frozenset({"NOUN", "PROPN"})

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
        if lemma in _PREPOSITIONS:
            out += _from_preposition(setting, token)
        elif not children:
            continue  # nothing can be what it introduces
        elif pos in _VERBS:
            if _is_verb(parse, token):
                out += _from_verb(setting, token)
        elif children[-1] > token and pos in _NOUNS:
            out += noun_frames(setting, token)
        elif children[-1] > token and pos == "ADJ":
            out += adjective_frames(setting, token)
    out.extend(quotation_frames(setting, quoted_texts(parse, setting.quotations)))
    out.extend(label_frames(setting.document, parse))
    return tuple(out)


def _is_verb(parse: Parse, token: int) -> bool:
    """Return whether a word is a verb with a clause of its own."""
    return parse.pos[token] == "VERB" or (
        parse.pos[token] == "AUX" and parse.deps[token] not in ("aux", "auxpass")
    )


def _from_verb(setting: Setting, verb: int) -> Iterable[Proposal]:
    """Propose what a verb can introduce."""
    return chain(verb_frames(setting, verb), parenthetical(setting, verb), as_clause(setting, verb))


def _from_preposition(setting: Setting, token: int) -> Iterable[Proposal]:
    """Propose what "according" and "per" introduce."""
    if setting.parse.lemmas[token] in _ACCORDING:
        return according_to(setting, token)
    return _from_verb(setting, token) if _is_verb(setting.parse, token) else per_source(setting, token)
