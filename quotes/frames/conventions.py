"""Fits a chosen content to the output contract.

Things the contract settles that corpora settle differently or not at all:
whoever is asked to do something is the addressee and no part of the content;
the writer's comment on what was said is no part of it either; and "that A and
that B" is two statements.
"""

from __future__ import annotations

from quotes.frames.pieces import trimmed_pieces
from quotes.frames.proposal import Proposal, Range, Variant
from quotes.frames.setting import Setting
from quotes.lexicon import words
from quotes.parse import Parse

_CONJUNCTIONS = frozenset({"and", "but", "or"})


def fitted(setting: Setting, proposal: Proposal, variant: Variant) -> tuple[Variant, ...]:
    """Return the contents that the contract makes of a chosen reading, in text order.

    Of "urged residents [to boil their water]" the infinitive is left; of "said
    [that the flood had come] and [that eleven ledgers were lost]" two contents.

    Args:
        setting: The document's setting.
        proposal: The chosen proposal.
        variant: Its chosen reading.
    """
    parse = setting.parse
    if proposal.cue_head is None or proposal.quotation is not None or len(variant.pieces) > 1:
        return (variant,)
    piece = variant.pieces[0]
    if parse.lemmas[proposal.cue_head] in words("request_verbs"):
        piece = _infinitive(parse, proposal.cue_head, piece) or piece
    piece = _without_comment(parse, piece)
    return tuple(Variant(variant.name, (part,)) for part in _clauses(setting, proposal, piece))


def _without_comment(parse: Parse, piece: Range) -> Range:
    """Leave out the writer's own comment at the end ("..., in a seemingly direct invitation to stay")."""
    first, last = piece
    for token in range(first + 2, last - 1):
        if parse.lemmas[token] != "in" or parse.words[token - 1] != "," or parse.pos[token + 1] not in ("DET", "PRON"):
            continue
        noun = parse.child(token, "pobj")
        if noun is not None and parse.lemmas[noun] in words("comment_nouns") and parse.right[noun] >= last - 1:
            return first, token - 2
    return piece


def _infinitive(parse: Parse, cue: int, piece: Range) -> Range | None:
    """Return the "to ..." behind whoever is asked, None where the content is another one."""
    first, last = piece
    if first < cue:
        return None
    for token in range(first, min(last, first + 14) + 1):
        if parse.tags[token] == "TO" and token < last and parse.tags[token + 1][:2] in ("VB", "RB"):
            start = token - 1 if token > first and parse.deps[token - 1] == "neg" else token
            return (start, last) if start > first else None
        if parse.pos[token] in ("VERB", "AUX", "PUNCT", "SCONJ"):
            return None
    return None


def _clauses(setting: Setting, proposal: Proposal, piece: Range) -> tuple[Range, ...]:
    """Cut a content before each "and that" that begins a clause of the same rank."""
    parse = setting.parse
    first, last = piece
    cuts = []
    for token in range(first + 2, last):
        if parse.lemmas[token] != "that" or parse.deps[token] != "mark" or setting.quotation_at[token] >= 0:
            continue
        if parse.lemmas[token - 1] in _CONJUNCTIONS and _same_rank(parse, proposal, token, first):
            cuts.append(token)
    starts = [first, *cuts]
    ends = [*(cut - 2 for cut in cuts), last]
    parts = trimmed_pieces(parse, zip(starts, ends, strict=True))
    return parts if len(parts) == len(starts) else (piece,)


def _same_rank(parse: Parse, proposal: Proposal, that: int, first: int) -> bool:
    """Return whether a "that"-clause is coordinated with the content and not with a part of it."""
    verb = parse.heads[that]
    for _ in range(4):
        if verb in (proposal.argument, proposal.cue_head):
            return True
        if parse.deps[verb] not in ("conj", "ccomp") or parse.heads[verb] == verb:
            return False
        verb = parse.heads[verb]
        if verb < first and verb != proposal.cue_head:
            return False
    return False
