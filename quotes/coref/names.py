"""Finds the proper names of a document and takes titles off them.

The entity recogniser alone misses many names ("Ilke Varsamis") and swallows
titles ("Harbourmaster Desmond Okpara-Lind"), so names are runs of proper nouns;
the recogniser only helps to say what kind of name a run is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.coref.name_runs import runs_of_name_words
from quotes.coref.titles import courtesy_title, office_before, strip_titles
from quotes.syntax.noun_phrases import Description
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import (
    WEEKDAYS_AND_MONTHS,
    WORDS_KEPT,
    country,
    designator,
    first_name_gender,
    folded,
    is_particle,
    noun,
)

NAMING_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP"})
_TIME_LABELS = frozenset({"DATE", "TIME"})
_LABELS_OF_WORDS = NAMING_LABELS - {"NORP", "WORK_OF_ART", "EVENT"}
"""Labels of which each word with a capital belongs to the name."""
_TRUSTED_LABELS = frozenset({"PERSON", "ORG", "GPE"})
_NAME_LIKE = frozenset({"NOUN", "ADJ", "X", "PROPN"})
_TITLE_CASE = 0.8
_SHORTEST_TITLE_CASE = 4
_PLACE_PREPOSITIONS = frozenset({"in", "near", "outside", "around", "across", "inside", "toward", "towards"})


class Name(NamedTuple):
    """One occurrence of a proper name.

    Attributes:
        first: First token of the name, titles left out.
        last: Last token of the name.
        start: First token of the run, titles included.
        text: The name as written, without titles, with the country that owns it
            ("Russia's Defense Ministry").
        words: Lower-case words for comparing, particles and accents left out.
        label: Label of the entity recogniser, "" without one.
        gender: From a courtesy title: m, f or -.
        description: Office before the name ("Chief Officer", "fleet engineer"), None without one.
        courtesy: Whether a courtesy title or an office stands before it.
        determined: Whether an article stands before it.
        located: Whether a preposition of place stands before it ("in Quenby").
        country: ISO code of a country word before it ("Syrian Foreign Ministry").
        title: The courtesy title before it, in lower case ("lord"), None without one.
        sentence: Index of its sentence.
        plural: Whether it names a people or a party's members ("Republicans").
    """

    first: int
    last: int
    start: int
    text: str
    words: tuple[str, ...]
    label: str
    gender: str
    description: Description | None
    courtesy: bool
    determined: bool
    located: bool
    country: str | None
    title: str | None
    sentence: int
    plural: bool

    @property
    def is_organization_like(self) -> bool:
        """Whether a word of the name itself says that it is an organisation."""
        words = self.words
        return len(words) > 1 and bool(designator(words[-2]) or designator(words[-1]))


def names(parse: Parse) -> tuple[Name, ...]:
    """Return the proper names of a document in text order.

    Args:
        parse: The parse.

    Returns:
        The names; a run that holds only a title ("the President") is none.
    """
    entity_at = [-1] * len(parse)
    for index, (first, last, _) in enumerate(parse.entities):
        entity_at[first:last] = [index] * (last - first)
    title_case = _title_case_sentences(parse)
    capitals = [t for t, word in enumerate(parse.words) if word[0].isupper()]
    tokens = [False] * len(parse)
    for token in {*capitals, *[t for t, pos in enumerate(parse.pos) if pos == "PROPN"]}:
        tokens[token] = parse.sentences[token] not in title_case and _is_name_word(parse, token)
    for token in [t for t in capitals if not tokens[t] and tokens[t + 1 : t + 2] == [True]]:
        tokens[token] = _is_first_name(parse, token)
    read: dict[tuple[int, int], Name | None] = {}
    body = _names(parse, entity_at, tokens, read)
    before = [*tokens]
    parts = {word for name in body if len(name.words) > 1 for word in name.words}
    every = {word for name in body for word in name.words}
    for token in capitals:
        if not tokens[token]:
            known = every if parse.sentences[token] in title_case else parts
            tokens[token] = _repeats_name(parse, token, known)
    for first, last, label in parse.entities:
        if parse.sentences[first] in title_case and label in _TRUSTED_LABELS and not any(tokens[first:last]):
            tokens[first:last] = [_is_name_word(parse, t) for t in range(first, last)]
    return body if tokens == before else _names(parse, entity_at, tokens, read)


def _names(
    parse: Parse,
    entity_at: Sequence[int],
    tokens: Sequence[bool],
    read: dict[tuple[int, int], Name | None],
) -> tuple[Name, ...]:
    """Return the names in the runs of name words; ``read`` keeps those of runs that were seen before."""
    runs = list(runs_of_name_words(parse, entity_at, tokens))
    for run in runs:
        if run not in read:
            read[run] = _name(parse, *run)
    return tuple(name for run in runs if (name := read[run]) is not None)


def _is_first_name(parse: Parse, token: int) -> bool:
    """Return whether a capital before a name opens a first name that the tagger missed ("Clive Horrocks")."""
    together = parse.sentences[token] == parse.sentences[token + 1]
    gendered = first_name_gender(parse.words[token]) in ("m", "f")
    return together and gendered and parse.pos[token] in _NAME_LIKE


def _repeats_name(parse: Parse, token: int, parts: set[str]) -> bool:
    """Return whether a capitalised word that no tagger took for a name repeats one ("Ruddock said")."""
    word = parse.words[token]
    return len(word) > 2 and parse.pos[token] in _NAME_LIKE and folded(word) in parts


def _title_case_sentences(parse: Parse) -> frozenset[int]:
    """Return the sentences whose capitals say nothing: "Gold Star Mom Corners Obama On His Refusal"."""
    out: set[int] = set()
    for index, (first, last) in enumerate(parse.sentence_bounds):
        if _has_small_word(parse, first, last):
            continue
        long = [word for word in parse.words[first:last] if word.isalpha() and len(word) > 3]
        if len(long) > _SHORTEST_TITLE_CASE and sum(w[0].isupper() for w in long) >= _TITLE_CASE * len(long):
            out.add(index)
    return frozenset(out)


def _has_small_word(parse: Parse, first: int, last: int) -> bool:
    """Return whether a verb or a noun is in small letters, as it is early in most sentences."""
    for token in range(first, last):
        if parse.pos[token] in ("VERB", "NOUN") and parse.words[token].islower():
            return True
    return False


def _is_name_word(parse: Parse, token: int) -> bool:
    word, label, pos = parse.words[token], parse.entity_types[token], parse.pos[token]
    if not (word[0].isupper() or (pos == "PROPN" and is_particle(word))):
        return False
    if label in _TIME_LABELS or word.lower() in WEEKDAYS_AND_MONTHS:
        return label == "PERSON" or _is_surname_behind(parse, token)
    if pos == "PROPN":
        return True
    labelled = label in _LABELS_OF_WORDS
    return labelled and pos not in ("DET", "PRON", "ADP", "CCONJ") and not country(word)


def _is_surname_behind(parse: Parse, token: int) -> bool:
    """Return whether a name goes on with a word that the recogniser took for a time ("Dot Farraday")."""
    if not token or parse.pos[token] != "PROPN" or parse.sentences[token - 1] != parse.sentences[token]:
        return False
    named = parse.pos[token - 1] == "PROPN" and parse.entity_types[token - 1] not in _TIME_LABELS
    return named and parse.words[token].lower() not in WEEKDAYS_AND_MONTHS


def _name(parse: Parse, start: int, end: int) -> Name | None:
    first, gender, titled = strip_titles(parse, start, end)
    if first > end or _is_definite_description(parse, start, end):
        return None
    words = _words(parse.text[parse.starts[first] : parse.ends[end]])
    if not words or (first == end and not titled and _is_common(parse, first)):
        return None
    if first == end and end + 1 < len(parse):
        if parse.pos[first] != "PROPN" and parse.pos[end + 1] == "NOUN":
            return None  # "Ferry captain Uldis Brannagh": a common noun in capitals
        if len(parse.words[end]) == 1 and parse.words[end + 1] == ":":
            return None  # "Q: When did it start?"
    prenominal = office_before(parse, start, first)
    nation = country(parse.words[start - 1]) if start else None
    labels = [label for label in parse.entity_types[first : end + 1] if label in NAMING_LABELS]
    text_start, owner = _owner_start(parse, start, first, words, nation)
    return Name(
        first=first,
        last=end,
        start=start,
        text=" ".join(parse.text[text_start : parse.ends[end]].split()),
        words=words,
        label=labels[-1] if labels else "",
        gender=gender,
        description=prenominal,
        courtesy=titled,
        determined=_is_determined(parse, start, end),
        located=start > 0 and parse.lemmas[start - 1] in _PLACE_PREPOSITIONS,
        country=nation or owner,
        title=courtesy_title(parse, start, first),
        sentence=parse.sentences[first],
        plural=parse.tags[end] == "NNPS" and parse.entity_types[end] == "NORP",
    )


def _is_definite_description(parse: Parse, start: int, end: int) -> bool:
    """Return whether capitals only adorn a description ("the Oregon Democrat")."""
    known = noun(parse.words[end])
    if known is None or known.type != "person" or parse.entity_types[end] == "PERSON":
        return False
    if known.standing == "office" and end > start:
        # "Torvanian President, ..." is no name; "John Major" is one.
        return not any(first_name_gender(parse.words[t]) for t in range(start, end))
    return known.standing == "attribute" or _is_determined(parse, start, end)


def _is_determined(parse: Parse, start: int, end: int) -> bool:
    """Return whether the article before a name is its own (not "the Assad regime")."""
    for token in range(start, end + 1):
        for child in parse.children[token]:
            if child < start and parse.words[child].lower() in ("the", "a", "an"):
                return True
    return False


@lru_cache(maxsize=WORDS_KEPT)
def _words(name: str) -> tuple[str, ...]:
    """Return the words by which a name, as written, is compared with others."""
    parts = [part.removeprefix("al-").strip("'\"“”,()") for part in folded(name).split()]
    kept = tuple(p for p in parts if p and not (is_particle(p) and len(parts) > 1))
    return kept[:-1] if len(kept) > 2 and kept[-1] in ("jr", "sr", "ii", "iii") else kept


def _is_common(parse: Parse, token: int) -> bool:
    """Return whether a lone capitalised word is a common noun ("Minister: ...", "Police said")."""
    known = noun(parse.words[token])
    return known is not None and parse.words[token].lower() not in ("kremlin", "pentagon", "whitehall")


def _owner_start(
    parse: Parse, start: int, first: int, words: tuple[str, ...], nation: str | None
) -> tuple[int, str | None]:
    """Return where an organisation's name starts with the country that owns it, and that country."""
    if start != first or not words or designator(words[-1]) is None:
        return parse.starts[first], None
    if start >= 2 and parse.tags[start - 1] == "POS" and (owner := country(parse.words[start - 2])):
        return parse.starts[start - 2], owner
    if nation and start >= 1 and parse.pos[start - 1] == "ADJ":
        return parse.starts[start - 1], nation
    return parse.starts[first], None
