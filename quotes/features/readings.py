"""Features of one reading of a content against the others."""

from __future__ import annotations

from quotes.features.values import LENGTHS, bucket, quoted_share
from quotes.frames.proposal import Proposal, Variant
from quotes.frames.setting import Setting
from quotes.parse import Parse

_DATES = frozenset({"DATE", "TIME"})


def reading_features(setting: Setting, proposal: Proposal, variant: Variant) -> list[str]:
    """Return the features of one reading of a proposal's content.

    Args:
        setting: The document's setting.
        proposal: The proposal.
        variant: One of its variants.
    """
    parse, frame, name = setting.parse, proposal.frame, variant.name
    first, last = variant.pieces[0][0], variant.pieces[-1][1]
    plain = proposal.variants[0].pieces
    cut = plain[-1][1] - last
    lemma = parse.lemmas[proposal.cue_head] if proposal.cue_head is not None else "none"
    out = [
        f"reading+cue={name}|{lemma}",
        f"reading quoted={quoted_share(setting, variant)}|{name}",
        f"reading pieces={len(variant.pieces)}|{name}|{frame}",
        f"reading length={bucket(sum([b - a + 1 for a, b in variant.pieces]), LENGTHS)}|{frame}",
        f"first word={parse.lemmas[first]}|{name}",
        *_end(parse, last),
    ]
    if cut:
        out += _phrase(
            parse,
            proposal,
            "cut" if cut > 0 else "added",
            min(last, plain[-1][1]) + 1,
            max(last, plain[-1][1]),
        )
    for other in proposal.variants:
        if other is not variant and other.pieces[-1][1] > last:
            out += _phrase(parse, proposal, "beyond", last + 1, other.pieces[-1][1])
            break
    return out


def _end(parse: Parse, last: int) -> list[str]:
    """What stands where a reading ends."""
    if last + 1 >= len(parse):
        return ["ends text"]
    return [
        f"next tag={parse.tags[last + 1]}|{parse.deps[last + 1]}",
        f"last word={parse.lemmas[last]}",
    ]


def _phrase(parse: Parse, proposal: Proposal, how: str, start: int, end: int) -> list[str]:
    """Describe the phrase by which a reading is shorter or longer than the plain one."""
    comma = parse.words[start] in (",", "-", "—", "–", "--", ";", "(")
    while start < end and parse.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    token = start
    for _ in range(15):
        parent = parse.heads[token]
        if parent == token or parent < start or parent > end:
            break
        token = parent
    dep, tag, word = parse.deps[token], parse.tags[token], parse.lemmas[start]
    cue = parse.lemmas[proposal.cue_head] if proposal.cue_head is not None else "none"
    parent = parse.heads[token]
    to = (
        "cue"
        if parent == proposal.cue_head
        else "argument"
        if parent == proposal.argument
        else parse.pos[parent]
    )
    entity = parse.entity_types[token]
    dated = not _DATES.isdisjoint(parse.entity_types[start : min(end, start + 4) + 1])
    return [
        f"{how}={dep}|{tag}|{comma}",
        f"{how} word={word}|{comma}",
        f"{how} word+dependency={word}|{dep}",
        f"{how} word+cue={word}|{cue}",
        f"{how} head={parse.lemmas[token]}|{dep}",
        f"{how} to={to}|{dep}|{comma}",
        f"{how} dated={dated}|{dep}",
        f"{how} entity={entity}|{word}",
        f"{how} frame={proposal.frame}|{dep}|{comma}",
        f"{how} pair={word}|{parse.lemmas[min(start + 1, len(parse) - 1)]}",
    ]
