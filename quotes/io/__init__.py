"""Statements in the forms that other tools take; two of them can be read back.

Each writer takes pairs of a document and its statements, as
``zip(documents, extractor.pipe(documents))`` gives them:

- `write_csv`: a table for a spreadsheet, one row a statement;
- `write_webannotation`: W3C Web Annotations as JSON-LD, read by `read_webannotation`;
- `write_brat`: a folder of brat standoff files, read by `read_brat`;
- `write_tei`: TEI P5 with ``<said>`` elements.

JSON and JSON Lines, the product's own form, are written by `quotes.io.json`.
"""

from __future__ import annotations

from quotes.io.brat import read_brat, write_brat
from quotes.io.csv import write_csv
from quotes.io.records import Extracted
from quotes.io.tei import write_tei
from quotes.io.webannotation import read_webannotation, write_webannotation

__all__ = [
    "Extracted",
    "read_brat",
    "read_webannotation",
    "write_brat",
    "write_csv",
    "write_tei",
    "write_webannotation",
]
