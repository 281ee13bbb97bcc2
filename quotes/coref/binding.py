"""Reads a document once from front to back and binds every referring expression.

Binding all of them, not only the mentions that are asked for, is what keeps
track of who the text is about: "He walked to the far wall" makes the same man
the subject of what follows.
"""

from __future__ import annotations

from collections import Counter

from quotes.coref.descriptions import antecedent_by_description, callings, gender_from_content
from quotes.coref.expressions import Expression
from quotes.coref.pronouns import antecedent_of_pronoun, antecedent_of_relative, later_antecedent
from quotes.coref.records import Bound, Reading
from quotes.coref.referents import Figure, Reference, compatible_gender
from quotes.coref.salience import (
    QUOTED_MENTION,
    SPEAKER,
    Salience,
    reading_clock,
    weight,
)
from quotes.syntax.noun_phrases import Description, describe, is_indefinite, is_quantified, possessor
from quotes.syntax.vocabulary import gender_leaning, pronoun, reciprocals

_OWNED_WEIGHT = 0.6
"""What counts of the first mention of somebody who is introduced by another ("Her supervisor, R. K.")."""


def bind(reading: Reading) -> Bound:
    """Bind every expression; read again where gender was learned late, so that it counts from the start."""
    discourse = Discourse(reading, {})
    discourse.read()
    learned = discourse.genders_learned()
    if any(reading.registry.entities[i].gender != gender for i, gender in learned.items()):
        discourse = Discourse(reading, learned)
        discourse.read()
    return Bound(tuple(discourse.figures), discourse.references)


