"""Features of a name: of the mention that has it, and of how the mention got it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.candidates.candidate import Candidate, Identity
from quotes.lexicon.entries import pronoun
from quotes.scoring.features.values import bucket, quoted_share
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse

_CHANCES, _LENGTHS, _BETWEEN = (65, 80, 90, 95, 98), (1, 2, 3, 5, 8, 12), (0, 1, 2, 4, 8)
_NAME_LENGTHS, _DISTANCES, _RIVALS = (1, 2, 3, 5), (0, 1, 2, 4), (0, 1, 2)
_ODD_SIGN = re.compile(r"[^\w\s.,&’'-]|[\d_]")
_WORD = re.compile(r"\w+")


def mention_features(article: Article, candidate: Candidate) -> list[str]:
    """Return the features that tell whether the speaker is the one who says the words; none without a mention."""
    mention, parse, cue = candidate.speaker, article.parse, candidate.cue_head
    if mention is None or cue is None:
        return []
    head, span = mention.head, parse.tokens_in(mention.span)
    content = candidate.pieces[0][0]
    between = range(span.stop, cue) if head < cue else range(cue + 1, span.start)
    places = sorted([(head, "speaker"), (cue, "cue"), (content, "content")])
    opening = parse.pos[content] if parse.pos[content] in ("VERB", "AUX") else "other"
    return [
        "bias",
        f"probability={bucket(int(100 * candidate.probability), _CHANCES)}",
        f"mention={parse.entity_types[head] or 'none' if parse.pos[head] == 'PROPN' else parse.pos[head]}",
        f"mention dependency={parse.deps[head]}",
        f"mention length={bucket(len(span), _LENGTHS)}",
        f"mention under cue={parse.heads[head] == cue}",
        f"order={' '.join(name for _, name in places)}|{opening}",
        f"words to cue={bucket(sum(map(parse.is_word, between)), _BETWEEN)}",
        f"noun to cue={any(parse.pos[token] in ('PROPN', 'NOUN') for token in between)}",
        f"cue part of speech={parse.pos[cue]}",
        f"passive cue={parse.is_passive(cue)}",
        f"content quoted={quoted_share(article, candidate.extent or candidate.extents[0])}",
    ]


def name_features(article: Article, candidate: Candidate, role: str, identity: Identity) -> list[str]:
    """Return the features of a name that a mention in a role was given."""
    name, how, found = identity.name or "", identity.resolved_by, identity.resolution
    mention: Mention | None = getattr(candidate, role)
    out = [
        "bias",
        f"role={role}",
        f"resolved by={how}",
        f"name type={identity.type}",
        f"rivals={bucket(found.rivals, _RIVALS)}|{how}",
        f"sentences back={bucket(found.distance, _DISTANCES)}|{how}",
        f"full name={found.full}|{how}",
        f"name length={bucket(len(name.split()), _NAME_LENGTHS)}|{how}",
        f"name capitals={_capitals(name.split())}|{how}",
    ]
    if _ODD_SIGN.search(name):
        out.append("odd sign")
    if " and " in name:
        out.append("joined name")
    return out if mention is None else out + _in_mention(article.parse, mention, identity)


def _capitals(words: Sequence[str]) -> str:
    """Return whether all, some or none of the words of a name have a capital."""
    capital = [not word[0].islower() for word in words]
    return "all" if all(capital) else "some" if any(capital) else "none"


def _in_mention(parse: Parse, mention: Mention, identity: Identity) -> list[str]:
    """Return how well a name goes with the words that stand for it."""
    head, how, kind = mention.head, identity.resolved_by, identity.type
    if how == "pronoun" and pronoun(parse.lower(head)) is not None:
        return [f"pronoun={parse.lower(head)}|{kind}"]
    if parse.pos[head] != "PROPN":
        number = "plural" if parse.is_plural(head) else "singular"
        is_indefinite = parse.is_indefinite(head)
        article = "definite" if parse.is_definite(head) else "indefinite" if is_indefinite else "bare"
        return [f"noun={parse.pos[head]}|{kind}", f"description={article} {number}|{kind}|{how}"]
    label = f"recognised as={parse.entity_types[head] or 'nothing'}|{kind}"
    last = _WORD.findall(mention.span.of(parse.text).removesuffix("’s").removesuffix("'s"))[-1:]
    return [label, f"ends as mention={last == _WORD.findall(identity.name or '')[-1:]}|{how}"]
