"""Archives of documents in, tables of statements out: many processes, resume, Arrow.

Documents are read one after the other (`readers`), cut into numbered batches
(`batches`), and each batch becomes statements through one function, which takes
and gives Arrow record batches (`seam`). An engine runs that function in worker
processes (`workers`) or on a Ray cluster (`ray_engine`). What is finished stands
in a work folder (`parts`) until the output is put together from it in the order
of the input (`outputs`): neither the number of workers nor a killed run can
change a byte of it.

Nothing here is imported by ``import quotes``; PyArrow, DuckDB and Ray are extras.
"""

from __future__ import annotations

from quotes.corpus.arrow import document_schema, statement_schema
from quotes.corpus.readers import Archive
from quotes.corpus.records import Columns
from quotes.corpus.run import CorpusRun, Summary, run_corpus
from quotes.corpus.settings import Settings
from quotes.corpus.transform import BadDocument, statements_of_batch, statements_of_batches

__all__ = [
    "Archive",
    "BadDocument",
    "Columns",
    "CorpusRun",
    "Settings",
    "Summary",
    "document_schema",
    "run_corpus",
    "statement_schema",
    "statements_of_batch",
    "statements_of_batches",
]
