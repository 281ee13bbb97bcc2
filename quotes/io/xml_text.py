"""Text and attributes in XML 1.0, whatever the text holds."""

from __future__ import annotations

import re

# What XML 1.0 lets nobody write, not even as a reference (section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile("[&<>\r]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
REPLACEMENT = "\ufffd"


def escaped(text: str) -> str:
    r"""Return text as XML that a parser turns into the same text, code point for code point.

    A carriage return is written as a reference, since parsers change a bare
    one. A character that XML forbids becomes TEI's ``<g>`` with its code point
    as ``n`` and U+FFFD as its content, so that offsets into the text still hold.

    >>> escaped("a < b\r\n\x07")
    'a &lt; b&#13;\n<g n="U+0007">\ufffd</g>'
    """
    return _FORBIDDEN.sub(_stand_in, escaped_plain(text))


def escaped_plain(text: str) -> str:
    """Return text with markup escaped, forbidden characters left as they are."""
    return _MARKUP.sub(lambda found: _REFERENCES[found.group()], text)


def escaped_attribute(text: str) -> str:
    """Return text for an attribute in double quotes; what XML forbids becomes U+FFFD.

    White space other than a space is written as a reference, since parsers
    turn it into spaces.
    """
    text = _FORBIDDEN.sub(REPLACEMENT, escaped_plain(text)).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def _stand_in(found: re.Match[str]) -> str:
    return f'<g n="U+{ord(found.group()):04X}">{REPLACEMENT}</g>'
