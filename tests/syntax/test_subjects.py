"""Who a cue belongs to: own, shared and controlled subjects, agents, owners, adjacent nouns."""

from __future__ import annotations

import pytest

from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.subjects import adjacent_noun, can_speak, owner_of, subject_of
from tests.builders import parse_from_rows


def subject(rows: str, verb: str) -> str | None:
    """The word that heads the subject of a verb."""
    parse = parse_from_rows(rows)
    found = subject_of(parse, parse.words.index(verb))
    return None if found is None else parse.words[found]


def test_shared_with_a_coordinated_verb() -> None:
    """In "He sat and said" the second verb has the first one's subject."""
    rows = """
        He he PRON PRP nsubj 1
        sat sit VERB VBD ROOT 1
        and and CCONJ CC cc 1
        said say VERB VBD conj 1
    """
    assert subject(rows, "said") == "He"


def test_controlled() -> None:
    """In "Kord went on to say" the infinitive has the subject of the verb above."""
    rows = """
        Kord Kord PROPN NNP nsubj 1
        went go VERB VBD ROOT 1
        on on ADP RP prt 1
        to to PART TO aux 4
        say say VERB VB xcomp 1
    """
    assert subject(rows, "say") == "Kord"


def test_participle_behind_a_noun() -> None:
    """In "a letter saying" the letter speaks, and in "a letter written" it does not."""
    rows = """
        A a DET DT det 1
        letter letter NOUN NN ROOT 1
        saying say VERB VBG acl 1
    """
    assert subject(rows, "saying") == "letter"
    assert subject(rows.replace("saying say VERB VBG", "written write VERB VBN"), "written") is None


PASSIVE = """
    Locks lock NOUN NNS nsubjpass 2
    were be AUX VBD auxpass 2
    blamed blame VERB VBN ROOT 2
    by by ADP IN agent 2
    Kord Kord PROPN NNP pobj 3
"""


def test_passive_has_its_agent() -> None:
    """In "Locks were blamed by Kord" Kord speaks; without the by-phrase nobody does."""
    assert subject(PASSIVE, "blamed") == "Kord"
    assert subject("\n".join(PASSIVE.strip().splitlines()[:3]), "blamed") is None


def test_quoted_passive_has_its_subject() -> None:
    """In "Kord was quoted" the subject of the passive speaks."""
    rows = """
        Kord Kord PROPN NNP nsubjpass 2
        was be AUX VBD auxpass 2
        quoted quote VERB VBN ROOT 2
    """
    assert subject(rows, "quoted") == "Kord"


def test_object_of_quoting_speaks() -> None:
    """In "Papers quoted Kord as saying" the one who is quoted speaks."""
    rows = """
        Papers paper NOUN NNS nsubj 1
        quoted quote VERB VBD ROOT 1
        Kord Kord PROPN NNP dobj 1
        as as ADP IN prep 1
        saying say VERB VBG pcomp 3
    """
    assert subject(rows, "saying") == "Kord"


def test_an_expletive_speaks_not() -> None:
    """The "there" of "There remained ..." is nobody."""
    rows = """
        There there PRON EX expl 1
        remained remain VERB VBD ROOT 1
    """
    assert subject(rows, "remained") is None


def test_of_two_subjects_the_nearer() -> None:
    """With two subjects apart, the one next to the verb speaks."""
    rows = """
        Bridges bridge NOUN NNS nsubj 3
        +, , PUNCT , punct 3
        engineers engineer NOUN NNS nsubj 3
        said say VERB VBD ROOT 3
    """
    assert subject(rows, "said") == "engineers"


def test_two_subjects_that_touch_are_one() -> None:
    """In "charity Rooftree found" a phrase was cut in two: its mention is the whole."""
    rows = """
        charity charity NOUN NN nsubj 2
        Rooftree Rooftree PROPN NNP nsubj 2
        found find VERB VBD ROOT 2
    """
    parse = parse_from_rows(rows)
    head = subject_of(parse, 2)
    assert head == 0
    assert mention_of(parse, head).span.of(parse.text) == "charity Rooftree"


def test_things_hand_over_to_who_can_speak() -> None:
    """In "She asked why the alarm was off and told" with "told" under "was", she speaks, not the alarm."""
    rows = """
        She she PRON PRP nsubj 1
        asked ask VERB VBD ROOT 1
        why why ADV WRB advmod 4
        alarms alarm NOUN NNS nsubj 4
        rang ring VERB VBD ccomp 1
        and and CCONJ CC cc 4
        told tell VERB VBD conj 4
    """
    assert subject(rows, "told") == "She"


def test_nobody() -> None:
    """A verb alone has no subject."""
    assert subject("Said say VERB VBD ROOT 0", "Said") is None


