"""Quotations of an article are compared with sources: verdicts, passages, flags and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotes
from quotes.errors import UsageError
from quotes.models import Statement
from quotes.text.document import make_document
from quotes.verification import Source, Verifier, verify
from quotes.verification.wording import compared, difference_text, note_text
from tests.conftest import make_statement

if TYPE_CHECKING:
    from quotes.models import Verification

HEARING = """Hearing on the ferry of Aldmouth, 14 March 2024

CHAIR VOSS: Mr. Hale, please tell the committee what you saw. Take your time.

MR. HALE: The ramp was open when we left the quay. I said so to the mate, and he did not answer me. If the water
had been any higher, then we would have lost the ferry within nine minutes. I have worked on it for thirty years.

[Pause]

MR. HALE: We do not have a spare pump, and we never had one. The owners knew of that in January.

CHAIR VOSS: Did the owners know of the ramp too?

MR. HALE: I don't think that they knew of the ramp. We will not sail again before the ramp is mended, unless the
council orders us to. That is all I can say.

MS. ORDE: The company has spent two million kroner on the ferry. Thank you for your patience.
"""


def said(article: str, *pieces: str, speaker: str | None = "Tom Hale", **fields: object) -> Statement:
    """A direct statement with these pieces of an article."""
    spans = [{"start": (at := article.index(piece)), "end": at + len(piece), "text": piece} for piece in pieces]
    return with_content(spans, speaker=speaker, **{"kind": "direct", **fields})


def with_content(spans: list[dict[str, object]], **fields: object) -> Statement:
    """A statement whose content is these spans."""
    record = make_statement("", **fields).model_dump()
    record["content"] = {"text": " … ".join(str(span["text"]) for span in spans), "spans": spans}
    return Statement.model_validate(record)


def checked(*pieces: str, told: str = "“{}”, Hale said.", source: object = HEARING, **fields: object) -> Verification:
    """The verification of one statement whose pieces are joined by a cue."""
    article = told.format("” he said, “".join(pieces))
    return verify([said(article, *pieces, **fields)], source, text=article)[0]


def edits(verification: Verification) -> list[tuple[str, str, str, str | None]]:
    """Kind, words of the article, words of the source and concern of each difference."""
    return [
        (each.kind, each.article.text if each.article else "", each.source.text if each.source else "", each.concerns)
        for each in verification.differences
    ]


VERDICTS = [
    ("verbatim", ["the ramp was open when we left the quay"]),
    ("verbatim", ["We would have lost the ferry within 9 minutes"]),
    ("verbatim", ["I have worked on [the ferry] for 30 years"]),
    ("verbatim", ["The company has spent 2,000,000 kroner on the ferry"]),
    ("verbatim", ["The ramp was open when we left the quay.", "I said so to the mate"]),
    ("verbatim", ["we never had one. The owners knew"]),
    ("trimmed", ["I said so, and he did not answer me"]),
    ("trimmed", ["I said so to the mate ... he did not answer me"]),
    ("trimmed", ["The ramp was open when we left the quay,", "and he did not answer me"]),
    ("altered", ["The ramp was shut when we left the quay"]),
    ("altered", ["I don't have a spare pump, and we never had one"]),
    ("altered", ["We don't have a spare pump"]),
    ("altered", ["The ramp was left open when we left the quay, and he did not answer me"]),
    ("spliced", ["The ramp was open when we left the quay, and we never had one"]),
    ("spliced", ["The owners knew of that in January.", "The ramp was open when we left the quay"]),
    ("not_found", ["Nobody on board had any idea of the danger that night"]),
    ("not_found", ["The door stood ajar as we cast off from the pier"]),
    ("not_found", ["take my time"]),
    ("altered", ["I said no to the mate"]),
    ("not_found", ["Take your car"]),
    ("altered", ["We never have one"]),
]


@pytest.mark.parametrize(("verdict", "pieces"), VERDICTS)
def test_verdicts(verdict: str, pieces: list[str]) -> None:
    """Each verdict, with the passage in the source's own words and true places."""
    found = checked(*pieces)
    assert found.verdict == verdict
    for passage in found.passages:
        for span in passage.spans:
            assert HEARING[span.start : span.end] == span.text
    assert (found.score == 1.0) or verdict != "verbatim"


