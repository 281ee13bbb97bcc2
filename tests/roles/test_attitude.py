"""Statement, belief, intention, decree or perception."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.lexicon import table
from quotes.roles.attitude import attitude_of
from quotes.syntax.mention import Mention
from quotes.text.spans import Span
from tests.builders import attributed, parse_from_rows
from tests.roles.located import clause_of, located, parsed

if TYPE_CHECKING:
    from spacy.language import Language

CASES = [
    (
        "Mayor Ines Calloway told reporters on Monday that the bridge would close.",
        "told",
        "the bridge would close",
        "Mayor Ines Calloway",
        "statement",
    ),
    (
        "“The bridge will close,” Ines Calloway told the Daily Lantern.",
        "told",
        "The bridge will close",
        "Ines Calloway",
        "statement",
    ),
    (
        "Calloway told Reuters in an interview last week that the fund was empty.",
        "told",
        "the fund was empty",
        "Calloway",
        "statement",
    ),
    (
        "The committee was told by its own lawyers that the contract was void.",
        "told",
        "the contract was void",
        "its own lawyers",
        "statement",
    ),
    (
        "The airline never told passengers that the flight was cancelled.",
        "told",
        "the flight was cancelled",
        "The airline",
        "statement",
    ),
    (
        "Calloway hopes to finish the tunnel by June.",
        "hopes",
        "to finish the tunnel by June",
        "Calloway",
        "intention",
    ),
    (
        "Calloway hopes that the tunnel will be finished by June.",
        "hopes",
        "the tunnel will be finished by June",
        "Calloway",
        "belief",
    ),
    ("Residents fear the river will rise again.", "fear", "the river will rise again", "Residents", "belief"),
    ("The party plans to sell the building.", "plans", "to sell the building", "The party", "intention"),
    (
        "The law requires landlords to repair boilers.",
        "requires",
        "landlords to repair boilers",
        "The law",
        "decree",
    ),
    (
        "Neighbours noticed that the lights were off.",
        "noticed",
        "the lights were off",
        "Neighbours",
        "perception",
    ),
    ("The UN called on both sides to stop firing.", "called on", "to stop firing", "The UN", "statement"),
    (
        "The judge ordered the company to pay 2 million euros.",
        "ordered",
        "to pay 2 million euros",
        "The judge",
        "statement",
    ),
    (
        "Her brother, Luis Calloway, told the inquest on 2 May 2024 that she had been tired.",
        "told",
        "she had been tired",
        "Luis Calloway",
        "statement",
    ),
    ("Reyl asked his deputy, Marta Voss, to take over.", "asked", "to take over", "Reyl", "statement"),
    (
        "He told Germany's public broadcaster, ARD, that talks had failed.",
        "told",
        "talks had failed",
        "He",
        "statement",
    ),
    ("“I was there,” she told CNN. “I saw it.”", "told", "I was there", "she", "statement"),
    (
        "The report found that guards had beaten prisoners.",
        "found",
        "guards had beaten prisoners",
        "The report",
        "statement",
    ),
    (
        "Voss yesterday told Parliament that the ships had sailed.",
        "told",
        "the ships had sailed",
        "Voss",
        "statement",
    ),
    (
        "A spokesman for the zoo told AFP by telephone that the wolf had been found.",
        "told",
        "the wolf had been found",
        "A spokesman for the zoo",
        "statement",
    ),
    (
        "The minister told state television the border was closed.",
        "told",
        "the border was closed",
        "The minister",
        "statement",
    ),
    (
        "It remains to be seen whether she told police that the door was open.",
        "told",
        "the door was open",
        "she",
        "statement",
    ),
    (
        "Police said they believed the fire was started deliberately.",
        "believed",
        "the fire was started deliberately",
        "they",
        "belief",
    ),
    ("Amos told his wife he was leaving.", "told", "he was leaving", "Amos", "statement"),
    (
        "In January, Lund told the Sunday Chronicle that she would retire.",
        "told",
        "she would retire",
        "Lund",
        "statement",
    ),
    (
        "The pilots had ignored two alarms, investigators told the families at a meeting in Lyon.",
        "told",
        "The pilots had ignored two alarms",
        "investigators",
        "statement",
    ),
    (
        "Lund thanked volunteers for cleaning the beach.",
        "thanked",
        "for cleaning the beach",
        "Lund",
        "statement",
    ),
    (
        "Morrow told the Tarn Valley Gazette's political editor, Sam Price, that she was tired.",
        "told",
        "she was tired",
        "Morrow",
        "statement",
    ),
    (
        "Morrow told a Reuters reporter on Saturday that she was tired.",
        "told",
        "she was tired",
        "Morrow",
        "statement",
    ),
    (
        "Passengers were told by staff that the train would not stop.",
        "told",
        "the train would not stop",
        "staff",
        "statement",
    ),
    (
        "As reported by Le Monde, Price told investors that sales had halved.",
        "told",
        "sales had halved",
        "Price",
        "statement",
    ),
    (
        "According to a recording obtained by police, Price told his driver to burn the papers.",
        "told",
        "to burn the papers",
        "Price",
        "statement",
    ),
    ("Price has never told anyone what he saw.", "told", "what he saw", "Price", "statement"),
    (
        "He told a crowd of students in Leuven last night that he would run again.",
        "told",
        "he would run again",
        "He",
        "statement",
    ),
    (
        "The board asked whether the figures were right.",
        "asked",
        "whether the figures were right",
        "The board",
        "statement",
    ),
    (
        "“Where is the money?” Price asked the treasurer.",
        "asked",
        "Where is the money?",
        "Price",
        "statement",
    ),
    ("Price thinks the harbour should be sold.", "thinks", "the harbour should be sold", "Price", "belief"),
    ("The council intends to plant 300 limes.", "intends", "to plant 300 limes", "The council", "intention"),
    (
        "The treaty bans ships from entering the strait.",
        "bans",
        "ships from entering the strait",
        "The treaty",
        "decree",
    ),
    ("Farmers see the dam as a threat.", "see", "the dam as a threat", "Farmers", "perception"),
    (
        "The village mayor, Ola Brandt, told the AFP news agency the river was rising.",
        "told",
        "the river was rising",
        "The village mayor",
        "statement",
    ),
    (
        "“We must leave,” Brandt told neighbours on Friday, before the river rose on Saturday.",
        "told",
        "We must leave",
        "Brandt",
        "statement",
    ),
    ("He told me the ferry had sailed.", "told", "the ferry had sailed", "He", "statement"),
    (
        "Brandt told his lawyer, according to the court transcript, that he was broke.",
        "told",
        "he was broke",
        "Brandt",
        "statement",
    ),
    ("Union leaders vowed to fight the cuts.", "vowed", "to fight the cuts", "Union leaders", "statement"),
    ("The pilot radioed the tower that fuel was low.", "radioed", "fuel was low", "The pilot", "statement"),
    ("Harbour tax will rise, councillors told", "told", "Harbour tax will rise", None, "statement"),
    (
        "“We are done,” Quist told the Kestrel Echo newspaper on Friday.",
        "told",
        "We are done",
        "Quist",
        "statement",
    ),
    ("“We are done,” Quist told local radio.", "told", "We are done", "Quist", "statement"),
    (
        "The prime minister told MPs last Wednesday that the army was ready.",
        "told",
        "the army was ready",
        "The prime minister",
        "statement",
    ),
    ("“It hurts,” he told his mother, Greta, in a text message.", "told", "It hurts", "he", "statement"),
    (
        "Witnesses told police they had seen a white van.",
        "told",
        "they had seen a white van",
        "Witnesses",
        "statement",
    ),
    (
        "Quist told The Associated Press that she had been threatened.",
        "told",
        "she had been threatened",
        "Quist",
        "statement",
    ),
    ("The judge told Abel to sit down.", "told", "to sit down", "The judge", "statement"),
    ("Teachers have asked the minister for more money.", "asked", "for more money", "Teachers", "statement"),
    (
        "The regulator wants banks to hold more cash.",
        "wants",
        "banks to hold more cash",
        "The regulator",
        "intention",
    ),
    ("Abel hoped to be home by Christmas.", "hoped", "to be home by Christmas", "Abel", "intention"),
    ("Economists expect prices to fall.", "expect", "prices to fall", "Economists", "belief"),
    (
        "He told a packed town hall meeting in Derry that jobs would return.",
        "told",
        "jobs would return",
        "He",
        "statement",
    ),
    (
        "The captain called his wife from the ship and told her that the engines had failed.",
        "told",
        "the engines had failed",
        "The captain",
        "statement",
    ),
    (
        "Quist's party said it had told the electoral commission about the donation.",
        "told",
        "about the donation",
        "it",
        "statement",
    ),
    (
        "The letter told parents that the school would close.",
        "told",
        "the school would close",
        "The letter",
        "statement",
    ),
    (
        "“You must leave,” soldiers told them, according to the BBC.",
        "told",
        "You must leave",
        "soldiers",
        "statement",
    ),
    ("They all told police that the light was red.", "told", "the light was red", "They", "statement"),
]

ATTITUDES = {"statement", "belief", "intention", "decree", "perception"}
CLASSES = {"verb", "particle verb", "noun", "adjective"}


@pytest.mark.parametrize(("text", "cue", "content", "speaker", "attitude"), CASES)
def test_tells_attitudes_apart(
    nlp: Language, text: str, cue: str, content: str, speaker: str | None, attitude: str
) -> None:
    """The cue, its part of speech and the form of the content decide the attitude."""
    parse = parsed(nlp, text)
    assert attitude_of(clause_of(parse, located(parse, cue, content, speaker))) == attitude


def test_takes_an_unknown_cue_as_a_statement() -> None:
    """A verb that is in no list, once chosen, is a statement."""
    parse = parse_from_rows("""
        Ann Ann PROPN NNP nsubj 1
        quacked quack VERB VBD ROOT 1
        rain rain NOUN NN dobj 1
    """)
    candidate = attributed("adjacent_quotation", (1,), 1, (Span(12, 16),), None)
    assert attitude_of(clause_of(parse, candidate)) == "statement"


def test_every_cue_has_known_classes_and_attitudes() -> None:
    """Each entry of the list of cues has one attitude, or one for each of its classes."""
    for lemma, (classes, attitudes) in table("cues").items():
        assert set(classes.split(", ")) <= CLASSES, lemma
        assert set(attitudes.split(", ")) <= ATTITUDES, lemma
        assert len(attitudes.split(", ")) in (1, len(classes.split(", "))), lemma


def test_a_thing_that_promises_says_nothing() -> None:
    """“Clouds promised rain” reports no words, "ministers promised jobs" does."""
    rows = """
        clouds cloud NOUN NNS nsubj 1
        promised promise VERB VBD ROOT 1
        rain rain NOUN NN dobj 1
    """
    assert [_nominal(rows), _nominal(rows.replace("clouds cloud", "ministers minister"))] == [
        "belief",
        "statement",
    ]


def _nominal(rows: str) -> str:
    """The attitude of an object of the second word, whose subject is the first."""
    parse = parse_from_rows(rows)
    speaker = Mention(parse.span(0, 0), 0)
    candidate = attributed("nominal_object", (1,), 1, (parse.span(2, 2),), speaker, 2)
    return attitude_of(clause_of(parse, candidate))