NEXT = """
    said say VERB VBD ROOT 0
    James James PROPN NNP compound 2
    Acton Acton PROPN NNP dep 0
    +, , PUNCT , punct 2
    reading read VERB VBG advcl 0
    notes note NOUN NNS dobj 4
"""


def test_adjacent_noun() -> None:
    """Where the parse gives no subject, the noun phrase behind an inverted cue is taken."""
    parse = parse_from_rows(NEXT)
    assert adjacent_noun(parse, 0, inverted=True) == 2
    assert subject_of(parse, 0) is None


def test_adjacent_noun_stops_at_a_break() -> None:
    """A noun after a comma or another verb is not adjacent."""
    parse = parse_from_rows(NEXT)
    assert adjacent_noun(parse, 4, inverted=False) == 5
    rows = """
        said say VERB VBD ROOT 0
        +, , PUNCT , punct 0
        Acton Acton PROPN NNP dep 0
    """
    assert adjacent_noun(parse_from_rows(rows), 0, inverted=True) is None


def test_a_day_is_no_adjacent_noun() -> None:
    """“said Monday” was not said by Monday."""
    rows = """
        said say VERB VBD ROOT 0
        Monday Monday PROPN NNP dep 0 DATE
    """
    assert adjacent_noun(parse_from_rows(rows), 0, inverted=True) is None


def test_agent_needs_its_by() -> None:
    """A verb without a by-phrase has no agent."""
    parse = parse_from_rows(PASSIVE)
    assert parse.agent(2) == 4
    assert parse.agent(4) is None


@pytest.mark.parametrize(
    ("rows", "owner"),
    [
        ("his his PRON PRP$ poss 1\n claim claim NOUN NN ROOT 1", "his"),
        ("claim claim NOUN NN ROOT 0\n by by ADP IN prep 0\n Kord Kord PROPN NNP pobj 1", "Kord"),
        ("Kord Kord PROPN NNP nsubj 1\n made make VERB VBD ROOT 1\n claims claim NOUN NNS dobj 1", "Kord"),
        ("the the DET DT det 1\n claim claim NOUN NN ROOT 1", None),
    ],
)
def test_owner(rows: str, owner: str | None) -> None:
    """A cue noun belongs to its possessor, to whom it comes from, or to the subject of its verb."""
    parse = parse_from_rows(rows)
    noun = next(t for t, lemma in enumerate(parse.lemmas) if lemma == "claim")
    found = owner_of(parse, noun)
    assert (None if found is None else parse.words[found]) == owner


def test_who_can_speak() -> None:
    """Names, pronouns and kinds of people can speak; "it" and a dam cannot."""
    rows = """
        Kord Kord PROPN NNP dep 4
        she she PRON PRP dep 4
        minister minister NOUN NN dep 4
        it it PRON PRP dep 4
        dam dam NOUN NN ROOT 4
    """
    parse = parse_from_rows(rows)
    assert [parse.words[t] for t in range(5) if can_speak(parse, t)] == ["Kord", "she", "minister"]


MENTION = """
    Odalys Odalys PROPN NNP compound 1
    Brennick Brennick PROPN NNP nsubj 6
    +, , PUNCT , punct 1
    who who PRON WP nsubj 4
    rows row VERB VBZ relcl 1
    +, , PUNCT , punct 1
    said say VERB VBD ROOT 6
"""


def test_a_mention_ends_before_its_relative_clause() -> None:
    """Of "Odalys Brennick, who rows, said" the mention is the name."""
    parse = parse_from_rows(MENTION)
    assert mention_of(parse, 1).span.of(parse.text) == "Odalys Brennick"


def test_a_mention_keeps_its_coordination() -> None:
    """“Smith and Jones” is one mention."""
    rows = """
        Smith Smith PROPN NNP nsubj 3
        and and CCONJ CC cc 0
        Jones Jones PROPN NNP conj 0
        said say VERB VBD ROOT 3
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 0).span.of(parse.text) == "Smith and Jones"


@pytest.mark.parametrize(
    ("verb", "other", "mention"),
    [
        ("says say VERB VBZ", "shrugs shrug NOUN NNS", "Quill"),
        ("say say VERB VBP", "friends friend NOUN NNS", "Quill and friends"),
        ("said say VERB VBD", "friends friend NOUN NNS", "Quill and friends"),
        ("says say VERB VBZ", "Co Co PROPN NNP", "Quill and Co"),
    ],
)
def test_the_next_act_is_no_second_speaker(verb: str, other: str, mention: str) -> None:
    """“says Quill, and shrugs”: two would “say”, so that the plural is a verb; not so in the past, or with a name."""
    rows = f"""
        {verb} ROOT 0
        Quill Quill PROPN NNP nsubj 0
        and and CCONJ CC cc 1
        {other} conj 1
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 1).span.of(parse.text) == mention


