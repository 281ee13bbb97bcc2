"""Fits a chosen content to the output contract.

Things the contract settles that corpora settle differently or not at all:
somebody who is asked to do something is the addressee and no part of the content;
the writer's comment on what was said is no part of it either; and "that A and
that B" is two statements.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.pieces import trimmed_pieces
from quotes.lexicon import words
from quotes.lexicon.entries import word_class
from quotes.scoring.endings import before_aside, with_list
from quotes.syntax.article import Article
from quotes.syntax.chains import withholds
from quotes.syntax.cues import is_saying
from quotes.syntax.mention import Range
from quotes.syntax.noun_phrases import SUBJECTS
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.syntax.subjects import can_speak

_ENDED_BY_ASIDES = frozenset({"clausal_complement", "infinitive", "noun_clause"})
_LONGEST_OBJECT = 14
"""Tokens from the start of a content within which the infinitive of a request begins."""


def fitted(article: Article, candidate: Candidate, extent: Extent) -> tuple[Extent, ...]:
    """Return the contents that the contract makes of a chosen extent, in text order.

    Of "urged residents [to boil their water]" the infinitive is left; of "said
    [that the flood had come] and [that eleven ledgers were lost]" two contents.
    """
    parse = article.parse
    if candidate.rule == "parenthetical" and len(extent.pieces) == 2:
        before, (first, last) = extent.pieces
        joint = parse.deps[first : first + 2] == ("cc", "mark")  # "[A], he said, and that [B]"
        if joint and parse.lemmas[first + 1] == "that":
            return tuple(Extent(extent.name, (piece,)) for piece in (before, (first + 2, last)))
    if candidate.cue_head is None or candidate.quotation is not None or len(extent.pieces) > 1:
        return (extent,)
    piece = extent.pieces[0]
    if parse.lemmas[candidate.cue_head] in words("request_verbs"):
        piece = _infinitive(parse, candidate.cue_head, piece) or piece
    piece = _without_that(parse, candidate, _without_comment(parse, piece))
    if candidate.rule == "noun_clause":
        piece = _before_main_verb(parse, _before_lost_verb(parse, candidate, piece))
    if candidate.rule == "clausal_complement":
        piece = _before_next_cue(parse, candidate, piece)
    if candidate.rule in _ENDED_BY_ASIDES:
        piece = before_aside(article, candidate, piece)
    piece = _with_second_clause(parse, candidate, with_list(article, piece))
    parts = [_with_paragraphs(article, candidate, part) for part in _clauses(article, candidate, piece)]
    parts[:1] = [_condition(parse, candidate.argument) + pieces for pieces in parts[:1]]
    return tuple(Extent(extent.name, pieces) for pieces in parts)


def _with_second_clause(parse: Parse, candidate: Candidate, piece: Range) -> Range:
    """Go on to a past clause joined to a present cue ("claims [that it was sold and she was sent home]")."""
    cue, joint = candidate.cue_head, piece[1] + 1
    if cue is None or candidate.rule != "clausal_complement" or parse.tags[cue] not in ("VBZ", "VBP"):
        return piece
    verb = next((c for c in parse.children_with(cue, "conj") if parse.left[c] == joint + 1), None)
    if verb is None or parse.deps[joint] != "cc" or is_saying(parse, verb) or not parse.has_child(verb, *SUBJECTS):
        return piece
    past = "VBD" in [parse.tags[t] for t in (verb, *parse.children_with(verb, "aux", "auxpass"))]
    return (piece[0], parse.right[verb]) if past else piece


def _condition(parse: Parse, head: int | None) -> tuple[Range, ...]:
    """Return the condition that opens a sentence and is said too ("[If it is sold], Farr said [he will resign]")."""
    if head is None or "MD" not in [parse.tags[c] for c in parse.children_with(head, "aux")]:
        return ()
    first, cue = parse.sentence_start(head), parse.heads[head]
    opening = [c for c in parse.children_with(cue, "advcl") if parse.left[c] == first and c < cue < head]
    own = parse.lemmas[first] in ("if", "unless") and any(parse.has_child(c, *SUBJECTS) for c in opening)
    return trimmed_pieces(parse, [(first, parse.right[c]) for c in opening if own])


def _with_paragraphs(article: Article, candidate: Candidate, part: Range) -> tuple[Range, ...]:
    """Return a part that is a quotation together with the paragraphs that carry it on."""
    quotation = article.quotation_at[part[0]]
    if quotation not in article.carried_on or article.is_quoted(candidate.cue[0]):
        return (part,)
    pieces = article.quotation_pieces(quotation)
    whole = article.quotations[quotation].continues is None and len(pieces) > 1 and pieces[0][0] == part[0]
    return pieces if whole else (part,)


def _without_that(parse: Parse, candidate: Candidate, piece: Range) -> Range:
    """Drop a "that" which the tagger took for a determiner or a pronoun, and what is put in before it.

    "told the board later in the day [that the bill was paid]"; of "conceded, [three days
    after the vote, that the boxes had never been opened]" the days are no part.
    """
    first, last = piece
    if candidate.rule not in ("clausal_complement", "noun_clause", "adverbial_clause") or first >= last - 1:
        return piece
    that = None if candidate.argument is None else parse.child(candidate.argument, "mark")
    if that is not None and first < that < last and parse.lemmas[that] == "that":
        between_commas = parse.words[first - 1] == "," == parse.words[that - 1]
        return (that + 1, last) if between_commas else piece
    if parse.lemmas[first] == "that" and parse.words[first + 1] == ",":
        return first + 2, last  # "that, over the last months, she ..."
    # A determiner never comes before another one: "that the main was leaking".
    before_phrase = parse.tags[first + 1] in ("DT", "PRP", "PRP$", "EX")
    after_cue = candidate.cue[-1] == first - 1
    before_clause = parse.pos[first + 1] not in ("AUX", "VERB", "ADP", "PUNCT")
    that_clause = parse.lemmas[first] == "that" and (before_phrase or (after_cue and before_clause))
    return (first + 1, last) if that_clause else piece


def _before_main_verb(parse: Parse, piece: Range) -> Range:
    """End the clause of a noun before the verb that the noun is the subject of.

    The parser often swallows it: "his promise [that the boats would be turned
    back] proved false".
    """
    first, last = piece
    for token in range(first + 2, last + 1):
        if _misses_subject(parse, token):
            subjects = sum(parse.deps[t] in ("nsubj", "nsubjpass", "expl") for t in range(first, token))
            verbs = sum(parse.tags[t] in FINITE_OR_MODAL for t in range(first, token))
            if verbs >= subjects > 0:
                return first, token - 1
    return piece


def _misses_subject(parse: Parse, verb: int) -> bool:
    """Return whether a finite verb after a phrase has no subject in the parse but should have."""
    if not parse.is_finite(verb) or parse.deps[verb] in ("aux", "auxpass", "conj", "relcl"):
        return False
    after_phrase = parse.pos[verb - 1] in ("NOUN", "PROPN", "NUM", "ADV", "VERB", "ADJ", "PART", "ADP")
    return after_phrase and not parse.has_child(verb, "nsubj", "nsubjpass", "expl", "csubj")


def _before_lost_verb(parse: Parse, candidate: Candidate, piece: Range) -> Range:
    """End the clause of a noun before a main verb that the tagger took for a participle.

    In "The claim [that no train had been cancelled] drew laughter" the claim is then the
    root: a sentence without a verb of its own.
    """
    noun, clause = candidate.cue_head, candidate.argument
    if noun is None or clause is None or parse.deps[noun] != "ROOT":
        return piece
    for token in range(clause + 1, piece[1] + 1):
        if (
            parse.tags[token] == "VBN"
            and parse.deps[token] in ("amod", "acl")
            and not parse.has_child(token, "aux", "auxpass", "mark", "nsubj", "nsubjpass")
            and parse.pos[token - 1] in ("NOUN", "PROPN", "ADV", "VERB", "ADP")
        ):
            return piece[0], token - 1
    return piece


def _before_next_cue(parse: Parse, candidate: Candidate, piece: Range) -> Range:
    """End a content before a further cue of the same speaker.

    In "confirmed [that a scan was booked] but would not say when" it is the speaker who
    does not say, whatever the content is about.

    In "admitted [the radar was off], said he had trusted his eyes" the parser
    coordinates "said" with "was"; the radar can't say anything, and after "she
    accepted that she had not ... but insisted that" she may as well be outside.
    """
    first, last = piece
    cue, head = candidate.cue_head, candidate.argument
    if cue is None or head is None or candidate.speaker is None:
        return piece
    subject = parse.child(head, "nsubj", "nsubjpass")
    subject_speaks = subject is None or (can_speak(parse, subject) and parse.pos[subject] != "PRON")
    for child in parse.children[head]:
        if not max(head, first) < child <= last:
            continue
        repeats = parse.lemmas[child] == parse.lemmas[cue]
        if withholds(parse, child) or ((repeats or not subject_speaks) and _is_coordinated_cue(parse, cue, child)):
            end = parse.left[child] - 1
            while parse.pos[end] in ("PUNCT", "CCONJ"):
                end -= 1
            return first, end
    return piece


def _is_coordinated_cue(parse: Parse, cue: int, verb: int) -> bool:
    """Return whether a coordinated verb is a cue of saying in the tense of the cue above."""
    same_form = parse.is_finite(verb) and parse.tags[verb] == parse.tags[cue]
    return (
        parse.deps[verb] == "conj"
        and (same_form or parse.lemmas[verb] == parse.lemmas[cue])  # "claimed she was paid and claim she lied"
        and is_saying(parse, verb)
        and parse.has_child(verb, "ccomp", "xcomp", "prep")
        and not parse.has_child(verb, "nsubj")
    )


def _without_comment(parse: Parse, piece: Range) -> Range:
    """Leave out the writer's own comment at the end ("..., in a seemingly direct invitation to stay")."""
    first, last = piece
    for token in range(first + 2, last - 1):
        if parse.lemmas[token] != "in" or parse.words[token - 1] != ",":
            continue
        noun = parse.child(token, "pobj")
        if noun is None or parse.pos[token + 1] not in ("DET", "PRON"):
            continue
        if parse.lemmas[noun] in words("comment_nouns") and parse.right[noun] >= last - 1:
            return first, token - 2
    return piece


