"""Comparing statements with expectations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import DataError, InputError
from quotes.io.json import statement_record, statements_to_json
from quotes.models import Statement
from quotes.text.overlap import SAME_CONTENT, jaccard
from quotes.validation import (
    Comparison,
    Expectations,
    ExpectedFailure,
    compare,
    find_fixtures,
    read_expectations,
    read_fixture,
    read_statements,
    validate_fixture,
)
from quotes.validation.matching import Said, content_words, matched
from tests.conftest import entity_record

Make = Callable[..., Statement]

TEXT = "Ann Kord said the bridge would close. It will cost nothing, she said."


def content(text: str, start: int | None = None) -> dict[str, object]:
    """Expected content of one piece."""
    at = TEXT.index(text) if start is None else start
    return {"spans": [{"start": at, "end": at + len(text), "text": text}]}


@pytest.fixture
def expect(tmp_path: Path) -> Callable[..., Expectations]:
    """Writes an expected.json and reads it back against TEXT."""

    def write_and_read(*statements: object, text: str | None = TEXT, **rest: object) -> Expectations:
        path = tmp_path / "expected.json"
        path.write_text(json.dumps({"statements": list(statements), **rest}), "utf-8")
        return read_expectations(path, text)

    return write_and_read


def outcome(comparison: Comparison) -> dict[str, int]:
    """How many of each there are, those without any left out."""
    kinds = ("missing", "different", "extra", "expected_failures", "now_passing")
    return {kind: len(getattr(comparison, kind)) for kind in kinds if getattr(comparison, kind)}


CLOSE = "the bridge would close"
COST = "It will cost nothing"


def test_as_expected(expect, statement: Make) -> None:
    """A statement with the expected fields passes; fields left out are not compared."""
    expected = expect({"content": content(CLOSE), "kind": "indirect", "cue": {"text": "said"}, "when": None})
    result = compare("a", [statement(CLOSE, at=TEXT.index(CLOSE), confidence=0.1)], expected)
    assert result.passed
    assert (result.right, result.expected, outcome(result)) == (1, 1, {})


def test_missing_and_extra(expect, statement: Make) -> None:
    """What is expected and not found is missing; what is found and not expected is extra."""
    result = compare("a", [statement(COST)], expect({"content": content(CLOSE)}))
    assert not result.passed
    assert outcome(result) == {"missing": 1, "extra": 1}


def test_different_fields_are_named(expect, statement: Make) -> None:
    """Each field that differs is named with what was expected and what came."""
    expected = expect(
        {"content": content(CLOSE), "kind": "direct", "cue": {"lemma": "tell"}, "speaker": {"name": "Bo"}}
    )
    (mismatch,) = compare("a", [statement(CLOSE, at=TEXT.index(CLOSE))], expected).different
    assert [(d.field, d.expected, d.got) for d in mismatch.differences] == [
        ("kind", "direct", "indirect"),
        ("cue.lemma", "tell", "say"),
        ("speaker.name", "Bo", "Ann Kord"),
    ]


def test_null_differs_from_an_object(expect, statement: Make) -> None:
    """An expected null is compared: a speaker where none is expected is a difference, and the reverse."""
    found = statement(CLOSE, at=TEXT.index(CLOSE))
    expected = expect({"content": content(CLOSE), "speaker": None, "medium": {"name": "RTX"}})
    (mismatch,) = compare("a", [found], expected).different
    assert [d.field for d in mismatch.differences] == ["speaker", "medium"]


@pytest.mark.parametrize(
    ("speaker", "passed"),
    [
        ({"names": ["Ann Kord", "Kord"]}, True),
        ({"name": "Kord", "names": ["Ann Kord"]}, True),
        ({"names": ["Kord"]}, False),
        ({"name": "Kord"}, False),
        ({"name": None}, False),
    ],
)
def test_names_accept_any_of_several(expect, statement: Make, speaker: object, passed: bool) -> None:
    """A speaker's name may be any of the accepted ones."""
    expected = expect({"content": content(CLOSE), "speaker": speaker})
    assert compare("a", [statement(CLOSE, at=TEXT.index(CLOSE))], expected).passed is passed


