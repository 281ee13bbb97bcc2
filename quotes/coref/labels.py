"""Finds who speaks under the label of a turn: "MR OBUYA-FINCH:", and "Q:" and "A:" of an interview."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.coref.discourse import Discourse
from quotes.coref.names import Name
from quotes.coref.referents import Referent
from quotes.lexicon.entries import folded, honorific, word_class

_NOT_NAMED = 5


def speaker_of_label(discourse: Discourse, label: str) -> int | None:
    """Return the referent that a turn's label means, None where it means nobody or several."""
    asker = _part_of_interview(discourse, label)
    if asker is not None or label.strip(" :.").casefold() in ("q", "a"):
        return asker  # "Q." is nobody whose first name is "Q."
    bare, _ = _words(label)
    keys = {*bare, _office(bare)}
    some = sorted({index for key in keys for index in discourse.by_label.get(key, ())})
    return referent_of_label(label, {index: discourse.referents[index] for index in some})


def referent_of_label(label: str, referents: Mapping[int, Referent]) -> int | None:
    """Return the only named referent, of some by their indices, that a label fits: by name, office or initials."""
    bare, genders = _words(label)
    ranked: dict[int, list[int]] = {}
    for index, referent in referents.items():
        if not genders or referent.gender == "-" or referent.gender in genders:
            ranked.setdefault(_rank(bare, referent), []).append(index)
    best = min(ranked, default=_NOT_NAMED)
    return ranked[best][0] if best != _NOT_NAMED and len(ranked[best]) == 1 else None


def _words(label: str) -> tuple[list[str], set[str]]:
    """Return the words of a label without titles, and the genders that the titles tell."""
    split = folded(label.strip(" :\t")).replace(",", " ").split()
    genders = {shown.gender for word in split[:-1] if (shown := honorific(word)) is not None} - {"-"}
    return [word for i, word in enumerate(split) if i == len(split) - 1 or honorific(word) is None], genders


def _office(label: list[str]) -> str:
    return " ".join(word for word in label if word != "the")


def _rank(label: list[str], referent: Referent) -> int:
    """Return how a label names a referent: 0 by full name, 1 surname, 2 label, 3 office, 4 initials, 5 no."""
    if referent.name is None:
        return _NOT_NAMED
    name = folded(referent.name).split()
    is_bare_label = referent.name.isupper() and len(referent.name) <= 2  # "Q"
    if label[-len(name) :] == name and not is_bare_label:
        return 2 if referent.name.isupper() and len(name) == 1 else 0  # only labels have it: "LI"
    by_part = label and (label[-1] == name[-1] or label == name[:1] or label == name[-len(label) :])
    if len(name) > 1 and by_part:
        return 1
    office = _office(label)
    if office and any(d.noun == office for d in referent.descriptions):
        return 3
    initials = "".join(word[0] for word in name)
    return 4 if len(name) > 1 and label == [initials] else _NOT_NAMED


def _part_of_interview(discourse: Discourse, label: str) -> int | None:
    """Return who asks or answers, as far as the words before the first turn tell.

    "Tamsin Orde of the Quayside Review met Eskil Brandvold": she asks, he answers.
    """
    part = label.strip(" :.").casefold()
    asks = part in word_class("interview_question")
    if not asks and part not in word_class("interview_answer"):
        return None
    opening = min(candidate.content[0].start for candidate in discourse.candidates if candidate.is_turn)
    askers: set[int] = set()
    others: set[int] = set()
    for name, entity in zip(discourse.names, discourse.grouping.of_name, strict=True):
        if entity is None or discourse.parse.starts[name.first] >= opening:
            continue
        referent = discourse.referents[entity]
        sure = (referent.sure and " " in (referent.name or "")) or referent.gender in ("m", "f")
        if referent.shown_type == "person" and sure:
            nouns = {description.noun for description in referent.descriptions}
            is_journalist = bool(nouns & word_class("journalist")) or _is_of_outlet(discourse, name)
            (askers if is_journalist else others).add(entity)
    wanted = askers if asks else others - askers
    return next(iter(wanted)) if len(wanted) == 1 else None


def _is_of_outlet(discourse: Discourse, name: Name) -> bool:
    """Return whether an outlet's name comes after "of", "from" or "for" and a person's name."""
    parse, after = discourse.parse, name.last + 1
    if after >= len(parse) or parse.lower(after) not in word_class("affiliation_preposition"):
        return False
    near = [discourse.entity_at.get(token) for token in range(after + 1, after + 4)]
    entity = next((entity for entity in near if entity is not None), None)
    return entity is not None and discourse.entities[entity].is_outlet
