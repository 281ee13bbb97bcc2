"""What a reviewer does to a review, one action each."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from quotes.errors import UsageError
from quotes.review import Review, perform
from tests.review.builders import begun, check_offsets, place, texts
from tests.view.builders import library

REVIEW = begun(library())
FIRST, SECOND, TOLD, DENIED, CHOICE = (item.key for item in REVIEW.items)
"""The library would stay open; Kord had told him; the roof was leaking; it was not; We had no choice."""


def after(*actions: Mapping[str, object], review: Review = REVIEW) -> Review:
    """Return the review after some actions, its offsets checked after each."""
    for action in actions:
        review = perform(review, action)
        check_offsets(review)
    return review


@pytest.mark.parametrize(("do", "decision"), [("accept", "accepted"), ("reject", "rejected"), ("wait", "waiting")])
def test_decisions(do: str, decision: str) -> None:
    """A statement is accepted, rejected, or waits again; nothing else changes."""
    changed = after({"do": "accept", "item": FIRST}, {"do": do, "item": FIRST})
    assert changed.item(FIRST).decision == decision
    assert changed.items[1:] == REVIEW.items[1:]
    assert REVIEW.item(FIRST).decision == "waiting"


def test_marks_and_notes() -> None:
    """A statement may be optional, and have a note."""
    changed = after({"do": "optional", "item": FIRST, "value": True}, {"do": "note", "item": FIRST, "text": " hm \n"})
    assert (changed.item(FIRST).optional, changed.item(FIRST).note) == (True, "hm")
    assert changed.item(FIRST).corrected == ()


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "mixed"), ("attitude", "belief"), ("negated", True), ("negated", False)]
)
def test_plain_fields(field: str, value: object) -> None:
    """Kind, attitude and negation are set; only what differs from the extractor's is a correction."""
    changed = after({"do": "change", "item": FIRST, "field": field, "value": value})
    assert getattr(changed.item(FIRST).statement, field) == value
    assert changed.item(FIRST).corrected == ((field,) if value is not False else ())


def test_a_change_takes_a_rejection_back() -> None:
    """What is rejected and then changed waits again; what is accepted stays so."""
    kind = {"do": "change", "item": FIRST, "field": "kind", "value": "mixed"}
    assert after({"do": "reject", "item": FIRST}, kind).item(FIRST).decision == "waiting"
    assert after({"do": "accept", "item": FIRST}, kind).item(FIRST).decision == "accepted"


def test_cue() -> None:
    """A cue is some words, with the lemma of the same words elsewhere; or there is none."""
    said = place(REVIEW, "said", 90)
    changed = after({"do": "cue", "item": FIRST, "span": said})
    assert changed.item(FIRST).statement.cue.model_dump() == {
        "start": said[0],
        "end": said[1],
        "text": "said",
        "lemma": "say",
    }
    assert changed.item(FIRST).corrected == ("cue",)
    assert after({"do": "cue", "item": FIRST, "span": None}).item(FIRST).statement.cue is None


def test_time() -> None:
    """A time has the date that its words mean, seen from the day of publication, or the one that is given."""
    friday = place(REVIEW, "Friday")
    reckoned = after({"do": "when", "item": TOLD, "span": friday})
    assert reckoned.item(TOLD).statement.when.date == "2024-03-15"
    given = after({"do": "when", "item": TOLD, "span": friday, "date": "2024-03"})
    assert given.item(TOLD).statement.when.date == "2024-03"
    assert after({"do": "when", "item": FIRST, "span": None}).item(FIRST).corrected == ("when",)


