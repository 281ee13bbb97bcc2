"""Constructions whose content is what is between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from quotes.candidates.candidate import FLOATING, Candidate, Extent
from quotes.candidates.pieces import is_title
from quotes.lexicon.entries import word_class
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase, is_saying, quoted_sayings
from quotes.syntax.mention import Mention, Range
from quotes.syntax.noun_phrases import core_span, mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import adjacent_noun, can_speak, owner_of, subject_of
from quotes.text.quotations import Quotation

VERBS_EACH_SIDE = 5
_FARTHEST = 250
"""Tokens from a quotation within which its cue is looked for."""
_FARTHEST_WORDS = 12
"""Tokens from a quotation within which somebody's "words" are looked for."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class QuotedText:
    """An outermost quotation with the quotations that carry it on in later paragraphs.

    Attributes:
        index: Place of the quotation among the document's.
        quotation: The quotation itself, without what carries it on.
        pieces: First and last token inside the marks, one pair a paragraph.
    """

    index: int
    quotation: Quotation
    pieces: tuple[Range, ...]

    @property
    def extent(self) -> Extent:
        """The whole as a content."""
        return Extent("quotation", self.pieces)


def quoted_texts(article: Article) -> list[QuotedText]:
    """Return the outermost quotations that hold words; one that carries on another is part of that."""
    out = []
    for index, quotation in enumerate(article.quotations):
        if quotation.depth or quotation.continues is not None:
            continue
        pieces = article.quotation_pieces(index)
        if pieces:
            out.append(QuotedText(index, quotation, pieces))
    return out


def from_quotations(article: Article) -> Iterator[Candidate]:
    """Take every quotation with the verbs near it, and without them where its place shows who speaks."""
    quoted = quoted_texts(article)
    for before, item, after in zip((None, *quoted), quoted, (*quoted[1:], None), strict=False):
        for verb in verbs_near(article, item):
            if before is None or not _can_only_resume(article.parse, before, item, verb):
                yield from quotation_and_cue(article, item, after, verb)
        if before is None or not _goes_on_from(article.parse, before, item):
            yield Candidate.without_cue(FLOATING, item.extent, None, item.index)
        yield from noun_and_colon(article, item)
        yield from words_of(article, item)


def _goes_on_from(parse: Parse, item: QuotedText, following: QuotedText) -> bool:
    """Return whether a quotation is surely the second half of the one before ("“A,” said Kord. “and B.”")."""
    between = range(item.pieces[-1][1] + 1, following.pieces[0][0])
    sayings = (t for t in between if is_saying(parse, t, "verb") and parse.is_finite(t))
    return any(_can_only_resume(parse, item, following, verb) for verb in sayings)


def quotation_and_cue(
    article: Article, item: QuotedText, following: QuotedText | None, verb: int
) -> Iterator[Candidate]:
    """Take a quotation with a verb before or after it.

    "“[We ran out of sandbags],” <said> Odalys Brennick" is one; the title in
    "keeps a copy of “The Long Siding”" has the shape and is refused by the scorer.
    """
    parse = article.parse
    if _performs(parse, verb, item) or _is_part_of_clause(parse, verb, item) or _is_told_on(parse, verb, item):
        return
    extents = [item.extent]
    if following is not None and resumes(parse, item, following, verb):
        extents.insert(0, Extent("resumed", item.pieces + following.pieces))
        if _can_only_resume(parse, item, following, verb):
            del extents[1:]
    inverted = verb > item.pieces[-1][1]
    rule = "quotation_before_cue" if inverted else "quotation_after_cue"
    subject = _subject_outside(article, verb, inverted=inverted)
    speaker = None if subject is None else mention_of(parse, subject)
    yield Candidate(rule, cue_phrase(parse, verb), verb, None, tuple(extents), speaker, item.index)


def _is_part_of_clause(parse: Parse, verb: int, item: QuotedText) -> bool:
    """Return whether a verb governs a clause that goes on in the quotation ("he says it “welcomes” us")."""
    first = item.pieces[0][0]
    for clause in parse.children_with(verb, "ccomp"):
        if verb < clause and parse.is_under(first, clause):
            before = islice(filter(parse.is_word, range(parse.left[clause], first)), 2)
            if [parse.lemmas[t] for t in before] not in ([], ["that"]):
                return True
    return False


