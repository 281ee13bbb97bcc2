"""What a caller in Python may get wrong is said in one line, or is taken as it was meant."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quotes import Extractor
from quotes.errors import UsageError
from quotes.io import Format, read_brat, read_webannotation, write_brat
from quotes.io.json import statements_to_json
from quotes.text.document import make_document, read_document
from tests.conftest import make_statement


class Nothing(datetime):
    """Like pandas' NaT: a date by its type that differs from itself."""

    def __ne__(self, other: object) -> bool:
        return True


class NAType:
    """Like pandas' NA, which is neither equal to anything nor different from it."""

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


NO_TEXTS = [None, math.nan, ("a", "b"), Path("a.txt"), b"bytes", 5, ["a"], NAType()]


@pytest.mark.parametrize("wrong", NO_TEXTS, ids=lambda each: type(each).__name__)
def test_what_is_no_text(wrong: Any, extractor: Extractor) -> None:
    """One text, or one of many, that is no string is refused with its type and its index."""
    kind = type(wrong).__name__
    for call in (make_document, extractor.extract):
        with pytest.raises(UsageError, match=rf"the text is {kind} .*a string is needed"):
            call(wrong)
    with pytest.raises(UsageError, match=rf"index 1, .* is {kind} "):
        list(extractor.pipe(["A text.", wrong]))
    for one in (extractor.extract_document, extractor.analyse):
        with pytest.raises(UsageError, match="index 0"):
            one(wrong)


def test_one_text_is_not_many(extractor: Extractor) -> None:
    """A single text given to ``pipe`` is not read letter by letter."""
    for wrong in ("A text.", b"A text.", None, 3):
        with pytest.raises(UsageError, match="list of texts"):
            list(extractor.pipe(wrong))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="batch_size is 0"):
        list(extractor.pipe(["A text."], batch_size=0))


@pytest.mark.parametrize("missing", [None, math.nan, Nothing(2024, 1, 1), NAType()])
def test_what_says_that_there_is_nothing(missing: Any) -> None:
    """NaN, NaT and NA of a DataFrame are unknown values."""
    document = make_document("A text.", document_id=missing, published=missing, publisher=missing, title=missing)
    assert document == make_document("A text.")


def test_ids_that_are_no_strings() -> None:
    """A number, a path or a UUID as an id is taken as it is written."""
    assert make_document("A text.", document_id=17).id == "17"  # type: ignore[arg-type]
    assert make_document("A text.", document_id=Path("a/b")).id == "a/b"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make_document("A", title=5), r"the title is int \(5\)"),  # type: ignore[arg-type]
        (lambda: make_document("A", publisher=b"x"), "the publisher is bytes"),  # type: ignore[arg-type]
        (lambda: make_document("A", title={}), "the title is dict"),  # type: ignore[arg-type]
        (lambda: make_document("A", published=b"x"), "published: b'x' is no date"),  # type: ignore[arg-type]
        (lambda: make_document("A", published=Decimal("sNaN")), "is no date"),  # type: ignore[arg-type]
        (lambda: Extractor({}), "the model is dict"),  # type: ignore[arg-type]
        (lambda: read_webannotation(Path("a")), "JSON text or an open file is needed, not PosixPath"),  # type: ignore[arg-type]
        (lambda: read_brat(None), "the path of a folder is needed, not NoneType"),  # type: ignore[arg-type]
        (lambda: write_brat([], "a"), "the Path of a folder is needed, not str"),  # type: ignore[arg-type]
        (lambda: statements_to_json(None), "a list of statements is needed, not NoneType"),  # type: ignore[arg-type]
        (lambda: statements_to_json([None]), "at index 0 is NoneType, where a statement"),  # type: ignore[list-item]
        (lambda: make_document("A", published=20240101), "published: 20240101 is no date"),  # type: ignore[arg-type]
        (lambda: read_document(None), "a path is needed, not NoneType"),  # type: ignore[arg-type]
        (lambda: read_document(b"a.txt"), "a path is needed, not bytes"),  # type: ignore[arg-type]
        (lambda: read_document(__file__, encoding=None), "unknown encoding None"),  # type: ignore[arg-type]
        (lambda: Extractor(attitudes=None), "attitudes: None"),  # type: ignore[arg-type]
        (lambda: Extractor(attitudes=[1]), r"attitudes: \[1\]"),  # type: ignore[list-item]
        (lambda: Extractor(min_confidence="0.5"), "between 0 and 1"),  # type: ignore[arg-type]
        (lambda: Extractor(min_confidence=math.nan), "between 0 and 1"),
    ],
)
def test_wrong_arguments(call: Callable[[], object], message: str) -> None:
    """The message names the argument."""
    with pytest.raises(UsageError, match=message):
        call()


def test_dates_of_all_kinds() -> None:
    """A day, a moment and ISO text are dates."""
    for given in (date(2024, 2, 29), datetime(2024, 2, 29, 23, 59), "2024-02-29T23:59"):
        assert make_document("A", published=given).published == date(2024, 2, 29)


@pytest.mark.parametrize("form", [form for form in Format if not form.is_folder])
def test_what_is_no_pair(form: Format) -> None:
    """Statements without their documents, and other things that no format writes, are refused with their index."""
    document, statement = make_document("A text.", document_id="a"), make_statement("A text.", document="a")
    for wrong, message in (
        (None, "this is NoneType"),
        ([(document, []), statement], "at index 1 is Statement"),
        ([(document, [statement, "b"])], "at index 1 of document 'a' is str"),
        ([(document, None)], "a list of statements is needed of document 'a', not NoneType"),
    ):
        with pytest.raises(UsageError, match=message):
            form.write(wrong, io.StringIO(newline=""))
