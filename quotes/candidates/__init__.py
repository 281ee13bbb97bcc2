"""Constructions of the dependency parse that attribute a content to a speaker.

One small function per construction. Each proposes freely: recall is its job,
and the scorer decides. The frame's name is the statement's rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.clauses import verb_frames
from quotes.candidates.insertions import according_to, as_clause, parenthetical, per_source
from quotes.candidates.labels import label_frames
from quotes.candidates.nouns import adjective_frames, noun_frames
from quotes.candidates.quotations import quotation_frames, quoted_texts
from quotes.syntax.article import Article, article_of
from quotes.syntax.parse import Parse

_ACCORDING = frozenset({"accord", "according"})
_PREPOSITIONS = _ACCORDING | {"per"}
_VERBS = frozenset({"AUX", "VERB"})
_NOUNS = frozenset({"NOUN", "PROPN"})

__all__ = ["Article", "Candidate", "Extent", "article_of", "find_candidates"]


def find_candidates(article: Article) -> tuple[Candidate, ...]:
    """Return every possible attribution of a document.

    Args:
        article: The document with its parse and quotations.

    Returns:
        Candidates, in no particular order.
    """
    parse = article.parse
    out: list[Candidate] = []
    for token, (pos, lemma, children) in enumerate(zip(parse.pos, parse.lemmas, parse.children, strict=True)):
        if lemma in _PREPOSITIONS:
            out += _from_preposition(article, token)
        elif not children:
            continue  # nothing can be what it introduces
        elif pos in _VERBS:
            if _is_verb(parse, token):
                out += _from_verb(article, token)
        elif children[-1] > token and pos in _NOUNS:
            out += noun_frames(article, token)
        elif children[-1] > token and pos == "ADJ":
            out += adjective_frames(article, token)
    out.extend(quotation_frames(article, quoted_texts(parse, article.quotations)))
    out.extend(label_frames(article.document, parse))
    return tuple(out)


def _is_verb(parse: Parse, token: int) -> bool:
    """Return whether a word is a verb with a clause of its own."""
    return parse.pos[token] == "VERB" or (
        parse.pos[token] == "AUX" and parse.deps[token] not in ("aux", "auxpass")
    )


def _from_verb(article: Article, verb: int) -> Iterable[Candidate]:
    """Propose what a verb can introduce."""
    return chain(verb_frames(article, verb), parenthetical(article, verb), as_clause(article, verb))


def _from_preposition(article: Article, token: int) -> Iterable[Candidate]:
    """Propose what "according" and "per" introduce."""
    if article.parse.lemmas[token] in _ACCORDING:
        return according_to(article, token)
    return _from_verb(article, token) if _is_verb(article.parse, token) else per_source(article, token)
