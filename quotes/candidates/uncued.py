"""Quotations without a cue whose place shows who speaks: a label, a signature, a sentence that points at them.

And quotations without marks, set off as a paragraph after "Ann Kord said:".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from quotes.candidates.candidate import BLOCK, Candidate, Extent
from quotes.candidates.labels import Certainty, certainty_of, in_first_person
from quotes.candidates.quotations import QuotedText, quoted_texts
from quotes.lexicon import words
from quotes.lexicon.entries import honorific, pronoun, word_class
from quotes.syntax.article import Article
from quotes.syntax.cues import cue_phrase, is_saying
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.syntax.subjects import can_speak, subject_of
from quotes.text.document import Paragraph
from quotes.text.spans import Span, trimmed

_LONGEST_LABEL = 12
"""Words of a label or a signature at the most."""
_LONGEST_LEAD = 2000
"""Code points before a quotation in which its sentence begins."""
_LONGEST_REST = 200
"""Code points after a quotation that may be nothing but a signature."""
_SHORT_PART = 3
"""Words of an office or the like after a name, in which no verb is looked for ("returning officer")."""
_FEWEST_WORDS = 4
"""Of a paragraph that is quoted without marks."""
_LONGEST_BLOCK = 100
"""Paragraphs of one indented quotation at the most."""
_MOST_BETWEEN = 4
"""Paragraphs of one quotation without marks at the most."""
_SENTENCE_END = re.compile(r"(\w+)[.!?…][\"'”’)\]]*\s+")
_LEAD_IN = re.compile(r"[•·*–—\s-]*(?:(?:and|but|from)\b\s*){0,3}", re.IGNORECASE)
_PART = re.compile(r"[^,()]+")
_SIGNATURE = re.compile(r"\s*(?:-{1,2}|[—–―])\s*(?P<who>[^\n]{3,120})\Z")
_IN_BRACKETS = re.compile(r"\s*\((?P<who>[^()\n]{3,120})\)\W*\Z")
_POINTS = re.compile(
    r"\s*(?:(?:this|that) (?:is|was) (?:how|what|the way)\b|(?:with|in) (?:these|those) words\b)", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_BULLET = re.compile(r"[•·*–—-]\s|\d")


def from_layout(article: Article) -> Iterator[Candidate]:
    """Take quotations whose place alone shows who speaks."""
    for item in quoted_texts(article):
        yield from labelled_quotation(article, item)
        yield from quotation_after_clause(article, item)
        yield from signed_quotation(article, item)
        yield from pointed_at(article, item)
        yield from reply_above(article, item)
    yield from block_quotations(article)


def labelled_quotation(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation after its speaker and a colon, or under its speaker as a heading.

    "Union leader Karl Voss: “[They knew.]”", "And from Mayor Ines Prado:" on a line above; "The
    menu: “Soup of the Day.”" has a topic.
    """
    own = _lead(article, item)
    above = _paragraph(article, item, -1) if _fills_paragraph(article, item) else None
    speaker, text = None, article.parse.text
    if own is not None:
        speaker = named_in(article.parse, own)
    elif above is not None and _ENDS.search(above.body.of(text)) is None:
        is_label = text[above.body.end - 1] == ":"
        speaker = named_in(article.parse, above.body, Certainty.POSSIBLE if is_label else Certainty.CERTAIN)
    if speaker is not None and _is_sentence(article, item):
        yield Candidate.without_cue("labelled_quotation", item.extent, speaker, item.index)


