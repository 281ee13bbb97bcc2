"""Reads thousands of damaged and random texts and checks what holds for any text.

    python benchmarks/fuzz.py --texts 5000 --seed 7

Random code points, and parts of the fixture articles and rule cases with characters, marks, lines and names deleted,
doubled, shuffled and replaced. Each text is read once alone and once in a shuffled batch. Checked: no exception; both
readings are equal; every span is what the text has there; pieces are in order and apart; a mention holds its role;
statements are in order, with ids of their own; the JSON is valid; each format that can be read again gives the same
statements, and the others have as many. Prints one line a fault, and the count; the exit code is 1 when there is one.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema

from quotes import Extractor, Statement
from quotes.io import Extracted, Format
from quotes.io.json import output_schema, parsed_json, statement_record, statements_to_json
from quotes.io.records import restored_statement
from quotes.text.document import Document, make_document

FIXTURES = Path(__file__).parents[1] / "fixtures"
LONGEST = 700
"""Characters of an article that a text begins with."""
BATCH = 250
"""Texts that one call reads: an error in it costs no more."""
ODD = "\u200b\u200e\u202e\ufeff\x00\x1b\x85\u2028\ud83d\ude00\u0301\u00a0\u00ad\t\r\f😀ﬁ&<>*_[]()#|:;…—\x0b\ufffe"
MARKS = "\"'“”‘’«»„‟‹›`"
PIECES = (
    "said", " according to ", "Q: ", "MR. KORD: ", "\n\n", "\r\n", "<p>", "&quot;", "[1]", "''", "``", " - ", "> ", "(",
    "she told reporters on Thursday", "LONDON, May 2 (Reuters) – ", "Mr ", "who ", "https://a.b/c",
)  # fmt: skip
_HALVES = re.compile("([\ud800-\udbff])[\udc00-\udfff]")
SCHEMA = jsonschema.Draft202012Validator(output_schema())


def sources() -> tuple[list[str], list[str]]:
    """Return the fixture articles, and the texts of the rule cases."""
    cases = (line for path in sorted(FIXTURES.glob("rules/*.jsonl")) for line in path.read_text("utf-8").splitlines())
    articles = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*/article.txt"))]
    return articles, [json.loads(case)["text"] for case in cases]


def random_text(chance: random.Random) -> str:
    """Return any code points, most of them rare."""
    most = chance.choice([0x7F, 0x2100, 0x10FFFF])
    return "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(0, 200)))


def damaged(chance: random.Random, kinds: Sequence[Sequence[str]]) -> str:
    """Return a part of an article, or a case, after one to twelve accidents."""
    source = chance.choice(chance.choice(kinds))
    start = chance.randrange(max(1, len(source) - LONGEST))
    text = source[start : start + LONGEST]
    for _ in range(chance.randint(1, 12)):
        text = chance.choice(ACCIDENTS)(text, chance)
    return text


def _cut(text: str, chance: random.Random, longest: int) -> tuple[str, str, str]:
    """Return what is before, in, and after a random stretch of a text."""
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(1, longest))
    return text[:start], text[start:end], text[end:]


def _deleted(text: str, chance: random.Random) -> str:
    before, _, after = _cut(text, chance, 30)
    return before + after


def _doubled(text: str, chance: random.Random) -> str:
    before, inside, after = _cut(text, chance, 200)
    return before + inside * 2 + after


def _shuffled(text: str, chance: random.Random) -> str:
    before, inside, after = _cut(text, chance, 12)
    return before + "".join(chance.sample(inside, len(inside))) + after


def _shuffled_words(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    return " ".join([*words[:at], *chance.sample(words[at : at + 6], len(words[at : at + 6])), *words[at + 6 :]])


def _shuffled_lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(chance.sample(lines, len(lines)))


def _inserted(text: str, chance: random.Random) -> str:
    before, inside, after = _cut(text, chance, 1)
    return before + chance.choice([*ODD, *MARKS, *MARKS, *PIECES]) + inside + after


def _replaced(text: str, chance: random.Random) -> str:
    old, new = chance.choice(f"{MARKS} ,.\n"), chance.choice([*ODD, *MARKS, *MARKS, "", "\n", ". "])
    return text.replace(old, new)


def _other_case(text: str, chance: random.Random) -> str:
    before, inside, after = _cut(text, chance, 200)
    return before + chance.choice([str.upper, str.lower, str.title])(inside) + after


ACCIDENTS: tuple[Callable[[str, random.Random], str], ...] = (
    _deleted, _doubled, _shuffled, _shuffled_words, _shuffled_lines, _inserted, _inserted, _replaced, _other_case,
)  # fmt: skip


def spans_of(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object with offsets in a record."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for part in value.values():
            yield from spans_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans_of(part)


def faults_of_spans(text: str, statement: Statement) -> Iterator[str]:
    """Yield what is wrong with the spans of a statement."""
    record = statement_record(statement)
    for span in spans_of(record):
        if not 0 <= span["start"] < span["end"] <= len(text) or text[span["start"] : span["end"]] != span["text"]:
            yield f"a span is not what the text has there: {span}"
    pieces = statement.content.spans
    if any(one.end > other.start for one, other in pairwise(pieces)):
        yield f"pieces out of order: {pieces}"
    if any(piece.text != piece.text.strip() for piece in pieces):
        yield f"white space at the edge of a piece: {pieces}"
    if statement.content.text != " … ".join(piece.text for piece in pieces):
        yield f"the content's text is not that of its pieces: {statement.content}"


def faults_of_one(extracted: Extracted, in_batch: list[Statement] | None, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the statements of a text."""
    document, statements = extracted
    if in_batch is not None and statements != in_batch:
        yield "in a batch other statements come out"
    for statement in statements:
        yield from faults_of_spans(document.text, statement)
    starts = [statement.content.spans[0].start for statement in statements]
    if starts != sorted(starts):
        yield f"out of order: {starts}"
    if len({statement.id for statement in statements}) < len(statements):
        yield "two statements have one id"
    written = statements_to_json(statements)
    SCHEMA.validate(json.loads(written))
    if [_comparable(restored_statement(each, "")) for each in parsed_json(written)] != list(
        map(_comparable, statements)
    ):
        yield "JSON reads otherwise"
    for form in Format:
        if not _is_kept(form, extracted, folder):
            yield f"{form} reads otherwise"


