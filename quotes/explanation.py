"""Says why each statement was found: the features that decided, and the reading that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.candidates import Candidate, Extent
from quotes.candidates.pieces import content_of
from quotes.extractor import Analysis, Extractor
from quotes.models import Statement
from quotes.roles import with_roles
from quotes.scoring.features import extent_features, features_of
from quotes.scoring.scorer import Scorer, known, ranked
from quotes.scoring.selection import least_probability, preferred, words_of
from quotes.statements import PIECES_JOINED_BY
from quotes.syntax.article import Article
from quotes.text.document import Document
from quotes.text.spans import Span

NEAR = 0.5
"""Share of its threshold from which a candidate that was not kept came close."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What one feature did.

    Attributes:
        feature: Its name; docs/features.md says what each family means.
        contribution: What it adds: log-odds of the probability, or points of a
            preference. With the intercept the contributions add up to the whole.
    """

    feature: str
    contribution: float


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """One reading of where the content begins and ends.

    Attributes:
        name: How it was made ("subtree", "without_prep", ...).
        text: The content in this reading.
        preference: The scorer's points; the reading with most is taken.
        influences: What this reading has and the other one lacks, largest first.
    """

    name: str
    text: str
    preference: float
    influences: tuple[Influence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement was found, or a candidate not quite.

    Attributes:
        statement_id: Id of the statement, None for a candidate that was not kept.
        start: First code point of the content.
        text: The content, its pieces joined as in the statement.
        attitude: Attitude of the cue.
        cue: The cue as written, None without one.
        speaker: Best name of the speaker, or the mention of a candidate that was
            not kept; None where nobody is named.
        rule: Name of the frame.
        probability: What the statement's confidence is.
        scored: The scorer's own probability: a transcript's turn, which its rule
            decides, may have a lower one than ``probability``.
        threshold: Least probability with which the like of it is kept; 0 where the
            rule decides whatever the features say.
        influences: Of each feature on ``scored``, largest first, either sign;
            empty where the candidate was refused outright.
        reading: The best reading, None where there was only one.
        runner_up: The second best, None where there was only one.
        overlaps: For a candidate that was not kept, the id of a statement of which
            it holds words; None where it holds none.
    """

    statement_id: str | None
    start: int
    text: str
    attitude: str
    cue: str | None
    speaker: str | None
    rule: str
    probability: float
    scored: float
    threshold: float
    influences: tuple[Influence, ...]
    reading: WeighedReading | None
    runner_up: WeighedReading | None
    overlaps: str | None = None


def explain(document: Document, extractor: Extractor) -> tuple[Explanation, ...]:
    """Explain the statements of a document.

    Args:
        document: The document.
        extractor: What finds them; its attitudes and least confidence hold here too.

    Returns:
        An explanation a statement, in the order of `Extractor.extract`.
    """
    return explain_analysis(extractor.analyse(document), extractor)


def explain_analysis(analysis: Analysis, extractor: Extractor) -> tuple[Explanation, ...]:
    """Explain the statements of an analysis that the extractor made; see `explain`."""
    article, scorer, decision = analysis.article, extractor.scorer, analysis.decision
    contributions = _contributions(article, scorer, decision.candidates)
    places = {_key(candidate): index for index, candidate in enumerate(decision.candidates)}
    out = []
    for choice, statement in zip(decision.chosen, analysis.statements, strict=True):
        if not extractor.wants(statement):
            continue
        index = places[_key(choice)]
        reading, runner_up = _readings(article, scorer, choice)
        out.append(
            Explanation(
                statement_id=statement.id,
                start=statement.content.spans[0].start,
                text=statement.content.text,
                attitude=statement.attitude,
                cue=None if statement.cue is None else statement.cue.text,
                speaker=None if statement.speaker is None else statement.speaker.name,
                rule=statement.provenance.rule,
                probability=choice.probability,
                scored=decision.probabilities[index],
                threshold=least_probability(article, choice, scorer.threshold),
                influences=contributions.get(index, ()),
                reading=reading,
                runner_up=runner_up,
            )
        )
    return tuple(out)


