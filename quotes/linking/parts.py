"""A part of an archive: what a worker, of whatever machine, needs to compare the blocks in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.io.json import parsed_json
from quotes.linking.blocks import Block
from quotes.linking.pairs import BlockComparer, Edges
from quotes.linking.people import Bearers
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import Rarity


@dataclass(frozen=True, slots=True)
class Part:
    """Statements of whole documents, in order.

    Attributes:
        first: The place of the first of them.
        records: Each as JSON.
        people: The id of each name that the caller knows.
        bearers: Whom a surname alone means, in all documents.
        rarity: How rare terms are.
    """

    first: int
    records: Sequence[str]
    people: Mapping[str, str]
    bearers: Bearers
    rarity: Rarity

    def reports(self, first: int, end: int) -> list[Report]:
        """Return the reports of whole documents, those from one place to before another."""
        records = self.records[first - self.first : end - self.first]
        return reports_of([parsed_json(record) for record in records], self.people, self.bearers)

    def edges(self, blocks: Sequence[Block]) -> list[Edges]:
        """Return the pairs that each of some blocks adds that follow each other, all of them in this part."""
        comparer = BlockComparer(self.rarity, self.reports)
        return [comparer.edges(block) for block in blocks]
