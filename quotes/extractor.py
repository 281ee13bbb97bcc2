"""The whole way from text to statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args

from quotes.attributions import Attribution, Candidate
from quotes.collector import collector_paused
from quotes.document import Document, make_document, with_line_feeds
from quotes.errors import UsageError
from quotes.features import features_of
from quotes.frames import Proposal, Setting, Variant, propose, setting_of
from quotes.frames.pieces import to_span
from quotes.identity import resolve
from quotes.line_ends import LineEnds, unify
from quotes.marks import find_quotations
from quotes.models import Attitude, ExtractorInfo, Statement
from quotes.parse import DEFAULT_MODEL, Parse, load_pipeline, parse_document
from quotes.roles.attitude import attitude_of
from quotes.roles.clause import cue_clause
from quotes.roles.hearers import find_addressee_and_medium
from quotes.roles.negation import is_negated
from quotes.roles.reality import is_actual
from quotes.roles.time import find_time
from quotes.scorer import Scorer, load_scorer
from quotes.selection import FLOATING, TURN, Choice, preferred, select
from quotes.spans import Span
from quotes.statements import build_statements, with_original_offsets

ATTITUDES: tuple[str, ...] = get_args(Attitude)
NAME = "quotes"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen in a document, and from what.

    Attributes:
        proposals: What the frames propose and the scorer looks at.
        probabilities: Of each proposal.
        choices: What was chosen, in text order.
    """

    proposals: tuple[Proposal, ...]
    probabilities: tuple[float, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with everything that was weighed and found in it.

    Attributes:
        setting: The document, with line feeds for line ends, its parse and quotations.
        decision: What was chosen, and from what.
        statements: One for each choice, in the same order, of any attitude, with
            offsets of the text as it was given.
        lines: The text's line ends.
    """

    setting: Setting
    decision: Decision
    statements: tuple[Statement, ...]
    lines: LineEnds


class Extractor:
    """Finds attributed statements in English news text.

    Args:
        model: Installed spaCy pipeline, or the folder of one; it needs a tagger
            and a parser.
        attitudes: Attitudes to give; "all" for every one.
        min_confidence: Least confidence of a statement, 0 to 1.
        scorer: What decides; the weights that ship with the package when None.

    Raises:
        UsageError: An unknown attitude, or a confidence outside 0 to 1.
        ModelError: The pipeline is missing or lacks a component.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        attitudes: Collection[str] | str = ("statement",),
        min_confidence: float = 0.0,
        scorer: Scorer | None = None,
    ) -> None:
        self.attitudes = chosen_attitudes(attitudes)
        if not 0.0 <= min_confidence <= 1.0:
            raise UsageError(f"the least confidence is {min_confidence}; it must lie between 0 and 1")
        self.min_confidence = min_confidence
        self._nlp = load_pipeline(model)
        self.scorer = load_scorer() if scorer is None else scorer

    def extract(
        self,
        text: str,
        *,
        document_id: str | None = None,
        published: date | str | None = None,
        publisher: str | None = None,
        title: str | None = None,
    ) -> list[Statement]:
        """Return the statements of one text, ordered by position.

        Args:
            text: The text; offsets in the result are its code points.
            document_id: Name in the provenance; made from the text when None.
            published: Day of publication, or an ISO date; read from the text
                where it is plain when None.
            publisher: Who published it; read from the text where plain when None.
            title: Its headline; read from the text where plain when None.

        Raises:
            UsageError: ``published`` is no ISO date.
        """
        document = make_document(
            text, document_id=document_id, published=published, publisher=publisher, title=title
        )
        return self.extract_document(document)

    def extract_document(self, document: Document) -> list[Statement]:
        """Return the statements of a document, ordered by position."""
        return next(self.pipe((document,)))

    def pipe(
        self, texts_or_documents: Iterable[str | Document], *, batch_size: int = 64
    ) -> Iterator[list[Statement]]:
        """Yield the statements of each of many texts, in order.

        Args:
            texts_or_documents: Texts, or documents from `quotes.read_document`.
            batch_size: Paragraphs that the pipeline parses at once.
        """
        for item in texts_or_documents:
            document = make_document(item) if isinstance(item, str) else item
            analysis = self.analyse(document, batch_size=batch_size)
            yield [statement for statement in analysis.statements if self.wants(statement)]

    def analyse(self, document: Document, *, batch_size: int = 64) -> Analysis:
        """Return everything that was weighed and found in a document, whatever its attitude.

        Args:
            document: The document.
            batch_size: Paragraphs that the pipeline parses at once.
        """
        unified = with_line_feeds(document)
        parse = parse_document(self._nlp, unified, batch_size=batch_size)
        return self._analysis(document, unified, parse)

    def wants(self, statement: Statement) -> bool:
        """Return whether a statement is of the attitudes and the confidence asked for."""
        return statement.attitude in self.attitudes and statement.confidence >= self.min_confidence

    def _analysis(self, original: Document, document: Document, parse: Parse) -> Analysis:
        setting, decision, found = analyse_parse(document, parse, self.scorer)
        lines = unify(original.text)
        if lines.text != original.text:
            found = [with_original_offsets(statement, original, lines) for statement in found]
        return Analysis(setting, decision, tuple(found), lines)


