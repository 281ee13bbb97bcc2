"""Families as JSON and as a table: nothing is lost, whatever they hold."""

from __future__ import annotations

import csv
import io

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.io.csv import BYTE_ORDER_MARK
from quotes.io.families import COLUMNS, families_text, write_families_csv, write_families_json
from quotes.io.json import family_schema, parsed_json
from quotes.models import Difference, Family, FamilySpeaker, Member, Occasion, TextSpan

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
MAYBE = st.none() | TEXT
SHARE = st.floats(0, 1)


@st.composite
def spans(draw: st.DrawFn) -> TextSpan:
    """A span whose offsets are those of its text."""
    text, start = draw(TEXT), draw(st.integers(0, 1000))
    return TextSpan(start=start, end=start + len(text), text=text)


DIFFERENCES = st.builds(
    Difference,
    kind=st.sampled_from(["dropped", "added", "changed", "moved"]),
    article=st.none() | spans(),
    source=st.none() | spans(),
    concerns=st.sampled_from([None, "negation", "condition", "quantity", "name"]),
)
MEMBERS = st.builds(
    Member,
    statement=TEXT,
    document=TEXT,
    publisher=MAYBE,
    published=st.none() | st.dates(),
    kind=st.sampled_from(["direct", "indirect", "mixed"]),
    relation=st.sampled_from(["verbatim", "trimmed", "altered", "paraphrase"]),
    differences=st.lists(DIFFERENCES, max_size=2).map(tuple),
    source=MAYBE,
    copy_of=MAYBE,
    confidence=SHARE,
)
FAMILIES = st.builds(
    Family,
    id=TEXT,
    speaker=st.builds(
        FamilySpeaker,
        name=MAYBE,
        names=st.lists(TEXT, max_size=2).map(tuple),
        person=st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
    ),
    occasion=st.builds(
        Occasion, date=st.sampled_from([None, "2024", "2024-06", "2024-06-11"]), medium=MAYBE, addressee=MAYBE
    ),
    wording=MAYBE,
    wording_of=MAYBE,
    first=TEXT,
    members=st.lists(MEMBERS, min_size=2, max_size=3).map(tuple),
    confidence=SHARE,
)


@given(st.lists(FAMILIES, max_size=3))
def test_json_comes_back(families: list[Family]) -> None:
    """What is written as JSON keeps the schema and gives the same families; the two ways to write it agree."""
    text = families_text(families)
    stream = io.StringIO()
    write_families_json(families, stream)
    assert stream.getvalue() == text
    records = parsed_json(text)
    jsonschema.Draft202012Validator(family_schema()).validate(records)
    assert [Family.model_validate(record) for record in records] == families


def table(families: list[Family]) -> list[dict[str, str]]:
    """The rows that a spreadsheet reads."""
    stream = io.StringIO(newline="")
    write_families_csv(families, stream)
    assert stream.getvalue().startswith(BYTE_ORDER_MARK)
    stream.seek(len(BYTE_ORDER_MARK))
    reader = csv.DictReader(stream)
    rows = list(reader)
    assert tuple(reader.fieldnames or ()) == COLUMNS
    return rows


@given(st.lists(FAMILIES, max_size=3))
def test_a_table_has_a_row_for_each_member(families: list[Family]) -> None:
    """In order, with day, relation and confidences as they are, and no cell that a spreadsheet would run."""
    rows = table(families)
    members = [(family, member) for family in families for member in family.members]
    assert len(rows) == len(members)
    for row, (family, member) in zip(rows, members, strict=True):
        assert row["published"] == (member.published.isoformat() if member.published else "")
        assert (row["kind"], row["relation"]) == (member.kind, member.relation)
        assert (float(row["confidence"]), float(row["member_confidence"])) == (family.confidence, member.confidence)
        texts = [row[name] for name in ("speaker", "wording", "publisher", "document", "source", "differences")]
        assert not any(text.lstrip().startswith(("=", "+", "-", "@")) for text in texts)


@pytest.mark.parametrize("text", ["Ann Kord", "“We will”, she said; “not”", "two\nlines", 'a "word"', "ẞ 😀"])
def test_ordinary_texts_are_as_they_are(text: str) -> None:
    """A name or a wording that no spreadsheet would run stands in its cell unchanged."""
    member = Member(
        statement="s",
        document="d",
        publisher=text,
        published=None,
        kind="direct",
        relation="verbatim",
        differences=(),
        source=None,
        copy_of=None,
        confidence=0.5,
    )
    family = Family(
        id="f",
        speaker=FamilySpeaker(name=text, names=(text,), person=None),
        occasion=Occasion(date=None, medium=None, addressee=None),
        wording=text,
        wording_of="s",
        first="s",
        members=(member, member),
        confidence=0.5,
    )
    row = table([family])[0]
    assert (row["speaker"], row["wording"], row["publisher"], row["names"]) == (text, text, text, text)
