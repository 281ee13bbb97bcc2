"""Tells the labels that name a speaker ("Police chief:") from those of lists and topics ("Parking:")."""

from __future__ import annotations

import re
from enum import IntEnum

from quotes.lexicon import table, words
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.text.spans import Span

_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_ASIDE = re.compile(r"\s*\([^)\n]*\)")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Standing(IntEnum):
    """How surely a label names somebody who speaks."""

    NOBODY = 0
    PERHAPS = 1
    """A body, a document, or a word that a person of the text is named by."""
    SURELY = 2
    """An office, a title, a full name, capitals, "Q" or "A"."""


def standing_of(parse: Parse, label: Span) -> Standing:
    """Return how surely a label names a speaker.

    "Police chief", "MR HALE" and "Marsha Doyle" do; "Council" may; "Weather",
    "Tuesday" and "Admission" do not.

    Args:
        parse: The parse.
        label: The label without its colon.
    """
    spelled = _ASIDE.sub("", label.of(parse.text)).replace("’", "'")
    parts = [part.strip(".,") for part in spelled.split()]
    if not parts or spelled.lower() in words("topic_labels") or _is_day(parts[-1]):
        return Standing.NOBODY
    if any(c.isdigit() for part in parts[:-1] for c in part):
        return Standing.NOBODY  # "Ashcombe 2-1 Redmere"; but "Speaker 2" speaks
    last = parts[-1].lower().removesuffix("'s")
    if spelled in ("Q", "A") or _is_person_noun(last) or _is_titled(parts) or _is_full_name(parts):
        return Standing.SURELY
    if spelled.isupper() and len(spelled) > 1:
        return Standing.SURELY
    if _is_body(last) or _is_named(parse, label, parts[-1]):
        return Standing.PERHAPS
    return Standing.NOBODY


def reads_as_said(parse: Parse, content: range, standing: Standing) -> bool:
    """Return whether what stands behind a label can be its speaker's words.

    Whoever surely speaks may leave the verb out ("Farm minister: No money for
    frost"); "Bexhall Market: a history of a square" is a title and a subtitle.

    Args:
        parse: The parse.
        content: Tokens behind the colon.
        standing: Of the label.
    """
    worded = sum(_LETTERS.search(parse.words[t]) is not None for t in content)
    if standing is Standing.SURELY:
        return worded > 0
    return standing is Standing.PERHAPS and worded > 1 and _has_predicate(parse, content)


def _has_predicate(parse: Parse, content: range) -> bool:
    """Return whether there is a finite verb, an imperative or a headline's infinitive of the future."""
    first = next((t for t in content if parse.pos[t] not in ("PUNCT", "SPACE")), content[0])
    if parse.tags[first] == "VB":
        return True
    finite = any(parse.tags[t] in FINITE_OR_MODAL for t in content)
    return finite or any(parse.tags[t] == "TO" and parse.tags[t + 1] == "VB" for t in content[:-1])


def _is_day(word: str) -> bool:
    return table("times").get(word.capitalize(), ("",))[0] in ("weekday", "month", "season")


def _is_person_noun(word: str) -> bool:
    singular = word.removesuffix("s")
    known = table("person_nouns")
    return word in known or singular in known or word.endswith(("man", "woman", "men", "women"))


def _is_titled(parts: list[str]) -> bool:
    """Return whether a name stands behind a title or an office: "Mr Hale", "Commissioner Okafor"."""
    if len(parts) < 2 or not parts[-1][:1].isupper():
        return False
    office = table("person_nouns").get(parts[0].lower(), ("", "", ""))[2] == "office"
    return office or parts[0].lower() in words("honorifics")


def _is_full_name(parts: list[str]) -> bool:
    named = parts[0].lower() in words("first_names") and all(part[:1].isupper() for part in parts)
    return named and 2 <= len(parts) <= 4


def _is_body(word: str) -> bool:
    lists = ("organization_nouns", "organization_designators", "group_nouns", "document_nouns")
    return any(word in words(name) or word.removesuffix("s") in words(name) for name in lists)


def _is_named(parse: Parse, label: Span, last: str) -> bool:
    """Return whether the recogniser takes the label, or a name of the text that ends so, for a name."""
    if any(parse.entity_types[t] in _NAMING for t in parse.tokens_in(label)):
        return True
    people = ((end - 1, kind) for _, end, kind in parse.entities)
    return any(parse.words[t] == last and kind == "PERSON" for t, kind in people)
