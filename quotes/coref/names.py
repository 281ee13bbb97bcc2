"""Finds the proper names of an article.

The entity recogniser alone misses many names ("Ilke Varsamis") and swallows
titles ("Harbourmaster Desmond Okpara-Lind"), so names are runs of proper nouns;
the recogniser only helps to say what kind of name a run is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import compress
from typing import NamedTuple

from quotes.coref.titles import office_before, strip_titles, title_kept
from quotes.lexicon import words
from quotes.lexicon.entries import (
    WEEKDAYS_AND_MONTHS,
    WORDS_KEPT,
    country,
    designator,
    first_name_gender,
    folded,
    honorific,
    is_particle,
    noun,
    pronoun,
    word_class,
)
from quotes.syntax.descriptions import ARTICLES, Description
from quotes.syntax.parse import Parse
from quotes.syntax.surnames import surname_starts
from quotes.syntax.time_expressions import is_in_holiday

_NAMING_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP"})
_LABELS_OF_WORDS = _NAMING_LABELS - {"NORP", "WORK_OF_ART", "EVENT"}
"""Labels of which each word with a capital belongs to the name."""
_TRUSTED_LABELS = frozenset({"PERSON", "ORG", "GPE"})
_NAME_LIKE = frozenset({"NOUN", "ADJ", "X", "PROPN"})
_TITLE_CASE = 0.8
"""Share of long words with a capital from which a sentence is in title case."""
_SHORTEST_TITLE_CASE = 4


class Name(NamedTuple):
    """One occurrence of a proper name.

    Attributes:
        first: First token of the name, titles left out.
        last: Last token of the name.
        start: First token of the name, titles included.
        head: Token of the name that the rest of the sentence hangs on.
        text: The name as written, without titles, with the country that owns it
            ("Russia's Defense Ministry").
        words: Lower-case words for comparing, particles and accents left out.
        label: Label of the entity recogniser, "" without one.
        gender: From a courtesy title: m, f or -.
        description: Office before the name ("Chief Officer", "fleet engineer"), None without one.
        courtesy: Whether a courtesy title or an office comes before it.
        determined: Whether an article comes before it.
        located: Whether a preposition of place comes before it ("in Quenby").
        country: ISO code of a country word before it ("Syrian Foreign Ministry").
        title: The courtesy title before it, in lower case ("lord"), None without one.
        sentence: Index of its sentence.
        plural: Whether it names a people or a party's members ("Republicans").
        apposed: Head tokens of the common nouns in apposition to it.
        appositions: What they, and relative clauses, say.
        represents: Tokens of the bodies that it is said here to speak for.
        surname: Whether its last word is a surname that looks like another word ("Amy Church").
        pronoun: Gender of the pronoun that takes it up in its own clause, - without one
            ("Halder raised its forecast" is n).
        office_initials: Of an office of several words before it: "GCJ" for a Grand Chief Justice.
        shouted: Whether it is in capitals with its title, as in a label: "PRESIDENT HARLOW:".
        inferred: What a person of this name is, by what is said to be done or led: who
            "founded the portal" is its founder.
    """

    first: int
    last: int
    start: int
    head: int
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
    apposed: tuple[int, ...] = ()
    appositions: tuple[Description, ...] = ()
    represents: tuple[int, ...] = ()
    surname: bool = False
    pronoun: str = "-"
    office_initials: str = ""
    shouted: bool = False
    inferred: tuple[Description, ...] = ()

    @property
    def is_organization_like(self) -> bool:
        """Whether a word of the name itself says that it is an organisation."""
        if self.surname or len(self.words) == 1:
            return False
        return bool(designator(self.words[-2]) or designator(self.words[-1]))

    @property
    def is_full(self) -> bool:
        """Whether it has several words, as a full name has."""
        return len(self.words) > 1


def find_names(parse: Parse) -> tuple[Name, ...]:
    """Return the proper names in text order; a run that holds only a title ("the President") is none."""
    title_case = _title_case_sentences(parse)
    capitals = [t for t, word in enumerate(parse.words) if word[0].isupper()]
    in_name = [False] * len(parse)
    for token in {*capitals, *[t for t, pos in enumerate(parse.pos) if pos == "PROPN"]}:
        in_name[token] = parse.sentences[token] not in title_case and _is_name_word(parse, token)
    for token in [t for t in capitals if not in_name[t] and in_name[t + 1 : t + 2] == [True]]:
        in_name[token] = _is_first_name(parse, token)
    name_of = cache(partial(_name, parse))  # Most runs are the same the second time.
    found = [name for run in _runs(parse, in_name) if (name := name_of(*run)) is not None]
    before = [*in_name]
    for first, last, label in parse.entities:
        if parse.sentences[first] in title_case and label in _TRUSTED_LABELS and not any(in_name[first:last]):
            in_name[first:last] = [_is_name_word(parse, t) for t in range(first, last)]
        for token in range(first + 1, last - 1) if label == "ORG" else ():  # "Radio 5 North"
            if parse.pos[token] == "NUM" and in_name[token - 1] and in_name[token + 1]:
                in_name[token] = True
    of_full = {word for name in found if name.is_full for word in name.words}
    of_any = {word for name in found for word in name.words}
    for token in [t for t in capitals if not in_name[t]]:
        named = of_any if parse.sentences[token] in title_case else of_full
        in_name[token] = _repeats_name(parse, token, named)
    if in_name != before:
        found = [name for run in _runs(parse, in_name) if (name := name_of(*run)) is not None]
    return tuple(found)


def _is_first_name(parse: Parse, token: int) -> bool:
    """Return whether a capital before a name opens a first name that the tagger missed ("Clive Horrocks")."""
    gendered = first_name_gender(parse.words[token]) in ("m", "f") and not is_in_holiday(parse, token)
    return gendered and parse.same_sentence(token, token + 1) and parse.pos[token] in _NAME_LIKE


def _repeats_name(parse: Parse, token: int, named: set[str]) -> bool:
    """Return whether a capitalised word that no tagger took for a name repeats one ("Ruddock said")."""
    word = parse.words[token]
    if len(word) <= 2 or folded(word) not in named:
        return False
    return parse.pos[token] in _NAME_LIKE or (parse.pos[token] in ("VERB", "ADV", "INTJ") and _acts(parse, token))


def _acts(parse: Parse, token: int) -> bool:
    """Return whether a word that is also an adverb or a verb does what follows: "Jolly said", "Grant himself"."""
    after = token + 1
    if after >= len(parse) or not parse.same_sentence(token, after):
        return False
    known = pronoun(parse.words[after])
    return parse.is_finite(after) or (known is not None and known.case == "reflexive")


def _title_case_sentences(parse: Parse) -> frozenset[int]:
    """Return the sentences whose capitals say nothing: "Gold Star Mom Corners Obama On His Refusal"."""
    out: set[int] = set()
    for index, (first, last) in enumerate(parse.sentence_bounds):
        if any(parse.pos[t] in ("VERB", "NOUN") and parse.words[t].islower() for t in range(first, last)):
            continue  # A verb or a noun is in small letters, early in most sentences.
        long = [word for word in parse.words[first:last] if word.isalpha() and len(word) > 3]
        if len(long) > _SHORTEST_TITLE_CASE and sum(w[0].isupper() for w in long) >= _TITLE_CASE * len(long):
            out.add(index)
    return frozenset(out)


def _is_name_word(parse: Parse, token: int) -> bool:
    """Return whether tagger and recogniser together say that a word belongs to a name."""
    word, label, pos = parse.words[token], parse.entity_types[token], parse.pos[token]
    if not (word[0].isupper() or (pos == "PROPN" and is_particle(word))):
        return False
    if parse.starts[token] in surname_starts(parse.text):
        return True
    if is_in_holiday(parse, token):
        return False
    if parse.is_date(token) or word.lower() in WEEKDAYS_AND_MONTHS:
        # "Dot Farraday": the recogniser takes rare surnames for times.
        after_name = token > 0 and parse.pos[token - 1] == "PROPN" and not parse.is_date(token - 1)
        surname = pos == "PROPN" and word.lower() not in WEEKDAYS_AND_MONTHS
        return label == "PERSON" or (surname and after_name and parse.same_sentence(token, token - 1))
    if pos == "PROPN":
        # "Sorry, Finch said."
        return bool(label) or parse.deps[token] not in ("advmod", "intj") or not parse.opens_sentence(token)
    if pos == "NOUN" and word.isupper() and parse.words[token + 1 : token + 2] == (":",):
        return token > 0 and honorific(parse.words[token - 1]) is not None  # "MS ORDE:"
    if pos == "VERB" and parse.opens_sentence(token) and word.lower() in words("plain_cues"):
        return False  # "Said Corrie, ..."
    labelled = label in _LABELS_OF_WORDS
    inside = label == "ORG" == parse.entity_types[token - 1]  # "Council on American Trade"
    return labelled and pos not in ("DET", "PRON", "ADP", "CCONJ") and (inside or not country(word))


def _runs(parse: Parse, in_name: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and last tokens of the runs of name words."""
    entity_at = [-1] * len(parse)
    for index, (first, end, _) in enumerate(parse.entities):
        entity_at[first:end] = [index] * (end - first)
    last = -1
    for token in compress(range(len(in_name)), in_name):
        if token <= last:
            continue
        last = token
        while (following := _next_in_run(parse, entity_at, in_name, last)) is not None:
            last = following
        yield token, last


