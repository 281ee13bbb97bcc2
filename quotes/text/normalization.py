"""The text as the pipeline was trained to see it."""

from __future__ import annotations

import re
import unicodedata

_PLAIN_MARKS = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‹": '"', "›": '"',
        "―": "—",
        "‘": "'", "’": "'", "‚": "'", "‛": "'",
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ",
    }
)  # fmt: skip
CAPITAL = f"[{''.join(filter(str.isupper, map(chr, range(0x250))))}]"
"""Pattern of a Latin capital, with its accent."""
_IRISH_O = re.compile(rf"\bÓ\s(?={CAPITAL})")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-z]\w*")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]+\)")
"""A link of Markdown around a name or an outlet."""
_TEX_MARK = re.compile(r"``|''")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def normalized(text: str) -> str:
    r"""Return the text as the pipeline was trained to see it, with the same length.

    Typographic quotation marks become straight ones, TeX marks one mark and one
    space, odd spaces a space, and control characters a space. Names lose their
    accents: taggers take "Nguyễn" for anything.

    >>> normalized("“It’s ''fine''”")
    '"It\'s  "fine" "'
    >>> normalized("Nguyễn at the café")
    'Nguyen at the café'
    >>> normalized("Seán Ó Briain")
    "Sean O'Briain"
    """
    text = text.translate(_PLAIN_MARKS)
    if not text.isascii():
        text = _CAPITALISED.sub(_without_accents, _IRISH_O.sub("O'", text))
    if "](" in text:
        text = _LINK.sub(lambda link: f" {link[1]}".ljust(len(link[0])), text)
    if "``" in text or "''" in text:
        text = _TEX_MARK.sub(_one_mark, text)
    return _UNPRINTABLE.sub(" ", text)


def _without_accents(found: re.Match[str]) -> str:
    if found[0].isascii():
        return found[0]
    plain = [unicodedata.normalize("NFD", letter)[0] for letter in found[0]]
    return "".join(plain) if plain[0].isupper() else found[0]


def _one_mark(found: re.Match[str]) -> str:
    after = found.string[found.end() : found.end() + 1]
    return ' "' if after and not after.isspace() and unicodedata.category(after)[0] in "LNS" else '" '