def near_misses(analysis: Analysis, extractor: Extractor) -> tuple[Explanation, ...]:
    """Explain the candidates that were not kept but reached half of their threshold.

    Args:
        analysis: From `Extractor.analyse`.
        extractor: What made it; only its attitudes are given.

    Returns:
        Explanations without a statement id, the likeliest first.
    """
    article, scorer, decision = analysis.article, extractor.scorer, analysis.decision
    kept = {_key(choice) for choice in decision.chosen}
    close = []
    for index, (candidate, p) in enumerate(zip(decision.candidates, decision.probabilities, strict=True)):
        least = least_probability(article, candidate, scorer.threshold)
        if NEAR * least <= p < least and _key(candidate) not in kept:
            close.append((index, candidate))
    extents = preferred(article, [candidate for _, candidate in close], scorer.preferences)
    contributions = _contributions(article, scorer, decision.candidates)
    owners = _owners(analysis)
    out = [
        _near_miss(analysis, extractor, choice, contributions.get(index, ()), owners)
        for (index, candidate), extent in zip(close, extents, strict=True)
        if (choice := _choice(article, candidate, extent, decision.probabilities[index])).tokens
    ]
    wanted = [explanation for explanation in out if explanation.attitude in extractor.attitudes]
    return tuple(sorted(wanted, key=lambda each: (-each.probability, each.start, each.rule)))


def _choice(article: Article, candidate: Candidate, extent: Extent, probability: float) -> Candidate:
    return candidate._replace(extent=extent, probability=probability, tokens=words_of(article.parse, extent))


def _key(candidate: Candidate) -> tuple[object, ...]:
    """Return what tells a candidate from others, whatever later stages have filled in."""
    return (*candidate[:4], candidate.extents, candidate.quotation)


def _near_miss(
    analysis: Analysis,
    extractor: Extractor,
    choice: Candidate,
    influences: tuple[Influence, ...],
    owners: Mapping[int, Statement],
) -> Explanation:
    article, scorer = analysis.article, extractor.scorer
    text, parse = article.document.text, article.parse
    candidate = with_roles(article, choice)
    speaker = candidate.speaker
    cue = parse.span(candidate.cue[0], candidate.cue[-1]).of(text) if candidate.cue else None
    reading, runner_up = _readings(article, scorer, choice)
    owner = next((owners[token] for token in sorted(choice.tokens) if token in owners), None)
    return Explanation(
        statement_id=None,
        start=analysis.lines.original(candidate.content[0]).start,
        text=_joined(text, candidate.content),
        attitude=candidate.attitude,
        cue=cue,
        speaker=None if speaker is None else speaker.span.of(text),
        rule=candidate.rule,
        probability=choice.probability,
        scored=choice.probability,
        threshold=least_probability(article, choice, scorer.threshold),
        influences=influences,
        reading=reading,
        runner_up=runner_up,
        overlaps=None if owner is None else owner.id,
    )


def _owners(analysis: Analysis) -> dict[int, Statement]:
    """Return for each token the innermost statement whose content holds it."""
    owners: dict[int, Statement] = {}
    sizes: dict[int, int] = {}
    for choice, statement in zip(analysis.decision.chosen, analysis.statements, strict=True):
        for token in choice.tokens:
            if len(choice.tokens) < sizes.get(token, len(analysis.article.parse) + 1):
                owners[token], sizes[token] = statement, len(choice.tokens)
    return owners


def _contributions(
    article: Article, scorer: Scorer, candidates: Sequence[Candidate]
) -> dict[int, tuple[Influence, ...]]:
    """Return what each feature adds to the log-odds of the candidates that are not refused outright."""
    features = [features_of(article, candidate) for candidate in candidates]
    moved = scorer.contributions(article, candidates, features)
    return {index: tuple(Influence(*pair) for pair in pairs) for index, pairs in moved.items()}


def _readings(
    article: Article, scorer: Scorer, candidate: Candidate
) -> tuple[WeighedReading | None, WeighedReading | None]:
    """Return the best two readings of a candidate, each with what it has and the other lacks."""
    if len(candidate.extents) < 2:
        return None, None
    features = [extent_features(article, candidate, extent) for extent in candidate.extents]
    points = scorer.preferences(features)
    best, second, *_ = sorted(range(len(points)), key=lambda place: (-points[place], place))

    def weighed(one: int, other: int) -> WeighedReading:
        extent, common = candidate.extents[one], set(features[other])
        moved = ranked(known(scorer.extent, features[one]))
        own = tuple(Influence(*pair) for pair in moved if pair[0] not in common)
        text = _joined(article.document.text, content_of(article, extent.pieces))
        return WeighedReading(extent.name, text, points[one], own)

    return weighed(best, second), weighed(second, best)


def _joined(text: str, spans: Sequence[Span]) -> str:
    return PIECES_JOINED_BY.join(span.of(text) for span in spans)
