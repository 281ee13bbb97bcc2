"""Compares statements with what a person expects of them.

`expectations` reads the expected statements, `matching` finds which found
statement answers which expected one, `comparison` says what is missing, extra or
different, `fixtures` does all of it for a folder with an article, `versions` compares two
outputs with each other, and `agreement` two reviewers.
"""

from __future__ import annotations

from quotes.io.saved import read_statements
from quotes.validation.agreement import Agreement, ArticleAgreement, FieldAgreement, agreement
from quotes.validation.comparison import Comparison, Difference, ExpectedFailure, Mismatch, compare
from quotes.validation.expectations import Expectations, ExpectedStatement, read_expectations
from quotes.validation.fixtures import Fixture, find_fixtures, read_fixture, validate_fixture
from quotes.validation.versions import Changed, Changes, changes

__all__ = [
    "Agreement",
    "ArticleAgreement",
    "Changed",
    "Changes",
    "Comparison",
    "Difference",
    "Expectations",
    "ExpectedFailure",
    "ExpectedStatement",
    "FieldAgreement",
    "Fixture",
    "Mismatch",
    "agreement",
    "changes",
    "compare",
    "find_fixtures",
    "read_expectations",
    "read_fixture",
    "read_statements",
    "validate_fixture",
]
