"""What is known of a document before its expressions are bound, and what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.attributions import Attribution
from quotes.identity.appositions import Learned
from quotes.identity.entities import Registry
from quotes.identity.expressions import Expression
from quotes.identity.figures import Figure, Reference
from quotes.identity.names import Name
from quotes.parse import Parse


@dataclass(frozen=True, slots=True)
class Bound:
    """What the expressions of a document refer to.

    Attributes:
        figures: The named entities first, then everybody met without a name.
        references: By head token; for a name, by each of its tokens.
    """

    figures: tuple[Figure, ...]
    references: dict[int, Reference]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known before the reading starts."""

    parse: Parse
    found: tuple[Name, ...]
    learned: Learned
    registry: Registry
    attributions: Sequence[Attribution]
    expressions: tuple[Expression, ...]
    quoted: tuple[bool, ...]
