"""Frames whose cue is a verb with a content of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.extents import readings
from quotes.candidates.governed import governed, objects_of
from quotes.lexicon import table, words
from quotes.syntax.article import Article
from quotes.syntax.chains import chained_onto
from quotes.syntax.cues import FINITE, cue_phrase, is_saying
from quotes.syntax.mentions import mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.sight import PREPOSITIONAL_FRAME
from quotes.syntax.subjects import agent_of, can_speak, has_own_words, neighbour_of, subject_of

_FRAME_OF = {
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
_RAISING = frozenset({"appear", "bind", "expect", "seem", "suppose"})
_SEEMING = frozenset({"appear", "seem"})
"""Verbs with which the writer judges, whatever their subject."""
_QUOTE = frozenset({"quote", "cite", "report", "record"})
_NAMING = frozenset({"oprd", "xcomp", "ccomp", "acomp", "attr"})
_ENDS = frozenset({".", ",", ";", ":", "!", "?"})


def verb_frames(article: Article, verb: int) -> Iterator[Candidate]:
    """Propose every dependent of a verb that can be what was said.

    "He <denied> that [the fish were poisoned]" proposes the clausal complement;
    in "He <found> [his keys]" the same shape is proposed, and the scorer
    refuses it.
    """
    parse = article.parse
    raising = parse.lemmas[verb] in _RAISING
    if _is_quoted_saying(parse, verb):
        return
    quoting = _quoting(parse, verb)
    likely = article.worth(verb, _arguments(parse, verb, quoting))
    if not likely and not quoting and not raising:
        return  # most verbs: who speaks need not be asked
    subject = subject_of(parse, verb)
    if subject is None:
        subject = _inverted_speaker(article, verb)
    if subject is None and _lost_subject(parse, verb):
        subject = neighbour_of(parse, verb, inverted=False)
    possible = [(frame, c) for frame, c in likely if not _is_no_content(parse, verb, c, subject)]
    wanted = article.still_worth(verb, possible, has_speaker=subject is not None)
    if wanted:
        silent = parse.lemmas[verb] in _SEEMING
        speaker = None if subject is None or silent else mention_of(parse, subject)
        cue = cue_phrase(parse, verb)
        for frame, argument in wanted:
            own = _with_preposition(parse, verb, cue) if frame == "infinitive" else cue
            yield from governed(article, frame, own, verb, argument, speaker)
    for child in quoting:
        yield from _quoted_as_saying(article, verb, child)
    if raising and subject is not None:
        yield from _raised(parse, verb, subject)


def _arguments(parse: Parse, verb: int, quoting: Sequence[int]) -> list[tuple[str, int]]:
    """Return the frame and the head of everything under a verb that may be what was said.

    Args:
        parse: The parse.
        verb: The verb.
        quoting: Prepositions under it that lead to a verb of saying, and so to no content.
    """
    found = [("clausal_complement", clause) for clause in _misplaced_clauses(parse, verb)]
    for child in parse.children[verb]:
        dep = parse.deps[child]
        if quoting and dep == "dobj":
            continue  # "quoted the minister as saying": the minister is no content
        if dep in _FRAME_OF:
            that = dep == "advcl" and _is_that_clause(parse, child)
            found.append(("clausal_complement" if that else _FRAME_OF[dep], child))
        elif dep == "agent" or (dep == "prep" and child > verb and child not in quoting):
            if _leads_to_hearer(parse, verb, child):
                continue  # "called on the utility to publish its tests": the utility is asked
            found += [(PREPOSITIONAL_FRAME, target) for target in objects_of(parse, child)]
    return found


def _leads_to_hearer(parse: Parse, verb: int, preposition: int) -> bool:
    return (
        parse.lemmas[preposition] in ("on", "upon")
        and _is_one_cue(parse, verb, preposition)
        and parse.child(verb, "xcomp") is not None
    )


def _is_one_cue(parse: Parse, verb: int, preposition: int) -> bool:
    """Return whether the word list has a verb with its preposition: "call on"."""
    return f"{parse.lemmas[verb]} {parse.lemmas[preposition]}" in table("cues")


def _is_that_clause(parse: Parse, clause: int) -> bool:
    mark = parse.child(clause, "mark")
    return mark is not None and parse.lemmas[mark] == "that"


def _quoting(parse: Parse, verb: int) -> list[int]:
    """Return the "as" of "quoted her as saying" under a verb."""
    if parse.lemmas[verb] not in _QUOTE:
        return []
    return [
        child
        for child in parse.children[verb]
        if parse.deps[child] == "prep" and any(_is_quoted_saying(parse, c) for c in parse.children[child])
    ]


def _is_no_content(parse: Parse, verb: int, child: int, subject: int | None) -> bool:
    """Return whether a dependent of a verb is its subject, empty, a hearer, or the real cue."""
    dep = parse.deps[child]
    if parse.heads[child] != verb:
        return False  # under a preposition of the verb, or hung on a noun by mistake
    if dep == "nsubjpass" and _is_somebody(parse, verb, subject):
        return True
    if dep == "ccomp" and child < verb and child == chained_onto(parse, verb):
        return True  # "admitted he slept, said he was sorry": "said" has but the second
    if dep == "ccomp" and child < verb and has_own_words(parse, verb):
        return True  # "The landlord called a plumber, the judge called a witness"
    if child == subject and dep in _FRAME_OF:
        return True  # "was quoted": its subject speaks
    if parse.lemmas[child] in words("empty_objects") and parse.right[child] == child:
        return True  # "said nothing"
    if dep in ("dobj", "dative") and _is_hearer(parse, verb, child):
        return True  # "told farmers she would be back"
    if dep in ("dobj", "dative") and _is_thing(parse, verb, child):
        return True  # "called a cab", "denied him entry"
    if dep == "dobj" and _is_cue_noun(parse, child):
        return True  # "made the claim that ...": the claim is the cue
    # "was reported to have said that ...": what was said is the content
    return dep == "xcomp" and _says_on(parse, verb, child)


def _is_somebody(parse: Parse, verb: int, subject: int | None) -> bool:
    """Return whether a passive's subject speaks ("was quoted") or is asked ("was urged to go")."""
    asked = parse.lemmas[verb] in words("request_verbs") and parse.child(verb, "xcomp") is not None
    return asked or (subject is not None and agent_of(parse, verb) is None)


