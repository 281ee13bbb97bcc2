"""Which statements are of one utterance, and what each makes of its wording."""

from __future__ import annotations

import csv
import io
from itertools import permutations

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.io.csv import cell
from quotes.io.families import families_text, write_families_csv
from quotes.io.json import family_schema, parsed_json
from quotes.linking import link
from quotes.models import Family, Statement
from tests.conftest import entity_record
from tests.linking.reports_of_a_visit import DREDGING, FERRY, said, visit


def contents(statements: list, families: list) -> list[set[str]]:  # type: ignore[type-arg]
    """The first words of the members of each family."""
    texts = {each.id: each.content.text for each in statements}
    return [{texts[member.statement] for member in family.members} for family in families]


def test_a_paraphrase_joins_its_quotation() -> None:
    """Two articles on one visit: each thing said is a family, what else was said is in none."""
    statements = visit()
    families = link(statements)
    texts = [each.content.text for each in statements]
    assert sorted(map(sorted, contents(statements, families))) == sorted(
        map(sorted, [{texts[0], texts[2]}, {texts[1], texts[3]}])
    )
    dredging = next(family for family in families if family.wording == DREDGING)
    assert dredging.speaker.name == "Emil Vasarai"
    assert dredging.speaker.names == ("Emil Vasarai", "Vasarai")
    assert dredging.first == dredging.wording_of == statements[0].id
    assert [member.relation for member in dredging.members] == ["verbatim", "paraphrase"]
    assert [member.source for member in dredging.members] == [None, statements[0].id]
    assert dredging.occasion.date == "2024-09-03"
    assert next(family for family in families if family is not dredging).wording is None


def test_the_order_of_the_statements_does_not_matter() -> None:
    """Nor does it change an id."""
    expected = link(visit())
    for statements in list(permutations(visit()))[::23]:
        assert link(statements) == expected


def test_families_keep_their_schema() -> None:
    """What is written is what the schema says, and can be read again."""
    written = parsed_json(families_text(link(visit())))
    assert len(written) == 2
    jsonschema.Draft202012Validator(family_schema()).validate(written)


@pytest.mark.parametrize(
    ("content", "relation", "kinds"),
    [
        (DREDGING, "verbatim", []),
        (DREDGING.replace("northern ", ""), "trimmed", ["dropped"]),
        (DREDGING.replace("herring", "salmon"), "altered", ["changed"]),
        (DREDGING.upper(), "verbatim", []),
        ("dredge the northern channel before the herring have spawned", "verbatim", []),
    ],
)
def test_the_relation_of_a_quotation_to_the_wording(content: str, relation: str, kinds: list[str]) -> None:
    """A quotation may start and stop anywhere; what is left out or changed inside is told."""
    whole = f"{DREDGING}, whatever the harbour board may say about the sand banks."
    statements = [said(whole, kind="direct"), said(content, kind="direct", document="courier", at=40)]
    (family,) = link(statements)
    member = family.members[1] if family.members[0].statement == statements[0].id else family.members[0]
    assert (member.relation, [each.kind for each in member.differences]) == (relation, kinds)
    for each in member.differences:
        if each.article is not None:
            assert content[each.article.start - 40 : each.article.end - 40] == each.article.text
        if each.source is not None:
            assert whole[each.source.start : each.source.end] == each.source.text


@pytest.mark.parametrize(
    "other",
    [
        said("the ferry to Skarholm would sail nine times a day from October", document="courier"),
        said("the ferry to Skarholm would not sail three times a day from October", document="courier"),
        said(FERRY, document="courier", speaker="Ann Kord"),
        said(FERRY, document="courier", when={"start": 0, "end": 3, "text": "May", "date": "2024-05-02"}),
    ],
    ids=["another number", "a denial", "another person", "another day"],
)
def test_a_conflict_makes_another_utterance(other: object) -> None:
    """However alike the words are."""
    when = {"start": 0, "end": 7, "text": "Tuesday", "date": "2024-09-03"}
    assert link([said(FERRY, when=when), other]) == []  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("role", "kind", "names", "are_joined"),
    [
        ("medium", "organization", ("Radio Tarn", "Vessel Weekly"), False),
        ("medium", "organization", ("Radio Tarn", "Radio Tarn"), True),
        ("medium", "organization", ("Radio Tarn", None), True),
        ("medium", "document", ("interview", "statement"), True),  # of one occasion, in other words
        ("addressee", "person", ("Ann Kord", "Berit Soll"), False),
        ("addressee", "person", ("Ann Kord", "Kord"), True),
        ("addressee", "person", ("Ann Kord", None), True),
        ("addressee", "group", ("the mayors", "reporters"), True),
    ],
)
def test_an_occasion_in_conflict_makes_another_utterance(
    role: str, kind: str, names: tuple[str | None, ...], *, are_joined: bool
) -> None:
    """Two outlets, or two people spoken to; what a report does not tell is neutral."""
    entities = [name and entity_record(name, type=kind) for name in names]
    if role == "medium":
        entities = [entity and {**entity, "inherited": False} for entity in entities]
    statements = [
        said(DREDGING, kind="direct", document=document).model_dump() | {role: entity}
        for document, entity in zip(("tide", "courier"), entities, strict=True)
    ]
    assert len(link([Statement.model_validate(each) for each in statements])) == are_joined


def test_two_parts_of_one_quotation_join_it() -> None:
    """The one report has the whole of what the other quotes in two pieces."""
    parts = DREDGING, "whoever thinks that the ferry can wait for the mayor of Skarholm may swim"
    whole = said(f"{parts[0]}, and {parts[1]}", kind="direct")
    pieces = [said(part, kind="direct", document="courier", at=200 * at, sentence=at) for at, part in enumerate(parts)]
    (family,) = link([whole, *pieces], min_confidence=0.7)
    assert family.wording_of == whole.id
    assert [member.relation for member in family.members] == ["verbatim"] * 3
    assert link(pieces, min_confidence=0.7) == []


