"""Frames whose cue is put into, before or behind a sentence that is the content."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.extents import is_quotation
from quotes.candidates.pieces import trimmed_pieces, without
from quotes.lexicon import table, words
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase
from quotes.syntax.mention import Range
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_speak, has_own_words, subject_of

_BREAKS = frozenset(
    {",", ".", ";", ":", "—", "–", "--", "?", "!", '"', "“", "”", "(", ")", "''", "``", "»", "«"}
)
_SOURCES = frozenset({"ORG", "PERSON"})


def parenthetical(article: Article, verb: int) -> Iterator[Candidate]:
    """Propose the sentence around "..., he said, ...".

    "[The dam], the hydrologist <said>, [had been losing water]" has the shape:
    subject and verb stand between commas, or between a comma and the end.
    "He said, smiling, nothing" has not: no comma stands before its subject.
    What is one quotation has frames of its own.
    """
    parse = article.parse
    start, end = _sentence(parse, verb)
    if _BREAKS.isdisjoint(parse.words[start:verb]) or not article.is_worth("parenthetical", verb):
        return
    subject = subject_of(parse, verb)
    if subject is None or parse.sentences[subject] != parse.sentences[verb] or has_own_words(parse, verb):
        return
    cue = cue_phrase(parse, verb)
    group = _group(parse, verb, subject, cue)
    if group is None or _behind_quotation(article, start, group[0]):
        return
    extents = [v for v in _around(parse, (start, end), group) if not is_quotation(article, verb, v.pieces)]
    if extents:
        yield Candidate("parenthetical", cue, verb, None, tuple(extents), mention_of(parse, subject))


def _behind_quotation(article: Article, start: int, group: int) -> bool:
    """Return whether all that stands before a parenthetical clause is quoted."""
    parse = article.parse
    before = [t for t in range(start, group) if parse.pos[t] not in ("PUNCT", "SPACE")]
    return (
        bool(before) and all(article.quotation_at[t] >= 0 for t in before) and article.quotation_at[group] < 0
    )


def _group(parse: Parse, verb: int, subject: int, cue: tuple[int, ...]) -> Range | None:
    """Return the tokens of a parenthetical clause, None where no break stands before it."""
    if cue[0] <= subject <= cue[-1]:
        return None
    first, last = cue[0], cue[-1]
    if subject < first:
        if first - parse.right[subject] > 2:
            return None
        first = parse.left[subject]
    elif parse.left[subject] - last <= 2:
        last = parse.right[subject]
    else:
        return None
    start, end = _sentence(parse, verb)
    if first <= start or parse.words[first - 1] not in _BREAKS:
        return None
    while last < end and parse.words[last + 1] not in _BREAKS:
        last += 1
    return first, last


def _sentence(parse: Parse, token: int) -> Range:
    first, after = parse.sentence_bounds[parse.sentences[token]]
    return first, after - 1


def _around(parse: Parse, sentence: Range, group: Range) -> Iterator[Extent]:
    """Yield what stands before, and before and after, an inserted clause."""
    before = trimmed_pieces(parse, ((sentence[0], group[0] - 1),)) if group[0] > sentence[0] else ()
    after = trimmed_pieces(parse, ((group[1] + 1, sentence[1]),)) if group[1] < sentence[1] else ()
    if before and after and _splits_clause(parse, sentence, group):
        yield Extent("around", before + after)
        return
    if before:
        yield Extent("before", before)
        cut = _last_break(parse, sentence[0], group[0] - 2)
        if cut is not None:
            shorter = trimmed_pieces(parse, ((cut + 1, group[0] - 1),))
            if shorter and shorter != before:
                yield Extent("before_from_break", shorter)
    if before and after and not _goes_on_elsewhere(parse, after[0]):
        yield Extent("around", before + after)


def _goes_on_elsewhere(parse: Parse, after: Range) -> bool:
    """Return whether what follows an insertion is no more of the content.

    A participle ("..., she said, adding that ..."), a further clause behind a
    semicolon or one behind "and" or "but" is not; "because ..." is.
    """
    first = after[0]
    return parse.tags[first] == "VBG" or parse.words[first - 1] == ";" or parse.deps[first - 1] == "cc"


def _splits_clause(parse: Parse, sentence: Range, group: Range) -> bool:
    """Return whether an insertion parts a subject from its verb.

    "The crossing, according to them, should open" does.
    """
    return any(
        parse.deps[token] in ("nsubj", "nsubjpass", "csubj", "expl")
        and group[1] < parse.heads[token] <= sentence[1]
        for token in range(sentence[0], group[0])
    )


def _last_break(parse: Parse, first: int, last: int) -> int | None:
    """Return the last semicolon, colon or coordinated clause start before an inserted clause."""
    for token in range(last, first, -1):
        if parse.words[token] in (";", ":") or (
            parse.deps[token] == "cc"
            and parse.words[token - 1] == ","
            and parse.pos[parse.heads[token]] in ("VERB", "AUX")
        ):
            return token
    return None


def as_clause(article: Article, verb: int) -> Iterator[Candidate]:
    """Propose the clause around "as X put it".

    "As Brandreth <put it>, [the pavilion had been falling down]" has a clause
    to belong to; "as he said goodbye" has an object of its own and is refused
    by the scorer.
    """
    parse = article.parse
    mark = parse.child(verb, "mark", "advmod", "prep")
    if (
        mark is None
        or parse.lemmas[mark] != "as"
        or parse.deps[verb] not in ("advcl", "ccomp", "ROOT", "parataxis", "pcomp", "relcl")
        or not article.is_worth("as_clause", verb)
    ):
        return
    subject = subject_of(parse, verb)
    if subject is None or _puts_somewhere(parse, verb):
        return
    cue = cue_phrase(parse, verb)
    group = (parse.left[verb], max(parse.right[verb], cue[-1]))
    extents = tuple(_outside(article, verb, group))
    if extents:
        yield Candidate("as_clause", cue, verb, None, extents, mention_of(parse, subject))


def _puts_somewhere(parse: Parse, verb: int) -> bool:
    """Return whether "put it" goes on with a place ("as she put it in the fridge"), not a day."""
    preposition = parse.child(verb, "prep")
    place = None if preposition is None else parse.child(preposition, "pobj")
    return parse.lemmas[verb] == "put" and place is not None and not parse.entity_types[place]


def according_to(article: Article, token: int) -> Iterator[Candidate]:
    """Propose the clause around "according to X".

    "[The cargo shifted twice], <according to> the ship's log" is one;
    "paid according to age" is refused by the scorer.
    """
    parse = article.parse
    preposition = token if parse.lemmas[token] == "to" else parse.child(token, "prep")
    if preposition is None and token + 1 < len(parse) and parse.lemmas[token + 1] == "to":
        preposition = token + 1
    source = None if preposition is None else parse.child(preposition, "pobj", "pcomp")
    if source is None:
        source = parse.child(token, "pobj")
    if preposition is None or source is None or source < token:
        return
    if _is_measure(parse, source):
        return
    if parse.lemmas[source] in words("verbatim_records") and _says_itself(parse, token):
        return
    speaker = mention_of(parse, source)
    cue = (token, preposition) if preposition != token else (token,)
    group = (token, max(parse.right[source], source))
    extents = tuple(_outside(article, token, group))
    if extents:
        yield Candidate("according_to", cue, token, None, extents, speaker)


def per_source(article: Article, token: int) -> Iterator[Candidate]:
    """Propose the clause around ", per X": American for "according to X".

    "[The pair met at a motel], <per> the indictment" is one; "ten crowns per
    person" and "once per week" have no comma before them and no article behind.
    """
    parse = article.parse
    source = parse.child(token, "pobj")
    start, _ = _sentence(parse, token)
    set_off = token > start and parse.words[token - 1] in (",", "—", "–")
    if source is None or not set_off or not can_speak(parse, source):
        return
    first = parse.left[source]
    if parse.pos[first] == "DET" or parse.tags[first] == "PRP$" or parse.entity_types[source] in _SOURCES:
        extents = tuple(_outside(article, token, (token, max(parse.right[source], source))))
        if extents:
            yield Candidate("per_source", (token,), token, None, extents, mention_of(parse, source))


def _is_measure(parse: Parse, source: int) -> bool:
    """Return whether "according to" names no source but a measure ("according to age", "to plan")."""
    return (
        parse.tags[source] == "NN"
        and parse.left[source] == source
        and not parse.entity_types[source]
        and not can_speak(parse, source)
    )


def _says_itself(parse: Parse, token: int) -> bool:
    """Return whether the clause around "according to a transcript" is somebody else's saying.

    In "According to a transcript, the governor told donors that ..." the
    governor speaks; the transcript is the medium.
    """
    host = parse.heads[token]
    for _ in range(4):
        if parse.pos[host] == "VERB" or parse.heads[host] == host:
            break
        host = parse.heads[host]
    fields = table("cues").get(parse.lemmas[host])
    return fields is not None and "statement" in fields[1] and parse.child(host, "nsubj") is not None


def _outside(article: Article, token: int, group: Range) -> Iterator[Extent]:
    """Yield the readings of a host clause around an inserted phrase."""
    parse = article.parse
    sentence = _sentence(parse, token)
    seen: set[tuple[Range, ...]] = set()
    for name, piece in _hosts(parse, token, group, sentence):
        pieces = trimmed_pieces(parse, without(_to_end_of_quotation(article, piece), group))
        if pieces and pieces not in seen:
            seen.add(pieces)
            yield Extent(name, pieces)


def _to_end_of_quotation(article: Article, piece: Range) -> Range:
    """Let a content that ends in a quotation go on to the quotation's last sentence.

    "According to Kord, [“the wall was never inspected. Nobody came.”]"
    """
    first, last = piece
    at = article.quotation_at
    quoted = next((at[t] for t in range(last, max(first, last - 2) - 1, -1) if at[t] >= 0), -1)
    bounds = article.quotation_tokens[quoted] if quoted >= 0 else None
    if bounds is None or not first <= bounds[0] <= last < bounds[1]:
        return piece
    return first, bounds[1]


def _hosts(parse: Parse, token: int, group: Range, sentence: Range) -> Iterator[tuple[str, Range]]:
    yield "sentence", sentence
    head = parse.heads[token]
    if head != token:
        yield "host", (parse.left[head], parse.right[head])
    if _splits_clause(parse, sentence, group):
        return
    if group[0] > sentence[0]:
        yield "before", (sentence[0], group[0] - 1)
        cut = _last_break(parse, sentence[0], group[0] - 2)
        if cut is not None:
            yield "before_from_break", (cut + 1, group[0] - 1)
    if group[1] < sentence[1]:
        yield "after", (group[1] + 1, sentence[1])