def _with_preposition(parse: Parse, verb: int, cue: tuple[int, ...]) -> tuple[int, ...]:
    """Add the "on" of "called on lawmakers Thursday to fund the bridge" to the cue."""
    after = cue[-1] + 1
    on = after < len(parse) and parse.heads[after] == verb and parse.deps[after] == "prep"
    return (*cue, after) if on and _is_one_cue(parse, verb, after) else cue


def _is_thing(parse: Parse, verb: int, child: int) -> bool:
    """Return whether an object is only a thing or person that something is done to.

    "called a cab" and "called the match off" say nothing of their object, as "called
    the match a farce" does; "denied him entry" withholds it, "denied the theft" does not.
    """
    lemma = parse.lemmas[verb]
    objects = [c for c in parse.children[verb] if c > verb and parse.deps[c] in ("dobj", "dative")]
    if lemma in ("deny", "refuse"):
        return len(objects) > 1 and any(parse.deps[c] == "dative" for c in objects)
    if lemma != "call" or parse.pos[child] != "NOUN" or objects != [child]:
        return False
    after = parse.right[child] + 1
    ends = after == len(parse) or parse.words[after] in _ENDS or parse.deps[after] in ("prt", "prep")
    named = any(parse.deps[c] in _NAMING for c in parse.children[verb] if c > verb)
    plain = all(
        parse.deps[c] in ("det", "poss", "amod", "nummod", "compound") and parse.pos[c] != "PUNCT"
        for c in parse.children[child]
    )
    return plain and ends and not named


def _inverted_speaker(article: Article, verb: int) -> int | None:
    """Return who speaks behind a quotation, where the parser takes them for an object.

    "“Mind the glass!” <bellowed> a steward"; "“Who Goes?” opened the season" has a thing there.
    """
    parse, at = article.parse, article.quotation_at
    if verb < 2 or at[verb] >= 0 or at[verb - 2] < 0 or not is_saying(parse, verb, "verb"):
        return None
    behind = parse.child(verb, "dobj")
    return behind if behind is not None and behind > verb and can_speak(parse, behind) else None


def _lost_subject(parse: Parse, verb: int) -> bool:
    """Return whether a finite verb of saying has no subject in the parse but should have."""
    if parse.tags[verb] not in FINITE or parse.child(verb, "nsubjpass", "expl", "auxpass") is not None:
        return False
    return is_saying(parse, verb) and parse.child(verb, "ccomp") is not None


