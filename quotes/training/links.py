"""Fits the weights by which reports are linked, from pairs of statements that people judged.

A judged pair is a JSON object: ``a`` and ``b`` (``doc_id``, and as [start, end) spans ``content`` and ``source``),
``kind_a`` and ``kind_b`` (D direct, M mixed, P indirect), ``label`` ("no", or anything else for one utterance) and
``group``: pairs about the same event have one, so that cross-validation never tests on an event it was fitted to.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from quotes.linking.blocks import ordered
from quotes.linking.candidates import candidate_pairs
from quotes.linking.conflicts import conflicts
from quotes.linking.features import Comparer
from quotes.linking.model import BETWEEN, PairModel
from quotes.linking.others import WORTH_A_LOOK, Scored, Thirds, standing, worth_a_look
from quotes.linking.pairs import scored_pair
from quotes.linking.people import bearers_among
from quotes.linking.reports import Place, Report, reports_of
from quotes.linking.terms import Rarity, rarity_of, stem
from quotes.linking.window import window_of
from quotes.text.spans import Span
from quotes.verification.words import words_of

Record = Mapping[str, Any]

KINDS = {"D": "direct", "M": "mixed", "P": "indirect"}
STRENGTH = 0.3
STRENGTH_AMONG = 1.0
"""How much the examples count against the penalty (scikit-learn's ``C``); chosen by cross-validation."""
UNJUDGED = 0.05
"""How much a random pair counts beside one that somebody judged; there are many, and some may be of one utterance."""
RANDOM_PAIRS = (10, 4)
"""For each side of a pair of one utterance: with others of the same week, and of the same document."""
FOR_MANY = 0.3
"""Power of how many pairs one that was read stands for that it counts in fitting: fewer than all, they are alike."""
FOLDS = 10
LEAST_DOCUMENTS = 5
"""Documents that have a word from which it is in the table of words."""
_SAME = 0.3
"""Overlap from which a found statement lends what is known of it to a judged one."""
_LEAST_WEIGHT = 0.005
_LEAST_SPREAD = 0.001
"""Standard deviation of a feature up to which hardly any example has it."""
_FORTNIGHT = 14
BIAS = "bias"
_UNKNOWN = {**dict.fromkeys(("when", "medium", "addressee", "cue")), "confidence": 1.0}
"""What is known of a judged statement that was not found."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of reports and whether they are of one utterance.

    Attributes:
        one: A report.
        other: The other one.
        is_one_utterance: The answer.
        group: Pairs of one event have one.
        count: How much it counts in fitting.
        stands_for: Of how many pairs like it it is the only one that was read.
        is_read: Whether somebody read it; a random pair is taken to be of two utterances.
    """

    one: Report
    other: Report
    is_one_utterance: bool
    group: str
    count: float = 1.0
    stands_for: float = 1.0
    is_read: bool = True


def word_counts(texts: Iterable[str]) -> tuple[dict[str, int], int]:
    """Return in how many texts each common word is, and how many texts there are.

    Names are left out: how rare one is depends on the archive.
    """
    having: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        words = words_of(text)
        own = {stem(form): False for form in words.forms if form.isalpha()}
        for index, form in enumerate(words.forms):
            if form.isalpha() and words.written(index)[0].islower():
                own[stem(form)] = True
        own.pop("", None)
        having.update(own.keys())
        lower.update(term for term, is_lower in own.items() if is_lower)
    common = (term for term, count in having.items() if count >= LEAST_DOCUMENTS and 2 * lower[term] >= count)
    return {term: having[term] for term in sorted(common)}, number


def written_counts(counts: Mapping[str, int], documents: int) -> str:
    """Return the table of words as text; its first row, without a term, is the number of documents."""
    rows = {"": documents, **counts}
    return "term\tdocuments\n" + "".join(f"{term}\t{count}\n" for term, count in rows.items())


class Judged:
    """Judged pairs as examples, with the statements found in the same documents."""

    def __init__(self, pairs: Sequence[Record], articles: Mapping[str, Record], statements: Sequence[Record]) -> None:
        """Take judged pairs, articles by id (``text``, ``published``, ``publisher``), and what was found in them."""
        self._articles = articles
        self._found: defaultdict[str, list[Record]] = defaultdict(list)
        for statement in statements:
            self._found[statement["provenance"]["document"]["id"]].append(statement)
        self._bearers = bearers_among(statement["speaker"] for statement in statements)
        self.reports = reports_of(statements, bearers=self._bearers)
        self._by_document: defaultdict[str, list[Report]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Report]] = defaultdict(list)
        for report in self.reports:
            self._by_document[report.place.key].append(report)
            self._by_name[report.place.document].append(report)
        self._sides: dict[str, Report] = {}
        self.twins: dict[str, str] = {}
        """Id of the found statement that each judged one is."""
        self.examples = [
            Example(self._side(pair, "a"), self._side(pair, "b"), pair["label"] != "no", pair["group"])
            for pair in pairs
            if {pair["a"]["doc_id"], pair["b"]["doc_id"]} <= articles.keys()
        ]

    def rarity(self) -> Rarity:
        """Return how rare words are in the documents."""
        return rarity_of(term for own in self._by_document.values() for term in [[t for r in own for t in r.terms]])

    def of(self, key: str) -> Sequence[Report]:
        """Return the statements found in a document."""
        return self._by_document[key]

    def random_pairs(self, seed: int = 0) -> list[Example]:
        """Return pairs that are hardly ever of one utterance: of the same week, and of the same document."""
        chance = random.Random(seed)
        dated = sorted((r for r in self.reports if r.place.published), key=lambda each: each.place.published or 0)
        days = [report.place.published or 0 for report in dated]
        found = []
        for example in self.examples:
            sides = (example.one, example.other) if example.is_one_utterance else ()
            busy = {side.place.key for side in sides}
            for side in sides:
                day = side.place.published or 0
                week = dated[bisect_left(days, day - 7) : bisect_right(days, day + 7)]
                here = self.of(side.place.key)
                others = [each for each in week if each.place.key not in busy]
                own = [r for r in here if r.place.end <= side.place.start or side.place.end <= r.place.start]
                for pool, count in zip((others, own), RANDOM_PAIRS, strict=True):
                    chosen = chance.sample(pool, min(count, len(pool)))
                    found += [Example(side, each, False, example.group, UNJUDGED, is_read=False) for each in chosen]
        return found

    def read(self, pairs: Sequence[Record]) -> list[Example]:
        """Return pairs that somebody read as examples, those of which both statements are found.

        ``a`` and ``b`` have a ``doc_id``, and ``start`` and ``end`` of the content; ``label`` is as for judged pairs,
        ``stands_for`` tells of how many pairs this one was drawn.
        """
        found = [(pair, self._there(pair["a"]), self._there(pair["b"])) for pair in pairs]
        there = [(pair, one, other) for pair, one, other in found if one is not None and other is not None]
        counts = [pair["stands_for"] ** FOR_MANY for pair, *_ in there]
        return [
            Example(
                one,
                other,
                pair["label"] != "no",
                f"{one.statement} {other.statement}",
                count * len(counts) / sum(counts),
                pair["stands_for"],
            )
            for (pair, one, other), count in zip(there, counts, strict=True)
        ]

    def _there(self, place: Record) -> Report | None:
        """Return the report found where a judged one is."""
        own = [(_common(report.place, place), report) for report in self._by_name[place["doc_id"]]]
        share, report = max(own, key=lambda item: item[0], default=(0.0, None))
        return report if share >= _SAME else None

    def _side(self, pair: Record, side: str) -> Report:
        where, kind = pair[side], KINDS[pair[f"kind_{side}"]]
        key = f"{where['doc_id']}:{where['content']}"
        if key not in self._sides:
            found = self._found[where["doc_id"]]
            nearest = max(found, key=partial(_overlap, where["content"]), default=None)
            record = _record(self._articles[where["doc_id"]], where, kind, found, nearest)
            twin = nearest["id"] if nearest and _overlap(where["content"], nearest) >= _SAME else ""
            (report,) = reports_of([{**record, "id": key}], bearers=self._bearers)
            near = [
                other
                for other in self.of(report.place.key)
                if other.statement != twin and abs(other.place.sentence - report.place.sentence) <= 3
            ]
            self.twins[key] = twin
            self._sides[key] = replace(
                report,
                surroundings=frozenset(term for each in near for term in each.terms),
            )
        return self._sides[key]