def _infinitive(parse: Parse, cue: int, piece: Range) -> Range | None:
    """Return the "to ..." after somebody who is asked, None where the content is another one."""
    first, last = piece
    if first < cue:
        return None
    for token in range(first, min(last, first + _LONGEST_OBJECT + 1)):
        if parse.tags[token] == "TO" and parse.tags[token + 1][:2] in ("VB", "RB"):
            start = token - 1 if token > first and parse.deps[token - 1] == "neg" else token
            return (start, last) if start > first else None
        if parse.pos[token] in ("VERB", "AUX", "PUNCT", "SCONJ"):
            return None
    return None


def _clauses(article: Article, candidate: Candidate, piece: Range) -> tuple[Range, ...]:
    """Cut a content before each "and that" or question that begins a clause of the same rank, and at ": “...”"."""
    parse = article.parse
    first, last = piece
    cue = candidate.cue_head
    asks = cue is not None and parse.lemmas[cue] in word_class("asking_verb")
    openers = word_class("question_word") if asks else ("that", "whether")
    cuts: list[int] = []
    for token in range(last - 1, first + 1, -1):
        if article.is_quoted(token):
            colon = ":" in (parse.words[token - 1], parse.words[token - 2]) and not article.is_quoted(token - 1)
            if colon and candidate.rule == "parenthetical":
                return trimmed_pieces(parse, [(token, last)])  # "Rell scolded him: “[Sit],” she said"
            if colon and candidate.rule == "clausal_complement":
                cuts.append(token)
            continue
        # "that A, that B and that C"
        joined = parse.deps[token - 1] == "cc" or (cuts and parse.words[token - 1] == ",")
        if parse.lemmas[token] in openers and joined and _is_same_rank(parse, candidate, token):
            cuts.append(token)
    cuts.reverse()
    starts = [first, *(cut + (parse.lemmas[cut] == "that") for cut in cuts)]
    ends = [*(cut - 1 for cut in cuts), last]
    return trimmed_pieces(parse, zip(starts, ends, strict=True))


def _is_same_rank(parse: Parse, candidate: Candidate, opening: int) -> bool:
    """Return whether a clause is coordinated with the content and not with a part of it."""
    if parse.deps[opening] == "det" and parse.tags[parse.heads[opening]] == "NNS":
        opening = parse.heads[opening]  # "and that long shifts are common": no determiner
    for verb in parse.ancestors(opening, most=4):
        if verb in (candidate.argument, candidate.cue_head):
            return parse.deps[opening] in ("mark", "advmod", "nsubj", "nsubjpass", "dobj", "det")
        if parse.deps[verb] not in ("conj", "ccomp") and not (
            parse.deps[verb] == "advcl" and parse.lemmas[parse.left[verb]] == "that"
        ):
            return False
    return False