def test_more_than_one_word_is_no_act() -> None:
    """“says Quill and old friends”, however it should be: nobody shrugs with an adjective."""
    rows = """
        says say VERB VBZ ROOT 0
        Quill Quill PROPN NNP nsubj 0
        and and CCONJ CC cc 1
        old old ADJ JJ amod 4
        friends friend NOUN NNS conj 1
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 1).span.of(parse.text) == "Quill and old friends"


def test_a_subject_before_its_verb_keeps_its_coordinate() -> None:
    """“Quill and friends says”: nothing was turned round, and the noun is one."""
    rows = """
        Quill Quill PROPN NNP nsubj 3
        and and CCONJ CC cc 0
        friends friend NOUN NNS conj 0
        says say VERB VBZ ROOT 3
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 0).span.of(parse.text) == "Quill and friends"


def test_a_day_is_no_head() -> None:
    """Where the parser made a day the head ("Kord today told"), the name is the mention's head."""
    rows = """
        Kord Kord PROPN NNP nmod 1 PERSON
        today today NOUN NN nsubj 2 DATE
        told tell VERB VBD ROOT 2
    """
    parse = parse_from_rows(rows)
    mention = mention_of(parse, 1)
    assert (mention.head, mention.span.of(parse.text)) == (0, "Kord")


def test_a_mention_keeps_a_passive_participle() -> None:
    """“A person briefed on talks, who rowed” is whole up to its relative clause; "letter saying" is not."""
    rows = """
        person person NOUN NN nsubj 7
        briefed brief VERB VBN acl 0
        on on ADP IN prep 1
        talks talk NOUN NNS pobj 2
        +, , PUNCT , punct 3
        who who PRON WP nsubj 6
        rowed row VERB VBD relcl 3
        left leave VERB VBD ROOT 7
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 0).span.of(parse.text) == "person briefed on talks"
    parse = parse_from_rows(rows.replace("briefed brief VERB VBN", "saying say VERB VBG"))
    assert mention_of(parse, 0).span.of(parse.text) == "person"


def test_a_phrase_before_a_comma_is_no_part_of_a_mention() -> None:
    """In "Asked about smells, Kord said" the parser may hang the smells on Kord."""
    rows = """
        Asked ask VERB VBN advcl 5
        about about ADP IN prep 0
        smells smell NOUN NNS nmod 4
        +, , PUNCT , punct 2
        Kord Kord PROPN NNP nsubj 5 PERSON
        said say VERB VBD ROOT 5
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 4).span.of(parse.text) == "Kord"


def test_a_past_tense_behind_a_name_has_it_for_subject() -> None:
    """In "Pryor, a Democrat, called on lawmakers" the parser may make "called" a participle."""
    rows = """
        Pryor Pryor PROPN NNP nsubj 5 PERSON
        +, , PUNCT , punct 0
        called call VERB VBD acl 0
        on on ADP IN prep 2
        lawmakers lawmaker NOUN NNS pobj 3
        left leave VERB VBD ROOT 5
    """
    assert subject(rows, "called") == "Pryor"
    assert subject(rows.replace("VBD acl", "VBN acl"), "called") is None


def test_who_confirms_is_who_withholds() -> None:
    """In "Kord confirmed that Dorn left but did not say why" Kord does not say why."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        confirmed confirm VERB VBD ROOT 1
        Dorn Dorn PROPN NNP nsubj 3 PERSON
        left leave VERB VBD ccomp 1
        but but CCONJ CC cc 3
        did do AUX VBD aux 7
        not not PART RB neg 7
        say say VERB VB conj 3
        why why ADV WRB advmod 7
    """
    assert subject(rows, "say") == "Kord"
    assert subject(rows.replace("but but", "and and"), "say") == "Dorn"


ASKED = """
    Asked ask VERB VBN advcl 5
    about about ADP IN prep 0
    rain rain NOUN NN pobj 1
    +, , PUNCT , punct 5
    Kord Kord PROPN NNP nsubj 5 PERSON
    shrugged shrug VERB VBD ROOT 5
    +. . PUNCT . punct 5
"""


def test_who_is_asked_does_not_ask() -> None:
    """In "Asked about rain, Kord shrugged" Kord does not ask; "Convinced of it" would be his."""
    assert subject(ASKED, "Asked") is None
    assert subject(ASKED.replace("Asked ask", "Convinced convince"), "Convinced") == "Kord"


