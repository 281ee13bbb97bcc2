"""Every command of a shell block in the documentation does its work."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from quotes.cli.application import run
from quotes.io.json import output_schema
from tests.docs_blocks import ROOT, blocks, commands
from tests.docs_checks import PROJECT, exists, is_ours


def shell_commands() -> dict[str, str]:
    """Every command of a shell block with the place where it first stands, parts of a line one by one."""
    found: dict[str, str] = {}
    for block in blocks("shell"):
        for line in commands(block):
            for part in line.split(" && "):
                found.setdefault(re.sub(r"^(python3?|pip)\b", r".venv/bin/\1", part.strip()), str(block))
    return found


def commands_of_ci() -> list[str]:
    """What `.ci/run` runs of the environment's programs, but for what installs."""
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    found = re.findall(r'^"\$venv(/bin/\S+)" (.*)|^"\$venv(/bin/mypy)"()$', text, re.MULTILINE)
    lines = [f".venv{a or b} {rest}".strip() for a, rest, b, _ in found]
    return [line for line in lines if not line.startswith(".venv/bin/pip ") and "$work" not in line]


def test_the_commands_of_ci_are_told() -> None:
    """The page for contributors lists each command that `.ci/run` runs, in its order, and no other."""
    page = [block for block in blocks("shell") if block.page == "CONTRIBUTING.md"]
    (listed,) = [lines for block in page if ".venv/bin/mypy" in (lines := list(commands(block)))]
    assert listed == commands_of_ci()


def pip_install(arguments: list[str]) -> None:
    """What is to be installed is there to be installed."""
    if arguments[:1] == ["-r"]:
        assert (ROOT / arguments[1]).exists()
        return
    is_ours(arguments[-1])


def makes_a_wheel(arguments: list[str]) -> None:
    """The wheel is of this checkout, and goes where the pages take it from."""
    assert arguments == ["--no-deps", "-w", "wheels", "."]


def makes_an_environment(arguments: list[str]) -> None:
    """The environment of the reader; the one that runs this test is one."""
    assert arguments == [".venv"]


def has_options(program: str) -> Callable[[list[str]], None]:
    """The program is there and knows the options; to run it takes minutes."""

    def check(arguments: list[str]) -> None:
        source = (ROOT / "benchmarks" / program).read_text("utf-8")
        assert [word for word in arguments if word.startswith("--") and f'"{word}"' not in source] == []

    return check


def installs_a_command(arguments: list[str]) -> None:
    """What is to be installed is this project, and has a command of that name."""
    is_ours(next(each for each in arguments if each.startswith(".")))
    assert "quotes" in PROJECT["scripts"]


def builds_an_image(arguments: list[str]) -> None:
    """What the image is made of is here, and its Python is one that the package takes."""
    text = (ROOT / "Containerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE) for name in line.split()]
    built_from = {"README.md", *PROJECT["license-files"], "pyproject.toml", "hatch_build.py", "quotes"}
    assert built_from == set(copied)
    assert all((ROOT / name).exists() for name in copied)
    is_ours(re.search(r"pip install .*'(\S+)'", text)[1])
    version = re.search(r"^FROM \S+/python:([\d.]+)", text, re.MULTILINE)[1]
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]


def runs_an_image(arguments: list[str]) -> None:
    """The command within the image is one that exists."""
    command = " ".join(arguments).partition(" > ")[0].split()
    exists(command[command.index("quotes") :])


def renews_pictures(arguments: list[str]) -> None:
    """Each folder has tests of pictures; to run them takes a browser."""
    for name in arguments[: arguments.index("-k")]:
        tests = [ROOT / name] if name.endswith(".py") else (ROOT / name).glob("test_*.py")
        assert any(re.search(r"def test_\w*pictures", path.read_text("utf-8")) for path in tests), name


