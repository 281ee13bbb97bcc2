"""Takes courtesy titles, offices and occupations off the front of a run of name words.

"Harbourmaster Desmond Okpara-Lind" and "White House Press Secretary Josh
Earnest" are a title each with a name after it; "General Motors" is a name.
"""

from __future__ import annotations

from quotes.lexicon.entries import (
    Noun,
    country,
    designator,
    first_name_gender,
    honorific,
    is_particle,
    noun,
    noun_by_form,
    word_class,
)
from quotes.syntax.descriptions import LONGEST_TITLE, Description, describe_words
from quotes.syntax.parse import Parse
from quotes.syntax.surnames import surname_starts

_KEPT_TITLES = frozenset({"monarch", "pope"})
"""Classes of titles that stay in a name of one word ("Pope Francis")."""
_LONGEST_PRENOMINAL = 7
"""Tokens before a name within which its office is looked for."""


def strip_titles(parse: Parse, start: int, end: int) -> tuple[int, str, bool]:
    """Find where the name starts in a run of name words from ``start`` to ``end``.

    Returns:
        The first token after the titles (``end`` + 1 for a bare title), the
        gender they show, and whether there are any.
    """
    surnames = surname_starts(parse.text)
    is_body = end > start and designator(parse.lower(end)) is not None and parse.starts[end] not in surnames
    if is_body and not first_name_gender(parse.words[end - 1]) and honorific(parse.words[start]) is None:
        return start, "-", False
    token, gender, titled = start, "-", False
    while token <= end and parse.starts[token] not in surnames:
        size, shown = _title_at(parse, token, end)
        if not size:
            later = _later_title(parse, token, end)
            if later is None:
                break
            token = later
            continue
        token += size
        titled = True
        gender = shown if shown != "-" else gender
        while token <= end and parse.words[token].strip() in {"", "-", *word_class("name_link")}:
            token += 1
    if token > end > start and titled and _is_surname_after_title(parse, end):
        return end, gender, True
    person = _person_after_body(parse, token, end)
    return (token, gender, titled) if person is None else (person, gender, True)


def _is_surname_after_title(parse: Parse, token: int) -> bool:
    """Return whether a last word that is also a title is a surname: "Judge Bishop", "MR PORTER"."""
    courtesy, known = honorific(parse.words[token - 1]), noun(parse.lower(token))
    if courtesy is not None and courtesy.office == "-" and known is not None and known.standing == "description":
        return True
    return parse.entity_types[token] == "PERSON"


def _person_after_body(parse: Parse, first: int, end: int) -> int | None:
    """Return where a person's name starts after a body, place or plural office in one run.

    "University of Norfield Amna Jaffer" and "U.S. Senators Sam Brodie" hold a name of two words;
    "Sam Brodie University" does not.
    """
    post = first - 2 if parse.lower(first - 1) != "the" else first - 3
    known = noun(parse.words[post]) if post >= 0 and parse.lower(post + 1) == "to" else None
    after_post = known is not None and known.standing == "office"  # "ambassador to Norland Ole Farr"
    for start in range(end - 1, first, -1):
        words = parse.words[start : end + 1]
        if parse.words[start - 1] in ("-", "–") or is_particle(words[0]):
            continue
        named = first_name_gender(words[0]) in ("m", "f")
        labels = {*parse.entity_types[start : end + 1]}
        before = parse.words[first:start]
        initialled = len(words[0]) == 2 and words[0][1] == "."
        label = parse.entity_types[start - 1]
        body_ends = label == "ORG" and "ORG" not in labels and designator(parse.lower(start - 1)) is not None
        told_apart = "PERSON" in labels and label != "PERSON" and (body_ends or len(labels) == 1)
        opens = named or initialled or told_apart
        nouns = [noun(word) or noun(word.removesuffix("s")) for word in before]
        places = [country(word) or designator(word) for word in (*before, " ".join(before))]
        affiliated = after_post or any(nouns) or any(places)
        if opens and affiliated and not any(map(first_name_gender, before)):
            return start
    return None


def _title_at(parse: Parse, token: int, end: int) -> tuple[int, str]:
    """Return how many tokens a title at ``token`` has, and its gender; 0 for none."""
    courtesy = honorific(parse.words[token])
    # "PC World" is no constable.
    letters = parse.words[token].isupper() and parse.words[token].isalpha()
    alone = courtesy is not None and courtesy.office != "-" and token + 1 == end
    label = parse.entity_types[end]
    is_label = parse.words[end + 1 : end + 2] == (":",)  # "MS ORDE:"
    body = letters and not is_label and (label == "ORG" or (alone and label != "PERSON"))
    if courtesy is not None and not body and (token < end or parse.words[token].endswith(".")):
        return 1, courtesy.gender
    small = [word.lower() for word in parse.words[token : min(token + LONGEST_TITLE, end + 1)]]
    for size in range(len(small), 0, -1):
        phrase = " ".join(small[:size]).replace(" - ", " ")
        several = token + size < end or (token + size == end and _is_first_of_several(parse, end))
        known = noun(phrase) or (noun(phrase.removesuffix("s")) if several else None)  # "Senators Ulm and Tarn"
        if known and known.type == "person" and _is_title_here(parse, token, size, end, known):
            return size, known.gender
    return (1, "-") if end - token >= 2 and _is_unlisted_title(parse, token, end) else (0, "-")


