"""What blocks of code in the documentation have to keep, by language and page."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import quotes
from quotes.cli.application import app
from quotes.cli.link import read_people
from quotes.evaluation import read_corpus
from quotes.validation.expectations import read_expectations
from tests import docs_sandbox
from tests.docs_blocks import ROOT, Block, blocks
from tests.test_layering import ORDER

COMMANDS = typer.main.get_command(app).commands
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def is_ours(requirement: str) -> None:
    """A requirement is of this project, and its extras and version are the ones there are."""
    name, wanted, version = re.fullmatch(r"(\.|quotes-attribution)(?:\[([\w,-]+)\])?(?:==(.*))?", requirement).groups()
    assert set((wanted or "").split(",")) - {""} <= set(PROJECT["optional-dependencies"])
    assert version in (None, PROJECT["version"]), name


def exists(words: list[str]) -> None:
    """A command and its options exist."""
    _, name, *arguments = words
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("-")} <= known


# JSON


def expectation_of(block: Block, text: str | None) -> None:
    """An expected statement has the form that `quotes validate` reads, and its offsets are right."""
    path = Path("one.json")
    path.write_text(f"[{block.text}]", "utf-8")
    (found,) = read_expectations(path, text).statements
    assert found.said.pieces


def is_expectation(block: Block) -> None:
    """An expected statement; the one of the fixtures' page is of an article that says so."""
    expectation_of(block, docs_sandbox.ARTICLE if block.page.startswith("fixtures") else None)


def is_fixture(block: Block) -> None:
    """An expected statement with right offsets, or the metadata of its article."""
    record = json.loads(block.text)
    if "content" in record:
        expectation_of(block, docs_sandbox.BRIDGE)
    else:
        assert set(record) == {"published", "publisher", "title"}


def is_corpus_line(block: Block) -> None:
    """An annotated article, whose offsets mark words."""
    path = Path("one.jsonl")
    path.write_text(json.dumps(json.loads(block.text)) + "\n", "utf-8")
    (article,) = read_corpus(path)
    (relation,) = article.relations
    parts = (relation.source, relation.cue, relation.content)
    assert [part[0].of(article.text) for part in parts] == ["The port", "said", "the quay was leaking"]


def is_request(block: Block) -> None:
    """A request that the service takes."""
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    from pydantic import TypeAdapter

    from quotes.server.requests import AnyRequest, VerifyRequest

    body = json.loads(block.text)
    form = VerifyRequest if "sources" in body else AnyRequest
    assert TypeAdapter(form).validate_python(body).model_dump()


# Programs


def is_program(block: Block) -> None:
    """A program that runs to its end."""
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(block.text, str(block), "exec"), {"__name__": "program"})


SPANNED = "🚢 “The ferry is safe,” Ann Kord said."
START, END, SAID = 3, 21, "The ferry is safe,"
UNITS = 4
"""Where the words begin in UTF-16: the ship is two units."""


def tool(name: str) -> str:
    """The path of a compiler or an interpreter; the test is skipped without it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def output(command: list[str]) -> str:
    """What a program prints."""
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8").strip()


def is_javascript(block: Block) -> None:
    """The program finds the words and their place in UTF-16 units."""
    Path("words.mjs").write_text(
        f"const text = {json.dumps(SPANNED)};\nconst span = {{ start: {START}, end: {END} }};\n{block.text}\n"
        'process.stdout.write([words, text.slice(start, end), start].join("|"));\n',
        "utf-8",
    )
    assert output([tool("node"), "words.mjs"]) == f"{SAID}|{SAID}|{UNITS}"


def is_java(block: Block) -> None:
    """The program finds the words and their place in UTF-16 units."""
    compiler, machine = tool("javac"), tool("java")
    Path("Words.java").write_text(
        "record Span(int start, int end) {}\n"
        "class Words { public static void main(String[] a) throws Exception {\n"
        f"String text = {json.dumps(SPANNED)};\nSpan span = new Span({START}, {END});\n{block.text}\n"
        'new java.io.PrintStream(System.out, true, "UTF-8").print(words + "|" + start);\n}}\n',
        "utf-8",
    )
    output([compiler, "-encoding", "UTF-8", "Words.java"])
    assert output([machine, "-cp", ".", "Words"]) == f"{SAID}|{UNITS}"


def is_rust(block: Block) -> None:
    """The program finds the words."""
    Path("words.rs").write_text(
        "struct Span { start: usize, end: usize }\nfn main() {\n"
        f'let text = "{SPANNED}";\nlet span = Span {{ start: {START}, end: {END} }};\n{block.text}\n'
        'print!("{}", words);\n}\n',
        "utf-8",
    )
    output([tool("rustc"), "words.rs"])
    assert output(["./words"]) == SAID


def is_c(block: Block) -> None:
    """The program finds the words in bytes of UTF-8."""
    Path("words.c").write_text(
        "#include <stdio.h>\n#include <string.h>\n" + block.text + "int main(void) {\n"
        f"const char *text = {json.dumps(SPANNED, ensure_ascii=False)};\n"
        f"size_t start = byte_place(text, {START}), end = byte_place(text, {END});\n"
        'printf("%.*s", (int)(end - start), text + start);\nreturn 0; }\n',
        "utf-8",
    )
    output([tool("cc"), "-o", "words", "words.c"])
    assert output(["./words"]) == SAID


def is_workflow(block: Block) -> None:
    """The steps install the wheel that the page made, and run commands that there are."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra 'dev')")
    (job,) = yaml.safe_load(block.text)["jobs"].values()
    lines = [step["run"] for step in job["steps"] if "run" in step]
    steps = [shlex.split(line) for line in lines]
    assert [words[:2] for words in steps] == [["pip", "install"], ["quotes", "validate"]]
    assert steps[0][2] == f"wheels/quotes_attribution-{PROJECT['version']}-py3-none-any.whl"
    assert in_a_shell(lines[1]) in (0, 1)  # the fixture is there, and the pipeline may see it otherwise
    minor = next(step["with"]["python-version"] for step in job["steps"] if "with" in step)
    assert f"Programming Language :: Python :: {minor}" in PROJECT["classifiers"]


