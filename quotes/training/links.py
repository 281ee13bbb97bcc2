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
from quotes.linking.model import PairModel
from quotes.linking.others import Scored, standing, worth_a_look
from quotes.linking.pairs import scored_pair
from quotes.linking.people import bearers_among
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import Rarity, rarity_of, stem
from quotes.linking.window import window_of
from quotes.text.spans import Span
from quotes.verification.words import words_of

Record = Mapping[str, Any]
Item = Mapping[str, float]
Read = tuple[str, str, bool]

KINDS = {"D": "direct", "M": "mixed", "P": "indirect"}
STRENGTH = 0.3
STRENGTH_AMONG = 1.0
"""How much the examples count against the penalty (scikit-learn's ``C``); chosen by cross-validation."""
UNJUDGED = 0.05
"""How much a random pair counts beside one that somebody judged; there are many, and some may be of one utterance."""
RANDOM_PAIRS = (10, 4)
"""For each side of a pair of one utterance: with others of the same week, and of the same document."""
CANDIDATES = 1500
"""Candidate pairs nobody judged, of one document and of two, that are taken to be of two utterances: nearly all are."""
UNREAD = (0.1, 0.04)
READ = (1.0, 2.0)
"""How much such a pair, and one that somebody read, count beside a judged one: by themselves, and among others."""
FOLDS = 10
LEAST_DOCUMENTS = 5
"""Documents that have a word from which it is in the table of words."""
_SAME = 0.3
"""Overlap from which a found statement lends what is known of it to a judged one."""
_LEAST_WEIGHT = 0.005


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of reports and whether they are of one utterance; a random pair is taken to be of two."""

    one: Report
    other: Report
    is_one_utterance: bool
    group: str
    judged: bool = True


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
        for report in self.reports:
            self._by_document[report.place.key].append(report)
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
                    found += [Example(side, each, False, example.group, judged=False) for each in chosen]
        return found

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
            self._sides[key] = replace(report, surroundings=frozenset(term for each in near for term in each.terms))
        return self._sides[key]


def fit(judged: Judged, read: Sequence[Read] = ()) -> tuple[PairModel, dict[str, float]]:
    """Return the model, and how good it is by cross-validation over groups.

    Args:
        judged: The judged pairs.
        read: More pairs of found statements that somebody read, by their ids.

    Returns:
        "average_precision" and "best_f1" are of the judged pairs; "against_random" is the average
        precision of the pairs of one utterance among random pairs of the same week.
    """
    training = _Training(judged, read)
    number, groups, answers = len(judged.examples), training.groups, training.answers
    first, second = np.zeros(len(groups)), np.zeros(number)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for fitted_to, _ in folds.split(groups[:number], answers[:number], groups[:number]):
        known = np.isin(groups, groups[fitted_to])
        model = training.fitted(known)
        scores = training.candidate_scores(model)
        for index in np.flatnonzero(~known):
            first[index] = model.score(training.items[index])
            if index < number:
                second[index] = model.probability(training.standing(training.examples[index], first[index], scores))
    is_week = np.array([each.judged or each.one.place.key != each.other.place.key for each in training.examples])
    beside = is_week & (answers | (np.arange(len(answers)) >= number))
    quality = {
        "pairs": float(number),
        "average_precision_alone": float(average_precision_score(answers[:number], first[:number])),
        "average_precision": float(average_precision_score(answers[:number], second)),
        "best_f1": _best_f1(answers[:number], second),
        "against_random": float(average_precision_score(answers[beside], first[beside])),
    }
    return training.fitted(np.full(len(groups), True)), quality


class _Training:
    """Judged and random pairs, and all candidate pairs of the same documents, with their features."""

    def __init__(self, judged: Judged, read: Sequence[Read]) -> None:
        self.judged = judged
        self.examples = [*judged.examples, *judged.random_pairs()]
        self.items = _features([(each.one, each.other) for each in self.examples], judged.rarity())
        self.groups = np.array([each.group for each in self.examples])
        self.answers = np.array([each.is_one_utterance for each in self.examples])
        self.reports = [judged.reports[at] for at in ordered(judged.reports)]
        window = window_of(self.reports, judged.rarity())
        ones, others = candidate_pairs(window)
        kept = ~conflicts(window, ones, others)
        features = Comparer(window).named(ones[kept], others[kept])
        pairs = zip(ones[kept].tolist(), others[kept].tolist(), strict=True)
        self.pairs = [pair if self._key(pair[0]) <= self._key(pair[1]) else pair[::-1] for pair in pairs]
        self._names = sorted({name for item in features for name in item})
        column = {name: place for place, name in enumerate(self._names)}
        self._matrix = np.zeros((len(features), len(self._names)), dtype=np.float32)
        for row, item in enumerate(features):
            for name, value in item.items():
                self._matrix[row, column[name]] = value
        self._by_documents: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row, (one, other) in enumerate(self.pairs):
            self._by_documents[self._key(one), self._key(other)].append(row)
        self._others = self._chosen(read)
        self._features = features

    def _key(self, at: int) -> str:
        return self.reports[at].place.key

    def _chosen(self, read: Sequence[Read]) -> list[tuple[int, bool, float, float]]:
        """Return candidates with their answer and what they count by themselves and among others."""
        places = {report.statement: at for at, report in enumerate(self.reports)}
        rows = {frozenset(pair): row for row, pair in enumerate(self.pairs)}
        known = {frozenset((places[one], places[other])): answer for one, other, answer in read}
        chosen = [(rows[pair], answer, *READ) for pair, answer in known.items() if pair in rows]
        twins = self.judged.twins
        taken = {
            frozenset((places.get(twins[each.one.statement], -1), places.get(twins[each.other.statement], -1)))
            for each in self.judged.examples
        }
        free = [row for row, pair in enumerate(self.pairs) if frozenset(pair) not in taken | known.keys()]
        chance = random.Random(0)
        for inside in (True, False):
            own = [row for row in free if (self._key(self.pairs[row][0]) == self._key(self.pairs[row][1])) is inside]
            chosen += [(row, False, *UNREAD) for row in chance.sample(own, min(CANDIDATES, len(own)))]
        return chosen

    def fitted(self, known: Any) -> PairModel:
        """Return the model fitted to the examples that are known, and to the candidates."""
        at = np.flatnonzero(known).tolist()
        counts = [1.0 if self.examples[i].judged else UNJUDGED for i in at]
        items = [self.items[i] for i in at] + [self._features[row] for row, *_ in self._others]
        answers = [*(bool(self.answers[i]) for i in at), *(answer for _, answer, *_ in self._others)]
        own = _weights(items, answers, [*counts, *(count for _, _, count, _ in self._others)], STRENGTH)
        alone = PairModel(own, {})
        scores = self.candidate_scores(alone)
        judged = [i for i in at if self.examples[i].judged]
        among = [self.standing(self.examples[i], alone.score(self.items[i]), scores) for i in judged]
        among += [self._standing_of(row, scores) for row, *_ in self._others]
        answers = [*(bool(self.answers[i]) for i in judged), *(answer for _, answer, *_ in self._others)]
        counts = [1.0] * len(judged) + [count for *_, count in self._others]
        return PairModel(own, _weights(among, answers, counts, STRENGTH_AMONG))

    def candidate_scores(self, model: PairModel) -> Any:
        """Return the score of each candidate by itself."""
        return self._matrix @ np.array([model.own.get(name, 0.0) for name in self._names], dtype=np.float32)

    def standing(self, example: Example, score: float, scores: Any) -> dict[str, float]:
        """Return how a judged pair stands among the candidates of its two documents."""
        one, other = sorted((example.one, example.other), key=lambda side: side.place.key)
        first, second = (self.judged.twins[side.statement] or side.statement for side in (one, other))
        pair = Scored(first, second, one.place.sentence, other.place.sentence, score)
        return self._beside(pair, one.place.key, other.place.key, scores)

    def _standing_of(self, row: int, scores: Any) -> dict[str, float]:
        one, other = self.pairs[row]
        pair = scored_pair(self.reports[one], self.reports[other], float(scores[row]))
        return self._beside(pair, self._key(one), self._key(other), scores)

    def _beside(self, pair: Scored, here: str, there: str, scores: Any) -> dict[str, float]:
        rows = ((*self.pairs[row], float(scores[row])) for row in self._by_documents[here, there])
        others = (scored_pair(self.reports[one], self.reports[other], score) for one, other, score in rows)
        return standing(pair, worth_a_look(others), same_document=here == there)


def _features(pairs: Sequence[tuple[Report, Report]], rarity: Rarity) -> list[dict[str, float]]:
    reports = {id(report): report for pair in pairs for report in pair}
    places = {key: place for place, key in enumerate(reports)}
    window = window_of(list(reports.values()), rarity)
    ones, others = ([places[id(pair[side])] for pair in pairs] for side in (0, 1))
    return Comparer(window).named(np.array(ones), np.array(others))


def _weights(
    items: Sequence[Item], answers: Sequence[bool], counts: Sequence[float], strength: float
) -> dict[str, float]:
    names = sorted({name for item in items for name in item})
    matrix = np.array([[item.get(name, 0.0) for name in names] for item in items])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=5000)
    model.fit(matrix, answers, sample_weight=counts)
    found = zip(names, model.coef_[0].tolist(), strict=True)
    return {name: weight for name, weight in found if abs(weight) >= _LEAST_WEIGHT}


def _best_f1(answers: Any, scores: Any) -> float:
    chosen = (scores >= least for least in np.linspace(0.05, 0.95, 91))
    return float(max(2 * (each & answers).sum() / (each.sum() + answers.sum()) for each in chosen))


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
    base = nearest if nearest is not None and known else dict.fromkeys(("when", "medium", "addressee"))
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
    return {"name": " ".join(capitals) or None, "type": "unknown", "represents": None, "role": None}