def attacks_the_service(arguments: list[str]) -> None:
    """The program starts and knows the options; to run it takes minutes."""
    pytest.importorskip("httpx", reason="httpx is not installed (extra 'dev')")
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
    program = [sys.executable, "-m", "benchmarks.service_attack", "--help"]
    shown = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert [word for word in arguments if word.startswith("--") and f"{word} " not in shown] == []


def measures_parts(program: str, corpus: str) -> Callable[[list[str]], None]:
    """Check that a program is there, which is tested by parts; to run it takes half an hour and a corpus."""

    def check(arguments: list[str]) -> None:
        assert arguments == [corpus]
        assert (ROOT / "benchmarks" / program).exists()

    return check


def writes_the_pages(arguments: list[str]) -> None:
    """The pages are compared with what it would write by a test of their own."""
    assert not arguments
    assert "docs_examples import" in (ROOT / "tests" / "test_docs_examples.py").read_text("utf-8")


def checks_the_schema(arguments: list[str]) -> None:
    """The same check with the library: an output keeps the schema that the command before writes."""
    assert arguments == ["--schemafile", "schema.json", "statements.json"]
    jsonschema.Draft202012Validator(output_schema()).validate(json.loads(Path("statements.json").read_text("utf-8")))


def fine_tunes(words: list[str]) -> None:
    """The options exist; to run it takes an encoder, torch, and hours."""
    exists(["quotes", "train", *words])


def fine_tunes_elsewhere(words: list[str]) -> None:
    """The options exist; a test of the training runs the file."""
    source = (ROOT / "quotes" / "training" / "encoder" / "finetune.py").read_text("utf-8")
    assert [word for word in words if word.startswith("--") and f'"{word}"' not in source] == []


def nothing(_: list[str]) -> None:
    """Nothing can be checked of it from here."""


def writes_a_snapshot(words: list[str]) -> None:
    """The command takes a file to write and what to read."""
    assert len(words) == 2
    assert (ROOT / words[1]).is_dir()
    assert (ROOT / "benchmarks" / "snapshot.py").exists()


def breaks_rules(words: list[str]) -> None:
    """The command's options exist, and what it breaks does."""
    source = (ROOT / "benchmarks" / "mutation.py").read_text("utf-8")
    assert [word for word in words if word.startswith("--") and f'"{word}"' not in source] == []
    assert (ROOT / words[words.index("--only") + 1]).exists()


NOT_RUN: dict[str, Callable[[list[str]], None]] = {
    ".venv/bin/python3 -m venv": makes_an_environment,
    ". .venv/bin/activate": nothing,
    ".venv/bin/pip install": pip_install,
    ".venv/bin/pip wheel": makes_a_wheel,
    "uv tool install": installs_a_command,
    "uvx --from": installs_a_command,
    "pipx install": installs_a_command,
    "podman build": builds_an_image,
    "podman run": runs_an_image,
    ".venv/bin/python -m tests.docs_examples": writes_the_pages,
    ".venv/bin/python -m benchmarks.service_attack": attacks_the_service,
    "QUOTES_SCREENSHOTS=1 .venv/bin/python -m pytest": renews_pictures,
    ".venv/bin/python benchmarks/ablation.py": measures_parts("ablation.py", "train.jsonl"),
    ".venv/bin/python benchmarks/encoder_ablation.py": measures_parts("encoder_ablation.py", "dev.jsonl"),
    ".venv/bin/python benchmarks/corpus_runs.py": has_options("corpus_runs.py"),
    ".venv/bin/python benchmarks/fuzz.py": has_options("fuzz.py"),
    ".venv/bin/python benchmarks/growth.py": has_options("growth.py"),
    ".venv/bin/python benchmarks/hostile_files.py": has_options("hostile_files.py"),
    ".venv/bin/python benchmarks/link_scale.py": has_options("link_scale.py"),
    ".venv/bin/python benchmarks/name_confidence.py": has_options("name_confidence.py"),
    ".venv/bin/python benchmarks/snapshot.py": writes_a_snapshot,
    ".venv/bin/python benchmarks/mutation.py": breaks_rules,
    ".venv/bin/python benchmarks/variations.py": has_options("variations.py"),
    ".venv/bin/python benchmarks/verify_edits.py": has_options("verify_edits.py"),
    ".venv/bin/python benchmarks/verify_speed.py": has_options("verify_speed.py"),
    ".venv/bin/python weights-work/finetune.py": fine_tunes_elsewhere,
    "quotes train train.jsonl -o weights.tsv --dev dev.jsonl --encoder": fine_tunes,
    "diff before.jsonl after.jsonl": nothing,
    ".ci/run": nothing,
    "check-jsonschema": checks_the_schema,
}
"""What would install, take minutes or run this test itself, and what is checked of it instead."""
SLOW = ("quotes train", "quotes benchmark", "--workers")
NEEDS_A_CLUSTER = "--ray-address auto"