def test_negation_condition_quantity_and_name_are_named() -> None:
    """What a difference bears on is said, with the words on both sides."""
    assert edits(checked("We will sail again before the ramp is mended")) == [("dropped", "", "not", "negation")]
    assert edits(checked("would have lost the ferry within six minutes")) == [
        ("changed", "six", "nine", "quantity"),
    ]
    assert edits(checked("The owners knew of that in March")) == [("changed", "March", "January", "name")]
    assert edits(checked("we may have lost the ferry within nine minutes")) == [
        ("changed", "may", "would", "condition")
    ]


def test_words_lost_at_the_reporting_clause() -> None:
    """What is lost between two pieces is a difference, and a note says how much it is."""
    found = checked("The ramp was open when we left the quay,", "and he did not answer me")
    assert edits(found) == [("dropped", "", "I said so to the mate", None)]
    (note,) = found.notes
    assert (note.kind, note.words) == ("between_pieces", 6)
    assert note.article is not None
    assert note.article.text == ",” he said, “"


def test_marks_of_omission_and_brackets_are_noted() -> None:
    """An ellipsis marks an omission; brackets mark what the writer added, and for what."""
    marked = checked("I said so to the mate ... he did not answer me")
    assert [(note.kind, note.words) for note in marked.notes] == [("marked_omission", 1)]
    unmarked = checked("I said so to the mate, he did not answer me")
    assert [(note.kind, note.words) for note in unmarked.notes] == [("unmarked_omission", 1)]
    (bracket,) = checked("I have worked on [the ferry] for thirty years").notes
    assert (bracket.kind, bracket.article.text, bracket.source.text) == ("inserted", "the ferry", "it")


@pytest.mark.parametrize(
    ("quotation", "cut", "concern"),
    [
        ("we would have lost the ferry", "If the water\nhad been any higher, then", "condition"),
        ("We will not sail again before the ramp is mended", "unless the\ncouncil orders us to", "condition"),
        ("they knew of the ramp", "I don't think that", "negation"),
    ],
)
def test_a_condition_that_was_cut(quotation: str, cut: str, concern: str) -> None:
    """A sentence without its condition, or without the doubt about it, is verbatim, and what was cut is shown."""
    found = checked(quotation)
    assert found.verdict == "verbatim"
    assert [(n.source.text, n.concerns) for n in found.notes if n.kind == "cut_clause" and n.source] == [(cut, concern)]


def test_another_speaker() -> None:
    """Words that the source gives to somebody else are found, and flagged with both names."""
    found = checked("The company has spent two million kroner on the ferry")
    assert (found.verdict, found.other_speaker, found.passages[0].speaker) == ("verbatim", True, "MS. ORDE")
    assert [note.source.text for note in found.notes if note.kind == "other_speaker" and note.source] == ["MS. ORDE"]
    assert not checked("We do not have a spare pump").other_speaker
    assert not checked("We do not have a spare pump", speaker=None).other_speaker


def test_who_says_it_and_the_order_choose_among_places() -> None:
    """Of several places with the same words, the speaker's is taken, then the one between the neighbours."""
    exchange = "ANN: We agree.\n\nBOB: We agree.\n\nANN: Not at all. It rains here. We agree. It is late.\n\nBOB: No.\n"
    article = "“We agree,” Bob said. “It rains here,” said Ann. “We agree.” “It is late.”"
    statements = [
        said(article, "We agree", speaker="Bob"),
        said(article, "It rains here", speaker="Ann"),
        said(article, "We agree.", speaker="Ann", cue=None),
        said(article, "It is late", speaker="Ann", cue=None),
    ]
    first, _, third, _ = verify(statements, exchange, text=article)
    assert (first.passages[0].speaker, first.other_speaker) == ("BOB", False)
    assert third.passages[0].spans[0].start == exchange.rindex("We agree")


