"""Help: options in groups, choices spelled out, at the width of the terminal, an example each."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

import pytest
import typer

from quotes.cli.application import COMMANDS, app
from quotes.cli.help import COMMAND_GROUPS, OPTION_GROUPS

Run = Callable[..., object]
PARAMETERS = {name: command.params for name, command in typer.main.get_command(app).commands.items()}


def test_every_option_has_a_group() -> None:
    """No option but --help is under the heading for the rest, and no group names what is not there."""
    named = {name for names in OPTION_GROUPS.values() for name in names}
    options = {each.name for each in chain(*PARAMETERS.values()) if each.param_type_name == "option"}
    assert options == named
    assert [*PARAMETERS] == [*COMMANDS] == [*chain(*COMMAND_GROUPS.values())]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_and_ends_with_an_example(
    quotes: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: int
) -> None:
    """No line is too long; no type is in the language of the program; the meanings stand in one column."""
    monkeypatch.setenv("COLUMNS", str(columns))
    result = quotes(command, "--help")
    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert max(map(len, lines)) <= columns
    assert not re.search(r"list\[|<\w|x>=|\w\w\]\.\.\.", result.out)
    assert lines[0].startswith(f"Usage: quotes {command} [OPTIONS]")
    assert "\n  Example: quotes " + command in result.out
    meanings = {re.match(r"  -[^ ](?:\S| (?! ))* {2,}", line) for line in lines} - {None}
    assert len({found.end() for found in meanings}) == 1


def test_groups_and_choices(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups come in their order, and a choice or a range is written as a person would."""
    monkeypatch.setenv("COLUMNS", "80")
    out = quotes("extract", "--help").out
    headings = re.findall(r"^(\w[\w ]*):$", out, re.MULTILINE)
    assert headings == ["Arguments", "Output", "Filters", "Extraction", "Input", "Options"]
    assert "\n  --kind direct|indirect|mixed\n" in out
    assert "[default: 5; 2 to 50]" in " ".join(quotes("train", "--help").out.split())


def test_the_commands_fit_on_a_screen(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80 columns each command says in one line what it does, and nothing is cut off."""
    monkeypatch.setenv("COLUMNS", "80")
    out = quotes("--help").out
    assert "..." not in out.replace("[ARGS]...", "")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S.*\.$", out, re.MULTILINE), name
