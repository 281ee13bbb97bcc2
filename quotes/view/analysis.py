"""Articles with their statements and the features that decided on them, from one analysis each."""

from __future__ import annotations

from quotes.explanation import explain_analysis
from quotes.extractor import Extractor
from quotes.text.document import Document
from quotes.view.page import Article

MOST_FEATURES = 10
"""Features shown of a statement; the others move it less than any of these."""


def examine(
    document: Document, extractor: Extractor
) -> tuple[Article, dict[str, tuple[tuple[str, float], ...]]]:
    """Return a document with its statements, and what decided on each of them.

    Args:
        document: The document.
        extractor: What finds the statements; its attitudes and least confidence hold.

    Returns:
        The article, and for each statement's id the features with their contributions,
        the largest first.
    """
    analysis = extractor.analyse(document)
    decided = {
        each.statement_id: tuple((i.feature, i.contribution) for i in each.influences[:MOST_FEATURES])
        for each in explain_analysis(analysis, extractor)
        if each.statement_id is not None
    }
    statements = tuple(each for each in analysis.statements if extractor.wants(each))
    return Article(document, statements), decided
