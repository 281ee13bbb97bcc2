"""Subtitles: WebVTT and SubRip cues joined to sentences, with the times at which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from quotes.errors import InputError
from quotes.inputs.extracted import Extracted, Timing, one_line

_TIME = r"(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{1,3})"
TIMES = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}|[♪♫]")
_NEW_SPEAKER = re.compile(r"[ \t]*(?:>>+|[-–—](?=\s*[A-Z\"“(\[]))[ \t]*")
_LABEL = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,5}:\s")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_TAIL = 8
_PAUSE = 3.0
"""Seconds without a subtitle that begin a paragraph, after the end of a sentence."""
_LONG = 600
"""Code points after which the end of a sentence ends a paragraph."""


@dataclass(frozen=True, slots=True)
class _Cue:
    begins: float
    ends: float
    lines: tuple[str, ...]


def read_subtitles(text: str, where: str) -> Extracted:
    """Return what is said, a paragraph for each speaker that is marked, with the time of each cue.

    Raises:
        InputError: There are no cues in it.
    """
    cues = list(_unrolled(_cues(text)))
    if not cues:
        raise InputError(
            f"{where}: there are no subtitles in it; give a file with times such as 00:01:02.000 and text."
        )
    written, timings, last = "", [], cues[0]
    begun = 0
    for cue in cues:
        for line in cue.lines:
            mark = _NEW_SPEAKER.match(line)
            said = line[mark.end() :] if mark else line
            ends = bool(_SENTENCE_END.search(written[-_TAIL:]))
            rests = ends and (cue.begins - last.ends >= _PAUSE or len(written) - begun > _LONG)
            if written and (mark or _LABEL.match(said) or rests):
                written += "\n\n"
                begun = len(written)
            elif written:
                written += " "
            timings.append(Timing(len(written), len(written) + len(said), cue.begins, cue.ends))
            written += said
            last = cue
    return Extracted(written + "\n", timings=tuple(timings))


def needs_joining(text: str) -> bool:
    """Return whether a sentence runs over several cues, so that it cannot be read where it is."""
    said = [" ".join(cue.lines) for cue in _cues(text) if cue.lines]
    return not all(map(_SENTENCE_END.search, said))


def _cues(text: str) -> Iterator[_Cue]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    speaker = ""
    for block in re.split(r"\n[ \t]*\n", text):
        times = TIMES.search(block)
        if not times:
            continue
        lines = []
        for line in block[times.end() :].split("\n"):
            voice = _VOICE.search(line)
            plain = one_line(unescape(_TAG.sub("", line)))
            if voice and plain and (name := one_line(voice[1])) != speaker:
                speaker, plain = name, f"{name}: {plain}"
            lines.append(plain)
        fields = times.groups()
        yield _Cue(_seconds(*fields[:4]), _seconds(*fields[4:]), tuple(filter(None, lines)))


def _unrolled(cues: Iterator[_Cue]) -> Iterator[_Cue]:
    """Yield cues without the lines that roll up: those that the cue before had shown already."""
    shown: tuple[str, ...] = ()
    for cue in cues:
        new = cue.lines
        while new and shown and new[0] in shown[-2:]:
            new = new[1:]
        if cue.lines:
            shown = cue.lines
        if new:
            yield _Cue(cue.begins, cue.ends, new)


def _seconds(hours: str | None, minutes: str, seconds: str, parts: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(parts.ljust(3, "0")) / 1000