OCCASIONS = [
    ("“{}”, Hale told the hearing on 14 March.", False),
    ("At a rally in Norby on Saturday, Hale said: “{}”", True),
    ("In an interview on 2 February Hale said: “{}”", True),
    ("In a letter to the owners, Hale wrote: “{}”", True),
    ("Hale spoke at the hearing. “{}”, he said.", False),
    ("“{}”, Hale said last week.", False),
]


@pytest.mark.parametrize(("told", "differs"), OCCASIONS)
def test_another_occasion(told: str, differs: bool) -> None:
    """A day, or a kind of occasion, that cannot be the source's is flagged; the verdict stays."""
    article = told.format("we never had one")
    document = make_document(article, published="2024-03-18")
    found = verify([said(article, "we never had one")], HEARING, text=document)[0]
    assert (found.verdict, found.occasion_differs) == ("verbatim", differs)
    assert ("other_occasion" in [note.kind for note in found.notes]) == differs


def test_an_article_from_before_the_day_of_the_source() -> None:
    """What was published before cannot report it, whatever it says."""
    article = "“We never had one”, Hale said."
    document = make_document(article, published="2024-03-11")
    found = verify([said(article, "We never had one")], HEARING, text=document)[0]
    assert found.occasion_differs
    assert [note_text(note) for note in found.notes] == ["the article was published before the source's day"]


def test_a_translation_is_not_an_alteration() -> None:
    """Other English words for one foreign sentence are not found, and the nearest passage is given."""
    source = "We shall never hand over our land, he declared, and no power on earth can force us to kneel before it."
    for other in (
        "We will not give away our soil, and nobody in the world will bring us to our knees",
        "Our territory is not for sale, and no force in the world will make us kneel",
        "Never will we surrender our country, and there is no power that could bend us",
    ):
        found = checked(other, source=source)
        assert (found.verdict, found.differences) == ("not_found", ())
        assert found.passages


def test_indirect_speech_gets_the_nearest_passage() -> None:
    """What is reported in the article's own words has no verdict."""
    article = "Hale said the ferry had no spare pump."
    found = verify([said(article, "the ferry had no spare pump", kind="indirect")], HEARING, text=article)[0]
    assert found.verdict is None
    assert "spare pump" in found.passages[0].spans[0].text
    assert 0 < found.score < 1


def test_quoted_parts_of_a_mixed_statement() -> None:
    """Only what is in quotation marks is compared, and parts may be in any order, far apart."""
    article = "Hale said that he had “worked on it for thirty years” and the ramp “was open” that night."
    content = article[10:-1]
    found = verify([said(article, content, kind="mixed")], HEARING, text=article)[0]
    assert (found.verdict, len(found.passages[0].spans)) == ("verbatim", 2)
    assert verify([said(article, content, kind="mixed")], HEARING)[0].verdict == "verbatim"


def test_two_words_are_too_short_unless_speaker_and_place_are_plain() -> None:
    """Two words of the speaker, at one place, are enough; elsewhere a note says that they are not."""
    assert [note.kind for note in checked("spare pump").notes] == []
    assert "too_short" in [note.kind for note in checked("the ramp").notes]
    assert [note.kind for note in checked("green cheese").notes] == ["too_short"]


def test_sources_without_english_text() -> None:
    """A source in another language, or without text, is named as such, and gets no verdict."""
    german = (
        "Die Rampe war offen, als wir den Kai verließen, und der Steuermann hat mir darauf keine Antwort gegeben. " * 2
    )
    assert [note.kind for note in checked("The ramp was open", source=german).notes] == ["other_language"]
    empty = checked("The ramp was open", source=" \n")
    assert (empty.verdict, [note.kind for note in empty.notes], empty.passages) == (None, ["no_text"], ())
    assert checked("The ramp was open", source=[german, HEARING]).verdict == "verbatim"


def test_markup_and_odd_line_ends_keep_offsets_true() -> None:
    """Offsets are those of the texts as they were given."""
    source = "<p>MR. HALE: The ramp&nbsp;was <b>open</b> then.</p>\r\n<p>MR. HALE: Yes.</p>"
    found = checked("The ramp was open then", source=source)
    (span,) = found.passages[0].spans
    assert found.verdict == "verbatim"
    assert source[span.start : span.end] == span.text == "The ramp&nbsp;was <b>open</b> then"


