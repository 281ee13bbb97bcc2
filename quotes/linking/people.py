"""Who is who in different documents: names compared, and joined where nothing speaks against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from quotes.errors import UsageError
from quotes.lexicon import table
from quotes.lexicon import words as known_words
from quotes.lexicon.entries import first_name_gender, folded, honorific, is_particle, word_class

if TYPE_CHECKING:
    from quotes.models import Statement

Match = Literal["same", "open", "different"]
Bearers = Mapping[str, tuple[str, str]]
"""Whom a surname alone means: first and last word of the name; the first "" where it may be one of several."""

_NAMES_KEPT = 65_536
_USUAL = 0.75
"""Share of the statements of all people of one surname from which the surname alone means the one who made them."""
_MISSPELT = 0.8
"""Likeness of two words from which one may be the other, misspelt ("Kirsten", "Kristen")."""
_SHORTEST_MISSPELT = 5


class People:
    """A table of people whom the caller knows.

    Attributes:
        rows: The rows, as they were given.
        ids: What tells a person from others, by the `name_key` of each of their names.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]] = ()) -> None:
        """Take rows with a ``name``, and if known ``aliases`` (or ``alias``) and an ``id``; other columns are kept.

        Aliases may be several, separated by ";" or "|". Rows of one ``id``, or without one of one ``name``, are of one
        person.

        Raises:
            UsageError: A row has no name, or a name of another person.
        """
        self.rows = [dict(row) for row in rows]
        self.ids: dict[str, str] = {}
        self._persons: dict[str, dict[str, str]] = {}
        for number, row in enumerate(self.rows, 1):
            self._take(row, number)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row))

    def of_id(self, known: str | None) -> dict[str, str] | None:
        """Return the first row of a person, None for nobody."""
        return self._persons.get(known) if known is not None else None

    def named(self, name: str | None) -> dict[str, str] | None:
        """Return the first row of the person of a name, None for nobody."""
        return self.of_id(self.ids.get(name_key(name))) if name else None

    def _take(self, row: dict[str, str], number: int) -> None:
        others = ";".join(row.get(column) or "" for column in ("aliases", "alias")).replace("|", ";").split(";")
        names = [name.strip() for name in (row.get("name") or "", *others) if name_key(name)]
        if not names:
            raise UsageError(f"person {number}: there is no name; write one in the column 'name'")
        known = (row.get("id") or "").strip() or names[0]
        self._persons.setdefault(known, row)
        for name in names:
            if self.ids.setdefault(name_key(name), known) != known:
                raise UsageError(
                    f"person {number}: {name!r} is a name of {self.ids[name_key(name)]!r} too; a name is one person's"
                )


@dataclass(frozen=True)
class Person:
    """A speaker as a document names them.

    Attributes:
        name: The best name in the document.
        words: Words of the name for comparing: lower case, no accents, titles, particles or marks.
        type: person, organization, place, document, group or unknown.
        represents: Words of the body that a spokesperson speaks for.
        role: Words of the office or description.
        id: The caller's own id of the person, None for somebody the caller does not know.
        bearer: Of a surname alone, whom it usually means; None where nobody of that name is known.
    """

    name: str
    words: tuple[str, ...]
    type: str
    represents: tuple[str, ...] = ()
    role: frozenset[str] = frozenset()
    id: str | None = None
    bearer: tuple[str, str] | None = None

    @cached_property
    def is_named(self) -> bool:
        """Whether the name is a proper one: "senator from Ohio" may mean somebody else in the next document."""
        words = [word for word in self.name.replace("-", " ").split() if word[:1].isalpha()]
        return any(word[0].isupper() for word in words) and not any(
            word[0].islower() and not is_particle(word) and word not in word_class("name_filler") for word in words
        )

    @cached_property
    def gender(self) -> str | None:
        """The gender that a courtesy title shows, m or f."""
        titles = (honorific(word) for word in self.name.split())
        return next((title.gender for title in titles if title is not None and title.gender in {"m", "f"}), None)

    @cached_property
    def suffix(self) -> str:
        """What tells father and son apart ("jr"), "" for none."""
        last = folded(self.name).rpartition(" ")[2]
        return last if last in word_class("name_suffix") else ""


