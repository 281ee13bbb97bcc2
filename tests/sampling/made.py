"""Made statements of an archive, and the files that hold them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from quotes.models import Statement
from tests.conftest import make_statement

PUBLISHERS = ("Castell Wire", "Marlow Wire", None)
KINDS = ("direct", "indirect", "indirect", "mixed")


def made(number: int) -> Statement:
    """The statement of a number: ten to a document, of an outlet that six, three or one of ten documents have."""
    document = number // 10
    base = make_statement(f"word {number}", at=number % 10 * 20, document=f"d{document:05d}")
    outlet = PUBLISHERS[0 if document % 10 < 6 else 1 if document % 10 < 9 else 2]
    info = base.provenance.document.model_copy(update={"publisher": outlet, "sha256": f"{document:064x}"})
    provenance = base.provenance.model_copy(update={"document": info})
    fields = {"id": f"{number:016x}", "kind": KINDS[number % 4], "provenance": provenance}
    return base.model_copy(update=fields)


def saved(statements: Sequence[Statement], path: Path) -> Path:
    """A file of statements, in the form of its suffix."""
    records = [each.model_dump(mode="json") for each in statements]
    if path.suffix == ".json":
        path.write_text(json.dumps(records), "utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, records)) + "\n\n", "utf-8")
    else:
        import pyarrow as pa

        from quotes.corpus.arrow import statement_schema
        from quotes.corpus.outputs import write_output

        rows = [each.model_dump() for each in statements]
        write_output(path, [pa.RecordBatch.from_pylist(rows, schema=statement_schema())])
    return path