def test_somebody_known() -> None:
    """Picking somebody keeps the mention and gives it the name."""
    ode = next(key for key, each in REVIEW.people().items() if each.name == "Ben Ode")
    changed = after({"do": "person", "item": DENIED, "role": "speaker", "entity": ode}).item(DENIED)
    speaker = changed.statement.speaker
    assert (speaker.name, speaker.mention.text, speaker.entity) == ("Ben Ode", "she", ode)
    assert changed.corrected == ("speaker",)
    told = after({"do": "person", "item": DENIED, "role": "addressee", "entity": ode}).item(DENIED)
    assert (told.statement.addressee.name, told.statement.addressee.mention) == ("Ben Ode", None)


@pytest.mark.parametrize(
    ("words", "name", "is_known"),
    [
        ("Ben Ode", "Ben Ode", True),
        ("Ode", "Ben Ode", True),
        ("The library", "library", False),
        ("she", "Ann Kord", True),
    ],
)
def test_words_in_a_role(words: str, name: str, is_known: bool) -> None:
    """Selected words are somebody by their name or mention, whoever was there by a pronoun, or somebody new."""
    span = place(REVIEW, words, 30)
    speaker = after({"do": "mention", "item": FIRST, "role": "speaker", "span": span}).item(FIRST).statement.speaker
    assert (speaker.name, speaker.mention.text) == (name, words)
    assert (speaker.entity in REVIEW.people()) == is_known


def test_somebody_new_is_then_known() -> None:
    """Who was selected once can be picked for another statement."""
    span = place(REVIEW, "Reuters")
    changed = after({"do": "mention", "item": FIRST, "role": "speaker", "span": [span[0], span[1]]})
    roof = place(REVIEW, "the roof")
    changed = after({"do": "mention", "item": SECOND, "role": "addressee", "span": roof}, review=changed)
    new = changed.item(SECOND).statement.addressee.entity
    assert changed.people()[new].name == "roof"
    typed = after({"do": "entity_type", "item": SECOND, "role": "addressee", "value": "group"}, review=changed)
    assert typed.item(SECOND).statement.addressee.type == "group"


def test_medium_and_nobody() -> None:
    """A medium that is set is the statement's own; a role can be emptied."""
    span = place(REVIEW, "Reuters")
    medium = after({"do": "mention", "item": FIRST, "role": "medium", "span": span}).item(FIRST).statement.medium
    assert (medium.name, medium.inherited) == ("Reuters", False)
    assert after({"do": "nobody", "item": DENIED, "role": "medium"}).item(DENIED).statement.medium is None


def test_content() -> None:
    """The pieces of a content are set, without white space and outer marks; the id follows, the key stays."""
    start, end = place(REVIEW, "“We had no choice,”")
    changed = after({"do": "content", "item": CHOICE, "spans": [[start, end]]}).item(CHOICE)
    assert [span.text for span in changed.statement.content.spans] == ["We had no choice,"]
    assert changed.statement.kind == "direct"
    assert (changed.key, changed.corrected) == (CHOICE, ("content",))
    assert changed.statement.id != changed.given.id
    wider = [place(REVIEW, "We had no choice,"), place(REVIEW, " Ode said", 195)]
    assert after({"do": "content", "item": CHOICE, "spans": wider}).item(CHOICE).statement.kind == "mixed"


def test_split() -> None:
    """One statement becomes two at a word; the second has cue and speaker of the first."""
    at = place(REVIEW, "told him the roof")[0]
    changed = after({"do": "split", "item": SECOND, "at": at})
    assert texts(changed)[1:3] == [["Kord had"], ["told him the roof was leaking"]]
    new = changed.item("a1")
    assert (new.origin, new.given, new.decision) == ("added", None, "waiting")
    assert new.statement.speaker == REVIEW.item(SECOND).statement.speaker
    between = after({"do": "split", "item": CHOICE, "at": place(REVIEW, "None")[0]})
    assert texts(between)[-2:] == [["We had no choice,"], ["None at all."]]


