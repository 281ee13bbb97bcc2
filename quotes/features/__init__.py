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
from quotes.features.values import DISTANCES, LENGTHS, bucket, quoted_share
from quotes.frames.proposal import Proposal
from quotes.frames.setting import Setting
from quotes.lexicon import words
from quotes.parse import Parse

__all__ = ["bucket", "features_of", "reading_features"]

_SPEAKER_KINDS = ("person_nouns", "organization_nouns", "group_nouns", "document_nouns", "place_nouns")


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
    paragraph = setting.parse.paragraphs[first]
    kind = setting.document.paragraphs[paragraph].kind
    sentence = setting.parse.sentence_bounds[setting.parse.sentences[first]]
    return [
        f"place={kind}",
        f"first paragraph={min(paragraph, 2)}|{kind}",
        f"sentence opens={setting.parse.lemmas[sentence[0]]}|{proposal.frame}",
        f"sentence length={bucket(sentence[1] - sentence[0], LENGTHS)}|{proposal.frame}",
    ]


def _speaker(parse: Parse, proposal: Proposal) -> list[str]:
    frame = proposal.frame
    if proposal.speaker is None:
        return [f"no speaker|{frame}"]
    head = proposal.speaker.head
    lemma, pos, entity = parse.lemmas[head], parse.pos[head], parse.entity_types[head] or "none"
    out = [
        f"speaker part of speech={pos}|{frame}",
        f"speaker entity={entity}|{frame}",
        f"speaker dependency={parse.deps[head]}|{frame}",
    ]
    if pos != "PROPN":
        out.append(f"speaker={lemma}")
    out += [f"speaker kind={kind}|{frame}" for kind in _SPEAKER_KINDS if lemma in words(kind)]
    if pos in ("NOUN", "PROPN"):
        modifier = parse.lemmas[head - 1] if head else "none"
        out.append(f"speaker opens={parse.lemmas[parse.left[head]]}|{frame}")
        out.append(f"speaker modifier={modifier}|{frame}")
    if proposal.cue_head is not None:
        side = "before" if head < proposal.cue_head else "after"
        out += [
            f"speaker {side}|{frame}",
            f"speaker+attitude={entity}|{pos}|{parse.lemmas[proposal.cue_head]}",
        ]
        out.append(f"speaker distance={bucket(abs(head - proposal.cue_head), DISTANCES)}|{side}")
    return out


def _content(setting: Setting, proposal: Proposal) -> list[str]:
    parse, frame, variant = setting.parse, proposal.frame, proposal.variants[0]
    length = sum(b - a + 1 for a, b in variant.pieces)
    share = quoted_share(setting, variant)
    out = [
        f"length={bucket(length, LENGTHS)}|{frame}",
        f"quoted={share}|{frame}",
        f"pieces={len(variant.pieces)}|{frame}",
    ]
    if proposal.cue_head is not None:
        lemma = parse.lemmas[proposal.cue_head]
        out += [f"quoted+cue={share}|{lemma}", f"length+cue={bucket(length, LENGTHS)}|{lemma}"]
    return out
