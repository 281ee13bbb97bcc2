"""Constructions whose cue governs its content: a verb, noun or adjective with a clause or an object."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.extents import extents_under
from quotes.candidates.pieces import beside_cue
from quotes.lexicon import words
from quotes.lexicon.entries import addressee_positions, cues, time_kind, word_class
from quotes.syntax.article import Article
from quotes.syntax.chains import chained_onto, goes_on_saying
from quotes.syntax.cues import cue_phrase, is_quoted_saying, is_saying, quoted_sayings
from quotes.syntax.noun_phrases import SUBJECTS, mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import adjacent_noun, can_be_addressed, can_speak, has_own_words, owner_of, subject_of

PREPOSITIONAL_RULE = "prepositional_content"
"""Rule of a content that is the object of a preposition under the cue."""
_RULE_OF = {
    "ccomp": "clausal_complement",
    "xcomp": "infinitive",
    "dobj": "nominal_object",
    "obj": "nominal_object",
    "attr": "nominal_object",
    "oprd": "object_predicate",
    "acomp": "object_predicate",
    "dative": "nominal_object",
    "advcl": "adverbial_clause",
    "acl": "noun_clause",
    "nsubjpass": "passive_subject",
}
_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl", "xcomp"})
_ADJECTIVE_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})
Content = tuple[str, int]
"""Rule of a content that a cue governs, and the token that heads it."""
_ENDS = frozenset({".", ",", ";", ":", "!", "?"})


def from_verb(article: Article, verb: int) -> Iterator[Candidate]:
    """Take every dependent of a verb that can be what was said.

    "He <denied> that [the fish were poisoned]" has a clausal complement; "He
    <found> [his keys]" has the shape of a nominal object, and the scorer refuses it.
    """
    parse = article.parse
    if is_quoted_saying(parse, verb):
        return
    sayings = quoted_sayings(parse, verb)
    raising = parse.lemmas[verb] in word_class("raising_verb")
    arguments = _arguments(parse, verb, sayings)
    if any(_is_wish_for_anonymity(parse, verb, content) for _, content in arguments):
        return  # "asked not to be named", "requesting anonymity for fear of reprisal"
    if is_declared(parse, verb):
        return  # the adjective is the cue
    if not arguments and not sayings and not raising:
        return  # most verbs: who speaks need not be asked
    subject = _speaking_subject(article, verb)
    possible = [(rule, c) for rule, c in arguments if not _is_no_content(parse, verb, c, subject)]
    # "are <said> to own yachts": people say so, not they
    hearsay = parse.is_passive(verb) and parse.has_child(verb, "xcomp") and parse.agent(verb) is None
    unnamed = hearsay or parse.lemmas[verb] in word_class("seeming_verb")
    yield from _governed(article, possible, cue_phrase(parse, verb), verb, None if unnamed else subject)
    for saying in sayings:
        yield from quoted_as_saying(article, verb, saying)
    if raising and subject is not None:
        yield from raised_subject(parse, verb, subject)


def from_noun(article: Article, noun: int) -> Iterator[Candidate]:
    """Take the clause or prepositional phrase after a noun.

    "His <assurance> that [drivers would be paid]"; not "the <house> that [Jack built]",
    which has the same shape.
    """
    parse = article.parse
    contents = _contents(parse, noun, "noun_clause", _NOUN_CLAUSES)
    if contents:
        yield from _governed(article, contents, (noun,), noun, owner_of(parse, noun))


def from_adjective(article: Article, adjective: int) -> Iterator[Candidate]:
    """Take what an adjective of saying or believing governs.

    "The minister is <confident> that [it will pass]"; not "the soup was <cold> [when it came]".
    """
    parse = article.parse
    contents = _contents(parse, adjective, "adjective_clause", _ADJECTIVE_CLAUSES)
    if parse.deps[adjective] == "acomp" and is_declared(parse, parse.heads[adjective]):
        clauses = parse.children_with(parse.heads[adjective], "ccomp")
        contents += [("adjective_clause", c) for c in clauses if c > adjective]
    if not contents:
        return
    verb, own = parse.heads[adjective], parse.child(adjective, "nsubj")
    cue: tuple[int, ...] = (adjective,)
    is_predicate = parse.deps[adjective] in ("acomp", "amod", "ROOT", "conj", "oprd", "advcl")
    if is_predicate and parse.pos[verb] in ("AUX", "VERB"):
        subject = subject_of(parse, verb)
        phrase = cue_phrase(parse, verb)
        if phrase[0] < adjective <= phrase[-1] + 3:  # "is quite <confident>"
            cue = tuple(range(phrase[0], adjective + 1))
    elif parse.lemmas[verb] == "make" and own is not None and parse.lemmas[own] == "it":
        subject = subject_of(parse, verb)  # "<Kord> made it clear that ..."
    else:
        subject = subject_of(parse, adjective)
    yield from _governed(article, contents, cue, adjective, subject)


def is_declared(parse: Parse, verb: int) -> bool:
    """Return whether the adjective after a verb is the cue of its clause ("was <clear> with us that ...").

    In "it was clear that" nobody says so.
    """
    predicate, clause, subject = parse.child(verb, "acomp"), parse.child(verb, "ccomp"), parse.child(verb, "nsubj")
    if predicate is None or clause is None or subject is None or clause < predicate:
        return False
    speaks = parse.lemmas[subject] not in ("it", "this", "that", "which", "what") and can_speak(parse, subject)
    return speaks and is_saying(parse, predicate, "adjective")


def quoted_as_saying(article: Article, quoting: int, saying: int) -> Iterator[Candidate]:
    """Take "The Wire <quoted> the minister as saying [the border would reopen]".

    The minister speaks and the Wire is the medium; "was <quoted as saying>" has
    the speaker for a subject. "quoted Burke as an example" has no saying.
    """
    parse = article.parse
    subject = subject_of(parse, saying)
    unbroken = parse.has_child(quoting, "nsubjpass") and parse.heads[saying] == quoting + 1
    cue = tuple(range(quoting, saying + 1)) if unbroken else (quoting,)
    for clause in parse.children_with(saying, "ccomp"):
        extents = tuple(extents_under(article, saying, clause, (cue[0], saying)))
        if extents:
            speaker = None if subject is None else mention_of(parse, subject)
            yield Candidate("quoted_as_saying", cue, quoting, clause, extents, speaker)


def raised_subject(parse: Parse, verb: int, subject: int) -> Iterator[Candidate]:
    """Take "[The court] <seemed> [to agree]": nobody in the sentence is the source.

    In "It <seemed> that the court agreed" nothing is raised.
    """
    complement = parse.child(verb, "xcomp", "oprd", "acomp", "ccomp")
    cue = cue_phrase(parse, verb)
    if complement is not None and subject < cue[0] and verb < complement:
        pieces = tuple((parse.left[t], parse.right[t]) for t in (subject, complement))
        extent = Extent("subject_and_clause", pieces)
        yield Candidate("raised_subject", cue, verb, complement, (extent,), None)


def _governed(
    article: Article, contents: Sequence[Content], cue: tuple[int, ...], head: int, speaker: int | None
) -> Iterator[Candidate]:
    """Yield each content of a cue in all its extents, if anything is left of it.

    A preposition directly after the cue that leads to the content is added to it.
    """
    parse = article.parse
    mention = None if speaker is None or not contents else mention_of(parse, speaker)
    for rule, argument in contents:
        if rule == PREPOSITIONAL_RULE:
            preposition = parse.heads[argument]
            own = (*cue, preposition) if preposition == cue[-1] + 1 else cue
            zone = own[0], own[-1]
        else:
            own = _with_preposition(parse, head, cue) if rule == "infinitive" else cue
            mark = parse.child(argument, "mark") if rule == "adverbial_clause" else None
            if mark == cue[-1] + 1 and parse.lemmas[mark] == "for":
                own = (*cue, mark)  # "called <for> [crews to leave]"
            run = None if mention is None else beside_cue(parse, own, mention.head)
            zone = run or (own[0], own[-1])
        extents = list(extents_under(article, head, argument, zone))
        if extents and rule == PREPOSITIONAL_RULE:  # "called [for an inquiry]"
            extents.append(Extent("with_preposition", ((parse.heads[argument], extents[0].pieces[-1][1]),)))
        if extents:
            yield Candidate(rule, own, head, argument, tuple(extents), mention)


def _arguments(parse: Parse, verb: int, sayings: Sequence[int]) -> list[Content]:
    """Return the rule and the head of everything under a verb that may be what was said.

    The "saying" of "quoted her as saying" under it leads to the content.
    """
    found = [("clausal_complement", clause) for clause in _misplaced_clauses(parse, verb)]
    leads_elsewhere = {parse.heads[saying] for saying in sayings}
    asked = [c for c in parse.children_with(verb, "xcomp", "advcl") if c > verb and parse.is_infinitive(c)]
    if asked and "on" in addressee_positions(parse.lemmas[verb]):
        leads_elsewhere.update(c for c in parse.children[verb] if parse.lemmas[c] == "on")
    for child in parse.children[verb]:
        dep = parse.deps[child]
        if (sayings and dep == "dobj") or child in leads_elsewhere:
            continue  # "quoted the minister as saying", "called on the utility to publish its tests"
        if dep in _RULE_OF:
            mark = parse.child(child, "mark")
            told = dep == "advcl" and mark is not None and _is_told(parse, verb, mark)
            calls = leads_elsewhere and child in asked  # "calls on the utility to publish its tests"
            found.append(("clausal_complement" if told else "infinitive" if calls else _RULE_OF[dep], child))
        elif dep == "agent" or (dep == "prep" and child > verb):
            names_addressee = parse.lemmas[child] in addressee_positions(parse.lemmas[verb])  # "apologised to the fans"
            objects = _objects_of(parse, child)
            hearers = [t for t in objects if names_addressee and can_be_addressed(parse, t)]
            # "repeated to <Kord> [his support]": the parser may give both to "to", or the second to Kord
            rule = "nominal_object" if hearers else PREPOSITIONAL_RULE
            targets = [t for t in objects if t not in hearers] + _owned_after(parse, hearers)
            found += [(rule, target) for target in targets]
    clauses = [c for rule, c in found if rule == "clausal_complement" and _is_told_by(parse, verb, c)]
    heard = [("nominal_object", parse.heads[clause]) for clause in clauses]
    found = [each for each in found if each not in heard]
    if any(rule == "clausal_complement" for rule, _ in found):  # "said in a statement that ..."
        found = [(rule, t) for rule, t in found if rule != PREPOSITIONAL_RULE]
    return found


def _is_told(parse: Parse, verb: int, mark: int) -> bool:
    """Return whether a clause that the parser took for an adverbial is told: "<asks> [if it may be shut]"."""
    asks = parse.lemmas[verb] in word_class("asking_verb") and parse.lemmas[mark] in ("if", "whether")
    return parse.lemmas[mark] == "that" or (asks and mark > verb)


def _contents(parse: Parse, cue: int, rule: str, labels: Container[str]) -> list[Content]:
    """Return the rule and the head of each content that may follow a noun or an adjective."""
    found: list[Content] = []
    for child in (c for c in parse.children[cue] if c > cue):
        dep = parse.deps[child]
        if dep in labels:
            found.append((rule, child))
        elif dep == "prep" and (parse.pos[cue] == "ADJ" or parse.lemmas[child] not in word_class("source_preposition")):
            found += [(PREPOSITIONAL_RULE, target) for target in _objects_of(parse, child)]
    return found


def _objects_of(parse: Parse, preposition: int) -> list[int]:
    """Return the heads of what a preposition leads to ("called for [an inquiry]")."""
    return [t for t in parse.children_with(preposition, "pobj", "pcomp", "prep") if t > preposition]


def _owned_after(parse: Parse, names: Sequence[int]) -> list[int]:
    """Return what opens with a possessive right after a name and can be no apposition ("Kord [his support]")."""
    apposed = [c for name in names for c in parse.children_with(name, "appos") if parse.left[c] == name + 1]
    return [c for c in apposed if parse.tags[parse.left[c]] == "PRP$"]


def _misplaced_clauses(parse: Parse, verb: int) -> Iterator[int]:
    """Yield "that"-clauses of a verb of saying that the parser hung on a noun between them.

    "told recruits that the war was lost", "said in a press release that no one
    was hurt": the clause belongs to neither the recruits nor the release.
    """
    if not is_saying(parse, verb) or parse.has_child(verb, "ccomp"):
        return
    for child in parse.children[verb]:
        is_time = parse.deps[child] == "npadvmod" and time_kind(parse.lemmas[child]) == "unit"
        own = is_time or parse.deps[child] in ("dobj", "dative")
        noun = child if own else parse.child(child, "pobj")
        if child < verb or noun is None or (parse.deps[child] == "dobj" and _is_cue_noun(parse, noun)):
            continue
        for clause in parse.children_with(noun, "acl", "relcl", "ccomp"):
            if _opens_with_that(parse, clause) and clause > parse.left[clause] + 1 and _has_subject(parse, clause):
                yield clause


def _is_told_by(parse: Parse, verb: int, clause: int) -> bool:
    """Return whether a clause hangs on somebody whom a verb tells it: "promised <residents> that ..."."""
    noun = parse.heads[clause]
    hears = parse.deps[noun] == "dobj" and parse.heads[noun] == verb and can_be_addressed(parse, noun)
    return hears and not {"object", "person"}.isdisjoint(addressee_positions(parse.lemmas[verb]))


def _is_cue_noun(parse: Parse, noun: int) -> bool:
    """Return whether a noun is a cue with a "that"-clause of its own."""
    clauses = parse.children_with(noun, "acl", "relcl")
    return "noun" in cues().get(parse.lemmas[noun], ()) and any(_opens_with_that(parse, c) for c in clauses)


def _opens_with_that(parse: Parse, clause: int) -> bool:
    """Return whether "that" opens a clause and is not its subject ("the wreck that had sunk")."""
    first = parse.left[clause]
    return parse.lemmas[first] == "that" and parse.children_with(clause, *SUBJECTS) != [first]


def _has_subject(parse: Parse, clause: int) -> bool:
    """Return whether a clause has a subject beside its "that": no relative has ("clauses that <will apply>")."""
    subject = parse.child(clause, *SUBJECTS)
    return subject is None or parse.lemmas[subject] != "that"


def _speaking_subject(article: Article, verb: int) -> int | None:
    """Return a verb's subject, or who speaks where the parser lost it."""
    parse = article.parse
    subject = subject_of(parse, verb)
    if subject is not None or not is_saying(parse, verb):
        return subject
    if verb >= 2 and not article.is_quoted(verb) and article.is_quoted(verb - 2):
        # "“Mind the glass!” <bellowed> a steward" has its speaker for an object.
        speaker = parse.child(verb, "dobj")
        if speaker is not None and can_speak(parse, speaker):
            return speaker
    clauses = parse.children_with(verb, "ccomp")
    if not parse.is_finite(verb):
        return None
    if not clauses:
        return _misplaced_people(parse, verb)
    if clauses[0] < verb < clauses[-1]:
        return subject_of(parse, clauses[0])  # "<Kast> offered him a job, then says he was no use"
    before = adjacent_noun(parse, verb, inverted=False)
    return before if before is not None and before < verb else None  # what follows is the content's subject


