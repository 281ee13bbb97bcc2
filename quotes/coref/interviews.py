"""Tells who asks and who answers behind the labels "Q" and "A" of an interview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.coref.names import Name
from quotes.coref.referents import Figure
from quotes.coref.told_outlets import is_outlet
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import noun

QUESTIONS = frozenset({"q", "question", "interviewer"})
ANSWERS = frozenset({"a", "answer", "interviewee"})
_OF = frozenset({"at", "for", "from", "of", "with"})
_JOURNALISTS = frozenset({
    "columnist", "correspondent", "critic", "editor", "interviewer", "journalist", "presenter", "reporter",
})  # fmt: skip


def part_of_interview(
    label: str,
    parse: Parse,
    found: Sequence[Name],
    figures: Sequence[Figure],
    of_name: Sequence[int | None],
    opening: int,
) -> int | None:
    """Return the figure that asks or answers, as far as the words before the first turn tell.

    "Tamsin Orde of the Quayside Review met Eskil Brandvold": she asks, he answers.

    Args:
        label: The turn's label as written.
        parse: The parse.
        found: The document's names.
        figures: Its figures.
        of_name: The figure of each name, None where two fit.
        opening: Code point where the first turn begins.

    Returns:
        Index of the figure; None for another label, or where nobody or several could be meant.
    """
    plain = label.strip(" :.").casefold()
    if plain not in QUESTIONS | ANSWERS:
        return None
    askers: set[int] = set()
    others: set[int] = set()
    for name, figure in _people_before(parse, found, figures, of_name, opening):
        asks = _is_journalist(figures[figure]) or _of_outlet(parse, name, found, figures, of_name)
        (askers if asks else others).add(figure)
    wanted = askers if plain in QUESTIONS else others - askers
    return next(iter(wanted)) if len(wanted) == 1 else None


def _people_before(
    parse: Parse,
    found: Sequence[Name],
    figures: Sequence[Figure],
    of_name: Sequence[int | None],
    opening: int,
) -> Iterator[tuple[Name, int]]:
    for name, figure in zip(found, of_name, strict=True):
        if figure is None or parse.starts[name.first] >= opening:
            continue
        entity = figures[figure].entity
        sure = entity is not None and entity.sure and len(entity.name.split()) > 1
        if figures[figure].shown_type == "person" and (sure or figures[figure].gender in ("m", "f")):
            yield name, figure


def _is_journalist(figure: Figure) -> bool:
    return any(d.noun in _JOURNALISTS for d in figure.descriptions)


def _of_outlet(
    parse: Parse,
    name: Name,
    found: Sequence[Name],
    figures: Sequence[Figure],
    of_name: Sequence[int | None],
) -> bool:
    """Return whether an outlet's name stands behind "of", "from" or "for" and a person's name."""
    after = name.last + 1
    if after + 1 >= len(parse) or parse.words[after].lower() not in _OF:
        return False
    behind = next((i for i, other in enumerate(found) if after < other.first <= after + 3), None)
    figure = of_name[behind] if behind is not None else None
    entity = figures[figure].entity if figure is not None else None
    kind = noun(parse.lemmas[found[behind].last]) if behind is not None else None
    media = kind is not None and kind.kind in ("newspaper", "broadcaster")
    return entity is not None and (media or is_outlet(entity))