def _misplaced_clauses(parse: Parse, verb: int) -> Iterator[int]:
    """Yield "that"-clauses of a verb of saying that the parser hung on a noun between them.

    "told recruits that the war was lost", "said in a press release that no one
    was hurt": the clause belongs to neither the recruits nor the release.
    """
    if not is_saying(parse, verb) or parse.child(verb, "ccomp") is not None:
        return
    for child in parse.children[verb]:
        noun = child if parse.deps[child] in ("dobj", "dative") else parse.child(child, "pobj")
        if child < verb or noun is None or (_is_cue_noun(parse, noun) and parse.deps[child] == "dobj"):
            continue
        for clause in parse.children[noun]:
            opening = parse.left[clause]
            if (
                parse.deps[clause] in ("acl", "relcl", "ccomp")
                and parse.lemmas[opening] == "that"
                and clause > opening + 1
            ):
                yield clause


def _is_cue_noun(parse: Parse, noun: int) -> bool:
    """Return whether a noun is a cue with a "that"-clause of its own."""
    fields = table("cues").get(parse.lemmas[noun])
    if fields is None or "noun" not in fields[0]:
        return False
    return any(
        parse.deps[c] in ("acl", "ccomp", "relcl") and parse.lemmas[parse.left[c]] == "that"
        for c in parse.children[noun]
    )


def _says_on(parse: Parse, verb: int, infinitive: int) -> bool:
    """Return whether an infinitive is a verb of saying with a clause, in one cue with the verb above.

    "went on to say that"; and below any passive: "was reported by the radio to have said that".
    """
    if not is_saying(parse, infinitive, "verb") or parse.child(infinitive, "ccomp") is None:
        return False
    return parse.child(verb, "auxpass") is not None or cue_phrase(parse, infinitive)[0] <= verb


def _is_hearer(parse: Parse, verb: int, child: int) -> bool:
    """Return whether an object is who was told, with a clause behind it for what."""
    ways = table("hearer_verbs").get(parse.lemmas[verb])
    if ways is None or "object" not in ways[0].split():
        return False
    clause = parse.child(verb, "ccomp")
    return clause is not None and clause > child


def _is_quoted_saying(parse: Parse, verb: int) -> bool:
    """Return whether a verb is the "saying" of "quoted her as saying"."""
    preposition = parse.heads[verb]
    return (
        parse.lemmas[verb] in ("say", "tell", "add", "state", "declare")
        and parse.deps[verb] == "pcomp"
        and parse.lemmas[preposition] == "as"
        and parse.lemmas[parse.heads[preposition]] in _QUOTE
    )


def _quoted_as_saying(article: Article, quoting: int, preposition: int) -> Iterator[Candidate]:
    """Propose "The Wire <quoted> the minister as saying [the border would reopen]".

    The minister speaks and the Wire is the medium; "was <quoted as saying>" has
    the speaker for a subject. "quoted Burke as an example" has no saying.
    """
    parse = article.parse
    saying = next(c for c in parse.children[preposition] if _is_quoted_saying(parse, c))
    subject = subject_of(parse, saying)
    passive = parse.child(quoting, "nsubjpass") is not None
    adjacent = preposition == quoting + 1
    cue = tuple(range(quoting, saying + 1)) if passive and adjacent else (quoting,)
    for child in parse.children[saying]:
        if child > saying and parse.deps[child] in ("ccomp", "dobj", "advcl", "parataxis"):
            extents = tuple(readings(article, saying, child, (cue[0], saying)))
            if extents:
                speaker = None if subject is None else mention_of(parse, subject)
                yield Candidate("quoted_as_saying", cue, quoting, child, extents, speaker)


def _raised(parse: Parse, verb: int, subject: int) -> Iterator[Candidate]:
    """Propose "[The court] <seemed> [to agree]": nobody in the sentence is the source."""
    complement = parse.child(verb, "xcomp", "oprd", "acomp", "ccomp")
    if complement is None or complement < verb:
        return
    cue = cue_phrase(parse, verb)
    pieces = (
        (parse.left[subject], parse.right[subject]),
        (parse.left[complement], parse.right[complement]),
    )
    if subject < cue[0]:
        yield Candidate(
            "raised_subject", cue, verb, complement, (Extent("subject_and_clause", pieces),), None
        )
