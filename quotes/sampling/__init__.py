"""Statements of an archive drawn for a person to judge, and what the judgement says of all the others.

`design` says which strata there are and how many statements each gives, `reading` goes through saved statements
without taking them into memory, `drawing` draws, `articles` finds the texts, and `precision` tells from a review how
many of the archive's statements are right.
"""

from __future__ import annotations

from quotes.sampling.articles import write_articles
from quotes.sampling.design import FIELDS, Design, Stratum, allocation, chosen_fields, read_design, write_design
from quotes.sampling.drawing import draw
from quotes.sampling.precision import Precision, StratumPrecision, precision_of_sample, stratified

__all__ = [
    "FIELDS",
    "Design",
    "Precision",
    "Stratum",
    "StratumPrecision",
    "allocation",
    "chosen_fields",
    "draw",
    "precision_of_sample",
    "read_design",
    "stratified",
    "write_articles",
    "write_design",
]
