"""The pages on corpora: every snippet and every query is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.corpus import Archive, CorpusRun, run_corpus, statement_schema
from quotes.io.json import write_jsonl
from quotes.text.document import make_document

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ROOT = Path(__file__).parents[2]
FIXTURES = sorted(path.parent for path in (ROOT / "fixtures").glob("*/article.txt"))

Row = dict[str, Any]


def articles() -> Iterator[Row]:
    """The fixtures as rows, with what is known of each."""
    for folder in FIXTURES:
        known = json.loads((folder / "metadata.json").read_text("utf-8"))
        text = (folder / "article.txt").read_bytes().decode("utf-8")
        about = {key: known.get(key) for key in ("published", "publisher", "title")}
        yield {"id": folder.name, "text": text, **about}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles.parquet, made from the fixtures, and statements.parquet, made from that."""
    place = tmp_path_factory.mktemp("archive")
    pq.write_table(pa.Table.from_pylist(list(articles())), place / "articles.parquet")
    run_corpus(CorpusRun(Archive((str(place / "articles.parquet"),)), place / "statements.parquet"))
    return place


@pytest.fixture(scope="module")
def statements(folder: Path) -> list[Row]:
    """The statements of the archive."""
    return pq.read_table(folder / "statements.parquet").to_pylist()