def test_two_things_said_in_one_article_stay_apart() -> None:
    """However alike they are; a headline that repeats the words is the same utterance."""
    again = "the ferry to Skarholm would sail later than other boats from October"
    assert link([said(FERRY), said(again, at=200, sentence=1)]) == []
    (family,) = link([said("The ferry to Skarholm would sail three times a day"), said(FERRY, at=200, sentence=1)])
    assert len(family.members) == 2


def test_each_thing_said_has_one_counterpart() -> None:
    """Of two articles, and the other thing that is like it stays out."""
    other = "the ferry to Skarholm would sail on Sundays with a smaller crew"
    statements = [said(FERRY), said(FERRY, document="courier"), said(other, document="courier", at=200, sentence=1)]
    (family,) = link(statements)
    assert {member.statement for member in family.members} == {each.id for each in statements[:2]}


def test_a_table_of_people_joins_names() -> None:
    """Two names with one id are one person."""
    statements = [said(FERRY), said(FERRY, document="courier", speaker="Baron Skar")]
    assert not link(statements)
    (family,) = link(statements, people=[{"name": "Emil Vasarai", "aliases": "Baron Skar", "wikidata": "Q7"}])
    assert family.speaker.person == {"name": "Emil Vasarai", "aliases": "Baron Skar", "wikidata": "Q7"}


def test_wire_copy_is_told() -> None:
    """The document that repeats all of another is its copy, the earlier one the original."""
    more = [
        "the mill on Varn street burned down in the night of Sunday",
        "nobody in the parish was hurt by falling beams",
    ]
    original = [said(c, at=100 * i, sentence=i) for i, c in enumerate([DREDGING, FERRY, *more])]
    copy = [
        said(c, at=100 * i, sentence=i, document="courier", published="2024-09-04")
        for i, c in enumerate([DREDGING, FERRY, *more])
    ]
    families = link([*copy, *original])
    assert len(families) == 4
    assert {(m.document, m.copy_of) for f in families for m in f.members} == {("tide", None), ("courier", "tide")}


def test_nothing_gives_nothing() -> None:
    """No statement, one statement, and the same one twice are no family."""
    assert link([]) == link(visit()[:1]) == link([visit()[0]] * 2) == []


@pytest.mark.parametrize("content", ["", "…", "the", "\ud800 \x00", "1", "''"])
def test_statements_without_words_are_left_alone(content: str) -> None:
    """Whatever a caller's own extractor gives."""
    assert link([said(content), said(content, document="courier")]) in (
        [],
        link([said(content), said(content, document="courier")]),
    )


def report(document: str, day: int, **fields: object) -> Statement:
    """A report of the ferry."""
    return said(FERRY, document=document, published=f"2024-09-{day:02d}", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reports", "sources"),
    [
        # One outlet quotes another one, which came first.
        ([report("wire", 3, publisher="RIA Novosti"), report("bay", 4, medium="RIA")], {"bay": "wire"}),
        ([report("wire", 3, publisher="Associated Press"), report("bay", 3, medium="AP")], {"bay": "wire"}),
        # A chain of three.
        (
            [report("wire", 3), report("tide", 4, medium="Wire"), report("bay", 5, medium="Tide")],
            {"tide": "wire", "bay": "tide"},
        ),
        # Another outlet with a word of the same name.
        ([report("sky", 3, publisher="Sky News"), report("bay", 4, medium="Fox News")], {}),
        # One of two.
        (
            [
                report("ny", 3, publisher="New York Times"),
                report("ft", 3, publisher="Financial Times"),
                report("bay", 4, medium="the Times"),
            ],
            {},
        ),
        # What came later is no source, and nobody is their own.
        ([report("wire", 5), report("bay", 4, medium="Wire")], {}),
        ([report("wire", 3, medium="Wire"), report("bay", 4)], {}),
        # Of several reports of the source the earliest.
        ([report("wire", 3), report("later", 4, publisher="Wire"), report("bay", 4, medium="Wire")], {"bay": "wire"}),
    ],
)
def test_who_quotes_whom(reports: list[Statement], sources: dict[str, str]) -> None:
    """The source of a report is the member whose publisher it names as its medium, in JSON and CSV."""
    (family,) = link(reports)
    documents = {member.statement: member.document for member in family.members}
    assert {m.document: documents[m.source] for m in family.members if m.source} == sources
    stream = io.StringIO()
    write_families_csv([family], stream)
    rows = csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff")))
    assert {row["document"]: documents[row["source"]] for row in rows if row["source"]} == sources


NAMES = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(NAMES, NAMES, st.integers(1, 28)), min_size=2, max_size=4, unique_by=lambda each: each[0]))
@settings(deadline=None, max_examples=30)
def test_families_are_read_back(articles: list[tuple[str, str, int]]) -> None:
    """Whatever the names: what is written as JSON is the same family, and the table has all of its values."""
    families = link(report(name, day, publisher=outlet) for name, outlet, day in articles)
    assert [Family.model_validate(each) for each in parsed_json(families_text(families))] == families
    stream = io.StringIO()
    write_families_csv(families, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline="")))
    members = [member for family in families for member in family.members]
    assert [row["statement"] for row in rows] == [cell(member.statement) for member in members]
    assert [row["published"] for row in rows] == [str(member.published) for member in members]
    assert [row["member_confidence"] for row in rows] == [str(member.confidence) for member in members]
    assert [row["is_first"] for row in rows].count("true") == len(families)
