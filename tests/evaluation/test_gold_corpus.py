"""Reading the corpus and the labelled segments."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from quotes.errors import DataError, InputError
from quotes.evaluation import Relation, read_corpus, read_segments
from quotes.text.spans import Span

ROW = {
    "doc_id": "a",
    "publisher": "The Harbour Post",
    "published": "2024-02-01",
    "title": "Quay shut",
    "text": "Ada Lund said it leaks.",
    "attributions": [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 22]]}],
}


def write(path: Path, *rows: object) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_reads_articles_with_spans_and_metadata(tmp_path: Path) -> None:
    """An article comes with its relations as spans and its day as a date."""
    (found,) = read_corpus(write(tmp_path / "c.jsonl", ROW))
    assert found.relations == (Relation((Span(0, 8),), (Span(9, 13),), (Span(14, 22),)),)
    assert found.published == date(2024, 2, 1)


def test_limit_stops_before_later_articles(tmp_path: Path) -> None:
    """With a limit of one the second, broken line is never looked at."""
    path = write(tmp_path / "c.jsonl", ROW, ["no", "object"])
    assert [article.doc_id for article in read_corpus(path, limit=1)] == ["a"]


def test_unicode_line_separator_does_not_split_a_row(tmp_path: Path) -> None:
    """A raw U+2028 inside a text is not the end of the line."""
    row = ROW | {"text": "Ada Lund said\u2028it leaks."}
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert read_corpus(path)[0].text == row["text"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": None}, "needs doc_id and text"),
        ({"attributions": [{"source": [], "cue": []}]}, "content must be a list"),
        ({"attributions": [{"source": [[5, 99]], "cue": [], "content": []}]}, "source must be a list"),
        ({"attributions": [{"source": [[5, 2]], "cue": [], "content": []}]}, "source must be a list"),
        ({"attributions": ["said"]}, "must be an object"),
        ({"published": "last May"}, "write YYYY-MM-DD"),
        ({"published": 7}, "write YYYY-MM-DD"),
    ],
)
def test_wrong_form_names_file_and_line(tmp_path: Path, change: dict[str, object], message: str) -> None:
    """A row of another form is refused with its line and what is wrong."""
    path = write(tmp_path / "c.jsonl", ROW, ROW | {"doc_id": "b"} | change)
    with pytest.raises(DataError, match=rf"c\.jsonl:2: .*{message}"):
        read_corpus(path)


def test_article_twice_is_refused(tmp_path: Path) -> None:
    """Two rows with one identifier cannot be told apart in the predictions."""
    with pytest.raises(DataError, match="occurs twice"):
        read_corpus(write(tmp_path / "c.jsonl", ROW, ROW))


def test_empty_corpus_is_refused(tmp_path: Path) -> None:
    """A corpus without an article is an error, not a score of nothing."""
    with pytest.raises(DataError, match="no article"):
        read_corpus(write(tmp_path / "c.jsonl"))


def test_line_that_is_not_json_is_refused(tmp_path: Path) -> None:
    """A line that is not JSON is named."""
    path = tmp_path / "c.jsonl"
    path.write_text("{oops\n", "utf-8")
    with pytest.raises(DataError, match=r"c\.jsonl:1: not JSON"):
        read_corpus(path)


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """A corpus that is not there is an input error."""
    with pytest.raises(InputError, match=r"cannot read .*none\.jsonl"):
        read_corpus(tmp_path / "none.jsonl")


def test_other_encoding_is_an_input_error(tmp_path: Path) -> None:
    """A corpus in Latin-1 is an input error."""
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n')
    with pytest.raises(InputError, match="not UTF-8"):
        read_corpus(path)


def test_segments_of_one_id_are_one_reading(tmp_path: Path) -> None:
    """Segments are gathered by id, whose annotator's code is cut off."""
    one = {"id": "bay_news_7f3a", "tokens": ["Ada", "said"], "labels": ["B-source", "B-cue"]}
    path = write(
        tmp_path / "s.txt",
        one,
        one | {"tokens": ["so"], "labels": ["B-content"]},
        one | {"id": "bay_news_0c11"},
    )
    first, second = read_segments(path)
    assert (first.doc_id, second.doc_id) == ("bay_news", "bay_news")
    assert [segment.tokens for segment in first.segments] == [("Ada", "said"), ("so",)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "a_1", "tokens": ["so"], "labels": []}, "1 tokens but 0 labels"),
        ({"id": "a_1", "tokens": ["so"], "labels": ["B-speaker"]}, "no label 'B-speaker'"),
        ({"id": 4, "tokens": [], "labels": []}, "needs id"),
    ],
)
def test_segment_of_wrong_form_is_refused(tmp_path: Path, row: object, message: str) -> None:
    """A segment of another form is refused with its line."""
    with pytest.raises(DataError, match=message):
        read_segments(write(tmp_path / "s.txt", row))
