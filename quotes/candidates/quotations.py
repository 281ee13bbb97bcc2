"""Frames whose content is what stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.candidates.candidate import Candidate, Extent
from quotes.lexicon import words
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase, is_saying
from quotes.syntax.mention import Mention, Range
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_speak, neighbour_of, owner_of, subject_of
from quotes.text.quotations import Quotation
from quotes.text.spans import Span

VERBS_EACH_SIDE = 5
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_LONG_WORD = 4
_DASHES = ("—", "–", "―", "-", "--")


@dataclass(frozen=True, slots=True)
class QuotedText:
    """An outermost quotation in terms of tokens.

    Attributes:
        index: Of the quotation in the document's tuple.
        quotation: The quotation.
        tokens: First and last token inside the marks.
        chain: Quotations (indices) that carry it on in later paragraphs, itself first.
    """

    index: int
    quotation: Quotation
    tokens: Range
    chain: tuple[int, ...]


def quoted_texts(parse: Parse, quotations: Sequence[Quotation]) -> tuple[QuotedText, ...]:
    """Return the outermost quotations that hold tokens, chains of paragraphs joined.

    A quotation that carries on an earlier one is part of its chain and no item
    of its own.
    """
    followers: dict[int, int] = {q.continues: i for i, q in enumerate(quotations) if q.continues is not None}
    out = []
    for index, quotation in enumerate(quotations):
        if quotation.depth or quotation.continues is not None:
            continue
        tokens = tokens_of(parse, quotation.inner)
        if tokens is None:
            continue
        chain = [index]
        while chain[-1] in followers:
            chain.append(followers[chain[-1]])
        out.append(QuotedText(index, quotation, tokens, tuple(chain)))
    return tuple(out)


def tokens_of(parse: Parse, span: Span) -> Range | None:
    """Return first and last token of a span, None where it holds no word."""
    inside = parse.tokens_in(span)
    if not inside or all(parse.pos[t] in ("PUNCT", "SPACE") for t in inside):
        return None
    return inside[0], inside[-1]


def quotation_frames(article: Article, quoted: Sequence[QuotedText]) -> Iterator[Candidate]:
    """Propose every quotation with the verbs near it, and as a floating one.

    "“[We ran out of sandbags],” <said> Odalys Brennick" is one; the title in
    "keeps a copy of “The Long Siding”" has the shape and is refused by the
    scorer.

    Args:
        article: The document's article.
        quoted: Its outermost quotations, from `quoted_texts`.
    """
    parse = article.parse
    resumed_at: set[tuple[int, int]] = set()
    for place, item in enumerate(quoted):
        following = quoted[place + 1] if place + 1 < len(quoted) else None
        plain = tuple(r for i in item.chain if (r := article.quotation_tokens[i]) is not None)
        for verb in verbs_near(article, item):
            if (item.index, verb) in resumed_at or _performs(parse, verb, item):
                continue
            extents = [Extent("quotation", plain)]
            if following is not None and resumes(parse, item, following, verb):
                rest = tuple(r for i in following.chain if (r := article.quotation_tokens[i]) is not None)
                resumed = Extent("resumed", plain + rest)
                # With no other verb before it, what resumes can only go on.
                if _has_verb(parse, verb, rest[0][0]):
                    extents.insert(0, resumed)
                else:
                    extents = [resumed]
                    resumed_at.add((following.index, verb))
            behind = verb > plain[-1][1]
            side = "quotation_before_cue" if behind else "quotation_after_cue"
            if not article.is_worth(side, verb, has_speaker=None):
                continue
            subject = _subject_outside(article, verb, inverted=behind)
            if article.is_worth(side, verb, has_speaker=subject is not None):
                speaker = None if subject is None else mention_of(parse, subject)
                cue = cue_phrase(parse, verb)
                yield Candidate(side, cue, verb, None, tuple(extents), speaker, item.index)
        if item.tokens[0]:
            yield Candidate(
                "floating_quotation", (), None, None, (Extent("quotation", plain),), None, item.index
            )
        yield from _announced(article, item, plain)
        signed = signature(parse, item)
        if signed is not None:
            yield Candidate(
                "signed_quotation", (), None, None, (Extent("quotation", plain),), signed, item.index
            )


def _subject_outside(article: Article, verb: int, *, inverted: bool) -> int | None:
    """Return a verb's subject, or the noun next to it, where that is not quoted itself."""
    parse, at = article.parse, article.quotation_at
    subject = subject_of(parse, verb)
    if subject is not None and at[subject] >= 0:
        subject = None  # "“Heavens, no,” the governor replied": heaven did not
    if subject is None and parse.child(verb, "nsubjpass", "expl") is None:
        subject = neighbour_of(parse, verb, inverted=inverted)
    return None if subject is None or at[subject] >= 0 else subject


