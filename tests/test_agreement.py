"""How far two reviewers agree: kappa by hand, and two folders compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import DataError
from quotes.text.document import make_document
from quotes.validation import Fixture, agreement
from quotes.validation.agreement import NOBODY, UNNAMED, kappa, labels_of
from quotes.validation.expectations import expectations_of

TEXT = "One two three. Four five six. Seven eight nine. Ten eleven twelve."


def said(words: str, **fields: object) -> dict[str, object]:
    """An expected statement with these words of the text."""
    at = TEXT.index(words)
    return {"content": {"spans": [{"start": at, "end": at + len(words), "text": words}]}, **fields}


def reviewed(*statements: dict[str, object], text: str = TEXT, extra: tuple[str, ...] = ()) -> Fixture:
    """What a reviewer expects of the text."""
    record = {"statements": list(statements), "extra_allowed": [{**said(each), "xfail": "no"} for each in extra]}
    return Fixture("a", make_document(text, document_id="a"), expectations_of(record, "a", TEXT))


def repeated(**counts: int) -> list[tuple[str, str]]:
    """Pairs of labels, each as often as it says: yn=3 is ("y", "n") three times."""
    return [(pair[0], pair[1]) for pair, number in counts.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (repeated(yy=20, yn=5, ny=10, nn=15), 0.4),  # 35 of 50 the same, 25 by chance
        (repeated(yy=45, yn=15, ny=25, nn=15), 0.1304),  # 60 of 100, and 0.6*0.7 + 0.4*0.3 = 54 by chance
        (repeated(yy=25, yn=35, ny=5, nn=35), 0.2593),  # 60 of 100, and 0.6*0.3 + 0.4*0.7 = 46 by chance
        (repeated(aa=3, bb=2, cc=5), 1.0),
        (repeated(ab=5, ba=5), -1.0),
        (repeated(ab=3), 0.0),  # nothing the same, nothing by chance
        (repeated(aa=7), None),  # whoever uses one label agrees by chance alone
        ([], None),
    ],
)
def test_kappa_by_hand(pairs: list[tuple[str, str]], expected: float | None) -> None:
    """Tables that were reckoned by hand."""
    assert kappa(pairs) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"))))
def test_any_kappa(pairs: list[tuple[str, str]]) -> None:
    """It is the same for the two in the other order, 1 just where all are the same, and never more."""
    found = kappa(pairs)
    assert found == kappa([(other, one) for one, other in pairs])
    if found is not None:
        assert -1 <= found <= 1
        assert (found == 1) == all(one == other for one, other in pairs)


def test_two_reviewers() -> None:
    """Common statements, those of one alone, and fields that differ; what is optional counts on neither side."""
    first = reviewed(
        said("One two three", kind="direct", speaker={"names": ["Ann Kord", "Kord"]}, negated=False),
        said("Four five six", kind="direct", speaker={"name": "the mayor"}),
        said("Seven eight nine"),
        said("Ten eleven twelve", optional=True),
    )
    second = reviewed(
        said("One two three", kind="direct", speaker={"name": "Kord"}, cue=None),
        said("Four five", kind="mixed", speaker={"name": "The Mayor"}),
        said("Ten eleven twelve"),
        extra=("Seven eight nine",),
    )
    found = agreement({"a": first, "b": first}, {"a": second, "c": second})
    assert not found.complete
    assert (found.missing_first, found.missing_second) == (("c",), ("b",))
    (article,) = found.articles
    assert (article.common, found.f1) == (2, 0.8)  # 2 * 2 / (3 + 2)
    assert [each.said.pieces for each in article.only_first] == [("Seven eight nine",)]
    assert article.only_second == ()
    (mismatch,) = article.different
    assert [(each.field, each.expected, each.got) for each in mismatch.differences] == [
        ("content", ["Four five six"], ["Four five"]),
        ("kind", "direct", "mixed"),
    ]
    counted = {field: (each.compared, each.same, each.kappa) for field, each in found.fields.items() if each.compared}
    assert counted == {"content": (2, 1, None), "kind": (2, 1, 0.0), "speaker": (2, 2, 1.0)}


def test_the_same_twice() -> None:
    """Two who say the same agree."""
    one = reviewed(said("One two three", kind="direct"))
    found = agreement({"a": one}, {"a": one})
    assert (found.complete, found.f1) == (True, 1.0)
    nothing = agreement({"a": reviewed()}, {"a": reviewed()})
    assert (nothing.complete, nothing.f1) == (True, None)


def test_labels() -> None:
    """Nobody, somebody without a name, and a time are told apart; a field that one leaves out is not compared."""
    one = reviewed(said("One two three", speaker=None, addressee={"name": None}, when={"date": "2024", "text": "x"}))
    other = reviewed(said("One two three", speaker={"name": "Bo"}, addressee=None, when=None, kind="mixed"))
    labels = labels_of(one.expectations.statements[0], other.expectations.statements[0])
    del labels["content"]
    assert labels == {"speaker": (NOBODY, "bo"), "addressee": (UNNAMED, NOBODY), "when": ("2024", NOBODY)}


def test_articles_of_other_texts() -> None:
    """Two articles of one name with different texts are not compared."""
    with pytest.raises(DataError, match="are not the same text"):
        agreement({"a": reviewed()}, {"a": reviewed(text="Other.")})
