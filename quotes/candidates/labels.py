"""Constructions of a label and a colon: transcript turns and headlines that name who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, takewhile

from quotes.candidates.candidate import TURN, Candidate, Extent
from quotes.candidates.pieces import is_title, trim
from quotes.lexicon import table, words
from quotes.lexicon.entries import pronoun, time_kind
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention, Range
from quotes.syntax.noun_phrases import mention_of
from quotes.syntax.parse import FINITE_OR_MODAL, Parse
from quotes.syntax.subjects import can_speak, subject_of
from quotes.text.document import Document, Paragraph
from quotes.text.normalization import CAPITAL
from quotes.text.spans import Span
from quotes.text.turns import COLON, INTERJECTION, LABEL, LABEL_OF_TRANSCRIPT, LEAST_TURNS, STAGE_DIRECTION

FEWEST_WORDS = 4
"""Of what is said before a source: "What we know: police" and "Watch: minister" announce and tell nothing."""
LONGEST_HEADLINE = 150
"""Of a line that is read as a headline though it is not marked as one, in code points."""

_OFFICE = re.compile(rf"(?P<label>{CAPITAL}[\w.'’-]*(?:[ \t]+[\w.'’-]+){{1,5}}){COLON}")
"""In a headline an office may be in lower case, as in "Bank boss: ..."."""
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
"""What closes minutes: "The meeting ended at 8:52 p.m."."""
_SENTENCE_END = re.compile(r"[.!?…—–-][\"'”’»)\]]*$")
_SOURCE = re.compile(r"[\w.'’-]+(?: [\w.'’-]+){0,3}")
_QUOTED = re.compile(r"[\"“‘'«](?P<said>[^\n]{8,}?)[\"”’'»]\s*:\s+(?=\S)")
_ASIDE = re.compile(r"\s*\([^)\n]*\)")
_RATING = re.compile(r"\(\d{1,2}(?:/\d+)?\)")
"""Of a player: "Goalkeeper (6): Slow off his line"."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_BODIES = ("organization_nouns", "organization_designators", "group_nouns", "document_nouns")


class Certainty(Enum):
    """How surely a label names somebody who speaks."""

    NONE = 0
    POSSIBLE = 1
    """A body, a document, or a word that a person of the text is named by."""
    CERTAIN = 2
    """An office, a title, a full name, capitals, "Q" or "A"."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a speaker's label at the start of a paragraph.

    Attributes:
        place: Index of the paragraph.
        text: The label without its colon.
        span: Its code points.
        body: Code points of the paragraph after the colon.
        content: Tokens of those.
        certainty: How surely it names a speaker.
    """

    place: int
    text: str
    span: Span
    body: Span
    content: range
    certainty: Certainty


def from_labels(article: Article) -> Iterator[Candidate]:
    """Take transcript turns, and headlines with their speaker before or after a colon.

    "KESTREL: [Where was the van when you left?]" in a text with several such
    labels is a turn; "Minister: [No new levy before spring]" is a headline of the
    kind; "Parking: six crowns a day" is neither.
    """
    document, parse, paragraphs = article.document, article.parse, article.document.paragraphs
    found = (label_of(article, place) for place in range(len(paragraphs)))
    labels = [label for label in found if label is not None]
    turns = turns_of(article, labels)
    rests = [
        [p.body for p in paragraphs[turn.place + 1 : following.place] if _goes_on(document, p)]
        for turn, following in pairwise(turns)
    ]
    if turns:
        after = [p.body for p in paragraphs[turns[-1].place + 1 :] if _goes_on(document, p)]
        last = list(takewhile(lambda body: _CLOCK.search(body.of(document.text)) is None, after))
        # turns of several paragraphs: the last one may be too
        several = len(turns) == 1 or 3 * sum(map(bool, rests)) > len(rests)
        goes_on = any(in_first_person(parse, body) for body in last) and not _is_reported(article, last)
        rests.append(last if several or goes_on else [])
        # what follows the last turn and is none of it is none of an earlier one in a page that says all twice
        refused = {body.of(document.text) for body in after[len(rests[-1]) :]}
        rests = [list(takewhile(lambda body: body.of(document.text) not in refused, rest)) for rest in rests]
    for turn, rest in zip(turns, rests, strict=True):
        yield from _labelled(parse, TURN, turn, rest)
    headlines = []
    for place, paragraph in enumerate(paragraphs):
        body = paragraph.body.of(document.text)
        short = len(body) <= LONGEST_HEADLINE and body[-1:] not in ".!?\"”'’"
        if paragraph.kind == "headline" or (short and not turns):
            headlines.append(place)
    for label in labels:
        if label.place in headlines and reads_as_said(parse, label.content, label.certainty):
            yield from _labelled(parse, "colon_headline", label)
    spoken = [label.place for label in labels if label.certainty is Certainty.CERTAIN]
    for place in headlines:
        if place not in spoken:
            yield from sourced_headline(parse, paragraphs[place].body)


