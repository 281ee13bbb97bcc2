"""A medium is inherited by later statements only where that is clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.coref import resolve
from tests.coref.parses import article, at, mention, said
from tests.coref.scenes import Line, identify

if TYPE_CHECKING:
    from spacy.language import Language

TOLD = "Potter Elsa Grimm told Radio Wexley that the kiln had cracked."
TOLD_LINE = Line("Potter Elsa Grimm", "told", "the kiln had cracked", medium="Radio Wexley")


def test_carried_to_further_words_of_the_same_speaker(nlp: Language) -> None:
    """The words of "she added" with quoted words in the same paragraph came through the same outlet."""
    text = f'{TOLD} She added that it was "past mending".'
    first, second = identify(nlp, text, TOLD_LINE, Line("She", "added", 'it was "past mending"'))
    assert first.medium_identity is not None
    assert not first.medium_inherited
    assert second.medium_identity is not None
    assert (second.medium_identity.name, second.medium_inherited) == ("Radio Wexley", True)
    assert second.medium is not None
    assert second.medium.span.of(text) == "Radio Wexley"


def test_carried_to_a_floating_quotation_of_the_next_paragraph(nlp: Language) -> None:
    """A quotation that goes on without a cue came through the same outlet."""
    text = f'{TOLD}\n\n"I heard it go."'
    _, second = identify(nlp, text, TOLD_LINE, Line(None, None, "I heard it go.", continues=0))
    assert second.medium_identity is not None
    assert second.medium_inherited


def test_not_carried_to_another_speaker(nlp: Language) -> None:
    """Somebody else's words came some other way."""
    text = f'{TOLD} Her brother, Max Grimm, added that it was "a pity".'
    _, second = identify(nlp, text, TOLD_LINE, Line("Max Grimm", "added", 'it was "a pity"'))
    assert second.medium_identity is None


def test_not_carried_when_somebody_else_is_told(nlp: Language) -> None:
    """Words to another addressee came some other way."""
    text = f'{TOLD} She told neighbours that it was "past mending".'
    line = Line("She", "told", 'it was "past mending"', addressee="neighbours")
    _, second = identify(nlp, text, TOLD_LINE, line)
    assert second.medium_identity is None


def test_not_carried_to_indirect_words_of_a_later_paragraph(nlp: Language) -> None:
    """A paragraph that names the speaker again starts something else."""
    text = f"{TOLD}\n\nGrimm said the shop would close."
    _, second = identify(nlp, text, TOLD_LINE, Line("Grimm", "said", "the shop would close"))
    assert second.medium_identity is None


def test_interview_points_back_to_its_outlet(nlp: Language) -> None:
    """The medium "in the interview" is the outlet that was told before."""
    text = f'{TOLD}\n\n"I heard it go," she said in the interview.'
    line = Line("she", "said", "I heard it go", medium="the interview")
    _, second = identify(nlp, text, TOLD_LINE, line)
    assert second.medium_identity is not None
    assert (second.medium_identity.name, second.medium_inherited) == ("Radio Wexley", True)


def test_agency_is_the_one_that_quoted(nlp: Language) -> None:
    """The words "told the agency" name the agency again, so nothing is inherited."""
    text = 'The Tarn Wire quoted Mayor Ida Platt as saying the gate was shut.\n\n"It is shut," she told the agency.'
    lines = (
        Line("Mayor Ida Platt", "quoted", "the gate was shut", medium="The Tarn Wire"),
        Line("she", "told", "It is shut", medium="the agency"),
    )
    _, second = identify(nlp, text, *lines)
    assert second.medium_identity is not None
    assert (second.medium_identity.name, second.medium_inherited) == ("Tarn Wire", False)


