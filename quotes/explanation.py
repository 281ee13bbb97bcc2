"""Says in words why each statement was found as it is, and where in a text a candidate was lost.

The stages leave notes in the article's trace; here they are put together with the scorer's sums.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap

from quotes.candidates import Candidate
from quotes.candidates.candidate import FLOATING
from quotes.candidates.pieces import content_of
from quotes.extractor import Analysis, Extractor
from quotes.lexicon import table
from quotes.lexicon.entries import cues
from quotes.models import Entity, Statement, TextSpan
from quotes.roles import with_roles
from quotes.roles.dates import date_meant
from quotes.scoring.features import extent_features, features_of
from quotes.scoring.names import SURE, name_contributions
from quotes.scoring.scorer import ENCODER, known, ranked
from quotes.scoring.selection import EXPLICIT, PARAGRAPH, SAYING, least_probability, preferred, words_of
from quotes.statements import joined
from quotes.syntax.parse import Parse
from quotes.syntax.trace import Note
from quotes.text.document import Document
from quotes.text.spans import Span

NEAR = 0.5
"""Share of its threshold from which a candidate that was not kept came close."""
_MOST_LOST = 3
_LONGEST = 90
"""Code points of a text that is shown whole."""
_LOST = ("refused", "no words", "conflict", "orphan")
_NAMING = ("name", "pronoun", "description")
_THRESHOLDS = {
    EXPLICIT: "as its words leave little doubt",
    SAYING: "as for a cue of saying",
    PARAGRAPH: "as for a paragraph",
}
_CUE_CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}
_SUBJECT = re.compile(r"“.*?” \(at \d+\) ", re.DOTALL)
"""The words that a note is about, at its beginning."""


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
class WeighedExtent:
    """One choice of where the content begins and ends.

    Attributes:
        name: How it was made ("subtree", "without_prep", ...).
        text: The content in this extent.
        preference: The scorer's points; the extent with most is taken.
        influences: What this extent has and the other one does not, largest first.
    """

    name: str
    text: str
    preference: float
    influences: tuple[Influence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement was found, or where a candidate was lost.

    Attributes:
        statement_id: Id of the statement, None for a candidate that became none.
        start: First code point of the content.
        text: The content, its pieces joined as in the statement.
        attitude: Attitude of the cue.
        cue: The cue as written, None without one.
        speaker: Best name of the speaker, or the mention of a candidate that was
            not kept; None where nobody is named.
        rule: Name of the rule.
        probability: What the statement's confidence is.
        scored: The scorer's own probability: a transcript's turn, which its rule
            decides, may have a lower one than ``probability``.
        threshold: Least probability with which the like of it is kept; 0 where the
            rule decides whatever the features say.
        influences: Of each feature on ``scored``, largest first, either sign; where
            the candidate was refused outright, of its own features.
        extent: The best extent, None where there was only one.
        runner_up: The second best, None where there was only one.
        overlaps: For a candidate that was not kept, the id of a statement of which
            it holds words; None where it holds none.
        reasons: In words, by what they explain: "Lost", "Found by", "Content", "Speaker",
            "To", "Through", "When", "Sure".
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
    extent: WeighedExtent | None
    runner_up: WeighedExtent | None
    overlaps: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)


def explain(document: Document, extractor: Extractor) -> tuple[Explanation, ...]:
    """Explain each statement that an extractor gives of a document, in its order."""
    return Explainer(extractor.analyse(document, trace=True), extractor).statements()


class Explainer:
    """Explains what was found, and what was lost, in one analysis.

    Args:
        analysis: Made with a trace; without one, what the stages note is missing.
        extractor: What made it.
        top: Most influences of each decision, None for all.
    """

    def __init__(self, analysis: Analysis, extractor: Extractor, top: int | None = None) -> None:
        self.analysis, self.extractor, self.top = analysis, extractor, top
        article, trace = analysis.article, analysis.article.trace
        self._parse, self._candidates = article.parse, analysis.candidates
        self._found = list(zip(analysis.chosen, analysis.statements, strict=True))
        self._kept = {choice.key for choice in analysis.chosen}
        self._notes: Sequence[Note] = () if trace is None else trace.notes
        features = [features_of(article, candidate) for candidate in self._candidates]
        moved = extractor.scorer.contributions(article, self._candidates, features, analysis.encoded)
        scored = zip(self._candidates, analysis.probabilities, moved, strict=True)
        self._scored = {c.key: (p, sum(x for _, x in pairs), pairs) for c, p, pairs in scored}
        """Of each candidate its probability, what its features sum up to, and what each of them adds."""

    def statements(self, place: Span | None = None) -> tuple[Explanation, ...]:
        """Explain the statements that the extractor gives: all, or those with words at a place."""
        return tuple(
            self._explanation(choice, statement)
            for choice, statement in self._found
            if self.extractor.wants(statement) and (place is None or _is_at(statement, place))
        )

    def near(self) -> tuple[Explanation, ...]:
        """Explain the candidates of wanted attitudes that reached half of their threshold."""
        return tuple(explanation for _, explanation in self.near_choices())

    def near_choices(self) -> tuple[tuple[Candidate, Explanation], ...]:
        """Return those candidates, each in its best extent and without roles or identities, with what explains it."""
        close = []
        for candidate in self._candidates:
            least, key = self._threshold(candidate), candidate.key
            if NEAR * least <= self._scored[key][0] < least and key not in self._kept:
                choice = self._in_best_extent(candidate)
                close.append((choice, self._lost(choice)))
        wanted = [pair for pair in close if pair[1].attitude in self.extractor.attitudes]
        return tuple(sorted(wanted, key=lambda pair: (-pair[1].probability, pair[1].start, pair[1].rule)))

    def lost_at(self, place: Span) -> tuple[Explanation, ...]:
        """Explain what was lost at a place of the text, three at most.

        First the statements that the extractor leaves out for their attitude or confidence, then
        candidates, the likeliest first; one that was refused outright only where there is no other.
        """
        left_out = [
            self._explanation(choice, statement, self.left_out(statement))
            for choice, statement in self._found
            if not self.extractor.wants(statement) and _is_at(statement, place)
        ]
        tokens = self._tokens(place)
        here = [
            candidate
            for candidate in self._candidates
            if candidate.key not in self._kept
            and any(a <= t <= b for extent in candidate.extents for a, b in extent.pieces for t in tokens)
        ]
        here.sort(key=lambda each: self._scored[each.key][:2], reverse=True)
        likely = [each for each in here if self._scored[each.key][0]] or here[: not left_out]
        return (*left_out, *map(self._lost, map(self._in_best_extent, likely)))[:_MOST_LOST]

    def nothing_at(self, place: Span) -> str:
        """Say what the text has at a place of which there is neither a statement nor a likely candidate."""
        parse, paragraphs = self._parse, self.analysis.article.document.paragraphs
        span, tokens = self.analysis.reading.read(place), self._tokens(place)
        kind = next((p.kind for p in paragraphs if p.span.overlaps(span)), "blank")
        if kind == "blank":
            return "The place is in no paragraph."
        if kind == "boilerplate":
            return "The paragraph was taken for boilerplate, which is not read."
        if not tokens:
            return "The place is before the article's own words (in a dateline or byline), which is not read."
        sentence = range(parse.sentence_start(tokens[0]), parse.sentence_of(tokens[-1])[1])
        words = [t for t in sentence if parse.pos[t] == "VERB" or parse.lemmas[t] in cues()]
        has = "; ".join(_listed(parse, token) for token in words) or "no verb and no cue"
        headline = " It is a headline, and headlines are seldom whole clauses." * (kind == "headline")
        return f"No rule makes a likely candidate of these words.{headline} Their sentence has {has}."

    def _threshold(self, candidate: Candidate) -> float:
        return least_probability(self.analysis.article, candidate, self.extractor.scorer.threshold)

    def _tokens(self, place: Span | TextSpan) -> range:
        """Return the tokens at a place of the text as it was given."""
        return self._parse.tokens_in(self.analysis.reading.read(Span(place.start, place.end)))

    def left_out(self, statement: Statement) -> str:
        """Say why the extractor leaves out a statement that was found."""
        if statement.attitude not in self.extractor.attitudes:
            return f"found, but as {statement.attitude}: ask for it with --attitudes all"
        least = self.extractor.min_confidence
        return f"found, but its confidence, {statement.confidence:.2f}, is below --min-confidence {least}"

    def _in_best_extent(self, candidate: Candidate) -> Candidate:
        (extent,) = preferred(self.analysis.article, [candidate], self._preferences)
        probability, tokens = self._scored[candidate.key][0], words_of(self._parse, extent)
        return candidate._replace(extent=extent, probability=probability, tokens=tokens)

    def _lost(self, choice: Candidate) -> Explanation:
        """Explain a candidate, in its best extent, that became no statement."""
        return self._explanation(choice, None, self._noted(choice, *_LOST))

    def _explanation(self, choice: Candidate, statement: Statement | None, lost: str = "") -> Explanation:
        """Explain a choice with its statement, or a candidate without one."""
        article, text, parse = self.analysis.article, self._parse.text, self._parse
        scored, _, moved = self._scored[choice.key]
        extents = self._extents(choice)
        if statement is None:
            filled = with_roles(article, choice)
            start = self.analysis.reading.original(filled.content[0]).start
            content, attitude, rule = joined(text, filled.content), filled.attitude, filled.rule
            cue = parse.span(choice.cue[0], choice.cue[-1]).of(text) if choice.cue else None
            speaker = choice.speaker.span.of(text) if choice.speaker else None
        else:
            start, content = statement.content.spans[0].start, statement.content.text
            attitude, rule = statement.attitude, statement.provenance.rule
            cue = statement.cue.text if statement.cue else None
            speaker = statement.speaker.name if statement.speaker else None
        confidence = choice.probability
        if statement is not None:
            confidence = self.extractor.scorer.confidence(confidence, attitude)
        shared = [
            (min(kept.tokens & choice.tokens), len(kept.tokens), owner.id)
            for kept, owner in self._found
            if statement is None and kept.tokens & choice.tokens
        ]
        reasons = {
            "Lost": lost,
            "Found by": self._found_by(choice, rule),
            "Content": self._content(choice, extents),
            "Speaker": self._speaker(choice, statement),
            **({} if statement is None else self._roles(choice, statement)),
            "Sure": self._sure(choice, attitude, moved, confidence),
        }
        return Explanation(
            statement_id=statement.id if statement else None,
            start=start,
            text=content,
            attitude=attitude,
            cue=cue,
            speaker=speaker,
            rule=rule,
            probability=confidence,
            scored=scored,
            threshold=self._threshold(choice),
            influences=tuple(starmap(Influence, moved[: self.top])),
            extent=extents[0] if extents else None,
            runner_up=extents[1] if extents else None,
            overlaps=min(shared)[2] if shared else None,
            reasons={label: words for label, words in reasons.items() if words},
        )

    def _preferences(self, candidate: Candidate, items: Sequence[Sequence[str]]) -> list[float]:
        return self.extractor.scorer.preferences(candidate, items, self.analysis.encoded)

    def _extents(self, candidate: Candidate) -> tuple[WeighedExtent, ...]:
        """Return the best two extents of a candidate, if any, each with what the other does not have."""
        article, scorer = self.analysis.article, self.extractor.scorer
        if len(candidate.extents) < 2:
            return ()
        features = [extent_features(article, candidate, extent) for extent in candidate.extents]
        points = self._preferences(candidate, features)
        said = self.analysis.encoded.extents(candidate) if self.analysis.encoded else [0.0] * len(points)
        best, second, *_ = sorted(range(len(points)), key=lambda place: (-points[place], place))

        def weighed(one: int, other: int) -> WeighedExtent:
            extent, common = candidate.extents[one], set(features[other])
            own = [pair for pair in known(scorer.extent, features[one]) if pair[0] not in common]
            if said[one] != said[other]:
                own.append((ENCODER, scorer.extent.get(ENCODER, 0.0) * (said[one] - said[other])))
            text = joined(article.document.text, content_of(article, extent.pieces))
            return WeighedExtent(extent.name, text, points[one], tuple(starmap(Influence, ranked(own)[: self.top])))

        return weighed(best, second), weighed(second, best)

    def _noted(self, candidate: Candidate, *kinds: str) -> str:
        """Return what the stages noted of a candidate."""
        key = candidate.key
        return _sentences(*(n.message for n in self._notes if n.candidate == key and n.kind in kinds))

    def _named(self, role: str, entity: Entity) -> str:
        """Return what was noted of an entity's mention in a role, and so of its name."""
        tokens = self._tokens(entity.mention) if entity.mention else range(0)
        notes = [n for n in self._notes if n.kind in (role, *_NAMING) and not n.candidate]
        inside = [n.message for n in notes if n.tokens and n.tokens[0] in tokens and n.tokens[1] in tokens]
        noted = _sentences(*(_SUBJECT.sub("", message, 1) for message in inside))
        return f"{noted}, who speaks for {entity.represents}" if entity.represents else noted

    def _found_by(self, choice: Candidate, rule: str) -> str:
        """Name the rule, with cue and speaker as they are in the text."""
        parse, words = self._parse, [*choice.cue]
        if choice.speaker is not None:
            words += parse.tokens_in(choice.speaker.span)
        phrase = table("rule_phrases")[rule][0]
        if not words or rule == FLOATING:
            return phrase
        return f"{phrase}: {quoted(parse.span(min(words), max(words)).of(parse.text))}"

    def _content(self, choice: Candidate, extents: tuple[WeighedExtent, ...]) -> str:
        next_best = "no other extent was possible"
        if extents:
            lead = extents[0].preference - extents[1].preference
            next_best = f"the next best extent, {lead:.1f} points behind, is {quoted(extents[1].text)}"
        return _sentences(self._noted(choice, "contract"), next_best)

    def _speaker(self, choice: Candidate, statement: Statement | None) -> str:
        """Say how the speaker was found beside the cue, and how it got its name."""
        parse, mention = self._parse, choice.speaker
        if statement is not None and choice.continues is not None:
            before = self.analysis.statements[choice.continues]
            name = before.speaker and before.speaker.name
            where = f"{quoted(before.content.text)} (at {before.content.spans[0].start})"
            return f"{name or 'somebody without a name'}, who goes on from {where}"
        if mention is None:
            return "none: nobody is named beside the cue" if choice.cue else "none"
        start = self.analysis.reading.original(mention.span).start
        beside = _beside(parse, mention.head, choice.cue_head)
        where = f"{quoted(mention.span.of(parse.text))} (at {start}), {beside}"
        if found := self._noted(choice, "speaker"):
            where = f"{where}; {found}"
        entity = None if statement is None else statement.speaker
        if entity is None:
            return where
        return _sentences(where, self._named("speaker", entity), self._doubt(choice, "speaker", entity))

    def _roles(self, choice: Candidate, statement: Statement) -> dict[str, str]:
        """Say to whom, through what and when, or why none of it is known."""
        when, published = statement.when, self.analysis.article.document.published
        none = "none" if statement.cue else "none: the words have no cue of their own"
        told, noted = self._noted(choice, "addressee"), self._noted(choice, "time")
        carried = self._carried(statement) or self._noted(choice, "medium")
        reasons = {
            "To": self._role(choice, "addressee", statement.addressee, told) or none,
            "Through": self._role(choice, "medium", statement.medium, carried) or none,
            "When": _sentences(none, noted),
        }
        if when is not None:
            day = f"the date {when.date}" if when.date else "no single date that can be reckoned"
            source = f"seen from the document's date, {published}" if published else "the document has no date"
            if when.date and date_meant(when.text, None) == when.date:
                source = "as written"
            reasons["When"] = _sentences(f"{_at(when)}, {noted}", f"{day}, {source}")
        return reasons

    def _role(self, choice: Candidate, role: str, entity: Entity | None, why: str) -> str:
        if entity is None or entity.mention is None:
            return ""
        named = f"{entity.name or 'nobody known'}, {_at(entity.mention)}"
        return _sentences(named, why, self._named(role, entity), self._doubt(choice, role, entity))

    def _doubt(self, choice: Candidate, role: str, entity: Entity) -> str:
        """Say how sure a name is that is not quite sure, and what speaks most against it."""
        identity = getattr(choice, f"{role}_identity")
        if entity.name is None or entity.confidence >= SURE:
            return ""
        moved = _by_phrase(name_contributions(self.analysis.article, choice, role, identity))
        against, points = min(moved.items(), key=lambda pair: pair[1])
        most = f", against it most {against} ({points:+.1f})" * (points < 0)
        return f"the name is unsure, {entity.confidence:.2f}{most}"

    def _carried(self, statement: Statement) -> str:
        """Return why the medium of a statement is one that was told, or one of an earlier statement."""
        first = self._tokens(statement.content.spans[0])[0]
        notes = [n for n in self._notes if n.kind in ("told outlet", "inherited medium")]
        return _sentences(*(_SUBJECT.sub("", n.message, 1) for n in notes if n.tokens and n.tokens[0] == first))

    def _sure(self, choice: Candidate, attitude: str, moved: Sequence[tuple[str, float]], confidence: float) -> str:
        """Name the probability, its threshold, the two strongest reasons on either side, and the attitude."""
        least = self._threshold(choice)
        why = _THRESHOLDS.get(least, "as for most candidates")
        kept = f"kept from {least:.2f} on, {why}" if least else "kept for its rule, whatever its features say"
        ordered = [(x, f"{phrase} ({x:+.1f})") for phrase, x in _by_phrase(moved).most_common()]
        pro = " and ".join(said for x, said in ordered[:2] if x > 0)
        con = " and ".join(said for x, said in ordered[:-3:-1] if x < 0)
        noted = self._noted(choice, "attitude")
        how_often = "less" if confidence < choice.probability else "more"
        shifted = (
            f"confidence {confidence:.2f}: what has this attitude is right {how_often} often than its features say"
        )
        return _sentences(
            f"{choice.probability:.2f}, {kept}",
            f"for it {pro}" * bool(pro),
            f"against it {con}" * bool(con),
            shifted * (confidence != choice.probability),
            f"attitude {attitude}" + f": {noted}" * bool(noted),
        )


