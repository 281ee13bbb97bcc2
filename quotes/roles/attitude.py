"""What kind of attribution a cue makes: statement, belief, intention, decree or perception."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.lexicon.entries import cues, word_class
from quotes.roles.clause import CueClause
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_speak

_CLASSES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_NOMINAL_RULES = frozenset({"nominal_object", "prepositional_content", "object_predicate"})
_RULES_WITHOUT_SPEAKER = frozenset({"passive_subject", "raised_subject", "adverbial_clause"})
_OPEN_RULES = frozenset({"infinitive", "noun_clause", "adjective_clause", "parenthetical", "as_clause"})


def attitude_of(clause: CueClause) -> str:
    """Return statement, belief, intention, decree or perception.

    The cue's lemma and part of speech decide, from the list of cues; the
    content's form corrects it: "hopes to leave" is an intention, "hopes that"
    a belief. A cue that is not in the list is a statement: what the scorer let
    pass with an unknown verb is most often a rare verb of speaking ("quacked").
    """
    parse, cue = clause.parse, clause.cue
    lemma, kind = _lemma(parse, cue), _CLASSES.get(parse.pos[cue], "verb")
    of_lemma, after = cues().get(lemma, {}), cue + 1
    listed = of_lemma.get(kind)
    if after in clause.candidate.cue:
        particle_verb = f"{parse.lemmas[cue]} {parse.lower(after)}"
        listed = cues().get(particle_verb, {}).get("particle verb") or listed
    if kind == "verb":
        attitude = _verb_attitude(clause, lemma, listed or "statement")
    else:
        attitude = listed or of_lemma.get("verb", "statement")
    if listed is None:
        clause.note("attitude", "“{}” is in no list of cues and passes for a word of speaking", lemma)
    elif listed == attitude:
        clause.note("attitude", "“{}” is listed so", lemma)
    else:
        clause.note("attitude", "“{}” is listed as {}, but not with such a content", lemma, listed)
    if attitude == "statement" and _words_unreported(clause, lemma, listed):
        clause.note("attitude", "it names a topic, a stance or no speaker, but not what was said")
        return "belief"
    return attitude


def _words_unreported(clause: CueClause, lemma: str, listed: str | None) -> bool:
    """Return whether a cue tells that somebody spoke or took a stand, but not what was said.

    "Clinton mentioned his remarks" names a topic and "has backed Clinton" a
    stance; "reiterated its support" gives the words' content.
    """
    parse, rule = clause.parse, clause.candidate.rule
    if lemma in words("request_verbs") and _is_infinitive(clause):
        return False  # "ordered its staff not to speak"
    if rule in _NOMINAL_RULES:
        unspoken = clause.candidate.speaker is None or lemma not in words("content_objects")
        return unspoken or _is_inanimate(clause, lemma)
    if rule == "infinitive" and clause.candidate.speaker is None and parse.is_passive(clause.cue):
        return True  # "are said to own three yachts"
    return rule in _RULES_WITHOUT_SPEAKER or (rule in _OPEN_RULES and listed is None)


def _is_inanimate(clause: CueClause, lemma: str) -> bool:
    """Return whether a thing does what would be speech if people did it ("clouds promised rain")."""
    parse, speaker = clause.parse, clause.candidate.speaker
    if speaker is None or lemma not in word_class("inanimate_verb"):
        return False
    return parse.tags[speaker.head] in ("NN", "NNS") and not can_speak(parse, speaker.head)


def _verb_attitude(clause: CueClause, lemma: str, listed: str) -> str:
    parse, candidate = clause.parse, clause.candidate
    speaker = "" if candidate.speaker is None else parse.lemmas[candidate.speaker.head]
    if speaker in words("laws") and lemma in word_class("enacting_verb"):
        return "decree"
    if _is_infinitive(clause):
        if lemma not in word_class("intending_verb"):
            return listed
        # "Ministers are expected to resign" is what others believe, "expects to win" what one intends.
        return listed if lemma == "threaten" or parse.is_passive(clause.cue) else "intention"
    argument = candidate.argument
    if lemma in word_class("deciding_verb") and argument is not None:
        # "wants banks to hold more" stays an intention, "decided that it was late" is a belief.
        infinitive = any(parse.tags[c] == "TO" for c in parse.children[argument])
        return "belief" if parse.pos[argument] in ("VERB", "AUX") and not infinitive else listed
    return listed


def _lemma(parse: Parse, cue: int) -> str:
    """Return the cue's lemma, with the silent "e" that a lemmatizer drops from "hopes" put back."""
    lemma = parse.lemmas[cue]
    if lemma not in cues() and f"{lemma}e" in cues():
        rest = parse.lower(cue).removeprefix(lemma)
        return f"{lemma}e" if rest in ("e", "es", "ed", "ing") else lemma
    return lemma


def _is_infinitive(clause: CueClause) -> bool:
    """Return whether the content opens with "to" or "not to"."""
    parse, content = clause.parse, clause.candidate.content
    return [parse.tags[t] for t in parse.tokens_in(content[0]) if parse.words[t] != "not"][:1] == ["TO"]