def quotation_after_clause(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation after a clause on somebody and a colon.

    "Rosa Quill was blunt: “[It will stand.]”", "For Rosa Quill the case is clear: “[It will
    stand.]”"; in "Rosa Quill read the sign: “No entry.”" it is an object's.
    """
    parse, lead = article.parse, _lead(article, item)
    if lead is None or not _is_sentence(article, item):
        return
    clause = parse.tokens_in(lead)
    verbs = [t for t in clause if parse.is_main_verb(t)]
    finite = next((t for t in clause if parse.tags[t] in FINITE_OR_MODAL), None)
    if finite is None or any(parse.heads_clause(t) and is_saying(parse, t, "verb") for t in verbs):
        return
    main = finite if finite in verbs else parse.heads[finite]
    subject = parse.child(main, "nsubj", "nsubjpass") or subject_of(parse, main)
    if parse.lemmas[clause[0]] in ("for", "to"):
        subject = parse.child(clause[0], "pobj")
    object_ = parse.child(main, "dobj")
    owned = object_ is None or parse.pos[object_] == "PRON" or parse.has_child(object_, "poss")
    none = object_ is not None and parse.lower(parse.left[object_]) in word_class("nobody")
    if subject is not None and subject in clause and _is_person(parse, subject) and (owned or none):
        yield Candidate.without_cue("quotation_after_clause", item.extent, mention_of(parse, subject), item.index)


def signed_quotation(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation with its speaker's signature after it: behind a dash, in brackets, on the next line.

    "“[Build a wall.]” — Steve Quinlan", "“[Never.]” (Ruth Adeyemi, commissioner)"; "“The Miller's
    Wake” — Astley's oldest song — was sung" goes on.
    """
    signature, on_its_own = _signature(article, item)
    if signature is not None:
        plain = on_its_own or _ENDS.search(item.quotation.inner.of(article.parse.text)) is None
        speaker = named_in(article.parse, signature, Certainty.CERTAIN if plain else Certainty.NONE)
        if speaker is not None:
            yield Candidate.without_cue("signed_quotation", item.extent, speaker, item.index)


def _signature(article: Article, item: QuotedText) -> tuple[Span | None, bool]:
    """Return what may name a speaker after a quotation, with nothing else there, and whether no sign marks it."""
    text, whole = article.parse.text, article.document.paragraphs[item.quotation.paragraph].body
    rest = Span(item.quotation.outer.end, whole.end)
    if len(rest) > _LONGEST_REST:
        return None, False
    below = None if rest.of(text).strip() else _paragraph(article, item, 1)
    rest = rest if below is None else below.body
    signed = _SIGNATURE.match(text, rest.start, rest.end)
    if signed is None and below is None:
        signed = _IN_BRACKETS.match(text, rest.start, rest.end)
    if signed is not None:
        who = Span(*signed.span("who"))
        if article.parse.words[article.parse.tokens_in(who)[-1]] == ".":
            who = trimmed(text, who, ".")
        return None if any(c.isdigit() for c in who.of(text)) else who, False
    line = trimmed(text, rest, '"“”')
    plain = _ENDS.search(text, line.start, line.end) is None and text[line.end - 1] != ":"
    return line if below is not None and plain and _fills_paragraph(article, item) else None, True


