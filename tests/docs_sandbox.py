"""A folder with every file that the commands and programs of the documentation name."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.io.json import statement_record, statements_to_json
from quotes.review import Session, begin, open_desk
from quotes.sampling import Design, Stratum, write_design
from quotes.syntax.pipeline import load_pipeline
from quotes.text.document import make_document
from tests.docs_blocks import ROOT, blocks

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ARTICLE = (
    "Wanda Ruhl has looked at each bridge of the county, and she has bad news for it. "
    "The inspector said the bridge would not survive June, in a statement on Friday."
)
SPEECH = "WANDA RUHL: The bridge will not survive June. Good evening."
BRIDGE = "Ann Kord said that the bridge would close."
SEGMENT = "Ann/B-source Kord/I-source said/B-cue that/O the/B-content bridge/I-content would/I-content close/I-content"
READ_ONLY = ("fixtures", "harbour_pipeline")


def fill(folder: Path, extractor: Extractor) -> None:
    """Write the files that pages speak of into a folder."""
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    (folder / "quotes" / "scoring" / "weights").mkdir(parents=True)
    for suffix in (".tsv", ".json"):
        shutil.copyfile(ROOT / "quotes" / "scoring" / "weights" / f"en{suffix}", folder / f"weights{suffix}")
    texts = {"article.txt": ARTICLE, "news/bridge.txt": BRIDGE, "news/county.txt": ARTICLE, "transcript.txt": SPEECH}
    for name, text in texts.items():
        write(folder / name, text)
    found = [statement_record(each) for each in extractor.extract(ARTICLE, document_id="article")]
    write(folder / "statements.json", json.dumps(found, default=str))
    for name in ("before.json", "after.json"):
        shutil.copyfile(folder / "statements.json", folder / name)
    write(folder / "expected.json", json.dumps({"statements": []}))
    for parent in ("our-fixtures", "by-ann", "by-bo"):
        fill_fixture(folder / parent / "bridge")
    fill_review(folder / "reviewed", extractor)
    fill_sample(folder, extractor)
    fill_archives(folder)
    fill_statements(folder, extractor)
    fill_corpora(folder)
    load_pipeline().to_disk(folder / "harbour_pipeline")
    for block in blocks("python"):
        if "def make_extractor" in block.text and "own-model" in block.page:
            write(folder / "our_extractor.py", block.text)


def write(path: Path, text: str) -> None:
    """Write a file, and its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def fill_fixture(folder: Path) -> None:
    """Write the fixture of the page on continuous integration, from its own JSON."""
    expected, metadata = (each.text for each in blocks("json") if "newsroom" in each.page)
    write(folder / "article.txt", BRIDGE)
    write(folder / "expected.json", f'{{"statements": [{expected}]}}')
    write(folder / "metadata.json", metadata)


def fill_review(folder: Path, extractor: Extractor) -> None:
    """Write a review in which everything is accepted."""
    document = make_document(ARTICLE, document_id="article")
    desk = open_desk(folder, document, lambda each: begin(each, extractor))
    for item in desk.review.items:
        desk.act(desk.revision, {"do": "accept", "item": item.key})
    session = Session(folder, [desk])
    session.export()
    session.close()


def fill_sample(folder: Path, extractor: Extractor) -> None:
    """Write a sample, how it was drawn, and a second review of it."""
    found = extractor.extract(ARTICLE, document_id="article")
    write(folder / "sample.json", statements_to_json(found))
    write_design(Design((), 0, (Stratum((), len(found), len(found)),)), folder / "sample.json.design.json")
    shutil.copytree(folder / "reviewed", folder / "reviewed-again")


def fill_archives(folder: Path) -> None:
    """Write archives: JSON Lines, plain and packed, and Parquet where PyArrow is there."""
    rows = [{"id": str(number), "text": text} for number, text in enumerate((ARTICLE, BRIDGE))]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    write(folder / "archive.jsonl", lines)
    (folder / "archive.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:  # pragma: no cover - the commands on archives are skipped there
        return
    for year in (2023, 2024):
        bodies = [{"id": f"{year}-{row['id']}", "body": row["text"], "date": f"{year}-05-02"} for row in rows]
        pq.write_table(pa.Table.from_pylist(bodies), folder / f"{year}.parquet")


def fill_statements(folder: Path, extractor: Extractor) -> None:
    """Write the statements of the reports of one press conference, which are to be linked."""
    found = []
    archive = "fixtures/press-conference/articles.jsonl"
    for row in map(json.loads, (ROOT / archive).read_text("utf-8").splitlines()):
        document = make_document(row.pop("text"), document_id=row.pop("id"), path=archive, **row)
        found += extractor.extract_document(document)
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from quotes.corpus import statement_schema
    except ModuleNotFoundError:  # pragma: no cover - the commands on archives are skipped there
        return
    table = pa.Table.from_pylist([each.model_dump() for each in found], schema=statement_schema())
    pq.write_table(table, folder / "statements.parquet")


def fill_corpora(folder: Path) -> None:
    """Write annotated articles, which are the fixtures, and labelled segments."""
    articles = [json.dumps(article) for article in annotated_fixtures()]
    write(folder / "train.jsonl", "\n".join(articles) + "\n")
    labelled = {"doc_id": "bridge", "text": BRIDGE, "attributions": [bridge_relation()]}
    write(folder / "dev.jsonl", "\n".join([*articles[:3], json.dumps(labelled)]) + "\n")
    tokens, labels = zip(*(pair.split("/") for pair in SEGMENT.split()), strict=True)
    write(folder / "valid.txt", json.dumps({"id": "bridge_1", "tokens": tokens, "labels": labels}) + "\n")


def bridge_relation() -> dict[str, list[list[int]]]:
    """The one attribution of the short article."""
    return {"source": [[0, 8]], "cue": [[9, 13]], "content": [[19, 41]]}


def annotated_fixtures() -> Iterator[dict[str, Any]]:
    """Yield the fixtures as annotated articles."""
    for path in sorted((ROOT / "fixtures").glob("*/article.txt")):
        expected = json.loads((path.parent / "expected.json").read_text("utf-8"))["statements"]
        relations = [
            {
                "source": offsets((each.get("speaker") or {}).get("mention")),
                "cue": offsets(each.get("cue")),
                "content": [offsets(span)[0] for span in each["content"]["spans"]],
            }
            for each in expected
        ]
        text = path.read_bytes().decode("utf-8")
        yield {"doc_id": path.parent.name, "text": text, "attributions": relations}


def offsets(span: dict[str, Any] | None) -> list[list[int]]:
    """The offsets of a span as a corpus has them; none where the fixture gives none."""
    return [[span["start"], span["end"]]] if span and "start" in span else []


def copy(base: Path, place: Path) -> None:
    """Copy a folder; the two folders in it that are only read are linked."""
    shutil.copytree(base, place, ignore=lambda *_: READ_ONLY)
    for name in READ_ONLY:
        (place / name).symlink_to((base / name).resolve())
