"""The documentation says what is so: links, options, exit codes, commands."""

from __future__ import annotations

import ast
import inspect
import json
import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from quotes import errors
from quotes.cli import exit_codes
from quotes.cli.application import app
from quotes.extractor import Extractor
from quotes.io.json import statement_record
from quotes.text.document import read_document
from tests.browsers import state_of
from tests.docs_blocks import PAGES, ROOT, blocks, commands

if TYPE_CHECKING:
    from collections.abc import Iterator

TOO_LARGE = "train-encoder"
"""The extra that the environment of development does without: torch alone has gigabytes."""
COMMANDS = typer.main.get_command(app).commands

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual hosts make them."""
    headings = re.findall(r"^#+ +(.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pages
def test_local_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the project names one that is there, and a heading in it."""
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pages
def test_files_that_are_named_are_there(page: Path) -> None:
    """Each file or folder of the package or of the tests that a page names in code type exists."""
    named = r"`((?:quotes|tests|docs|fixtures|benchmarks)/[\w./-]*)`"
    for name in re.findall(named, page.read_text("utf-8")):
        assert (ROOT / name).exists(), name


@pages
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    """No page holds a place that was to be filled in later."""
    assert not re.search(r"<!-- output|TODO|TBD|FIXME|XXX", page.read_text("utf-8"))


def test_pictures_are_made_and_shown() -> None:
    """Each picture is on a page, and was written by a test, which noted in it what it shows."""
    shown = {name for page in PAGES for name in re.findall(r"images/([\w.-]+)", page.read_text("utf-8"))}
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert shown == {path.name for path in pictures}
    assert [path.name for path in pictures if path.suffix == ".png" and not state_of(path)] == []


def documented_commands() -> Iterator[tuple[str, list[str]]]:
    """Every command in a shell or console block that runs ``quotes``, with its words."""
    for block in blocks("shell", "console"):
        for line in commands(block):
            if f"{line}\nquotes: error:" in block.text:  # shown for its message
                continue
            for part in re.split(r"&&|\||;", line):
                found = re.match(r"(?:\$ )?(?:\S*/bin/)?quotes ([a-z]+ .*)", part.strip())
                if found:
                    yield f"{block}: {part.strip()}", shlex.split(found[1].partition(" > ")[0])


def test_documented_commands_use_options_that_exist() -> None:
    """Each command line in the documentation names a command and options that exist."""
    seen = 0
    for where, (name, *arguments) in documented_commands():
        assert name in COMMANDS, where
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
        given = {word for word in arguments if re.match(r"--?[a-z]", word)}
        assert given <= known, where
        seen += 1
    assert seen >= 30


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_documented(name: str) -> None:
    """Every command has a section in docs/cli.md that names each option, itself or in a page it links to."""
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    section = re.search(rf"^## quotes {name}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]
    linked = [each for each in re.findall(r"\]\(([\w-]+\.md)", section) if each != "options.md"]
    text = section + "".join((ROOT / "docs" / each).read_text("utf-8") for each in linked)
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    for option in options - {"--help", "-h"}:
        if option.startswith("-"):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", text), option


def test_the_readme_shows_what_the_command_prints() -> None:
    """The statement shown in the README is in the output of the command above it.

    Left out are confidence and versions, which change with each training and release.
    """
    readme = (ROOT / "README.md").read_text("utf-8")
    path, published = re.search(r"quotes extract (fixtures/\S+) --published (\S+)", readme).groups()
    shown = json.loads(re.search(r"```json\n(.*?)```", readme, re.DOTALL)[1])
    document = read_document(ROOT / path, published=published)
    statements = [statement_record(each) for each in Extractor().extract_document(document)]

    def lasting(record: dict[str, object]) -> dict[str, object]:
        provenance = record["provenance"]
        where = {**provenance["document"], "path": path}
        return {
            **record,
            "confidence": None,
            "provenance": {**provenance, "document": where, "extractor": None},
        }

    assert lasting(shown) in [lasting(each) for each in statements]


def test_programs_import_names_that_exist() -> None:
    """Each Python program of a page is Python, and imports from the package what the package has."""
    programs = [block for block in blocks("python") if ">>> " not in block.text]
    assert programs
    for program in programs:
        for node in ast.walk(ast.parse(program.text, str(program))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "quotes":
                module = import_module(node.module)
                assert all(hasattr(module, alias.name) for alias in node.names), program


def test_the_citation_is_of_this_version() -> None:
    """The citation file has the version of the package."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_exit_codes_are_documented() -> None:
    """The table of exit codes has each code that the command line can give, and no other."""
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", (ROOT / "docs/cli.md").read_text("utf-8"), re.MULTILINE)}
    of_errors = {
        value.exit_code
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, errors.QuotesError)
    }
    of_command_line = {value for name, value in vars(exit_codes).items() if name.isupper()}
    assert table == of_errors | of_command_line


def test_the_lock_file_has_every_dependency() -> None:
    """The lock file pins each dependency of the project and names no place to get it from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra, some in project["optional-dependencies"].items() if extra != TOO_LARGE for each in some),
    ]
    names = {re.match(r"[\w-]+", each)[0].lower() for each in wanted} - {project["name"]}
    lines = (ROOT / "requirements-dev.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w-]+==[\w.]+( ; .+)?", line) for line in pins)
    assert names <= {line.partition("==")[0] for line in pins}
