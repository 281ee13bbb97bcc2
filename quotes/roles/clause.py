"""The cue's own clause: where an attribution's addressee, medium and time are named.

A small parser attaches the phrases around a cue to whatever is near, often to
the content. So the clause is read twice: by climbing the parse, and by what is
outside the content beside the cue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from quotes.candidates.candidate import Candidate
from quotes.lexicon.entries import word_class
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_WINDOW = 80
"""Tokens on either side of a cue that are looked at, so that a run-on sentence stays cheap."""
_OWN_CLAUSE = frozenset({"advcl", "relcl", "acl", "ccomp", "pcomp", "parataxis"})
_HIGHEST = 4
"""Heads above a cue that may share its clause."""


@dataclass(frozen=True, slots=True)
class CueClause:
    """A candidate's cue and the clause around it.

    Attributes:
        article: The document with its parse.
        candidate: The candidate.
        cue: The cue's head.
        chain: The cue and the verbs it hangs on ("went on to say", "was reported to have
            said", "made the claim").
        participles: Verbs of speaking that only set the scene ("Speaking to
            reporters, she said").
        first: First token of the cue phrase.
        last: Last token of the cue phrase.
        outside: Tokens around the cue that are not content, in text order.
        content: Tokens of the content.
        taken: Tokens that have a role already: content, cue and speaker.
    """

    article: Article
    candidate: Candidate
    cue: int
    chain: frozenset[int]
    participles: frozenset[int]
    first: int
    last: int
    outside: tuple[int, ...]
    content: frozenset[int]
    taken: frozenset[int]

    @property
    def parse(self) -> Parse:
        """The document's parse."""
        return self.article.parse

    def note(self, kind: str, message: str, *values: object) -> None:
        """Say in the trace, if there is one, why a role was filled; the values fill the message."""
        if self.article.trace is not None:
            said = message.format(*values)
            self.article.trace.note(kind, (self.first, self.last), said, self.candidate.key)

    def reaches(self, token: int) -> bool:
        """Return whether a token belongs to this clause and to no clause inside or above it.

        A token that the parser hung on the content, though it is outside, belongs: "said
        on Thursday, that Damascus would welcome" often has "on Thursday" under "welcome".
        """
        parse = self.parse
        for place in chain((token,), islice(parse.ancestors(token), _WINDOW - 1)):
            if place in self.chain or place in self.participles or place in self.content:
                return True
            if parse.deps[place] in _OWN_CLAUSE:
                return False
            if parse.deps[place] == "conj" and parse.pos[place] in ("VERB", "AUX"):
                return False
        return False

    def distance(self, token: int) -> int:
        """Return how many tokens lie between a token and the cue phrase."""
        return self.first - token if token < self.first else max(0, token - self.last)

    def in_other_quotation(self, token: int) -> bool:
        """Return whether quotation marks part a token from the cue: "“I left on <Monday>,” he said"."""
        at = self.article.quotation_at
        return at[token] != at[self.cue]


def cue_clause(article: Article, candidate: Candidate) -> CueClause | None:
    """Return the clause of a candidate's cue, None for a candidate without a cue."""
    head, parse = candidate.cue_head, article.parse
    if head is None:
        return None
    cue = candidate.cue
    begin, end = parse.sentence_of(head)
    window = range(max(begin, cue[0] - _WINDOW), min(end, cue[-1] + _WINDOW + 1))
    content = frozenset(chain.from_iterable(map(parse.tokens_in, candidate.content)))
    outside = tuple([t for t in window if t not in content])
    verbs = _chain(parse, head, cue) - content
    speaker = parse.tokens_in(candidate.speaker.span) if candidate.speaker is not None else ()
    return CueClause(
        article=article,
        candidate=candidate,
        cue=head,
        chain=verbs,
        participles=frozenset(_participles(parse, verbs, outside)),
        first=cue[0],
        last=cue[-1],
        outside=outside,
        content=content,
        taken=content.union(cue, speaker, (head,)),
    )


def _chain(parse: Parse, token: int, cue: Iterable[int]) -> frozenset[int]:
    """Return the cue and the verbs above it that share its clause."""
    found = {token, *(t for t in cue if parse.pos[t] in ("VERB", "NOUN"))}
    for head in parse.ancestors(token, _HIGHEST):
        label = parse.deps[token]
        of_object = label == "dobj" and parse.pos[token] == "NOUN"
        if not (
            label == "xcomp"
            or (label == "prep" and parse.lower(token) == "as")
            # "was quoted as saying": the governor of "saying" is "as", then "quoted".
            or (label == "pcomp" and parse.lower(head) == "as")
            or (of_object and parse.lemmas[head] in word_class("light_verb"))
        ):
            break
        found.add(head)
        token = head
    return frozenset(found)


def _participles(parse: Parse, verbs: frozenset[int], outside: tuple[int, ...]) -> Iterable[int]:
    """Yield the participles that set the scene: under the cue, or opening its sentence."""
    for token in [t for t in outside if parse.tags[t] == "VBG"]:
        if parse.lemmas[token] in word_class("scene_verb") and token not in verbs:
            opens = token - outside[0] <= 2
            above = parse.heads[token]
            # "The president, speaking in Oslo, said": the participle hangs on the subject.
            on_subject = parse.deps[token] == "acl" and parse.heads[above] in verbs
            if opens or above in verbs or (on_subject and parse.words[token - 1] == ","):
                yield token
