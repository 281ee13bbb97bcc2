"""Gives every speaker, addressee and medium of a document a name, or says that it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quotes.candidates.candidate import Candidate, Identified, Identity
from quotes.coref.appositions import learn
from quotes.coref.binding import bind
from quotes.coref.entities import register
from quotes.coref.expressions import expressions, is_first_person, quoted_tokens
from quotes.coref.inherited_media import inherit
from quotes.coref.interviews import part_of_interview
from quotes.coref.names import names
from quotes.coref.naming import (
    Context,
    body_name,
    called,
    figure_name,
    name_beside_head,
    owned_name,
    possessive,
    referent_name,
    represents,
)
from quotes.coref.records import Reading
from quotes.coref.referents import Reference
from quotes.coref.told_outlets import as_medium
from quotes.coref.turn_labels import turn_speaker
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import describe, possessor, represented, without_article
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import pronoun
from quotes.text.document import Document
from quotes.text.quotations import Quotation

_UNKNOWN = Identity(None, "unknown", None, "unresolved")


@dataclass(frozen=True, slots=True)
class Asked:
    """One mention to identify.

    Attributes:
        attribution: Index of its attribution.
        part: speaker, addressee or medium.
        mention: The mention.
    """

    attribution: int
    part: str
    mention: Mention


def resolve(
    document: Document,
    parse: Parse,
    quotations: Sequence[Quotation],
    attributions: Sequence[Candidate],
) -> tuple[Candidate, ...]:
    """Resolve the mentions of all attributions of a document.

    Args:
        document: The document.
        parse: Its parse.
        quotations: Its quotations.
        attributions: Its attributions in text order.

    Returns:
        The attributions, in the same order, with their identities.
        A pronoun that fits two people about equally has no name: a wrong name
        costs a reader more than a missing one.
    """
    del document  # Kept in the signature of every stage; the parse has the text.
    context = _context(parse, quotations, attributions)
    identified = tuple(
        as_medium(
            context,
            attribution,
            Identified(
                speaker=_speaker(context, index),
                addressee=_identity(context, index, "addressee", attribution.addressee),
                medium=_identity(context, index, "medium", attribution.medium),
            ),
        )
        for index, attribution in enumerate(attributions)
    )
    inherited = inherit(parse, attributions, identified, context.reading.quoted)
    return tuple(a._replace(identified=who) for a, who in zip(attributions, inherited, strict=True))


def _context(parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Candidate]) -> Context:
    found = names(parse)
    learned = learn(parse, found)
    registry = register(found, learned)
    quoted = quoted_tokens(parse, quotations)
    listed = expressions(parse, found, learned, attributions, quoted)
    reading = Reading(parse, found, learned, registry, attributions, listed, quoted)
    titles = frozenset(t for name in found for t in range(name.start, name.first))
    spans = {a.speaker.head: a.speaker.span for a in reversed(attributions) if a.speaker is not None}
    return Context(reading, bind(reading), _said_at(parse, attributions), titles, spans)


def _said_at(parse: Parse, attributions: Sequence[Candidate]) -> tuple[int, ...]:
    """Return the innermost attribution whose content holds each token."""
    out = [-1] * len(parse)
    pieces = [(len(span), span, index) for index, a in enumerate(attributions) for span in a.content]
    for _, span, index in sorted(pieces, key=lambda piece: -piece[0]):
        tokens = parse.tokens_in(span)
        out[tokens.start : tokens.stop] = [index] * len(tokens)
    return tuple(out)


def _speaker(context: Context, index: int) -> Identity | None:
    """Identify the speaker of an attribution, through those it goes on from."""
    if index in context.speakers:
        return context.speakers[index]
    context.speakers[index] = _UNKNOWN  # A circle of attributions ends here.
    attribution = context.reading.attributions[index]
    if attribution.speaker is None and attribution.continues is not None:
        before = _speaker(context, attribution.continues)
        found = None if before is None else _by(before, "continuation")
    else:
        found = _identity(context, index, "speaker", attribution.speaker)
    context.speakers[index] = found
    return found


def _by(identity: Identity, how: str) -> Identity:
    if identity.name is None:
        return identity
    return Identity(identity.name, identity.type, identity.represents, how)


def _identity(context: Context, index: int, part: str, mention: Mention | None) -> Identity | None:
    if mention is None:
        return None
    asked = Asked(index, part, mention)
    for identify in ORDER:
        found = identify(context, asked)
        if found is not None:
            return found
    return _UNKNOWN


def _from_turn_label(context: Context, asked: Asked) -> Identity | None:
    """Read the label of a transcript's turn: "MR OBUYA-FINCH:"."""
    if asked.part != "speaker" or not context.reading.attributions[asked.attribution].is_turn:
        return None
    figures = context.bound.figures
    label = asked.mention.span.of(context.parse.text)
    if label not in context.labels:
        asker = _part_of_interview(context, label)
        context.labels[label] = turn_speaker(label, figures) if asker is None else asker
    found = context.labels[label]
    if found is None:
        return Identity(" ".join(label.strip(" :").split()), "person", None, "turn")
    figure = figures[found]
    assert figure.entity is not None
    return Identity(figure.entity.name, figure.shown_type, represents(context, figure, None), "turn")


def _part_of_interview(context: Context, label: str) -> int | None:
    reading, figures = context.reading, context.bound.figures
    opening = min(a.content[0].start for a in reading.attributions if a.is_turn)
    return part_of_interview(label, context.parse, reading.found, figures, reading.registry.of_name, opening)


