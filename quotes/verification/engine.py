"""The whole way from statements and sources to verifications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.errors import UsageError
from quotes.extractor import Extractor
from quotes.models import DocumentInfo, Statement, Verification
from quotes.text.document import Document, make_document
from quotes.text.frontmatter import full_date
from quotes.verification.comparison import Comparison
from quotes.verification.matching import Match, best_matches
from quotes.verification.occasions import Narrative
from quotes.verification.pieces import ArticleText, Reported
from quotes.verification.records import Writer
from quotes.verification.sources import Source, sources_of
from quotes.verification.unattributed import FEWEST_WORDS, TERM, UNATTRIBUTED, unattributed

_KEPT = 1000
"""Documents of indexes whose words are kept from one article to the next."""
ATTITUDES = "all"
"""A quotation is a quotation, whatever its cue makes of it."""


def verify(
    article: str | Document | Iterable[Statement],
    sources: object,
    *,
    text: str | Document | None = None,
    extractor: Extractor | None = None,
) -> list[Verification]:
    """Compare what an article quotes with sources.

    Args:
        article: The text of an article, a document, or the statements of one, as `quotes.extract`
            gives them.
        sources: A text, a document or an index of many (see `quotes.verification.SourceIndex`), or
            a list of them.
        text: The article that the statements come from. Without it, nothing is known of the day, the
            place and the occasion that the article names.
        extractor: Finds the statements of an article; a new one that gives every attitude when None.

    Returns:
        One for each statement with words in quotation marks and each reported one, in order.

    Raises:
        UsageError: The article or a source is of a wrong type.
    """
    verifier = Verifier(sources)
    if isinstance(article, str | Document):
        document = make_document(article) if isinstance(article, str) else article
        return verifier.verify(statements_of(document, extractor), document)
    statements = list(article) if isinstance(article, Iterable) else [article]
    if not all(isinstance(each, Statement) for each in statements):
        raise UsageError("verify takes the text of an article, a document, or a list of statements")
    return verifier.verify(statements, make_document(text) if isinstance(text, str) else text)


def statements_of(document: Document, extractor: Extractor | None = None) -> list[Statement]:
    """Return the statements of an article that can be compared: all quoted ones, and what is reported as said.

    What is in quotation marks and given to nobody is a statement without a speaker. Where nothing
    else tells the day of publication, a date in the document's id does.
    """
    if document.published is None:
        document = replace(document, published=full_date(document.id.replace("_", " ")))
    extractor = extractor or Extractor(attitudes=ATTITUDES)
    analysis = extractor.analyse(document)
    wanted = [each for each in analysis.statements if extractor.wants(each)]
    said = [each for each in wanted if each.kind != "indirect" or each.attitude == "statement"]
    return sorted((*said, *unattributed(document, analysis)), key=lambda each: each.content.spans[0].start)


class Verifier:
    """Compares the statements of any number of articles with the same sources.

    Args:
        sources: A text, a document or an index, or a list of them.

    Raises:
        UsageError: One of them is of a wrong type.
    """

    def __init__(self, sources: object) -> None:
        self.sources, self._indexes = sources_of(sources)
        self._read: dict[str, Source] = {}

    def verify(self, statements: Sequence[Statement], document: Document | None = None) -> list[Verification]:
        """Return the verifications of the statements of one article, in order.

        Args:
            statements: The statements.
            document: The article, which tells more than its statements do.
        """
        if not statements:
            return []
        if len(self._read) > _KEPT:
            self._read.clear()
        article = ArticleText.around(statements) if document is None else ArticleText(document)
        reported = [article.reported(each) for each in statements]
        every = [self._sources_for(each) for each in reported]
        readable = [[source for source in some if source.lack is None] for some in every]
        matches = best_matches(reported, readable)
        narrative = Narrative(article)
        runs = [narrative.goes_on(*pair) for pair in pairwise(statements)]
        before = [None, *(match if goes_on else None for match, goes_on in zip(matches, runs, strict=False))]
        after = [*(match if goes_on else None for match, goes_on in zip(matches[1:], runs, strict=True)), None]
        found = zip(reported, every, matches, before, after, strict=True)
        return [_record(narrative, *each) for each in found if not _is_mere_word(each[0], each[2])]

    def document(self, info: DocumentInfo) -> Document | None:
        """Return the source that a passage of the last article names, None where it is of another verifier."""
        known = (*self.sources, *self._read.values())
        wanted = (info.path, info.id, info.sha256)
        found = (each.document for each in known)
        return next((each for each in found if (each.path, each.id, each.sha256) == wanted), None)

    def _sources_for(self, reported: Reported) -> list[Source]:
        """Return the sources that a statement is looked up in: all, and of each index those most like it."""
        found = list(self.sources)
        for index in self._indexes:
            for document in index.documents_with(reported.statement.content.text):
                source = self._read.setdefault(f"{document.path}:{document.id}:{document.sha256}", Source(document))
                found.append(source)
        return found


def _record(
    narrative: Narrative,
    reported: Reported,
    sources: Sequence[Source],
    match: Match | None,
    before: Match | None,
    after: Match | None,
) -> Verification:
    writer = Writer(narrative.article, reported)
    lacks = {source.lack for source in sources}
    if sources and None not in lacks:
        return writer.unread({lack for lack in lacks if lack is not None})
    if match is None or not reported.is_quoted or not match.is_found:
        return writer.not_found(match)
    beside = [each if each is not None and each.is_telling and match.is_telling else None for each in (before, after)]
    occasion = narrative.other_occasion(reported.statement, match.source)
    return writer.found(Comparison(match, reported.runs_on, *beside), occasion)


def _is_mere_word(reported: Reported, match: Match | None) -> bool:
    """Return whether words in quotation marks, given to nobody, are a title or a term: two, or three in no source."""
    if reported.statement.provenance.rule != UNATTRIBUTED:
        return False
    length, found = sum(map(len, reported.pieces)), match is not None and match.is_found
    return length <= TERM or (length < FEWEST_WORDS and not found)