def fit(judged: Judged, read: Sequence[Record] = ()) -> tuple[PairModel, dict[str, float]]:
    """Return the model, and how good it is by cross-validation over fortnights.

    Args:
        judged: The judged pairs.
        read: More pairs, drawn at random from those that earlier weights gave some probability; see `Judged.read`.

    Returns:
        "average_precision" and "best_f1" are of the judged pairs; "against_random" is the average
        precision of the pairs of one utterance among random pairs of the same week, "average_precision_read"
        that of the pairs read, each counted for as many as it stands for.
    """
    training = _Training(judged, judged.read(read))
    examples, answers = training.examples, training.answers
    first, second = np.zeros(len(examples)), np.zeros(len(examples))
    for fitted_to, tested in GroupKFold(FOLDS, shuffle=True, random_state=0).split(answers, answers, training.groups):
        known = np.zeros(len(examples), dtype=bool)
        known[fitted_to] = True
        model, scores, standings = training.fitted(known)
        first[tested] = scores[tested]
        second[tested] = [model.probability(standings[index]) for index in tested]
    hard = np.arange(len(examples)) < len(judged.examples)
    more = np.array([each.is_read for each in examples]) & ~hard
    is_week = np.array([each.one.place.key != each.other.place.key for each in examples])
    beside = (hard & answers) | (is_week & ~hard & ~more)
    quality = {
        "pairs": float(len(judged.examples)),
        "average_precision_alone": float(average_precision_score(answers[hard], first[hard])),
        "average_precision": float(average_precision_score(answers[hard], second[hard])),
        "best_f1": _best_f1(answers[hard], second[hard]),
        "against_random": float(average_precision_score(answers[beside], first[beside])),
    }
    if more.any():
        stands_for = np.array([each.stands_for for each in examples])[more]
        read_quality = average_precision_score(answers[more], second[more], sample_weight=stands_for)
        quality["average_precision_read"] = float(read_quality)
    return training.fitted(np.full(len(examples), True))[0], quality


