"""Chooses the best consistent set of a document's candidates.

Greedy by probability. Two choices never cover the same words; one may be
inside the other's content only with its cue there too; a cue has one content,
except that one cue may attribute several quotations of which the later ones
float after the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from quotes.candidates.candidate import BLOCK, FLOATING, TURN, Candidate, Extent
from quotes.candidates.pieces import content_of
from quotes.lexicon import words
from quotes.lexicon.entries import pronoun
from quotes.scoring.contract import fitted
from quotes.scoring.explicit import is_explicit, is_report_in_report, tells_deed
from quotes.scoring.features import extent_features
from quotes.syntax.article import Article
from quotes.syntax.cues import is_saying
from quotes.syntax.parse import Parse
from quotes.text.overlap import SAME_CONTENT, jaccard

LEAST_PROBABILITY = {
    TURN: 0.97,
    BLOCK: 0.9,
    "labelled_quotation": 0.9,
    "quotation_after_clause": 0.8,
    "pointed_at": 0.8,
    "reply_above": 0.6,
    "quoted_as_saying": 0.9,
    "noun_and_colon": 0.9,
    "per_source": 0.7,
    "words_of": 0.7,
    "signed_quotation": 0.8,
    "colon_headline": 0.5,
    "sourced_headline": 0.5,
}
"""Probability that constructions have at the least, which decide by themselves: the corpora
that weights are learned from hold next to none of them."""
DEED = 0.5
"""Probability that "denied taking the money", and a report within a report, has at the least."""
EXPLICIT = 0.1
"""Minimum probability of what its construction alone shows, as in "a warning from X that ..."."""
SAYING = 0.3
"""Minimum probability of a saying cue with a clause, a quotation, or an object that tells what was said.

Lower than the threshold that training finds for everything together: what is
doubtful there is nominal objects and beliefs, not "he said that ..."."""
LIKELY = 0.6
"""Least plain probability of a saying cue's content that an encoder cannot refuse."""
SURE_OF_SAYING, SURE_OF_PHRASE = 0.45, 0.65
"""Least probability with an encoder that counts more than a lower plain one, of a saying cue's content, and of another
content that is no clause."""
PARAGRAPH = 0.32
"""Minimum probability of a quotation without a cue that is a paragraph, after somebody's words."""
_OF_PHRASES = frozenset({"nominal_object", "infinitive", "prepositional_content"})
"""Rules of contents that are no clause: within a turn they are the speaker's own way to put things."""
_HOPELESS = "its own features are so far from any statement's that nothing around it was looked at"
_SAYING_RULES = frozenset({
    "as_clause", "clausal_complement", "noun_clause", "parenthetical", "quotation_after_cue",
    "quotation_before_cue",
})  # fmt: skip


def select(
    article: Article,
    candidates: Sequence[Candidate],
    probabilities: Sequence[float],
    read: Callable[[Sequence[Candidate]], Sequence[Extent]],
    threshold: float,
) -> tuple[Candidate, ...]:
    """Return the choices in the order of their content in the text.

    ``read`` gives the best extent of each of some candidates; ``threshold`` is the least probability
    of a candidate whose construction says nothing.
    """
    kept = [
        (max(p, _certainty(article, x)), x)
        for p, x in zip(probabilities, candidates, strict=True)
        if p >= threshold
        or ((p >= EXPLICIT or _certainty(article, x)) and p >= least_probability(article, x, threshold))
    ]
    if article.trace is not None:
        for candidate, p in zip(candidates, probabilities, strict=True):
            least = least_probability(article, candidate, threshold)
            if p < least:
                below = f"its probability, {p:.2f}, is below {least:.2f}"
                _note(article, "refused", candidate, below if p else _HOPELESS)
    scored = [
        x._replace(extent=extent, probability=p, tokens=words_of(article.parse, extent))
        for (p, x), extent in zip(kept, read([x for _, x in kept]), strict=True)
    ]
    scored.sort(key=lambda c: (c.rule != TURN, -c.probability, c.pieces, c.rule))
    for choice in scored:
        if not choice.tokens:
            _note(article, "no words", choice, "no word is left of its content")
    consistent = _consistent(article, [c for c in scored if c.tokens])
    chosen = _apart(article, [_fitted(article, choice) for choice in consistent])
    # a mark before the first word may be of one content and not of another
    chosen.sort(key=lambda c: (content_of(article, c.pieces)[0].start, min(c.tokens), -max(c.tokens)))
    return _linked(article, chosen)


def least_probability(article: Article, candidate: Candidate, threshold: float) -> float:
    """Return from which probability on `select` keeps a candidate; 0 where its construction decides."""
    if _certainty(article, candidate):
        return 0.0
    if candidate.rule == FLOATING and _is_paragraph(article, candidate):
        return min(threshold, PARAGRAPH)
    if is_explicit(article, candidate):
        return min(threshold, EXPLICIT)
    return min(threshold, SAYING) if _is_saying(article, candidate) else threshold


