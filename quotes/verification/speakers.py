"""Whether the label of a turn and the speaker of a statement can be the same person."""

from __future__ import annotations

import re
from functools import lru_cache

from quotes.lexicon import words
from quotes.lexicon.entries import folded, honorific, is_particle
from quotes.models import Entity

_PART = re.compile(r"[^\W\d_][\w'’.-]*")
_SHORTEST_NAME = 2


def same_speaker(speaker: Entity | None, label: str) -> bool | None:
    """Return whether a label names the speaker, None where nobody can tell.

    "MR. QUINT" is Silas Quint and not Ruth Okafor; whether "THE CLERK" is Ann Kord only her
    office tells; "Q" and "SPEAKER 2" may be anybody.
    """
    if speaker is None or speaker.type in ("organization", "group", "document", "place"):
        return None
    said, told = _names(speaker.name or ""), _names(label)
    if said and told:
        whole = len(said) > 1 and len(told) > 1
        return said[-1] == told[-1] if whole else not set(said).isdisjoint(told)
    written = [span.text for span in (speaker.role, speaker.mention) if span is not None]
    offices = _offices(" ".join([*written, speaker.name or ""]))
    return True if offices & _offices(label) else None


@lru_cache(maxsize=1024)
def _names(written: str) -> tuple[str, ...]:
    """Return the parts of a name in order, without titles, offices and particles."""
    return tuple(part for part in _parts(written) if not _is_office(part) and not is_particle(part))


@lru_cache(maxsize=1024)
def _offices(written: str) -> frozenset[str]:
    return frozenset(part for part in _parts(written) if part in words("person_nouns"))


def _parts(written: str) -> list[str]:
    own = written.partition(",")[0] or written
    parts = (folded(found[0]).removesuffix("'s") for found in _PART.finditer(own))
    return [part for part in parts if len(part) >= _SHORTEST_NAME]


def _is_office(part: str) -> bool:
    return part in words("person_nouns") or part in words("label_particles") or honorific(part) is not None