def _by_phrase(moved: Iterable[tuple[str, float]]) -> Counter[str]:
    """Return what the features that go by one phrase add together; the constant is left out."""
    sums = Counter[str]()
    for feature, contribution in moved:
        if feature != "bias":
            sums[phrase_of(feature)] += contribution  # type: ignore[assignment]  # a sum, no count
    return sums


def phrase_of(feature: str) -> str:
    """Return what a feature is called for a reader who knows no grammar, by its family.

    >>> phrase_of("cue=say"), phrase_of("cut word=after|True")
    ('the cue word “say”', 'the phrase that it leaves out')
    """
    name, _, values = feature.partition("=")
    family, phrases = name.partition("|")[0], table("feature_phrases")
    words = family.split(" ")
    names = [family, *(" ".join(words[:count]) + " …" for count in range(len(words), 0, -1))]
    phrase = next(phrases[each][0] for each in names if each in phrases)
    value = values.partition("|")[0].strip()
    return phrase.replace("“{}”", f"“{value}”" if value not in ("", "none") else "nothing")


def quoted(text: str) -> str:
    """Return a text in quotation marks on one line, its middle left out where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else f'{line[:50]} … {line[-37:]}'}”"


def _listed(parse: Parse, token: int) -> str:
    """Return a word and what the list of cues says of it."""
    cue = cues().get(parse.lemmas[token])
    attitude = cue and cue.get(_CUE_CLASSES.get(parse.pos[token], ""))
    other = " as this part of speech" * (cue is not None)
    listed = f"listed as a cue of {attitude}" if attitude else f"not in the list of cues{other}"
    return f"“{parse.words[token]}” ({listed})"


def _beside(parse: Parse, head: int, cue: int | None) -> str:
    """Say where a speaker is, seen from the cue."""
    kinds = {"nsubj": "subject of", "nsubjpass": "subject of", "poss": "owner of", "pobj": "noun after"}
    if cue is None:
        return "the label or the signature"
    kind = kinds.get(parse.deps[head])
    return f"the {kind} “{parse.words[parse.heads[head]]}”" if kind else "the noun beside the cue"


def _is_at(statement: Statement, place: Span) -> bool:
    """Return whether content, cue or speaker of a statement has words at a place."""
    spans = [*statement.content.spans, statement.cue, statement.speaker and statement.speaker.mention]
    return any(place.overlaps(Span(span.start, span.end)) for span in spans if span)


def _at(span: TextSpan) -> str:
    return f"{quoted(span.text)} (at {span.start})"


def _sentences(*said: str) -> str:
    """Join what is said, once each, as sentences."""
    first, *others = [*dict.fromkeys(filter(None, said))] or [""]
    return ". ".join([first, *(each[0].upper() + each[1:] for each in others)])
