"""Takes courtesy titles, offices and occupations off the front of a run of name words.

"Harbourmaster Desmond Okpara-Lind" and "White House Press Secretary Josh
Earnest" are a title each with a name behind it; "General Motors" is a name.
"""

from __future__ import annotations

from quotes.syntax.noun_phrases import LONGEST_TITLE, Description, describe_words
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import (
    designator,
    first_name_gender,
    honorific,
    noun,
    noun_by_form,
    opens_noun,
)

_TIME_LABELS = frozenset({"DATE", "TIME"})
_KEPT_TITLES = frozenset({"monarch", "pope"})
"""Titles that stay in a name of one word ("Pope Francis")."""
_LONGEST_PRENOMINAL = 7


def strip_titles(parse: Parse, start: int, end: int) -> tuple[int, str, bool]:
    """Find where the name starts in a run of name words.

    Args:
        parse: The parse.
        start: First token of the run.
        end: Last token of the run.

    Returns:
        The first token behind the titles (behind ``end`` for a bare title), the
        gender they show, and whether there are any.
    """
    if _names_organization(parse, start, end):
        return start, "-", False
    token, gender, titled = start, "-", False
    while token <= end:
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
        while token <= end and parse.words[token] in ("-", "of", "the", "and", "for"):
            token += 1
    if token > end and titled and end > start and _kept_alone(parse, end):
        return end, gender, True
    return token, gender, titled


def _names_organization(parse: Parse, start: int, end: int) -> bool:
    if end == start or designator(parse.words[end].lower()) is None:
        return False
    return not first_name_gender(parse.words[end - 1]) and honorific(parse.words[start]) is None


def _kept_alone(parse: Parse, token: int) -> bool:
    """Return whether a last word that is also a title is a surname here ("Judge Bishop")."""
    return parse.entity_types[token] == "PERSON"


def _title_at(parse: Parse, token: int, end: int) -> tuple[int, str]:
    """Return how many tokens of a title stand at ``token``, and its gender; 0 for none."""
    courtesy = honorific(parse.words[token])
    if courtesy is not None and (token < end or parse.words[token].endswith(".")):
        return 1, courtesy[0]
    longest = LONGEST_TITLE if token < end and opens_noun(parse.words[token]) else 1
    small = [word.lower() for word in parse.words[token : min(token + longest, end + 1)]]
    for size in range(len(small), 0, -1):
        phrase = " ".join(small[:size]).replace(" - ", " ")
        known = noun(phrase) or (noun(phrase.removesuffix("s")) if token + size < end else None)
        if (
            known
            and known.type == "person"
            and _is_title_here(parse, token, size, end, known.standing, known.kind)
        ):
            return size, known.gender
    return (1, "-") if end - token >= 2 and _is_unlisted_title(parse, token, end) else (0, "-")


def _is_unlisted_title(parse: Parse, token: int, end: int) -> bool:
    """Return whether a word that opens a sentence is a title that no list knows ("Zookeeper Kenji Bray")."""
    word = parse.words[token]
    at_start = token == 0 or parse.sentences[token - 1] != parse.sentences[token]
    if not at_start or not word.isalpha() or word.isupper() or first_name_gender(word):
        return False
    return noun_by_form(word.lower()) is not None or _is_person_behind(parse, token, end)


def _is_person_behind(parse: Parse, token: int, end: int) -> bool:
    """Return whether the recogniser sees a person behind a capitalised word ("Zookeeper Kenji Bray")."""
    behind = {parse.entity_types[t] for t in range(token + 1, end + 1)}
    named = first_name_gender(parse.words[token + 1]) is not None
    return named and behind == {"PERSON"} and parse.entity_types[token] == ""


def _is_title_here(parse: Parse, token: int, size: int, end: int, standing: str, kind: str) -> bool:
    left = end - token - size + 1
    if parse.starts[token + size - 1] and token + size <= end and parse.words[token + size] == "-":
        return False
    if kind in _KEPT_TITLES and left == 1:
        return False
    if left >= 2 or left == 0:
        return left == 0 or first_name_gender(parse.words[token]) is None or standing == "office"
    if standing == "attribute":
        return True  # "Candidate Trump"
    if standing == "description" and parse.entity_types[token] != "PERSON" == parse.entity_types[end]:
        return True  # "Novelist Yarrowby"
    return standing == "office" and first_name_gender(parse.words[token]) is None


def _later_title(parse: Parse, token: int, end: int) -> int | None:
    """Return where a title starts inside a run ("White House Press Secretary Josh Earnest")."""
    for later in range(token + 1, end):
        if parse.words[later - 1] == "-":
            continue
        courtesy = honorific(parse.words[later])
        if courtesy is not None and courtesy[1] != "-":
            return later
        known = noun(parse.words[later]) if end - later >= 2 else None
        office = known is not None and known.type == "person" and known.standing == "office"
        if office and first_name_gender(parse.words[token]) not in ("m", "f"):
            return later
    return None


def courtesy_title(parse: Parse, start: int, first: int) -> str | None:
    """Return the last courtesy or shortened title between two tokens, in lower case."""
    if start == first:
        return None
    titles = [word for t in range(start, first) if honorific(word := parse.words[t].lower().rstrip("."))]
    return titles[-1] if titles else None


def office_before(parse: Parse, start: int, first: int) -> Description | None:
    """Return the office that stands before a name, from lower-case and capitalised words alike."""
    tokens: list[int] = []
    token = start - 1
    while (
        token >= 0
        and start - token <= _LONGEST_PRENOMINAL
        and parse.sentences[token] == parse.sentences[start]
    ):
        if parse.pos[token] in ("NOUN", "ADJ") and parse.tags[token] != "NNS":
            tokens.append(token)
        elif parse.words[token] != "-":
            break
        token -= 1
    tokens.reverse()
    if start == first and not (
        tokens and parse.pos[tokens[-1]] == "NOUN" and _modifies(parse, tokens[-1], start)
    ):
        return None
    tokens += [t for t in range(start, first) if parse.words[t] != "-"]
    lemmas = [_spelled_out(parse.words[t].lower()) for t in tokens]
    kept = [i for i, lemma in enumerate(lemmas) if lemma]
    if not kept:
        return None
    nominal = [parse.pos[tokens[i]] != "ADJ" or parse.words[tokens[i]][0].isupper() for i in kept]
    found = describe_words([lemmas[i] for i in kept], [parse.words[tokens[i]] for i in kept], nominal)
    return found if found.type != "unknown" or start == first else None


def _spelled_out(word: str) -> str:
    """Return the office behind a shortened title, "" for a mere courtesy title."""
    title = honorific(word)
    if title is None:
        return word
    return "" if title[1] == "-" else title[1]


def _modifies(parse: Parse, token: int, start: int) -> bool:
    known = noun(parse.lemmas[token])
    if known is not None and known.type in ("person", "organization"):
        return parse.entity_types[token] not in _TIME_LABELS
    return parse.deps[token] in ("compound", "nmod") and parse.heads[token] >= start
