"""Puts a name to a figure: its own, its owner's ("Brandreth's grandson"), or the words it came in with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quotes.candidates.candidate import Identity
from quotes.coref.records import Bound, Reading
from quotes.coref.referents import Figure, Reference
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import class_described, possessor, represented, without_article
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import noun, pronoun
from quotes.text.spans import Span


@dataclass(frozen=True, slots=True)
class Context:
    """What the identification of one document's mentions works with.

    Attributes:
        reading: The names, entities, expressions and attributions.
        bound: What the expressions refer to.
        said_at: Innermost attribution whose words hold a token, -1 outside of all.
        title_tokens: Tokens of titles inside names' runs ("Chairman" before "Chuck Williams").
        speaker_spans: First mention of a speaker by its head token.
        speakers: Identities of speakers found so far, by attribution.
        labels: Figures of turn labels found so far.
    """

    reading: Reading
    bound: Bound
    said_at: tuple[int, ...]
    title_tokens: frozenset[int]
    speaker_spans: Mapping[int, Span]
    speakers: dict[int, Identity | None] = field(default_factory=dict)
    labels: dict[str, int | None] = field(default_factory=dict)

    @property
    def parse(self) -> Parse:
        """The parse."""
        return self.reading.parse


def figure_name(context: Context, figure: Figure) -> str:
    """Return the best name of a figure; for an unnamed one the words it was brought in with."""
    if figure.entity is not None:
        return figure.entity.name
    if figure.members:
        named = [figure_name(context, context.bound.figures[m]) for m in figure.members]
        return f"{', '.join(named[:-1])} and {named[-1]}"
    span = _first_mention(context, figure)
    return owned_name(context, figure, span) or without_article(context.parse.text, span)


def _first_mention(context: Context, figure: Figure) -> Span:
    known = context.speaker_spans.get(figure.head)
    return known if known is not None else core_span(context.parse, figure.head)


def core_span(parse: Parse, head: int) -> Span:
    """Return a noun phrase without clauses, appositions and commas behind its head."""
    left = parse.left[head]
    for child in parse.children[head]:
        if child < head and parse.pos[child] in ("PUNCT", "CCONJ") and parse.words[child] != "-":
            left = child + 1
    right = head
    for child in parse.children[head]:
        if child > head and parse.deps[child] == "prep" and parse.left[child] == right + 1:
            right = _prepositional_end(parse, child)
    return parse.span(min(left, head), right)


def _prepositional_end(parse: Parse, preposition: int) -> int:
    """Return the last token of a phrase before any comma or clause in it."""
    last = preposition
    for token in range(preposition, parse.right[preposition] + 1):
        if parse.pos[token] == "PUNCT" and parse.words[token] not in ("-", "'", "’"):
            break
        if parse.deps[token] in ("relcl", "acl", "advcl"):
            break
        last = token
    while last > preposition and parse.pos[last] in ("PRON", "ADP", "CCONJ", "AUX"):
        last -= 1
    return last


def owned_name(context: Context, figure: Figure, span: Span) -> str | None:
    """Return "Leocadia Brandreth's grandson" for "her grandson", None where the owner has no name."""
    parse = context.parse
    owner = possessor(parse, figure.head)
    if owner is None or figure.owner is None or not span.start <= parse.starts[owner] < span.end:
        return None
    named = context.bound.figures[figure.owner]
    if named.entity is None and pronoun(parse.words[owner]) is None:
        return None
    if figure.type == "place" or (named.entity is not None and named.type == "place"):
        return None
    rest = parse.text[parse.ends[owner] : span.end].strip()
    for mark in ("'s", "’s", "'", "’"):
        rest = rest.removeprefix(mark) if rest.startswith((mark + " ", mark + "\n")) else rest
    rest = rest.strip().removeprefix("own ")
    return possessive(parse, figure_name(context, named), rest) if rest else None


def called(parse: Parse, mention: Mention) -> str | None:
    """Return the name in "a user called @kit_47" and "a man named Hob", None without one."""
    verb = next(
        (c for c in parse.children[mention.head] if parse.deps[c] == "acl" and c > mention.head), None
    )
    if verb is None or parse.words[verb].lower() not in ("called", "named", "nicknamed"):
        return None
    last = parse.right[verb]
    if last <= verb or parse.pos[verb + 1] in ("PUNCT", "ADP", "SCONJ", "DET"):
        return None
    return without_article(parse.text, parse.span(verb + 1, last))


def possessive(parse: Parse, owner: str, rest: str) -> str:
    """Return "OWNER's REST", with the apostrophe that the document uses."""
    mark = "’" if "’" in parse.text and "'" not in parse.text else "'"
    return f"{owner}{mark}{'' if owner.endswith('s') else 's'} {' '.join(rest.split())}"


def represents(context: Context, figure: Figure, mention: Mention | None) -> str | None:
    """Return the name of the body that a figure speaks for, None without one."""
    if mention is not None and class_described(context.parse, mention.head) == "spokesperson":
        own = body_name(context, represented(context.parse, mention.head))
        if own is not None:
            return own
    tokens = list(figure.entity.represents) if figure.entity is not None else []
    if not tokens and figure.entity is None and any(d.kind == "spokesperson" for d in figure.descriptions):
        body = represented(context.parse, figure.head)
        tokens = [] if body is None else [body]
    return next((name for t in tokens if (name := body_name(context, t)) is not None), None)


def body_name(context: Context, token: int | None) -> str | None:
    """Return the name of an organisation by one of its tokens; None for a person."""
    if token is None:
        return None
    reference = context.bound.references.get(token)
    if reference is not None and reference.figure is not None:
        figure = context.bound.figures[reference.figure]
        return None if figure.shown_type == "person" else figure_name(context, figure)
    if pronoun(context.parse.words[token]) is not None:
        return None
    return without_article(context.parse.text, core_span(context.parse, token))


def referent_name(context: Context, token: int) -> str | None:
    """Return the name of what a token refers to, None for somebody without a name."""
    reference = context.bound.references.get(token)
    if reference is None or reference.figure is None:
        return None
    entity = context.bound.figures[reference.figure].entity
    return None if entity is None else entity.name


def name_beside_head(context: Context, mention: Mention) -> Reference | None:
    """Return what the name in a mention means whose head is a title or a description, None without one."""
    return _name_behind_title(context, mention) or _name_at_end(context, mention)


def _name_behind_title(context: Context, mention: Mention) -> Reference | None:
    """Return what the name right behind a title means, when the parse takes the title for the head."""
    after = mention.head + 1
    if after >= len(context.parse) or context.parse.pos[mention.head] not in ("NOUN", "PROPN"):
        return None
    while after in context.title_tokens:
        after += 1
    if after - 1 not in context.title_tokens or context.parse.starts[after] >= mention.span.end:
        return None
    return context.bound.references.get(after)


def _name_at_end(context: Context, mention: Mention) -> Reference | None:
    """Return what the name means that ends a mention behind a comma ("The owner of the inn, Ada Finch")."""
    parse = context.parse
    known = noun(parse.lemmas[mention.head])
    tokens = parse.tokens_in(mention.span)
    if known is None or known.type != "person" or not tokens or tokens[-1] <= mention.head:
        return None
    start = tokens[-1]
    reference = context.bound.references.get(start)
    if (
        reference is None
        or reference.figure is None
        or context.bound.figures[reference.figure].entity is None
    ):
        return None
    while start > mention.head and context.bound.references.get(start) == reference:
        start -= 1
    is_person = context.bound.figures[reference.figure].type == "person"
    return reference if parse.words[start] == "," and is_person else None
