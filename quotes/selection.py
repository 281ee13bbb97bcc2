"""Chooses the best consistent set of a document's proposals.

Greedy by probability. Two choices never cover the same words; one may stand
inside the other's content only with its cue there too; a cue has one content,
except that one cue may attribute several quotations of which the later ones
float behind the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from quotes.features import reading_features
from quotes.frames.conventions import fitted
from quotes.frames.cue import is_saying
from quotes.frames.evidence import is_plain
from quotes.frames.proposal import Proposal, Range, Variant
from quotes.frames.readings import completed
from quotes.frames.setting import Setting
from quotes.lexicon import words
from quotes.parse import Parse

FLOATING = "floating_quotation"
TURN = "turn"
CERTAIN = {
    TURN: 0.97,
    "quoted_as_saying": 0.9,
    "noun_and_colon": 0.9,
    "signed_quotation": 0.6,
    "colon_headline": 0.5,
    "sourced_headline": 0.5,
    "per_source": 0.7,
}
"""Least probability of constructions that decide by themselves, and that the
corpora which weights are learned from hold next to none of: a transcript's
labels, "quoted her as saying", "His answer was short: “No.”", "“Build a wall.” —
A. Reader", "Minister: No new levy", "Storm to hit coast: forecasters", "per the indictment"."""
PLAIN_SAYING = 0.3
"""Least probability of a saying cue with a clause, a quotation, or an object that tells what was said.

Lower than the threshold that training finds for everything together: what is
doubtful there is nominal objects and beliefs, not "he said that ..."."""
PLAINEST = 0.1
"""Least probability of what its construction alone makes plain, as in "a warning from X that ..."."""
SAME = 0.5
"""Least share of common words (Jaccard) at which two contents are the same."""
SAYING_FRAMES = frozenset(
    {
        "according_to",
        "as_clause",
        "clausal_complement",
        "noun_clause",
        "parenthetical",
        "quotation_after_cue",
        "quotation_before_cue",
    }
)


class Choice(NamedTuple):
    """A proposal that was chosen, with one reading.

    Attributes:
        proposal: The proposal.
        variant: The chosen reading.
        probability: Of the proposal.
        tokens: Words of the content.
        continues: Index, among the choices, of the one whose speaker goes on.
    """

    proposal: Proposal
    variant: Variant
    probability: float
    tokens: frozenset[int]
    continues: int | None = None


def select(
    setting: Setting,
    proposals: Sequence[Proposal],
    probabilities: Sequence[float],
    read: Callable[[Sequence[Proposal]], Sequence[Variant]],
    threshold: float,
) -> tuple[Choice, ...]:
    """Choose.

    Args:
        setting: The document's setting.
        proposals: What the frames propose.
        probabilities: Of each proposal, in the same order.
        read: Gives the best reading of each of some proposals.
        threshold: Least probability.

    Returns:
        Choices in the order of their content in the text.
    """
    kept = [
        (max(p, CERTAIN.get(x.frame, 0.0)), x)
        for p, x in zip(probabilities, proposals, strict=True)
        if (p >= PLAINEST or x.frame in CERTAIN)
        and (p >= threshold or p >= least_probability(setting, x, threshold))
    ]
    variants = read([x for _, x in kept])
    candidates = [
        Choice(x, v, p, words_of(setting.parse, v)) for (p, x), v in zip(kept, variants, strict=True)
    ]
    candidates.sort(
        key=lambda c: (c.proposal.frame != TURN, -c.probability, c.variant.pieces, c.proposal.frame)
    )
    consistent = _consistent(setting.parse, [c for c in candidates if c.tokens])
    chosen = [part for choice in consistent for part in _fitted(setting, choice)]
    chosen.sort(key=lambda c: (min(c.tokens), -max(c.tokens)))
    return _linked(setting, chosen)


def least_probability(setting: Setting, proposal: Proposal, threshold: float) -> float:
    """Return from which probability on `select` keeps a proposal; 0 where its construction decides."""
    if proposal.frame in CERTAIN:
        return 0.0
    if is_plain(setting, proposal):
        return min(threshold, PLAINEST)
    return min(threshold, PLAIN_SAYING) if _is_saying(setting, proposal) else threshold


def _is_saying(setting: Setting, proposal: Proposal) -> bool:
    """Return whether a cue that the word list knows to make statements has a clause or quotation.

    Or an object that tells what was said ("<reiterated> [its support]", "<denies> [stealing it]").
    """
    if proposal.cue_head is None:
        return False
    if proposal.frame in ("nominal_object", "infinitive"):
        named = proposal.speaker is not None
        return named and setting.parse.lemmas[proposal.cue_head] in words("content_objects")
    if proposal.frame not in SAYING_FRAMES:
        return False
    return proposal.frame == "according_to" or is_saying(setting.parse, proposal.cue_head)


