"""What an extractor found, judged and put right by a person.

`items` holds a review as it stands, `actions` what a reviewer can do to one, `opening` begins one with what an
extractor finds and nearly took, `settling` with what two reviewers have decided. `desk` keeps it on the disk action by
action, `session` several of them, `export` makes fixtures and a corpus of it, and `summary` says how far to trust what
was not reviewed.
"""

from __future__ import annotations

from quotes.review.actions import perform
from quotes.review.desk import Desk, StaleError, desks_below, open_desk
from quotes.review.export import corpus_record, expectations_record, write_corpus, write_fixture
from quotes.review.items import Item, Review
from quotes.review.opening import begin, with_given
from quotes.review.session import Session
from quotes.review.settling import settled
from quotes.review.summary import Share, Summary, summarise

__all__ = [
    "Desk",
    "Item",
    "Review",
    "Session",
    "Share",
    "StaleError",
    "Summary",
    "begin",
    "corpus_record",
    "desks_below",
    "expectations_record",
    "open_desk",
    "perform",
    "settled",
    "summarise",
    "with_given",
    "write_corpus",
    "write_fixture",
]