def bearers_among(entities: Iterable[Mapping[str, Any] | None]) -> Bearers:
    """Return whom the surnames of speakers mean where they stand alone, given the speakers of all statements."""
    having: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        if entity is not None and entity["name"] and entity["type"] in {"person", "unknown"}:
            words = name_words(" ".join(entity["name"].split()))
            if len(words) > 1:
                having[words[-1]][words[0]] += 1
    found = {}
    for surname, given in having.items():
        # equally frequent ones in one order, whatever the order of the statements
        first, count = min(given.items(), key=lambda item: (-item[1], item[0]))
        found[surname] = (first if count >= _USUAL * given.total() else "", surname)
    return found


def person_of(
    entity: Mapping[str, Any] | None, people: Mapping[str, str], bearers: Bearers | None = None
) -> Person | None:
    """Return the person that an entity of a statement is, None for one without a name."""
    if entity is None or not entity["name"] or not (words := name_words(entity["name"])):
        return None
    role = entity["role"]
    return Person(
        name=" ".join(entity["name"].split()),
        words=words,
        type=entity["type"],
        represents=name_words(entity["represents"] or ""),
        role=frozenset(name_words(role["text"])) if role else frozenset(),
        id=people.get(name_key(entity["name"])),
        bearer=bearers.get(words[0]) if bearers and len(words) == 1 else None,
    )


@lru_cache(maxsize=_NAMES_KEPT)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparing.

    >>> name_words("Mr. Bashar al-Assad"), name_words("Bashar Al Assad's")
    (('bashar', 'assad'), ('bashar', 'assad'))
    """
    plain = folded(name).replace("’", "'")
    words = [word.removesuffix("'s").strip(".,'\"()") for word in plain.replace("-", " ").split()]
    kept = [word for word in words if word and honorific(word) is None]
    kept = [word for word in kept or words if not is_particle(word) and word not in word_class("name_filler")]
    if len(kept) > 1 and kept[-1] in word_class("name_suffix"):
        kept.pop()
    while len(kept) > 1 and kept[0] in known_words("function_words") and first_name_gender(kept[0]) is None:
        del kept[0]  # "Though Trump", which began a sentence
    return tuple(kept or filter(None, words))


def name_key(name: str) -> str:
    """Return what spellings of one name share: "Bashar al-Assad", "Mr Bashar Al Assad"."""
    return " ".join(name_words(name))


def share_a_word(one: str | None, other: str | None) -> bool:
    """Return whether two names have a word in common."""
    return bool(one and other) and not set(name_words(one or "")).isdisjoint(name_words(other or ""))


def same_outlet(medium: str | None, publisher: str | None) -> bool:
    """Return whether what carried some words may be the outlet of a publisher.

    >>> same_outlet("RIA", "RIA Novosti"), same_outlet("AP", "Associated Press"), same_outlet("Times", "Herald Times")
    (True, True, True)
    >>> same_outlet("Financial Times", "Herald Times"), same_outlet("Fox News", "Sky News")
    (False, False)
    """
    short, long = sorted((name_words(medium or ""), name_words(publisher or "")), key=len)
    if not short:
        return False
    initials = "".join(word[0] for word in long)
    return short in (long[: len(short)], long[-len(short) :]) or (len(long) > 1 and short == (initials,))


def compared(one: Person | None, other: Person | None) -> Match:
    """Return whether two documents mean the same by their speakers: same, different, or open.

    A surname alone is the same as a full name that ends in it where it usually means that person. Two given
    names to one surname are two people, and so are two surnames to one given name.
    """
    if one is None or other is None:
        return "open"
    if one.id is not None and other.id is not None:
        return "same" if one.id == other.id else "different"
    if not one.is_named or not other.is_named:
        return "same" if one.words == other.words else "open"
    if _speaks_for(one, other) or _speaks_for(other, one):
        return "open"
    bodies = "organization" in (one.type, other.type) or not {"person", "unknown"} >= {one.type, other.type}
    return _bodies(one, other) if bodies else _persons(one, other)


def with_known_name(statement: Statement, people: People) -> Statement:
    """Return a statement with the name by which the caller knows its speaker, if they do."""
    speaker = statement.speaker
    known = people.named(speaker.name) if speaker is not None else None
    if speaker is None or known is None or not known.get("name"):
        return statement
    return statement.model_copy(update={"speaker": speaker.model_copy(update={"name": known["name"]})})


def _bodies(one: Person, other: Person) -> Match:
    """Return whether two names are of one body; "New York" is open beside "New York Times"."""
    if one.words == other.words or _acronym(one, other):
        return "same"
    short, long = sorted((one.words, other.words), key=len)
    if set(short) <= set(long) and short[-1] == long[-1]:
        return "same"
    return "open" if set(short) & set(long) else "different"


def _persons(one: Person, other: Person) -> Match:
    short, long = sorted((one, other), key=lambda each: len(each.words))
    match = _names(short.words, long.words)
    if match != "same":
        return match
    given = {first_name_gender(long.words[0]), long.gender} - {None, "-"} if len(long.words) > 1 else {long.gender}
    if short.gender and given - {None, short.gender}:
        return "different"
    if len(short.words) == 1 < len(long.words) and short.bearer:
        return "same" if _given_names(short.bearer[0], long.words[0]) == "same" else "open"
    return "same" if one.suffix == other.suffix else "open"


def _names(short: tuple[str, ...], long: tuple[str, ...]) -> Match:
    """Return whether two names, the shorter one first, may be one person's."""
    if short[-1] != long[-1] and not (len(long) > 2 and short[-1] == long[-2]):
        # "Hillary" is open beside "Hillary Clinton"
        may_be = len(short) == 1 or {short[-1], long[-1]} & (set(short) & set(long)) or _misspelt(short[-1], long[-1])
        return "open" if may_be and set(short) & set(long) else "different"
    return "same" if len(short) == 1 or set(short) <= set(long) else _given_names(short[0], long[0])


