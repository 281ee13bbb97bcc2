"""When something was said, and which day that was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from quotes.roles.dates import date_meant
from quotes.roles.time import find_time
from tests.roles.located import clause_of, located, parsed

if TYPE_CHECKING:
    from spacy.language import Language

PUBLISHED = date(2024, 5, 16)
"""A Thursday."""

DATED = [
    (
        "Mayor Ines Calloway told reporters on Monday that the bridge would close.",
        "told",
        "the bridge would close",
        "Mayor Ines Calloway",
        "Monday",
        "2024-05-13",
    ),
    (
        "Calloway told Reuters in an interview last week that the fund was empty.",
        "told",
        "the fund was empty",
        "Calloway",
        "last week",
        None,
    ),
    (
        "In an interview with the BBC on Wednesday evening, Calloway said the fund was empty.",
        "said",
        "the fund was empty",
        "Calloway",
        "Wednesday evening",
        "2024-05-15",
    ),
    ("“We won,” Reyl wrote on Twitter on Sunday.", "wrote", "We won", "Reyl", "Sunday", "2024-05-12"),
    (
        "The prime minister is expected to announce on Friday that taxes will rise.",
        "announce",
        "taxes will rise",
        "The prime minister",
        "Friday",
        None,
    ),
    (
        "“It is over,” Reyl said in a statement to the Associated Press on Thursday.",
        "said",
        "It is over",
        "Reyl",
        "Thursday",
        "2024-05-16",
    ),
    (
        "Her brother, Luis Calloway, told the inquest on 2 May 2024 that she had been tired.",
        "told",
        "she had been tired",
        "Luis Calloway",
        "2 May 2024",
        "2024-05-02",
    ),
    (
        "Weisz said at a news conference in Oslo on Tuesday that milk prices would recover.",
        "said",
        "milk prices would recover",
        "Weisz",
        "Tuesday",
        "2024-05-14",
    ),
    (
        "The harbour was empty, Weisz said Tuesday.",
        "said",
        "The harbour was empty",
        "Weisz",
        "Tuesday",
        "2024-05-14",
    ),
    (
        "Earlier this month, the regulator warned banks that rules would tighten.",
        "warned",
        "rules would tighten",
        "the regulator",
        "Earlier this month",
        None,
    ),
    (
        "Voss yesterday told Parliament that the ships had sailed.",
        "told",
        "the ships had sailed",
        "Voss",
        "yesterday",
        "2024-05-15",
    ),
    (
        "Lund confirmed in a blog post two days ago that she had resigned.",
        "confirmed",
        "she had resigned",
        "Lund",
        "two days ago",
        "2024-05-14",
    ),
    (
        "In January, Lund told the Sunday Chronicle that she would retire.",
        "told",
        "she would retire",
        "Lund",
        "January",
        None,
    ),
    (
        "Morrow told a Reuters reporter on Saturday that she was tired.",
        "told",
        "she was tired",
        "Morrow",
        "Saturday",
        "2024-05-11",
    ),
    (
        "In a post on Facebook late on Tuesday, Price said the pool would reopen.",
        "said",
        "the pool would reopen",
        "Price",
        "Tuesday",
        "2024-05-14",
    ),
    (
        "The tower is safe, the architect wrote in a memo to the board in March.",
        "wrote",
        "The tower is safe",
        "the architect",
        "March",
        None,
    ),
    (
        "He told a crowd of students in Leuven last night that he would run again.",
        "told",
        "he would run again",
        "He",
        "last night",
        "2024-05-15",
    ),
    (
        "Speaking on Sky News on Sunday, Morrow said the party would recover.",
        "said",
        "the party would recover",
        "Morrow",
        "Sunday",
        "2024-05-12",
    ),
    (
        "“You lied to us,” a woman shouted at the minister on Wednesday.",
        "shouted",
        "You lied to us",
        "a woman",
        "Wednesday",
        "2024-05-15",
    ),
    (
        "“We must leave,” Brandt told neighbours on Friday, before the river rose on Saturday.",
        "told",
        "We must leave",
        "Brandt",
        "Friday",
        "2024-05-10",
    ),
    ("The ferry had sailed, he said on 3 May.", "said", "The ferry had sailed", "he", "3 May", "2024-05-03"),
    (
        "Officials warned in a report to parliament last month that the wall was weak.",
        "warned",
        "the wall was weak",
        "Officials",
        "last month",
        None,
    ),
    ("“He lied,” Brandt testified on Thursday.", "testified", "He lied", "Brandt", "Thursday", "2024-05-16"),
    (
        "Quist tweeted on Monday night that she would fight on.",
        "tweeted",
        "she would fight on",
        "Quist",
        "Monday night",
        "2024-05-13",
    ),
    (
        "“We are done,” Quist told the Kestrel Echo newspaper on Friday.",
        "told",
        "We are done",
        "Quist",
        "Friday",
        "2024-05-10",
    ),
    (
        "The prime minister told MPs last Wednesday that the army was ready.",
        "told",
        "the army was ready",
        "The prime minister",
        "last Wednesday",
        "2024-05-15",
    ),
    (
        "The finance ministry announced on its website on 13 May that the bonds would be repaid.",
        "announced",
        "the bonds would be repaid",
        "The finance ministry",
        "13 May",
        "2024-05-13",
    ),
    (
        "At a hearing on Tuesday, Abel testified that he had slept.",
        "testified",
        "he had slept",
        "Abel",
        "Tuesday",
        "2024-05-14",
    ),
    (
        "A day earlier, Abel had said he was innocent.",
        "said",
        "he was innocent",
        "Abel",
        "A day earlier",
        None,
    ),
    (
        "The president, speaking in Oslo on Wednesday, said the war would end.",
        "said",
        "the war would end",
        "The president",
        "Wednesday",
        "2024-05-15",
    ),
    (
        "Parents were informed in a letter on Monday that the school would close.",
        "informed",
        "the school would close",
        None,
        "Monday",
        "2024-05-13",
    ),
]
"""Sentence, cue, content, speaker, expression, its day."""

UNDATED = [
    ("Calloway hopes to finish the tunnel by June.", "hopes", "to finish the tunnel by June", "Calloway"),
    (
        "Calloway hopes that the tunnel will be finished by June.",
        "hopes",
        "the tunnel will be finished by June",
        "Calloway",
    ),
    (
        "Police urged drivers to avoid the coast road until Saturday.",
        "urged",
        "to avoid the coast road until Saturday",
        "Police",
    ),
    ("“I left on Monday,” he said.", "said", "I left on Monday", "he"),
    (
        "After meeting farmers on Tuesday, Weisz said milk prices would recover.",
        "said",
        "milk prices would recover",
        "Weisz",
    ),
    (
        "In a report published on Wednesday, Amnesty said guards had beaten prisoners.",
        "said",
        "guards had beaten prisoners",
        "Amnesty",
    ),
    (
        "Lund said on the BBC's Today programme that rents were too high.",
        "said",
        "rents were too high",
        "Lund",
    ),
    (
        "Court papers say the van was stolen on 3 April.",
        "say",
        "the van was stolen on 3 April",
        "Court papers",
    ),
    ("Brandt, who was freed on Monday, said he was well.", "said", "he was well", "Brandt"),
    (
        "Brandt said the river, which burst its banks on Monday, was falling.",
        "said",
        "the river, which burst its banks on Monday, was falling",
        "Brandt",
    ),
    ("On Monday the ferry had sailed, he said.", "said", "On Monday the ferry had sailed", "he"),
    (
        "Her assurance to pensioners that nothing would change was repeated on Monday.",
        "assurance",
        "nothing would change",
        "Her",
    ),
    (
        "In an open letter to the president published on Sunday, forty poets said the law was cruel.",
        "said",
        "the law was cruel",
        "forty poets",
    ),
    (
        "“They promised me a job,” said Abel, 43, who spoke to the Lantern on Tuesday.",
        "said",
        "They promised me a job",
        "Abel",
    ),
    (
        "The minister may announce next week that the port will close.",
        "announce",
        "the port will close",
        "The minister",
    ),
    ("In Sunday's Observer, Quist wrote that the tax was mad.", "wrote", "the tax was mad", "Quist"),
]
"""Sentences whose days and weeks belong to the content or to another event."""


@pytest.mark.parametrize(("text", "cue", "content", "speaker", "expression", "day"), DATED)
def test_finds_the_time_of_speaking(
    nlp: Language, text: str, cue: str, content: str, speaker: str | None, expression: str, day: str | None
) -> None:
    """The time in the cue's clause is found, with its day where it names a single past one."""
    parse = parsed(nlp, text)
    found = find_time(clause_of(parse, located(parse, cue, content, speaker), PUBLISHED))
    assert found is not None
    assert found.span.of(text) == expression
    if day is not None:
        assert found.date == day


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), UNDATED)
def test_leaves_other_times_alone(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """A time inside the content, in a relative clause or of another event is not the time of speaking."""
    parse = parsed(nlp, text)
    assert find_time(clause_of(parse, located(parse, cue, content, speaker), PUBLISHED)) is None


def test_gives_no_day_without_a_day_of_publication(nlp: Language) -> None:
    """The word "Thursday" stays a bare expression where nobody knows when the text came out."""
    parse = parsed(nlp, "The mayor said on Thursday that it rained.")
    found = find_time(clause_of(parse, located(parse, "said", "it rained", "The mayor"), None))
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    ("expression", "day"),
    [
        ("Thursday", "2024-05-16"),
        ("Friday", "2024-05-10"),
        ("last Thursday", "2024-05-09"),
        ("late Tuesday", "2024-05-14"),
        ("Monday morning", "2024-05-13"),
        ("Tuesday, May 14", "2024-05-14"),
        ("today", "2024-05-16"),
        ("Earlier today", "2024-05-16"),
        ("this morning", "2024-05-16"),
        ("yesterday evening", "2024-05-15"),
        ("last night", "2024-05-15"),
        ("three days ago", "2024-05-13"),
        ("May 2", "2024-05-02"),
        ("2nd of May", "2024-05-02"),
        ("Sept. 11", "2023-09-11"),
        ("11 September 2001", "2001-09-11"),
        ("December 24", "2023-12-24"),
        ("last week", None),
        ("January", "2024-01"),
        ("June", "2023-06"),
        ("May", "2024-05"),
        ("Sept. 2019", "2019-09"),
        ("late October 2018", "2018-10"),
        ("mid-March", "2024-03"),
        ("October of last year", "2023-10"),
        ("2019", "2019"),
        ("last October", None),
        ("last year", None),
        ("this spring", None),
        ("two weeks ago", None),
        ("several days ago", None),
        ("the following Monday", None),
        ("February 30", None),
        ("31 June 2023", None),
    ],
)
def test_computes_only_single_dates(expression: str, day: str | None) -> None:
    """A day, month or year is the latest such one that is not in the future; else there is no date."""
    assert date_meant(expression, PUBLISHED) == day


def test_written_year_needs_no_publication() -> None:
    """What has its year is known without the day of publication; "Monday" and "3 March" are not."""
    written = ("3 March 2023", "March 3, 2023", "March 2023", "2023", "3 March", "March", "Monday")
    assert [date_meant(text, None) for text in written] == [
        "2023-03-03", "2023-03-03", "2023-03", "2023", None, None, None,
    ]  # fmt: skip


def test_a_holiday_tells_the_day() -> None:
    """“On Christmas Day” tells when; "the Christmas Day swim" is a thing."""
    from quotes.syntax.time_expressions import time_expressions

    assert time_expressions("urged on Christmas Day") == [(9, 22)]
    assert time_expressions("of the Christmas Day swim") == []