@pytest.mark.parametrize(
    ("speaker", "accepted", "passed"),
    [
        ("ANN KORD", "Ann Kord", True),
        ("the clerk’s sister", "Clerk's sister", True),
        ("Kord’s", "Kord", True),
        ("clerk", "their clerk", True),
        ("Anna Kord", "Ann Kord", False),
        ("Theodore", "odore", False),
    ],
)
def test_names_are_compared_as_a_reader_would(
    expect, statement: Make, speaker: str, accepted: str, passed: bool
) -> None:
    """Case, apostrophes, a leading article or possessive and a final 's do not make another name."""
    expected = expect({"content": content(CLOSE), "speaker": {"names": [accepted]}})
    found = statement(CLOSE, at=TEXT.index(CLOSE), speaker=speaker)
    assert compare("a", [found], expected).passed is passed


def test_mention_counts_as_a_name(expect, statement: Make) -> None:
    """The mention is right where it is an accepted name, but never where null is expected."""
    mention = {"start": 0, "end": 8, "text": "The head"}
    speaker = entity_record("Ann Kord", mention=mention, resolved_by="title")
    found = statement(CLOSE, at=TEXT.index(CLOSE), speaker=speaker)
    accepted = [
        compare("a", [found], expect({"content": content(CLOSE), "speaker": wanted})).passed
        for wanted in ({"names": ["head"]}, {"names": ["tail"]}, {"name": None})
    ]
    assert accepted == [True, False, False]


@pytest.mark.parametrize(
    ("wanted", "passed"), [("said", True), ("has said", True), ("say", False), ("said has", False)]
)
def test_cue_may_hold_more_words(expect, statement: Make, wanted: str, passed: bool) -> None:
    """A found cue is right when it has the expected words side by side."""
    found = statement(CLOSE, at=TEXT.index(CLOSE))
    cue = found.cue
    assert cue is not None
    found = found.model_copy(update={"cue": cue.model_copy(update={"text": "has said"})})
    expected = expect({"content": content(CLOSE), "cue": {"text": wanted}})
    assert compare("a", [found], expected).passed is passed


def test_marks_at_the_edges_are_not_compared(expect, statement: Make) -> None:
    """A content with its full stop or quotation marks is the same one, at the same place."""
    at = TEXT.index(CLOSE)
    expected = expect({"content": content(CLOSE + ".")})
    assert compare("a", [statement(CLOSE, at=at)], expected).passed
    found = [statement("“" + CLOSE + "”,", at=at - 1)]
    assert compare("a", found, expected).passed
    moved = compare("a", [statement("“" + CLOSE, at=at)], expected)
    assert [d.field for d in moved.different[0].differences] == ["content.spans.0"]


def test_content_is_compared_exactly(expect, statement: Make) -> None:
    """A content that matches by its words but differs by one is different, not missing."""
    result = compare("a", [statement("bridge would close", at=18)], expect({"content": content(CLOSE)}))
    assert outcome(result) == {"different": 1}
    assert result.different[0].differences[0].field == "content"


def test_offsets_are_compared(expect, statement: Make) -> None:
    """The same words at another place are a difference."""
    result = compare("a", [statement(CLOSE, at=3)], expect({"content": content(CLOSE)}))
    assert [d.field for d in result.different[0].differences] == ["content.spans.0"]


def test_optional_is_neither_missing_nor_extra(expect, statement: Make) -> None:
    """An optional statement may be there or not, and its fields are not compared."""
    expected = expect({"content": content(COST), "optional": True, "kind": "direct"})
    assert compare("a", [], expected).passed
    result = compare("a", [statement(COST)], expected)
    assert result.passed
    assert result.expected == 0


def marks(failures: tuple[ExpectedFailure, ...]) -> list[tuple[str, str]]:
    """The fields and reasons of marks."""
    return [(failure.field, failure.reason) for failure in failures]


