"""What is known of a document before its expressions are bound, and what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.candidates.candidate import Candidate
from quotes.coref.appositions import Learned
from quotes.coref.entities import Registry
from quotes.coref.expressions import Expression
from quotes.coref.names import Name
from quotes.coref.referents import Figure, Reference
from quotes.syntax.parse import Parse


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
    attributions: Sequence[Candidate]
    expressions: tuple[Expression, ...]
    quoted: tuple[bool, ...]
