"""Features of a quotation and of what lies between it and its cue, or the quotation before it."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.candidates.pieces import is_title
from quotes.lexicon.entries import attitudes
from quotes.scoring.features.values import DISTANCES, LENGTHS, bucket
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_FARTHEST = 120
"""Most tokens before a quotation without a cue in which the one before it is looked for."""
_LONGEST_WAY_UP = 30
_LONGEST_SENTENCE = 80


def quotation_features(article: Article, candidate: Candidate) -> list[str]:
    """Return the features of a candidate whose content is a quotation."""
    first, last = candidate.extents[-1].pieces[0][0], candidate.extents[-1].pieces[-1][1]
    out = _look(article, candidate, first)
    if candidate.cue_head is None:
        return out + _floating(article, first)
    return out + _link(article, candidate, first, last)


def _look(article: Article, candidate: Candidate, first: int) -> list[str]:
    """What a quotation looks like, and what leads to it."""
    parse, text, rule = article.parse, article.parse.text, candidate.rule
    assert candidate.quotation is not None
    quotation = article.quotations[candidate.quotation]
    inner = quotation.inner.of(text)
    before = text[max(0, quotation.outer.start - 2) : quotation.outer.start].strip()[-1:]
    after = text[quotation.outer.end : quotation.outer.end + 2].strip()[:1]
    ending = inner[-1:] if inner[-1:] in ",.?!;:…-—" else "word"
    start_kind = "capital" if inner[:1].isupper() else "lower"
    words = inner.count(" ") + 1
    out = [
        f"quotation ending={ending}|{rule}",
        f"quotation start={start_kind}|{rule}",
        f"quotation edges={before or 'edge'}|{after or 'edge'}|{rule}",
        f"quotation size={bucket(words, LENGTHS)}|{rule}",
        f"quotation look={start_kind}|{ending}|{bucket(words, (1, 2, 4, 8))}|{rule}",
        f"word before quotation={parse.lemmas[first - 2] if first > 1 else 'none'}|{before}|{rule}",
        f"opens sentence={parse.sentences[max(first - 2, 0)] != parse.sentences[first]}|{rule}",
    ]
    if candidate.cue_head is not None and ending == "word" and is_title(inner):
        attitude = attitudes().get(parse.lemmas[candidate.cue_head], "none")
        out.append(f"title={bucket(words, (1, 2, 4, 8))}|{attitude}|{rule}")
    if not quotation.closed:
        out.append(f"not closed|{rule}")
    body = article.document.paragraphs[quotation.paragraph].body
    if len(body) - len(quotation.outer) <= 2:
        out.append(f"whole paragraph|{rule}")
    return out


def _link(article: Article, candidate: Candidate, first: int, last: int) -> list[str]:
    """How a quotation and a verb hang together."""
    parse, verb, rule = article.parse, candidate.cue_head, candidate.rule
    assert verb is not None
    lemma, speaker = parse.lemmas[verb], candidate.speaker
    after = verb > last
    low, high = (last + 1, verb) if after else (verb + 1, first)
    between, at = range(low, high), article.quotation_at
    verbs = sum(parse.pos[t] == "VERB" and at[t] < 0 for t in between)
    stops = sum(parse.words[t] in (".", "?", "!") and at[t] < 0 for t in between)
    others = {at[t] for t in between} - {-1, at[first]}
    gap = parse.text[parse.ends[low - 1] : parse.starts[high]] if low < high else ""
    governed = _governed(parse, verb, first, last)
    complements = [c for c in parse.children_with(verb, "ccomp", "dobj", "xcomp") if not first <= c <= last]
    own = "/".join(sorted({parse.deps[c] for c in complements})) or "none"
    return [
        f"distance={bucket(high - low, DISTANCES)}|{rule}",
        f"verbs between={min(verbs, 3)}|{rule}",
        f"verbs between+cue={min(verbs, 2)}|{lemma}",
        f"stops between={min(stops, 2)}|{rule}",
        f"quotations between={min(len(others), 2)}|{rule}",
        f"paragraph break={parse.paragraphs[verb] != parse.paragraphs[first]}|{rule}",
        f"sentence apart={abs(parse.sentences[verb] - parse.sentences[last if after else first])}|{rule}",
        f"governed={governed}|{rule}",
        f"governed+cue={governed}|{lemma}",
        f"nearest={verbs == 0}|{governed}|{stops > 0}|{rule}",
        f"nearest+attitude={verbs == 0}|{stops > 0}|{attitudes().get(lemma, 'none')}|{rule}",
        f"colon between={':' in gap}|{rule}",
        f"own complement={own}|{rule}",
        f"own complement+cue={own}|{lemma}",
        f"speaker nearer={speaker is not None and low <= speaker.head < high}|{rule}",
        f"resumed={candidate.extents[0].name == 'resumed'}|{rule}",
    ]


def _governed(parse: Parse, verb: int, first: int, last: int) -> str:
    """Return the label by which a verb governs the quotation, "no" when it does not."""
    for token in (first, last):
        step, child = token, token
        for _ in range(_LONGEST_WAY_UP):
            if step == verb:
                return parse.deps[child]
            if parse.heads[step] == step:
                break
            child, step = step, parse.heads[step]
    return "no"


def _floating(article: Article, first: int) -> list[str]:
    """What stands between a quotation without a cue and the one before it."""
    parse = article.parse
    at = article.quotation_at
    before = range(first - 1, max(-1, first - 1 - _FARTHEST), -1)
    previous = next((t for t in before if at[t] >= 0 and at[t] != at[first]), None)
    if previous is None:
        start = parse.sentence_bounds[max(0, parse.sentences[first] - 2)][0]
        told = [lemma for lemma in parse.lemmas[start:first] if attitudes().get(lemma) == "statement"]
        return ["no quotation before", f"cue before={told[-1] if told else 'none'}"]
    breaks = parse.paragraphs[first] - parse.paragraphs[previous]
    start, end = parse.sentence_bounds[parse.sentences[first]]
    own = [
        parse.lemmas[t]
        for t in range(start, min(end, first + _LONGEST_SENTENCE))
        if parse.pos[t] == "VERB" and at[t] < 0
    ]
    saying = [
        parse.lemmas[t]
        for t in range(previous + 1, first)
        if attitudes().get(parse.lemmas[t]) == "statement" and parse.pos[t] == "VERB"
    ]
    return [
        f"paragraphs since={min(breaks, 3)}",
        f"tokens since={bucket(first - previous, (2, 4, 8, 16, 32, 64))}|{min(breaks, 2)}",
        f"sentences since={min(parse.sentences[first] - parse.sentences[previous], 4)}|{min(breaks, 2)}",
        f"verb in its sentence={own[0] if own else 'none'}",
        f"stands alone={not own}|{min(breaks, 2)}",
        f"saying between={saying[-1] if saying else 'none'}|{min(breaks, 2)}",
    ]
