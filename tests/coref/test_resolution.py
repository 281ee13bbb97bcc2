"""Mentions of speakers, addressees and media get the names of the people and bodies they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.coref.scenes import Line, identify, speaker_names

if TYPE_CHECKING:
    from spacy.language import Language


def quoted(speaker: str | None, cue: str | None, content: str, **more: object) -> Line:
    """A line of a text."""
    return Line(speaker, cue, content, **more)  # type: ignore[arg-type]


NAMED = {
    "title-and-occupation-are-no-part-of-a-name": (
        "Stonemason Wilfreda Cotterell-Nash said the arch had moved.",
        [("Stonemason Wilfreda Cotterell-Nash", "said", "the arch had moved")],
        ["Wilfreda Cotterell-Nash"],
    ),
    "lower-case-job-before-a-name": (
        "The lift had been stuck since noon, said maintenance engineer Tobin Askwith.",
        [("maintenance engineer Tobin Askwith", "said", "The lift had been stuck since noon")],
        ["Tobin Askwith"],
    ),
    "surname-after-full-name": (
        "Greta Molland runs the kennels at Fosse End. Molland said the dogs had gone.",
        [("Molland", "said", "the dogs had gone")],
        ["Greta Molland"],
    ),
    "courtesy-titles-separate-a-couple": (
        (
            "Botanist Ilaria Devenport and her husband, the printer Ewan Devenport, live at Marsh Cottage. "
            "Mr Devenport said the press was silent. Ms Devenport said the garden was not."
        ),
        [
            ("Mr Devenport", "said", "the press was silent"),
            ("Ms Devenport", "said", "the garden was not"),
        ],
        ["Ewan Devenport", "Ilaria Devenport"],
    ),
    "accents-and-capitals-do-not-matter": (
        "Mayor Renée Aubrac-Solís opened the gate. Aubrac-Solis said it would stay open.",
        [("Aubrac-Solis", "said", "it would stay open")],
        ["Renée Aubrac-Solís"],
    ),
    "acronym-after-its-expansion": (
        "The National Canal Board (NCB) met in Leeds. The NCB said the locks were sound.",
        [("The NCB", "said", "the locks were sound")],
        ["National Canal Board"],
    ),
    "short-form-of-a-company": (
        "Thornfield Foods closed its mill in May. Thornfield said the river had risen.",
        [("Thornfield", "said", "the river had risen")],
        ["Thornfield Foods"],
    ),
    "country-stays-in-a-ministry-name": (
        "Poland's Defence Ministry said the convoy had turned back.",
        [("Poland's Defence Ministry", "said", "the convoy had turned back")],
        ["Poland's Defence Ministry"],
    ),
    "name-in-apposition-to-a-noun": (
        "The harbour pilot, Anders Velde, said the fog had lifted.",
        [("The harbour pilot", "said", "the fog had lifted")],
        ["Anders Velde"],
    ),
    "mention-that-runs-on-to-its-name": (
        "The owner of the Heron Inn, Lyle Sturrock, said the beer was warm.",
        [("The owner of the Heron Inn, Lyle Sturrock", "said", "the beer was warm")],
        ["Lyle Sturrock"],
    ),
    "generic-speaker-keeps-the-mention": (
        "Three people close to the bidder said the price was final.",
        [("Three people close to the bidder", "said", "the price was final")],
        ["Three people close to the bidder"],
    ),
    "building-as-speaker": (
        "The Marble Palace said the envoy had left.",
        [("The Marble Palace", "said", "the envoy had left")],
        ["Marble Palace"],
    ),
    "two-speakers-at-once": (
        "Hanna Brook and Peter Lund said the roof had held.",
        [("Hanna Brook and Peter Lund", "said", "the roof had held")],
        ["Hanna Brook and Peter Lund"],
    ),
}


@pytest.mark.parametrize(("text", "lines", "names"), NAMED.values(), ids=NAMED)
def test_names(nlp: Language, text: str, lines: list[tuple[str, str, str]], names: list[str]) -> None:
    """A speaker that is named gets the fullest name of the document, without titles."""
    assert speaker_names(nlp, text, *(quoted(*line) for line in lines)) == names


TITLES = {
    "office-before-the-name": (
        "Governor Selma Ridgeway toured the valley on Monday. The governor said the dam would hold.",
        [("The governor", "said", "the dam would hold")],
        ["Selma Ridgeway"],
    ),
    "office-in-apposition": (
        "Edgar Lowe, the coroner, opened the inquest. The coroner said nobody was to blame.",
        [("The coroner", "said", "nobody was to blame")],
        ["Edgar Lowe"],
    ),
    "office-from-a-relative-clause": (
        "Marion Tate, who edits the parish paper, was late. The editor said the press had jammed.",
        [("The editor", "said", "the press had jammed")],
        ["Marion Tate"],
    ),
    "countries-tell-two-leaders-apart": (
        (
            "Norwegian President Signe Dahl met her Kenyan counterpart, Moses Kirui. "
            "The Kenyan president said the talks went well. The Norwegian leader said they would go on."
        ),
        [
            ("The Kenyan president", "said", "the talks went well"),
            ("The Norwegian leader", "said", "they would go on"),
        ],
        ["Moses Kirui", "Signe Dahl"],
    ),
    "two-ministers-by-their-offices": (
        (
            "Health Minister Alan Frost and Transport Minister Judith Vane faced questions. "
            "The transport minister said the buses would run."
        ),
        [("The transport minister", "said", "the buses would run")],
        ["Judith Vane"],
    ),
    "age-of-the-one-person-named": (
        "Lotte Wim sold the shop in March. The 71-year-old said her knees had decided.",
        [("The 71-year-old", "said", "her knees had decided")],
        ["Lotte Wim"],
    ),
    "pronoun-in-the-words-settles-a-description": (
        (
            "President Clara Munro came with her minister, Henry Stubbs. "
            "The 60-year-old former teacher told parents she would return."
        ),
        [("The 60-year-old former teacher", "told", "she would return")],
        ["Clara Munro"],
    ),
    "organisation-by-the-noun-in-its-name": (
        "The Ministry of Forests met growers. The ministry said the felling would stop.",
        [("The ministry", "said", "the felling would stop")],
        ["Ministry of Forests"],
    ),
    "company-by-its-class": (
        "Brampton Motors recalled its vans. The company said the brakes were safe.",
        [("The company", "said", "the brakes were safe")],
        ["Brampton Motors"],
    ),
    "unnamed-official-comes-back": (
        "A rail official said the line was clear. The official said trains would run at six.",
        [
            ("A rail official", "said", "the line was clear"),
            ("The official", "said", "trains would run at six"),
        ],
        ["rail official", "rail official"],
    ),
    "husband-of-the-wife": (
        ("Shepherd Bruno Keel found the ring. His wife, Agnes Keel, cleaned it. Her husband said it was brass."),
        [("Her husband", "said", "it was brass")],
        ["Bruno Keel"],
    ),
}


@pytest.mark.parametrize(("text", "lines", "names"), TITLES.values(), ids=TITLES)
def test_titles(nlp: Language, text: str, lines: list[tuple[str, str, str]], names: list[str]) -> None:
    """A definite description gets the name of the one it describes."""
    assert speaker_names(nlp, text, *(quoted(*line) for line in lines)) == names


NOBODY = {
    "the-judge-nobody-introduced": (
        "Plumber Desmond Hale was fined. The judge said the pipes had burst.",
        ("The judge", "said", "the pipes had burst"),
        "judge",
    ),
    "the-president-is-no-vice-president": (
        "Vice President Ada Kone spoke first. The president said nothing had changed.",
        ("The president", "said", "nothing had changed"),
        "president",
    ),
    "description-that-explains-itself": (
        "Postmaster Ada Finch sorted the mail. The veteran who lost his dog said it was found.",
        ("The veteran", "said", "it was found"),
        "veteran",
    ),
    "another-party's-nominee": (
        "Republican nominee Karl Esser spoke in Ohio. The Democratic nominee said he was wrong.",
        ("The Democratic nominee", "said", "he was wrong"),
        "Democratic nominee",
    ),
}


@pytest.mark.parametrize(("text", "line", "name"), NOBODY.values(), ids=NOBODY)
def test_titles_of_nobody_named(nlp: Language, text: str, line: tuple[str, str, str], name: str) -> None:
    """A description that fits nobody named keeps its own words."""
    assert speaker_names(nlp, text, quoted(*line)) == [name]


PRONOUNS = {
    "subject-of-the-sentence-before": (
        "Senator Mark Dole criticised Senator Paul Reyes. He said the vote was a sham.",
        [("He", "said", "the vote was a sham")],
        ["Mark Dole"],
    ),
    "gender-chooses": (
        "Carpenter Alice Munday and her brother Thomas Munday built it. She said oak was best.",
        [("She", "said", "oak was best")],
        ["Alice Munday"],
    ),
    "owner-is-the-topic-not-her-relation": (
        (
            "Surveyor Hilda Frane walked the wall in May. She drew every stone.\n\n"
            "Her landlady, Prudence Ogle, never saw it.\n\n"
            '"I showed her twice," she said.'
        ),
        [("she", "said", "I showed her twice")],
        ["Hilda Frane"],
    ),
    "name-inside-the-words-is-not-the-speaker": (
        'Judge Martin Crane closed the file. "Peter Novak is a liar," he said.',
        [("he", "said", "Peter Novak is a liar")],
        ["Martin Crane"],
    ),
    "name-that-follows-the-first-line": (
        '"I never opened it," he said.\n\nFrank Ebdon, 50, has kept the safe since 1999.',
        [("he", "said", "I never opened it")],
        ["Frank Ebdon"],
    ),
    "company-as-it": (
        "Calder Shipping lost two crates. It said they would float.",
        [("It", "said", "they would float")],
        ["Calder Shipping"],
    ),
    "group-as-they": (
        "The trustees met at dawn. They said the hall would close.",
        [("They", "said", "the hall would close")],
        ["trustees"],
    ),
    "possessive-as-speaker": (
        "Bishop Conrad Vale spoke briefly. His promise that the bells would ring was kept.",
        [("His", "promise", "the bells would ring")],
        ["Conrad Vale"],
    ),
    "relative-pronoun": (
        "Edith Marlow, who said the bridge was safe, crossed it first.",
        [("who", "said", "the bridge was safe")],
        ["Edith Marlow"],
    ),
    "relation-is-named-by-its-owner": (
        "As Rosalind Peake put it, the hut was cold. Her grandson said it was worse.",
        [("Her grandson", "said", "it was worse")],
        ["Rosalind Peake's grandson"],
    ),
}


@pytest.mark.parametrize(("text", "lines", "names"), PRONOUNS.values(), ids=PRONOUNS)
def test_pronouns(nlp: Language, text: str, lines: list[tuple[str, str, str]], names: list[str]) -> None:
    """A pronoun gets the name of the person the text is about."""
    assert speaker_names(nlp, text, *(quoted(*line) for line in lines)) == names


def test_abstains_between_two_people_of_one_gender(nlp: Language) -> None:
    """A pronoun that fits two people equally stays without a name and says so."""
    text = "Maud Ferris and Nora Quill shared the stall for years. She said the rent was fair."
    (found,) = identify(nlp, text, Line("She", "said", "the rent was fair"))
    assert found.speaker_identity is not None
    assert (found.speaker_identity.name, found.speaker_identity.resolved_by) == (None, "unresolved")


def test_abstains_between_two_of_a_surname(nlp: Language) -> None:
    """A bare surname that two people share equally keeps its words and is unresolved."""
    text = "Clive Horrocks met Neil Horrocks at the gate. Horrocks said it was locked."
    (found,) = identify(nlp, text, Line("Horrocks", "said", "it was locked"))
    assert found.speaker_identity is not None
    assert (found.speaker_identity.name, found.speaker_identity.resolved_by) == ("Horrocks", "unresolved")


def test_first_person_is_the_speaker_of_the_words(nlp: Language) -> None:
    """The words "I" and "my father" inside a quotation belong to the one who says the quotation."""
    text = "\"My father told me, 'Never sell the hill,'\" recalled Jasper Thule."
    outer = Line("Jasper Thule", "recalled", "My father told me, 'Never sell the hill,'")
    inner = Line("My father", "told", "Never sell the hill", addressee="me")
    first, second = identify(nlp, text, outer, inner)
    assert first.speaker_identity is not None
    assert first.speaker_identity.name == "Jasper Thule"
    assert second.speaker_identity is not None
    assert second.speaker_identity.name == "Jasper Thule's father"
    assert second.addressee_identity is not None
    assert second.addressee_identity.name == "Jasper Thule"


def test_continuation_takes_the_speaker_of_the_statement_before(nlp: Language) -> None:
    """A quotation without a cue has the speaker that it goes on from."""
    text = '"It rained," said Mabel Crowe. "Then it stopped."'
    first = Line("Mabel Crowe", "said", "It rained")
    _, second = identify(nlp, text, first, Line(None, None, "Then it stopped", continues=0))
    assert second.speaker_identity is not None
    assert (second.speaker_identity.name, second.speaker_identity.resolved_by) == (
        "Mabel Crowe",
        "continuation",
    )


def test_circle_of_continuations_ends(nlp: Language) -> None:
    """Attributions that point at each other have no speaker instead of hanging."""
    text = '"It rained." "It stopped."'
    lines = (Line(None, None, "It rained", continues=1), Line(None, None, "It stopped", continues=0))
    assert speaker_names(nlp, text, *lines) == [None, None]


def test_turn_labels_find_the_people_introduced(nlp: Language) -> None:
    """Labels in capitals get the names of the introduction, by surname and by office."""
    text = (
        "The hearing brought together counsel, Vera Stroud, and the pilot, Otto Bremen.\n\n"
        "STROUD: Where were you?\n\nMR BREMEN: On the bridge.\n\nTHE PILOT: I saw it all."
    )
    lines = (
        Line("STROUD", None, "Where were you?", turn=True),
        Line("MR BREMEN", None, "On the bridge.", turn=True),
        Line("THE PILOT", None, "I saw it all.", turn=True),
    )
    assert speaker_names(nlp, text, *lines) == ["Vera Stroud", "Otto Bremen", "Otto Bremen"]


def test_question_and_answer_labels_stay(nlp: Language) -> None:
    """Labels that name nobody are kept as they are."""
    text = "Q: Who was there?\n\nA: Nobody."
    lines = (
        Line("Q", None, "Who was there?", turn=True),
        Line("A", None, "Nobody.", turn=True),
    )
    assert speaker_names(nlp, text, *lines) == ["Q", "A"]


@pytest.mark.parametrize(
    ("text", "speaker", "name", "body"),
    [
        pytest.param(
            "A spokeswoman for the Ministry of Roads said the pass was open.",
            "A spokeswoman for the Ministry of Roads",
            "spokeswoman for the Ministry of Roads",
            "Ministry of Roads",
            id="unnamed",
        ),
        pytest.param(
            "Barry Oduya, a spokesman for the Weavers' Guild, said the pass was open.",
            "Barry Oduya",
            "Barry Oduya",
            "Weavers' Guild",
            id="named-in-apposition",
        ),
        pytest.param(
            "Pentagon spokesman Glen Harker said the pass was open.",
            "Pentagon spokesman Glen Harker",
            "Glen Harker",
            "Pentagon",
            id="body-before-the-noun",
        ),
    ],
)
def test_spokespeople_represent_a_body(nlp: Language, text: str, speaker: str, name: str, body: str) -> None:
    """A spokesperson is the speaker; the body spoken for is given beside it."""
    (found,) = identify(nlp, text, Line(speaker, "said", "the pass was open"))
    assert found.speaker_identity is not None
    assert (found.speaker_identity.name, found.speaker_identity.represents) == (name, body)


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Baker Otis Grange said it was over.", "Baker Otis Grange", "person"),
        ("The High Court said it was over.", "The High Court", "organization"),
        ("The annual report said it was over.", "The annual report", "document"),
        ("Residents said it was over.", "Residents", "group"),
        ("The White House said it was over.", "The White House", "place"),
    ],
    ids=["person", "organization", "document", "group", "place"],
)
def test_types(nlp: Language, text: str, speaker: str, kind: str) -> None:
    """A speaker's type says what kind of thing speaks."""
    (found,) = identify(nlp, text, Line(speaker, "said", "it was over"))
    assert found.speaker_identity is not None
    assert found.speaker_identity.type == kind


def test_no_mention_no_identity(nlp: Language) -> None:
    """An attribution without mentions has no identities."""
    (found,) = identify(nlp, '"It is closed."', Line(None, None, "It is closed."))
    assert (found.speaker_identity, found.addressee_identity, found.medium_identity) == (None, None, None)


def test_addressee_keeps_its_words(nlp: Language) -> None:
    """A group that is spoken to is named by the mention, its possessive included."""
    text = "Colonel Roy Tarn told his own men that the war was lost."
    line = Line("Colonel Roy Tarn", "told", "the war was lost", addressee="his own men")
    (found,) = identify(nlp, text, line)
    assert found.addressee_identity is not None
    assert found.addressee_identity.name == "his own men"
