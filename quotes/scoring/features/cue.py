"""Features of a cue: the word, its form, its place in the sentence and its dependents."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.lexicon.entries import attitudes
from quotes.scoring.features.values import AUXILIARIES, determiner_of
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_COMPLEMENTS = frozenset({"dobj", "xcomp", "prep", "acomp", "attr", "npadvmod", "oprd"})
_NOT_IN_SHAPE = frozenset({"punct", "advmod", "cc", "aux", "neg"})


def cue_features(article: Article, candidate: Candidate) -> list[str]:
    """Return the features of the cue of a candidate that has one."""
    head, parse, rule = candidate.cue_head, article.parse, candidate.rule
    assert head is not None
    lemma, tag = parse.lemmas[head], parse.tags[head]
    after = parse.lemmas[head + 1] if head + 1 < len(parse) else "none"
    return [
        f"cue={lemma}",
        f"word after cue={after}|{rule}",
        f"rule+tag={rule}|{tag}",
        f"rule+attitude={rule}|{attitudes().get(lemma, 'none')}",
        f"cue dependency={parse.deps[head]}",
        f"cue quoted={article.is_quoted(head)}",
        *_above(parse, candidate, head),
        *_noun(parse, head),
        f"cue ending={lemma[-4:]}|{parse.pos[head]}|{rule}",
        *_dependents(parse, candidate, head),
        *_shape(parse, candidate, head),
        *_phrase(parse, candidate, head),
    ]


def _above(parse: Parse, candidate: Candidate, head: int) -> list[str]:
    """What the cue hangs on ("he denied saying")."""
    parent, dep, lemma = parse.heads[head], parse.deps[head], parse.lemmas[head]
    if parent == head:
        return []
    above = attitudes().get(parse.lemmas[parent], "none")
    return [
        f"cue under={dep}|{parse.lemmas[parent]}",
        f"cue path={dep}|{parse.deps[parent]}|{candidate.rule}",
        f"attitude above={above}|{dep}|{attitudes().get(lemma, 'none')}",
        f"attitude above+cue={above}|{dep}|{lemma}",
    ]


def _noun(parse: Parse, head: int) -> list[str]:
    """The article or owner of a noun as a cue ("the claim that", "his claim that")."""
    if parse.pos[head] not in ("NOUN", "PROPN"):
        return []
    determiner, above = determiner_of(parse, head), parse.lemmas[parse.heads[head]]
    return [
        f"cue noun={determiner}|{parse.deps[head]}|{above}",
        f"cue noun determiner={determiner}|{parse.lemmas[head]}",
        f"cue noun under={above}|{parse.deps[head]}",
    ]


def _dependents(parse: Parse, candidate: Candidate, head: int) -> list[str]:
    """What hangs on the cue, the content left out."""
    out: list[str] = []
    helpers: list[str] = []
    rule, argument, lemma = candidate.rule, candidate.argument, parse.lemmas[head]
    for child in parse.children[head]:
        dep, word = parse.deps[child], parse.lemmas[child]
        if dep in _COMPLEMENTS and child != argument:
            out.append(f"cue's other {dep}={word}|{rule}")
        if dep in AUXILIARIES:
            helpers.append(word)
            out.append(f"auxiliary={word}|{parse.tags[head]}")
        elif dep == "neg":
            helpers.append(word)
            out += ["negated", f"negated cue={lemma}"]
        elif dep == "prt":
            out.append(f"particle={lemma}|{word}")
        elif dep == "mark":
            out.append(f"cue mark={word}")
        elif dep == "advmod":
            out.append(f"cue adverb={word}")
        elif dep == "prep" and child > head:
            out.append(f"cue preposition={lemma}|{word}")
    out.append(f"auxiliaries={' '.join(sorted(helpers))}|{parse.tags[head]}|{rule}")
    return out


def _shape(parse: Parse, candidate: Candidate, head: int) -> list[str]:
    """The labels of all that hangs on the cue."""
    deps = parse.deps
    shape = [
        ("<" if child < head else ">") + deps[child]
        for child in parse.children[head]
        if deps[child] not in _NOT_IN_SHAPE
    ]
    return [
        f"shape={candidate.rule}|{' '.join(shape)}",
        f"cue+shape={parse.lemmas[head]}|{' '.join(sorted(set(shape)))}",
    ]


def _phrase(parse: Parse, candidate: Candidate, head: int) -> list[str]:
    """The last and the first word of a cue of several words ("called for", "went on to say")."""
    first, last = candidate.cue[0], candidate.cue[-1]
    out = []
    if last > head:
        out.append(f"cue phrase={parse.lemmas[head]} {parse.lemmas[last]}|{candidate.rule}")
    if first != head and parse.pos[first] == "VERB":
        out.append(f"chain={parse.lemmas[first]}")
    return out
