"""Features of one extent of a content against the others."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent
from quotes.scoring.features.values import LENGTHS, bucket, quoted_share
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_DATES = frozenset({"DATE", "TIME"})


def extent_features(article: Article, candidate: Candidate, extent: Extent) -> list[str]:
    """Return the features of one of the extents of a candidate's content."""
    parse, rule, name = article.parse, candidate.rule, extent.name
    first, last = extent.pieces[0][0], extent.pieces[-1][1]
    plain = candidate.extents[0].pieces
    cut = plain[-1][1] - last
    lemma = parse.lemmas[candidate.cue_head] if candidate.cue_head is not None else "none"
    out = [
        f"extent+cue={name}|{lemma}",
        f"extent quoted={quoted_share(article, extent)}|{name}",
        f"extent pieces={len(extent.pieces)}|{name}|{rule}",
        f"extent length={bucket(sum([b - a + 1 for a, b in extent.pieces]), LENGTHS)}|{rule}",
        f"first word={parse.lemmas[first]}|{name}",
    ]
    if last + 1 < len(parse):
        out += [f"next tag={parse.tags[last + 1]}|{parse.deps[last + 1]}", f"last word={parse.lemmas[last]}"]
    else:
        out.append("ends text")
    if cut > 0:
        out += _phrase(parse, candidate, "cut", last + 1, plain[-1][1])
    elif cut < 0:
        out += _phrase(parse, candidate, "added", _beyond(extent, plain[-1][1]), last)
    for other in candidate.extents:
        if other is not extent and other.pieces[-1][1] > last:
            out += _phrase(parse, candidate, "beyond", _beyond(other, last), other.pieces[-1][1])
            break
    return out


def _beyond(extent: Extent, last: int) -> int:
    """Return where an extent goes on after a token: what resumes after a cue begins after the cue."""
    return max(last + 1, extent.pieces[-1][0])


def _phrase(parse: Parse, candidate: Candidate, how: str, start: int, end: int) -> list[str]:
    """Describe the phrase by which an extent is shorter or longer than the plain one."""
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
    cue = parse.lemmas[candidate.cue_head] if candidate.cue_head is not None else "none"
    parent = parse.heads[token]
    roles = {candidate.argument: "argument", candidate.cue_head: "cue"}
    dated = not _DATES.isdisjoint(parse.entity_types[start : min(end, start + 4) + 1])
    return [
        f"{how}={dep}|{tag}|{comma}",
        f"{how} word={word}|{comma}",
        f"{how} word+dependency={word}|{dep}",
        f"{how} word+cue={word}|{cue}",
        f"{how} head={parse.lemmas[token]}|{dep}",
        f"{how} to={roles.get(parent, parse.pos[parent])}|{dep}|{comma}",
        f"{how} dated={dated}|{dep}",
        f"{how} entity={parse.entity_types[token]}|{word}",
        f"{how} rule={candidate.rule}|{dep}|{comma}",
        f"{how} pair={word}|{parse.lemmas[min(start + 1, len(parse) - 1)]}",
    ]