class Discourse:
    """The state of one reading."""

    def __init__(self, reading: Reading, genders: dict[int, str]) -> None:
        self.reading = reading
        self.parse = reading.parse
        self.figures: list[Figure] = [
            Figure(
                e,
                e.type,
                genders.get(i, e.gender),
                e.type == "group",
                e.descriptions,
                e.first,
                None,
                _leaning(e.name, e.type),
            )
            for i, e in enumerate(reading.registry.entities)
        ]
        self.called: dict[str, list[int]] = {}
        self.groups: dict[int, int] = {}
        self.relations: dict[tuple[int, str], int] = {}
        self.owned: dict[tuple[int, str], int] = {}
        for index, figure in enumerate(self.figures):
            self._index(index, figure)
        self.references: dict[int, Reference] = {}
        self.salience = Salience()
        self.clock = reading_clock(reading.parse, reading.quoted)
        self.seen: set[int] = set()
        self.votes: dict[int, Counter[str]] = {}
        self.entity_at = {
            t: reading.registry.of_name[i]
            for i, name in enumerate(reading.found)
            for t in range(name.first, name.last + 1)
        }
        self.rivals: dict[int, set[int]] = {}
        for fitting in reading.registry.open_to.values():
            for one in fitting:
                self.rivals.setdefault(one, set()).update(set(fitting) - {one})
        self.apposed = {
            noun: self.entity_at[first]
            for noun, first in reading.learned.named.items()
            if first in self.entity_at
        }

    def read(self) -> None:
        """Bind the expressions in order, then the pronouns that come before their name."""
        for expression in self.reading.expressions:
            reference = self._reference(expression)
            if reference is None:
                continue
            self._note(expression, reference)
        for expression in self.reading.expressions:
            if expression.kind == "pronoun" and expression.speaks is not None:
                reference = self.references.get(expression.token)
                if reference is not None and reference.by == "no antecedent":
                    self.references[expression.token] = later_antecedent(self, expression)

    def now(self, token: int) -> float:
        """Return the reading time of a token's sentence."""
        return self.clock[self.parse.sentences[token]]

    def genders_learned(self) -> dict[int, str]:
        """Return the genders that unambiguous pronouns gave to entities."""
        out: dict[int, str] = {}
        for figure, votes in self.votes.items():
            (gender, most), *rest = votes.most_common()
            if figure < len(self.reading.registry.entities) and (not rest or most > 2 * rest[0][1]):
                out[figure] = gender
        return out

    def vote(self, figure: int, gender: str) -> None:
        """Record that a pronoun of a gender could only mean this figure."""
        known = self.figures[figure]
        if known.gender not in ("-", gender) or (
            gender == "n" and (known.entity is None or known.entity.sure)
        ):
            return
        self.votes.setdefault(figure, Counter())[gender] += 1
        if known.gender == "-":
            self.figures[figure] = known._replace(gender=gender)

    def _reference(self, expression: Expression) -> Reference | None:
        if expression.kind == "name":
            return self._name(expression)
        if expression.kind == "pronoun":
            return self._pronoun(expression)
        return self._noun(expression)

    def _name(self, expression: Expression) -> Reference:
        assert expression.name is not None
        name = self.reading.found[expression.name]
        figure = self.reading.registry.of_name[expression.name]
        if figure is None:
            return Reference(None, "unresolved")
        entity = self.figures[figure].entity
        whole = entity is None or name.text == entity.name or len(name.words) > 1
        return Reference(figure, "name" if whole else "alias")

    def _pronoun(self, expression: Expression) -> Reference:
        known = pronoun(self.parse.words[expression.token])
        assert known is not None
        if known.case == "relative":
            return antecedent_of_relative(self, expression)
        return antecedent_of_pronoun(self, expression, known)

    def _noun(self, expression: Expression) -> Reference | None:
        token = expression.token
        if is_quantified(self.parse, token) and not expression.mention:
            return None  # "every possible voter" is nobody whom "he" could mean
        named = self.apposed.get(token)
        if named is not None:
            return Reference(named, "name")
        description = describe(self.parse, token)
        owner = self._owner(token)
        gender = gender_from_content(self, expression) if expression.speaks is not None else "-"
        if description.gender == "-" and gender != "-":
            description = description._replace(gender=gender)
        if owner is not None and (partner := self._reciprocal(owner, description)) is not None:
            return Reference(partner, "title")
        if not is_indefinite(self.parse, token):
            found = antecedent_by_description(self, expression, description, owner)
            if found is not None:
                return found
        return Reference(self.bring_in(token, description, owner), "new")

    def bring_in(self, token: int, description: Description | None = None, owner: int | None = None) -> int:
        """Add somebody or something that a noun mentions for the first time, and return its index."""
        known = description or describe(self.parse, token)
        figure = Figure(None, known.type, known.gender, known.plural, (known,), token, owner)
        self.figures.append(figure)
        self._index(len(self.figures) - 1, figure)
        return len(self.figures) - 1

    def _reciprocal(self, owner: int, description: Description) -> int | None:
        """Return A for "her husband" where B was brought in as "A's wife", None otherwise."""
        for noun in reciprocals(description.noun):
            relation = self.relations.get((owner, noun))
            if relation is not None and compatible_gender(self.figures[relation], description.gender) > 0:
                return relation
        return None

    def _index(self, index: int, figure: Figure) -> None:
        """File a figure under the nouns that can call it up again."""
        for key in callings(figure):
            self.called.setdefault(key, []).append(index)
        if figure.owner is not None:
            for description in figure.descriptions:
                self.owned[figure.owner, description.noun] = index

    def _owner(self, token: int) -> int | None:
        owner = possessor(self.parse, token)
        if owner is None:
            return None
        reference = self.references.get(owner)
        return reference.figure if reference else None

    def _note(self, expression: Expression, reference: Reference) -> None:
        """Record a reference and let it raise the figure's salience."""
        token = expression.token
        self.references[token] = reference
        if expression.name is not None:
            name = self.reading.found[expression.name]
            for part in range(name.first, name.last + 1):
                self.references[part] = reference
        figure = reference.figure
        if figure is None:
            self._note_open(expression)
            return
        value = self._weight(expression, figure)
        self.salience.mention(figure, self.now(token), value)
        self.seen.add(figure)
        self._note_relations(expression, figure)
        if self.parse.deps[token] == "conj" and not expression.quoted:
            self._note_coordination(expression, figure)

    def _note_open(self, expression: Expression) -> None:
        """Let a surname of two people raise both: "he" may mean the one who is a man."""
        if expression.name is None:
            return
        for figure in self.reading.registry.open_to.get(expression.name, ()):
            self.salience.mention(figure, self.now(expression.token), self._weight(expression, figure))

    def _note_relations(self, expression: Expression, figure: int) -> None:
        """Remember whose wife, rival or grandson a figure is said to be."""
        heads: tuple[int, ...] = (expression.token,)
        if expression.name is not None:
            heads = self.reading.learned.noun_beside[self.reading.found[expression.name].first]
        for head in heads:
            owner = self._owner(head)
            if owner is not None and owner != figure:
                relation = self.parse.lemmas[head]
                self.relations[figure, relation] = owner
                self.owned.setdefault((owner, relation), figure)

    def _note_coordination(self, expression: Expression, figure: int) -> None:
        """Make a group of coordinated subjects, so that "they" can mean both."""
        parse, token = self.parse, expression.token
        head = parse.heads[token]
        before = self.references.get(head)
        if before is None or before.figure in (None, figure):
            return
        group = self.groups.get(head)
        members = (*(self.figures[group].members if group is not None else (before.figure,)), figure)
        first = self.figures[group].head if group is not None else head
        self.figures.append(
            Figure(None, "group", "-", True, (), first, None, "-", tuple(m for m in members if m is not None))
        )
        self.groups[token] = len(self.figures) - 1
        self.salience.mention(self.groups[token], self.now(token), weight(parse, first))

    def _weight(self, expression: Expression, figure: int) -> float:
        if expression.quoted and expression.speaks is None:
            return QUOTED_MENTION
        value = SPEAKER if expression.speaks is not None else weight(self.parse, expression.token)
        if figure not in self.seen and expression.name is not None and self._is_owned(expression.name):
            value *= _OWNED_WEIGHT
        return value

    def _is_owned(self, name: int) -> bool:
        """Return whether a name is introduced as somebody's relation ("her supervisor, R. K.")."""
        for noun in self.reading.learned.noun_beside[self.reading.found[name].first]:
            owner = possessor(self.parse, noun)
            known = pronoun(self.parse.words[owner]) if owner is not None else None
            if known is not None and known.gender != "n":
                return True
        return False


def _leaning(name: str, kind: str) -> str:
    first = name.split(maxsplit=1)[0]
    return gender_leaning(first) if kind in ("person", "unknown") and first != name else "-"
