"""Where a content ends because the writer goes on, and where it goes on after what the parse took for its end."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.candidates.pieces import trim
from quotes.lexicon import words
from quotes.lexicon.entries import time_kind, word_class
from quotes.syntax.article import Article
from quotes.syntax.cues import is_saying
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_speak

_CLAUSES = ("ccomp", "xcomp", "dobj")
_SENTENCE_ENDS = frozenset({".", "?", "!"})


def before_aside(article: Article, candidate: Candidate, piece: Range) -> Range:
    """End a content before another's report, the writer's own time or occasion, or the speaker's next act.

    "said [the van had been borrowed], while prosecutors said ...", "... [it had grounded six jets],
    hours after a wheel fell", "... [the slope had moved] during a hearing", "... [the roof was safe]
    and blessed the workers"; "said [he would sell because feed had doubled]" keeps its reason.
    """
    parse, (first, last) = article.parse, piece
    cue, argument = candidate.cue_head, candidate.argument
    if cue is None or argument is None or not cue < first <= argument:
        return piece
    for token in range(argument + 1, last + 1):
        head, opening = parse.heads[token], parse.left[token]
        if not (head == cue or argument <= head < opening) or opening <= argument or article.is_quoted(token):
            continue
        if parse.right[token] >= last and _is_aside(parse, candidate, token, opening):
            return trim(parse, (first, opening - 1)) or piece
    return piece


def _is_aside(parse: Parse, candidate: Candidate, token: int, opening: int) -> bool:
    """Return whether a phrase at the end of a content is no part of it."""
    cue, argument = candidate.cue_head, candidate.argument
    assert cue is not None
    assert argument is not None
    dep = parse.deps[token]
    if parse.words[opening - 1] == ",":
        if dep == "advcl" and is_saying(parse, token, "verb") and parse.has_child(token, *_CLAUSES):
            return is_report_of_others(parse, token) or _is_added(parse, argument, token, opening)
        if dep in ("advcl", "prep", "npadvmod") and _measures_time(parse, token, opening):
            return True
    if dep == "prep" and parse.lemmas[token] in ("during", "at") and _is_occasion(parse, token):
        asked = parse.lemmas[cue] in words("request_verbs")
        return asked if parse.is_infinitive(argument) else not _subject_can_speak(parse, argument)
    return dep == "conj" and parse.heads[token] == argument and _is_next_act(parse, cue, argument, token)


def is_report_of_others(parse: Parse, verb: int) -> bool:
    """Return whether a clause sets another's report against the content (", while prosecutors said ...")."""
    mark, subject = parse.child(verb, "mark", "advmod"), parse.child(verb, "nsubj")
    contrast = mark is not None and parse.lower(mark) in word_class("contrasting_conjunction")
    return contrast and parse.is_finite(verb) and subject is not None and can_speak(parse, subject)


def _is_added(parse: Parse, argument: int, participle: int, opening: int) -> bool:
    """Return whether the speaker goes on to say something: no subject of the content could (", adding that ...")."""
    told = parse.child(participle, "ccomp")
    if parse.tags[participle] != "VBG" or opening != participle or told is None or parse.is_infinitive(told):
        return False  # ", allowing people to see it"
    acts = parse.tags[argument] in ("VBD", "VBN") and not parse.is_passive(argument)
    if parse.lemmas[participle] in word_class("resuming_cue"):
        return True
    return not acts or not _subject_can_speak(parse, argument)


def _measures_time(parse: Parse, token: int, opening: int) -> bool:
    """Return whether a phrase says how long after or before something else it was (", two days after ...")."""
    measure = next((c for c in (token, *parse.children[token]) if parse.deps[c] == "npadvmod"), None)
    if measure is None or time_kind(parse.lemmas[measure]) != "unit" or parse.left[measure] != opening:
        return False
    return parse.lower(measure + 1) in ("after", "before")


def _is_occasion(parse: Parse, preposition: int) -> bool:
    """Return whether a phrase names an occasion to speak ("during a hearing")."""
    noun = parse.child(preposition, "pobj")
    return noun is not None and parse.lemmas[noun] in word_class("occasion_noun") and parse.is_indefinite(noun)


def _is_next_act(parse: Parse, cue: int, argument: int, verb: int) -> bool:
    """Return whether a coordinated verb is what the speaker did next ("said [trade had doubled] and shook hands").

    Its form does not fit the auxiliary of the content, or it is an act of somebody, and the
    content is about a thing.
    """
    if parse.tags[verb] != parse.tags[cue] or parse.tags[verb] not in ("VBD", "VBZ"):
        return False
    if parse.has_child(verb, "nsubj", "nsubjpass", "expl", "aux", "auxpass") or parse.pos[verb] == "AUX":
        return False
    act = parse.lemmas[verb] in word_class("public_act_verb")
    comma = parse.words[parse.left[verb] - 2] == ","
    if _subject_can_speak(parse, argument):
        return act and comma and parse.tags[argument] != parse.tags[verb]
    return act or (parse.tags[argument] in ("VBN", "VB") and parse.has_child(argument, "aux"))


def _subject_can_speak(parse: Parse, verb: int) -> bool:
    subject = parse.child(verb, "nsubj", "nsubjpass")
    return subject is not None and (parse.pos[subject] == "PRON" or can_speak(parse, subject))


def with_list(article: Article, piece: Range) -> Range:
    """Let a content go on over a list with semicolons ("said that [A had rusted; B had been chained; and C ...]").

    A list has two semicolons at the least and a conjunction after the last.
    """
    parse, (first, last) = article.parse, piece
    if last + 1 >= len(parse) or parse.words[last + 1] != ";" or article.is_quoted(last + 1):
        return piece
    end = last + 1
    while end < len(parse) and parse.same_paragraph(last, end) and parse.words[end] not in _SENTENCE_ENDS:
        end += 1
    breaks = [t for t in range(last + 1, end - 1) if parse.words[t] == ";"]
    if len(breaks) > 1 and parse.lower(breaks[-1] + 1) in ("and", "or"):
        return trim(parse, (first, end - 1)) or piece
    return piece