def in_a_shell(line: str) -> int:
    """Run a line as a runner of CI or of hooks does, with this `quotes` in the path, and return its exit code."""
    Path("bin").mkdir(exist_ok=True)
    program = Path("bin", "quotes")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m quotes "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{Path('bin').resolve()}:{os.environ['PATH']}"}
    return subprocess.run(["bash", "-e", "-c", line], env=environment, capture_output=True, check=False).returncode


def is_hook(block: Block) -> None:
    """The hooks of pre-commit run commands that there are, with verdicts that exist."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra 'dev')")
    from quotes.cli.verify import chosen

    (repository,) = yaml.safe_load(block.text)["repos"]
    for hook in repository["hooks"]:
        words = shlex.split(hook["entry"])
        assert chosen(words[words.index("--fail-on") + 1])
        for folder, text in (("drafts", docs_sandbox.ARTICLE), ("transcripts", docs_sandbox.SPEECH)):
            assert re.match(hook["files"], f"{folder}/one.txt")
            docs_sandbox.write(Path(folder, "one.txt"), text)
        assert in_a_shell(hook["entry"]) == 0
        docs_sandbox.write(
            Path("drafts", "one.txt"), "“The bridge will certainly survive the whole of July,” Wanda Ruhl said."
        )
        assert in_a_shell(hook["entry"]) == 1


# Text


def is_synopsis(block: Block) -> None:
    """A way to call a command: options that it has, and a value for each argument."""
    for line in block.text.splitlines():
        words = re.sub(r"[\[\]]", "", line).removesuffix(" options").split()
        exists(words)
        wanted = [each for each in COMMANDS[words[1]].params if each.required]
        assert len(words) > 2 + len(wanted) - 1 or not wanted, line
        for option in (each for each in wanted if each.opts[0].startswith("-")):
            assert set(option.opts) & set(words), line


def is_flow(block: Block) -> None:
    """The order of the modules is the one that a test holds, but that parallel ones may change places."""
    names = [[name.strip() for name in part.split(",")] for part in block.text.split("→")]
    places = [[ORDER[name] for name in group] for group in names]
    assert all(max(before) < min(after) for before, after in itertools.pairwise(places))


def is_listing(block: Block) -> None:
    """The files of a listing are those that the commands of its page work on."""
    assert all(Path(line).is_file() for line in block.text.splitlines())


def is_table_of_people(block: Block) -> None:
    """The table is one that `--people` takes, with a person in each row."""
    path = Path("people.csv")
    path.write_text(block.text, "utf-8")
    assert len(read_people(path).rows) == len(block.text.splitlines()) - 1


def is_message(block: Block) -> None:
    """What `quotes serve` says when it has started, but for the port."""
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    command = [sys.executable, "-m", "quotes", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        said = process.stderr.readline()
        process.terminate()
    assert re.sub(r":\d+ ", ":8000 ", said) == block.text


def is_reference(block: Block) -> None:
    """Each name is a public one; all blocks of the page together have each of them once."""
    listed = [name for each in blocks("{eval-rst}") for name in re.findall(r"\.\. auto\w+:: quotes\.(\w+)", each.text)]
    assert sorted([*listed, "__version__"]) == sorted(quotes.__all__)


CHECKS: dict[tuple[str, str], Callable[[Block], None]] = {
    ("json", "docs/cli.md"): is_expectation,
    ("json", "fixtures/README.md"): is_expectation,
    ("json", "docs/howto-newsroom-ci.md"): is_fixture,
    ("json", "docs/howto-own-model.md"): is_corpus_line,
    ("json", "docs/serve.md"): is_request,
    ("python", "*"): is_program,
    ("javascript", "*"): is_javascript,
    ("java", "*"): is_java,
    ("rust", "*"): is_rust,
    ("c", "*"): is_c,
    ("yaml", "docs/howto-newsroom-ci.md"): is_workflow,
    ("yaml", "docs/tutorial-verify.md"): is_hook,
    ("{eval-rst}", "docs/api.md"): is_reference,
    ("text", "docs/cli.md"): is_synopsis,
    ("text", "CONTRIBUTING.md"): is_flow,
    ("text", "docs/howto-newsroom-ci.md"): is_listing,
    ("text", "docs/serve.md"): is_message,
    ("csv", "docs/cli.md"): is_table_of_people,
}
"""Blocks (language, page), and what runs them."""