def test_a_mark_excuses_its_field_and_no_other(expect, statement: Make) -> None:
    """A field that is marked may differ and is listed with its reason; every other field is still checked."""
    found = [statement(CLOSE, at=TEXT.index(CLOSE))]
    wanted = {
        "content": content(CLOSE),
        "speaker": {"name": "Bo"},
        "xfail": {"speaker.name": "the parser errs"},
    }
    result = compare("a", found, expect(wanted))
    assert result.passed
    assert result.right == 0
    assert marks(result.expected_failures) == [("speaker.name", "the parser errs")]
    result = compare("a", found, expect({**wanted, "kind": "direct", "speaker": {"name": "Bo", "type": "group"}}))
    assert not result.passed
    assert [d.field for d in result.different[0].differences] == ["speaker.type", "kind"]
    assert marks(result.expected_failures) == [("speaker.name", "the parser errs")]


@pytest.mark.parametrize(
    ("wanted", "found", "passed"),
    [
        (("a", "b", "a"), ("e3", "e1", "e3"), True),
        (("a", "a", "a"), ("e1", "e2", "e1"), False),
        (("e1", "e2", "e1"), ("e2", "e2", "e2"), False),
        ((None, "a", None), ("e1", "e2", None), False),
    ],
)
def test_of_entities_counts_who_is_the_same(
    expect, statement: Make, wanted: tuple[str, ...], found: tuple[str, ...], passed: bool
) -> None:
    """An entity of the output may have any id, as long as it is the same one where it is expected to be."""
    starts = [0, TEXT.index(CLOSE), len(TEXT)]
    contents = ["one thing", CLOSE, "other words"]
    got = [
        statement(words, at=at, speaker=entity_record("Ann Kord", entity=entity))
        for words, at, entity in zip(contents, starts, found, strict=True)
    ]
    records = [
        {"content": {"spans": [{"text": words}]}, "speaker": {"entity": entity}}
        for words, entity in zip(contents, wanted, strict=True)
    ]
    assert compare("a", got, expect(*records, text=None)).passed is passed


def test_a_mark_of_a_field_excuses_what_is_in_it(expect, statement: Make) -> None:
    """A mark on the mention covers its offsets and its text."""
    speaker = entity_record("Ann Kord", mention={"start": 0, "end": 8, "text": "Ann Kord"})
    expected = expect(
        {
            "content": content(CLOSE),
            "speaker": {"mention": {"start": 0, "end": 3, "text": "Ann"}},
            "xfail": {"speaker.mention": "too long"},
        }
    )
    result = compare("a", [statement(CLOSE, at=TEXT.index(CLOSE), speaker=speaker)], expected)
    assert result.passed
    (failure,) = result.expected_failures
    assert [d.field for d in failure.differences] == ["speaker.mention.end", "speaker.mention.text"]


def test_a_mark_of_a_field_does_not_excuse_a_missing_statement(expect) -> None:
    """A statement that is not found needs a mark that says so, whatever else is marked."""
    expected = expect({"content": content(CLOSE), "kind": "direct", "xfail": {"content": "a", "kind": "b"}})
    assert outcome(compare("a", [], expected)) == {"missing": 1}


def test_a_missing_statement_has_a_mark_of_its_own(expect, statement: Make) -> None:
    """The mark "found" excuses a missing statement; once it is found the mark fails the run."""
    expected = expect({"content": content(CLOSE), "kind": "direct", "xfail": {"found": "a headline"}})
    result = compare("a", [], expected)
    assert result.passed
    assert marks(result.expected_failures) == [("found", "a headline")]
    result = compare("a", [statement(CLOSE, at=TEXT.index(CLOSE))], expected)
    assert outcome(result) == {"different": 1, "now_passing": 1}


