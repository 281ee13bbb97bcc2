"""The commands, and how any error in them becomes an exit code and one line."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from quotes.cli import exit_codes
from quotes.cli.configuration import configured
from quotes.cli.help import COMMAND_GROUPS, WIDEST, Command, Program
from quotes.cli.messages import complain, describe_fault, speak, tell, traceback_wanted
from quotes.errors import OutputError, QuotesError, UsageError

PROGRAM = "quotes"
COMMANDS = tuple(chain.from_iterable(COMMAND_GROUPS.values()))
CLOSED = (errno.EPIPE, errno.ESHUTDOWN, *[errno.EINVAL] * (os.name == "nt"))
"""What the system says where the reader of standard output has gone."""
OWN_OPTIONS = ("-h", "--help", "--version", "--install-completion", "--show-completion")
"""Options that belong to no command."""

app = typer.Typer(
    name=PROGRAM,
    cls=Program,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
)
for name in COMMANDS:
    module = import_module(f"quotes.cli.{name}")
    app.command(name, cls=getattr(module, "Command", Command), epilog=module.EXAMPLE)(getattr(module, name))


def _show_version(wanted: bool) -> None:
    if wanted:
        from quotes import __version__

        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


@app.callback(epilog="Example: quotes extract article.txt -o statements.json")
def program(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Who said what, to whom, through what medium, and when: from English news text."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; every error has become one line on standard error."""
    speak()
    named, *rest = with_command(arguments)
    try:
        command = typer.main.get_command(app)
        if f"_{PROGRAM.upper()}_COMPLETE" in os.environ:
            _complete_extract()
            command.main(list(arguments), prog_name=PROGRAM)  # answers the shell and exits
        # Not `command.main`: it would turn a closed pipe and Ctrl-C into codes of its own.
        defaults = {} if {named, *rest} & {*OWN_OPTIONS} else configured(COMMANDS)  # a bad file must not hide the help
        with command.make_context(PROGRAM, [named, *rest], default_map=defaults) as context:
            code = command.invoke(context) or exit_codes.OK
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # the one place where all of them end
        return _exit_code(error, named)
    return int(code)


def _complete_extract() -> None:
    """Let the shell complete ``quotes FILE --for`` as it does ``quotes extract FILE --for``."""
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        words = os.environ.get(name, "").split()[1:]
        if words and with_command(words) != words:
            os.environ[name] = re.sub(r"^\s*\S+", r"\g<0> extract", os.environ[name])
            if name == "COMP_WORDS":
                os.environ["COMP_CWORD"] = str(int(os.environ.get("COMP_CWORD", "1")) + 1)


def with_command(arguments: Sequence[str]) -> list[str]:
    """Return arguments that name a command: the help without any, ``extract`` where they begin with a text or option.

    >>> with_command([]), with_command(["article.txt"]), with_command(["--format", "csv", "-"])
    (['--help'], ['extract', 'article.txt'], ['extract', '--format', 'csv', '-'])
    >>> with_command(["speakers", "news/"]), with_command(["extarct", "news/"])
    (['speakers', 'news/'], ['extarct', 'news/'])
    """
    if not arguments:
        return ["--help"]
    first = arguments[0]
    if first in COMMANDS or first.partition("=")[0] in OWN_OPTIONS:
        return list(arguments)
    is_text = first.startswith("-") or "." in first or "/" in first or os.sep in first or Path(first).exists()
    return ["extract", *arguments] if is_text else list(arguments)


def _exit_code(error: BaseException, command: str) -> int:
    """Say what happened, unless nobody is left to read it, and return the exit code."""
    usage_problem = typer.BadParameter.__mro__[1]  # click's own, or the one typer brings along
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        tell("interrupted")
        return exit_codes.INTERRUPTED
    if isinstance(error, OSError) and error.errno in CLOSED:
        _forget_standard_output()
        return exit_codes.CLOSED_PIPE
    if isinstance(error, usage_problem):
        complain(_with_hint(plain(cast(Any, error).format_message()), command))
        return UsageError.exit_code
    if isinstance(error, UsageError):
        complain(_with_hint(str(error), command))
        return error.exit_code
    if isinstance(error, QuotesError):
        complain(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        complain("cannot write: the disk is full; free some space, or write elsewhere with -o")
        _forget_standard_output()
        return OutputError.exit_code
    if traceback_wanted():
        raise error
    complain(describe_fault(cast(Exception, error)))
    return exit_codes.INTERNAL


def plain(message: str) -> str:
    """Return what the parser of the command line says in the words of the other messages.

    >>> plain("Invalid value for '--max-bytes': Input should be greater than or equal to 1")
    '--max-bytes: give a number from 1 on'
    >>> plain("No such option: --formt (Possible options: --format, --from)")
    'No such option: --formt. Did you mean --format or --from?'
    """
    for pattern, replacement in _PLAIN:
        message = pattern.sub(replacement, message)
    return message.replace("?.", "?")


_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"\(Possible options: (.*)\)"),
        lambda found: "Did you mean " + found[1].replace(", ", " or ") + "?",
    ),
    (re.compile(r"(No such option: \S+) (?=Did)"), r"\1. "),
    (re.compile(r"Invalid value for '(?:-\w' / ')?(\S+)': (?:Value error, )?"), r"\1: "),
    (
        re.compile(r"('[^']*') is not one of (.*?)\.?$"),
        lambda found: f"{found[1]} is none of {found[2].replace(chr(39), '')}",
    ),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"give a number from \1 on"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"give a number up to \1"),
    (re.compile(r"Input should be a valid number.*"), "give a number"),
    (re.compile(r"Input should be a valid integer.*"), "give a whole number"),
)
"""How messages of typer, and of pydantic, which checks values for it, are put."""


def _with_hint(message: str, command: str) -> str:
    """Return a message with where to look: the help of its own command, if it is one."""
    own = f"{PROGRAM} {command}" if command in COMMANDS else PROGRAM
    sentence = message if message.endswith(("?", ".")) else f"{message}."
    return f"{sentence} Try '{own} --help'."


def _forget_standard_output() -> None:
    """Keep the interpreter from flushing what nobody takes when it ends."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no real file, as under a test
        return
    os.close(null)
