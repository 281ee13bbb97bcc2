"""Decoding, paragraphs, boilerplate, headlines and front matter."""

from __future__ import annotations

import hashlib
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError, UsageError
from quotes.inputs.decoding import decode
from quotes.text.boilerplate import is_boilerplate
from quotes.text.document import make_document, read_document

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
STORY = "The harbour board met for three hours on Monday and put off the vote on the new pier until autumn."


def kinds(text: str, *, title: str | None = None) -> list[str]:
    """Return the kinds of a text's paragraphs."""
    return [p.kind for p in make_document(text, title=title).paragraphs]


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs."""
    return [p.span.of(text) for p in make_document(text).paragraphs]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """Offsets count from the first character behind the mark."""
    assert decode(b"\xef\xbb\xbfIvo\r\n", where="a.txt") == "Ivo\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig", "latin-1", "cp1252"])
def test_newlines_stay_as_they_are(encoding: str) -> None:
    """Decoding never changes a line break."""
    assert decode(b"a\r\nb\rc\nd", encoding=encoding, where="a.txt") == "a\r\nb\rc\nd"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_decode_when_named(encoding: str) -> None:
    """UTF-16 and UTF-32 are read once the caller names them, in spite of their NUL bytes."""
    assert decode("Zoë ran".encode(encoding), encoding=encoding, where="a.txt") == "Zoë ran"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param("Ivo ran".encode("utf-16"), "--encoding utf-16", id="utf-16 with a mark"),
        pytest.param("Ivo ran".encode("utf-32"), "--encoding utf-32", id="utf-32 with a mark"),
        pytest.param("Ivo ran".encode("utf-16-le"), "looks binary", id="utf-16 without a mark"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04rest", "zip", id="zip"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "PNG", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "JPEG", id="jpeg"),
        pytest.param(b"\x00\x01\x02" * 99, "looks binary", id="control bytes"),
        pytest.param("Zoë".encode("latin-1"), r"a\.txt: byte 2 \(0xeb\).*--encoding", id="latin-1"),
        pytest.param(b"ab\xc3", r"byte 2", id="cut off"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, message: str) -> None:
    """The message says what the bytes look like, where, and what to do."""
    with pytest.raises(InputError, match=message):
        decode(data, where="a.txt")


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "a\x00b", "undefined"])
def test_an_unknown_encoding_is_a_usage_error(encoding: str) -> None:
    """A name that is no text encoding is named in the message."""
    with pytest.raises(UsageError, match="encod"):
        decode(b"abc", encoding=encoding, where="a.txt")


def test_a_file_gives_its_name_and_hash(tmp_path: Path) -> None:
    """The id is the name without the suffix, the hash that of the decoded text."""
    path = tmp_path / "pier.vote.txt"
    path.write_bytes(STORY.encode())
    document = read_document(path, publisher="Pier News", published="2024-05-02", title="Pier")
    assert (document.id, document.path) == ("pier.vote", str(path))
    assert document.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert (document.publisher, document.published, document.title) == ("Pier News", date(2024, 5, 2), "Pier")


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\x00b"])
def test_an_unreadable_path_is_an_input_error(tmp_path: Path, name: str) -> None:
    """A missing file, a folder and an impossible name are reported with the path."""
    with pytest.raises(InputError):
        read_document(tmp_path / name)


@pytest.mark.parametrize("text", ["", " \n\t\r\n\u2028 ", "\ufeff\u200b\n"])
def test_a_blank_text_has_no_paragraphs(text: str) -> None:
    """A blank text is a document like any other."""
    document = make_document(text)
    assert document.paragraphs == ()
    assert document.id == document.sha256[:16]


def test_lone_surrogates_and_control_characters_are_kept() -> None:
    """Odd characters change neither the text nor the offsets."""
    text = "\u200eThe \ud800 bell\x00 rang\u200b twice\u202e in the night over the sleeping town.\x00"
    document = make_document(text, document_id="bell")
    assert document.text == text
    assert document.paragraphs[0].span.of(text).startswith("The")
    assert document.paragraphs[0].span.of(text).endswith("town.")


@pytest.mark.parametrize(
    ("given_date", "expected"),
    [
        (None, None),
        ("2024-05-02", date(2024, 5, 2)),
        (date(2024, 5, 2), date(2024, 5, 2)),
        (datetime(2024, 5, 2, 9), date(2024, 5, 2)),
        ("2024-05-02T09:00:00+02:00", date(2024, 5, 2)),
    ],
)
def test_dates_come_as_dates_or_in_iso_form(given_date: date | str | None, expected: date | None) -> None:
    """The day counts, whatever form it has."""
    assert make_document(STORY, published=given_date).published == expected


@pytest.mark.parametrize("value", ["2 May 2024", "2024-02-30", "", "soon"])
def test_a_date_in_another_form_is_a_usage_error(value: str) -> None:
    """The message names the value."""
    with pytest.raises(UsageError, match=repr(value)):
        make_document(STORY, published=value)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\n\n", "\r\n\r\n", "\n \t\n"])
def test_each_line_is_a_paragraph(line_break: str) -> None:
    """Any line break parts paragraphs."""
    text = f"  {STORY}{line_break}\tIvo Lund left early. {line_break}"
    assert paragraphs(text) == [STORY, "Ivo Lund left early."]


WRAPPED = """\
The harbour board met for three hours on Monday and put off
the vote on the new pier until the autumn, when the survey of
the sea bed is due.