def _comparable(statement: Statement) -> str:
    """Return a statement as text; of two halves of a character no format keeps the second."""
    return _HALVES.sub("\\1\ufffd", json.dumps(statement_record(statement), ensure_ascii=False))


def _is_kept(form: Format, extracted: Extracted, folder: Path) -> bool:
    """Return whether what a format writes reads again as the same, or has as many statements."""
    if form.is_folder:
        with tempfile.TemporaryDirectory(dir=folder) as output:
            form.write([extracted], Path(output))
            return list(map(_comparable, form.read(output))) == list(map(_comparable, extracted[1]))
    if form.is_binary:
        form.write([extracted], io.BytesIO())  # no error is what is asked of it
        return True
    stream = io.StringIO(newline="")
    form.write([extracted], stream)
    output = stream.getvalue().encode("utf-8").decode("utf-8")
    if form.read is not None:
        return list(map(_comparable, form.read(output))) == list(map(_comparable, extracted[1]))
    return COUNTS[form](output) == len(extracted[1])


COUNTS: dict[Format, Callable[[str], int]] = {
    Format.JSON: lambda text: len(json.loads(text)),
    Format.JSONL: lambda text: len(text.split("\n")) - 1,
    Format.CSV: lambda text: len(list(csv.DictReader(io.StringIO(text, newline="")))),
    Format.MARKDOWN: lambda text: text.count("\n| ") - text.count("\n| Who |"),
    Format.TEI: lambda text: len(ElementTree.fromstring(text).findall(".//{*}annotation")),
}


def main() -> int:
    """Read the texts, print the faults, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, kinds = random.Random(options.seed), sources()
    extractor = Extractor(attitudes="all")
    texts = [random_text(chance) if chance.random() < 0.2 else damaged(chance, kinds) for _ in range(options.texts)]
    documents = [make_document(text, document_id=str(number)) for number, text in enumerate(texts)]
    order = chance.sample(range(len(documents)), len(documents))
    batch: dict[int, list[Statement]] = {}
    broken: list[str] = []
    for at in range(0, len(order), BATCH):
        numbers = order[at : at + BATCH]
        try:
            batch |= zip(numbers, list(extractor.pipe(documents[number] for number in numbers)), strict=True)
        except Exception as error:
            broken.append(f"a batch of {len(numbers)}: {type(error).__name__}: {error}\n")
    sys.stdout.writelines(broken)
    faults, statements = len(broken), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents):
            for fault in _faults(extractor, document, batch.get(number), Path(folder)):
                faults += 1
                sys.stdout.write(f"{number}: {fault}\n    {document.text!r}\n")
            statements += len(batch.get(number, []))
    sys.stdout.write(f"{len(texts)} texts (seed {options.seed}), {statements} statements: {faults} faults\n")
    return 1 if faults else 0


def _faults(extractor: Extractor, document: Document, in_batch: list[Statement] | None, folder: Path) -> list[str]:
    try:
        return list(faults_of_one((document, extractor.extract_document(document)), in_batch, folder))
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    raise SystemExit(main())
