"""The outputs shown in the documentation: read from the pages, made again, compared.

``python -m tests.docs_examples`` writes them into the pages again, after a
training run or a change of the output.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quotes.cli.application import run
from quotes.extractor import Extractor
from quotes.io.json import json_text, statement_record
from quotes.scoring.scorer import load_scorer
from quotes.text.document import read_document
from tests import notebooks
from tests.reference_pages import GENERATED

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
FIRST_STATEMENT = re.compile(r"quotes extract (fixtures/\S+) --published (\S+)\n.*?```json\n(.*?)```", re.DOTALL)
FIGURES = re.compile(r"(?<=<!-- figures -->\n)(.*?)(?=<!-- end of figures -->)", re.DOTALL)
MADE_FROM_CODE = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[a-z ]+) -->\n).*?(?=<!-- end of generated -->)", re.DOTALL
)


def refreshed(page: str) -> str:
    """Return a page with every output made again; its console blocks share a folder."""
    with working_folder():
        page = CONSOLE.sub(lambda block: "".join(console_lines(block[1])), page)
    page = FIGURES.sub(lambda _: figures(), page)
    page = made_from_code(page)
    found = FIRST_STATEMENT.search(page)
    if found is None:
        return page
    return page[: found.start(3)] + first_statement(found[1], found[2]) + page[found.end(3) :]


def made_from_code(page: str) -> str:
    """Return a page with the parts made again that come from models, command line and word lists."""
    return MADE_FROM_CODE.sub(lambda part: part["begin"] + GENERATED[part["name"]](), page)


def console_lines(block: str) -> Iterator[str]:
    """Yield the commands of a block, each followed by what it prints."""
    for line in block.splitlines(keepends=True):
        if line.startswith("$ quotes "):
            yield line
            yield output_of(shlex.split(line.removeprefix("$ quotes ").strip()))
        elif line.startswith("$ "):
            yield line
            yield with_line_end(shell_output(line.removeprefix("$ ").strip()))


@contextlib.contextmanager
def working_folder() -> Iterator[None]:
    """Work in an empty folder that has the fixtures in it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "fixtures").symlink_to(ROOT / "fixtures")
        with contextlib.chdir(folder):
            yield


def output_of(arguments: list[str]) -> str:
    """Return what the command line prints, errors and reports too, without white space at the ends of lines."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        run(arguments)
    return re.sub(r"[ \t]+$", "", printed.getvalue(), flags=re.MULTILINE)


def shell_output(line: str) -> str:
    """Return what another program of a line prints; one that fails is an error."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
    }
    done = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{line!r} ended with code {done.returncode}: {done.stderr}")
    return done.stdout


def with_line_end(text: str) -> str:
    """Return a text that ends with a line end, unless there is none of it."""
    return text if not text or text.endswith("\n") else text + "\n"


def first_statement(path: str, published: str) -> str:
    """Return the first statement of a fixture as JSON, as the command line prints it."""
    document = read_document(ROOT / path, published=published)
    record = statement_record(Extractor().extract_document(document)[0])
    record["provenance"]["document"]["path"] = path
    return json_text(record, indent=2) + "\n"


def figures() -> str:
    """Return the table of the weights that ship with the package."""
    metadata = load_scorer().metadata
    rows = [
        ("annotated articles", f"{metadata['articles']:,}"),
        ("SHA-256 of the corpus file", f"`{metadata['corpus_sha256']}`"),
        ("spaCy pipeline", f"`{metadata['model']}` {metadata['model_version']}"),
        ("folds of the cross-validation", str(metadata["folds"])),
        ("minimum probability of a statement", f"{load_scorer().threshold:.2f}"),
        *((f"cross-validation: {name}", value) for name, value in percentages(metadata["cross_validation"])),
        *((f"development articles: {name}", value) for name, value in percentages(metadata.get("dev", {}))),
    ]
    return "".join(["| | |\n", "|---|---|\n", *(f"| {name} | {value} |\n" for name, value in rows)])


def percentages(shares: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Yield figures by readable names, in percent."""
    names = {
        "quotes_f1": "contents, F1",
        "quotes_with_source_f1": "contents with speaker, F1",
        "exact_f1": "exact contents, F1",
    }
    for key, name in names.items():
        if key in shares:
            yield name, f"{100 * shares[key]:.1f} %"


def lasting(page: str) -> str:
    """Return a page without the numbers and weights that change with each training run."""
    page = re.sub(r"^ +[+-]\d\.\d\d .*\n", "", page, flags=re.MULTILINE)
    return re.sub(r"\d+\.\d+", "#", page)


def main() -> None:
    """Write all pages again."""
    for path in PAGES:
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")
    notebooks.main()


if __name__ == "__main__":
    main()