def test_the_best_of_several_sources() -> None:
    """The source that has the words is taken; documents, texts and read sources may be mixed."""
    verifier = Verifier([make_document("Nothing here.", document_id="a"), Source(make_document(HEARING)), "The end."])
    article = "“We do not have a spare pump,” Hale said."
    (found,) = verifier.verify([said(article, "We do not have a spare pump,")], make_document(article))
    assert found.passages[0].speaker == "MR. HALE"


@pytest.mark.parametrize("wrong", [5, [5], None])
def test_what_is_no_source(wrong: object) -> None:
    """Something else than a text, a document or an index is refused by name."""
    with pytest.raises(UsageError, match="source"):
        verify([], wrong)
    with pytest.raises(UsageError, match="verify takes"):
        verify(5, HEARING)  # type: ignore[arg-type]


def test_in_words() -> None:
    """Differences and notes read as sentences, and the quotation is shown with the source's words in place."""
    found = checked("We will sail again before the ramp is ready")
    parts = [(part.kind, part.text) for part in compared(found)]
    assert [difference_text(each) for each in found.differences] == [
        "dropped: “not” (negation)",
        "changed: “ready” for “mended”",
    ]
    assert "".join(text for kind, text in parts if kind != "source") == "We will sail again before the ramp is ready"
    assert [text for kind, text in parts if kind == "source"] == ["not", "mended"]
    assert "left out, not marked: “not” (1 word, negation)" in map(note_text, found.notes)


def test_the_whole_way_with_the_pipeline(extractor: quotes.Extractor) -> None:
    """An article's text is enough, and a quotation that is given to nobody is compared too."""
    article = "“We do not have a spare pump,” Tom Hale told the hearing.\n\n“The ramp was open when we left.”\n"
    found = quotes.verify(article, HEARING, extractor=extractor)
    assert [each.verdict for each in found] == ["verbatim", "verbatim"]
    assert quotes.verify(article, HEARING, extractor=extractor) == found


texts = st.lists(
    st.sampled_from([*HEARING.split()[:60], "“", "”", "[but]", "...", "\n\n", "MR. HALE:", "9"]), max_size=40
)


def test_an_article_without_quotations() -> None:
    """An article without anything to compare gives nothing."""
    assert verify("", HEARING) == verify([], HEARING, text="It rained.") == []


@given(texts.map(" ".join), texts.map(" ".join), st.data())
def test_any_two_texts(article: str, source: str, data: st.DataObject) -> None:
    """Whatever the texts, spans are true, the same again is the same, and nothing fails."""
    start = data.draw(st.integers(0, len(article)))
    end = data.draw(st.integers(start, len(article)))
    kind = data.draw(st.sampled_from(["direct", "mixed", "indirect"]))
    span = {"start": start, "end": end, "text": article[start:end]}
    statement = with_content([span], kind=kind)
    (found,) = verify([statement], source, text=article) or (None,)
    assert found is not None
    assert [found] == verify([statement], source, text=article)
    of_article = [each.article for each in (*found.differences, *found.notes) if each.article]
    of_source = [each.source for each in (*found.differences, *found.notes) if each.source]
    of_source += [span for passage in found.passages for span in passage.spans]
    assert all(article[each.start : each.end] == each.text for each in of_article)
    assert all(source[each.start : each.end] == each.text for each in of_source)
    joined = "".join(part.text for part in compared(found) if part.kind in ("same", "article"))
    assert joined == article[start:end]


def test_a_scrap_far_away_is_no_part_of_a_quotation() -> None:
    """Two words that are somewhere else may be anybody's: a passage is not put together from them."""
    filler = " ".join(f"Word{n} went by." for n in range(200))
    source = f"MR. HALE: It was a big, big problem in those days. {filler} MR. HALE: I love this country."
    assert checked("a big, big problem in this country", source=source).verdict == "not_found"
    halves = f"MR. HALE: It was a big, big problem in those days. {filler} MR. HALE: We could not mend it alone."
    assert (
        checked("It was a big, big problem in those days. We could not mend it alone", source=halves).verdict
        == "spliced"
    )
