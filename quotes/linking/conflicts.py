"""What keeps two reports out of one family whatever else they share."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import numpy as np

from quotes.linking.people import Person, compared
from quotes.linking.window import Array, Window

_NEARLY_ALL = 0.7
"""Share of the words of either that the other has, from which a negation in one of them makes it a denial."""
_NEARLY_THE_SAME = 0.9
_LONG_QUOTATION = 15.0
"""Weight of the words that two quotations share: about four rare ones."""
_ROUNDED = Decimal("0.02")
"""How far apart two figures may be to be the same one, rounded."""
_SAME_DAYS = 1
"""Days by which two reports may disagree about when words were said: a night, a time zone."""


def conflicts(window: Window, ones: Array, others: Array) -> Array:
    """Return which pairs of reports of a window, given by their indices, cannot be of one utterance.

    They cannot where they tell another day, name another person who spoke or was spoken to, or another outlet,
    have other figures, or where the one denies what the other says.
    """
    is_other = window.of_values(compared, "speaker", "speaker", ones, others) == "different"
    return (
        (is_other & ~_same_quotation(window, ones, others))
        | _other_day(window, ones, others)
        | window.of_values(_are_two_bodies, "carrier", "carrier", ones, others)
        | window.of_values(_are_two_people, "hearer", "hearer", ones, others)
        | _other_figures(window, ones, others)
        | _denial(window, ones, others)
    )


def _same_quotation(window: Window, ones: Array, others: Array) -> Array:
    """Return which two quote so much alike that one of the two names of their speaker must be wrong."""
    masses, shared = window.masses("quoted"), window.shared("quoted", "quoted", ones, others)
    return (shared >= _LONG_QUOTATION) & (shared >= _NEARLY_THE_SAME * np.minimum(masses[ones], masses[others]))


def _other_day(window: Window, ones: Array, others: Array) -> Array:
    days = window.columns["spoken"]
    return np.abs(days[ones] - days[others]) > _SAME_DAYS


def _are_two_bodies(one: Person | None, other: Person | None) -> bool:
    return _are_two(one, other, "organization")


def _are_two_people(one: Person | None, other: Person | None) -> bool:
    return _are_two(one, other, "person")


def _are_two(one: Person | None, other: Person | None, kind: str) -> bool:
    known = one is not None and other is not None and one.type == other.type == kind
    return known and compared(one, other) == "different"


def _other_figures(window: Window, ones: Array, others: Array) -> Array:
    """Return which two both have figures, and none of the one is any of the other's, rounded."""
    figures = window.columns["numbers"]
    found = (figures[ones] > 0) & (figures[others] > 0)
    for at in np.flatnonzero(found).tolist():
        one, other = window.reports[ones[at]].numbers, window.reports[others[at]].numbers
        found[at] = not one & other and not any(_nearly(a, b) for a in map(_value, one) for b in map(_value, other))
    return found


def _nearly(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _value(form: str) -> Decimal | None:
    try:
        return Decimal(form.rstrip("stndrh"))
    except InvalidOperation:
        return None


def _denial(window: Window, ones: Array, others: Array) -> Array:
    """Return which two have nearly the same words, and one of them an odd number of negations more."""
    masses, shared = window.masses("terms"), window.shared("terms", "terms", ones, others)
    return ~window.are_equal("denies", ones, others) & (
        shared >= _NEARLY_ALL * np.maximum(masses[ones], masses[others])
    )
