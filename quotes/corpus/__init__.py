"""Archives of documents in, tables of statements out: many processes, resume, Arrow.

Documents are read one after the other (`readers`) and cut into numbered batches
(`records`); one function turns the Arrow record batch of their documents into
one of statements (`transform`). Workers run it (`engine`): processes of this machine, or
actors of a Ray cluster (`ray_engine`). Finished batches are in a
work folder (`checkpoint`) until the output is put together from them in the
order of the input (`outputs`): neither the number of workers nor a killed run
can change a byte of it.

Nothing here is imported by ``import quotes``; PyArrow, DuckDB and Ray are extras.
"""

from __future__ import annotations

from quotes.corpus.arrow import document_schema, statement_schema
from quotes.corpus.readers import Archive
from quotes.corpus.records import BadDocument, Columns
from quotes.corpus.run import CorpusRun, Summary, run_corpus
from quotes.corpus.settings import Settings
from quotes.corpus.transform import statements_of_batch, statements_of_batches

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
