"""Who is quoted: counts, merging over documents, order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes.models import Statement
from quotes.speakers import Position, speakers, speakers_by_document
from tests.conftest import entity_record, make_statement

Make = Callable[..., Statement]


def entity(name: str | None, kind: str = "person", represents: str | None = None) -> dict[str, object]:
    """A speaker or medium."""
    return entity_record(name, type=kind, represents=represents)


def test_a_speaker_is_counted(statement: Make) -> None:
    """Statements by kind, words, media and the first and last position are summed up."""
    post = {**entity("post", "document"), "inherited": False}
    found = [
        statement("It’s the last one.", at=10, kind="direct", medium=post),
        statement("a well-known 1,200 men", at=40),
    ]
    (kord,) = speakers([found])
    assert (kord.name, kord.type, kord.statements, kord.words) == ("Ann Kord", "person", 2, 8)
    assert dict(kord.kinds) == {"direct": 1, "indirect": 1, "mixed": 0}
    assert (kord.media, kord.documents) == (("post",), ("article",))
    assert (kord.first, kord.last) == (Position("article", 0, 10), Position("article", 0, 40))


def test_most_statements_come_first(statement: Make) -> None:
    """Speakers are sorted by number of statements, among equals by first position."""
    names = ["Bo Dorn", "Ann Kord", "Cy Hale", "Cy Hale"]
    found = [statement("so", at=i, speaker=name) for i, name in enumerate(names)]
    assert [each.name for each in speakers([found])] == ["Cy Hale", "Bo Dorn", "Ann Kord"]


def test_a_name_is_merged_over_documents(statement: Make) -> None:
    """One name of one type is one speaker; case and space do not matter, the commonest spelling shows."""
    found = [
        [statement("a", speaker="ANN  KORD", document="one")],
        [statement("b", at=i, speaker="Ann Kord", document="two") for i in range(2)],
    ]
    (kord,) = speakers(found)
    assert (kord.name, kord.statements, kord.documents) == ("Ann Kord", 3, ("one", "two"))
    assert (kord.first.document, kord.last.document) == ("one", "two")


def test_types_keep_names_apart(statement: Make) -> None:
    """The same name for a place and a person is two speakers."""
    found = [statement("a", speaker=entity("Austin", kind)) for kind in ("place", "person")]
    assert len(speakers([found])) == 2


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("Yusuf al-Hadi", 1),
        ("NHS", 1),
        ("Bank of Velland", 1),
        ("minister", 2),
        ("Harbour Board spokesman", 2),
        ("Q", 2),
    ],
)
def test_only_proper_names_go_over_documents(statement: Make, name: str, entries: int) -> None:
    """Who has no name of their own, or only the label of a turn, is somebody else in the next document."""
    found = [[statement("a", speaker=name, document=each)] for each in ("one", "two")]
    assert len(speakers(found)) == entries


def test_nameless_statements_are_one_entry_at_the_end(statement: Make) -> None:
    """Statements without a speaker, or with an unresolved one, are counted together, last."""
    unresolved = {**entity(None, "unknown"), "resolved_by": "unresolved"}
    found = [
        statement("a", at=0, speaker=None),
        statement("b", at=2, speaker=unresolved),
        statement("c", at=4),
    ]
    kord, nobody = speakers([found])
    assert (kord.name, nobody.name, nobody.type, nobody.statements) == ("Ann Kord", None, "unknown", 2)


def test_represented_organisations_are_listed(statement: Make) -> None:
    """The organisations that somebody speaks for are listed, the commonest first."""
    found = [
        statement("a", at=i, speaker=entity("Ann Kord", represents=name))
        for i, name in enumerate(("City", "Port", "Port"))
    ]
    assert speakers([found])[0].represents == ("Port", "City")


def test_each_document_alone(statement: Make) -> None:
    """By document nobody is merged, and documents keep their order."""
    found = [
        [statement("a", document="one")],
        [
            statement("b", speaker="Bo Dorn", document="two"),
            *(statement("c", at=2 + i, document="two") for i in range(2)),
        ],
    ]
    by_document = speakers_by_document(found)
    assert [(each.documents, each.name, each.statements) for each in by_document] == [
        (("one",), "Ann Kord", 1),
        (("two",), "Ann Kord", 2),
        (("two",), "Bo Dorn", 1),
    ]


def test_paths_tell_documents_apart(statement: Make) -> None:
    """Two files of one name in two folders are two documents."""
    found = [[statement("a", path=f"{folder}/article.txt")] for folder in ("x", "y")]
    assert speakers(found)[0].documents == ("x/article.txt", "y/article.txt")


def test_nobody(statement: Make) -> None:
    """Without a statement nobody is quoted."""
    assert speakers([[], []]) == ()


def test_the_example_is_a_quotation_of_middling_length() -> None:
    """The quotation that comes nearest to twenty words stands for the speaker; in other words only without any."""
    short, middling, long = ("No.", "We have seen " + "water " * 15, "It was " + "so " * 60)
    said = [make_statement(text, at=at, kind="direct") for at, text in enumerate((short, middling, long))]
    (kord,) = speakers([[*said, make_statement("that the water had risen " * 4, at=900)]])
    assert kord.example == f"“{' '.join(middling.split())}”"
    (kord,) = speakers([[make_statement("the water\n had risen")]])
    assert kord.example == "the water had risen"