def _is_told_on(parse: Parse, verb: int, item: QuotedText) -> bool:
    """Return whether a verb after a quotation has another's report for its clause, the quotation within it.

    "A caller said, “[Smoke!]” the fire service <said>": the caller's words.
    """
    first, last = item.pieces[0][0], item.pieces[-1][1]
    if verb < last:
        return False
    other = next((t for t in range(first - 1, parse.sentence_start(first), -1) if parse.is_word(t)), None)
    if other is None or not is_saying(parse, other, "verb") or not parse.is_finite(other):
        return False
    subject = parse.child(other, "nsubj")
    own = parse.child(verb, "nsubj")
    comma = parse.words[last] == ","
    return comma and subject is not None and subject < other and own is not None and last < own < verb


def noun_and_colon(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a noun of saying in the clause before a colon and the quotation.

    "Sanders made the following <comment>: “[The rate is 33 percent.]”", "The
    pilot's <answer> was short: “[Not tonight.]”". A verb of saying in the clause is
    the cue itself ("said in a statement: ..."), unless the noun is its object
    ("issued a statement: ...").
    """
    parse = article.parse
    before = range(item.pieces[0][0] - 1, 0, -1)
    colon = next((t for t in before if parse.words[t] == ":" or parse.is_word(t)), None)
    if colon is None or parse.words[colon] != ":":
        return
    clause = range(parse.sentence_start(colon), colon)
    verbs = [t for t in clause if parse.heads_clause(t) and is_saying(parse, t, "verb")]
    nouns = [t for t in clause if parse.pos[t] == "NOUN" and is_saying(parse, t, "noun")]
    noun = next((t for t in reversed(nouns) if not article.is_quoted(t)), None)
    owner = None if noun is None else owner_of(parse, noun)
    if noun is None or owner is None or not can_speak(parse, owner):
        return
    issued = parse.deps[noun] == "dobj" and verbs == [parse.heads[noun]]
    if issued or not verbs:
        speaker = mention_of(parse, owner)
        yield Candidate("noun_and_colon", (noun,), noun, None, (item.extent,), speaker, item.index)


def words_of(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation that is called somebody's words.

    "It was, <in the words of> Judge Moll, “[a wretched bargain]”", "“[Not one step back.]” Those
    were the words of Captain Urry"; "<in other words>" are nobody's.
    """
    parse, (first, last) = article.parse, (item.pieces[0][0], item.pieces[-1][1])
    near = (*range(max(0, first - _FARTHEST_WORDS), first), *range(last + 1, min(len(parse), last + _FARTHEST_WORDS)))
    for noun in near:
        owner = _owner_of_words(parse, noun)
        if owner is None or article.is_quoted(noun) or not parse.same_paragraph(noun, first):
            continue
        above, speaker = parse.heads[noun], Mention(core_span(parse, owner), owner)
        if parse.lemmas[above] == "in" and parse.deps[noun] == "pobj":
            between = range(parse.right[above] + 1, first) if noun < first else range(last + 1, above)
            if parse.same_sentence(noun, first) and "VERB" not in [parse.pos[t] for t in between]:
                cue = tuple(range(above, max(noun, parse.left[owner] - 1) + 1)) if owner > noun else (noun,)
                yield Candidate("words_of", cue, noun, None, (item.extent,), speaker, item.index)
        elif parse.deps[noun] == "attr" and noun > last:
            subject = parse.child(above, "nsubj")
            if subject is not None and parse.tags[subject] == "DT":  # "Those were the words of ..."
                yield Candidate.without_cue("words_of", item.extent, speaker, item.index)


def _owner_of_words(parse: Parse, noun: int) -> int | None:
    """Return whose words a noun means: "the words of <Captain Urry>", "in <her> own words"."""
    if parse.lemmas[noun] != "word" or parse.tags[noun] != "NNS":
        return None
    of = next((c for c in parse.children_with(noun, "prep") if parse.lemmas[c] == "of"), None)
    owner = parse.possessor(noun) if of is None else parse.child(of, "pobj")
    return owner if owner is not None and can_speak(parse, owner) else None


def verbs_near(article: Article, item: QuotedText) -> Iterator[int]:
    """Yield the verbs outside of quotation marks that could be a quotation's cue.

    They are in the quotation's paragraph, at most one sentence and `_FARTHEST` tokens away, or in
    the last sentence of the paragraph before, where that ends with a colon.
    """
    parse, bounds = article.parse, article.parse.sentence_bounds
    first, last = item.pieces[0][0], item.pieces[-1][1]
    start = max(bounds[max(parse.sentences[first] - 1, 0)][0], first - _FARTHEST)
    end = min(bounds[min(parse.sentences[last] + 1, len(bounds) - 1)][1], last + _FARTHEST)
    for tokens in (range(first, start - 1, -1), range(last, end)):
        found = 0
        for origin, token in pairwise(tokens):
            if not parse.same_paragraph(origin, token) and not parse.words[token].endswith(":"):
                break
            if parse.heads_clause(token) and not article.is_quoted(token):
                found += 1
                yield token
                if found == VERBS_EACH_SIDE:
                    break


def _subject_outside(article: Article, verb: int, *, inverted: bool) -> int | None:
    """Return a verb's subject, or the noun next to it, where that is not quoted itself."""
    parse = article.parse
    sayings = quoted_sayings(parse, verb)  # "the agency quoted Rell as saying": Rell speaks
    subject = subject_of(parse, sayings[0] if sayings else verb)
    if subject is not None and article.is_quoted(subject):
        subject = None  # "“Heavens, no,” the governor replied": heaven did not
    if subject is None and not parse.has_child(verb, "nsubjpass", "expl"):
        subject = adjacent_noun(parse, verb, inverted=inverted)
    if subject is None or article.is_quoted(subject):
        return None
    if parse.lemmas[verb] == "come" and is_saying(parse, subject, "noun"):
        return owner_of(parse, subject) or subject  # "“Never,” came the reply from Griss"
    return subject


def _performs(parse: Parse, verb: int, item: QuotedText) -> bool:
    """Return whether a title in quotation marks is sung or played: "sang “The Weaver's Bride”"."""
    first, inner = item.pieces[0][0], item.quotation.inner.of(parse.text)
    if parse.lemmas[verb] not in word_class("performing_verb") or verb > first:
        return False
    return parse.words[first - 2] not in (",", ":") and inner[-1] not in ".,!?…" and is_title(inner)


def resumes(parse: Parse, item: QuotedText, following: QuotedText, verb: int) -> bool:
    """Return whether a quotation goes on after its cue clause within one sentence.

    "“The tunnel,” she told councillors, “is not a cathedral.”" does;
    "“We ran out,” he said. “It was late.”" does not.
    """
    last, first = item.pieces[0][1], following.pieces[0][0]
    if not parse.same_paragraph(last, first) or not last < verb < first:
        return False
    inner = item.quotation.inner.of(parse.text)
    if inner[-1:] in ".!?…" and not inner.endswith("..."):
        return False
    between = parse.text[item.quotation.outer.end : following.quotation.outer.start].rstrip()
    if ";" in between[:-1]:
        return False  # "it added; and, later, “...”"
    if inner[-1:] == "," and between[-1:] == "." and following.quotation.inner.of(parse.text)[:1].islower():
        return True  # "“It was fine,” said Kord. “and we shall win.”"
    # "..., she told councillors, “is not a cathedral”" has a break before it;
    # "..., adding that it was “late”" has none, and is another content.
    return between[-1:] in ",;—–-" and not _SENTENCE_END.search(between)


def _can_only_resume(parse: Parse, item: QuotedText, following: QuotedText, verb: int) -> bool:
    """Return whether a quotation goes on and no other verb before the rest could be its cue."""
    between = range(verb + 1, following.pieces[0][0])
    return resumes(parse, item, following, verb) and all(parse.pos[t] != "VERB" for t in between)
