"""Keeps the texts that offsets refer to, each in a file of its own, and what is known about where it is from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import OutputError
from quotes.files import replaced
from quotes.io.brat import file_name, same_file
from quotes.io.json import json_text
from quotes.io.records import unused_name

if TYPE_CHECKING:
    from quotes.text.document import Document


@dataclass
class TextFolder:
    """A folder of texts; files of the same names in it are replaced."""

    folder: Path
    taken: dict[str, int] = field(default_factory=dict)

    def keep(self, document: Document) -> Path:
        r"""Write a document's text as ID.txt, to the letter, and, if it was taken out of a file, ID.json beside it.

        The JSON object has ``path``, ``sha256`` of the text, ``original`` and, for subtitles, ``timings``
        (offsets and seconds). Lone surrogates, which UTF-8 cannot hold, become "\ufffd".

        Raises:
            OutputError: A file cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"cannot make the folder {self.folder}: {error.strerror or error}; give another"
            ) from error
        name = unused_name(file_name(document.id), self.taken, key=same_file)
        path = self.folder / f"{name}.txt"
        text = document.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        _write(path, text)
        if document.original is not None:
            about = {
                **{key: getattr(document, key) for key in ("id", "path", "sha256", "title", "publisher", "published")},
                "original": asdict(document.original),
                "timings": [asdict(each) for each in document.timings],
            }
            _write(path.with_name(f"{name}.json"), json_text(about, indent=2) + "\n")
        return path


def _write(path: Path, text: str) -> None:
    with replaced(path) as temporary:
        temporary.write_text(text, "utf-8", newline="")
