"""What keeps two reports out of one family whatever else they share."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from quotes.linking.people import compared
from quotes.linking.reports import Report
from quotes.linking.terms import Rarity

_NEARLY_ALL = 0.7
"""Share of the words of either that the other has, from which a negation in one of them makes it a denial."""
_NEARLY_THE_SAME = 0.9
_LONG_QUOTATION = 15.0
"""Weight of the words that two quotations share: about four rare ones."""
_ROUNDED = Decimal("0.02")
"""How far apart two figures may be to be the same one, rounded."""
_SAME_DAYS = 1
"""Days by which two reports may disagree about when words were said: a night, a time zone."""


def conflict(one: Report, other: Report, rarity: Rarity) -> bool:
    """Return whether two reports cannot be of one utterance.

    They cannot where they tell another day, name another person, have other figures, or where the one
    denies what the other says.
    """
    return (
        (compared(one.speaker, other.speaker) == "different" and not _same_quotation(one, other, rarity))
        or _other_day(one, other)
        or _other_figures(one, other)
        or _denial(one, other, rarity)
    )


def _same_quotation(one: Report, other: Report, rarity: Rarity) -> bool:
    """Return whether two quote so much alike that one of the two names of its speaker must be wrong."""
    shared = rarity.mass(one.quoted_terms & other.quoted_terms)
    masses = [rarity.mass(each.quoted_terms) for each in (one, other)]
    return shared >= _LONG_QUOTATION and shared >= _NEARLY_THE_SAME * min(masses)


def _other_day(one: Report, other: Report) -> bool:
    if one.spoken is not None and other.spoken is not None:
        return abs(one.spoken - other.spoken) > _SAME_DAYS
    return False


def _other_figures(one: Report, other: Report) -> bool:
    """Return whether both have figures, and none of the one is any of the other's, rounded."""
    if not one.numbers or not other.numbers or one.numbers & other.numbers:
        return False
    return not any(_nearly(a, b) for a in map(_value, one.numbers) for b in map(_value, other.numbers))


def _nearly(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _value(form: str) -> Decimal | None:
    try:
        return Decimal(form.rstrip("stndrh"))
    except InvalidOperation:
        return None


def _denial(one: Report, other: Report, rarity: Rarity) -> bool:
    """Return whether the two have nearly the same words, and one of them an odd number of negations more."""
    if one.denies == other.denies:
        return False
    shared = rarity.mass(one.terms.keys() & other.terms.keys())
    return shared >= _NEARLY_ALL * max(rarity.mass(one.terms.keys()), rarity.mass(other.terms.keys()))