def _is_first_of_several(parse: Parse, token: int) -> bool:
    """Return whether another name follows: "Senators Ulm and Tarn", "Republicans Ulm of Orno and Tarn of Vell"."""
    prepositions = parse.children_with(token, "prep")
    objects = [child for each in prepositions for child in parse.children_with(each, "pobj")]
    return any(parse.has_child(each, "conj") for each in (token, *objects))


def _is_unlisted_title(parse: Parse, token: int, end: int) -> bool:
    """Return whether a word that opens a sentence is a title that no list knows ("Zookeeper Kenji Bray")."""
    word = parse.words[token]
    if not parse.opens_sentence(token) or not word.isalpha() or word.isupper() or first_name_gender(word):
        return False
    if noun_by_form(word.lower()) is not None:
        return True
    after = {parse.entity_types[t] for t in range(token + 1, end + 1)}
    named = first_name_gender(parse.words[token + 1]) is not None
    return named and after == {"PERSON"} and parse.entity_types[token] == ""


def _is_title_here(parse: Parse, token: int, size: int, end: int, known: Noun) -> bool:
    """Return whether a noun of persons is a title before the rest of a run, not part of the name."""
    left = end - token - size + 1
    if left == 1 and (parse.tags[end] == "NNPS" or known.kind in _KEPT_TITLES):
        return False  # "the Liberal Democrats"
    if left and parse.words[token + size] == "-":
        return False
    if left == 0:
        return True
    no_first_name = first_name_gender(parse.words[token]) is None
    if left >= 2:
        return no_first_name or known.standing == "office"
    if known.standing == "description":
        return parse.entity_types[token] != "PERSON" == parse.entity_types[end]  # "Novelist Yarrowby"
    return known.standing == "attribute" or (known.standing == "office" and no_first_name)


def _later_title(parse: Parse, token: int, end: int) -> int | None:
    """Return where a title starts inside a run ("White House Press Secretary Josh Earnest")."""
    named = first_name_gender(parse.words[token]) in ("m", "f")
    for later in range(token + 1, end):
        courtesy, known = honorific(parse.words[later]), noun(parse.words[later])
        shortened = courtesy is not None and courtesy.office != "-"
        office = known is not None and known.type == "person" and known.standing == "office"
        if parse.words[later - 1] != "-" and (shortened or (office and not named and end - later >= 2)):
            return later
    return None


def office_before(parse: Parse, start: int, first: int) -> Description | None:
    """Return the office before a name, from lower-case words before its run and capitalised ones in it."""
    tokens: list[int] = []
    for token in range(start - 1, max(parse.sentence_start(start), start - _LONGEST_PRENOMINAL) - 1, -1):
        if parse.pos[token] in ("NOUN", "ADJ") and parse.tags[token] != "NNS":
            tokens.insert(0, token)
        elif parse.words[token] != "-":
            break
    if start == first and not (tokens and _describes_name(parse, tokens[-1], start)):
        return None
    tokens += [t for t in range(start, first) if parse.words[t] != "-"]
    titles = {t: title.office for t in tokens if (title := honorific(parse.words[t])) is not None}
    tokens = [t for t in tokens if titles.get(t) != "-"]  # A mere courtesy title is no office.
    if not tokens:
        return None
    nominal = [parse.pos[t] != "ADJ" or parse.words[t][0].isupper() for t in tokens]
    offices = [titles.get(t) or parse.lower(t) for t in tokens]
    found = describe_words(offices, [parse.words[t] for t in tokens], nominal)
    if start < first and found.type in ("unknown", "organization"):
        return None  # "Port Brigade Mark Tindall" is no brigade
    return found


def title_kept(parse: Parse, first: int, end: int) -> Description | None:
    """Return the office in a name that keeps its title ("Pope Francis"), None for other names."""
    known = noun(parse.lower(first))
    if end != first + 1 or known is None or known.kind not in _KEPT_TITLES or parse.entity_types[end] == "ORG":
        return None
    return describe_words([parse.lower(first)], [parse.words[first]])


def _describes_name(parse: Parse, token: int, start: int) -> bool:
    """Return whether a noun right before a name is an office of it ("fleet engineer Tobin Askwith")."""
    known = noun(parse.lemmas[token])
    if known is not None and known.type in ("person", "organization"):
        return parse.pos[token] == "NOUN" and not parse.is_date(token)
    beside = parse.deps[token] in ("compound", "nmod") and parse.heads[token] >= start
    return beside and parse.pos[token] == "NOUN"
