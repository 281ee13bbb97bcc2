"""Constructions of the dependency parse that attribute a content to a speaker.

One small function per construction. Recall is its job, and the scorer decides:
each takes whatever has the shape. The construction's name is the statement's rule.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.governed import from_adjective, from_noun, from_verb
from quotes.candidates.insertions import according_to, as_clause, parenthetical, per_source
from quotes.candidates.labels import from_labels
from quotes.candidates.quotations import from_quotations
from quotes.candidates.uncued import from_layout
from quotes.syntax.article import Article

__all__ = ["Article", "Candidate", "Extent", "find_candidates"]


def find_candidates(article: Article) -> tuple[Candidate, ...]:
    """Return every possible attribution of a document, in no particular order."""
    parse = article.parse
    out: list[Candidate] = []
    for token, (pos, lemma, children) in enumerate(zip(parse.pos, parse.lemmas, parse.children, strict=True)):
        if lemma == "accord":
            out += according_to(article, token)
        elif lemma == "per":
            out += per_source(article, token)
        elif pos == "ADJ":
            out += from_adjective(article, token)
        elif not children:
            continue  # nothing can be what it introduces
        elif parse.is_main_verb(token):
            out += from_verb(article, token)
            out += parenthetical(article, token)
            out += as_clause(article, token)
        elif children[-1] > token and pos in ("NOUN", "PROPN"):
            out += from_noun(article, token)
    out += from_quotations(article)
    out += from_layout(article)
    out += from_labels(article)
    return tuple(out)