def _misplaced_people(parse: Parse, verb: int) -> int | None:
    """Return the first of the people before a verb that the parser coordinated with an earlier noun.

    "When they lost the war, <Ulm> and Dahl call it a win": neither was lost.
    """
    first, token = None, verb - 1
    while token > 0 and parse.entity_types[token] == "PERSON" and parse.deps[token] == "conj":
        first, token = token, parse.heads[token]
    return first


def _with_preposition(parse: Parse, verb: int, cue: tuple[int, ...]) -> tuple[int, ...]:
    """Add the "on" of "called on lawmakers Thursday to fund the bridge" to the cue."""
    after = cue[-1] + 1
    if after not in parse.children_with(verb, "prep"):
        return cue
    return (*cue, after) if f"{parse.lemmas[verb]} {parse.lemmas[after]}" in cues() else cue


def _is_no_content(parse: Parse, verb: int, child: int, subject: int | None) -> bool:
    """Return whether a dependent of a verb is its subject, empty, an addressee, or the real cue."""
    dep = parse.deps[child]
    if parse.heads[child] != verb:
        return False  # under a preposition of the verb, or hung on a noun by mistake
    if child == subject:
        return True  # "was quoted": its subject speaks
    asked = parse.lemmas[verb] in words("request_verbs") and parse.has_child(verb, "xcomp")
    if dep == "nsubjpass" and asked:
        return True  # "was urged to go"
    if goes_on_saying(parse, verb, child):
        return True  # "said it was late, <conceded> that he was tired"
    if dep == "ccomp" and child < verb and (child == chained_onto(parse, verb) or has_own_words(parse, verb)):
        return True  # "admitted <he slept>, said he was sorry"; "<It was late>, the judge called a witness"
    if parse.lemmas[child] in words("empty_objects") and parse.right[child] == child:
        return True  # "said nothing"
    if dep in ("dobj", "dative"):
        clause = parse.child(verb, "ccomp")
        if clause is not None and clause > child and "object" in addressee_positions(parse.lemmas[verb]):
            return True  # "told farmers she is back"
        if dep == "dobj" and _is_cue_noun(parse, child):
            return True  # "made the claim that ..."
        return _is_thing(parse, verb, child)
    return _goes_on_to_say(parse, verb, child)


