"""The texts that the arguments name, read and worked through one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from quotes.cli.messages import describe_fault, report, traceback_wanted, warn
from quotes.cli.progress import progress_bar
from quotes.errors import InputError, QuotesError, UsageError
from quotes.files import MOST_BYTES, is_same_file, kind_of, read_at_most, text_files

if TYPE_CHECKING:
    from quotes.text.document import Document

STANDARD_INPUT = "-"
Result = TypeVar("Result")


@dataclass
class TextRun:
    """One run over many texts: how they are read, what is known about all of them, what went wrong."""

    encoding: str = "utf-8"
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    max_bytes: int = MOST_BYTES
    skip_errors: bool = False
    """Whether a bad text is left out instead of ending the run."""
    keep_text: Path | None = None
    """Folder for the texts that offsets refer to."""
    skipped: int = 0
    """Number of arguments and texts that were left out."""

    def find(self, arguments: Sequence[str], output: Path | None) -> list[str]:
        """Return the names of all texts, in the order of the arguments."""
        if arguments.count(STANDARD_INPUT) > 1:
            raise UsageError("'-' is given more than once; standard input can be read only once")
        names: list[str] = []
        for argument in arguments:
            try:
                names.extend(self._found(argument))
            except QuotesError as error:
                self._skip_or_raise(argument, error)
        texts = (Path(name) for name in names if name != STANDARD_INPUT)
        if output is not None and str(output) != STANDARD_INPUT and any(is_same_file(output, each) for each in texts):
            raise UsageError(f"{output} is one of the texts to read; give another file with -o")
        return names

    def results(
        self, names: Sequence[str], work: Callable[[Document], Result], *, output_is_file: bool
    ) -> Iterator[tuple[Document, Result]]:
        """Yield each text with what the work gives, in order; texts that fail are left out or end the run."""
        from quotes.io.texts import TextFolder

        names_of_ids: dict[str, list[str]] = {}
        kept = None if self.keep_text is None else TextFolder(self.keep_text)
        with progress_bar(len(names), output_is_file=output_is_file) as begin:
            for name in names:
                begin(name)
                for document in self._read_or_skipped(name):
                    try:
                        result = work(document)
                    except Exception as error:  # whatever it is, one bad text must not cost the others
                        self._skip_or_raise(name, error)
                        continue
                    _warn_of_text(name, document)
                    same = names_of_ids.setdefault(document.id, [])
                    same.append(name)
                    if len(same) == 2:
                        warn(
                            f"{same[0]} and {name} have the same document id {document.id!r}; "
                            "tell their statements apart by provenance.document.path"
                        )
                    if kept is not None:
                        kept.keep(document)
                    yield document, result

    def read(self, name: str) -> Document:
        """Read a file with one text, or "-" for standard input, whose document has the id "stdin"."""
        found = self.read_all(name)
        if len(found) > 1:
            raise InputError(f"{name}: holds {len(found)} texts, and one is needed; save the one as a file of its own")
        return found[0]

    def read_all(self, name: str) -> list[Document]:
        """Read every text of a file, or of standard input."""
        from quotes.inputs.kinds import texts_of
        from quotes.text.document import documents_of, read_documents

        known: dict[str, Any] = {key: getattr(self, key) for key in ("published", "publisher", "title")}
        if name != STANDARD_INPUT:
            return read_documents(Path(name), encoding=self.encoding, max_bytes=self.max_bytes, **known)
        if sys.stdin is None:
            raise InputError("standard input is closed; give a file, or pipe a text in")
        if sys.stdin.isatty():
            report("Reading from the terminal: paste a text, then press Ctrl-D (on Windows Ctrl-Z and Enter).")
        data = read_at_most(sys.stdin.buffer, self.max_bytes, "standard input")
        found = texts_of(data, "", encoding=self.encoding, where="standard input", max_bytes=self.max_bytes)
        return documents_of(found, document_id="stdin", **known)

    def _read_or_skipped(self, name: str) -> list[Document]:
        try:
            return self.read_all(name)
        except Exception as error:  # a broken file must not cost the others
            self._skip_or_raise(name, error)
            return []

    def _found(self, argument: str) -> list[str]:
        """Return what one argument names: itself, or the texts in a folder."""
        from quotes.inputs.kinds import refuse_address

        refuse_address(argument)
        path = Path(argument)
        kind = "file" if argument == STANDARD_INPUT else kind_of(path)
        if not kind:
            raise InputError(f"no such file or folder: {argument}; check the name ('-' is standard input)")
        if kind == "file":
            return [argument]
        found = []
        for each in text_files(path):
            if isinstance(each, Path):
                found.append(str(each))
            elif each.is_folder:
                self._skip_or_raise(str(each.path), each.error())
            else:
                self._skip(str(each.path), each.reason)
        if not found and not self.skipped:
            raise InputError(f"no *.txt file in the folder {path}; give files with other endings by name")
        return found

    def _skip_or_raise(self, name: str, error: Exception) -> None:
        if not self.skip_errors or (traceback_wanted() and not isinstance(error, QuotesError)):
            raise error
        self._skip(name, str(error) if isinstance(error, QuotesError) else describe_fault(error))

    def _skip(self, name: str, reason: str) -> None:
        warn(f"skipped {name}: {reason}")
        self.skipped += 1


def _warn_of_text(name: str, document: Document) -> None:
    """Say why nothing, or nothing right, may have been found in a text."""
    from quotes.text.language import is_english

    if not document.text.strip():
        warn(f"{name}: there is no text in it")
    elif not is_english(document.text):
        warn(f"{name}: it does not read as English, the only language that is read; do not trust what is found")