def _from_first_person(context: Context, asked: Asked) -> Identity | None:
    """Give "I", "we" and "me" in quoted words to whoever says them."""
    head = asked.mention.head
    if not is_first_person(context.parse, head):
        return None
    says = context.said_at[head]
    if says < 0 or says == asked.attribution:
        return _UNKNOWN
    speaker = _speaker(context, says)
    return _UNKNOWN if speaker is None else _by(speaker, "pronoun")


def _from_first_person_relation(context: Context, asked: Asked) -> Identity | None:
    """Name "my mother" in quoted words by whoever says them."""
    parse, head = context.parse, asked.mention.head
    owner = possessor(parse, head)
    if owner is None or not is_first_person(parse, owner):
        return None
    says = context.said_at[head]
    speaker = _speaker(context, says) if says >= 0 and says != asked.attribution else None
    if speaker is None or speaker.name is None:
        return None
    noun_phrase = parse.text[parse.ends[owner] : asked.mention.span.end].strip()
    return Identity(possessive(parse, speaker.name, noun_phrase), describe(parse, head).type, None, "pronoun")


def _from_coordination(context: Context, asked: Asked) -> Identity | None:
    """Name several people who speak as one: "Ada Finch and her deputy"."""
    parse, span = context.parse, asked.mention.span
    head = asked.mention.head
    other = parse.child(head, "conj")
    if other is None or not (span.start <= parse.starts[other] < span.end) or other < head:
        return None
    if any(parse.words[t] in ("-", "/") for t in range(head + 1, other)):
        return None
    parts = [referent_name(context, t) for t in (head, other)]
    spelled = (
        " and ".join(p for p in parts if p) if all(parts) and parse.child(other, "conj") is None else None
    )
    return Identity(spelled or without_article(parse.text, span), "group", None, "name")


def _from_name(context: Context, asked: Asked) -> Identity | None:
    """Name a mention that is, or stands in apposition to, a name."""
    reference = name_beside_head(context, asked.mention) or _reference(context, asked.mention)
    if reference is None or reference.by not in ("name", "alias") or reference.figure is None:
        return None
    figure = context.bound.figures[reference.figure]
    if figure.entity is None:
        return None
    body = represents(context, figure, asked.mention)
    return Identity(figure.entity.name, figure.shown_type, body, reference.by)


def _reference(context: Context, mention: Mention) -> Reference | None:
    return context.bound.references.get(mention.head)


def _from_ambiguous_name(context: Context, asked: Asked) -> Identity | None:
    """Leave a surname that two people share as it is written, marked as unresolved."""
    reference = _reference(context, asked.mention)
    if reference is None or reference.figure is not None or not _is_name(context, asked.mention.head):
        return None
    return Identity(without_article(context.parse.text, asked.mention.span), "person", None, "unresolved")


def _is_name(context: Context, token: int) -> bool:
    return context.parse.pos[token] == "PROPN"


def _from_pronoun(context: Context, asked: Asked) -> Identity | None:
    """Name a pronoun by what it was bound to; no name where that is open."""
    known = pronoun(context.parse.words[asked.mention.head])
    if known is None:
        return None
    reference = _reference(context, asked.mention)
    if reference is None or reference.figure is None:
        kind = "person" if known.gender in ("m", "f") else "unknown"
        return Identity(None, kind, None, "unresolved")
    figure = context.bound.figures[reference.figure]
    if figure.head == asked.mention.head:
        return _UNKNOWN  # "said that was not her view"
    name = figure_name(context, figure)
    return Identity(name, figure.shown_type, represents(context, figure, None), "pronoun")


def _from_description(context: Context, asked: Asked) -> Identity | None:
    """Name a description that means somebody already known: "the minister"."""
    reference = _reference(context, asked.mention)
    if reference is None or reference.by not in ("title", "name") or reference.figure is None:
        return None
    figure = context.bound.figures[reference.figure]
    body = represents(context, figure, asked.mention)
    return Identity(figure_name(context, figure), figure.shown_type, body, reference.by)


def _from_own_words(context: Context, asked: Asked) -> Identity | None:
    """Name somebody met for the first time by the mention: "two people familiar with the talks"."""
    parse, mention = context.parse, asked.mention
    description = describe(parse, mention.head)
    reference = _reference(context, mention)
    open_title = reference is not None and reference.by == "unresolved"
    figure = (
        None if reference is None or reference.figure is None else context.bound.figures[reference.figure]
    )
    name = called(parse, mention)
    if name is None and figure is not None and asked.part == "speaker":
        name = owned_name(context, figure, mention.span)
    body = represented(parse, mention.head) if description.kind == "spokesperson" else None
    kind = figure.shown_type if figure is not None else description.type
    return Identity(
        name or without_article(parse.text, mention.span),
        kind,
        body_name(context, body),
        "unresolved" if open_title else "name",
    )


ORDER: tuple[Callable[[Context, Asked], Identity | None], ...] = (
    _from_turn_label,  # A label in capitals parses as anything; nothing else may look at it.
    _from_first_person,  # "I" means whoever speaks, whatever the text around is about.
    _from_first_person_relation,  # Needs that speaker too: "My mother told me".
    _from_coordination,  # Before names, or "Finch and her deputy" would be Finch alone.
    _from_name,  # The surest sign, also by apposition: "his counterpart, Vladimir Putin".
    _from_ambiguous_name,  # A shared surname must not be read as a common noun below.
    _from_pronoun,  # Binding has decided; a pronoun has no words of its own to fall back on.
    _from_description,  # A description that binding tied to somebody known.
    _from_own_words,  # Always answers, so it comes last.
)
"""How a mention gets its identity: the first function that answers decides."""
