"""The command line: ``quotes``.

This package is the only one that exits and, with `quotes.io`, the only one that
writes output. Each command is a module of its own, registered in
`quotes.cli.application`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line (with the process's arguments when None) and exit with its documented code."""
    try:
        # Imported here so that Ctrl-C while the imports run is handled too.
        from quotes.cli.application import run

        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        sys.stderr.write("quotes: interrupted\n")
        code = 130
    raise SystemExit(code)
