"""Whether a cue tells that somebody spoke or took a stand, but not what was said.

The default output leaves such attributions out: they count as beliefs. A clause or a quotation tells
what was said; a bare noun phrase does with verbs whose object is the matter said ("<denied> [the
allegations]"), and not with others ("<mentioned> [his remarks]", "has <backed> [the plan]").
"""

from __future__ import annotations

from quotes.lexicon import table, words
from quotes.lexicon.entries import cues, noun, noun_by_form, pronoun, word_class
from quotes.roles.clause import CueClause
from quotes.syntax.cues import quoted_sayings
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.syntax.subjects import can_be_addressed, can_speak

_NOMINAL_RULES = frozenset({"nominal_object", "prepositional_content", "object_predicate"})
_INSERTED_RULES = frozenset({"as_clause", "parenthetical"})
_RULES_WITHOUT_SPEAKER = frozenset({"passive_subject", "raised_subject", "adverbial_clause"})
_OPEN_RULES = frozenset({"infinitive", "noun_clause", "adjective_clause", "parenthetical", "as_clause"})
_SOMEBODY = frozenset({"person", "group"})


def is_unreported(clause: CueClause, *, asked: bool) -> bool:
    """Return whether it is left open what was said; with ``asked`` the content is a request."""
    of_form = _OF_NOUN_PHRASES if clause.candidate.rule in _NOMINAL_RULES else _OF_CLAUSES
    tests = (*_ALWAYS, *(_OF_REQUESTS if asked else of_form))
    for test, why in tests:
        if test(clause):
            clause.note("attitude", why)
            return True
    return False


def _is_own_act(clause: CueClause) -> bool:
    """Return whether a speaker does something by these very words: "“I <thank> you all,” he said".

    "I <told> him that" and "we <said> so" report what was said before.
    """
    parse, cue, speaker = clause.parse, clause.cue, clause.candidate.speaker
    if parse.tags[cue] not in ("VBP", "VB"):
        return False
    known = None if speaker is None else pronoun(parse.words[speaker.head])
    oneself = known is not None and known.person == "1"
    addressed = parse.child(cue, "dobj", "dative")
    if addressed is not None and parse.lower(addressed) == "you" and not parse.has_child(cue, "aux"):
        return oneself or speaker is None or not parse.is_plural(speaker.head)  # "Experts urge you to drink"
    return oneself and clause.article.is_quoted(cue)


def _is_stance(clause: CueClause) -> bool:
    """Return whether a verb with an object tells of no words ("mentioned his remarks", "still <blames> her").

    Nor does a relative pronoun alone ("which the guild <rejects>"), or a place ("<protested> [on the bridge]").
    """
    parse, head, lemma = clause.parse, clause.candidate.argument, clause.lemma
    lasting = any(parse.lower(c) in word_class("lasting") for c in parse.children_with(clause.cue, "advmod"))
    if lasting or head is None or clause.candidate.speaker is None or lemma not in words("content_objects"):
        return True
    if clause.candidate.rule != "prepositional_content":
        return parse.tags[head] in ("WDT", "WP") and len(clause.content) == 1
    preposition = parse.lemmas[parse.heads[head]]
    to_matter = preposition in word_class("matter_preposition") or f"{lemma} {preposition}" in cues()
    return not to_matter or parse.is_date(head)


def _is_inanimate(clause: CueClause) -> bool:
    """Return whether a thing does what would be speech if people did it: "clouds <promised> rain".

    So do "as <shown> by the cranes" and "his popularity <shows> that"; a survey that shows it reports.
    """
    parse, speaker = clause.parse, clause.candidate.speaker
    promising = clause.lemma in word_class("inanimate_verb") and clause.candidate.rule in _NOMINAL_RULES
    unclear = promising or clause.lemma in word_class("evidential_verb") or clause.candidate.rule in _INSERTED_RULES
    if speaker is None or not unclear:
        return False
    if parse.tags[speaker.head] not in ("NN", "NNS") or parse.lemmas[speaker.head] in word_class("finding_noun"):
        return False
    return not can_speak(parse, speaker.head) and noun_by_form(parse.lemmas[speaker.head]) is None


def _is_bare_object(clause: CueClause) -> bool:
    """Return whether an object has too little with it for what the class of its verb says.

    A thing decided on is no claim ("<rejected> the bid", not "the charge"); nothing is said of what is only
    named ("<called> her doctor"), or of somebody turned to ("<questioned> the pilot").
    """
    parse, head = clause.parse, clause.candidate.argument
    if head is None or any(clause.in_other_quotation(t) for t in clause.content):
        return False
    kind = table("content_objects")[clause.lemma][0]
    noun_phrase = parse.deps[head] in ("dobj", "dative", "conj", "pobj")
    if kind == "decided" and parse.lemmas[head] not in words("assertion_nouns"):
        return True
    known, types = noun(parse.lemmas[head]), _SOMEBODY | {"organization"} if kind == "aimed" else _SOMEBODY
    person = parse.entity_types[head] in ("PERSON", "NORP") or parse.pos[head] == "PRON"
    if noun_phrase and (person or (known is not None and known.type in types)):
        return not _tells_more(clause, head)
    named = kind == "described" and clause.candidate.rule != "prepositional_content"
    if not named or parse.has_child(head, "nsubj", "oprd", "amod"):
        return False
    bare = (head, *[p for p in parse.children_with(clause.cue, "prep") if not _leads_to_matter(parse, p)])
    within = all(any(parse.is_under(t, part) for part in bare) for t in clause.content if parse.is_word(t))
    return within and not _tells_more(clause, head)