def test_a_passive_joined_to_another_verb() -> None:
    """In "Kord gives and has been praised" Kord praises nobody."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        gives give VERB VBZ ROOT 1
        and and CCONJ CC cc 1
        has have AUX VBZ aux 5
        been be AUX VBN auxpass 5
        praised praise VERB VBN conj 1
        +. . PUNCT . punct 1
    """
    assert subject(rows, "praised") is None
    assert subject(rows.replace("praised praise", "quoted quote"), "quoted") == "Kord"


def test_whoever_is_convinced_thinks_so() -> None:
    """In "Buyers were convinced that ..." the buyers think so; in "were told" they say nothing."""
    rows = """
        Buyers buyer NOUN NNS nsubjpass 2
        were be AUX VBD auxpass 2
        convinced convince VERB VBN ROOT 2
        boats boat NOUN NNS nsubj 4
        sank sink VERB VBD ccomp 2
        +. . PUNCT . punct 2
    """
    assert subject(rows, "convinced") == "Buyers"
    assert subject(rows.replace("convinced convince", "told tell"), "told") is None


def test_a_subject_above_an_adjective() -> None:
    """In "Kord was unwilling to say" Kord would say it."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        was be AUX VBD ROOT 1
        unwilling unwilling ADJ JJ acomp 1
        to to PART TO aux 4
        say say VERB VB xcomp 2
        +. . PUNCT . punct 1
    """
    assert subject(rows, "say") == "Kord"


def test_the_noun_before_an_apposition() -> None:
    """Before ", a pilot," stands who said it, where the parser gives the verb no subject."""
    rows = """
        Kord Kord PROPN NNP ROOT 0 PERSON
        +, , PUNCT , punct 0
        a a DET DT det 3
        pilot pilot NOUN NN appos 0
        +, , PUNCT , punct 0
        said say VERB VBD acl 0
        rain rain NOUN NN nsubj 7
        fell fall VERB VBD ccomp 5
        +. . PUNCT . punct 0
    """
    parse = parse_from_rows(rows)
    assert adjacent_noun(parse, 5, inverted=False) == 0


def test_the_noun_before_a_cue_noun() -> None:
    """Of "police claims that boats sank" the police are the owner; of "tax claims" nobody is."""
    rows = """
        police police NOUN NN compound 1
        claims claim NOUN NNS ROOT 1
        that that SCONJ IN mark 4
        boats boat NOUN NNS nsubj 4
        sank sink VERB VBD acl 1
        +. . PUNCT . punct 1
    """
    parse = parse_from_rows(rows)
    assert owner_of(parse, 1) == 0
    assert owner_of(parse_from_rows(rows.replace("police police", "tax tax")), 1) is None


@pytest.mark.parametrize(
    ("noun", "relative", "mention"),
    [
        ("many many ADJ JJ", "who who PRON WP nsubj", "many"),
        ("critics critic NOUN NNS", "which which DET WDT det", "critics"),
        ("critics critic NOUN NNS", "which which PRON WDT dobj", "critics"),
    ],
)
def test_a_relative_pronoun_opens_no_mention(noun: str, relative: str, mention: str) -> None:
    """In "Rubio, who many feel needs a win" those who feel are "many"."""
    rows = f"""
        Rubio Rubio PROPN NNP ROOT 0
        , , PUNCT , punct 0
        {relative} 3
        {noun} nsubj 4
        feel feel VERB VBP relcl 0
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 3).span.of(parse.text) == mention


def test_a_question_keeps_its_determiner() -> None:
    """In "asked which board said so" it is "which board"."""
    rows = """
        asked ask VERB VBD ROOT 0
        which which DET WDT det 2
        board board NOUN NN nsubj 3
        said say VERB VBD ccomp 0
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 2).span.of(parse.text) == "which board"


@pytest.mark.parametrize(
    ("both", "mention"), [("both both DET DT", "Lund and Kord"), ("Hedd Hedd PROPN NNP", "Lund and Kord Hedd")]
)
def test_both_after_names_is_no_part(both: str, mention: str) -> None:
    """In "Lund and Kord both said" the mention is "Lund and Kord"."""
    rows = f"""
        Lund Lund PROPN NNP nsubj 4
        and and CCONJ CC cc 0
        Kord Kord PROPN NNP conj 0
        {both} appos 0
        said say VERB VBD ROOT 4
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 0).span.of(parse.text) == mention


def test_a_dash_at_the_head_of_a_line_is_no_part() -> None:
    """Of the item "-Philip Hedd says" the mention is the name."""
    rows = """
        -Philip -Philip PROPN NNP compound 1
        Hedd Hedd PROPN NNP nsubj 2
        says say VERB VBZ ROOT 2
    """
    parse = parse_from_rows(rows)
    assert mention_of(parse, 1).span.of(parse.text) == "Philip Hedd"
