"""Whether the words of an attribution have been said, might be, or are denied."""

from __future__ import annotations

from functools import cache
from itertools import chain

from quotes.lexicon import table, words
from quotes.lexicon.entries import word_class
from quotes.roles.clause import CueClause
from quotes.syntax.parse import Parse

_COMPLEMENTS = frozenset({"xcomp", "advcl", "acl", "ccomp", "csubj"})
_HIGHEST = 6
_LONGEST_COMMENT = 3
"""Words of "to comment further"."""


def is_factual(clause: CueClause) -> bool:
    """Return whether the cue tells of words that were said, thought or withheld in fact.

    Future, conditional and refused saying is not factual, nor are idioms ("that
    said") and commands ("say what you like"). "Did not say" and "denied" are.
    """
    parse, cue = clause.parse, clause.cue
    is_verb = parse.pos[cue] in ("VERB", "AUX") and parse.lower(cue) != "according"
    for test, why in (*_NOT_FACTUAL, *(_NO_FACTUAL_VERB if is_verb else ())):
        if test(clause):
            clause.note("attitude", why)
            return False
    return True


def is_negated(clause: CueClause) -> bool:
    """Return whether the content was denied or not said.

    "Denied that", "did not say", "has never claimed", "nobody said" are
    negated; "did not deny" is not, and neither is a negation inside the content.
    """
    parse, speaker = clause.parse, clause.candidate.speaker
    subject = "" if speaker is None else parse.lower(parse.tokens_in(speaker.span)[0])
    not_said = _has_negator(clause) or subject in word_class("nobody")
    return not_said != (parse.lemmas[clause.cue] in words("denials"))


def _in_idiom(clause: CueClause) -> bool:
    """Return whether the cue is a word of a set phrase, or "say" in the sense of "for example"."""
    parse, cue = clause.parse, clause.cue
    if parse.lower(cue) == "say" and parse.deps[cue] == "intj":
        return True  # "a hinge and, say, forty bolts"
    places = _idioms_with().get(parse.lower(cue).replace("’", "'"), ())
    begin, end = parse.sentence_of(cue) if places else (0, 0)
    around = [w.lower().replace("’", "'") for w in parse.words[begin:end]]
    starts = [(phrase, cue - begin - place) for phrase, place in places]
    return any(start >= 0 and around[start : start + len(phrase)] == phrase for phrase, start in starts)


@cache
def _idioms_with() -> dict[str, list[tuple[list[str], int]]]:
    """Return the set phrases that hold each word, with the word's place in them."""
    found: dict[str, list[tuple[list[str], int]]] = {}
    for phrase in map(str.split, words("idioms")):
        for place, word in enumerate(phrase):
            found.setdefault(word, []).append((phrase, place))
    return found


def _overcomes(parse: Parse, verb: int) -> bool:
    """Return whether a verb tells of a denied reluctance ("could not resist saying")."""
    return _is_reluctant(parse, verb) and parse.is_negated(verb)


def _is_reluctant(parse: Parse, verb: int) -> bool:
    return "overcome" in table("nonfactual_governors").get(parse.lemmas[verb], ())


def _is_hypothetical(clause: CueClause) -> bool:
    """Return whether the cue or a verb it hangs on is future, conditional or refused."""
    parse, token = clause.parse, clause.cue
    for above in (*parse.ancestors(token, _HIGHEST), None):
        if token != clause.cue and _overcomes(parse, token):
            return False
        if _has_modal_or_condition(clause, token):
            return True
        if above is None or above in clause.content:
            return False
        if _is_ruled_out(parse, token, above):
            return True
        if not _passes_on(parse, token):
            return False
        token = above
    return False


def _after_open_word(clause: CueClause) -> bool:
    """Return whether "expected to", "due to" and the like come right before the cue.

    The parse may miss it: "is due to brief allies" can come out as "due to" and
    a noun phrase.
    """
    parse, cue = clause.parse, clause.cue
    after_to = cue >= 2 and parse.lower(cue - 1) == "to"
    return after_to and _leaves_open(parse, cue - 2, cue) and not _overcomes(parse, cue - 2)


def _is_ruled_out(parse: Parse, verb: int, above: int) -> bool:
    """Return whether what a verb depends on leaves it open or excludes it."""
    if parse.deps[verb] == "pcomp":
        return parse.lower(above) in word_class("instead")  # "without saying who", "instead of saying"
    if parse.deps[verb] not in _COMPLEMENTS or _overcomes(parse, above):
        return False
    if parse.is_infinitive(verb):
        return _leaves_open(parse, above, verb)
    return parse.tags[verb] == "VBG" and _is_reluctant(parse, above)  # "avoided saying", "stopped saying"


def _passes_on(parse: Parse, verb: int) -> bool:
    """Return whether what is said of the governor holds for the verb under it too."""
    label = parse.deps[verb]
    if label == "conj":
        # "might ring and say that": the second verb shares the modal, unless it has a tense of its own.
        return parse.tags[verb] == "VB"
    if label in ("prep", "pcomp", "acomp", "xcomp"):
        return True
    return label in _COMPLEMENTS and parse.is_infinitive(verb)


