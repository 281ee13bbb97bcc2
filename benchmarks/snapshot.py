"""Writes what comes out of every text at hand, so that two versions can be compared to the byte.

    python benchmarks/snapshot.py before.jsonl fixtures ../shared/polnear/dev.jsonl ...
    python benchmarks/snapshot.py after.jsonl fixtures ../shared/polnear/dev.jsonl ...
    cmp before.jsonl after.jsonl

Each argument after the first is a folder (its ``*.txt`` files) or JSON Lines with a ``text``.
A redesign moves first and changes no byte of this; what a later change alters shows up in
``diff``, a statement a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import quotes


def texts(source: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield id, text and day of publication of each document of a folder or a JSON Lines file."""
    if source.is_dir():
        for path in sorted(source.rglob("*.txt")):
            yield f"{path.parent.name}/{path.stem}", path.read_bytes().decode("utf-8"), None
        source = source / "rules"
    for file in sorted(source.glob("*.jsonl")) if source.is_dir() else filter(Path.is_file, [source]):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            record = json.loads(line)
            name = record.get("id") or record.get("doc_id") or f"{file.stem}:{number}"
            yield str(name), record["text"], record.get("published")


def main() -> None:
    """Extract everything with every attitude and write a statement a line."""
    output, *sources = map(Path, sys.argv[1:])
    extractor = quotes.Extractor(attitudes="all")
    with output.open("w", encoding="utf-8") as file:
        for source in sources:
            for name, text, published in texts(source):
                statements = extractor.extract(text, document_id=name, published=published)
                file.writelines(statement.model_dump_json() + "\n" for statement in statements)


if __name__ == "__main__":
    main()