def test_merge() -> None:
    """Two statements become one, in one piece where no word is between; what was extracted is then rejected."""
    whole = after({"do": "split", "item": SECOND, "at": place(REVIEW, "told him the roof")[0]})
    again = after({"do": "merge", "item": SECOND, "other": "a1"}, review=whole)
    assert texts(again) == texts(REVIEW)
    merged = after({"do": "merge", "item": FIRST, "other": CHOICE})
    assert texts(merged)[0] == ["The library", "would stay open", "We had no choice,", "None at all."]
    assert (merged.item(CHOICE).decision, merged.item(CHOICE).note) == ("rejected", "merged with the statement at 34")


def test_add() -> None:
    """A missed statement is added by its words, direct if they are in quotation marks, with its place in the text."""
    headline = after({"do": "add", "spans": [place(REVIEW, "library stays open")]})
    added = headline.items[0]
    assert (added.origin, added.statement.kind, added.statement.cue, added.statement.speaker) == (
        *("added", "indirect", None, None),
    )
    assert added.statement.provenance.paragraph == 0
    both = after({"do": "add", "spans": [place(REVIEW, "“None at all.”")]}, review=headline)
    assert sorted(item.key for item in both.items if item.origin == "added") == ["a1", "a2"]
    assert both.item("a2").statement.kind == "direct"
    assert both.item("a2").statement.provenance.paragraph == 2


LENGTH = len(REVIEW.document.text)
WRONG: list[dict[str, object]] = [
    {},
    {"do": "fly"},
    {"do": ["accept"]},
    {"do": "accept"},
    {"do": "accept", "item": "nobody"},
    {"do": "accept", "item": FIRST, "more": 1},
    {"do": "change", "item": FIRST, "field": "kind", "value": "loud"},
    {"do": "change", "item": FIRST, "field": "negated", "value": 1},
    {"do": "change", "item": FIRST, "field": "id", "value": "x"},
    {"do": "cue", "item": FIRST, "span": [0, LENGTH + 1]},
    {"do": "cue", "item": FIRST, "span": [-4, 3]},
    {"do": "cue", "item": FIRST, "span": [5, 5]},
    {"do": "cue", "item": FIRST, "span": ["0", "4"]},
    {"do": "cue", "item": FIRST, "span": [32, 34]},
    {"do": "when", "item": FIRST, "span": [0, 4], "date": "2024-02-30"},
    {"do": "when", "item": FIRST, "span": [0, 4], "date": "soon"},
    {"do": "person", "item": FIRST, "role": "speaker", "entity": "e99"},
    {"do": "nobody", "item": FIRST, "role": "cue"},
    {"do": "entity_type", "item": FIRST, "role": "medium", "value": "person"},
    {"do": "entity_type", "item": FIRST, "role": "speaker", "value": "ghost"},
    {"do": "content", "item": FIRST, "spans": []},
    {"do": "content", "item": FIRST, "spans": [[0, 8], [4, 12]]},
    {"do": "content", "item": FIRST, "spans": [[s.start, s.end] for s in REVIEW.item(TOLD).statement.content.spans]},
    {"do": "split", "item": FIRST, "at": 0},
    {"do": "split", "item": FIRST, "at": LENGTH},
    {"do": "merge", "item": FIRST, "other": FIRST},
    {"do": "merge", "item": FIRST, "other": "nobody"},
    {"do": "add", "spans": [[s.start, s.end] for s in REVIEW.item(TOLD).statement.content.spans]},
    {"do": "note", "item": FIRST, "text": "x" * 2001},
]


@pytest.mark.parametrize("action", WRONG, ids=str)
def test_actions_that_do_not_fit(action: dict[str, object]) -> None:
    """An action that does not fit the review or the text is refused with a reason."""
    with pytest.raises(UsageError):
        perform(REVIEW, action)


def test_the_lemma_of_an_unknown_cue() -> None:
    """A cue whose words no other statement has is its own lemma."""
    changed = after({"do": "cue", "item": FIRST, "span": place(REVIEW, "says")})
    assert changed.item(FIRST).statement.cue.lemma == "says"
