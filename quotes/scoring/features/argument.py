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
    """Return the features of the word that heads the content of a candidate with a cue and an argument."""
    parse, rule = article.parse, candidate.rule
    token, head = candidate.argument, candidate.cue_head
    assert token is not None
    assert head is not None
    word, cue = parse.lemmas[token], parse.lemmas[head]
    cue_attitude = attitudes().get(cue, "none")
    first, second = parse.left[token], min(parse.left[token] + 1, parse.right[token])
    leading = parse.child(token, "mark", "aux")  # the first of all is the first before the word
    mark = "none" if leading is None or leading > token else parse.lemmas[leading]
    out = [
        f"argument part of speech={parse.tags[token]}|{rule}",
        f"argument={word}|{rule}",
        f"argument attitude={attitudes().get(word, 'none')}|{parse.pos[token]}|{rule}",
        f"cue+finite={cue}|{parse.has_child(token, 'nsubj', 'nsubjpass')}",
        f"opening={parse.lemmas[first]}|{rule}",
        f"mark={mark}|{rule}",
        f"argument side={'after' if token > head else 'before'}|{rule}",
        f"gap={bucket(max(first - head, 0), DISTANCES)}|{rule}",
        f"attitude+argument={cue_attitude}|{parse.pos[token]}",
    ]
    for child in parse.children[token]:
        dep = parse.deps[child]
        if dep in _DEPENDENTS:
            out.append(f"argument {dep}={parse.lemmas[child]}|{rule}")
            out.append(f"argument+cue {dep}={parse.lemmas[child]}|{cue}")
    out += [
        f"words at content={parse.lemmas[first]} {parse.lemmas[second]}|{rule}",
        f"word before content={parse.lemmas[first - 1] if first else 'none'}|{rule}",
    ]
    if rule == "prepositional_content":
        preposition = parse.lemmas[parse.heads[token]]
        out += [f"preposition={preposition}|{cue}", f"preposition+attitude={preposition}|{cue_attitude}"]
    if rule in _NOMINAL_FRAMES:
        out += _nominal(parse, rule, token, cue)
    return out


def _nominal(parse: Parse, rule: str, token: int, cue: str) -> list[str]:
    """A noun as content ("urged restraint", "made a promise")."""
    kind = attitudes().get(parse.lemmas[token], "none") if parse.pos[token] == "NOUN" else "no noun"
    return [
        f"object determiner={determiner_of(parse, token)}|{rule}",
        f"object attitude={kind}|{attitudes().get(cue, 'none')}|{rule}",
        f"object attitude+cue={kind}|{cue}",
    ]
