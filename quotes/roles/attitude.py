"""What kind of attribution a cue makes: statement, belief, intention, decree or perception."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.lexicon.entries import cues, word_class
from quotes.roles.clause import CueClause
from quotes.roles.unreported import is_unreported
from quotes.syntax.cues import is_saying


def attitude_of(clause: CueClause) -> str:
    """Return statement, belief, intention, decree or perception.

    The cue's lemma and part of speech decide, from the list of cues; the
    content's form corrects it: "hopes to leave" is an intention, "hopes that"
    a belief. A cue that is not in the list is a statement: what the scorer let
    pass with an unknown verb is most often a rare verb of speaking ("quacked").
    """
    lemma, listed = clause.lemma, clause.listed
    if clause.part_of_speech == "verb":
        attitude = _verb_attitude(clause, lemma, listed or "statement")
    elif clause.part_of_speech == "noun" and _is_voiced(clause):
        attitude = "statement"  # "expressed confidence that", "repeated her conviction that"
    else:
        attitude = listed or cues().get(lemma, {}).get("verb", "statement")
    if listed is None:
        clause.note("attitude", "“{}” is in no list of cues and passes for a word of speaking", lemma)
    elif listed == attitude:
        clause.note("attitude", "“{}” is listed so", lemma)
    else:
        clause.note("attitude", "“{}” is listed as {}, but not with such a content", lemma, listed)
    asked = lemma in words("request_verbs") and _is_infinitive(clause)  # "ordered its staff not to speak"
    if attitude == "statement" and is_unreported(clause, asked=asked):
        return "belief"
    return attitude


def _is_voiced(clause: CueClause) -> bool:
    """Return whether a noun is the object of a verb of saying."""
    parse, noun = clause.parse, clause.cue
    return parse.deps[noun] == "dobj" and is_saying(parse, parse.heads[noun], "verb")


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


def _is_infinitive(clause: CueClause) -> bool:
    """Return whether the content opens with "to" or "not to"."""
    parse, content = clause.parse, clause.candidate.content
    return [parse.tags[t] for t in parse.tokens_in(content[0]) if parse.words[t] != "not"][:1] == ["TO"]