def pointed_at(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation that the next sentence points back at.

    "“[The water was at the door.]” This is how baker Mona Reis remembers the flood", "With
    those words, Premier Hollis closed the debate".
    """
    parse, text, end = article.parse, article.parse.text, item.quotation.outer.end
    after = article.document.paragraphs[item.quotation.paragraph].body
    goes_on = after.end - end > _LONGEST_REST or text[end : after.end].strip()
    below = None if goes_on else _paragraph(article, item, 1)
    start, end = (end, after.end) if below is None else (below.body.start, below.body.end)
    points = _POINTS.match(text, start, end)
    if points is None or not _is_sentence(article, item):
        return
    sentence = _SENTENCE_END.search(text, points.end(), end)
    tokens = parse.tokens_in(Span(points.end(), sentence.start() if sentence else end))
    subjects = (subject_of(parse, t) for t in tokens if parse.heads_clause(t))
    speaker = next((s for s in subjects if s is not None and s in tokens and can_speak(parse, s)), None)
    if speaker is not None:
        yield Candidate.without_cue("pointed_at", item.extent, mention_of(parse, speaker), item.index)


def reply_above(article: Article, item: QuotedText) -> Iterator[Candidate]:
    """Take a quotation that fills its paragraph, where the one above ends with a reply.

    "Gates <responded> within the hour." and below it "“[We will pay.]”"; not after "answered the call".
    """
    parse, above = article.parse, _paragraph(article, item, -1)
    if above is None or not _fills_paragraph(article, item) or not _is_sentence(article, item):
        return
    tokens = parse.tokens_in(above.body)
    verb = next((t for t in reversed(tokens) if parse.heads_clause(t)), None)
    if verb is None or parse.lemmas[verb] not in word_class("answering_cue") or not parse.is_finite(verb):
        return
    subject = subject_of(parse, verb)
    told = parse.has_child(verb, "dobj", "ccomp", "xcomp") or article.is_quoted(verb)
    if subject is not None and subject in tokens and can_speak(parse, subject) and not told:
        speaker = mention_of(parse, subject)
        yield Candidate("reply_above", cue_phrase(parse, verb), verb, None, (item.extent,), speaker, item.index)


def block_quotations(article: Article) -> Iterator[Candidate]:
    """Take paragraphs without quotation marks that a cue and a colon announce.

    "Ann Kord <wrote> on Facebook:" and below it "[The bridge is closed.]"; "The parcel held:" and a
    list is none. Several paragraphs are one quotation where they are indented, up to the next such
    announcement, and while somebody speaks of "we" or "I".
    """
    parse, paragraphs = article.parse, [p for p in article.document.paragraphs if p.kind != "boilerplate"]
    cues = [_announcing_cue(article, p) for p in paragraphs]
    for place, cue in enumerate(cues[:-1]):
        below = slice(place + 1, place + 1 + _LONGEST_BLOCK)
        said = _block(article, paragraphs[below], cues[below]) if cue is not None else []
        pieces = tuple(r for p in said if (r := parse.range_of(p.body)) is not None)
        subject = None if cue is None else subject_of(parse, cue)
        if cue is not None and pieces and subject is not None:
            extent = Extent("block", pieces)
            yield Candidate(BLOCK, cue_phrase(parse, cue), cue, None, (extent,), mention_of(parse, subject))


def _announcing_cue(article: Article, paragraph: Paragraph) -> int | None:
    """Return the cue of a paragraph that ends with it, perhaps with where it was said, and a colon."""
    parse, body = article.parse, paragraph.body
    if parse.text[body.end - 1 : body.end] != ":":
        return None
    tokens = parse.tokens_in(body)
    verb = next((t for t in reversed(tokens) if parse.heads_clause(t)), None)
    if verb is None or not is_saying(parse, verb, "verb") or parse.has_child(verb, "dobj", "ccomp", "xcomp"):
        return None
    subject = subject_of(parse, verb)
    speaks = subject is not None and subject in tokens and can_speak(parse, subject)
    return verb if speaks and not article.is_quoted(verb) else None


def _block(article: Article, below: list[Paragraph], cues: list[int | None]) -> list[Paragraph]:
    """Return the paragraphs that an announcement quotes, none where they are no speech."""
    parse, text = article.parse, article.parse.text
    first = below[0].body

    def can_be_said(paragraph: Paragraph) -> bool:
        tokens = parse.tokens_in(paragraph.body)
        marked = any(tokens) and article.is_quoted(tokens[0])
        return _ENDS.search(paragraph.body.of(text)) is not None and not marked

    if not can_be_said(below[0]) or len(parse.words_in(first)) < _FEWEST_WORDS or _BULLET.match(first.of(text)):
        return []
    if _is_indented(text, first):
        return list(takewhile(lambda p: _is_indented(text, p.body), below))
    next_cue = next((i for i, cue in enumerate(cues) if cue is not None), len(cues))
    between = list(takewhile(can_be_said, below[:next_cue]))
    if next_cue < len(cues) and len(between) == next_cue <= _MOST_BETWEEN:
        return between
    return [below[0], *takewhile(lambda p: in_first_person(parse, p.body), between[1:])]


def named_in(parse: Parse, label: Span, least: Certainty = Certainty.POSSIBLE) -> Mention | None:
    """Return who a label or a signature names, None where it names nobody or is a sentence.

    Of "And from its last customer, Otto Brand:" that is "Otto Brand", of "Pilar Onslow,
    shopkeepers' league" "Pilar Onslow". Least is how sure it must be that it is somebody:
    any name will do for ``NONE``.
    """
    text = parse.text
    start = _LEAD_IN.match(text, label.start, label.end)
    label = trimmed(text, Span(start.end() if start else label.start, label.end), ":")
    tokens = parse.tokens_in(label)
    parts = [trimmed(text, Span(*found.span())) for found in _PART.finditer(text, label.start, label.end)]
    parts = [part for part in parts if parse.words_in(part)]
    if not parts or len(tokens) > _LONGEST_LABEL or any(_tells(parse, part) for part in parts):
        return None
    described = any(certainty_of(parse, part) is Certainty.CERTAIN for part in parts[1:])
    named = [part for part in parts if text[part.end - len(part.of(text).split()[-1])].isupper()]
    for part in (*named, *parts)[: len(named) or 1]:
        certainty = certainty_of(parse, _before_preposition(parse, part))
        named_so = least is Certainty.NONE and {parse.pos[t] for t in parse.tokens_in(part)} == {"PROPN"}
        known = named_so or described or (certainty.value >= max(least.value, 1))
        if known and (named or part == label):
            return Mention(part, parse.tokens_in(part)[-1])
    return None


def _before_preposition(parse: Parse, part: Span) -> Span:
    """Return a label up to the phrase that ends it: "The motto" of "The motto of Marrow"; a person ends it itself."""
    tokens = parse.tokens_in(part)
    inside = next((t for t in tokens[1:] if parse.pos[t] == "ADP"), None)
    if inside is None or parse.entity_types[tokens[-1]] == "PERSON":
        return part
    return Span(part.start, parse.ends[inside - 1])


def _tells(parse: Parse, part: Span) -> bool:
    """Return whether a part of a label has a verb, other than "retired" or "returning officer" after a name."""
    tokens = parse.tokens_in(part)
    verbs = [t for t in tokens if parse.pos[t] in ("VERB", "AUX") and parse.words[t].islower()]
    finite = any(parse.tags[t] in FINITE_OR_MODAL or is_saying(parse, t, "verb") for t in verbs)
    return bool(verbs) and len(tokens) > 1 and (finite or len(tokens) > _SHORT_PART)


def _lead(article: Article, item: QuotedText) -> Span | None:
    """Return the words of a quotation's sentence before it that end with a colon, None without such words."""
    text, body = article.parse.text, article.document.paragraphs[item.quotation.paragraph].body
    end = item.quotation.outer.start
    lead = Span(max(body.start, end - _LONGEST_LEAD), end)
    if not text[lead.start : lead.end].rstrip().endswith(":"):
        return None
    for found in _SENTENCE_END.finditer(text, lead.start, lead.end):
        if len(found[1]) > 1 and honorific(found[1]) is None:
            lead = Span(found.end(), lead.end)
    lead = trimmed(text, lead)
    return lead if len(lead) else None


def _paragraph(article: Article, item: QuotedText, steps: int) -> Paragraph | None:
    """Return the paragraph after (1) or before (-1) a quotation's own, None for boilerplate or without one."""
    place = item.quotation.paragraph + steps
    if not 0 <= place < len(article.document.paragraphs):
        return None
    paragraph = article.document.paragraphs[place]
    return paragraph if len(paragraph.body) else None


def _fills_paragraph(article: Article, item: QuotedText) -> bool:
    body, outer = article.document.paragraphs[item.quotation.paragraph].body, item.quotation.outer
    return body.start == outer.start and not article.parse.text[outer.end : body.end].strip(" .")


def _is_sentence(article: Article, item: QuotedText) -> bool:
    """Return whether a quotation of two words or more ends as a sentence does, and none goes on after it."""
    text, outer = article.parse.text, item.quotation.outer
    if text[outer.end : outer.end + 2].strip().islower():
        return False  # "a tattoo: “Hold fast.” and “Never again.”"
    ends = _ENDS.search(item.quotation.inner.of(text)) is not None or text[outer.end : outer.end + 1] == "."
    return ends and len(article.parse.words_in(item.quotation.inner)) > 1


def _is_person(parse: Parse, token: int) -> bool:
    known = pronoun(parse.words[token])
    if known is not None:
        return known.gender != "n" and known.case == "subject"
    return parse.entity_types[token] == "PERSON" or parse.lemmas[token] in words("person_nouns")


def _is_indented(text: str, body: Span) -> bool:
    return text[text.rfind("\n", 0, body.start) + 1 : body.start].isspace()
