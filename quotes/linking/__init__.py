"""Which reports report the same utterance, and which had it first.

Statements of many documents become `reports`; pairs of them that may report one utterance are found
by the rare words that they share (`candidates`); a fitted sum of named features says how likely each
pair does (`features`, `model`); `clusters` joins likely pairs, conflicts keep apart; `families` says
what each member makes of the fullest wording. A `window` holds the reports that are compared at once, as rows
and columns; an `archive` is gone through block by block. `people` tells who is who in different documents and
`copies` which documents are copies of one report.

>>> link([])
[]
"""

from __future__ import annotations

from quotes.linking.families import link

__all__ = ["link"]