def sourced_headline(parse: Parse, line: Span) -> Iterator[Candidate]:
    """Take what comes before a headline's colon.

    "[Storm to hit coast by dawn]: forecasters" names its source; in "“[We heard it
    first]”: skaters describe collapse" the source is a subject. "Final score: Moor
    United" has no predicate, and "“The Long Night”: critics divided" is a title.
    """
    text = parse.text
    quoted = _QUOTED.match(text, line.start, line.end)
    if quoted is not None:
        content = _sentence_said(parse, Span(*quoted.span("said")))
        speaker = _reporting_subject(parse, Span(quoted.end(), line.end))
        if content is None or speaker is None or is_title(quoted["said"]):
            return
    else:
        colon = text.rfind(": ", line.start, line.end)
        if colon <= line.start or _SOURCE.fullmatch(text, colon + 2, line.end) is None:
            return
        label = Span(colon + 2, line.end)
        content, source = _sentence_said(parse, Span(line.start, colon)), parse.tokens_in(label)
        if content is None or parse.tags[content[0]] in ("WDT", "WP", "WRB"):
            return  # "What the fire left: police"
        tells = any(parse.tags[t] in FINITE_OR_MODAL for t in source)
        if tells or certainty_of(parse, label) is Certainty.NONE:
            return
        speaker = Mention(label, source[-1])
    yield Candidate.without_cue("sourced_headline", Extent("headline", (content,)), speaker)


def label_of(article: Article, place: int, pattern: re.Pattern[str] = LABEL) -> Label | None:
    """Return what may be a speaker's label at the start of a paragraph, None without one."""
    text, paragraph = article.document.text, article.document.paragraphs[place]
    match = pattern.match(text, paragraph.body.start, paragraph.body.end)
    if match is None and paragraph.kind == "headline":
        match = _OFFICE.match(text, paragraph.body.start, paragraph.body.end)
    if match is None:
        return None
    span = Span(*match.span(match.lastgroup or "label"))
    body = Span(match.end(), max(match.end(), paragraph.body.end))
    certainty = certainty_of(article.parse, span)
    return Label(place, span.of(text), span, body, article.parse.tokens_in(body), certainty)


def turns_of(article: Article, labels: Sequence[Label]) -> list[Label]:
    """Return the labels of turns: they are repeated, or name speakers in most of the text.

    The labels of results, opening hours and recipes repeat none and name nobody.
    """
    document, parse = article.document, article.parse
    places = [place for place, paragraph in enumerate(document.paragraphs) if paragraph.kind == "text"]
    loose = [label for place in places if (label := label_of(article, place, LABEL_OF_TRANSCRIPT))]
    loose = [label for label in loose if not _is_clause(parse, label.span) and not _is_quoted(article, label)]
    told = _times(document, loose)
    most = sum(told[label.text] > 1 for label in loose)
    topics = words("topic_labels") & {label.text.lower() for label in loose}
    exchange = len(loose) > LEAST_TURNS and most > 1 and len(told) > 1
    if exchange and most * 4 >= len(places) and not topics:
        return loose
    in_text = [
        label for label in labels if document.paragraphs[label.place].kind == "text" and not _is_quoted(article, label)
    ]
    rest = [document.paragraphs[place].body for place in places[1:]]
    if len(in_text) == 1 and places[0] == in_text[0].place and _is_address(article, in_text[0], rest):
        return in_text
    times = _times(document, in_text)
    repeated = {label.text for label in in_text if times[label.text] > 1 and _is_speech(parse, label)}
    turns = [
        label
        for label in in_text
        if label.text in repeated
        or (label.certainty is Certainty.CERTAIN and reads_as_said(parse, label.content, label.certainty))
        or (label.certainty is Certainty.POSSIBLE and _is_speech(parse, label))
    ]
    most_of_text = bool(repeated) or 2 * len(turns) >= len(places) or _are_offices(article, turns, rest)
    return turns if len(turns) >= LEAST_TURNS and most_of_text else []