def _is_wish_for_anonymity(parse: Parse, verb: int, child: int) -> bool:
    """Return whether a source asks that no name is given: why the writer gives none, not what was said.

    "asked not <to be named>", "requesting <anonymity>", "asked that her name not <be used>"; "asked
    <to be named> chairman" and "promised <anonymity>" are other things.
    """
    if parse.lemmas[verb] not in word_class("anonymity_verb"):
        return False
    lemma, subject = parse.lemmas[child], parse.child(child, "nsubjpass")
    if lemma == "anonymity":
        return True
    if subject is not None:  # "asked that his name be withheld"
        return parse.lemmas[subject] in word_class("name_noun") and lemma in word_class("publishing_verb")
    withheld = parse.is_negated(child) or parse.is_negated(verb)
    return withheld and parse.is_passive(child) and lemma in word_class("naming_verb")


def _is_thing(parse: Parse, verb: int, child: int) -> bool:
    """Return whether an object is only a thing or person that something is done to.

    "called a cab" and "called the match off" say nothing of their object, as "called
    the match a farce" does; "denied him entry" withholds it, "denied the theft" does not.
    """
    objects = [c for c in parse.children_with(verb, "dobj", "dative") if c > verb]
    if parse.lemmas[verb] in ("deny", "refuse"):
        return len(objects) > 1 and any(parse.deps[c] == "dative" for c in objects)
    if parse.lemmas[verb] != "call" or parse.pos[child] != "NOUN" or objects != [child]:
        return False
    after = parse.right[child] + 1
    ends = after == len(parse) or parse.words[after] in _ENDS or parse.deps[after] in ("prt", "prep")
    named = any(c > verb for c in parse.children_with(verb, "oprd", "xcomp", "ccomp", "acomp", "attr"))
    short = all(parse.deps[c] in ("det", "poss", "amod", "nummod", "compound") for c in parse.children[child])
    return short and ends and not named


def _goes_on_to_say(parse: Parse, verb: int, infinitive: int) -> bool:
    """Return whether an infinitive is in one cue with the verb above: a verb of saying with a clause.

    "went on to say that"; and below any passive: "was reported by the radio to have said that". What says only
    that it goes on needs no clause: "continued <to call> for calm".
    """
    if parse.lemmas[verb] in word_class("aspect_verb") and parse.is_infinitive(infinitive):
        return parse.lemmas[infinitive] in cues()
    if parse.deps[infinitive] != "xcomp" or not is_saying(parse, infinitive, "verb"):
        return False
    return parse.has_child(infinitive, "ccomp") and (parse.is_passive(verb) or cue_phrase(parse, infinitive)[0] <= verb)
