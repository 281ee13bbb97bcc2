"""Named, readable features of a proposal, for the scorer.

A feature is a short text such as ``cue=say`` or ``frame+cue=infinitive|urge``.
All are binary; numbers are put into buckets. The names are what
``quotes explain`` prints.
"""

from __future__ import annotations

from quotes.features.argument import argument_features
from quotes.features.cue import cue_features
from quotes.features.quotation import quotation_features
from quotes.features.readings import reading_features
from quotes.features.values import (
    LENGTHS,
    attitudes,
    bucket,
    determiner_of,
    quoted_share,
    speaking_kinds,
)
from quotes.frames.proposal import Proposal
from quotes.frames.setting import Setting
from quotes.parse import Parse

__all__ = ["bucket", "features_of", "reading_features"]


def features_of(setting: Setting, proposal: Proposal) -> list[str]:
    """Return the features of a proposal, whatever reading of its content is taken.

    Args:
        setting: The document's setting.
        proposal: The proposal.

    Returns:
        Feature names; neither their order nor how often one stands there means anything.
    """
    frame = proposal.frame
    out = ["bias", f"frame={frame}", *_place(setting, proposal)]
    if proposal.cue_head is not None:
        out += cue_features(setting, proposal)
    out += _speaker(setting.parse, proposal)
    if proposal.argument is not None:
        out += argument_features(setting, proposal)
    if proposal.quotation is not None:
        out += quotation_features(setting, proposal)
    out += _content(setting, proposal)
    return out


def _place(setting: Setting, proposal: Proposal) -> list[str]:
    first = proposal.variants[0].pieces[0][0]
    sentence = setting.parse.sentence_bounds[setting.parse.sentences[first]]
    return [
        f"sentence opens={setting.parse.lemmas[sentence[0]]}|{proposal.frame}",
        f"sentence length={bucket(sentence[1] - sentence[0], LENGTHS)}|{proposal.frame}",
    ]


def _speaker(parse: Parse, proposal: Proposal) -> list[str]:
    frame = proposal.frame
    if proposal.speaker is None:
        return []
    head = proposal.speaker.head
    lemma, pos = parse.lemmas[head], parse.pos[head]
    out = [
        f"speaker part of speech={pos}|{frame}",
        f"speaker determiner={determiner_of(parse, head)}|{frame}",
    ]
    if pos != "PROPN":
        out.append(f"speaker={lemma}")
    out += [f"speaker kind={kind}|{frame}" for kind in speaking_kinds().get(lemma, ())]
    if proposal.cue_head is not None and head > proposal.cue_head:
        out.append(f"speaker after|{frame}")
    return out


def _content(setting: Setting, proposal: Proposal) -> list[str]:
    parse, frame, variant = setting.parse, proposal.frame, proposal.variants[0]
    length = sum([b - a + 1 for a, b in variant.pieces])
    share, behind = quoted_share(setting, variant), variant.pieces[-1][1] + 1
    out = [
        f"length={bucket(length, LENGTHS)}|{frame}",
        f"quoted={share}|{frame}",
        f"word behind content={parse.lemmas[behind] if behind < len(parse) else 'none'}|{frame}",
    ]
    if proposal.cue_head is not None:
        lemma = parse.lemmas[proposal.cue_head]
        attitude = attitudes().get(lemma, "none")
        out += [f"quoted+cue={share}|{lemma}", f"quoted+attitude={share}|{attitude}|{frame}"]
    return out