def _times(document: Document, labels: Iterable[Label]) -> Counter[str]:
    """Return how often each label is there; a page that says everything twice repeats no label."""
    different = {(label.text, label.body.of(document.text) or label.place) for label in labels}
    return Counter(label for label, _ in different)


def _are_offices(article: Article, turns: Sequence[Label], bodies: Sequence[Span]) -> bool:
    """Return whether turns are by offices ("SENIOR HARBOUR OFFICIAL: We ..."; not "NOTE: We ..."), none reported."""
    parse = article.parse
    office = all(label.text.isupper() and label.text.split()[-1].lower() in words("person_nouns") for label in turns)
    after = [t for body in bodies if turns and body.start > turns[0].span.start for t in parse.tokens_in(body)]
    reported = any(parse.lower(t) in words("plain_cues") and not article.is_quoted(t) for t in after)
    return office and not reported and any(in_first_person(parse, label.body) for label in turns)


def certainty_of(parse: Parse, label: Span) -> Certainty:
    """Return how surely a label, given without its colon, names a speaker.

    "Police chief", "MR HALE" and "Marsha Doyle" do; "Council" may; "Weather",
    "Tuesday" and "Admission" do not.
    """
    spelled = _ASIDE.sub("", label.of(parse.text)).replace("’", "'")
    parts = [part.strip(".,") for part in spelled.split()]
    day = time_kind(parts[-1].capitalize()) in ("weekday", "month", "season")
    rated = _RATING.search(label.of(parse.text)) is not None
    # "Ashcombe 2-1 Redmere" is a result; but "Speaker 2" speaks
    numbered = any(c.isdigit() for part in parts[:-1] for c in part)
    if day or numbered or rated or spelled.lower() in words("topic_labels"):
        return Certainty.NONE
    last = parts[-1].lower().removesuffix("'s")
    either = {last, last.removesuffix("s")}
    first_named = parts[0].lower() in words("first_names") and all(part[:1].isupper() for part in parts)
    capitals = spelled.isupper() and (len(spelled) > 1 or spelled in "QA")
    person = bool(either & words("person_nouns")) or last.endswith(("man", "men"))
    if (first_named and 2 <= len(parts) <= 4) or capitals or person or _is_titled(parts):
        return Certainty.CERTAIN
    named = any(parse.entity_types[t] in _NAMES for t in parse.tokens_in(label))
    surname = parts[-1] in parse.surnames
    body = any(either & words(name) for name in _BODIES)
    return Certainty.POSSIBLE if body or named or surname else Certainty.NONE


def reads_as_said(parse: Parse, content: range, certainty: Certainty) -> bool:
    """Return whether what follows a label can be its speaker's words.

    Where somebody surely speaks the verb may be left out ("Farm minister: No money
    for frost"); "Bexhall Market: a history of a square" is a title and a subtitle.
    """
    worded = [t for t in content if _LETTERS.search(parse.words[t])]
    if certainty is Certainty.CERTAIN:
        return bool(worded) and not _is_name_or_subtitle(parse, content)
    if certainty is Certainty.NONE or len(worded) < 2:
        return False
    tags = parse.tags[content.start : content.stop]
    imperative = parse.tags[worded[0]] == "VB"
    to_happen = ("TO", "VB") in pairwise(tags)  # a headline's future: "Storm to hit coast"
    return imperative or to_happen or not set(FINITE_OR_MODAL).isdisjoint(tags)


def _is_name_or_subtitle(parse: Parse, content: range) -> bool:
    """Return whether there is only a name, perhaps with who that is, or a noun with its article in lower case.

    "Leon Farr", "Alma Reyes, author of ...", "a life in paint".
    """
    if any(parse.tags[t] in FINITE_OR_MODAL or parse.words[t] in "?!" for t in content):
        return False
    first = content[0]
    name = list(takewhile(lambda t: parse.pos[t] == "PROPN", content))
    after = name[-1] + 1 if name else first
    named = len(name) > 1 and (after == content.stop or parse.words[after] == ",")
    return named or (parse.deps[first] == "det" and parse.words[first].islower())


def _is_address(article: Article, label: Label, rest: Sequence[Span]) -> bool:
    """Return whether a text is what one person said, under one label: nobody is quoted or reported in it."""
    certain = label.certainty is Certainty.CERTAIN and _is_speech(article.parse, label)
    return certain and bool(rest) and not _is_reported(article, [label.body, *rest])


def _is_reported(article: Article, bodies: Iterable[Span]) -> bool:
    """Return whether somebody is quoted or reported in paragraphs."""
    tokens = [t for body in bodies for t in article.parse.tokens_in(body)]
    return any(article.is_quoted(t) or article.parse.lower(t) in words("plain_cues") for t in tokens)