def test_expected_failure_is_strict_field_by_field(expect, statement: Make) -> None:
    """A marked field that comes out right fails the comparison, as does a mark of no field."""
    expected = expect(
        {
            "content": content(CLOSE),
            "kind": "indirect",
            "speaker": {"name": "Bo"},
            "xfail": {"kind": "marks", "speaker.name": "the parser errs", "speaker.typ": "misspelt"},
        }
    )
    result = compare("a", [statement(CLOSE, at=TEXT.index(CLOSE))], expected)
    assert not result.passed
    assert marks(result.now_passing) == [("kind", "marks"), ("speaker.typ", "misspelt")]
    assert marks(result.expected_failures) == [("speaker.name", "the parser errs")]


def test_allowed_extra_is_listed_and_strict(expect, statement: Make) -> None:
    """A known spurious statement is listed while it is found, and fails the run once it is gone."""
    expected = expect(extra_allowed=[{"content": content(COST), "xfail": "reads as speech"}])
    result = compare("a", [statement(COST)], expected)
    assert marks(result.expected_failures) == [("extra", "reads as speech")]
    assert result.passed
    assert outcome(compare("a", [], expected)) == {"now_passing": 1}


def test_equal_words_pair_by_place(statement: Make, tmp_path: Path) -> None:
    """Two statements with the same words are paired with the nearest ones."""
    path = tmp_path / "expected.json"
    spans = [{"spans": [{"start": at, "end": at + 10, "text": "No comment"}]} for at in (0, 50)]
    names = ["Ann", "Bo"]
    expected = [{"content": c, "speaker": {"name": n}} for c, n in zip(spans, names, strict=True)]
    path.write_text(json.dumps(expected), "utf-8")
    found = [statement("No comment", at=50, speaker="Bo"), statement("No comment", at=0, speaker="Ann")]
    assert compare("a", found, read_expectations(path)).passed


def test_documents_are_kept_apart(statement: Make, tmp_path: Path) -> None:
    """Where expectations name a document, only its statements answer them."""
    path = tmp_path / "expected.json"
    expected = {
        "content": {"spans": [{"text": "No comment"}]},
        "provenance": {"document": {"id": "b"}},
    }
    path.write_text(json.dumps([expected]), "utf-8")
    found = [statement("No comment", document="a"), statement("No comment", document="b")]
    assert [r["id"] for r in compare("a", found, read_expectations(path)).extra] == ["a-0"]


WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_matching_loses_no_pair(wanted: list[str], given_: list[str]) -> None:
    """Whatever stays unpaired on both sides overlaps too little, and pairs are one to one."""
    pairs = matched([Said((w,)) for w in wanted], [Said((g,)) for g in given_])
    assert len(set(pairs.values())) == len(pairs)
    for one in set(range(len(wanted))) - set(pairs):
        for other in set(range(len(given_))) - set(pairs.values()):
            assert jaccard(content_words([wanted[one]]), content_words([given_[other]])) < SAME_CONTENT


def test_matching_many_is_quick() -> None:
    """Thousands of contents that share only common words are matched without comparing each with each."""
    said = [Said((f"the vote of a{i} and b{i} for c{i}, d{i}, e{i}, f{i}",), start=i) for i in range(3000)]
    assert matched(said, list(reversed(said))) == {i: 2999 - i for i in range(3000)}


@pytest.mark.parametrize(
    "content", ["the bridge would close on day {} for repairs", "No comment"], ids=["alike", "the same"]
)
def test_matching_like_contents_is_quick(content: str) -> None:
    """Thousands of contents that differ by one word, or by nothing, find their own without all meeting."""
    said = [Said((content.format(i),), 60 * i, "a") for i in range(5000)]
    began = perf_counter()
    assert matched(said, said) == {i: i for i in range(5000)}
    assert perf_counter() - began < 5  # all with all takes more than a minute


