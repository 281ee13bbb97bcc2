"""Finds why a text gives somebody no name: "who asked not to be named because he feared for his job"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from itertools import takewhile

from quotes.coref.discourse import Discourse
from quotes.coref.expressions import Expression
from quotes.lexicon import words
from quotes.lexicon.entries import word_class
from quotes.syntax.parse import Parse
from quotes.text.spans import Span

_BETWEEN = "\x1f"
_RELATIVE = ("WP", "WP$", "WDT")
_LONGEST_OPENING = 8
"""Tokens before a phrase within which its clause begins."""


def reasons(discourse: Discourse) -> dict[int, Span]:
    """Return the reasons that the text gives, by the head token of the expression they are about.

    That is the nearest speaker of the sentence, else the nearest expression before; one who is
    named has no reason to be nameless.
    """
    found: dict[int, Span] = {}
    of_sentence: defaultdict[int, list[Expression]] = defaultdict(list)
    for expression in discourse.expressions:
        of_sentence[discourse.parse.sentences[expression.token]].append(expression)
    cues = {token for candidate in discourse.candidates for token in candidate.cue}
    for phrase in _phrases(discourse.parse):
        head = _whose(discourse, phrase, of_sentence[discourse.parse.sentences[phrase[0]]])
        if head is not None:
            found.setdefault(head, _clause(discourse, phrase, cues))
    return found


def _phrases(parse: Parse) -> Iterator[range]:
    """Yield the tokens of the listed phrases, each place once."""
    lemmas = _BETWEEN.join(parse.lemmas)
    first = at = 0
    for match in _pattern().finditer(lemmas):
        first, at = first + lemmas.count(_BETWEEN, at, match.start()), match.start()
        yield range(first, first + match[0].count(_BETWEEN) + 1)


@cache
def _pattern() -> re.Pattern[str]:
    phrases = "|".join(sorted(words("anonymity_phrases"), key=len, reverse=True))
    either = phrases.replace("*", f"[^{_BETWEEN}]+").replace(" ", _BETWEEN)
    return re.compile(f"(?<![^{_BETWEEN}])(?:{either})(?![^{_BETWEEN}])")


def _whose(discourse: Discourse, phrase: range, of_sentence: Sequence[Expression]) -> int | None:
    """Return the head of the expression that a phrase is about, None without one."""
    parse, around = discourse.parse, _said_in(discourse, phrase[0])
    near = [e for e in of_sentence if parse.tags[e.token] not in _RELATIVE]
    near = [e for e in near if _said_in(discourse, e.token) == around]
    speakers = [e.token for e in near if e.speaks is not None]
    before = [token for token in speakers or [e.token for e in near] if token < phrase[0]]
    return max(before, default=None) if before else min(speakers, default=None)


def _said_in(discourse: Discourse, token: int) -> frozenset[int]:
    """Return the candidates whose words hold a token."""
    return frozenset(index for index, _ in discourse.said_around(token))


def _clause(discourse: Discourse, phrase: range, cues: Set[int]) -> Span:
    """Return the span of a phrase's clause, from its "who" to a mark, a cue or the words said."""
    parse, around = discourse.parse, _said_in(discourse, phrase[0])

    def goes_on(token: int) -> bool:
        return token not in cues and _said_in(discourse, token) == around

    last, end, reason = phrase[-1], parse.sentence_of(phrase[0])[1], False
    while last + 1 < end and (reason or goes_on(last + 1)):
        if parse.pos[last + 1] == "PUNCT" and parse.words[last + 1] != "-":
            reason = last + 2 < end and parse.lemmas[last + 2] in word_class("anonymity_reason")
            if not reason:
                break
        last += 1
    return parse.span(_opening(parse, phrase[0], goes_on), last)


def _opening(parse: Parse, start: int, goes_on: Callable[[int], bool]) -> int:
    """Return the first token of the clause of a phrase that starts here."""
    earliest = max(parse.sentence_start(start), start - _LONGEST_OPENING)
    before = takewhile(lambda t: goes_on(t) and parse.pos[t] != "PUNCT", range(start - 1, earliest - 1, -1))
    relative = next((t for t in before if parse.tags[t] in _RELATIVE), None)
    while relative is None and start > earliest and parse.lemmas[start - 1] in word_class("anonymity_opener"):
        start -= 1
    return start if relative is None else relative
