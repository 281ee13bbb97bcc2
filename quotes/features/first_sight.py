"""The few features by which most proposals are refused before anything else is computed.

Every verb with an object is a proposal, and nine in ten verbs never attribute
anything. Cue, frame and the shape of the content's beginning tell that; they
cost a tenth of what all features cost.
"""

from __future__ import annotations

from quotes.frames.proposal import Proposal
from quotes.frames.setting import Setting


def first_sight_features(setting: Setting, proposal: Proposal) -> list[str]:
    """Return the features of a proposal that decide whether it gets a first look.

    Args:
        setting: The document's setting.
        proposal: The proposal.
    """
    parse, frame, argument = setting.parse, proposal.frame, proposal.argument
    first = proposal.variants[0].pieces[0][0]
    quoted = setting.quotation_at[first] >= 0
    out = [
        f"frame={frame}",
        f"content quoted={quoted}|{frame}",
        f"without speaker={proposal.speaker is None}|{frame}",
    ]
    if proposal.cue_head is None:
        return out
    cue = parse.lemmas[proposal.cue_head]
    dep = parse.deps[proposal.cue_head]
    tag = parse.tags[proposal.cue_head]
    out += [
        f"cue={cue}",
        f"frame+cue={frame}|{cue}",
        f"frame+tag={frame}|{tag}",
        f"frame+dependency={frame}|{dep}",
    ]
    if argument is not None:
        opening = parse.lemmas[parse.left[argument]]
        out += [
            f"argument tag={parse.tags[argument]}|{frame}",
            f"opening={opening}|{frame}",
            f"opening+cue={opening}|{cue}",
        ]
    return out