def test_transcript_holds_for_the_whole_exchange(nlp: Language) -> None:
    """A transcript that opens a paragraph carries questions and answers, but no new beginning."""
    text = (
        "According to a transcript by the Tarn Herald, Mayor Ida Platt told clerks "
        "that the fund was empty.\n\n"
        'A clerk asked whether it had been full. "Never," the mayor replied.\n\n'
        "Platt praised the clerks and said the books were in order."
    )
    lines = (
        Line(
            "Mayor Ida Platt",
            "told",
            "the fund was empty",
            addressee="clerks",
            medium="a transcript by the Tarn Herald",
        ),
        Line("A clerk", "asked", "whether it had been full"),
        Line("the mayor", "replied", "Never"),
        Line("Platt", "said", "the books were in order"),
    )
    found = identify(nlp, text, *lines)
    names = [i.medium_identity.name if i.medium_identity is not None else None for i in found]
    assert names == [*["transcript by the Tarn Herald"] * 3, None]
    assert [i.medium_inherited for i in found] == [False, True, True, False]


TOLD_SENTENCE = "Elsa_Grimm/PERSON:nsubj told/tell:ROOT Radio_Wexley/ORG:dobj rain:nsubj:fell fell/fall:ccomp"
FILLER = "hail:nsubj stopped/stop:ROOT"


def media(last: str, paragraphs: tuple[int, ...], **more: object) -> list[tuple[str, bool] | None]:
    """The media of "told Radio Wexley that rain fell" and of a later statement that snow melted."""
    sentences = (TOLD_SENTENCE, *[FILLER] * (len(paragraphs) - 2), last)
    source = article(*sentences, paragraphs=paragraphs)
    speaker = None if more.get("continues") == 0 else mention(source, "she")
    outlet = mention(source, "interview") if "interview" in last else None
    candidates = (
        said(
            source,
            mention(source, "Elsa", "Grimm"),
            "rain fell",
            "told",
            medium=mention(source, "Radio", "Wexley"),
        ),
        said(source, speaker, "snow melted", "said" if speaker else None, medium=outlet, **more),
    )
    found = resolve(source, candidates)
    return [c.medium_identity and (c.medium_identity.name or "", c.medium_inherited) for c in found]


@pytest.mark.parametrize(("paragraph", "carried"), [(0, True), (1, True), (2, False)])
def test_reach_of_a_medium_over_paragraphs(paragraph: int, carried: bool) -> None:
    """A quotation that goes on has the medium in the same and the next paragraph, no further."""
    _, second = media("“:punct snow:nsubj melted/melt:ROOT ”:punct", (0, paragraph), continues=0)
    assert second == (("Radio Wexley", True) if carried else None)


@pytest.mark.parametrize(("paragraph", "carried"), [(3, True), (4, False)])
def test_reach_of_the_interview(paragraph: int, carried: bool) -> None:
    """The words "in the interview" find the outlet within three paragraphs."""
    last = "she:nsubj said/say:ROOT in/IN:prep the:det:interview interview:pobj:in snow:dep melted/melt:ccomp"
    _, second = media(last, (0, paragraph))
    assert second == ("Radio Wexley" if carried else "interview", carried)


def test_only_quoted_words_go_on_in_another_sentence() -> None:
    """A pronoun that "said" more has the medium with quoted words, and not with indirect ones."""
    quoted = "she:nsubj said/say:ROOT “:punct snow:dep melted/melt:ccomp ”:punct"
    assert media(quoted, (0, 0))[1] == ("Radio Wexley", True)
    assert media(quoted.replace("“:punct ", "").replace(" ”:punct", ""), (0, 0))[1] is None


def test_told_outlet_moves_from_addressee_to_medium() -> None:
    """An outlet that was told is the medium of the candidate, which has no addressee."""
    source = article(
        "the:det:Tarn Tarn/ORG:nsubj news:compound:agency agency:dep left/leave:ROOT",
        TOLD_SENTENCE.replace("Radio_Wexley", "Tarn"),
    )
    told = said(
        source,
        mention(source, "Elsa", "Grimm"),
        "rain fell",
        "told",
        addressee=mention(source, "Tarn", occurrence=1),
    )
    (found,) = resolve(source, (told,))
    assert found.addressee is found.addressee_identity is None
    assert found.medium is not None
    assert found.medium.head == at(source, "Tarn", 1)