def blocks(page: str, language: str) -> dict[str, str]:
    """The fenced blocks of a page, by the heading above each."""
    found: dict[str, str] = {}
    for part in re.split(r"^#+ ", (ROOT / "docs" / page).read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading = part.partition("\n")[0]
        for number, block in enumerate(re.findall(rf"^```{language}\n(.*?)^```", part, re.DOTALL | re.MULTILINE)):
            found[heading + (f" {number + 1}" if number else "")] = block
    return found


SNIPPETS = blocks("corpus.md", "python")
QUERIES = blocks("querying.md", "sql")


FEW = 4
"""Articles of the runs whose point is not what is found."""


@pytest.fixture
def few(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an articles.parquet that has few articles."""
    monkeypatch.chdir(tmp_path)
    pq.write_table(pq.read_table(folder / "articles.parquet").slice(0, FEW), "articles.parquet")
    return tmp_path


def ids(rows: list[Row]) -> list[tuple[str, str]]:
    """What tells the statements of the few articles apart."""
    wanted = {row["id"] for row in islice(articles(), FEW)}
    found = [(row["provenance"]["document"]["id"], row["id"]) for row in rows]
    return sorted(each for each in found if each[0] in wanted)


def test_the_corpus_run_finds_what_the_plain_path_finds(few: Path, extractor: Extractor) -> None:
    """Two workers give, statement by statement, what the extractor gives alone."""
    run = CorpusRun(Archive(("articles.parquet",)), few / "o.jsonl", workers=2, batch_documents=1)
    run_corpus(run)
    documents = [
        make_document(row.pop("text"), document_id=row.pop("id"), path="articles.parquet", **row)
        for row in islice(articles(), FEW)
    ]
    with Path("plain.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        write_jsonl(((document, extractor.extract_document(document)) for document in documents), stream)
    assert Path("o.jsonl").read_text("utf-8") == Path("plain.jsonl").read_text("utf-8")


def test_the_loop_snippet(few: Path, statements: list[Row]) -> None:
    """The loop over record batches gives the statements of the corpus run."""
    exec(SNIPPETS["In a loop of your own"], {})
    assert ids(pq.read_table("statements.parquet").to_pylist()) == ids(statements)


def test_the_duckdb_snippet(few: Path, statements: list[Row]) -> None:
    """DuckDB takes articles from a query and the statements into a table."""
    exec(SNIPPETS["In DuckDB"], {})
    with duckdb.connect("archive.duckdb", read_only=True) as database:
        found = database.execute("SELECT provenance.document.id, id FROM statements").fetchall()
    assert sorted(found) == ids(statements)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("pyspark") is None or shutil.which("java") is None, reason="needs PySpark and Java")
def test_the_spark_snippet(few: Path, statements: list[Row]) -> None:
    """Spark's mapInArrow gives the statements of the corpus run."""
    own = {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-c", SNIPPETS["In Spark"]]
    done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert ids(pq.read_table("statements").to_pylist()) == ids(statements)


def test_the_factory_snippet(few: Path) -> None:
    """The extractor of one's own is used by the command."""
    Path("careful.py").write_text(SNIPPETS["An extractor of your own"], "utf-8")
    command = ["corpus", "articles.parquet", "-o", "careful.jsonl", "--extractor", "careful:make_extractor"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{few}"}
    subprocess.run([sys.executable, "-m", "quotes", *command], env=environment, check=True)
    rows = [json.loads(line) for line in Path("careful.jsonl").read_text("utf-8").splitlines()]
    assert rows
    assert all(row["kind"] == "direct" for row in rows)


def test_every_snippet_is_run() -> None:
    """No Python block of the page and no query goes untested."""
    assert set(SNIPPETS) == {"In a loop of your own", "In DuckDB", "In Spark", "An extractor of your own"}
    assert set(QUERIES) == set(EXPECTED)


def outlet(row: Row) -> str | None:
    """Who published the article."""
    return row["provenance"]["document"]["publisher"]


def name_of(row: Row, role: str = "speaker") -> str | None:
    """The name in a role."""
    return row[role]["name"] if row[role] else None


def expected_most_quoted(rows: list[Row]) -> list[tuple[object, ...]]:
    """The three that each outlet quotes most."""
    counts = Counter((outlet(row), name_of(row)) for row in rows if outlet(row) and name_of(row))
    ranked: list[tuple[object, ...]] = []
    for publisher in sorted({publisher for publisher, _ in counts}):
        of_outlet = [(n, name) for (p, name), n in counts.items() if p == publisher]
        of_outlet.sort(key=lambda each: (-each[0], each[1]))
        ranked += [(publisher, name, n) for n, name in of_outlet[:3]]
    return ranked


def expected_in_a_month(rows: list[Row]) -> list[tuple[object, ...]]:
    """What one speaker said in one month."""
    found = []
    for row in rows:
        about = row["provenance"]["document"]
        day = about["published"]
        if name_of(row) == SPEAKER and day is not None and (day.year, day.month) == MONTH:
            start = row["content"]["spans"][0]["start"]
            found.append((day, outlet(row), row["kind"], row["content"]["text"], about["id"], start))
    return sorted(found, key=lambda each: (each[0], each[4], each[5]))


def expected_indirect(rows: list[Row]) -> list[tuple[object, ...]]:
    """The share of indirect statements of each outlet."""
    total = Counter(outlet(row) for row in rows if outlet(row))
    indirect = Counter(outlet(row) for row in rows if outlet(row) and row["kind"] == "indirect")
    shares = [(name, n, 100 * indirect[name] // n) for name, n in total.items()]
    return sorted(shares, key=lambda each: (-each[2], each[0]))


def expected_media(rows: list[Row]) -> list[tuple[object, ...]]:
    """The media that carried statements."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        if row["medium"] and row["medium"]["name"]:
            both = counts.setdefault(row["medium"]["name"], [0, 0])
            both[0] += 1
            both[1] += row["medium"]["inherited"]
    listed = [(name, n, inherited) for name, (n, inherited) in counts.items()]
    return sorted(listed, key=lambda each: (-each[1], each[0]))


def expected_carried(rows: list[Row]) -> list[tuple[object, ...]]:
    """Which outlets carried words of a statement that holds a phrase, by which medium."""
    found = [
        (row["provenance"]["document"]["published"], outlet(row), name_of(row), name_of(row, "medium"))
        for row in rows
        if PHRASE in row["content"]["text"].lower()
    ]
    return sorted(found, key=lambda each: tuple((part is None, str(part)) for part in each))


def expected_verbs(rows: list[Row]) -> list[tuple[object, ...]]:
    """The cues of each kind of speaker."""
    counts = Counter((row["speaker"]["type"], row["cue"]["lemma"]) for row in rows if row["speaker"] and row["cue"])
    listed = [(kind, lemma, n) for (kind, lemma), n in counts.items()]
    return sorted(listed, key=lambda each: (-each[2], each[0], each[1]))[:10]


EXPECTED: dict[str, Callable[[list[Row]], list[tuple[object, ...]]]] = {
    "Who is quoted most, by outlet": expected_most_quoted,
    "What did one speaker say in a month": expected_in_a_month,
    "What share of an outlet's statements is indirect": expected_indirect,
    "Through which media do statements arrive": expected_media,
    "Which media carried a statement": expected_carried,
    "Which verbs are used for whom": expected_verbs,
}

QUERY_PAGE = (ROOT / "docs" / "querying.md").read_text("utf-8")
SPEAKER = re.search(r"speaker\.name = '([^']+)'", QUERY_PAGE)[1]
MONTH = tuple(map(int, re.search(r"DATE '(\d+)-(\d+)-01'", QUERY_PAGE).groups()))
PHRASE = re.search(r"ILIKE '%([^']+)%'", QUERY_PAGE)[1].lower()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_query_answers_its_question(question: str, folder: Path, statements: list[Row]) -> None:
    """The query gives what counting by hand gives, and the archive has something to count."""
    query = QUERIES[question].replace("'statements.parquet'", f"'{folder / 'statements.parquet'}'")
    found = duckdb.sql(query).fetchall()
    assert found == EXPECTED[question](statements)
    assert found


def test_the_columns_that_the_queries_use() -> None:
    """The page speaks of one file, and of columns that the schema has."""
    assert all("FROM 'statements.parquet'" in query for query in QUERIES.values())
    assert {"speaker", "medium", "content", "provenance", "kind"} <= set(statement_schema().names)
