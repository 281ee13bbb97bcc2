"""Reads JSON files whose faults are reported by file and line."""

from __future__ import annotations

import json
from pathlib import Path

from quotes.errors import DataError, InputError


def read_json(path: Path) -> object:
    """Read a JSON file.

    Raises:
        InputError: It cannot be read.
        DataError: It is not JSON in UTF-8.
    """
    try:
        return json.loads(file_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}, line {error.lineno}, column {error.colno}: no JSON: {error.msg}") from error


def file_text(path: Path) -> str:
    """Read a data file in UTF-8, with or without a byte order mark.

    Raises:
        InputError: It cannot be read.
        DataError: It is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
