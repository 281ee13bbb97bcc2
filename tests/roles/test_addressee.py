"""Addressee and medium: who was told, and what carried the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.candidates.candidate import Candidate
from quotes.roles.addressee import find_addressee_and_medium
from quotes.syntax.mention import Mention
from quotes.text.spans import Span
from tests.builders import attributed, parse_from_rows
from tests.roles.located import clause_of, located, parsed

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.syntax.parse import Parse

HEARD = [
    (
        "“Sit down,” the usher said to the bridegroom.",
        "said",
        "Sit down",
        "the usher",
        "the bridegroom",
        None,
    ),
    (
        "Solberg told the Norden News Agency that the hut was full.",
        "told",
        "the hut was full",
        "Solberg",
        None,
        "the Norden News Agency",
    ),
    (
        "Mayor Ines Calloway told reporters on Monday that the bridge would close.",
        "told",
        "the bridge would close",
        "Mayor Ines Calloway",
        "reporters",
        None,
    ),
    (
        "“The bridge will close,” Ines Calloway told the Daily Lantern.",
        "told",
        "The bridge will close",
        "Ines Calloway",
        None,
        "the Daily Lantern",
    ),
    (
        "Calloway told Reuters in an interview last week that the fund was empty.",
        "told",
        "the fund was empty",
        "Calloway",
        None,
        "Reuters",
    ),
    (
        "In an interview with the BBC on Wednesday evening, Calloway said the fund was empty.",
        "said",
        "the fund was empty",
        "Calloway",
        None,
        "the BBC",
    ),
    (
        "Speaking to reporters after the vote, Tomas Reyl said the party would rebuild.",
        "said",
        "the party would rebuild",
        "Tomas Reyl",
        "reporters",
        None,
    ),
    (
        "The committee was told by its own lawyers that the contract was void.",
        "told",
        "the contract was void",
        "its own lawyers",
        "The committee",
        None,
    ),
    (
        "In a letter to shareholders, chief executive Dana Weisz said profits would fall.",
        "said",
        "profits would fall",
        "chief executive Dana Weisz",
        "shareholders",
        "a letter to shareholders",
    ),
    (
        "Weisz wrote to the prime minister that the plant could not survive.",
        "wrote",
        "the plant could not survive",
        "Weisz",
        "the prime minister",
        None,
    ),
    ("“We won,” Reyl wrote on Twitter on Sunday.", "wrote", "We won", "Reyl", None, "Twitter"),
    (
        "The company said in a press release that it had recalled 4,000 heaters.",
        "said",
        "it had recalled 4,000 heaters",
        "The company",
        None,
        "a press release",
    ),
    (
        "General Aino Marsh assured her troops that supplies were on the way.",
        "assured",
        "supplies were on the way",
        "General Aino Marsh",
        "her troops",
        None,
    ),
    (
        "The airline never told passengers that the flight was cancelled.",
        "told",
        "the flight was cancelled",
        "The airline",
        "passengers",
        None,
    ),
    (
        "She will tell the conference that teachers deserve more.",
        "tell",
        "teachers deserve more",
        "She",
        "the conference",
        None,
    ),
    (
        "Police urged drivers to avoid the coast road until Saturday.",
        "urged",
        "to avoid the coast road until Saturday",
        "Police",
        "drivers",
        None,
    ),
    (
        "The UN called on both sides to stop firing.",
        "called on",
        "to stop firing",
        "The UN",
        "both sides",
        None,
    ),
    (
        "State television quoted the general as saying that the front was quiet.",
        "quoted",
        "the front was quiet",
        "the general",
        None,
        "State television",
    ),
    (
        "The general was quoted by TASS as saying that the front was quiet.",
        "saying",
        "the front was quiet",
        "The general",
        None,
        "TASS",
    ),
    (
        "According to minutes seen by the Herald, Weisz warned directors that cash was short.",
        "warned",
        "cash was short",
        "Weisz",
        "directors",
        "minutes seen by the Herald",
    ),
    (
        "“It is over,” Reyl said in a statement to the Associated Press on Thursday.",
        "said",
        "It is over",
        "Reyl",
        None,
        "the Associated Press",
    ),
    (
        "The judge ordered the company to pay 2 million euros.",
        "ordered",
        "to pay 2 million euros",
        "The judge",
        "the company",
        None,
    ),
    (
        "Her brother, Luis Calloway, told the inquest on 2 May 2024 that she had been tired.",
        "told",
        "she had been tired",
        "Luis Calloway",
        "the inquest",
        None,
    ),
    ("Reyl asked his deputy, Marta Voss, to take over.", "asked", "to take over", "Reyl", "Marta Voss", None),
    (
        "He told Germany's public broadcaster, ARD, that talks had failed.",
        "told",
        "talks had failed",
        "He",
        None,
        "ARD",
    ),
    ("“I was there,” she told CNN. “I saw it.”", "told", "I was there", "she", None, "CNN"),
    (
        "Earlier this month, the regulator warned banks that rules would tighten.",
        "warned",
        "rules would tighten",
        "the regulator",
        "banks",
        None,
    ),
    (
        "In a report published on Wednesday, Amnesty said guards had beaten prisoners.",
        "said",
        "guards had beaten prisoners",
        "Amnesty",
        None,
        "a report",
    ),
    (
        "“Nobody asked us,” farmer Jude Amos wrote in an email to councillors.",
        "wrote",
        "Nobody asked us",
        "farmer Jude Amos",
        "councillors",
        "an email to councillors",
    ),
    (
        "Voss yesterday told Parliament that the ships had sailed.",
        "told",
        "the ships had sailed",
        "Voss",
        "Parliament",
        None,
    ),
    (
        "He warned the Senate that the dollar would sink.",
        "warned",
        "the dollar would sink",
        "He",
        "the Senate",
        None,
    ),
    (
        "The doctor explained to him that the wound was deep.",
        "explained",
        "the wound was deep",
        "The doctor",
        "him",
        None,
    ),
    (
        "Voss promised voters that the mine would stay open.",
        "promised",
        "the mine would stay open",
        "Voss",
        "voters",
        None,
    ),
    ("“Go home,” the officer shouted at the crowd.", "shouted", "Go home", "the officer", "the crowd", None),
    (
        "A spokesman for the zoo told AFP by telephone that the wolf had been found.",
        "told",
        "the wolf had been found",
        "A spokesman for the zoo",
        None,
        "AFP",
    ),
    (
        "The minister told state television the border was closed.",
        "told",
        "the border was closed",
        "The minister",
        None,
        "state television",
    ),
    (
        "It remains to be seen whether she told police that the door was open.",
        "told",
        "the door was open",
        "she",
        "police",
        None,
    ),
    (
        "The firm plans to tell staff that the plant will shut.",
        "tell",
        "the plant will shut",
        "The firm",
        "staff",
        None,
    ),
    ("Drivers were warned to stay at home.", "warned", "to stay at home", None, "Drivers", None),
    ("Amos told his wife he was leaving.", "told", "he was leaving", "Amos", "his wife", None),
    (
        "Writing in the Guardian, economist Petra Lund argued that rents were too high.",
        "argued",
        "rents were too high",
        "economist Petra Lund",
        None,
        "the Guardian",
    ),
    (
        "Lund said on the BBC's Today programme that rents were too high.",
        "said",
        "rents were too high",
        "Lund",
        None,
        "the BBC's Today programme",
    ),
    (
        "Lund confirmed in a blog post two days ago that she had resigned.",
        "confirmed",
        "she had resigned",
        "Lund",
        None,
        "a blog post",
    ),
    (
        "Lund issued a statement saying the fund had been misled.",
        "saying",
        "the fund had been misled",
        "Lund",
        None,
        "a statement",
    ),
    (
        "In January, Lund told the Sunday Chronicle that she would retire.",
        "told",
        "she would retire",
        "Lund",
        None,
        "the Sunday Chronicle",
    ),
    ("“We are ready,” said Lund, speaking to Sky News.", "said", "We are ready", "Lund", None, "Sky News"),
    (
        "The pilots had ignored two alarms, investigators told the families at a meeting in Lyon.",
        "told",
        "The pilots had ignored two alarms",
        "investigators",
        "the families",
        None,
    ),
    (
        "Lund thanked volunteers for cleaning the beach.",
        "thanked",
        "for cleaning the beach",
        "Lund",
        "volunteers",
        None,
    ),
    (
        "Lund said the fund was empty, Reuters reported.",
        "said",
        "the fund was empty",
        "Lund",
        None,
        "Reuters",
    ),
    (
        "Morrow told the Tarn Valley Gazette's political editor, Sam Price, that she was tired.",
        "told",
        "she was tired",
        "Morrow",
        "Sam Price",
        "the Tarn Valley Gazette",
    ),
    (
        "Morrow told a Reuters reporter on Saturday that she was tired.",
        "told",
        "she was tired",
        "Morrow",
        "a Reuters reporter",
        "Reuters",
    ),
    (
        "“I was never asked,” Price said in an interview with Radio Kestrel.",
        "said",
        "I was never asked",
        "Price",
        None,
        "Radio Kestrel",
    ),
    (
        "In a post on Facebook late on Tuesday, Price said the pool would reopen.",
        "said",
        "the pool would reopen",
        "Price",
        None,
        "a post",
    ),
    (
        "Price reminded the audience that entry was free.",
        "reminded",
        "entry was free",
        "Price",
        "the audience",
        None,
    ),
    (
        "The tower is safe, the architect wrote in a memo to the board in March.",
        "wrote",
        "The tower is safe",
        "the architect",
        "the board",
        "a memo to the board",
    ),
    (
        "Passengers were told by staff that the train would not stop.",
        "told",
        "the train would not stop",
        "staff",
        "Passengers",
        None,
    ),
    (
        "The New Harbour Times quoted Price as saying that he would appeal.",
        "quoted",
        "he would appeal",
        "Price",
        None,
        "The New Harbour Times",
    ),
    (
        "The treaty is dead, the minister was quoted as saying by the Interfax news agency.",
        "saying",
        "The treaty is dead",
        "the minister",
        None,
        "the Interfax news agency",
    ),
    (
        "As reported by Le Monde, Price told investors that sales had halved.",
        "told",
        "sales had halved",
        "Price",
        "investors",
        "Le Monde",
    ),
    (
        "According to a recording obtained by police, Price told his driver to burn the papers.",
        "told",
        "to burn the papers",
        "Price",
        "his driver",
        "a recording obtained by police",
    ),
    ("Price has never told anyone what he saw.", "told", "what he saw", "Price", "anyone", None),
    (
        "The envoy is due to brief allies that talks will resume.",
        "brief",
        "talks will resume",
        "The envoy",
        "allies",
        None,
    ),
    (
        "She promised to tell the inquiry that the files were lost.",
        "tell",
        "the files were lost",
        "She",
        "the inquiry",
        None,
    ),
    (
        "He told a crowd of students in Leuven last night that he would run again.",
        "told",
        "he would run again",
        "He",
        "a crowd of students",
        None,
    ),
    (
        "Speaking on Sky News on Sunday, Morrow said the party would recover.",
        "said",
        "the party would recover",
        "Morrow",
        None,
        "Sky News",
    ),
    (
        "Morrow, addressing supporters in the rain, said the party would recover.",
        "said",
        "the party would recover",
        "Morrow",
        "supporters",
        None,
    ),
    (
        "“You lied to us,” a woman shouted at the minister on Wednesday.",
        "shouted",
        "You lied to us",
        "a woman",
        "the minister",
        None,
    ),
    (
        "“Where is the money?” Price asked the treasurer.",
        "asked",
        "Where is the money?",
        "Price",
        "the treasurer",
        None,
    ),
    (
        "The village mayor, Ola Brandt, told the AFP news agency the river was rising.",
        "told",
        "the river was rising",
        "The village mayor",
        None,
        "the AFP news agency",
    ),
    (
        "Brandt wrote on his blog that the river was rising.",
        "wrote",
        "the river was rising",
        "Brandt",
        None,
        "his blog",
    ),
    ("Brandt said to his wife: “We must leave.”", "said", "We must leave", "Brandt", "his wife", None),
    ("Brandt pleaded with neighbours to leave.", "pleaded", "to leave", "Brandt", "neighbours", None),
    (
        "“We must leave,” Brandt told neighbours on Friday, before the river rose on Saturday.",
        "told",
        "We must leave",
        "Brandt",
        "neighbours",
        None,
    ),
    ("He told me the ferry had sailed.", "told", "the ferry had sailed", "He", "me", None),
    (
        "Brandt informed Norway's embassy by email that the ship was lost.",
        "informed",
        "the ship was lost",
        "Brandt",
        "Norway's embassy",
        "email",
    ),
    (
        "Officials warned in a report to parliament last month that the wall was weak.",
        "warned",
        "the wall was weak",
        "Officials",
        "parliament",
        "a report to parliament",
    ),
    (
        "The bank said in its annual report that losses had doubled.",
        "said",
        "losses had doubled",
        "The bank",
        None,
        "its annual report",
    ),
    (
        "Brandt told his lawyer, according to the court transcript, that he was broke.",
        "told",
        "he was broke",
        "Brandt",
        "his lawyer",
        "the court transcript",
    ),
    ("Tell them that the door is open.", "Tell", "the door is open", None, "them", None),
    (
        "The pilot radioed the tower that fuel was low.",
        "radioed",
        "fuel was low",
        "The pilot",
        "the tower",
        None,
    ),
    (
        "Russia's foreign ministry said in a statement posted on Telegram that the envoy had left.",
        "said",
        "the envoy had left",
        "Russia's foreign ministry",
        None,
        "a statement",
    ),
    (
        "Her assurance to pensioners that nothing would change was repeated on Monday.",
        "assurance",
        "nothing would change",
        "Her",
        "pensioners",
        None,
    ),
    (
        "Price appealed to the thief to return the violin.",
        "appealed",
        "to return the violin",
        "Price",
        "the thief",
        None,
    ),
    ("Harbour tax will rise, councillors told", "told", "Harbour tax will rise", None, "councillors", None),
    (
        "“We are done,” Quist told the Kestrel Echo newspaper on Friday.",
        "told",
        "We are done",
        "Quist",
        None,
        "the Kestrel Echo newspaper",
    ),
    ("“We are done,” Quist told local radio.", "told", "We are done", "Quist", None, "local radio"),
    (
        "In an open letter to the president published on Sunday, forty poets said the law was cruel.",
        "said",
        "the law was cruel",
        "forty poets",
        "the president",
        "an open letter to the president",
    ),
    (
        "The embassy said, in a note seen by AFP, that visas would be refused.",
        "said",
        "visas would be refused",
        "The embassy",
        None,
        "a note seen by AFP",
    ),
    (
        "Her lawyer, Jon Abel, said in an emailed statement that the charges were false.",
        "said",
        "the charges were false",
        "Jon Abel",
        None,
        "an emailed statement",
    ),
    (
        "The prime minister told MPs last Wednesday that the army was ready.",
        "told",
        "the army was ready",
        "The prime minister",
        "MPs",
        None,
    ),
    (
        "“It hurts,” he told his mother, Greta, in a text message.",
        "told",
        "It hurts",
        "he",
        "Greta",
        "a text message",
    ),
    (
        "The finance ministry announced on its website on 13 May that the bonds would be repaid.",
        "announced",
        "the bonds would be repaid",
        "The finance ministry",
        None,
        "its website",
    ),
    (
        "Witnesses told police they had seen a white van.",
        "told",
        "they had seen a white van",
        "Witnesses",
        "police",
        None,
    ),
    (
        "Quist told The Associated Press that she had been threatened.",
        "told",
        "she had been threatened",
        "Quist",
        None,
        "The Associated Press",
    ),
    ("The judge told Abel to sit down.", "told", "to sit down", "The judge", "Abel", None),
    (
        "Teachers have asked the minister for more money.",
        "asked",
        "for more money",
        "Teachers",
        "the minister",
        None,
    ),
    (
        "The spokesman said by email that no decision had been made.",
        "said",
        "no decision had been made",
        "The spokesman",
        None,
        "email",
    ),
    (
        "The group claimed in a video that it had fired the rocket.",
        "claimed",
        "it had fired the rocket",
        "The group",
        None,
        "a video",
    ),
    (
        "Abel wrote in his memoir, Salt, that he never wanted fame.",
        "wrote",
        "he never wanted fame",
        "Abel",
        None,
        "Salt",
    ),
    (
        "He told a packed town hall meeting in Derry that jobs would return.",
        "told",
        "jobs would return",
        "He",
        "a packed town hall meeting",
        None,
    ),
    (
        "The captain called his wife from the ship and told her that the engines had failed.",
        "told",
        "the engines had failed",
        "The captain",
        "her",
        None,
    ),
    (
        "Quist's party said it had told the electoral commission about the donation.",
        "told",
        "about the donation",
        "it",
        "the electoral commission",
        None,
    ),
    (
        "The letter told parents that the school would close.",
        "told",
        "the school would close",
        "The letter",
        "parents",
        None,
    ),
    (
        "Parents were informed in a letter on Monday that the school would close.",
        "informed",
        "the school would close",
        None,
        "Parents",
        "a letter",
    ),
    (
        "“You must leave,” soldiers told them, according to the BBC.",
        "told",
        "You must leave",
        "soldiers",
        "them",
        "the BBC",
    ),
    (
        "In Sunday's Observer, Quist wrote that the tax was mad.",
        "wrote",
        "the tax was mad",
        "Quist",
        None,
        "Sunday's Observer",
    ),
    ("They all told police that the light was red.", "told", "the light was red", "They", "police", None),
]
"""Sentence, cue, content, speaker, addressee, medium."""

UNHEARD = [
    ("He was forced to admit that the figures were wrong.", "admit", "the figures were wrong", "He"),
    ("Calloway went on to say that the harbour was safe.", "say", "the harbour was safe", "Calloway"),
    ("Calloway hopes to finish the tunnel by June.", "hopes", "to finish the tunnel by June", "Calloway"),
    (
        "Calloway hopes that the tunnel will be finished by June.",
        "hopes",
        "the tunnel will be finished by June",
        "Calloway",
    ),
    ("Residents fear the river will rise again.", "fear", "the river will rise again", "Residents"),
    ("The party plans to sell the building.", "plans", "to sell the building", "The party"),
    ("The law requires landlords to repair boilers.", "requires", "landlords to repair boilers", "The law"),
    ("Neighbours noticed that the lights were off.", "noticed", "the lights were off", "Neighbours"),
    ("“I left on Monday,” he said.", "said", "I left on Monday", "he"),
    (
        "After meeting farmers on Tuesday, Weisz said milk prices would recover.",
        "said",
        "milk prices would recover",
        "Weisz",
    ),
    (
        "The report found that guards had beaten prisoners.",
        "found",
        "guards had beaten prisoners",
        "The report",
    ),
    ("Voss accused the government of hiding the bill.", "accused", "of hiding the bill", "Voss"),
    ("The union demanded that the mine stay open.", "demanded", "the mine stay open", "The union"),
    (
        "Police said they believed the fire was started deliberately.",
        "believed",
        "the fire was started deliberately",
        "they",
    ),
    (
        "Court papers say the van was stolen on 3 April.",
        "say",
        "the van was stolen on 3 April",
        "Court papers",
    ),
    ("Amos did not deny that he had taken the car.", "deny", "he had taken the car", "Amos"),
    (
        "Senator Edda Morrow could not resist pointing out that she had won.",
        "pointing out",
        "she had won",
        "Senator Edda Morrow",
    ),
    ("Morrow did not hesitate to say that the vote was rigged.", "say", "the vote was rigged", "Morrow"),
    ("Price was quick to point out that the road was private.", "point out", "the road was private", "Price"),
    (
        "The board asked whether the figures were right.",
        "asked",
        "whether the figures were right",
        "The board",
    ),
    ("Price thinks the harbour should be sold.", "thinks", "the harbour should be sold", "Price"),
    ("The council intends to plant 300 limes.", "intends", "to plant 300 limes", "The council"),
    (
        "The treaty bans ships from entering the strait.",
        "bans",
        "ships from entering the strait",
        "The treaty",
    ),
    ("Farmers see the dam as a threat.", "see", "the dam as a threat", "Farmers"),
    ("Brandt agreed with the council that the river was rising.", "agreed", "the river was rising", "Brandt"),
    ("Brandt, who was freed on Monday, said he was well.", "said", "he was well", "Brandt"),
    (
        "Brandt said the river, which burst its banks on Monday, was falling.",
        "said",
        "the river, which burst its banks on Monday, was falling",
        "Brandt",
    ),
    ("On Monday the ferry had sailed, he said.", "said", "On Monday the ferry had sailed", "he"),
    ("Union leaders vowed to fight the cuts.", "vowed", "to fight the cuts", "Union leaders"),
    ("He used to say that rivers remember.", "say", "rivers remember", "He"),
    (
        "Asked by reporters about the leak, Quist said it was under control.",
        "said",
        "it was under control",
        "Quist",
    ),
    (
        "“They promised me a job,” said Abel, 43, who spoke to the Lantern on Tuesday.",
        "said",
        "They promised me a job",
        "Abel",
    ),
    ("Doctors say that the drug works.", "say", "the drug works", "Doctors"),
    ("The regulator wants banks to hold more cash.", "wants", "banks to hold more cash", "The regulator"),
    ("Abel hoped to be home by Christmas.", "hoped", "to be home by Christmas", "Abel"),
    ("Economists expect prices to fall.", "expect", "prices to fall", "Economists"),
    ("The firm that said the bridge was safe has gone.", "said", "the bridge was safe", "The firm"),
]
"""Sentences that name neither."""


@pytest.mark.parametrize(("text", "cue", "content", "speaker", "addressee", "medium"), HEARD)
def test_finds_addressee_and_medium(
    nlp: Language,
    text: str,
    cue: str,
    content: str,
    speaker: str | None,
    addressee: str | None,
    medium: str | None,
) -> None:
    """Who was told is the addressee, an outlet that was told and a document are the medium."""
    parse = parsed(nlp, text)
    found = find_addressee_and_medium(clause_of(parse, located(parse, cue, content, speaker)))
    assert tuple(m and m.span.of(text) for m in found) == (addressee, medium)


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), UNHEARD)
def test_invents_neither(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """A sentence that names no addressee and no medium gives none."""
    parse = parsed(nlp, text)
    assert find_addressee_and_medium(clause_of(parse, located(parse, cue, content, speaker))) == (None, None)


def test_reads_the_object_of_telling_without_a_model() -> None:
    """The object of "told" is the addressee, with its determiner."""
    parse = parse_from_rows("""
        Ann Ann PROPN NNP nsubj 1
        told tell VERB VBD ROOT 1
        the the DET DT det 3
        council council NOUN NN dobj 1
        that that SCONJ IN mark 6
        it it PRON PRP nsubj 6
        rained rain VERB VBD ccomp 1
    """)
    addressee, medium = find_addressee_and_medium(clause_of(parse, told(parse, 1, "it rained")))
    assert addressee is not None
    assert addressee.span.of(parse.text) == "the council"
    assert medium is None


def test_finds_an_addressee_that_the_parser_hung_on_the_content() -> None:
    """A noun right after "warned" is the addressee, even as part of the content's subject."""
    parse = parse_from_rows("""
        Ann Ann PROPN NNP nsubj 1
        warned warn VERB VBD ROOT 1
        growers grower NOUN NNS nmod 4
        the the DET DT det 4
        spores spore NOUN NNS nsubj 6
        could could AUX MD aux 6
        survive survive VERB VB ccomp 1
    """)
    addressee, _ = find_addressee_and_medium(clause_of(parse, told(parse, 1, "the spores could survive")))
    assert addressee is not None
    assert addressee.span.of(parse.text) == "growers"


def test_prefers_the_name_that_an_apposition_gives() -> None:
    """Of "the state agency, RIA," the mention is "RIA", and it is an outlet."""
    parse = parse_from_rows("""
        Ann Ann PROPN NNP nsubj 1
        told tell VERB VBD ROOT 1
        the the DET DT det 4
        state state NOUN NN compound 4
        agency agency NOUN NN dobj 1
        , , PUNCT , punct 4
        RIA RIA PROPN NNP appos 4
        , , PUNCT , punct 4
        that that SCONJ IN mark 10
        it it PRON PRP nsubj 10
        rained rain VERB VBD ccomp 1
    """)
    addressee, medium = find_addressee_and_medium(clause_of(parse, told(parse, 1, "it rained")))
    assert addressee is None
    assert medium is not None
    assert medium.span.of(parse.text) == "RIA"


def told(parse: Parse, cue: int, content: str) -> Candidate:
    """A candidate whose cue is one token, spoken by the first token."""
    start = parse.text.index(content)
    said = Span(start, start + len(content))
    return attributed("clausal_complement", (cue,), cue, (said,), Mention(parse.span(0, 0), 0))
