"""Modules import only from their left in the flow, never back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "quotes"

LAYERS = """
    errors extras files colours lexicon inputs text syntax
    candidates encoding scoring roles coref
    models statements extractor explanation speakers filters verification
    io component validation evaluation review
    workers corpus linking sampling training view server cli
"""
"""From left to right, a line a layer; within a line too a module imports only from its left."""

ORDER = {name: place for place, name in enumerate(LAYERS.split())}
LIBRARY_ROOT = "quotes"
ROOT_NAMES = {"__version__"}
"""What modules may import from the package itself, which hands out names of all of them."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    """The module or package of the first level that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (module, name) of every import, wherever it stands; the name is "" for a whole module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            yield from ((module, alias.name) for alias in node.names)


def imports_of(path: Path) -> list[tuple[str, str]]:
    """All imports of a file."""
    package = ("quotes", *path.relative_to(PACKAGE).parent.parts)
    return list(imported(ast.parse(path.read_text("utf-8")), package))


def layer_imports(path: Path) -> set[str]:
    """The first-level modules of the package that a file imports."""
    layers = set()
    for module, name in imports_of(path):
        root, _, rest = module.partition(".")
        if root == LIBRARY_ROOT and (rest or name not in ROOT_NAMES):
            layers.add((rest or name).partition(".")[0])
    return layers


inner_modules = pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.parent != PACKAGE or path.name not in {"__init__.py", "__main__.py"}],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)


@inner_modules
def test_imports_go_one_way(path: Path) -> None:
    """A module imports nothing from its right; a new module needs its place in LAYERS."""
    layer = layer_of(path)
    assert layer in ORDER, f"give {layer!r} its place in LAYERS"
    backwards = {other for other in layer_imports(path) if ORDER.get(other, len(ORDER)) > ORDER[layer]}
    assert not backwards, f"{layer} imports {sorted(backwards)}, which stand to its right or in no layer"


def test_the_order_names_only_modules_that_exist() -> None:
    """Each name in LAYERS is a module, so that the order cannot go stale."""
    assert set(ORDER) == {layer_of(path) for path in MODULES} - {"__init__", "__main__"}


def test_the_package_itself_only_hands_out_names() -> None:
    """``quotes/__init__.py`` imports modules of its own only for type checkers."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    at_runtime = [node for node in tree.body if not isinstance(node, ast.If)]
    modules = {module for node in at_runtime for module, _ in imported(node, ("quotes",))}
    assert not {module for module in modules if module.startswith("quotes")}


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        # A component is spaCy's own kind of thing: only spaCy imports it, through the entry point.
        ("spacy", {"syntax", "component", "evaluation"}),
        ("pydantic", {"models", "server"}),
        ("typer", {"cli"}),
        ("rich", {"cli", "evaluation"}),
        ("jinja2", {"view", "server"}),
        ("fastapi", {"server"}),
        ("uvicorn", {"server", "cli"}),
        ("sklearn", {"training"}),
        ("scipy", set()),
        ("pyarrow", {"io", "corpus", "linking", "sampling"}),
        ("duckdb", {"io", "corpus", "linking", "sampling"}),
        ("ray", {"corpus", "linking"}),
        ("trafilatura", {"inputs"}),
        ("mammoth", {"inputs"}),
        ("pdfminer", {"inputs"}),
        ("markdown_it", {"inputs"}),
        ("pandas", {"io"}),
        ("polars", {"io"}),
        ("xlsxwriter", {"io"}),
    ],
)
def test_libraries_stay_where_they_belong(library: str, allowed: set[str]) -> None:
    """Each of these libraries is imported only by the layer whose business it is."""
    users = {layer_of(path) for path in MODULES for module, _ in imports_of(path) if module.split(".")[0] == library}
    assert users <= allowed


@inner_modules
def test_only_the_command_line_does_output(path: Path) -> None:
    """The library never prints, never writes to standard output and never exits."""
    if layer_of(path) == "cli":
        return
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"print", "exit", "quit", "SystemExit"}
    attributes = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"sys.stdout", "sys.stderr", "sys.stdin", "sys.exit", "os._exit"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import quotes.cli", {("quotes.cli", "")}),
        ("def f():\n    from quotes.cli import main", {("quotes.cli", "main")}),
        ("from . import cli", {("quotes.candidates", "cli")}),
        ("from ..cli import main", {("quotes.cli", "main")}),
        ("if TYPE_CHECKING:\n    from quotes import extract", {("quotes", "extract")}),
    ],
)
def test_every_form_of_import_is_seen(source: str, found: set[tuple[str, str]]) -> None:
    """Imports in functions, type-checking blocks and relative ones do not escape the check."""
    assert set(imported(ast.parse(source), ("quotes", "candidates"))) == found