def _next_in_run(parse: Parse, entity_at: Sequence[int], in_name: Sequence[bool], last: int) -> int | None:
    """Return the next token of a run that has reached ``last``, None at its end."""
    after, size = last + 1, len(in_name)
    while after < size and parse.pos[after] == "SPACE" and "\n" not in parse.words[after]:
        after += 1
    if after >= size or not parse.same_sentence(after, last):
        return None
    if parse.words[last][-1] == "-" and len(parse.words[last]) > 1:
        return None  # "VNR- Ministry of Ports": an agency's tag
    if in_name[after]:
        return after
    if parse.words[after] == "," and after + 1 < size and in_name[after + 1]:
        letters = parse.words[after + 1] in word_class("letters_after_name")
        return after + 1 if letters else None  # "Hugh Tarn OBE, KC"
    spaced = parse.entity_types[after] == "ORG" and entity_at[last] == entity_at[after] != -1
    if parse.words[after] in ("-", "–") and spaced and in_name[after + 1 : after + 2] == [True]:
        return after + 1  # "Council on Norse - Baltic Trade"
    if parse.words[after] in ("-", "–") and parse.starts[after] == parse.ends[last]:
        return after + 1 if _goes_on_after_hyphen(parse, after) else None
    if parse.tags[after] == "POS" and parse.tags[last] == "NNPS" and in_name[after + 1 : after + 2] == [True]:
        return after + 1 if designator(parse.words[after + 1]) else None  # "Norland Farmers' Union"
    following = after
    while following < size and following - last <= 3 and _is_link(parse, entity_at, last, following):
        following += 1
    return following if after < following < size and in_name[following] else None