def _announced(article: Article, item: QuotedText, plain: tuple[Range, ...]) -> Iterator[Candidate]:
    """Propose a noun of saying in the clause before a colon and the quotation.

    "Sanders made the following <comment>: “[The rate is 33 percent.]”", "The
    pilot's <answer> was short: “[Not tonight.]”". A verb of saying in the clause is
    the cue itself ("said in a statement: ..."), unless the noun is its object
    ("issued a statement: ...").
    """
    parse = article.parse
    colon = item.tokens[0] - 1
    while colon > 0 and parse.words[colon] != ":" and parse.pos[colon] in ("PUNCT", "SPACE"):
        colon -= 1
    if colon <= 0 or parse.words[colon] != ":":
        return
    start = parse.sentence_bounds[parse.sentences[colon]][0]
    before = range(colon - 1, start - 1, -1)
    saying = [t for t in before if _is_verb(parse, t) and is_saying(parse, t, "verb")]
    for noun in before:
        if parse.pos[noun] == "NOUN" and article.quotation_at[noun] < 0 and is_saying(parse, noun, "noun"):
            owner = owner_of(parse, noun)
            issued = parse.deps[noun] == "dobj" and saying == [parse.heads[noun]]
            if owner is not None and can_speak(parse, owner) and (issued or not saying):
                extents = (Extent("quotation", plain),)
                yield Candidate(
                    "noun_and_colon", (noun,), noun, None, extents, mention_of(parse, owner), item.index
                )
            return


def verbs_near(article: Article, item: QuotedText) -> Iterator[int]:
    """Yield the verbs outside of quotation marks that could be a quotation's cue.

    They stand in the quotation's paragraph, at most one sentence away, or in
    the last sentence of the paragraph before, where that ends with a colon.
    """
    parse = article.parse
    first, last = item.tokens
    paragraph = parse.paragraphs[first]
    found = 0
    start = parse.sentence_bounds[max(parse.sentences[first] - 1, 0)][0]
    for token in range(first - 1, start - 1, -1):
        if parse.paragraphs[token] != paragraph:
            if not _introduces(parse, token):
                break
            paragraph = parse.paragraphs[token]
        if _is_verb(parse, token) and article.quotation_at[token] < 0:
            yield token
            found += 1
            if found == VERBS_EACH_SIDE:
                break
    final = article.quotation_tokens[item.chain[-1]]
    last = last if final is None else final[1]
    found = 0
    paragraph = parse.paragraphs[last]
    end = parse.sentence_bounds[min(parse.sentences[last] + 1, len(parse.sentence_bounds) - 1)][1]
    for token in range(last + 1, end):
        if parse.paragraphs[token] != paragraph:
            break
        if _is_verb(parse, token) and article.quotation_at[token] < 0:
            yield token
            found += 1
            if found == VERBS_EACH_SIDE:
                break


def _performs(parse: Parse, verb: int, item: QuotedText) -> bool:
    """Return whether a title in quotation marks is sung or played: "sang “The Weaver's Bride”"."""
    first = item.tokens[0]
    if (
        parse.lemmas[verb] not in words("performing_verbs")
        or verb > first
        or parse.words[first - 2] in (",", ":")
    ):
        return False
    inner = item.quotation.inner.of(parse.text)
    long = [word for word in inner.split() if len(word) >= _LONG_WORD]
    return bool(long) and inner[-1] not in ".,!?…" and all(word[0].isupper() for word in long)


def _has_verb(parse: Parse, verb: int, end: int) -> bool:
    return any(parse.pos[t] == "VERB" for t in range(verb + 1, end))


def _introduces(parse: Parse, token: int) -> bool:
    return parse.words[token].endswith(":")


def _is_verb(parse: Parse, token: int) -> bool:
    return parse.pos[token] == "VERB" or (
        parse.tags[token][:2] == "VB" and parse.deps[token] in ("ROOT", "conj", "advcl", "ccomp")
    )


def resumes(parse: Parse, item: QuotedText, following: QuotedText, verb: int) -> bool:
    """Return whether a quotation goes on behind its cue clause within one sentence.

    "“The tunnel,” she told councillors, “is not a cathedral.”" does;
    "“We ran out,” he said. “It was late.”" does not.
    """
    if parse.paragraphs[item.tokens[1]] != parse.paragraphs[following.tokens[0]]:
        return False
    if not item.tokens[1] < verb < following.tokens[0]:
        return False
    inner = item.quotation.inner.of(parse.text)
    if inner[-1:] in ".!?…" and inner[-3:] != "...":
        return False
    between = parse.text[item.quotation.outer.end : following.quotation.outer.start]
    # "..., she told councillors, “is not a cathedral”": a break stands before it;
    # "..., adding that it was “late”" has none, and is another content.
    return between.rstrip()[-1:] in ",;—–-" and not _SENTENCE_END.search(between)


def signature(parse: Parse, item: QuotedText) -> Mention | None:
    """Return the name behind a quotation and a dash ("“Build a wall.” — Steve Quinlan")."""
    after = item.tokens[1] + 1
    while after < len(parse) and parse.starts[after] < item.quotation.outer.end:
        after += 1
    while after < len(parse) and parse.pos[after] in ("PUNCT", "SPACE") and parse.words[after] not in _DASHES:
        after += 1
    if after + 1 >= len(parse) or parse.words[after] not in _DASHES:
        return None
    name = after + 1
    while name + 1 < len(parse) and parse.pos[name] == "SPACE":
        name += 1
    if parse.pos[name] != "PROPN" or parse.sentences[name] > parse.sentences[item.tokens[1]] + 1:
        return None
    last = name
    while (
        last + 1 < len(parse)
        and parse.pos[last + 1] == "PROPN"
        and parse.sentences[last + 1] == parse.sentences[name]
    ):
        last += 1
    rest = last + 1
    while rest < len(parse) and parse.paragraphs[rest] == parse.paragraphs[name]:
        # "“The Miller's Wake” — Astley's oldest song — was sung" goes on.
        if parse.words[rest] in _DASHES or parse.pos[rest] in ("VERB", "AUX", "PART") or rest > last + 8:
            return None
        rest += 1
    return Mention(parse.span(name, last), last)