class _Training:
    """Judged, read and random pairs, and all candidate pairs of the documents, with their features."""

    def __init__(self, judged: Judged, read: Sequence[Example]) -> None:
        self.judged = judged
        self.examples = [*judged.examples, *read, *judged.random_pairs()]
        self.answers = np.array([each.is_one_utterance for each in self.examples])
        self.counts = np.array([each.count for each in self.examples])
        self.groups = _groups(self.examples)
        self.reports = [judged.reports[at] for at in ordered(judged.reports)]
        self._places = {report.statement: at for at, report in enumerate(self.reports)}
        sides = {side.statement: side for each in self.examples for side in (each.one, each.other)}
        more = [side for name, side in sides.items() if name not in self._places]
        places = {report.statement: at for at, report in enumerate([*self.reports, *more])}
        rarity = judged.rarity()
        comparer = Comparer(window_of([*self.reports, *more], rarity))
        ones, others = (
            np.array([places[getattr(each, side).statement] for each in self.examples]) for side in ("one", "other")
        )
        self._columns = comparer.features(ones, others)
        window = window_of(self.reports, rarity)
        ones, others = candidate_pairs(window)
        kept = ~conflicts(window, ones, others)
        self._candidate_columns = comparer.features(ones[kept], others[kept])
        pairs = zip(ones[kept].tolist(), others[kept].tolist(), strict=True)
        self.pairs = [pair if self._key(pair[0]) <= self._key(pair[1]) else pair[::-1] for pair in pairs]
        self._by_documents: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row, (one, other) in enumerate(self.pairs):
            self._by_documents[self._key(one), self._key(other)].append(row)

    def _key(self, at: int) -> str:
        return self.reports[at].place.key

    def fitted(self, known: Any) -> tuple[PairModel, Any, Any]:
        """Return the model fitted to the examples that are known, and the score and the standing of all."""
        names = sorted(self._columns.keys() - {BIAS})
        rows = np.column_stack([self._columns[name] for name in names]).astype(float)
        one, other = np.triu_indices(len(names))
        products = [f"{names[a]}{BETWEEN}{names[b]}" for a, b in zip(one, other, strict=True)]
        rows = np.hstack([rows, rows[:, one] * rows[:, other]])
        own = _weights(rows[known], [*names, *products], self.answers[known], self.counts[known], STRENGTH)
        alone = PairModel(own, {})
        scores = alone.scores(self._columns)
        standings = self._standings(scores, alone.scores(self._candidate_columns))
        names = sorted({name for item in standings for name in item} - {BIAS})
        rows = np.array([[item[name] for name in names] for item in standings])
        known = known & np.array([each.is_read for each in self.examples])
        among = _weights(rows[known], names, self.answers[known], self.counts[known], STRENGTH_AMONG)
        return PairModel(own, among), scores, standings

    def _scored(self, row: int, score: float) -> Scored:
        one, other = self.pairs[row]
        return scored_pair(self.reports[one], self.reports[other], score)

    def _standings(self, scores: Any, candidate_scores: Any) -> list[dict[str, float]]:
        """Return how each example stands among the candidates of its two documents."""
        likely = 1.0 / (1.0 + np.exp(-candidate_scores))
        worth = np.flatnonzero(likely >= WORTH_A_LOOK).tolist()
        thirds = Thirds(
            ((*self.pairs[row], float(likely[row])) for row in worth), [each.place.key for each in self.reports]
        )
        found = []
        for example, score in zip(self.examples, scores.tolist(), strict=True):
            one, other = sorted((example.one, example.other), key=lambda side: side.place.key)
            first, second = (self.judged.twins.get(side.statement) or side.statement for side in (one, other))
            rows = self._by_documents[one.place.key, other.place.key] if example.is_read else ()
            others = (self._scored(row, float(candidate_scores[row])) for row in rows)
            places = [self._places.get(side, -1) for side in (first, second)]
            found.append(
                standing(
                    Scored(first, second, one.place.sentence, other.place.sentence, score),
                    worth_a_look(others),
                    same_document=one.place.key == other.place.key,
                    third=thirds.of(*places) if min(places) >= 0 else 0.0,
                )
            )
        return found


