"""What kind of attribution a cue makes: statement, belief, intention, decree or perception."""

from __future__ import annotations

from functools import cache

from quotes.candidates.candidate import Candidate
from quotes.lexicon import table, words
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_speak

_CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_INFINITIVE_INTENDS = frozenset(
    {"hope", "decide", "decline", "threaten", "refuse", "want", "wish", "expect", "prefer", "consider"}
)
_CLAUSE_BELIEVES = frozenset({"want", "wish", "decide", "resolve", "choose"})
_NOMINAL_FRAMES = frozenset({"nominal_object", "prepositional_content", "object_predicate"})
_WITHOUT_A_SPEAKER = frozenset({"passive_subject", "raised_subject", "adverbial_clause"})
_OPEN_FRAMES = frozenset({"infinitive", "noun_clause", "adjective_clause", "parenthetical", "as_clause"})
_ASKS_TO_KNOW = frozenset({"know", "hear", "learn", "see", "understand"})
_THINGS_DO_TOO = frozenset({"promise", "suggest", "threaten", "underline", "underscore"})
_LAYS_DOWN = frozenset(
    {"order", "allow", "command", "instruct", "prevent", "stipulate", "direct", "decree", "oblige"}
)


def attitude_of(parse: Parse, candidate: Candidate) -> str:
    """Return the attitude of a candidate.

    The cue's lemma and part of speech decide, from the list of cues; the
    content's form corrects it: "hopes to leave" is an intention, "hopes that"
    a belief. A cue that is not in the list, and a quotation without a cue, is
    a statement: what the scorer let pass with an unknown verb is most often a
    rare verb of speaking ("quacked").

    Args:
        parse: The parse.
        candidate: The attribution.

    Returns:
        statement, belief, intention, decree or perception.
    """
    head = candidate.cue_head
    if head is None:
        return "statement"
    lemma, kind = _lemma(parse, head), _CLASSES.get(parse.pos[head], "verb")
    listed = _listed(_with_particle(parse, candidate, head), "particle verb") or _listed(lemma, kind)
    if kind == "verb":
        attitude = _verb_attitude(parse, candidate, head, lemma, listed or "statement")
    else:
        attitude = listed or _listed(lemma, "verb") or "statement"
    if attitude == "statement" and _words_unreported(parse, candidate, lemma, listed):
        return "belief"
    return attitude


def _words_unreported(parse: Parse, candidate: Candidate, lemma: str, listed: str | None) -> bool:
    """Return whether a cue tells that somebody spoke or took a stand, but not what was said.

    "Clinton mentioned his remarks" names a topic and "has backed Clinton" a
    stance; "reiterated its support" gives the words' content.
    """
    frame = candidate.rule
    if lemma in words("request_verbs") and _is_infinitive(parse, candidate):
        return False  # "ordered its staff not to speak"
    if frame in _NOMINAL_FRAMES:
        unspoken = candidate.speaker is None or lemma not in words("content_objects")
        return unspoken or _is_mute(parse, candidate, lemma)
    if frame in _WITHOUT_A_SPEAKER:
        return True
    return frame in _OPEN_FRAMES and listed is None


def _is_mute(parse: Parse, candidate: Candidate, lemma: str) -> bool:
    """Return whether a thing does what would be speech if people did it ("clouds promised rain")."""
    speaker = candidate.speaker
    if speaker is None or lemma not in _THINGS_DO_TOO or parse.tags[speaker.head] not in ("NN", "NNS"):
        return False
    return not can_speak(parse, speaker.head)


def _verb_attitude(parse: Parse, candidate: Candidate, head: int, lemma: str, listed: str) -> str:
    if lemma in _ASKS_TO_KNOW and {"want", "demand", "ask"} & {parse.lemmas[t] for t in candidate.cue}:
        # "She wanted to know why" is a question put into a cue.
        return "statement"
    if (
        lemma in _LAYS_DOWN
        and candidate.speaker is not None
        and parse.lemmas[candidate.speaker.head] in words("laws")
    ):
        return "decree"
    infinitive = _is_infinitive(parse, candidate)
    if infinitive and lemma in _INFINITIVE_INTENDS:
        # "Ministers are expected to resign" is what others believe, "expects to win" what one intends.
        passive = any(parse.deps[c] == "auxpass" for c in parse.children[head])
        return listed if passive or lemma == "threaten" else "intention"
    if not infinitive and lemma in _CLAUSE_BELIEVES and candidate.argument is not None:
        # "wants banks to hold more" stays an intention, "decided that it was late" is a belief.
        infinite = any(parse.tags[c] == "TO" for c in parse.children[candidate.argument])
        return "belief" if parse.pos[candidate.argument] in ("VERB", "AUX") and not infinite else listed
    return listed


def _lemma(parse: Parse, head: int) -> str:
    """Return the cue's lemma, with the silent "e" that a lemmatizer drops from "hopes" put back."""
    lemma, cues = parse.lemmas[head], table("cues")
    if lemma not in cues and f"{lemma}e" in cues:
        rest = parse.words[head].lower().removeprefix(lemma)
        return f"{lemma}e" if rest in ("e", "es", "ed", "ing") else lemma
    return lemma


def _is_infinitive(parse: Parse, candidate: Candidate) -> bool:
    if not candidate.content:
        return False
    tokens = parse.tokens_in(candidate.content[0])
    if not tokens:
        return False
    first = tokens[0]
    if parse.tags[first] == "TO":
        return True
    return parse.words[first] == "not" and len(tokens) > 1 and parse.tags[first + 1] == "TO"


def _with_particle(parse: Parse, candidate: Candidate, head: int) -> str:
    """Return the key of a particle verb: lemma and the word that follows it in the cue."""
    after = head + 1
    if after < len(parse) and (after in candidate.cue or parse.deps[after] == "prt"):
        return f"{parse.lemmas[head]} {parse.words[after].lower()}"
    return ""


def _listed(key: str, kind: str) -> str | None:
    """Return the attitude that the list gives a lemma of a part of speech, None when it is not there."""
    return _attitudes().get(key, {}).get(kind)


@cache
def _attitudes() -> dict[str, dict[str, str]]:
    """Return the attitude of each cue of the list by part of speech."""
    found: dict[str, dict[str, str]] = {}
    for key, fields in table("cues").items():
        classes, attitudes = fields[0].split(", "), fields[1].split(", ")
        each = attitudes if len(attitudes) > 1 else attitudes * len(classes)
        found[key] = dict(zip(classes, each, strict=True))
    return found
