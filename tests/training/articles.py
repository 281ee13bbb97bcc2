"""Annotated articles of one sentence."""

from __future__ import annotations

from quotes.candidates import Article
from quotes.evaluation import GoldArticle, Relation
from quotes.text.document import make_document
from quotes.training.examples import Example, example_of
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    rain rain NOUN NN nsubj 3
    fell fall VERB VBD ccomp 1
    on on ADP IN prep 3
    boats boat NOUN NNS pobj 4
    +. . PUNCT . punct 1
"""


def example(verb: str, *, said: bool) -> Example:
    """An article of one sentence, annotated when something is said in it."""
    parse = parse_from_rows(ROWS.replace("said say", f"{verb} {verb}"))
    setting = Article.of(make_document(parse.text), parse, ())
    relation = Relation((parse.span(0, 0),), (parse.span(1, 1),), (parse.span(2, 3),))
    article = GoldArticle(verb, parse.text, (relation,) if said else ())
    return example_of(article, setting)
