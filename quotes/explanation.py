"""Says why each statement was found: the features that decided, and the reading that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.document import Document
from quotes.extractor import Analysis, Extractor, attribution_of, content_of
from quotes.features import features_of, reading_features
from quotes.frames import Proposal, Variant
from quotes.frames.readings import completed
from quotes.frames.setting import Setting
from quotes.models import Statement
from quotes.neighbours import neighbour_features
from quotes.scorer import Scorer
from quotes.selection import Choice, least_probability, preferred, words_of
from quotes.spans import Span
from quotes.statements import PIECES_JOINED_BY

NEAR = 0.5
"""Share of its threshold from which a proposal that was not kept came close."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What one feature did.

    Attributes:
        feature: Its name; docs/features.md says what each family means.
        contribution: Change that it alone makes, all other features being what
            they are: log-odds of the probability, or points of a preference.
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
    """Why a statement was found, or a proposal not quite.

    Attributes:
        statement_id: Id of the statement, None for a proposal that was not kept.
        start: First code point of the content.
        text: The content, its pieces joined as in the statement.
        attitude: Attitude of the cue.
        cue: The cue as written, None without one.
        speaker: Best name of the speaker, or the mention of a proposal that was
            not kept; None where nobody is named.
        rule: Name of the frame.
        probability: What the statement's confidence is.
        scored: The scorer's own probability: a transcript's turn, which its rule
            decides, may have a lower one than ``probability``.
        threshold: Least probability with which the like of it is kept; 0 where the
            rule decides whatever the features say.
        influences: Of each feature on ``scored``, largest first, either sign;
            empty where the first look ruled the proposal out.
        reading: The best reading, None where there was only one.
        runner_up: The second best, None where there was only one.
        overlaps: For a proposal that was not kept, the id of a statement of which
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
    setting, scorer, decision = analysis.setting, extractor.scorer, analysis.decision
    weighed = _weighed_features(setting, scorer, decision.proposals)
    places = {id(proposal): index for index, proposal in enumerate(decision.proposals)}
    out = []
    for choice, statement in zip(decision.choices, analysis.statements, strict=True):
        if not extractor.wants(statement):
            continue
        index = places[id(choice.proposal)]
        reading, runner_up = _readings(setting, scorer, choice.proposal)
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
                threshold=least_probability(setting, choice.proposal, scorer.threshold),
                influences=_influences(scorer, weighed.get(index, ())),
                reading=reading,
                runner_up=runner_up,
            )
        )
    return tuple(out)


def near_misses(analysis: Analysis, extractor: Extractor) -> tuple[Explanation, ...]:
    """Explain the proposals that were not kept but reached half of their threshold.

    Args:
        analysis: From `Extractor.analyse`.
        extractor: What made it; only its attitudes are given.

    Returns:
        Explanations without a statement id, the likeliest first.
    """
    setting, scorer, decision = analysis.setting, extractor.scorer, analysis.decision
    kept = {id(choice.proposal) for choice in decision.choices}
    close = []
    for index, (proposal, p) in enumerate(zip(decision.proposals, decision.probabilities, strict=True)):
        least = least_probability(setting, proposal, scorer.threshold)
        if NEAR * least <= p < least and id(proposal) not in kept:
            close.append((index, proposal))
    variants = preferred(setting, [proposal for _, proposal in close], scorer.preferences)
    weighed = _weighed_features(setting, scorer, decision.proposals)
    owners = _owners(analysis)
    out = [
        _near_miss(analysis, extractor, choice, weighed.get(index, ()), owners)
        for (index, proposal), variant in zip(close, variants, strict=True)
        if (choice := _choice(setting, proposal, variant, decision.probabilities[index])).tokens
    ]
    wanted = [explanation for explanation in out if explanation.attitude in extractor.attitudes]
    return tuple(sorted(wanted, key=lambda each: (-each.probability, each.start, each.rule)))


def _choice(setting: Setting, proposal: Proposal, variant: Variant, probability: float) -> Choice:
    return Choice(proposal, variant, probability, words_of(setting.parse, variant))


def _near_miss(
    analysis: Analysis,
    extractor: Extractor,
    choice: Choice,
    features: Sequence[str],
    owners: Mapping[int, Statement],
) -> Explanation:
    setting, scorer = analysis.setting, extractor.scorer
    text, parse = setting.document.text, setting.parse
    attribution = attribution_of(setting, choice)
    candidate, speaker = attribution.candidate, attribution.speaker
    cue = parse.span(candidate.cue[0], candidate.cue[-1]).of(text) if candidate.cue else None
    reading, runner_up = _readings(setting, scorer, choice.proposal)
    owner = next((owners[token] for token in sorted(choice.tokens) if token in owners), None)
    return Explanation(
        statement_id=None,
        start=analysis.lines.original(candidate.content[0]).start,
        text=_joined(text, candidate.content),
        attitude=attribution.attitude,
        cue=cue,
        speaker=None if speaker is None else speaker.span.of(text),
        rule=candidate.frame,
        probability=choice.probability,
        scored=choice.probability,
        threshold=least_probability(setting, choice.proposal, scorer.threshold),
        influences=_influences(scorer, features),
        reading=reading,
        runner_up=runner_up,
        overlaps=None if owner is None else owner.id,
    )


def _owners(analysis: Analysis) -> dict[int, Statement]:
    """Return for each token the innermost statement whose content holds it."""
    owners: dict[int, Statement] = {}
    sizes: dict[int, int] = {}
    for choice, statement in zip(analysis.decision.choices, analysis.statements, strict=True):
        for token in choice.tokens:
            if len(choice.tokens) < sizes.get(token, len(analysis.setting.parse) + 1):
                owners[token], sizes[token] = statement, len(choice.tokens)
    return owners


def _weighed_features(
    setting: Setting, scorer: Scorer, proposals: Sequence[Proposal]
) -> dict[int, tuple[str, ...]]:
    """Return what the second look saw of each proposal that it looked at."""
    features = [features_of(setting, proposal) for proposal in proposals]
    around = neighbour_features(setting, proposals, scorer.first_look.scores(features).tolist())
    return {index: (*features[index], *more) for index, more in around.items()}


def _influences(scorer: Scorer, features: Sequence[str]) -> tuple[Influence, ...]:
    return tuple(Influence(*moved) for moved in scorer.influences(features)) if features else ()


def _readings(
    setting: Setting, scorer: Scorer, proposal: Proposal
) -> tuple[WeighedReading | None, WeighedReading | None]:
    """Return the best two readings of a proposal, each with what it has and the other lacks."""
    proposal = completed(setting, proposal)
    if len(proposal.variants) < 2:
        return None, None
    features = [reading_features(setting, proposal, variant) for variant in proposal.variants]
    points = scorer.preferences(features)
    best, second, *_ = sorted(range(len(points)), key=lambda place: (-points[place], place))

    def weighed(one: int, other: int) -> WeighedReading:
        variant, common = proposal.variants[one], set(features[other])
        moved = scorer.reading.influences(features[one])
        own = tuple(Influence(feature, change) for feature, change in moved if feature not in common)
        text = _joined(setting.document.text, content_of(setting, variant))
        return WeighedReading(variant.name, text, points[one], own)

    return weighed(best, second), weighed(second, best)


def _joined(text: str, spans: Sequence[Span]) -> str:
    return PIECES_JOINED_BY.join(span.of(text) for span in spans)
