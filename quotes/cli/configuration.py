"""Options that a folder keeps in a file: the table ``[tool.quotes]`` of pyproject.toml, or quotes.toml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quotes.errors import InputError, UsageError

KEYS = ("attitudes", "encoding", "published", "publisher")
"""What may be set; of each command those options that it has."""
OWN, SHARED = Path("quotes.toml"), Path("pyproject.toml")


def configured(commands: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the options that the current folder sets, for each command; an option that is given comes before.

    quotes.toml counts alone where there is one.

    Raises:
        InputError: The file cannot be read as TOML.
        UsageError: It sets something else.
    """
    path = OWN if OWN.is_file() else SHARED
    try:
        data = path.read_bytes()
        if path == SHARED and b"tool.quotes" not in data:  # most often: nothing is parsed to start
            return {}
        import tomllib

        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as TOML: {error}") from error
    settings = table if path == OWN else table.get("tool", {}).get("quotes", {})
    unknown = sorted(settings.keys() - set(KEYS))
    if unknown:
        raise UsageError(f"{path}: {unknown[0]!r} cannot be set there; what can is {', '.join(KEYS)}")
    values = {key: ",".join(value) if isinstance(value, list) else str(value) for key, value in settings.items()}
    return dict.fromkeys(commands, values)
