"""Constructions whose cue is put into, before or after a sentence that is the content."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.extents import is_quotation
from quotes.candidates.pieces import beside_cue, trimmed_pieces, without
from quotes.lexicon.entries import word_class
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase, is_saying
from quotes.syntax.mention import Mention, Range
from quotes.syntax.noun_phrases import SUBJECTS, mention_of
from quotes.syntax.outlets import holds_words, is_verbatim_record
from quotes.syntax.parse import FINITE, Parse
from quotes.syntax.subjects import can_speak, has_own_words, subject_of

_BREAKS = frozenset({",", ".", ";", ":", "—", "–", "--", "?", "!", '"', "“", "”", "(", ")", "''", "``", "»", "«"})
_SOURCES = frozenset({"ORG", "PERSON"})
_AS_CLAUSES = ("advcl", "ccomp", "ROOT", "parataxis", "pcomp", "relcl")


def parenthetical(article: Article, verb: int) -> Iterator[Candidate]:
    """Take the sentence around "..., he said, ...".

    "[The dam], the hydrologist <said>, [had been losing water]" has the shape:
    subject and verb are between commas, or between a comma and the end.
    "He said, smiling, nothing" has not: no comma comes before its subject.
    What is one quotation has constructions of its own.
    """
    parse = article.parse
    start = parse.sentence_start(verb)
    if _BREAKS.isdisjoint(parse.words[start:verb]):
        return
    subject = subject_of(parse, verb)
    if subject is None or has_own_words(parse, verb):
        return
    if parse.lemmas[subject] == "it" and parse.tags[verb] == "VBN":
        return  # "the pier, it has to be said, was ugly": the writer says so
    if subject == parse.agent(verb) and parse.has_child(verb, "nsubjpass", "auxpass"):
        return  # "The results were not, however, <accepted> by both sides" is one clause
    if any(c > verb and parse.lemmas[parse.left[c]] == "that" for c in parse.children_with(verb, "ccomp")):
        return  # "A day later, he told the agency, RIA, that ..." has a clause of its own
    cue = cue_phrase(parse, verb)
    clause = _inserted_clause(parse, subject, cue)
    if clause is None:
        return
    before = [t for t in range(start, clause[0]) if parse.is_word(t)]
    if before and article.all_quoted(before) and not article.is_quoted(clause[0]):
        return
    extents = [e for e in _around_clause(parse, clause) if not is_quotation(article, verb, e.pieces)]
    if extents:
        yield Candidate("parenthetical", cue, verb, None, tuple(extents), mention_of(parse, subject))


def as_clause(article: Article, verb: int) -> Iterator[Candidate]:
    """Take the clause around "as X put it".

    "As Brandreth <put it>, [the pavilion had been falling down]" has a clause
    to belong to; "as he said goodbye" has an object of its own and is refused
    by the scorer.
    """
    parse = article.parse
    mark, subject = parse.child(verb, "mark", "advmod", "prep"), subject_of(parse, verb)
    if mark is None:
        mark, subject = _apposed_subject(parse, verb)
    if mark is None or parse.lemmas[mark] != "as" or parse.deps[verb] not in _AS_CLAUSES:
        return
    if subject is None or _puts_somewhere(parse, verb):
        return
    cue = cue_phrase(parse, verb)
    extents = _hosts(article, verb, (min(mark, parse.left[verb]), max(parse.right[verb], cue[-1])))
    if extents:
        yield Candidate("as_clause", cue, verb, None, extents, mention_of(parse, subject))


def _apposed_subject(parse: Parse, verb: int) -> tuple[int, int] | tuple[None, None]:
    """Return "as" and the subject that the parser takes for its object: "As <Kord>, the mate, put it"."""
    for mark in parse.children_with(parse.heads[verb], "prep"):
        name = parse.child(mark, "pobj")
        closed = verb - 2 <= parse.right[mark] < verb and parse.words[verb - 1] == ","
        if name is not None and closed and parse.has_child(name, "appos") and parse.tags[verb] in FINITE:
            return mark, name
    return None, None


def according_to(article: Article, according: int) -> Iterator[Candidate]:
    """Take the clause around "according to X".

    "[The cargo shifted twice], <according to> the ship's log" is one;
    "paid according to age" names a measure and no source.
    """
    parse = article.parse
    to = parse.child(according, "prep")
    source = None if to is None else parse.child(to, "pobj", "pcomp")
    if to is None or source is None or _only_carries(article, according, source):
        return
    if parse.tags[source] == "NN" and parse.left[source] == source and not can_speak(parse, source):
        return  # "according to age", "to plan"
    last = _end_of_source(parse, source)
    extents = _hosts(article, according, (according, last))
    extents = tuple(e for e in extents if parse.lemmas[e.pieces[-1][0]] != parse.lemmas[according])
    if extents:
        cue = (according, to)
        speaker = mention_of(parse, source)
        entity = parse.entity_of(source)
        if entity is not None and source < last <= entity[1]:
            speaker = Mention(parse.span(parse.left[source], last), source)
        yield Candidate("according_to", cue, according, None, extents, speaker)


def _end_of_source(parse: Parse, source: int) -> int:
    """Return the last token of a source: "<a neighbour, Olaf Brenn>, ...", "<the Wire, quoting officials>, ..."."""
    _, last = parse.entity_of(source) or (source, source)
    last = max(last, parse.right[source])
    end = _sentence(parse, source)[1]
    comma = next((t for t in range(last + 2, end) if parse.words[t] == ","), end)
    if comma <= last + 2 or parse.words[last + 1] != "," or any(map(parse.is_finite, range(last + 2, comma))):
        return last
    if parse.tags[last + 2] == "VBG" and parse.lemmas[last + 2] in word_class("quoting_verb"):
        return comma - 1
    named = comma < end and parse.entity_types[comma - 1] == "PERSON" and parse.tags[comma + 1] not in ("CD", "WP")
    if not named or parse.lemmas[parse.left[source]] not in ("a", "an", "another", "one"):
        return last
    return comma - 1 if any(parse.deps[t] in SUBJECTS and parse.heads[t] > comma for t in range(comma, end)) else last


def per_source(article: Article, per: int) -> Iterator[Candidate]:
    """Take the clause around ", per X": American for "according to X".

    "[The pair met at a motel], <per> the indictment" is one; "ten crowns per
    person" and "once per week" have no comma before them and no article after.
    """
    parse = article.parse
    source = parse.child(per, "pobj")
    if source is None or parse.words[per - 1] not in (",", "—", "–") or not can_speak(parse, source):
        return
    first = parse.left[source]
    if parse.pos[first] == "DET" or parse.tags[first] == "PRP$" or parse.entity_types[source] in _SOURCES:
        extents = _hosts(article, per, (per, max(parse.right[source], source)))
        yield Candidate("per_source", (per,), per, None, extents, mention_of(parse, source))


def _inserted_clause(parse: Parse, subject: int, cue: tuple[int, ...]) -> Range | None:
    """Return the tokens of a parenthetical clause, None where no break comes before it."""
    run = beside_cue(parse, cue, subject)
    if run is None:
        return None
    first, last = run
    start, end = _sentence(parse, first)
    if parse.lower(first - 1) == "so" and parse.words[first - 2] in "([":
        first -= 1  # "(so the guards say)"
    if first <= start or parse.words[first - 1] not in _BREAKS:
        return None
    while last < end and parse.words[last + 1] not in _BREAKS:
        last += 1
    return first, last


def _sentence(parse: Parse, token: int) -> Range:
    first, after = parse.sentence_of(token)
    return first, after - 1


def _around_clause(parse: Parse, clause: Range) -> Iterator[Extent]:
    """Yield what is before, and before and after, an inserted clause."""
    start, end = _sentence(parse, clause[0])
    before = trimmed_pieces(parse, ((start, clause[0] - 1),))
    after = trimmed_pieces(parse, ((clause[1] + 1, end),)) if clause[1] < end else ()
    if before and after and _splits_clause(parse, clause):
        yield Extent("around", before + after)
        return
    if before and after and _takes_back(parse, after[0]):
        yield Extent("around", before + after)
        return
    for name, piece in _before(parse, start, clause[0]):
        if pieces := trimmed_pieces(parse, (piece,)):
            yield Extent(name, pieces)
    if before and after:
        # "..., she said, adding that ..." and what follows a semicolon, "and" or "but" are no more
        # of the content; "because ..." is.
        first = after[0][0]
        # "and the ferry stopped" is the writer's; what is quoted in part or "would" happen is not
        told = not {"``", "''", "MD"}.isdisjoint(parse.tags[first : after[0][1] + 1])
        if not told and parse.deps[first] == "cc" and parse.deps[first + 1] != "mark" and _opens_clause(parse, first):
            return
        if parse.tags[first] != "VBG" and parse.words[first - 1] != ";" and parse.deps[first - 1] != "cc":
            yield Extent("around", before + after)


def _takes_back(parse: Parse, after: Range) -> bool:
    """Return whether a speaker goes on after a cue with "but" ("[It is dry], she says, [but the pumps run]")."""
    first, last = after
    conjunction = first if parse.lemmas[first] == "but" else first - 1
    verb = _verb_after(parse, conjunction)
    if parse.lemmas[conjunction] != "but" or verb is None or not parse.has_child(verb, *SUBJECTS):
        return False
    return not any(is_saying(parse, t, "verb") for t in range(first, last + 1))


def _splits_clause(parse: Parse, insertion: Range) -> bool:
    """Return whether an insertion parts a subject from its verb ("The lift, according to her, stuck").

    In "The gloves, said Mendel, are required" the parser gives "said" both for subjects.
    """
    start, end = _sentence(parse, insertion[0])
    subjects = (token for token in range(start, insertion[0]) if parse.deps[token] in SUBJECTS)
    return any(insertion[0] <= parse.heads[token] <= end for token in subjects)


def _before(parse: Parse, start: int, insertion: int) -> Iterator[tuple[str, Range]]:
    """Yield what comes before an insertion: all, and from the last semicolon, colon or clause on."""
    yield "before", (start, insertion - 1)
    for token in range(insertion - 2, start, -1):
        coordinated = parse.deps[token] == "cc" and _opens_clause(parse, token)
        if parse.words[token] in (";", ":") or (coordinated and parse.words[token - 1] == ","):
            yield "before_from_break", (token + 1, insertion - 1)
            return


def _verb_after(parse: Parse, conjunction: int) -> int | None:
    """Return what a conjunction joins to its head, None where the parse has nothing after it."""
    return next((c for c in parse.children_with(parse.heads[conjunction], "conj") if c > conjunction), None)


def _opens_clause(parse: Parse, conjunction: int) -> bool:
    """Return whether a conjunction leads to a verb with a subject of its own ("..., but it prefers to wait")."""
    verb = _verb_after(parse, conjunction)
    if parse.pos[parse.heads[conjunction]] not in ("VERB", "AUX"):
        return False
    return verb is None or parse.has_child(verb, *SUBJECTS)


def _puts_somewhere(parse: Parse, verb: int) -> bool:
    """Return whether "put it" goes on with a place ("as she put it in the fridge"), not a day."""
    preposition = parse.child(verb, "prep")
    place = None if preposition is None else parse.child(preposition, "pobj")
    return parse.lemmas[verb] == "put" and place is not None and not parse.entity_types[place]


def _only_carries(article: Article, according: int, source: int) -> bool:
    """Return whether a document after "according to" is but the medium of somebody else's words.

    In "According to a transcript, the governor told donors that ..." the governor speaks. Of
    other documents it is so after words that have their cue already: "“[...],” he told
    settlers, according to a statement"; a report may say itself that "he told settlers ...".
    """
    parse = article.parse
    host = next((t for t in parse.ancestors(according) if parse.pos[t] == "VERB"), according)
    subject = parse.child(host, "nsubj")
    if subject is None or not is_saying(parse, host) or not holds_words(parse, source):
        return False
    if is_verbatim_record(parse, source):
        return True
    first = min(host, parse.left[subject])
    if has_own_words(parse, host) or any(c > host for c in parse.children_with(host, "ccomp")):
        return False
    quoted = any(article.is_quoted(t) for t in range(max(0, first - 3), first))
    return quoted and host < according and parse.words[first - 1] in _BREAKS


def _hosts(article: Article, cue: int, insertion: Range) -> tuple[Extent, ...]:
    """Return the extents of a host clause around an inserted phrase."""
    parse = article.parse
    extents: dict[tuple[Range, ...], Extent] = {}
    for name, piece in _host_ranges(parse, cue, insertion):
        pieces = trimmed_pieces(parse, without(_to_end_of_quotation(article, piece), insertion))
        if pieces:
            extents.setdefault(pieces, Extent(name, pieces))
    return tuple(extents.values())


def _host_ranges(parse: Parse, cue: int, insertion: Range) -> Iterator[tuple[str, Range]]:
    start, end = _sentence(parse, cue)
    # "A was late, and <according to> Kord [B was lost]", "learned that <according to> it [B was]"
    after_only = insertion[0] > start and parse.lemmas[cue - 1] in ("and", "but", "that") and insertion[1] < end
    if not after_only:
        yield "sentence", (start, end)
    head = parse.heads[cue]
    if head != cue and not after_only:
        yield "host", (parse.left[head], parse.right[head])
    if _splits_clause(parse, insertion) and not after_only:
        return
    if insertion[0] > start and not after_only:
        yield from _before(parse, start, insertion[0])
    if insertion[1] < end:
        yield "after", (insertion[1] + 1, end)


def _to_end_of_quotation(article: Article, piece: Range) -> Range:
    """Let a content that ends in a quotation go on to the quotation's last sentence.

    "According to Kord, [“the wall was never inspected. Nobody came.”]"
    """
    first, last = piece
    ending = range(last, max(first, last - 2) - 1, -1)
    quoted = article.quotation_range(next(filter(article.is_quoted, ending), last))
    if quoted is None or not first <= quoted[0] <= last < quoted[1]:
        return piece
    return first, quoted[1]