def _goes_on_after_hyphen(parse: Parse, hyphen: int) -> bool:
    """Return whether a hyphen is inside a name: "Obuya-Finch", "Ki-moon", but not "Duluth-based"."""
    token = hyphen + 1
    if token >= len(parse) or parse.starts[token] != parse.ends[hyphen]:
        return False
    first = parse.words[token][0]
    if first.isupper() or first.isdigit():
        return True
    return first.isalpha() and parse.pos[token] in ("PROPN", "NOUN", "X") and parse.tags[token] != "NNS"


def _is_link(parse: Parse, entity_at: Sequence[int], last: int, token: int) -> bool:
    """Return whether a small word holds a name together ("Ministry of Canals", "de la Cruz")."""
    word = parse.lower(token)
    if is_particle(word):
        return parse.words[token].islower()
    if word not in word_class("name_link") or not parse.same_sentence(token, last):
        return False
    beside = {word.lower() for word in (parse.words[last], *parse.words[token + 1 : token + 2])}
    if word == "and" and beside <= word_class("opposed_modifier"):
        return False  # "North and South Velland" are two
    if 0 <= entity_at[token] == entity_at[last] and parse.entity_types[token] != "PERSON":
        return True
    before = None if parse.starts[last] in surname_starts(parse.text) else noun(parse.words[last])
    if word == "of" and token + 1 < len(parse) and noun(f"{parse.words[last]} of {parse.words[token + 1]}"):
        return True  # "Secretary of State John F. Kerry"
    if before is None or before.type not in ("organization", "document"):
        return False
    return word == "on" or (word in ("of", "the") and before.type == "organization")


