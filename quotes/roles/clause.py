"""The cue's own clause: where an attribution's addressee, medium and time are named.

A small parser attaches the phrases around a cue to whatever is near, often to
the content. So the clause is read twice: by climbing the parse, and by what is
outside the content beside the cue.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from quotes.candidates.candidate import Candidate
from quotes.lexicon.entries import cues, word_class
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_PARTS_OF_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_WINDOW = 80
"""Tokens on either side of a cue that are looked at, so that a run-on sentence stays cheap."""
_OWN_CLAUSE = frozenset({"advcl", "relcl", "acl", "ccomp", "pcomp", "parataxis"})
_HIGHEST = 4
"""Heads above a cue that may share its clause."""


class CueClause:
    """A candidate's cue and the clause around it.

    Attributes:
        cue: The cue's head.
        lemma: Its lemma in the list of cues.
        part_of_speech: verb, noun or adjective.
        listed: The attitude that the list gives it, None where it is not there.
        first: First token of the cue phrase.
        last: Last token of the cue phrase.
        content: Tokens of the content.
        outside: Tokens around the cue that are not content, in text order.
        chain: The cue and the verbs it hangs on ("went on to say", "was reported to have
            said", "made the claim").
        participles: Verbs of speaking that only set the scene ("Speaking to
            reporters, she said").
        own: Tokens of chain, participles and content: what hangs on one of them belongs to the clause.
        taken: Tokens that have a role already: content, cue and speaker.
    """

    def __init__(self, article: Article, candidate: Candidate, cue: int) -> None:
        self.article, self.candidate, self.cue = article, candidate, cue
        self.parse = parse = article.parse
        self.lemma, self.part_of_speech = _lemma(parse, cue), _PARTS_OF_SPEECH.get(parse.pos[cue], "verb")
        self.listed = cues().get(self.lemma, {}).get(self.part_of_speech)
        if cue + 1 in candidate.cue:
            particle_verb = f"{parse.lemmas[cue]} {parse.lower(cue + 1)}"
            self.listed = cues().get(particle_verb, {}).get("particle verb") or self.listed
        self.first, self.last = candidate.cue[0], candidate.cue[-1]
        begin, end = parse.sentence_of(cue)
        window = range(max(begin, self.first - _WINDOW), min(end, self.last + _WINDOW + 1))
        self.content = frozenset(chain.from_iterable(map(parse.tokens_in, candidate.content)))
        self.outside = tuple([t for t in window if t not in self.content])
        self.chain = _chain(parse, cue, candidate.cue) - self.content
        self.participles = frozenset(_participles(parse, self.chain, self.outside))
        self.own = self.chain | self.participles | self.content
        speaker = parse.tokens_in(candidate.speaker.span) if candidate.speaker is not None else ()
        self.taken = self.content.union(candidate.cue, speaker, (cue,))

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
            if place in self.own:
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


def _lemma(parse: Parse, cue: int) -> str:
    """Return the cue's lemma, with the silent "e" that a lemmatizer drops from "hopes" put back."""
    lemma = parse.lemmas[cue]
    if lemma not in cues() and f"{lemma}e" in cues():
        rest = parse.lower(cue).removeprefix(lemma)
        return f"{lemma}e" if rest in ("e", "es", "ed", "ing") else lemma
    return lemma


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