def balanced(
    article: Article, candidates: Sequence[Candidate], probabilities: Sequence[float], plain: Sequence[float]
) -> list[float]:
    """Return probabilities that an encoder had a part in, bounded by the plain ones where those know better.

    "<reiterated> [his full support]" shows by itself that something is said, though annotated articles seldom have the
    like of it: there the encoder may add, and not take away. Where a content is no clause, or a cue of saying needs
    little, the encoder adds only what it is sure of: on texts that are unlike those articles it is often wrong there.
    """

    def bounded(candidate: Candidate, ours: float, without: float) -> float:
        least = least_probability(article, candidate, threshold=1.0)
        if without > ours:
            return without if least <= EXPLICIT or (least <= SAYING and without >= LIKELY) else ours
        sure = SURE_OF_SAYING if least <= SAYING else SURE_OF_PHRASE if candidate.rule in _OF_PHRASES else 0.0
        return without if ours < sure else ours

    return [bounded(*each) for each in zip(candidates, probabilities, plain, strict=True)]


def _certainty(article: Article, candidate: Candidate) -> float:
    """Return the probability that a candidate has at the least by its construction alone."""
    certain = tells_deed(article.parse, candidate) or is_report_in_report(article.parse, candidate)
    return LEAST_PROBABILITY.get(candidate.rule) or (DEED if certain else 0.0)


def _is_saying(article: Article, candidate: Candidate) -> bool:
    """Return whether a cue that the word list knows to make statements has a clause or quotation.

    Or an object that tells what was said ("<reiterated> [its support]", "<denies> [stealing it]").
    """
    if candidate.cue_head is None or candidate.rule == "according_to":
        return candidate.cue_head is not None
    if candidate.rule in ("nominal_object", "infinitive", "prepositional_content"):
        named = candidate.speaker is not None
        return named and article.parse.lemmas[candidate.cue_head] in words("content_objects")
    return candidate.rule in _SAYING_RULES and is_saying(article.parse, candidate.cue_head)


def _is_paragraph(article: Article, candidate: Candidate) -> bool:
    """Return whether a quotation is a paragraph of its own and ends as a sentence does."""
    if candidate.quotation is None:
        return False
    quotation, text = article.quotations[candidate.quotation], article.parse.text
    ends = quotation.inner.of(text)[-1:] in tuple(".!?…")
    return ends and quotation.outer == article.document.paragraphs[quotation.paragraph].body


def preferred(
    article: Article,
    candidates: Sequence[Candidate],
    preferences: Callable[[Candidate, Sequence[Sequence[str]]], Sequence[float]],
) -> list[Extent]:
    """Return the best extent of each candidate by the points that each gets, given the features of all."""
    best = []
    for each in candidates:
        points = [0.0]
        if len(each.extents) > 1:
            points = list(preferences(each, [extent_features(article, each, extent) for extent in each.extents]))
        best.append(each.extents[points.index(max(points))])
    return best


def _fitted(article: Article, choice: Candidate) -> list[Candidate]:
    """Return a choice with the contents that the contract makes of its extent."""
    extents = fitted(article, choice, choice.extent or choice.extents[0])
    if extents == (choice.extent,):
        return [choice]  # most: there is nothing to fit
    parts = [choice._replace(extent=v, tokens=words_of(article.parse, v)) for v in extents]
    left = sorted(choice.tokens.difference(*[part.tokens for part in parts]))
    several = f"the output contract makes {len(parts)} statements of it" * (len(parts) > 1)
    without = f"the output contract leaves out “{' '.join(article.parse.words[t] for t in left)}”" * bool(left)
    if several or without:
        _note(article, "contract", choice, "; ".join(filter(None, (several, without))))
    return parts


def _apart(article: Article, fitted_choices: Iterable[list[Candidate]]) -> list[Candidate]:
    """Return the contents of choices, each once.

    "She said the note was one in which Strake wrote: “[Do not touch it.]”": what the contract makes of the first
    cue's content is the second one's whole content, and is left to it.
    """
    apart: dict[frozenset[int], Candidate] = {}
    for part in (part for parts in sorted(fitted_choices, key=len) for part in parts):
        if part.tokens in apart:
            _note(article, "conflict", part, "another cue has the same words for its content")
        apart.setdefault(part.tokens, part)
    return list(apart.values())


def words_of(parse: Parse, extent: Extent) -> frozenset[int]:
    """Return the tokens of an extent that are words."""
    return frozenset(filter(parse.is_word, (t for a, b in extent.pieces for t in range(a, b + 1))))


def _note(article: Article, kind: str, candidate: Candidate, message: str) -> None:
    """Say in the trace, if there is one, what became of a candidate."""
    if article.trace is not None:
        pieces = candidate.pieces
        article.trace.note(kind, (pieces[0][0], pieces[-1][1]), message, candidate.key)