def _groups(examples: Sequence[Example]) -> Any:
    """Return the fortnight of each example, one for all of a group: that of its earliest document."""
    earliest: dict[str, int] = {}
    for example in examples:
        days = [side.place.published or 0 for side in (example.one, example.other)]
        earliest[example.group] = min(earliest.get(example.group, min(days)), *days)
    return np.array([earliest[example.group] // _FORTNIGHT for example in examples])


def _weights(rows: Any, names: Sequence[str], answers: Any, counts: Any, strength: float) -> dict[str, float]:
    varied = rows.std(axis=0) > _LEAST_SPREAD
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(rows[:, varied], answers, sample_weight=counts)
    found = zip(np.array(names)[varied].tolist(), model.coef_[0].tolist(), strict=True)
    kept = {name: weight for name, weight in found if abs(weight) >= _LEAST_WEIGHT}
    return {BIAS: float(model.intercept_[0]), **kept}


def _best_f1(answers: Any, scores: Any) -> float:
    chosen = (scores >= least for least in np.linspace(0.05, 0.95, 91))
    return float(max(2 * (each & answers).sum() / (each.sum() + answers.sum()) for each in chosen))


def _common(one: Place, other: Record) -> float:
    """Return the share of the code points of two stretches that both have."""
    start, end = int(other["start"]), int(other["end"])
    common = min(one.end, end) - max(one.start, start)
    return max(0, common) / max(1, max(one.end, end) - min(one.start, start))


def _overlap(spans: Sequence[Sequence[int]], statement: Record) -> float:
    own = {place for start, end in spans for place in range(start, end)}
    found = {place for piece in statement["content"]["spans"] for place in range(piece["start"], piece["end"])}
    return len(own & found) / max(1, len(own | found))


def _record(article: Record, where: Record, kind: str, found: Sequence[Record], nearest: Record | None) -> Record:
    """Return a judged statement as if it had been found, with its judged words, kind and speaker."""
    text = article["text"]
    spans = [{"start": start, "end": end, "text": text[start:end]} for start, end in where["content"]]
    known = nearest is not None and _overlap(where["content"], nearest) >= _SAME
    near = min(found, key=lambda each: abs(each["content"]["spans"][0]["start"] - spans[0]["start"]), default=None)
    base = (
        nearest
        if nearest is not None and known
        else {**dict.fromkeys(("when", "medium", "addressee", "cue")), "confidence": 1.0}
    )
    document = {
        "id": where["doc_id"],
        "sha256": near["provenance"]["document"]["sha256"] if near else where["doc_id"],
        "publisher": article["publisher"],
        "published": article["published"],
    }
    return {
        "attitude": "statement",
        "negated": False,
        **base,
        "kind": kind,
        "content": {"text": _with_marks(text, where["content"], kind), "spans": spans},
        "speaker": _speaker(text, where["source"], found, base),
        "provenance": {"document": document, "sentence": near["provenance"]["sentence"] if near else 0},
    }


def _with_marks(text: str, spans: Sequence[Sequence[int]], kind: str) -> str:
    """Return the words, of mixed ones with the quotation marks at their edges, which judged spans leave out."""
    if kind != "mixed":
        return " … ".join(text[start:end] for start, end in spans)
    marks = "\"“”'‘’"
    return " … ".join(
        text[start - (text[start - 1 : start] in marks) : end + (text[end : end + 1] in marks)] for start, end in spans
    )


def _speaker(text: str, source: Sequence[Sequence[int]], found: Sequence[Record], base: Record) -> Any:
    """Return whoever the judged source is: somebody found there, else the name in it."""
    if not source:
        return base.get("speaker")
    place = Span(*source[0])
    entities = (each[role] for each in found for role in ("speaker", "addressee", "medium") if each[role])
    there = [
        e for e in entities if e["mention"] and e["mention"]["start"] < place.end and place.start < e["mention"]["end"]
    ]
    if there:
        return max(there, key=lambda e: min(place.end, e["mention"]["end"]) - max(place.start, e["mention"]["start"]))
    capitals = [word for word in place.of(text).split() if word[0].isupper()]
    return {"name": " ".join(capitals) or None, "type": "unknown", "represents": None, "role": None, "confidence": 1.0}
