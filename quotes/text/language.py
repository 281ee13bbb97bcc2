"""Whether a text is in English, by its commonest words."""

from __future__ import annotations

import re

from quotes.lexicon.entries import word_class

LEAST_ENGLISH = 0.12
"""Share of the commonest English words; English texts have 0.3 and more, texts in other languages 0.05."""
_FEWEST_WORDS = 40
"""From here on a text that has hardly any of them is in another language, and no list of names or figures."""
_FEWEST_LETTERS = 60
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def is_english(text: str) -> bool:
    """Return whether a text is in English; one that is too short to tell is."""
    words = _LETTERS.findall(text)
    letters = sum(map(len, words))
    if letters >= _FEWEST_LETTERS and 2 * sum(map(len, _LATIN.findall(text))) < letters:
        return False  # some other script, perhaps without spaces between its words
    common = word_class("commonest_words")
    return len(words) < _FEWEST_WORDS or sum(word.lower() in common for word in words) >= LEAST_ENGLISH * len(words)