def _consistent(article: Article, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, the best first, that do not conflict with a better one."""
    parse = article.parse
    chosen: list[Candidate] = []
    of_sentence: dict[int, list[Candidate]] = defaultdict(list)
    of_cue: dict[int | None, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        cue, at = candidate.cue_head, parse.sentences
        sentences = {s for first, last in candidate.pieces for s in range(at[first], at[last] + 1)}
        near = [other for sentence in sentences for other in of_sentence[sentence]]
        if cue is not None:
            near += of_cue[cue]
        better = next((other for other in near if _conflict(parse, candidate, other)), None)
        if better is not None:
            same_cue = cue is not None and cue == better.cue_head
            what = "is another content of its cue" if same_cue else "has some of its words for its content"
            text = " ".join(parse.span(better.pieces[0][0], better.pieces[-1][1]).of(parse.text).split())
            why = f"a likelier candidate ({better.probability:.2f}) {what}: “{text}”"
            _note(article, "conflict", candidate, why)
            continue
        for sentence in sentences:
            of_sentence[sentence].append(candidate)
        of_cue[cue].append(candidate)
        chosen.append(candidate)
    return chosen


def _conflict(parse: Parse, one: Candidate, other: Candidate) -> bool:
    """Return whether a candidate cannot be chosen beside a likelier one."""
    shared = one.tokens & other.tokens
    if other.rule == TURN and one.quotation is not None and one.tokens > other.tokens:
        return True  # a block quotation of a transcript is its turns
    if one.cue_head is not None and one.cue_head == other.cue_head:
        colon = _leads_to(parse, one, other) or _leads_to(parse, other, one)
        return bool(shared) or (not colon and (one.quotation is None or other.quotation is None))
    if shared and other.is_verbatim and one.cue_head in other.tokens:
        return not (one.tokens <= other.tokens and _reports_another(parse, one, other))
    if not shared or _is_report_within(parse, one, other) or _is_report_within(parse, other, one):
        return False
    inside = one.tokens <= other.tokens and one.cue_head in other.tokens
    around = other.tokens <= one.tokens and other.cue_head in one.tokens
    return jaccard(one.tokens, other.tokens) >= SAME_CONTENT or not (inside or around)


def _is_report_within(parse: Parse, one: Candidate, other: Candidate) -> bool:
    """Return whether a content has its cue and its speaker in another content ("said [a caller shouted, “[Fire]”]")."""
    cue = one.cue_head
    noun = cue is not None and one.rule == "noun_clause" and is_saying(parse, cue, "noun")
    relative = cue is not None and parse.deps[cue] == "relcl" and is_saying(parse, cue, "verb")
    reports = one.quotation is not None or noun or relative or is_report_in_report(parse, one)
    whole = reports and one.tokens < other.tokens and one.cue_head in other.tokens
    return whole and one.speaker is not None and one.speaker.head in other.tokens


def _leads_to(parse: Parse, clause: Candidate, quoted: Candidate) -> bool:
    """Return whether a clause and a colon lead to a quotation ("told them [it was a disgrace]: “[We skated.]”")."""
    if clause.rule != "clausal_complement" or clause.quotation is not None or quoted.quotation is None:
        return False
    last, first = max(clause.tokens), min(quoted.tokens)
    return last < first and ":" in parse.words[last + 1 : first]


def _reports_another(parse: Parse, candidate: Candidate, around: Candidate) -> bool:
    """Return whether a candidate within somebody's words tells what another said: not "I think", not "which asks"."""
    speaker = None if candidate.speaker is None else candidate.speaker.head
    if speaker not in around.tokens or candidate.rule in _OF_PHRASES or parse.tags[speaker][:1] == "W":
        return False
    known = pronoun(parse.words[speaker])
    return known is None or (known.person == "3" and known.gender != "n")


def _linked(article: Article, chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Say of each quotation without a cue of its own which choice it goes on from, if any."""
    main: dict[int, int] = {}
    for index, choice in enumerate(chosen):
        cue = choice.cue_head
        # "“By locking in China,” he said, “it allowed ...”": the last one before
        # the cue is the cue's own; without one, the first after it.
        if cue is not None and choice.quotation is not None and (cue not in main or max(choice.tokens) < cue):
            main[cue] = index
    out: list[Candidate] = []
    places: dict[int | None, int] = {}
    for index, choice in enumerate(chosen):
        target, cue = None, choice.cue_head
        if choice.rule == FLOATING:
            target = _before(article, chosen, index)
        elif cue is not None and choice.quotation is not None and main[cue] < index:
            target = main[cue]
        target = places.get(target)
        if target is None and choice.rule == FLOATING:
            _note(article, "orphan", choice, "it has no cue, and nobody before it is quoted and can go on")
            continue
        places[index] = len(out)
        out.append(choice._replace(continues=target))
    return tuple(out)


def _before(article: Article, chosen: Sequence[Candidate], index: int) -> int | None:
    """Return the nearest earlier choice whose speaker a floating quotation can carry on."""
    first, paragraphs = min(chosen[index].tokens), article.parse.paragraphs
    for earlier in range(index - 1, -1, -1):
        other = chosen[earlier]
        last = max(other.tokens)
        said_inside = other.cue_head is not None and article.is_quoted(other.cue_head)
        if last > first or said_inside:
            continue
        if other.quotation is not None or paragraphs[last] == paragraphs[first]:
            return earlier
        if paragraphs[first] - paragraphs[last] > 2:
            return None
    return None