def preferred(
    setting: Setting,
    proposals: Sequence[Proposal],
    preferences: Callable[[Sequence[Sequence[str]]], Sequence[float]],
) -> list[Variant]:
    """Return the best reading of each proposal.

    Args:
        setting: The document's setting.
        proposals: The proposals.
        preferences: Gives a score to the features of each of many readings.
    """
    whole = [completed(setting, proposal) for proposal in proposals]
    open_ones = [(i, v) for i, p in enumerate(whole) if len(p.variants) > 1 for v in p.variants]
    scores = preferences([reading_features(setting, whole[i], v) for i, v in open_ones])
    best: dict[int, tuple[float, Variant]] = {}
    for (i, variant), score in zip(open_ones, scores, strict=True):
        if i not in best or score > best[i][0]:
            best[i] = (score, variant)
    return [best[i][1] if i in best else p.variants[0] for i, p in enumerate(proposals)]


def _fitted(setting: Setting, choice: Choice) -> list[Choice]:
    variants = fitted(setting, choice.proposal, choice.variant)
    if variants == (choice.variant,):
        return [choice]  # most: there is nothing to fit
    return [choice._replace(variant=v, tokens=words_of(setting.parse, v)) for v in variants]


def words_of(parse: Parse, variant: Variant) -> frozenset[int]:
    """Return the tokens of a reading that are words."""
    pos = parse.pos
    return frozenset(
        [
            t
            for first, last in variant.pieces
            for t in range(first, last + 1)
            if pos[t] not in ("PUNCT", "SPACE")
        ]
    )


def _consistent(parse: Parse, candidates: Iterable[Choice]) -> list[Choice]:
    """Return the candidates, the best first, that do not conflict with a better one."""
    chosen: list[Choice] = []
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_cue: dict[int, list[int]] = defaultdict(list)
    for candidate in candidates:
        cue = candidate.proposal.cue_head
        sentences = {s for piece in candidate.variant.pieces for s in _sentences_of(parse, piece)}
        near = {i for sentence in sentences for i in of_sentence.get(sentence, ())}
        if cue is not None:
            near.update(of_cue.get(cue, ()))
        if any(_conflict(candidate, chosen[i]) for i in near):
            continue
        for sentence in sentences:
            of_sentence[sentence].append(len(chosen))
        if cue is not None:
            of_cue[cue].append(len(chosen))
        chosen.append(candidate)
    return chosen


def _sentences_of(parse: Parse, piece: Range) -> range:
    return range(parse.sentences[piece[0]], parse.sentences[piece[1]] + 1)


def _conflict(one: Choice, other: Choice) -> bool:
    first, second = one.proposal, other.proposal
    if second.frame == TURN and first.quotation is not None and one.tokens > other.tokens:
        return True  # a block quotation of a transcript is its turns
    if first.cue_head is not None and first.cue_head == second.cue_head:
        both_quotations = first.quotation is not None and second.quotation is not None
        return not both_quotations or bool(one.tokens & other.tokens)
    common = len(one.tokens & other.tokens)
    if not common:
        return False
    if common / len(one.tokens | other.tokens) >= SAME:
        return True
    inside = one.tokens <= other.tokens and first.cue_head in other.tokens
    around = other.tokens <= one.tokens and second.cue_head in one.tokens
    return not inside and not around


def _linked(setting: Setting, chosen: Sequence[Choice]) -> tuple[Choice, ...]:
    """Say of each quotation without a cue of its own which choice it goes on from."""
    main: dict[int, int] = {}
    for index, choice in enumerate(chosen):
        cue = choice.proposal.cue_head
        if cue is None or choice.proposal.quotation is None:
            continue
        # "“By locking in China,” he said, “it allowed ...”": the last one before
        # the cue is the cue's own; without one, the first behind it.
        if cue not in main or max(choice.tokens) < cue:
            main[cue] = index
    out: list[Choice] = []
    for index, choice in enumerate(chosen):
        cue = choice.proposal.cue_head
        if choice.proposal.frame == FLOATING:
            target = _before(setting, chosen, index)
            if target is not None:
                out.append(choice._replace(continues=target))
            else:
                out.append(choice)
        elif cue is not None and choice.proposal.quotation is not None and main[cue] < index:
            out.append(choice._replace(continues=main[cue]))
        else:
            out.append(choice)
    return _without_orphans(out)


def _before(setting: Setting, chosen: Sequence[Choice], index: int) -> int | None:
    """Return the nearest earlier choice whose speaker a floating quotation can carry on."""
    first = min(chosen[index].tokens)
    paragraph = setting.parse.paragraphs[first]
    for earlier in range(index - 1, -1, -1):
        other = chosen[earlier]
        last = max(other.tokens)
        if last > first:
            continue
        cue = other.proposal.cue_head
        if cue is not None and setting.quotation_at[cue] >= 0:
            continue  # said by somebody inside another quotation
        if other.proposal.quotation is not None or setting.parse.paragraphs[last] == paragraph:
            return earlier
        if paragraph - setting.parse.paragraphs[last] > 2:
            return None
    return None


def _without_orphans(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Leave out floating quotations with nothing to carry on, and close the ranks."""
    places: dict[int, int] = {}
    out: list[Choice] = []
    for index, choice in enumerate(choices):
        target = None if choice.continues is None else places.get(choice.continues)
        if target is not None or choice.proposal.frame != FLOATING:
            places[index] = len(out)
            out.append(choice if target == choice.continues else choice._replace(continues=target))
    return tuple(out)
