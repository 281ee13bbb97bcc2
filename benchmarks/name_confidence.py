"""Fits the confidence of names, and measures it on documents that the weights have not seen.

    python benchmarks/name_confidence.py articles.jsonl cases.jsonl fixtures [--corpus train.jsonl] [--write]

Takes documents with annotated names: folders of fixtures, or JSON Lines with ``id``, ``text`` and ``statements``,
each with its content (``spans`` or the pieces' words) and, for a role, the accepted names. Prints how far the
confidence of speakers' names can be trusted, by cross-validation over documents and with the weights that ship.
``--corpus`` fits the weights of mentions too, to annotated sources as ``quotes train`` takes them; ``--write``
replaces the table that ships. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import quotes.scoring
from quotes.evaluation.comparison import Wording
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.report import Calibration, calibration
from quotes.extractor import Analysis, Extractor
from quotes.scoring.features.names import mention_features, name_features
from quotes.scoring.names import SURE, name_weights
from quotes.scoring.scorer import OWN_SCORE, Weights, probability, total, written_tables
from quotes.text.document import make_document
from quotes.text.overlap import SAME_CONTENT, one_to_one, overlapping
from quotes.text.spans import Span
from quotes.training.linear import CONSTANT, fit_weights, item
from quotes.validation.comparison import bare_name
from quotes.validation.fixtures import find_fixtures

TABLE = Path(quotes.scoring.__file__).parent / "weights" / "names.tsv"
FOLDS = 10
LEAST_MENTIONS, LEAST_NAMES, STRENGTH_OF_NAMES = 20, 3, 0.5
"""How many examples a feature must have, and how much names count against the penalty."""
CAUTION = log(1.5)
"""What is taken off the log-odds. The names of annotated documents were looked at while the rules were written,
those of a new text were not: there a name is wrong more often, by half as is reckoned here."""
OPEN = {"?", "ANY"}
"""What stands among the accepted names where any is as good."""

Record = Mapping[str, Any]


class Name(NamedTuple):
    """A name that was given, and whether it is right.

    Attributes:
        source: File or folder with the document.
        document: Where it is.
        role: speaker, addressee or medium.
        mention: Features of its mention.
        name: Features of the name.
        confidence: What the output has.
        right: Whether the annotation accepts it.
    """

    source: str
    document: str
    role: str
    mention: list[str]
    name: list[str]
    confidence: float
    right: bool


def main() -> None:
    """Fit, measure, and write where asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("annotated", type=Path, nargs="+", help="fixture folders, or documents as JSON Lines")
    parser.add_argument("--corpus", type=Path, help="annotated sources, to fit the weights of mentions")
    parser.add_argument("--write", action="store_true", help="replace the table of weights")
    options = parser.parse_args()
    extractor = Extractor(attitudes="all")
    mention = name_weights()["mention"] if options.corpus is None else mention_weights(options.corpus, extractor)
    names = [name for path in options.annotated for name in judged(path, extractor)]
    report("cross-validation", names, cross_validated(names, mention))
    report("as it ships", names, [name.confidence for name in names])
    if options.write:
        write(mention, fitted(names, mention))


def report(title: str, names: Sequence[Name], confidences: Sequence[float]) -> None:
    """Print how far the confidence of speakers' names can be trusted, of all and by source, and of other names."""
    speakers = [(c, n.right, n.source) for c, n in zip(confidences, names, strict=True) if n.role == "speaker"]
    others = [(c, n.right) for c, n in zip(confidences, names, strict=True) if n.role != "speaker"]
    measured = measure(f"{title}, speakers", [(c, right) for c, right, _ in speakers])
    for source in dict.fromkeys(source for _, _, source in speakers):
        measure(f"- {source}", [(c, right) for c, right, where in speakers if where == source])
    measure(f"{title}, addressees and media", others)
    if measured is not None:
        say(reliability(measured))