def _has_modal_or_condition(clause: CueClause, verb: int) -> bool:
    """Return whether a modal verb or a condition governs one verb."""
    parse = clause.parse
    for child in parse.children_with(verb, "aux", "mark", "advmod"):
        if child >= verb or child in clause.content:
            continue
        word = parse.lower(child)
        if parse.deps[child] != "aux":
            if word in word_class("condition"):
                return True
        elif word in word_class("modal"):
            revealing = word == "can" and parse.lemmas[clause.cue] in word_class("reporting_verb")
            if not revealing or parse.is_negated(verb):
                return True
    return False


def _leaves_open(parse: Parse, governor: int, verb: int) -> bool:
    """Return whether a governor of an infinitive leaves open that it happened."""
    lemma = parse.lemmas[governor]
    if "have" in [parse.lemmas[c] for c in parse.children_with(verb, "aux")]:
        # "was expected to have told" is rare; "is said to have told" and "is believed to have said" report.
        return False
    if lemma in word_class("wish"):
        # "wanted to know why", "wanted to make clear that" are ways of asking and saying.
        return parse.lemmas[verb] not in word_class("wished_saying")
    beside = [parse.lower(c) for c in parse.children[governor]]
    if lemma == "have":
        return "yet" in beside  # "has yet to say"; but "had to admit"
    if lemma == "go" and parse.tags[governor] == "VBG":
        return not parse.has_child(governor, "prt") and "on" not in beside
    return lemma in words("nonfactual_governors") or parse.lower(governor) in words("nonfactual_governors")


def _is_question(clause: CueClause) -> bool:
    """Return whether the cue is what a question asks about ("Did he say that?")."""
    parse, cue = clause.parse, clause.cue
    do = next((c for c in parse.children_with(cue, "aux") if parse.lemmas[c] == "do"), None)
    subject = parse.child(cue, "nsubj")
    if do is None or subject is None or not do < subject < cue:
        return False
    after = range(cue, parse.sentence_of(cue)[1])
    return any(parse.words[t] == "?" and t not in clause.content for t in after)


def _is_command(clause: CueClause) -> bool:
    """Return whether the cue is an imperative ("Say what you like")."""
    parse, cue = clause.parse, clause.cue
    if clause.candidate.speaker is not None or parse.tags[cue] not in ("VB", "VBP"):
        return False
    if parse.has_child(cue, "nsubj", "nsubjpass", "aux", "auxpass", "expl"):
        return False
    # "If he asks, tell him": a condition may come before the command.
    conditions = [c for c in parse.children_with(cue, "advcl") if c < cue]
    light = ("PUNCT", "ADV", "INTJ", "CCONJ", "SPACE")
    return all(
        parse.pos[t] in light or any(parse.is_under(t, c) for c in conditions)
        for t in range(parse.sentence_start(cue), cue)
    )


def _was_asked(clause: CueClause) -> bool:
    """Return whether the named speaker is the one who was asked or told.

    "Asked whether he would go, the minister said no": somebody unnamed asked.
    """
    parse, cue, speaker = clause.parse, clause.cue, clause.candidate.speaker
    if speaker is None or parse.deps[cue] != "advcl" or parse.tags[cue] not in ("VBN", "VBD"):
        return False
    main = parse.heads[cue]
    if parse.lemmas[cue] not in word_class("question_verb") or not cue < speaker.head <= main:
        return False
    return speaker.head in parse.children[main]


def _is_comment_sought(clause: CueClause) -> bool:
    """Return whether nothing is reported but that somebody's words were asked for ("asked to comment")."""
    parse = clause.parse
    said = [parse.lemmas[t] for t in sorted(clause.content) if parse.is_word(t)]
    short = 2 <= len(said) <= _LONGEST_COMMENT
    return short and said[0] == "to" and said[1] in word_class("comment_verb")


def _has_negator(clause: CueClause) -> bool:
    """Return whether a "not" is at the cue or a verb above it."""
    parse = clause.parse
    verbs = [v for v in clause.chain if v == clause.cue or not _overcomes(parse, v)]
    around = chain(clause.candidate.cue, *[parse.children[verb] for verb in verbs])
    negators = {t for t in around if parse.lower(t) in word_class("negator") and t not in clause.content}
    if not negators:
        return False
    negators.difference_update(*[parse.children[v] for v in clause.chain.difference(verbs)])
    # "He did not say on Monday whether": what is far from its verb still negates it.
    attached = any(parse.deps[t] in ("neg", "preconj", "cc") and t <= clause.last for t in negators)
    return attached and not any([parse.lower(t), *parse.words[t + 1 : t + 2]] == ["not", "only"] for t in negators)


_NOT_FACTUAL = (
    (_in_idiom, "the cue is a word of a set phrase"),
    (_after_open_word, "the word before the cue leaves open whether it was said"),
)
_NO_FACTUAL_VERB = (
    (_is_hypothetical, "the saying is future, conditional, wished for or refused"),
    (_is_question, "a question asks whether it was said"),
    (_is_command, "the cue is a command"),
    (_was_asked, "the speaker named was asked, and somebody else asked"),
    (_is_comment_sought, "only a comment was asked for"),
)
"""Ways in which words were not said in fact (the latter of verbs), and what a trace says of each."""