def _tells_more(clause: CueClause, head: int) -> bool:
    """Return whether a reason, a description or a clause goes with an object: "blamed him [for it]"."""
    parse = clause.parse
    more = [*parse.children_with(clause.cue, "oprd", "xcomp", "ccomp"), *parse.children_with(head, "acl", "ccomp")]
    more += [c for c in parse.children_with(head, "relcl") if parse.lower(parse.left[c]) == "that"]
    prepositions = (*parse.children_with(clause.cue, "prep"), *parse.children_with(head, "prep"))
    more += [p for p in prepositions if _leads_to_matter(parse, p)]
    return any(c > head and c in clause.content for c in more)


def _leads_to_matter(parse: Parse, preposition: int) -> bool:
    target = parse.child(preposition, "pobj")
    dated = target is not None and parse.is_date(target)
    return parse.lemmas[preposition] in word_class("matter_preposition") and not dated


def _is_topic(clause: CueClause) -> bool:
    """Return whether a clause names what was talked about: "<discussed> how to pay", "a <speech> [outlining it]"."""
    parse, topics, head = clause.parse, word_class("topic_verb"), clause.candidate.argument
    if clause.candidate.rule == "noun_clause" and head is not None:
        return parse.tags[head] == "VBG" and not parse.has_child(head, "aux", "nsubj")
    below = parse.deps[clause.cue] in ("xcomp", "pcomp") and parse.lemmas[parse.heads[clause.cue]] in topics
    return below or (clause.lemma in topics and clause.candidate.rule in ("clausal_complement", "infinitive"))


def _is_name(clause: CueClause) -> bool:
    """Return whether a quotation is what something is called: "a café <called> “The Spoon”", "<quotes> an “aide” as".

    So is what follows a title: "wrote Salt Road, [which is a play]".
    """
    parse, cue = clause.parse, clause.cue
    if clause.candidate.quotation is None:
        first = min(clause.content)
        return first > cue and parse.lower(first) == "which" and parse.words[first - 1] == ","
    named = parse.deps[cue] == "acl" and parse.lower(cue) in word_class("naming_participle")
    return named or any(cue < min(clause.content) < saying for saying in quoted_sayings(parse, cue))


def _is_deed(clause: CueClause) -> bool:
    """Return whether a clause without a finite verb tells what is done, or what a picture shows.

    "<declared> [himself king]", "<allowing> [them to sell]", "The video <shows> [him failing]"; a poll that
    "<shows> [her leading]" reports.
    """
    parse, head, speaker = clause.parse, clause.candidate.argument, clause.candidate.speaker
    if clause.candidate.rule not in ("clausal_complement", "infinitive") or head is None:
        return False
    finite = any(parse.tags[t] in FINITE_OR_MODAL for t in (head, *parse.children[head]))
    if finite or any(clause.in_other_quotation(t) for t in clause.content):
        return False
    subject = parse.child(head, "nsubj", "nsubjpass")
    on_oneself = subject is not None and parse.lower(subject).endswith(("self", "selves"))
    picture = speaker is not None and parse.lemmas[speaker.head] in word_class("picture")
    return on_oneself or picture or clause.lemma in word_class("permitting_verb")


def _is_purpose(clause: CueClause) -> bool:
    """Return whether an infinitive tells what things are for: "<ordered> pumps [to replace the old ones]"."""
    parse, first = clause.parse, min(clause.content)
    if clause.lemma not in word_class("procuring_verb"):
        return False
    objects = [t for t in parse.children_with(clause.cue, "dobj", "dative", "oprd") if clause.cue < t < first]
    if not objects and first - 1 > clause.last:
        objects = [first - 1]  # "ordered [new pumps to replace them]" is one phrase in the parse
    things = [t for t in objects if parse.tags[t] in ("NN", "NNS") and not can_speak(parse, t)]
    passive = "be" in parse.lemmas[first : first + 3]  # "ordered the gates to be locked"
    return not passive and not all(can_be_addressed(parse, t) for t in things)


def _has_no_speaker(clause: CueClause) -> bool:
    """Return whether nobody is said to say so ("are <said> to own three yachts"), or by an unknown verb."""
    rule, nobody = clause.candidate.rule, clause.candidate.speaker is None
    if nobody and (rule == "infinitive" or clause.lemma == "be"):
        return True
    return rule in _RULES_WITHOUT_SPEAKER or (rule in _OPEN_RULES and clause.listed is None)


_INANIMATE = (_is_inanimate, "a thing does what would be speech if people did it")
_ALWAYS = ((_is_own_act, "it is what the speaker does by these words, not what somebody said"),)
_OF_REQUESTS = ((_is_purpose, "it is what something is for"),)
_OF_NOUN_PHRASES = (
    _INANIMATE,
    (_is_stance, "it names a topic, a stance or no speaker, but not what was said"),
    (_is_bare_object, "it is decided on, named or turned to, with no word of what was said"),
)
_OF_CLAUSES = (
    *_OF_REQUESTS,
    _INANIMATE,
    (_has_no_speaker, "it names no speaker, by an unknown verb or in the passive"),
    (_is_name, "it is what something is called, or is"),
    (_is_topic, "it names what was talked about, not what was said"),
    (_is_deed, "it is what was seen or done"),
)
"""Ways in which the words themselves are left out, by the form of the content, and what a trace says of each."""
