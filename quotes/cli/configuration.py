"""What a folder keeps in a file: the table ``[tool.quotes]`` of pyproject.toml, or quotes.toml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quotes.errors import InputError, UsageError

KEYS = ("attitudes", "encoding", "published", "publisher")
"""Options that may be set; each command takes those that it has."""
ALIASES = "aliases"
"""The table of people: each name with the other names of the same person."""
OWN, SHARED = Path("quotes.toml"), Path("pyproject.toml")


def configured(commands: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the options that the current folder sets, for each command; an option that is given comes before.

    Raises:
        InputError: The file cannot be read as TOML.
        UsageError: It sets something else.
    """
    path, settings = _settings()
    unknown = sorted(settings.keys() - {*KEYS, ALIASES})
    if unknown:
        raise UsageError(
            f"{path}: {unknown[0]!r} cannot be set there; what can is {', '.join(sorted({*KEYS, ALIASES}))}"
        )
    _people(path, settings)  # what is wrong with it is said whatever the command
    values = {
        key: ",".join(value) if isinstance(value, list) else str(value)
        for key, value in settings.items()
        if key != ALIASES
    }
    return dict.fromkeys(commands, values)


def configured_people() -> tuple[Path, list[dict[str, str]]]:
    """Return the current folder's file and the people that it names, as rows of a table; see `configured`."""
    path, settings = _settings()
    rows = [{"name": name, "aliases": ";".join(others)} for name, others in _people(path, settings).items()]
    return path, rows


def _settings() -> tuple[Path, dict[str, Any]]:
    """Return the file of the current folder and what it sets; quotes.toml counts alone where there is one."""
    path = OWN if OWN.is_file() else SHARED
    try:
        data = path.read_bytes()
        if path == SHARED and b"tool.quotes" not in data:  # most often: nothing is parsed to start
            return path, {}
        import tomllib

        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except FileNotFoundError:
        return path, {}
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as TOML: {error}") from error
    return path, table if path == OWN else table.get("tool", {}).get("quotes", {})


def _people(path: Path, settings: dict[str, Any]) -> dict[str, list[str]]:
    people = settings.get(ALIASES, {})
    lists = people.values() if isinstance(people, dict) and all(map(str.strip, people)) else [None]
    if not all(isinstance(others, list) and all(isinstance(each, str) for each in others) for others in lists):
        raise UsageError(
            f"{path}: {ALIASES} is a table of names, each with a list of the person's other names, "
            'such as "Ann Kord" = ["Annie Kord", "A. J. Kord"]'
        )
    return dict(people)
