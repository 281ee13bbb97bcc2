"""All roles of a candidate together."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent
from quotes.roles import with_roles
from quotes.syntax.article import Article
from quotes.text.document import make_document
from tests.builders import parse_from_rows


def test_a_quotation_without_a_cue_is_a_statement_without_roles() -> None:
    """A floating quotation has no cue that could put it in doubt, and no clause to look for roles in."""
    parse = parse_from_rows("Rain rain NOUN NN ROOT 0")
    article = Article.of(make_document(parse.text), parse, ())
    floating = Candidate("floating_quotation", (), None, None, (Extent("quotation", ((0, 0),)),), None)
    found = with_roles(article, floating)
    assert found == floating._replace(content=(parse.span(0, 0),), attitude="statement", negated=False)
