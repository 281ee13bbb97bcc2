"""``quotes doctor``: what is installed, and whether it works."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from quotes.cli import exit_codes, options
from quotes.cli.messages import visible
from quotes.cli.outputs import console_on, write_record
from quotes.errors import QuotesError

EXAMPLE = "Example: quotes doctor"
PACKAGE = "quotes-attribution"
LIBRARIES = ("spacy", "textacy", "pydantic", "numpy", "typer", "rich")
"""Those that matter most where two installations give different output."""
DEVELOPMENT = {"dev", "test"}
"""Extras that nobody needs who does not work on quotes."""
SENTENCE = "“The bridge is closed,” Ann Kord told councillors on Monday."
EXPECTED = ("Ann Kord", "The bridge is closed,")
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?[^;]*; *extra == ['\"](?P<extra>[\w-]+)['\"]")


class Test(NamedTuple):
    """What the sentence gave: whether it came out right, and what to know about it."""

    passed: bool
    message: str


def doctor(*, model: options.ModelOption = None, as_json: options.JsonOption = False) -> int:
    """Show what is installed, and test it on one sentence.

    The exit code is 1 if the test fails.
    """
    from quotes.encoding.encoder import installed_providers

    versions = {"quotes": _own_version(), "Python": platform.python_version(), "system": platform.platform()}
    libraries = {name: _version(name) for name in LIBRARIES}
    missing = dict(_missing())
    providers = installed_providers()
    test = _self_test(model)
    if as_json:
        extras = {name: {"installed": not lacking, "missing": lacking} for name, lacking in missing.items()}
        write_record(
            {**versions, "libraries": libraries, "extras": extras, "providers": providers, "test": test._asdict()}
        )
    else:
        console = console_on(None, None)
        rows = [*versions.items(), ("at", sys.executable), *libraries.items()]
        lines = [f"{name:12} {version or 'not installed'}" for name, version in rows]
        lines += ["", *(_extra_line(name, lacking) for name, lacking in missing.items())]
        lines += ["" if missing else "extras       unknown: quotes is not installed as a package"]
        if providers:
            lines.append(f"{'providers':12} {', '.join(providers)}")
        lines.append(f"{'self-test':12} {'passed' if test.passed else 'FAILED'}: {test.message}")
        for line in lines:
            console.print(visible(line), soft_wrap=True)
    return exit_codes.OK if test.passed else exit_codes.DIFFERENCES


def _extra_line(name: str, lacking: list[str]) -> str:
    if not lacking:
        return f"extra {name:13} installed"
    return f"extra {name:13} not installed ({', '.join(lacking)}): pip install '{PACKAGE}[{name}]'"


def _own_version() -> str:
    from quotes import __version__

    return __version__


def _version(package: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _missing() -> Iterator[tuple[str, list[str]]]:
    """Yield each extra with the packages that it lacks; nothing where quotes runs from an uninstalled checkout."""
    from importlib import metadata

    try:
        about = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        return
    needs = [found.groupdict() for each in about.requires or [] if (found := _REQUIREMENT.match(each))]
    for extra in sorted({*(about.metadata.get_all("Provides-Extra") or [])} - DEVELOPMENT):
        names = [each["name"] for each in needs if each["extra"] == extra and each["name"] != PACKAGE]
        yield extra, [name for name in names if _version(name) is None]


def _self_test(model: str | None) -> Test:
    """Extract the statement of one sentence."""
    try:
        found = options.make_extractor(model, "statement", 0.0).extract(SENTENCE)
    except QuotesError as error:
        return Test(passed=False, message=str(error))
    said = [(each.speaker.name if each.speaker else None, each.content.text) for each in found]
    made_by = found[0].provenance.extractor if found else None
    name = f"{made_by.model} {made_by.model_version}" if made_by else model or "the default model"
    if said == [EXPECTED]:
        return Test(passed=True, message=f"{name} finds who said what in one sentence")
    return Test(passed=False, message=f"{name} gives {said} for {SENTENCE}; install quotes again, or try another model")
