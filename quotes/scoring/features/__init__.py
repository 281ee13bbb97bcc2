"""Named, readable features of a candidate, for the scorer.

A feature is a short text such as ``cue=say`` or ``rule+cue=infinitive|urge``.
All are binary; numbers are put into buckets. The names are what
``quotes explain`` prints.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.lexicon.entries import attitudes, speaking_nouns
from quotes.scoring.features.argument import argument_features
from quotes.scoring.features.cue import cue_features
from quotes.scoring.features.extents import extent_features
from quotes.scoring.features.quotation import quotation_features
from quotes.scoring.features.values import LENGTHS, bucket, determiner_of, quoted_share
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

__all__ = ["bucket", "extent_features", "features_of"]


def features_of(article: Article, candidate: Candidate) -> list[str]:
    """Return the features of a candidate, whatever the extent of its content.

    Neither their order nor how often one stands there means anything.
    """
    parse, rule = article.parse, candidate.rule
    sentence = parse.sentence_of(candidate.extents[0].pieces[0][0])
    out = [
        "bias",
        f"rule={rule}",
        f"sentence opens={parse.lemmas[sentence[0]]}|{rule}",
        f"sentence length={bucket(sentence[1] - sentence[0], LENGTHS)}|{rule}",
    ]
    if candidate.cue_head is not None:
        out += cue_features(article, candidate)
    if candidate.speaker is not None:
        out += _speaker(parse, candidate, candidate.speaker.head)
    if candidate.argument is not None:
        out += argument_features(article, candidate)
    if candidate.quotation is not None:
        out += quotation_features(article, candidate)
    return out + _content(article, candidate)


def _speaker(parse: Parse, candidate: Candidate, head: int) -> list[str]:
    lemma, pos, rule = parse.lemmas[head], parse.pos[head], candidate.rule
    out = [f"speaker part of speech={pos}|{rule}", f"speaker determiner={determiner_of(parse, head)}|{rule}"]
    if pos != "PROPN":
        out.append(f"speaker={lemma}")
    out += [f"speaker kind={kind}|{rule}" for kind in speaking_nouns().get(lemma, ())]
    if candidate.cue_head is not None and head > candidate.cue_head:
        out.append(f"speaker after|{rule}")
    return out


def _content(article: Article, candidate: Candidate) -> list[str]:
    parse, rule, extent = article.parse, candidate.rule, candidate.extents[0]
    length = sum([b - a + 1 for a, b in extent.pieces])
    share, after = quoted_share(article, extent), extent.pieces[-1][1] + 1
    out = [
        f"length={bucket(length, LENGTHS)}|{rule}",
        f"quoted={share}|{rule}",
        f"word after content={parse.lemmas[after] if after < len(parse) else 'none'}|{rule}",
    ]
    if candidate.cue_head is not None:
        lemma = parse.lemmas[candidate.cue_head]
        attitude = attitudes().get(lemma, "none")
        out += [f"quoted+cue={share}|{lemma}", f"quoted+attitude={share}|{attitude}|{rule}"]
    return out
