"""Features of the word that heads a content, and of what hangs on it."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.lexicon.entries import attitudes
from quotes.scoring.features.values import DISTANCES, bucket, determiner_of
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_DEPENDENTS = frozenset({"dobj", "attr", "acomp", "xcomp", "prep", "amod", "compound", "relcl", "acl", "neg"})
_NOMINAL_FRAMES = ("nominal_object", "prepositional_content", "object_predicate")


def argument_features(article: Article, candidate: Candidate) -> list[str]:
    """Return the features of the word that heads a candidate's content.

    Args:
        article: The document's article.
        candidate: A candidate with a cue and an argument.
    """
    parse, rule = article.parse, candidate.rule
    token, head = candidate.argument, candidate.cue_head
    assert token is not None
    assert head is not None
    cue = parse.lemmas[head]
    out = [
        *_word(parse, rule, token, head),
        *_opening(parse, rule, token, head),
        *_dependents(parse, rule, token, cue),
        *_words_at_edges(parse, rule, token),
    ]
    if rule == "prepositional_content":
        preposition = parse.lemmas[parse.heads[token]]
        attitude = attitudes().get(cue, "none")
        out += [f"preposition={preposition}|{cue}", f"preposition+attitude={preposition}|{attitude}"]
    if rule in _NOMINAL_FRAMES:
        out += _nominal(parse, rule, token, cue)
    return out


def _word(parse: Parse, rule: str, token: int, head: int) -> list[str]:
    """The word itself, and whether it has a subject as a clause does."""
    finite = parse.child(token, "nsubj", "nsubjpass") is not None
    return [
        f"argument part of speech={parse.tags[token]}|{rule}",
        f"argument={parse.lemmas[token]}|{rule}",
        f"argument attitude={attitudes().get(parse.lemmas[token], 'none')}|{parse.pos[token]}|{rule}",
        f"cue+finite={parse.lemmas[head]}|{finite}",
    ]


def _opening(parse: Parse, rule: str, token: int, head: int) -> list[str]:
    """How the content begins, and where it stands to the cue."""
    cue, opening = parse.lemmas[head], parse.left[token]
    first = parse.child(token, "mark", "aux")  # the first of all is the first before the word
    mark = "none" if first is None or first > token else parse.lemmas[first]
    return [
        f"opening={parse.lemmas[opening]}|{rule}",
        f"mark={mark}|{rule}",
        f"argument side={'after' if token > head else 'before'}|{rule}",
        f"gap={bucket(max(opening - head, 0), DISTANCES)}|{rule}",
        f"attitude+argument={attitudes().get(cue, 'none')}|{parse.pos[token]}",
    ]


def _dependents(parse: Parse, rule: str, token: int, cue: str) -> list[str]:
    """Objects, modifiers and negations of the argument."""
    out = []
    for child in parse.children[token]:
        dep = parse.deps[child]
        if dep in _DEPENDENTS:
            out.append(f"argument {dep}={parse.lemmas[child]}|{rule}")
            out.append(f"argument+cue {dep}={parse.lemmas[child]}|{cue}")
    return out


def _words_at_edges(parse: Parse, rule: str, token: int) -> list[str]:
    """The first two words of the content, and the one before it."""
    first, second = parse.left[token], min(parse.left[token] + 1, parse.right[token])
    return [
        f"words at content={parse.lemmas[first]} {parse.lemmas[second]}|{rule}",
        f"word before content={parse.lemmas[first - 1] if first else 'none'}|{rule}",
    ]


def _nominal(parse: Parse, rule: str, token: int, cue: str) -> list[str]:
    """A noun as content ("urged restraint", "made a promise")."""
    kind = attitudes().get(parse.lemmas[token], "none") if parse.pos[token] == "NOUN" else "no noun"
    return [
        f"object determiner={determiner_of(parse, token)}|{rule}",
        f"object attitude={kind}|{attitudes().get(cue, 'none')}|{rule}",
        f"object attitude+cue={kind}|{cue}",
    ]
