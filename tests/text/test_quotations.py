"""Pairing of quotation marks."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.text.document import Document, make_document
from quotes.text.quotations import Quotation, find_quotations

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def quotations(text: str) -> tuple[Document, tuple[Quotation, ...]]:
    """Return the document of a text and its quotations."""
    document = make_document(text)
    return document, find_quotations(document.text, document.paragraphs)


def inner(text: str) -> list[str]:
    """Return what the quotations of a text hold."""
    document, found = quotations(text)
    return [q.inner.of(document.text) for q in found]


STYLES = {
    "straight double": ('"The pump froze," said Ines. "It thawed."', ["The pump froze,", "It thawed."]),
    "curly double": ("“The pump froze,” said Ines.", ["The pump froze,"]),
    "straight single": ("'The pump froze,' said Ines. 'It thawed.'", ["The pump froze,", "It thawed."]),
    "curly single": ("‘The pump froze,’ said Ines.", ["The pump froze,"]),
    "guillemets": ("«The pump froze», said Ines.", ["The pump froze"]),
    "spaced guillemets": ("« The pump froze », said Ines.", ["The pump froze"]),
    "guillemets with narrow spaces": ("«\u202fThe pump froze\u202f», said Ines.", ["The pump froze"]),
    "German guillemets": ("»The pump froze«, said Ines.", ["The pump froze"]),
    "single guillemets": ("‹The pump froze›, said Ines.", ["The pump froze"]),
    "German single guillemets": ("›The pump froze‹, said Ines.", ["The pump froze"]),
    "low German": ("„The pump froze“, said Ines.", ["The pump froze"]),
    "low German with English close": ("„The pump froze”, said Ines.", ["The pump froze"]),
    "low single in low double": ("„The ‚old‘ pump“, said Ines.", ["The ‚old‘ pump", "old"]),
    "TeX": ("``The pump froze,'' said Ines.", ["The pump froze,"]),
    "TeX single": ("The `old' pump froze.", ["old"]),
    "two apostrophes": ("''The pump froze,'' said Ines. ''It thawed.''", ["The pump froze,", "It thawed."]),
    "doubled curly singles": ("‘‘The pump froze,’’ said Ines.", ["The pump froze,"]),
    "Swedish": ("”The pump froze”, said Ines.", ["The pump froze"]),
    "curly open straight close": ('“The pump froze," said Ines.', ["The pump froze,"]),
    "straight open curly close": ('"The pump froze,” said Ines.', ["The pump froze,"]),
    "open in both places": ("a “rapid review“ of the pumps", ["rapid review"]),
    "close in both places": ("that ”seemed an odd remark” to her", ["seemed an odd remark"]),
    "marks with spaces inside": (
        '" The pump froze " said Ines. " It thawed "',
        ["The pump froze", "It thawed"],
    ),
    "no space before": ('She said:"The pump froze." Then she left.', ["The pump froze."]),
    "no space behind": ('"The pump froze,"said Ines.', ["The pump froze,"]),
    "dashes around": ("“The pump”—Ines paused—“froze.”", ["The pump", "froze."]),
    "leading dots": ('She said: "...and then it froze."', ["...and then it froze."]),
    "opening mark twice": ("““The pump froze,” said Ines.", ["The pump froze,"]),
    "closing mark twice": ("“The pump froze,”” said Ines.", ["The pump froze,"]),
    "mark at the end in the wrong shape": ("“Yes,” she said. “They know. “", ["Yes,", "They know."]),
    "bracket first": ('"[Pauses] The pump froze," said Ines.', ["[Pauses] The pump froze,"]),
    "in brackets": ('The pump (the "old lady") froze.', ["old lady"]),
    "markup is no quotation": ('<a href="page" rel="next">The pump</a> froze.', []),
    "empty": ('The mark read "" and no more.', []),
}


@pytest.mark.parametrize(("text", "expected"), STYLES.values(), ids=STYLES)
def test_every_style_of_mark_is_paired(text: str, expected: list[str]) -> None:
    """Marks of one style, of mixed styles and with odd spacing enclose the words between them."""
    assert inner(text) == expected


APOSTROPHES = {
    "contraction": ("It isn't the clerk's and they're sure of it.", []),
    "curly contraction": ("It isn’t the clerk’s and they’re sure of it.", []),
    "year": ("The class of '98 met the class of ’07.", []),
    "decade": ("The '60s houses outlived the '80s ones.", []),
    "elisions": ("'Twas cold; give 'em time, 'til May.", []),
    "elision in the wrong shape": ("Give ‘em time, ‘tis only May.", []),
    "plural possessive": ("The growers' wine and the bakers' bread won.", []),
    "rock and roll": ("The rock 'n' roll hall and the fish ’n’ chips shop closed.", []),
    "abbreviation": ("The M.P.'s vote and the Ph.D.’s fee.", []),
    "Irish name": ("O'Hara and D'Souza met.", []),
    "possessive in a quotation": (
        "'It's the farmers' field, not ours,' said Ines.",
        ["It's the farmers' field, not ours,"],
    ),
    "curly possessive in a quotation": (
        "‘It’s the farmers’ field, not ours,’ said Ines.",
        ["It’s the farmers’ field, not ours,"],
    ),
    "quotation that ends in s": (
        "'Never trust the clocks' she said. 'Ever.'",
        ["Never trust the clocks", "Ever."],
    ),
    "scare quotes that end in s": ("The 'ghosts' of the tower wore slippers.", ["ghosts"]),
    "year in a quotation": ("'We came in '98,' said Ines.", ["We came in '98,"]),
    "dropped letter": ("'Keep goin' north,' said Ines.", ["Keep goin' north,"]),
    "possessive in a double": ('"The twins\' boat sank," she said.', ["The twins' boat sank,"]),
}


@pytest.mark.parametrize(("text", "expected"), APOSTROPHES.values(), ids=APOSTROPHES)
def test_apostrophes_are_no_marks(text: str, expected: list[str]) -> None:
    """Contractions, possessives, elisions and years neither open nor close a quotation."""
    assert inner(text) == expected


MEASUREMENTS = {
    "feet and inches": ("She is 6'2\" and he is 5'11\", they say.", []),
    "curly feet and inches": ("She is 6’2” tall.", []),
    "inches": ('A 12" hinge and a 14.5" bolt.', []),
    "inches by inches": ('A 12"x14" frame.', []),
    "inches in a quotation": (
        '"It wants a 12" hinge and a 4" bolt," she said.',
        ['It wants a 12" hinge and a 4" bolt,'],
    ),
    "height in a quotation": ("“He is like 6’2”,” said Ines.", ["He is like 6’2”,"]),
    "year is no measurement": ('"We came in 2012" and "we left".', ["We came in 2012", "we left"]),
    "inches before a quotation": ('The 12" gate "sticks," said Ines.', ["sticks,"]),
    "minutes and seconds": ("At 51°30'12\" the ship turned.", []),
}


@pytest.mark.parametrize(("text", "expected"), MEASUREMENTS.values(), ids=MEASUREMENTS)
def test_measurements_are_no_marks(text: str, expected: list[str]) -> None:
    """Marks behind figures that measure something enclose nothing."""
    assert inner(text) == expected


NESTED = {
    "single in double": ("\"She said, 'Go,' and I went.\"", [("She said, 'Go,' and I went.", 0), ("Go,", 1)]),
    "double in single": ("'She said, \"Go,\" and I went.'", [('She said, "Go," and I went.', 0), ("Go,", 1)]),
    "curly": ("“She said, ‘Go,’ and I went.”", [("She said, ‘Go,’ and I went.", 0), ("Go,", 1)]),
    "touching marks": ("“‘Go,’ she said.”", [("‘Go,’ she said.", 0), ("Go,", 1)]),
    "touching closes": ("\"She said, 'Go.'\"", [("She said, 'Go.'", 0), ("Go.", 1)]),
    "spaced closes": ("\"She said, 'Go,' \" he wrote.", [("She said, 'Go,'", 0), ("Go,", 1)]),
    "same marks": ('"She said "never" to me," he said.', [('She said "never" to me,', 0), ("never", 1)]),
    "three levels": (
        "“She said, ‘He wrote “Go” on it,’ and left.”",
        [("She said, ‘He wrote “Go” on it,’ and left.", 0), ("He wrote “Go” on it,", 1), ("Go", 2)],
    ),
    "four levels are three": (
        "“a ‘b “c ‘d’ c” b’ a”",
        [("a ‘b “c ‘d’ c” b’ a", 0), ("b “c ‘d’ c” b", 1), ("c ‘d’ c", 2)],
    ),
    "three apostrophes": ("''She said: 'Go.''' He left.", [("She said: 'Go.'", 0), ("Go.", 1)]),
}


@pytest.mark.parametrize(("text", "expected"), NESTED.values(), ids=NESTED)
def test_nested_quotations_know_their_depth(text: str, expected: list[tuple[str, int]]) -> None:
    """An inner quotation follows its outer one, one level deeper."""
    document, found = quotations(text)
    assert [(q.inner.of(document.text), q.depth) for q in found] == expected
    assert sum(q.depth == 0 for q in found) == 1


LOST = {
    "before an inverted cue": (
        '"The gate was shut at six, said guard Ivo Lund.',
        "The gate was shut at six,",
    ),
    "before a pronoun's cue": (
        "“The gate was shut at six, she said. The road was empty.",
        "The gate was shut at six,",
    ),
    "before a name's cue": ('"The gate was shut, Ivo Lund told the court.', "The gate was shut,"),
    "not before a cue of its own": (
        '"The clerk, he told me, was asleep.',
        "The clerk, he told me, was asleep.",
    ),
    "single": ("'The gate was shut at six, said guard Ivo Lund.", "The gate was shut at six,"),
    "without a cue": ('He said: "The gate was shut. Nobody came.', "The gate was shut. Nobody came."),
    "a part of a sentence": ('He called it "a poor show. The gate was shut.', "a poor show."),
    "before another": (
        '"The gate was shut, said Ivo Lund. "I saw nobody," said Mia Roe.',
        "The gate was shut,",
    ),
}


@pytest.mark.parametrize(("text", "expected"), LOST.values(), ids=LOST)
def test_a_lost_closing_mark_ends_the_quotation_early(text: str, expected: str) -> None:
    """An unclosed quotation ends before a plain cue, with its sentence or with its paragraph."""
    document, found = quotations(text + "\n\nThe road was empty by then, and no one came.")
    assert found[0].inner.of(document.text) == expected
    assert not found[0].closed
    assert found[0].outer.end == found[0].inner.end


def test_a_lost_mark_costs_its_own_paragraph_only() -> None:
    """Pairing starts afresh with the next paragraph."""
    text = '"The gate was shut, said Ivo Lund.\n\nThe road was empty at six. "I saw nobody," said Mia Roe.'
    assert inner(text) == ["The gate was shut,", "I saw nobody,"]


@pytest.mark.parametrize(
    "text", ['The gate," said Ivo.', "The gate,” said Ivo.", "The gate», said Ivo.", "Ivo left.''"]
)
def test_a_stray_closing_mark_yields_nothing(text: str) -> None:
    """A closing mark without an opening one before it is passed over."""
    assert inner(text) == []


CHAINED = {
    "curly": ("“One fell.\n\n“Two fell.\n\n“Three fell,” she said.", [None, 0, 1]),
    "straight": ('"One fell.\n\n"Two fell," she said.', [None, 0]),
    "two apostrophes": ("''One fell.\n\n''Two fell,'' she said.", [None, 0]),
    "British single": ("'One fell.\n\n'Two fell,' she said.", [None, 0]),
    "single line breaks": ("“One fell.\n“Two fell,” she said.", [None, 0]),
    "boilerplate between": ("“One fell.\n\nAdvertisement\n\n“Two fell,” she said.", [None, 0]),
    "closed before": ("“One fell.”\n\n“Two fell,” she said.", [None, None]),
    "prose between": ("“One fell.\n\nIt was late by then, and dark.\n\n“Two fell,” she said.", [None, None]),
    "other marks": ("“One fell.\n\n«Two fell», she said.", [None, None]),
    "later in the paragraph": ("“One fell.\n\nShe said: “Two fell.”", [None, None]),
    "goes on without a mark": ("“One fell.\nTwo fell,” she said.", [None, 0]),
}


@pytest.mark.parametrize(("text", "expected"), CHAINED.values(), ids=CHAINED)
def test_a_reopened_quotation_continues_the_unclosed_one(text: str, expected: list[int | None]) -> None:
    """A paragraph that opens anew, with the one before unclosed, carries on its quotation."""
    _, found = quotations("The clerk stood up in the full hall and spoke at last.\n\n" + text)
    assert [q.continues for q in found] == expected


@pytest.mark.parametrize("unit", ['"', "“", "”", "«", "'", "''", ', "A ', ", 'A ", "“‘", "« “", "s' x ", "„ »", '2" '])
def test_ten_thousand_stray_marks_take_bounded_time(unit: str) -> None:
    """Pairing is linear, however the marks are broken."""
    started = time.perf_counter()
    _, found = quotations("The hall: " + unit * 10_000)
    assert time.perf_counter() - started < 5
    assert all(q.depth < 3 for q in found)


def test_ten_thousand_nested_quotations_are_reported_three_deep() -> None:
    """Deep nesting is bounded in depth and in time."""
    _, found = quotations("“a ‘" * 5_000 + "b" + "’ a”" * 5_000)
    assert [q.depth for q in found] == [0, 1, 2]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside this checkout")
def test_the_seed_articles_hold_their_six_quotations() -> None:
    """Every direct statement of the seed articles is one closed outermost quotation."""
    for line in (SEEDS / "cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        direct = [s["content"][0] for s in case["statements"] if s["kind"] == "direct"]
        assert [t.rstrip(",") for t in inner(case["text"])] == [t.rstrip(",") for t in direct]


ALPHABET = st.sampled_from([*"ab sS.,:;?-\n(6", *"\"'“”‘’„«»‹›`", "''", "said ", "s' ", "He ", "\r\n", "\u200b", "12"])


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_any_text_gives_ordered_quotations_inside_paragraphs(text: str) -> None:
    """Whatever the marks, the same quotations come out, in order, each inside its paragraph."""
    document, found = quotations(text)
    assert found == find_quotations(document.text, document.paragraphs)
    assert [(q.outer.start, -q.outer.end) for q in found] == sorted((q.outer.start, -q.outer.end) for q in found)
    for index, quotation in enumerate(found):
        assert document.paragraphs[quotation.paragraph].body.contains(quotation.outer)
        assert quotation.outer.contains(quotation.inner)
        assert quotation.inner.of(text).strip() == quotation.inner.of(text) != ""
        assert 0 <= quotation.depth < 3
        assert quotation.continues is None or 0 <= quotation.continues < index