@given(
    wanted=st.lists(st.tuples(st.sampled_from(["a b c", "a b c d", "a b"]), st.integers(0, 9)), max_size=8),
    given_=st.lists(st.tuples(st.sampled_from(["a b c", "a b d", "a"]), st.integers(0, 9)), max_size=8),
)
def test_matching_serves_the_best_first(wanted: list[tuple[str, int]], given_: list[tuple[str, int]]) -> None:
    """The pairs are those of the plain rule: of all pairs always the best, then the nearest, is taken."""
    expected, found = ([Said((text,), at) for text, at in each] for each in (wanted, given_))
    every = sorted(
        (-jaccard(content_words(one.pieces), content_words(other.pieces)), abs(one.start - other.start), i, j)
        for i, one in enumerate(expected)
        for j, other in enumerate(found)
    )
    plain: dict[int, int] = {}
    for negative, _, index, other in every:
        if -negative >= SAME_CONTENT and index not in plain and other not in plain.values():
            plain[index] = other
    assert matched(expected, found) == plain


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([], "statement 0: not an object"),
        ({"content": content(CLOSE), "schema_version": 1}, "schema version 1, .* extract it again"),
        ({"kind": "direct"}, "statement 0: no content"),
        ({"content": {"spans": []}}, "statement 0: no content"),
        ({"content": {"spans": [{"start": 0}]}}, 'a content span without "text"'),
        ({"content": content(CLOSE), "speeker": None}, "no field 'speeker'"),
        ({"content": content(CLOSE), "cue": {"txt": "said"}}, "cue: the output has no field 'txt'"),
        ({"content": content(CLOSE), "names": ["Ann"]}, "no field 'names'"),
        ({"content": content(CLOSE), "cue": "said"}, "cue: not an object"),
        ({"content": content(CLOSE), "cue": {"names": []}}, "no field 'names'"),
        ({"content": content(CLOSE), "optional": "yes"}, '"optional" is neither'),
        ({"content": content(CLOSE), "xfail": True}, '"xfail" is not a reason by field'),
        ({"content": content(CLOSE), "xfail": "why"}, 'write {"speaker.name": "reason"}, or {"found": '),
        ({"content": content(CLOSE), "xfail": {}}, "not a reason by field"),
        ({"content": content(CLOSE), "xfail": {"content": " "}}, "not a reason by field"),
        ({"content": content(CLOSE), "xfail": {"content": "a", "found": "b"}}, '"found" and fields'),
        ({"content": content(CLOSE), "xfail": {"found": "why"}, "optional": True}, "together"),
        (
            {"content": content(CLOSE, 0)},
            f"content, spans 0: at 0 to 22 the text is .*{CLOSE}.*first occurs at 14 to 36",
        ),
        (
            {"content": content(CLOSE), "cue": {"start": 0, "end": 4, "text": "said"}},
            "cue: at 0 to 4 the text is",
        ),
        ({"content": content(CLOSE), "cue": {"start": 9}}, "cue: a span needs"),
    ],
)
def test_faults_of_expectations_are_named(expect, record: object, message: str) -> None:
    """A fault in an expected.json is reported with the file, the statement and the field."""
    with pytest.raises(DataError, match=message) as caught:
        expect(record)
    assert "expected.json, statement 0" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "line 1, column 2: no JSON"),
        ("3", "neither a list of statements"),
        ('{"statement": []}', "neither a list of statements"),
        ('{"statements": [], "extra": []}', "unknown key 'extra'"),
        ('{"statements": [], "extra_allowed": {}}', "extra_allowed: not a list"),
        (
            '{"statements": [], "extra_allowed": [{"content": {"spans": [{"text": "x"}]}}]}',
            '"xfail" is missing',
        ),
        (
            '{"statements": [], "extra_allowed": [{"content": {"spans": [{"text": "x"}]}, "xfail": {}}]}',
            "not a reason in words",
        ),
    ],
)
def test_faults_of_the_file_are_named(tmp_path: Path, data: str, message: str) -> None:
    """A file of another form is reported as such."""
    path = tmp_path / "expected.json"
    path.write_text(data, "utf-8")
    with pytest.raises(DataError, match=message):
        read_expectations(path)


