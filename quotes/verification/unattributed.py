"""Quotations that an article gives to nobody, which are compared with the sources all the same."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent
from quotes.extractor import Analysis
from quotes.models import ExtractorInfo, Statement
from quotes.statements import build_statements, with_original_offsets
from quotes.text.document import Document

UNATTRIBUTED = "unattributed_quotation"
"""The rule of such a statement, whose confidence is 0."""
TERM = 2
"""Most words of what is a term rather than a quotation: a “big tent”."""
FEWEST_WORDS = 4
"""Of a quotation that no source has; shorter ones are titles and terms."""


def unattributed(document: Document, analysis: Analysis) -> list[Statement]:
    """Return what stands in quotation marks outside of all statements, as direct statements without a speaker."""
    article = analysis.article
    said = [span for candidate in analysis.chosen for span in candidate.content]
    found = []
    for index, quotation in enumerate(article.quotations):
        tokens = article.quotation_tokens[index]
        if quotation.depth or tokens is None or any(quotation.inner.overlaps(span) for span in said):
            continue
        extent = Extent("quotation", (tokens,))
        candidate = Candidate.without_cue(UNATTRIBUTED, extent, quotation=index)
        found.append(candidate._replace(extent=extent, content=(quotation.inner,)))
    if not found:
        return []
    statements = build_statements(article, found, _info(analysis))
    if analysis.reading.text == document.text:
        return statements
    return [with_original_offsets(each, document, analysis.reading) for each in statements]


def _info(analysis: Analysis) -> ExtractorInfo:
    from quotes import __version__

    parse = analysis.article.parse
    return ExtractorInfo(name="quotes", version=__version__, model=parse.model, model_version=parse.model_version)
