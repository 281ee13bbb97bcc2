"""A trace says in words why each mention has its name."""

from __future__ import annotations

import pytest

from quotes.coref import resolve
from quotes.syntax.trace import Trace
from tests.coref.parses import article, mention, said

DOLE = "Mark_Dole/PERSON:nsubj slept/sleep:ROOT"
MAYOR = "mayor:compound:Finch Ada_Finch/PERSON:nsubj slept/sleep:ROOT"
SAID = "{}:nsubj said/say:ROOT “:punct rain:dep fell/fall:ccomp ”:punct"


def notes(*sentences: str, speaker: str | None = None, **more: object) -> list[tuple[str, str]]:
    """Kind and message of the notes on an article with one statement, or with two when it goes on."""
    trace = Trace()
    source = article(*sentences, trace=trace)
    candidates = [said(source, mention(source, speaker, occurrence=-1), "rain fell", **more)] if speaker else []
    if "snow" in source.parse.words:
        candidates.append(said(source, None, "snow melted", None, continues=0))
    resolve(source, candidates)
    return [(note.kind, note.message) for note in trace.notes]


def test_pronoun_with_its_rivals() -> None:
    """Whom a pronoun was taken for, how that one was mentioned, and who else there was and why not."""
    before = "Ulm_Dorn/PERSON:nsubj met/meet:ROOT Karl_Voss/PERSON:dobj"
    found = notes(before, SAID.format("he"), speaker="he")
    kind, message = found[0]
    assert kind == "pronoun"
    assert message == (
        "“he” (at 23) was taken for Ulm Dorn: the most prominent of those who fit; "
        "the subject in the sentence before; rivals: Karl Voss (score 0.30; an object in the sentence before)"
    )


def test_rival_that_does_not_fit() -> None:
    """A rival of another gender is named with the reason."""
    ((_, message), *_) = notes(
        "Ada_Finch/PERSON:nsubj met/meet:ROOT Mark_Dole/PERSON:dobj", SAID.format("he"), speaker="he"
    )
    assert "taken for Mark Dole" in message
    assert "Ada Finch (gender, number or kind do not fit; the subject in the sentence before)" in message


DOLE_SAID = SAID.format("Dole/PERSON")
EXPECTED = {
    "name": ((DOLE, DOLE_SAID), "Dole", "was taken for Mark Dole, whose name it shortens"),
    "title": (
        (f"Captain/NNP:compound:Dole {DOLE}", DOLE_SAID),
        "Dole",
        "“Captain” (at 0) is a title before “Mark Dole”",
    ),
    "description": (
        (MAYOR, SAID.format("the:det:mayor mayor")),
        "mayor",
        "“mayor” (at 26) was taken for Ada Finch: nobody else is called so",
    ),
    "continuation": (
        (DOLE, SAID.format("he"), "“:punct snow:nsubj melted/melt:ROOT ”:punct"),
        "he",
        "got the name Mark Dole: it goes on from the statement before",
    ),
    "open": (
        (DOLE.replace("Mark", "Ada"), DOLE, DOLE_SAID),
        "Dole",
        "was left open: nothing decides between Ada Dole, Mark Dole",
    ),
}


@pytest.mark.parametrize(("sentences", "speaker", "message"), EXPECTED.values(), ids=EXPECTED)
def test_reasons(sentences: tuple[str, ...], speaker: str, message: str) -> None:
    """Names, titles, descriptions and continuations say what decided."""
    assert any(message in each for _, each in notes(*sentences, speaker=speaker))


def test_told_outlet() -> None:
    """An outlet that was told is noted as the way the words came."""
    trace = Trace()
    source = article(f"{DOLE} Tarn_Post/ORG:dobj rain:dep fell/fall:ccomp", trace=trace)
    outlet = mention(source, "Tarn", "Post")
    resolve(source, [said(source, mention(source, "Mark", "Dole"), "rain fell", "slept", addressee=outlet)])
    assert [note.message for note in trace.notes if note.kind == "told outlet"] == [
        "“rain fell” (at 26) came through “Tarn Post” (at 16), which is a news outlet and was told"
    ]


def test_notes_of_the_first_pass_are_dropped() -> None:
    """Where genders make all be bound again, each pronoun is noted once."""
    found = notes(
        "Brx_Lund/PERSON:nsubj met/meet:ROOT Mark_Dole/PERSON:dobj",
        "he:nsubj left/leave:ROOT",
        "she:nsubj left/leave:ROOT",
    )
    assert [message[: message.index(":")] for _, message in found] == [
        "“he” (at 23) was taken for Mark Dole",
        "“she” (at 31) was taken for Brx Lund",
    ]


def test_without_a_trace_the_result_is_the_same() -> None:
    """Collecting a trace changes no identity."""
    sentences = (MAYOR, DOLE, SAID.format("he"))
    found = []
    for trace in (None, Trace()):
        source = article(*sentences, trace=trace)
        found.append(resolve(source, [said(source, mention(source, "he"), "rain fell")]))
    assert found[0] == found[1]
