"""The cue's own clause: where an attribution's hearers, media and times stand.

A small parser attaches the phrases around a cue to whatever is near, often to
the content. So the clause is read twice: by climbing the parse, and by what
stands outside the content beside the cue.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from quotes.candidates.candidate import Candidate
from quotes.syntax.parse import Parse

_WINDOW = 80
"""Tokens on either side of a cue that are looked at, so that a run-on sentence stays cheap."""
_OWN_CLAUSE = frozenset({"advcl", "relcl", "acl", "ccomp", "csubj", "csubjpass", "pcomp", "parataxis"})
_SPEAKING = frozenset({"speak", "talk", "write", "address", "testify", "appear", "brief", "post", "tweet"})
_LIGHT = frozenset(
    {"issue", "make", "give", "send", "deliver", "write", "release", "have", "repeat", "post", "publish"}
)
_MARKS = frozenset({'"', "“", "”", "„", "«", "»"})


class CueClause(NamedTuple):
    """A cue's clause without the content.

    Attributes:
        chain: The cue's head and the verbs it hangs on ("went on to say",
            "was reported to have said", "made the claim").
        participles: Verbs of speaking that only set the scene ("Speaking to
            reporters, she said").
        first: First token of the cue phrase.
        last: Last token of the cue phrase.
        outside: Tokens around the cue that are not content, in text order.
        content: Tokens of the content within the same window.
    """

    chain: frozenset[int]
    participles: frozenset[int]
    first: int
    last: int
    outside: tuple[int, ...]
    content: frozenset[int]

    def reaches(self, parse: Parse, token: int) -> bool:
        """Return whether a token belongs to this clause and to no clause inside or above it.

        A token that the parser hung on the content, though it stands outside,
        belongs: "said on Thursday, that Damascus would welcome" often has
        "on Thursday" under "welcome".
        """
        for _ in range(_WINDOW):
            if token in self.chain or token in self.participles or token in self.content:
                return True
            if parse.deps[token] in _OWN_CLAUSE or parse.heads[token] == token:
                return False
            if parse.deps[token] == "conj" and parse.pos[token] in ("VERB", "AUX"):
                return False
            token = parse.heads[token]
        return False

    def distance(self, token: int) -> int:
        """Return how many tokens lie between a token and the cue phrase."""
        return self.first - token if token < self.first else max(0, token - self.last)


def cue_clause(parse: Parse, candidate: Candidate) -> CueClause | None:
    """Return the clause of a candidate's cue, None for a candidate without a cue."""
    if candidate.cue_head is None:
        return None
    cue = candidate.cue or (candidate.cue_head,)
    begin, end = parse.sentence_bounds[parse.sentences[candidate.cue_head]]
    window = range(max(begin, cue[0] - _WINDOW), min(end, cue[-1] + _WINDOW + 1))
    content = content_tokens(parse, candidate)
    outside = tuple([t for t in window if t not in content])
    chain = _chain(parse, candidate, cue) - content
    return CueClause(
        chain=chain,
        participles=frozenset(_participles(parse, chain, outside, cue[0])),
        first=cue[0],
        last=cue[-1],
        outside=outside,
        content=content,
    )


def content_tokens(parse: Parse, candidate: Candidate) -> frozenset[int]:
    """Return the tokens of a candidate's content."""
    return frozenset(itertools.chain.from_iterable(map(parse.tokens_in, candidate.content)))


def _chain(parse: Parse, candidate: Candidate, cue: Iterable[int]) -> frozenset[int]:
    """Return the cue and the verbs above it that share its clause."""
    token = candidate.cue_head
    assert token is not None
    chain = {token, *(t for t in cue if parse.pos[t] in ("VERB", "NOUN"))}
    for _ in range(4):
        label, head = parse.deps[token], parse.heads[token]
        if label == "xcomp" or (label == "prep" and parse.words[token].lower() == "as"):
            pass
        elif label == "pcomp" and parse.words[head].lower() == "as":
            # "was quoted as saying": the governor of "saying" is "as", then "quoted".
            pass
        elif not (label == "dobj" and parse.lemmas[head] in _LIGHT and parse.pos[token] == "NOUN"):
            break
        token = head
        chain.add(token)
    return frozenset(chain)


def _participles(parse: Parse, chain: frozenset[int], outside: tuple[int, ...], cue: int) -> Iterable[int]:
    """Yield scene-article participles: under the cue, or opening its sentence."""
    tags = parse.tags
    for token in [t for t in outside if tags[t] == "VBG"]:
        if parse.lemmas[token] in _SPEAKING and token not in chain:
            opens = token - outside[0] <= 2 and token < cue
            above = parse.heads[token]
            # "The president, speaking in Oslo, said": the participle hangs on the subject.
            beside = (
                parse.deps[token] == "acl" and parse.heads[above] in chain and parse.words[token - 1] == ","
            )
            if opens or beside or above in chain:
                yield token


def within_other_quotation(parse: Parse, clause: CueClause, token: int) -> bool:
    """Return whether an odd number of quotation marks stands between a token and the cue.

    Args:
        parse: The parse.
        clause: The cue's clause.
        token: A token outside the content.

    Returns:
        True for "Monday" in: "I left on Monday," he said. (one mark between).
    """
    between = range(token + 1, clause.first) if token < clause.first else range(clause.last + 1, token)
    return sum(parse.words[t] in _MARKS for t in between) % 2 == 1