def in_first_person(parse: Parse, body: Span) -> bool:
    """Return whether "I", "we" or another form of them is among some words."""
    found = (pronoun(parse.words[t]) for t in parse.tokens_in(body))
    return any(each is not None and each.person == "1" for each in found)


def _is_quoted(article: Article, label: Label) -> bool:
    """Return whether all that follows a label is in quotation marks: a quotation of an article, no turn."""
    words_said = article.parse.words_in(label.body)
    marked = any(map(article.is_quoted, article.parse.tokens_in(label.span)))
    return bool(words_said) and article.all_quoted(words_said) and not marked


def _is_clause(parse: Parse, label: Span) -> bool:
    """Return whether a verb is in what may be a label: "One thing is plain: ..."."""
    return any(parse.tags[t] in FINITE_OR_MODAL and parse.words[t].islower() for t in parse.tokens_in(label))


def _is_speech(parse: Parse, label: Label) -> bool:
    """Return whether a paragraph's words end as a sentence does, and its label is no topic."""
    is_topic = label.certainty is Certainty.NONE and label.text.lower() in words("topic_labels")
    ends = _SENTENCE_END.search(label.body.of(parse.text)) is not None
    return ends and not is_topic and reads_as_said(parse, label.content, Certainty.CERTAIN)


def _goes_on(document: Document, paragraph: Paragraph) -> bool:
    """Return whether a paragraph without a label belongs to the turn before it ("[Applause]" does not)."""
    body = paragraph.body.of(document.text)
    direction = STAGE_DIRECTION.match(body)
    return paragraph.kind == "text" and (direction is None or direction.end() < len(body))


def _labelled(parse: Parse, rule: str, label: Label, more: Iterable[Span] = ()) -> Iterator[Candidate]:
    """Yield what follows a label, and the further paragraphs of its turn, as said by it."""
    direction = STAGE_DIRECTION.match(parse.text, label.body.start, label.body.end)
    start = label.body.start if direction is None else direction.end()
    pieces = []
    wholes = (Span(start, label.body.end), *more)
    for span in (part for whole in wholes for part in _spoken(parse.text, whole)):
        worded, tokens = parse.words_in(span), parse.tokens_in(span)
        if worded and rule == TURN:  # keeps its marks and its "And", which are part of it
            pieces.append((worded[0], tokens[-1]))
        elif worded and (piece := trim(parse, (tokens[0], tokens[-1]))) is not None:
            pieces.append(piece)
    if pieces:
        speaker = Mention(label.span, parse.tokens_in(label.span)[-1])
        yield Candidate.without_cue(rule, Extent("label", tuple(pieces)), speaker)


def _spoken(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts of a turn's paragraph between "(laughter)" and the like."""
    start = span.start
    for found in INTERJECTION.finditer(text, span.start, span.end):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, span.end)


def _sentence_said(parse: Parse, span: Span) -> Range | None:
    """Return the tokens of a sentence of some length with a predicate, None for anything else.

    A predicate is finite or has a subject, as in "Storm to hit" but not in "chance to see".
    """
    inside = parse.tokens_in(span)
    verbs = [t for t in inside if parse.pos[t] == "VERB" and parse.has_child(t, "nsubj", "nsubjpass")]
    predicate = verbs or any(parse.tags[t] in FINITE_OR_MODAL for t in inside)
    long_enough = len(parse.words_in(span)) >= FEWEST_WORDS
    return trim(parse, (inside[0], inside[-1])) if predicate and long_enough else None


def _reporting_subject(parse: Parse, span: Span) -> Mention | None:
    """Return the subject of a span's first full verb, where it can speak ("skaters describe collapse")."""
    finite = (t for t in parse.tokens_in(span) if parse.tags[t] in FINITE_OR_MODAL and parse.pos[t] == "VERB")
    verb = next(finite, None)
    subject = None if verb is None else subject_of(parse, verb)
    if subject is None or parse.starts[subject] < span.start or not can_speak(parse, subject):
        return None
    return mention_of(parse, subject)


def _is_titled(parts: list[str]) -> bool:
    """Return whether a name follows a title or an office: "Mr Hale", "Commissioner Okafor"."""
    if len(parts) < 2 or not parts[-1][:1].isupper():
        return False
    return any(
        part.lower() in words("honorifics") or table("person_nouns").get(part.lower(), ("", "", ""))[2] == "office"
        for part in parts[:-1]
    )
