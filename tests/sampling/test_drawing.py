"""Which statements are drawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import DataError, InputError, UsageError
from quotes.sampling import draw
from tests.sampling.made import made, saved

SUFFIXES = [".json", ".jsonl", ".parquet", ".duckdb"]
THOUSAND = [made(number) for number in range(1000)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of a thousand statements."""
    return saved(THOUSAND, tmp_path_factory.mktemp("archive") / "statements.jsonl")


def test_strata_in_proportion(archive: Path) -> None:
    """Six, three and one of ten statements are of each outlet, and so are those drawn; none is drawn twice."""
    design, drawn = draw([archive], 40, ("publisher",))
    assert [(each.values, each.statements, each.drawn) for each in design.strata] == [
        ((None,), 100, 4),
        (("Castell Wire",), 600, 24),
        (("Marlow Wire",), 300, 12),
    ]
    outlets = Counter(each.provenance.document.publisher for each in drawn)
    assert outlets == {None: 4, "Castell Wire": 24, "Marlow Wire": 12}
    assert len({each.id for each in drawn}) == 40
    assert all(each == THOUSAND[int(each.id, 16)] for each in drawn)
    assert [each.id for each in drawn] == sorted(each.id for each in drawn)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_gives_the_same(suffix: str, archive: Path, tmp_path: Path) -> None:
    """The same statements give the same sample, whatever file holds them."""
    other = saved(THOUSAND, tmp_path / f"statements{suffix}")
    assert draw([other], 30, ("publisher", "kind"), 5) == draw([archive], 30, ("publisher", "kind"), 5)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(120)), cut=st.integers(0, 120), seed=st.integers(), number=st.integers(1, 130))
def test_order_does_not_count(order: list[int], cut: int, seed: int, number: int, tmp_path: Path) -> None:
    """However rows and files are ordered, the same are drawn."""
    statements = [made(each) for each in order]
    one, two, three = (tmp_path / f"{name}.jsonl" for name in "abc")
    saved([made(number) for number in range(120)], one)
    saved(statements[:cut], two)
    saved(statements[cut:], three)
    by = ("kind", "document")
    assert draw([one], number, by, seed) == draw([three, two], number, by, seed)


def test_many_strata(archive: Path) -> None:
    """Of more strata than statements the small ones are one together."""
    design, drawn = draw([archive], 5, ("publisher", "kind"))
    # 150, 300, 150 of the first outlet, 75, 150, 75 of the second, 25, 50, 25 without: a quota of one is 200;
    # the quotas of 300 and 700 are 1.5 and 3.5, and of equal remainders the larger stratum's comes first
    assert [(each.values, each.statements, each.drawn) for each in design.strata] == [
        (("Castell Wire", "indirect"), 300, 1),
        (None, 700, 4),
    ]
    assert [design.stratum_of(each.model_dump()) for each in drawn].count(None) == 4
    design, drawn = draw([archive], 99, ("document",))
    assert [(each.values, each.statements, each.drawn) for each in design.strata] == [(None, 1000, 99)]


def test_seeds_draw_others(archive: Path) -> None:
    """Every statement has the same chance: over 100 seeds each is drawn about 5 times, as 50 of 1,000 are."""
    counts = Counter(each.id for seed in range(100) for each in draw([archive], 50, ("kind",), seed)[1])
    assert sum(counts.values()) == 100 * 50
    assert len(counts) > 975  # six of 1,000 are never drawn
    assert max(counts.values()) < 20  # 5 ± 2.2


def test_no_more_than_there_are(archive: Path) -> None:
    """An archive with fewer is drawn as a whole."""
    design, drawn = draw([archive], 5000, ("document",))
    assert (design.drawn, len(drawn), len(design.strata)) == (1000, 1000, 100)


def test_what_is_refused(archive: Path, tmp_path: Path) -> None:
    """A file twice, nothing, and files of other things."""
    with pytest.raises(UsageError, match="given twice"):
        draw([archive, archive.parent / ".." / archive.parent.name / archive.name], 9)
    empty = saved([], tmp_path / "empty.json")
    with pytest.raises(UsageError, match="no statement to draw from"):
        draw([empty], 9)
    for name, text, error in (
        ("a.jsonl", '{"id": 1}\n', DataError),
        ("b.jsonl", "{\n", DataError),
        ("c.jsonl", "[1]\n", DataError),
        ("d.json", "{}", DataError),
        ("e.parquet", "PAR1", InputError),
        ("f.duckdb", "none", InputError),
        ("g.jsonl", '{"id": "1", "provenance": {"document": {"id": "a", "sha256": "b"}}}', DataError),
    ):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        with pytest.raises(error, match=name):
            draw([path], 9)