def marked(command: str) -> object:
    """A command as a parameter, marked where it takes long."""
    return pytest.param(command, marks=[pytest.mark.slow] if any(word in command for word in SLOW) else [])


@pytest.mark.parametrize("command", [marked(each) for each in shell_commands()])
def test_commands_work(command: str, docs_folder: Path) -> None:
    """A command of a shell block does its work in a folder with the files that it names."""
    if command in commands_of_ci():
        return
    if signature := re.fullmatch(r"(\w+)\((.*)\)", command):
        assert_signature(signature[1], signature[2])
        return
    for beginning, check in NOT_RUN.items():
        if command.startswith(beginning):
            check(shlex.split(command.removeprefix(beginning)))
            return
    command = command.removeprefix(".venv/bin/")
    if (
        command.startswith(("quotes serve", "quotes review article", "quotes review --settle"))
        or NEEDS_A_CLUSTER in command
    ):
        exists(shlex.split(command))  # the service is started for the block with what it says
    elif command.startswith("quotes ") and "|" not in command:
        in_this_process(command)
    else:
        in_a_shell(command)


def test_no_exception_is_idle() -> None:
    """Each beginning of a command that is not run stands somewhere."""
    everything = shell_commands()
    assert [each for each in NOT_RUN if not any(command.startswith(each) for command in everything)] == []


def assert_signature(name: str, shown: str) -> None:
    """A function that a page shows has these parameters."""
    pytest.importorskip("pyarrow", reason="PyArrow is not installed (extra 'corpus')")
    import quotes.corpus

    parameters = inspect.signature(getattr(quotes.corpus, name)).parameters
    assert [part.partition(":")[0].partition("=")[0].strip() for part in shown.split(", ") if part != "*"] == [
        *parameters
    ]


def in_this_process(command: str) -> None:
    """Run a command of quotes; it ends well, or, where it compares, with a difference."""
    command, _, target = command.partition(" > ")
    words = shlex.split(command)[1:]
    if words[0] == "corpus":
        pytest.importorskip("pyarrow", reason="PyArrow is not installed (extra 'corpus')")
    if words[0] == "train":
        pytest.importorskip("scipy", reason="scipy is not installed (extra 'train')")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run(words)
    assert code == 0 or (code == 1 and words[0] in {"validate", "evaluate", "verify"}), command
    named = [words[words.index(option) + 1] for option in ("-o", "--output") if option in words]
    if words[0] == "index":
        named.append(f"{words[1]}.quotes-index")
    assert all(Path(name).exists() for name in named)
    assert printed.getvalue() or named
    if target:
        Path(target.strip()).write_text(printed.getvalue(), "utf-8")


def in_a_shell(command: str) -> None:
    """Run a line of a shell that has quotes; every part of it ends well."""
    scripts = Path("bin")
    scripts.mkdir()
    (scripts / "quotes").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quotes "$@"\n', "utf-8")
    (scripts / "quotes").chmod(0o755)
    command = command.replace("PYTHONPATH=.", f"PYTHONPATH=.:{ROOT}")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{scripts.resolve()}:{os.environ['PATH']}",
    }
    done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
