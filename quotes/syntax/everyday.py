"""Lets a pipeline read a surname that it has never seen as one that it knows well.

Taggers take "Norko further testified" for an adverb and "van den Berg" for two names, and a parse then
changes with the name. The pipeline gets "Smith" in its place, and what it says of "Smith" is put back to
the words of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

EVERYDAY_SURNAME = "Johnson"
_ANNOTATIONS = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE")
_BEGINS, _GOES_ON = 3, 1
"""Values of spaCy's ENT_IOB."""


class Substituted(NamedTuple):
    """What a pipeline reads for a text.

    Attributes:
        doc: The words of the text, without annotations.
        counts: How many of them each word stands for that is read.
    """

    doc: Doc
    counts: tuple[int, ...]


def substituted(doc: Doc, surnames: Sequence[Span]) -> tuple[Doc, Substituted | None]:
    """Return a Doc in which surnames are everyday ones, and what restores it, None where it has none.

    A surname of several words ("van den Berg") becomes one. ``surnames`` are places in the Doc's text, in
    order; those that do not start and end with a word are left as they are.
    """
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    places = {starts[s.start]: ends[s.end] for s in surnames if s.start in starts and s.end in ends}
    if not places:
        return doc, None
    words, spaces, counts = [], [], []
    token = 0
    while token < len(doc):
        end = places.get(token, token + 1)
        word = doc[token:end].text
        everyday = EVERYDAY_SURNAME.upper() if word.isupper() else EVERYDAY_SURNAME
        words.append(everyday if token in places else word)
        spaces.append(bool(doc[end - 1].whitespace_))
        counts.append(end - token)
        token = end
    return type(doc)(doc.vocab, words=words, spaces=spaces), Substituted(doc, tuple(counts))


def restored(read: Doc, original: Substituted | None) -> Doc:
    """Return the Doc of a text's own words with the annotations of the one that was read for it.

    The last word of a surname has what was said of it, and the others hang on that one.
    """
    if original is None:
        return read
    from spacy.attrs import IDS  # type: ignore[import-not-found]  # spaCy's stubs leave it out

    strings = read.vocab.strings
    counts = np.array(original.counts)
    rows = read.to_array([IDS[name] for name in _ANNOTATIONS])
    heads, last = rows[:, 0].astype("int64"), counts.cumsum() - 1
    owner, place = np.repeat(np.arange(len(counts)), counts), np.arange(counts.sum())
    out: Any = rows[owner]
    part = place != last[owner]
    out[:, 0] = np.where(part, last[owner], last[owner + heads[owner]]) - place
    out[part, 1:5] = [strings.add(each) for each in ("compound", "NNP", "PROPN", "")]
    hyphen = part & np.array([token.text == "-" for token in original.doc])
    out[hyphen, 1:4] = [strings.add(each) for each in ("punct", "HYPH", "PUNCT")]
    first = np.append(True, owner[1:] != owner[:-1])
    out[(out[:, 5] == _BEGINS) & ~first, 5] = _GOES_ON
    original.doc.from_array([IDS[name] for name in _ANNOTATIONS], out)
    return original.doc
