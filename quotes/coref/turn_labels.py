"""Matches the labels of transcript turns ("MR OBUYA-FINCH:") with the people a text introduces."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.coref.referents import Figure
from quotes.syntax.vocabulary import folded, honorific


def turn_speaker(label: str, figures: Sequence[Figure]) -> int | None:
    """Return the figure that a label names.

    Args:
        label: The label as written, with or without its colon.
        figures: The document's figures.

    Returns:
        Index of the only named figure that the label fits by full name, surname,
        office or initials; None without one or with several.

    """
    words = [w for w in folded(label.strip(" :\t")).replace(",", " ").split() if w]
    genders = {shown[0] for w in words[:-1] if (shown := honorific(w)) is not None} - {"-"}
    bare = [w for i, w in enumerate(words) if i == len(words) - 1 or honorific(w) is None]
    people = [(i, f) for i, f in enumerate(figures) if f.entity is not None and _may_be(f, genders)]
    for fits in (_is_full_name, _is_surname, _is_office, _is_initials):
        found = [i for i, f in people if fits(bare, f)]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _may_be(figure: Figure, genders: set[str]) -> bool:
    return not genders or figure.gender == "-" or figure.gender in genders


def _name_words(figure: Figure) -> list[str]:
    return folded(figure.entity.name).split() if figure.entity is not None else []


def _is_full_name(label: list[str], figure: Figure) -> bool:
    return label[-len(_name_words(figure)) :] == _name_words(figure) and not _is_label(figure)


def _is_label(figure: Figure) -> bool:
    """Return whether a figure is known only from labels in capitals, so that it names nobody."""
    return figure.entity is not None and figure.entity.name.isupper() and len(figure.entity.name) <= 2


def _is_surname(label: list[str], figure: Figure) -> bool:
    name = _name_words(figure)
    return (
        len(name) > 1
        and bool(label)
        and (label[-1] == name[-1] or label == name[:1] or label == name[-len(label) :])
    )


def _is_office(label: list[str], figure: Figure) -> bool:
    office = " ".join(w for w in label if w != "the")
    return bool(office) and any(d.noun == office for d in figure.descriptions)


def _is_initials(label: list[str], figure: Figure) -> bool:
    name = _name_words(figure)
    return len(label) == 1 and len(name) > 1 and len(label[0]) > 1 and label[0] == "".join(w[0] for w in name)