def test_bytes_that_are_no_utf8_are_named(tmp_path: Path) -> None:
    """A data file that is not UTF-8 is reported with the offset."""
    path = tmp_path / "expected.json"
    path.write_bytes(b'["\xff"]')
    with pytest.raises(InputError, match="not UTF-8 at byte 2"):
        read_expectations(path)


def test_absent_file_is_an_input_error(tmp_path: Path) -> None:
    """A data file that is not there is an input error."""
    with pytest.raises(InputError, match=r"cannot read .*nothing\.json"):
        read_expectations(tmp_path / "nothing.json")


def test_output_is_read_back(statement: Make, tmp_path: Path) -> None:
    """Statements read from JSON or JSON Lines are those that were written, lone surrogates included."""
    statements = (statement("one \ud83d"), statement("two\u2028", when=None))
    array, lines = tmp_path / "a.json", tmp_path / "a.jsonl"
    array.write_text(statements_to_json(statements), "utf-8")
    lines.write_text("".join(json.dumps(statement_record(s)) + "\n" for s in statements), "utf-8")
    assert tuple(read_statements(array)) == statements
    assert tuple(read_statements(lines)) == statements


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.json", "{}", "not a JSON array"),
        ("a.json", "[{}]", "statement 0: no statement of this version of quotes: id is missing"),
        ("a.jsonl", "\n{]\n", "a.jsonl:2: not JSON at column 2"),
        (
            "a.json",
            '[{"schema_version": 1}]',
            "statement 0: .* schema version 1, .* extract it again",
        ),
    ],
)
def test_what_is_no_output_is_refused(tmp_path: Path, name: str, data: str, message: str) -> None:
    """A file that quotes did not write is reported with the place."""
    path = tmp_path / name
    path.write_text(data, "utf-8")
    with pytest.raises(DataError, match=message):
        list(read_statements(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fixture folder whose article is TEXT."""
    folder = tmp_path / "close"
    folder.mkdir()
    (folder / "article.txt").write_text(TEXT, "utf-8")
    (folder / "metadata.json").write_text('{"published": "2023-03-16", "publisher": null}', "utf-8")
    (folder / "expected.json").write_text(json.dumps([{"content": content(CLOSE)}]), "utf-8")
    return folder


def test_fixture_is_read_and_validated(folder: Path, statement: Make) -> None:
    """A fixture's document has the folder's name and the metadata, and is compared as a whole."""
    fixture = read_fixture(folder)
    assert (fixture.document.id, str(fixture.document.published)) == ("close", "2023-03-16")
    fake = SimpleNamespace(extract_document=lambda _document: [statement(CLOSE, at=14)])
    assert validate_fixture(fixture, fake).passed


def test_fixtures_are_found_at_any_depth(folder: Path) -> None:
    """Fixture folders are found below a folder and are found by their own name."""
    assert find_fixtures(folder.parent) == (folder,)
    assert find_fixtures(folder) == (folder,)


def test_no_fixture_is_an_error(tmp_path: Path) -> None:
    """A folder without any fixture is an error: a comparison of nothing proves nothing."""
    with pytest.raises(InputError, match="no fixture below"):
        find_fixtures(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        find_fixtures(tmp_path / "absent")


def test_article_without_expectations_is_an_error(folder: Path) -> None:
    """A folder with an article that lost its expectations is not passed over."""
    (folder / "expected.json").unlink()
    with pytest.raises(InputError, match=r"expected\.json"):
        read_fixture(find_fixtures(folder.parent)[0])


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("[]", "not an object"),
        ('{"date": null}', "unknown key 'date'"),
        ('{"title": 3}', "title: neither text nor null"),
        ('{"published": "16 March"}', "'16 March' is not a date"),
    ],
)
def test_faults_of_metadata_are_named(folder: Path, metadata: str, message: str) -> None:
    """A fault in a metadata.json is reported with the file."""
    (folder / "metadata.json").write_text(metadata, "utf-8")
    with pytest.raises(DataError, match=message) as caught:
        read_fixture(folder)
    assert "metadata.json" in str(caught.value)