"We will not vote on a guess," said Ivo Lund, who leads the
board and has sat on it for longer than any other member of
the council has."""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_hard_wrapped_lines_are_joined(line_break: str) -> None:
    """A block of full lines between blank lines is one paragraph."""
    text = WRAPPED.replace("\n", line_break)
    assert [p[:11] for p in paragraphs(text)] == ["The harbour", '"We will no']
    assert paragraphs(text)[0].endswith("is due.")


def test_a_byline_above_wrapped_lines_stays_apart() -> None:
    """Only the full lines are joined."""
    text = "By Mia Roe\n" + WRAPPED
    assert paragraphs(text)[0] == "By Mia Roe"
    assert kinds(text) == ["boilerplate", "text", "text"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Board puts off pier vote again\nFishermen ask for more time\nMinister to visit town",
            id="headlines",
        ),
        pytest.param(
            "The board met on Monday for hours.\nIt put off the vote on the pier.\nIt will meet in May.",
            id="lines",
        ),
        pytest.param("apples\npears\nplums\nquinces", id="list"),
        pytest.param("Q: Who shut the gate that night?\nA: The guard did, I believe.\nQ: At what hour?", id="turns"),
    ],
)
def test_short_lines_are_not_joined(text: str) -> None:
    """Lines that are not full, or that end sentences, are paragraphs of their own."""
    assert paragraphs(text) == text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "By Mia Roe",
        "By Mia Roe and Ivo Lund",
        "By Mia Roe, Political Editor",
        "By Mia Roe, political correspondent in Oslo",
        "By MIA ROE | Pier News | Updated 14:10",
        "BYLINE: Mia Roe.",
        "SHARE: Facebook · Email · Copy link",
        "Share this article",
        "Facebook Twitter WhatsApp",
        "Leave a Reply",
        "Advertisement",
        "ADVERTISEMENT",
        "ABSTRACT.",
        "FULL TEXT.",
        "Read more: Why the pier sank, by those who built it",
        "Related: Storm says farewell",
        "Photo: Gulls above the pier. (Mia Roe/Pier News)",
        "Image credit: Mia Roe",
        "Gulls above the pier on Monday. (Mia Roe/AFP/Getty Images)",
        "Mia Roe/Reuters",
        "Mia Roe via Getty Images.",
        "Copyright 2024 Pier News. All rights reserved.",
        "© Pier News",
        "Updated 14:10",
        "Published: 3 May 2024",
        "Last updated on Thursday, May 3, 2024 at 9:05 a.m. GMT",
        "9:05 p.m.",
        "12 comments",
        "4 min read",
        "(Reporting by Mia Roe; editing by Ivo Lund)",
        "Additional reporting by Mia Roe in Oslo.",
        "Follow Mia Roe on Twitter @miaroe.",
        "Sign up for our morning newsletter",
        "Subscribe to our podcast here.",
        "Watch the full interview below:",
        "Read the rest of the story at Pier News.",
        "(h/t Pier News.)",
        "Source: Harbour Board.",
        "* * *",
        "___.",
        ".pier-wrap {",
    ],
)
def test_boilerplate_is_known(line: str) -> None:
    """Bylines, share bars, captions, credits, labels, calls and dates belong to the page."""
    assert is_boilerplate(line)
    document = make_document(f"{STORY}\n\n{line}")
    assert document.paragraphs[-1].kind == "boilerplate"
    assert len(document.paragraphs[-1].body) == 0


@pytest.mark.parametrize(
    "line",
    [
        "By Monday morning, the board said, the pier was safe.",
        "By Ivo Lund's own account, the gate was shut.",
        "By contrast, Oslo Harbour said it would build two.",
        "Share prices fell after the board said it would sell.",
        "Share your grief, the bishop told them.",
        "Photos showed the pier in flames, the court heard.",
        "Video of the fire proved her right, she said.",
        "Read my lips: no new pier.",
        "Related charges were dropped, prosecutors said.",
        "Source: Minister told board to wait",
        "Sources: Pier to close by May",
        "Facebook: We did not know",
        "Twitter users called it a farce.",
        "Minister: No new levy before spring",
        "Q: Who shut the gate?",
        "MR LUND: I did. It was late.",
        "Published in May, the report says the pier leaks.",
        "Updated figures show that the pier leaks, the board said.",
        "Follow the money, she said.",
        "Watch out, he told them.",
        "“Watch the pier below,” she said.",
        "Comments by the minister angered the board.",
        "Correction of the error took years, he said.",
        "Reporting the fire cost her the job.",
        "Getty said the museum would wait.",
        "In May 2024 the board met.",
        "12 comments were read out in court.",
        "The board (and its lawyer) left.",
        "He spoke for the joint list (Labour/Greens).",
        "Poll: 3 piers in danger;",
    ],
)
def test_article_text_is_never_boilerplate(line: str) -> None:
    """Prose, headlines and turns that begin like boilerplate stay."""
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"Board puts off pier vote\n\n{STORY}", ["headline", "text"], id="one"),
        pytest.param(
            f"Pier 'will sink us', fishermen warn\n\nMinister: No new levy\n\n{STORY}",
            ["headline", "headline", "text"],
            id="several",
        ),
        pytest.param(
            f"Board Puts Off Vote On Troubled Pier.\n\n{STORY}\n\n{STORY}",
            ["headline", "text", "text"],
            id="title case",
        ),
        pytest.param(
            f"Council calls on owners to wait.\n\n{STORY}\n\n{STORY}",
            ["headline", "text", "text"],
            id="full stop",
        ),
        pytest.param(f"The board met.\n\n{STORY}\n\n{STORY}", ["text", "text", "text"], id="a short sentence"),
        pytest.param(
            f"By Mia Roe\n\nBoard puts off vote\n\n{STORY}",
            ["boilerplate", "headline", "text"],
            id="below a byline",
        ),
        pytest.param("KESTREL: Where was it\n\nFINCH: By the gate\n\nKESTREL: And then", ["text"] * 3, id="turns"),
        pytest.param(f"{STORY}\n\nWhat comes next\n\n{STORY}", ["text", "text", "text"], id="a cross-heading"),
        pytest.param(f"Oslo waits\n\nOSLO — {STORY}", ["headline", "text"], id="before a dateline"),
    ],
)
def test_headlines_stand_above_the_story(text: str, expected: list[str]) -> None:
    """Short first lines without a full stop are headlines, sentences and turns are not."""
    assert kinds(text) == expected


def test_the_given_title_is_known_as_headline() -> None:
    """A first line that equals the title is a headline in spite of its full stop."""
    text = f"The pier that nobody had wanted.\n\n{STORY}"
    assert kinds(text) == ["text", "text"]
    assert kinds(text, title="The Pier That Nobody Had Wanted") == ["headline", "text"]


@pytest.mark.parametrize(
    ("front", "publisher", "published"),
    [
        ("THRELBY, May 2 (Norrland Wire) – ", "Norrland Wire", None),
        ("NEW YORK, Nov. 19 (UPI) — ", "UPI", None),
        ("NEW YORK, Nov. 19, 2015 (UPI) — ", "UPI", date(2015, 11, 19)),
        ("LONDON (AP) — ", "AP", None),
        ("Washington (CNN) - ", "CNN", None),
        ("TRIPOLI/TUNIS (Reuters) - ", "Reuters", None),
        ("ORLANDO, Fla. (Reuters) - ", "Reuters", None),
        ("MANCHESTER, N.H. -- ", None, None),
        ("MOSCOW, March 16. /TASS/. ", "TASS", None),
        ("BEIJING, March 16 (Xinhua) -- ", "Xinhua", None),
        ("Dec 29 (Reuters) - ", "Reuters", None),
        ("BRUSSELS — ", None, None),
        ("ST. LOUIS — ", None, None),
        ("16 Mar 2023; MEMO: ", "MEMO", date(2023, 3, 16)),
        ("March 16, 2023 | Pier News: ", "Pier News", date(2023, 3, 16)),
        ("Pier News, 16 March 2023: ", "Pier News", date(2023, 3, 16)),
    ],
)
def test_front_matter_is_left_out_of_the_body(front: str, publisher: str | None, published: date | None) -> None:
    """Datelines give the agency, front matter the publisher and the whole date."""
    document = make_document(front + STORY)
    (only,) = document.paragraphs
    assert only.body.of(document.text) == STORY
    assert only.span.start == 0
    assert (document.publisher, document.published) == (publisher, published)


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the shield of the north — said it would wait.",
        "UNESCO — Europe's conscience — said it would wait.",
        "Ada Quill (Labour) — Elected in May 2019, she left in June.",
        "Sen. Ada Quill (D-Ohio) — Announced in May.",
        "GOP front-runner Ivo Lund - who left - said no.",
        "KESTREL: Where was the van?",
        "March 16 was the day the pier fell, she said.",
        "Oslo - The board met.",
        "16 May 2023: the pier falls.",
    ],
)
def test_prose_that_resembles_front_matter_keeps_its_body(text: str) -> None:
    """Insertions, parties and labels are no datelines."""
    document = make_document(f"{STORY}\n\n{text}")
    assert document.paragraphs[1].body == document.paragraphs[1].span


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 3 May 2024", date(2024, 5, 3)),
        ("May 3, 2024 9:05 GMT", date(2024, 5, 3)),
        ("2024-05-03", date(2024, 5, 3)),
        ("Updated 14:10", None),
        ("Updated: 3 May 2024", None),
        ("Published: 3 May", None),
        ("Published: 31 February 2024", None),
    ],
)
def test_a_date_line_above_the_story_dates_it(line: str, expected: date | None) -> None:
    """Only a whole date of publication counts; nothing is guessed."""
    assert make_document(f"{line}\n\n{STORY}").published == expected


def test_what_the_caller_says_goes_before_what_the_text_says() -> None:
    """Publisher, date and title of the caller stay."""
    text = f"Pier vote\n\n16 Mar 2023; MEMO: {STORY}"
    found = make_document(text)
    given_ = make_document(text, publisher="Pier News", published="2024-01-01", title="Another")
    assert (found.publisher, found.published, found.title) == ("MEMO", date(2023, 3, 16), "Pier vote")
    assert (given_.publisher, given_.published, given_.title) == ("Pier News", date(2024, 1, 1), "Another")


def test_a_lone_headline_is_no_title() -> None:
    """A title needs a story below it."""
    assert make_document("Minister: No new levy before spring").title is None


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside this checkout")
def test_the_seed_articles_lose_no_prose() -> None:
    """Two lines of boilerplate, one headline and one piece of front matter are all that is set apart."""
    documents = [read_document(path) for path in sorted(SEEDS.glob("*.txt"))]
    found = [[p.kind for p in d.paragraphs if p.kind != "text"] for d in documents]
    assert found == [["headline", "boilerplate", "boilerplate"], []]
    assert (documents[1].publisher, documents[1].published) == ("MEMO", date(2023, 3, 16))


@pytest.mark.parametrize(
    "unit",
    ["a" * 3_000_000, "A line of prose.\n" * 100_000, "\r" * 2_000_000, "By A\n" * 99_999, ", AB" * 500_000],
)
def test_three_megabytes_take_bounded_time(unit: str) -> None:
    """Every step is linear in the length of the text."""
    started = time.perf_counter()
    make_document(unit)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    "line",
    [
        "By Mia Roe " + "A" * 500 + "!",
        "Source: " + "/." * 290,
        "(" * 590,
        "A " * 290,
        "SHARE " * 99,
        "A.B-C'" * 95 + " - ",
        "(Aa " * 140,
        "Watch " + "the here" * 70,
    ],
)
def test_hostile_lines_take_bounded_time(line: str) -> None:
    """No pattern backtracks out of hand."""
    started = time.perf_counter()
    make_document(line + "\n" + line)
    assert time.perf_counter() - started < 2


PIECES = st.sampled_from(
    ["The board met. ", "Ivo", "\n", "\r\n", "\u2028", " ", "By Mia Roe", "OSLO (AP) — ", "\x00", "“"]
)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
def test_paragraphs_lie_in_order_and_hold_all_visible_text(text: str) -> None:
    """Spans are ordered and trimmed, bodies lie inside them, and no word is lost."""
    document = make_document(text)
    assert document == make_document(text)
    end = 0
    for paragraph in document.paragraphs:
        assert end <= paragraph.span.start < paragraph.span.end <= len(text)
        assert paragraph.span.contains(paragraph.body)
        assert (len(paragraph.body) == 0) == (paragraph.kind == "boilerplate") or paragraph.kind == "text"
        assert not text[end : paragraph.span.start].isalnum()
        end = paragraph.span.end
    assert not any(c.isalnum() for c in text[end:])