def extract(
    text: str,
    *,
    document_id: str | None = None,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> list[Statement]:
    """Return the attributed statements of one text with the default settings.

    See `Extractor.extract`; the pipeline is loaded at the first call.
    """
    return _default().extract(
        text, document_id=document_id, published=published, publisher=publisher, title=title
    )


def analyse_parse(
    document: Document, parse: Parse, scorer: Scorer
) -> tuple[Setting, Decision, list[Statement]]:
    """Return what was weighed and found in a document that is parsed already.

    Args:
        document: The document.
        parse: Its parse.
        scorer: What decides.

    Returns:
        Setting, decision and statements of any attitude.
    """
    with collector_paused():
        quotations = find_quotations(document.text, document.paragraphs)
        setting = setting_of(document, parse, quotations, scorer.first_sight)
        decision = decide(setting, scorer)
        attributions = tuple(attribution_of(setting, choice) for choice in decision.choices)
        identified = resolve(document, parse, quotations, attributions)
        statements = build_statements(setting, attributions, identified, _extractor_info(parse))
    return setting, decision, statements


def decide(setting: Setting, scorer: Scorer) -> Decision:
    """Propose, score and choose.

    Args:
        setting: The document with its parse, its quotations, and the scorer's first sight.
        scorer: What decides.
    """
    proposals = propose(setting)
    probabilities = scorer.probabilities(setting, proposals, [features_of(setting, p) for p in proposals])

    def read(some: Sequence[Proposal]) -> list[Variant]:
        return preferred(setting, some, scorer.preferences)

    choices = select(setting, proposals, probabilities, read, scorer.threshold)
    return Decision(proposals, tuple(probabilities), choices)


def content_of(setting: Setting, variant: Variant) -> tuple[Span, ...]:
    """Return the code points of a reading of a content, marks at its edges left out."""
    return tuple(
        to_span(setting.parse, piece, [setting.quotations[i] for i in _around(setting, piece)])
        for piece in variant.pieces
    )


def attribution_of(setting: Setting, choice: Choice) -> Attribution:
    """Return a choice as an attribution, with its roles."""
    parse, proposal = setting.parse, choice.proposal
    floats = choice.continues is not None
    candidate = Candidate(
        frame=FLOATING if floats else proposal.frame,
        cue=() if floats else proposal.cue,
        cue_head=None if floats else proposal.cue_head,
        content=content_of(setting, choice.variant),
        speaker=None if floats else proposal.speaker,
        argument=proposal.argument,
    )
    clause = cue_clause(parse, candidate)
    addressee, medium = (None, None) if floats else find_addressee_and_medium(parse, candidate, clause)
    return Attribution(
        candidate=candidate,
        probability=choice.probability,
        attitude=_attitude(parse, candidate),
        negated=is_negated(parse, candidate, clause),
        speaker=candidate.speaker,
        addressee=addressee,
        medium=medium,
        when=None if floats else find_time(parse, candidate, setting.document.published, clause),
        continues=choice.continues,
        turn=proposal.frame == TURN,
    )


def _attitude(parse: Parse, candidate: Candidate) -> str:
    """Return the attitude; words that have not been said are an intention.

    "She <will say> that ..." and "he <refused to say> whether ..." report what
    somebody means to do, and are left out of the default output.
    """
    if candidate.cue_head is not None and not is_actual(parse, candidate):
        return "intention"
    return attitude_of(parse, candidate)


def _around(setting: Setting, piece: tuple[int, int]) -> list[int]:
    """Return the outermost quotations at or in a token range."""
    first, last = piece
    at = setting.quotation_at
    return sorted(set(at[first : last + 1]) - {-1})


def chosen_attitudes(wanted: Collection[str] | str) -> frozenset[str]:
    """Return the attitudes that a list, a text with commas, or "all" names.

    Raises:
        UsageError: One of them does not exist, or none is named.
    """
    if wanted == "all":
        return frozenset(ATTITUDES)
    named = frozenset(wanted.split(",") if isinstance(wanted, str) else wanted)
    unknown = sorted(named - set(ATTITUDES))
    if unknown or not named:
        what = f"unknown attitude {', '.join(map(repr, unknown))}" if unknown else "no attitude given"
        raise UsageError(f"{what}; choose from all, {', '.join(ATTITUDES)}")
    return named


@lru_cache(maxsize=8)
def _info(model: str, version: str) -> ExtractorInfo:
    from quotes import __version__

    return ExtractorInfo(name=NAME, version=__version__, model=model, model_version=version)


def _extractor_info(parse: Parse) -> ExtractorInfo:
    return _info(parse.model, parse.model_version)


@lru_cache(maxsize=1)
def _default() -> Extractor:
    return Extractor()