def _name(parse: Parse, start: int, end: int) -> Name | None:
    """Return the name in a run of name words, None for a run that names nobody."""
    first, gender, titled = strip_titles(parse, start, end)
    if first > end or _is_definite_description(parse, start, end):
        return None
    own_end = end
    while own_end > first and parse.words[own_end] in {",", *word_class("letters_after_name")}:
        own_end -= 1  # "Dilys Arrow MP"
    if own_end == first and parse.words[first + 1 : first + 2] != (",",):
        own_end = end  # "Labour MP"
    comparable = _words(parse.text[parse.starts[first] : parse.ends[own_end]])
    if not comparable or (first == end and _is_no_name(parse, first, titled=titled)):
        return None
    nation = country(parse.words[start - 1]) if start else None
    labels = [label for label in parse.entity_types[first : own_end + 1] if label in _NAMING_LABELS]
    own = range(end, first - 1, -1)
    titles = [word for w in parse.words[start:first] if honorific(word := w.lower().rstrip("."))]
    initials = [word[0] for word in parse.words[start:first]]
    text_start, owner = _owner_start(parse, start, first, comparable, nation)
    return Name(
        first=first,
        last=end,
        start=start,
        head=next((t for t in own if parse.is_root(t) or not start <= parse.heads[t] <= end), end),
        text=" ".join(parse.text[text_start : parse.ends[own_end]].replace("\u00ad", "").split()),
        words=comparable,
        label=labels[-1] if labels else "",
        gender=gender,
        description=office_before(parse, start, first) or title_kept(parse, first, own_end),
        courtesy=titled,
        determined=_is_determined(parse, start, end),
        located=start > 0 and parse.lemmas[start - 1] in word_class("place_preposition"),
        country=nation or owner,
        title=titles[-1] if titles else None,
        sentence=parse.sentences[first],
        office_initials="".join(filter(str.isupper, initials)) if first > start + 1 else "",
        shouted=first > start and parse.text[parse.starts[start] : parse.ends[own_end]].isupper(),
        plural=parse.tags[end] == "NNPS" and parse.entity_types[end] == "NORP",
        surname=parse.starts[own_end] in surname_starts(parse.text),
    )


def _is_no_name(parse: Parse, token: int, *, titled: bool) -> bool:
    """Return whether a lone capitalised word is something else than a name ("Police said")."""
    word = parse.words[token]
    if parse.starts[token] in surname_starts(parse.text):
        return False
    if not titled and noun(word) is not None and word.lower() not in word_class("body_named_by_place"):
        return True
    if token + 1 >= len(parse):
        return False
    if parse.pos[token] != "PROPN" and parse.pos[token + 1] == "NOUN":
        return True  # "Ferry captain Uldis Brannagh": a common noun in capitals
    return len(word) == 1 and parse.words[token + 1] == ":"  # "Q: When did it start?"


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
    dependents = [child for token in range(start, end + 1) for child in parse.children[token]]
    before = [parse.lower(child) for child in dependents if child < start]
    return any(word in ARTICLES or pronoun(word) is not None for word in before)


@lru_cache(maxsize=WORDS_KEPT)
def _words(name: str) -> tuple[str, ...]:
    """Return the words by which a name, as written, is compared with others."""
    plain = folded(name.replace("\u00ad", ""))  # a soft hyphen
    split = [word.removeprefix("al-").strip("'\"“”,()") for word in plain.split()]
    kept = tuple(word for word in split if word and not (is_particle(word) and len(split) > 1))
    return kept[:-1] if len(kept) > 2 and kept[-1] in word_class("name_suffix") else kept


def _owner_start(
    parse: Parse, start: int, first: int, comparable: tuple[str, ...], nation: str | None
) -> tuple[int, str | None]:
    """Return where an organisation's name starts with the country that owns it, and that country."""
    opening = _titled_owner(parse, start, comparable) if start == first else None
    if opening is not None:
        return parse.starts[opening], nation
    if start != first or designator(comparable[-1]) is None:
        return parse.starts[first], None
    if start >= 2 and parse.tags[start - 1] == "POS" and (owner := country(parse.words[start - 2])):
        return parse.starts[start - 2], owner
    if nation and parse.pos[start - 1] == "ADJ":
        return parse.starts[start - 1], nation
    return parse.starts[first], None


def _titled_owner(parse: Parse, start: int, comparable: tuple[str, ...]) -> int | None:
    """Return where the owner starts of an office's or a document's name, None without one.

    "U.S. Attorney's Office", "the Health Ministry's 2011 Annual Report".
    """
    mark = start - 2 if parse.pos[start - 1] == "NUM" else start - 1
    if mark < 1 or parse.tags[mark] != "POS" or parse.pos[mark - 1] != "PROPN":
        return None
    kinds = [known.type for word in comparable[:2] if (known := noun(word)) is not None]
    if "document" not in kinds and (kinds[:1] != ["organization"] or noun(parse.words[mark - 1]) is None):
        return None
    while parse.pos[mark - 2] == "PROPN" and parse.same_sentence(mark - 2, mark) and mark > 1:
        mark -= 1
    return mark - 1