def _given_names(one: str, other: str) -> Match:
    """Return whether two given names may be one person's: an initial, the beginning, or a short form of the other.

    >>> [_given_names(*pair) for pair in (("j", "john"), ("tim", "tom"), ("ben", "benjamin"), ("tom", "thomas"))]
    ['same', 'different', 'same', 'same']
    """
    short, long = sorted((one, other), key=len)
    if short and (one == other or (len(short) == 1 and long.startswith(short))):
        return "same"
    if {*_short_for(one), one} & {*_short_for(other), other}:
        return "same"
    if len({first_name_gender(one), first_name_gender(other)} - {None, "-"}) > 1:
        return "different"
    if len(short) > 1 and long.startswith(short):
        return "same"
    return "open" if _misspelt(one, other) else "different"


def _short_for(name: str) -> tuple[str, ...]:
    """Return the given names that a short form is one of."""
    return tuple(table("short_names").get(name, ("",))[0].split())


def _misspelt(one: str, other: str) -> bool:
    """Return whether two words differ by so little that the one may be a slip for the other."""
    return min(len(one), len(other)) >= _SHORTEST_MISSPELT and SequenceMatcher(None, one, other).ratio() >= _MISSPELT


def _speaks_for(one: Person, other: Person) -> bool:
    return bool(one.represents) and bool({*one.represents} & {*other.words, *other.represents})


def _acronym(one: Person, other: Person) -> bool:
    """Return whether one name is made of the first letters of the other: "FBI"."""
    short, long = sorted((one, other), key=lambda each: len(each.words))
    letters = "".join(short.words).replace(".", "")
    initials = "".join(word[0] for word in long.words)
    return len(short.words) == 1 and len(letters) > 1 and letters == initials and short.name.isupper()
