"""docs/features.md explains every family of features, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.scoring.context import context_features
from quotes.scoring.features import extent_features, features_of
from quotes.scoring.features.names import mention_features, name_features
from quotes.scoring.scorer import ENCODER
from quotes.text.document import make_document
from tests.builders import EVERY_KIND

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "features.md"
SOURCES = [
    *sorted((ROOT / "quotes" / "scoring" / "features").glob("*.py")),
    ROOT / "quotes" / "scoring" / "context.py",
]

PLACES: dict[str, tuple[str, ...]] = {
    "dep": ("…",),
    "how": ("cut", "added", "beyond"),
    "relation": ("inside", "around", "across"),
}
"""What stands in the names of families that are put together; "…" is a label of the parser."""
WHOLE_GROUPS = {*PLACES["how"], *PLACES["relation"]}
"""Groups of families that the page explains in one go."""
LABELS = "dobj|xcomp|prep|acomp|attr|npadvmod|oprd|amod|compound|relcl|acl|neg"


def documented() -> set[str]:
    """The families in the first column of the page's tables."""
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {family for row in rows for family in re.findall(r"`([^`]+)`", row)}


def in_code() -> set[str]:
    """The families that the code makes, and the number that an encoder gives."""
    return {ENCODER} | {family for path in SOURCES for family in families(ast.parse(path.read_text("utf-8")))}


def families(tree: ast.AST) -> Iterator[str]:
    """Yield the families of the texts in lists, in ``append``, and of every text with a "="."""
    listed: set[int] = set()
    for node in statements_of(tree):
        if isinstance(node, ast.List):
            listed |= {id(each) for each in node.elts}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append":
            listed |= {id(each) for each in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) in listed:
            yield family_of(node.value)
        elif isinstance(node, ast.JoinedStr):
            literal = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if id(node) in listed or "=" in literal:
                yield from expanded(node)


def statements_of(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node but the list of a module's public names."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"):
            yield from ast.walk(node)


def expanded(node: ast.JoinedStr) -> Iterator[str]:
    """Yield the families of an f-string, once for each value that may stand in the name."""
    parts: list[tuple[str, ...]] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append((str(part.value),))
            if re.search(r"[=|]", str(part.value)):
                break
        else:
            assert isinstance(part, ast.FormattedValue)
            name = ast.unparse(part.value)
            assert name in PLACES, f"say in PLACES what {name!r} may be in {ast.unparse(node)}"
            parts.append(PLACES[name])
    yield from (family_of("".join(each)) for each in product(*parts))


def family_of(feature: str) -> str:
    """The family of a feature: what stands before its values."""
    return re.split(r"[=|]", feature)[0]


def covers(entry: str, family: str) -> bool:
    """Whether an entry of the page explains a family; "cut …" explains "cut" and "cut word"."""
    group = entry.removesuffix(" …")
    return entry == family or (
        group != entry and group in WHOLE_GROUPS and (family == group or family.startswith(group + " "))
    )


def unexplained(found: set[str]) -> list[str]:
    """The families that no entry of the page explains."""
    page = documented()
    return sorted(family for family in found if not any(covers(entry, family) for entry in page))


def test_every_family_is_explained() -> None:
    """Each family that the code makes has its place in the tables of the page."""
    found = in_code()
    assert len(found) > 80
    assert unexplained(found) == []


def test_the_page_explains_no_family_that_is_gone() -> None:
    """Each entry of the page stands for a family that the code makes."""
    found = in_code()
    assert [entry for entry in sorted(documented()) if not any(covers(entry, each) for each in found)] == []


def test_the_features_of_a_text_are_explained(extractor: Extractor) -> None:
    """What comes out at run time is explained too: no family escapes the reading of the code."""
    analysis = extractor.analyse(make_document(EVERY_KIND))
    article, candidates = analysis.article, analysis.candidates
    features = [features_of(article, each) for each in candidates]
    context = context_features(article, candidates, [1.0] * len(candidates))
    extents = [extent_features(article, each, extent) for each in candidates for extent in each.extents]
    names = [
        [*mention_features(article, each), *name_features(article, each, "speaker", each.speaker_identity)]
        for each in analysis.chosen
        if each.speaker_identity is not None
    ]
    seen = {family_of(f) for some in (*features, *context.values(), *extents, *names) for f in some}
    seen = {re.sub(rf"^(argument|argument\+cue|cue's other) ({LABELS})$", r"\1 …", family) for family in seen}
    assert len(seen) > 60
    assert unexplained(seen) == []