def measure(title: str, found: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Print how many names are right, of all and of those that are sure, and return their calibration."""
    sure, measured = [right for confidence, right in found if confidence >= SURE], calibration(found)
    if measured is not None:
        right = f"{len(found)} names, {sum(right for _, right in found) / len(found):.3f} right"
        of_sure = f"from {SURE} on {len(sure)}, {sum(sure) / max(1, len(sure)):.4f} right"
        say(f"{title}: {right}; calibration error {measured.expected_error:.3f}; {of_sure}\n")
    return measured


def reliability(measured: Calibration) -> str:
    """Return bins as a table of the pages."""
    head = "| confidence | names | mean confidence | right |\n| --- | ---: | ---: | ---: |\n"
    rows = (
        f"| {part.low:.1f}–{part.high:.1f} | {part.predictions} | {part.confidence:.2f} | {part.right:.2f} |\n"
        for part in measured.bins
        if part.predictions
    )
    return head + "".join(rows)


def say(text: str) -> None:
    """Print a text at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def mention_weights(corpus: Path, extractor: Extractor) -> Weights:
    """Fit the weights of mentions to the sources of a corpus: is the head of the mention in the source?"""
    items, answers = [], []
    for article in read_corpus(corpus):
        published = article.published and article.published.isoformat()
        analysis = extractor.analyse(make_document(article.text, published=published))
        for gold, found in pairs(article.text, [relation.content for relation in article.relations], analysis):
            candidate = analysis.chosen[found]
            features = mention_features(analysis.article, candidate)
            if features and candidate.speaker is not None:
                at = analysis.article.parse.starts[candidate.speaker.head]
                items.append(item(features))
                answers.append(any(s.start <= at < s.end for s in article.relations[gold].source))
    return fit_weights(items, answers, least=LEAST_MENTIONS)


def pairs(text: str, expected: Sequence[Sequence[Span]], analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield the places of contents that are the same among the expected and the found ones."""
    words = Wording(text)
    found = [words.words_in(Span(s.start, s.end) for s in each.content.spans) for each in analysis.statements]
    close = overlapping([words.words_in(spans) for spans in expected], found, SAME_CONTENT)
    ranked = sorted(close, key=lambda pair: (-pair[2], pair))
    yield from one_to_one((gold, other) for gold, other, _ in ranked).items()


def judged(path: Path, extractor: Extractor) -> Iterator[Name]:
    """Yield the names that were given in annotated documents, where the annotation says who is right."""
    for record in documents(path):
        text, statements = record["text"], record["statements"]
        analysis = extractor.analyse(make_document(text, document_id=record["id"], published=record.get("published")))
        for gold, found in pairs(text, list(contents(text, statements)), analysis):
            expected, statement, candidate = statements[gold], analysis.statements[found], analysis.chosen[found]
            if expected.get("optional") or expected.get("headline") or statement.attitude != "statement":
                continue
            for role in ("speaker", "addressee", "medium"):
                entity, wanted = getattr(statement, role), accepted(expected, role)
                if entity is None or entity.name is None or wanted is None:
                    continue
                features = name_features(analysis.article, candidate, role, getattr(candidate, f"{role}_identity"))
                mention = mention_features(analysis.article, candidate) if role == "speaker" else []
                right = plain(entity.name) in set(map(plain, wanted))
                yield Name(path.stem, record["id"], role, mention, features, entity.confidence, right)


def documents(path: Path) -> Iterator[Record]:
    """Yield the records of a file, or of the fixtures in a folder."""
    if not path.is_dir():
        yield from map(json.loads, path.read_text("utf-8").splitlines())
        return
    for folder in find_fixtures(path):
        text, expected, metadata = (
            (folder / name).read_text("utf-8") for name in ("article.txt", "expected.json", "metadata.json")
        )
        published = json.loads(metadata)["published"]
        yield {"id": folder.name, "text": text, "published": published, **json.loads(expected)}


def contents(text: str, statements: Sequence[Record]) -> Iterator[list[Span]]:
    """Yield where the pieces of each content are; of pieces given as words, the first place from the last one on."""
    at = 0
    for each in statements:
        content = each["content"]
        if isinstance(content, list):
            starts = [start if (start := text.find(piece, at)) >= 0 else text.index(piece) for piece in content]
            at = at if each.get("optional") else starts[0]
            yield [Span(start, start + len(piece)) for start, piece in zip(starts, content, strict=True)]
        elif isinstance(content, str):
            yield [Span(*pair) for pair in each["spans"]]
        else:
            yield [Span(piece["start"], piece["end"]) for piece in content["spans"]]


def accepted(statement: Record, role: str) -> list[str] | None:
    """Return the names that are right in a role, none where nobody may be there, None where it is not judged."""
    value = statement["names"] if role == "speaker" and "names" in statement else statement.get(role, OPEN)
    if isinstance(value, dict):
        value = value.get("names") or value.get("name") or OPEN
    names = [value] if isinstance(value, str) else list(value or ())
    return None if OPEN & set(names) else names


def plain(name: str) -> str:
    """Return a name as names are compared: without articles, case and a final 's."""
    return bare_name(name).replace(" the ", " ")


def example(name: Name, mention: Weights) -> dict[str, float]:
    """Return the features of a name, the sum of its mention among them."""
    return {**item(name.name), **({OWN_SCORE: total(mention, name.mention)} if name.mention else {})}


def fitted(names: Sequence[Name], mention: Weights) -> Weights:
    """Fit the weights of names."""
    items, answers = [example(name, mention) for name in names], [name.right for name in names]
    weights = fit_weights(items, answers, least=LEAST_NAMES, strength=STRENGTH_OF_NAMES)
    return {**weights, CONSTANT: weights.get(CONSTANT, 0.0) - CAUTION}


def cross_validated(names: Sequence[Name], mention: Weights) -> list[float]:
    """Return the confidence that each name has by weights fitted without its document."""
    places = {document: place for place, document in enumerate(sorted({name.document for name in names}))}
    folds = [places[name.document] % FOLDS for name in names]
    out = [0.0] * len(names)
    for fold in range(FOLDS):
        weights = fitted([name for name, at in zip(names, folds, strict=True) if at != fold], mention)
        for index, name in enumerate(names):
            if folds[index] == fold:
                features = example(name, mention)
                score = sum(weights.get(feature, 0.0) * value for feature, value in features.items())
                out[index] = probability((1.0, 0.0), score)
    return out


def write(mention: Weights, name: Weights) -> None:
    """Write both tables of weights to four significant digits."""
    TABLE.write_text(written_tables({"mention": mention, "name": name}), "utf-8")


if __name__ == "__main__":
    main()
