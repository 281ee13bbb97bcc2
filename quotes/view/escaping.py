r"""Makes any text safe to show: as characters of a page, and as data in a script element."""

from __future__ import annotations

import re

from quotes.io.json import json_text

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_PICTURES = 0x2400


def visible(text: str) -> str:
    r"""Return a text with what HTML cannot hold shown in its place, one character for one.

    A control character is shown by its picture ("␀"); a lone surrogate, which no
    UTF-8 file can hold, by the replacement character.

    >>> visible("a\x00b\ud800")
    'a␀b\ufffd'
    """
    return _CONTROL.sub(_picture, text)


def script_json(value: object) -> str:
    r"""Return a value as JSON that nothing can break out of a script element with.

    >>> print(script_json("</script><!--\u2028"))
    "\u003c/script\u003e\u003c!--\u2028"
    """
    return _IN_SCRIPT.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text(value))


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(_PICTURES + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"
