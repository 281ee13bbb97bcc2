"""Gives every speaker, addressee and medium of an article a name, or says that it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quotes.candidates.candidate import Candidate, Identity, Resolution
from quotes.coref import naming
from quotes.coref.anonymity import reasons
from quotes.coref.binding import bind
from quotes.coref.discourse import Discourse
from quotes.coref.labels import speaker_of_label
from quotes.coref.media import with_media
from quotes.coref.offices import office_of
from quotes.coref.tracing import note_identity, note_names
from quotes.lexicon.entries import folded, outlet_word_kinds, pronoun
from quotes.syntax.article import Article
from quotes.syntax.descriptions import describe, is_one_person, represented, without_article
from quotes.syntax.mention import Mention

_UNKNOWN = Identity(None, "unknown", None, "unresolved")


def resolve(article: Article, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return an article's candidates, in text order, with the identities of their mentions and their media.

    A pronoun that fits two people about equally has no name: a wrong name
    costs a reader more than a missing one.
    """
    discourse = Discourse(article, candidates)
    note_names(discourse)
    bind(discourse)
    discourse.reasons = reasons(discourse)
    named = [
        candidate._replace(
            speaker_identity=_speaker(discourse, index),
            addressee_identity=_identity(discourse, index, "addressee", candidate.addressee),
            medium_identity=_identity(discourse, index, "medium", candidate.medium),
        )
        for index, candidate in enumerate(candidates)
    ]
    return with_media(discourse, named)


def _speaker(discourse: Discourse, index: int) -> Identity | None:
    """Identify the speaker of a candidate, through those it goes on from."""
    if index in discourse.speakers:
        return discourse.speakers[index]
    discourse.speakers[index] = _UNKNOWN  # A circle of continuations ends here.
    candidate = discourse.candidates[index]
    if candidate.speaker is None and candidate.continues is not None:
        before = _speaker(discourse, candidate.continues)
        found = None if before is None else _by(before, "continuation")
        if found is not None:
            contents = [discourse.candidates[i].content[0] for i in (candidate.continues, index)]
            first, last = [discourse.parse.sentences[discourse.parse.tokens_in(c)[0]] for c in contents]
            found = found._replace(resolution=found.resolution._replace(distance=last - first))
        note_identity(discourse, "continuation", index, None, found, "it goes on from the statement before")
    else:
        found = _identity(discourse, index, "speaker", candidate.speaker)
    discourse.speakers[index] = found
    return found


def _by(identity: Identity, how: str) -> Identity:
    resolution = identity.resolution._replace(step=how)
    return identity if identity.name is None else identity._replace(resolved_by=how, resolution=resolution)


class RoleMention(NamedTuple):
    """A mention to name, in its role of a candidate: speaker, addressee or medium."""

    candidate: int
    role: str
    mention: Mention


def _identity(discourse: Discourse, index: int, role: str, mention: Mention | None) -> Identity | None:
    if mention is None:
        return None
    asked = RoleMention(index, role, mention)
    for step, reason in ORDER:
        found = step(discourse, asked)
        if found is not None:
            note_identity(discourse, role, index, mention, found, reason)
            return _identified(discourse, mention, found, step.__name__.removeprefix("_from_"))
    return _UNKNOWN


def _identified(discourse: Discourse, mention: Mention, found: Identity, step: str) -> Identity:
    """Return an identity with its entity, what the text says of it, and how it was found."""
    entity, name = found.entity, found.name
    if entity is None and name is not None and found.resolved_by != "unresolved":
        entity = discourse.by_name.get(folded(name), folded(name))
    role = anonymity = None
    if isinstance(entity, int) and discourse.referents[entity].name is not None:
        role = office_of(discourse, entity, mention) if found.type == "person" else None
    elif not isinstance(entity, str):
        of_entity = None if entity is None else discourse.reason_of.get(entity)
        anonymity = discourse.reasons.get(mention.head) or of_entity
        if entity is not None and found.type in ("group", "organization"):
            entity = folded(naming.referent_name(discourse, entity))  # "Police" are the police in each sentence.
    reference = discourse.references.get(mention.head)
    rivals, full = 0 if reference is None else reference.rivals, name is not None and " " in name
    resolution = Resolution(step, discourse.distances.get(mention.head, 0), rivals, full)
    return found._replace(entity=entity, role=role, anonymity=anonymity, resolution=resolution)


def _identity_of(discourse: Discourse, index: int, by: str, mention: Mention | None = None) -> Identity:
    """Return the identity of a referent; ``mention`` may say which body it speaks for."""
    body, referent = naming.body_represented(discourse, index, mention), discourse.referents[index]
    if referent.name is None and by in ("name", "title"):
        by = "description"
    return Identity(naming.referent_name(discourse, index), referent.shown_type, body, by, index)


def _from_turn_label(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Match the label of a transcript's turn, "MR OBUYA-FINCH:", with the people introduced."""
    if asked.role != "speaker" or not discourse.candidates[asked.candidate].is_turn:
        return None
    label = asked.mention.span.of(discourse.parse.text)
    if label not in discourse.labels:
        discourse.labels[label] = speaker_of_label(discourse, label)
    found = discourse.labels[label]
    if found is None:
        return Identity(" ".join(label.strip(" :").split()), "person", None, "turn")
    return _identity_of(discourse, found, "turn")


def _from_first_person(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Give "I", "we" and "me" in quoted words to the one who says them."""
    speaker = _first_person(discourse, asked, asked.mention.head)
    return None if speaker is None else _by(speaker, "pronoun")


def _from_first_person_relation(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name "my mother" in quoted words by the one who says them."""
    parse, (span, head) = discourse.parse, asked.mention
    owner = parse.possessor(head)
    speaker = None if owner is None else _first_person(discourse, asked, owner)
    if owner is None or speaker is None or speaker.name is None:
        return None
    name = naming.possessive(parse, speaker.name, parse.text[parse.ends[owner] : span.end])
    return Identity(name, describe(parse, head).type, None, "pronoun")


def _first_person(discourse: Discourse, asked: RoleMention, token: int) -> Identity | None:
    """Return who says a first person in quoted words, None for any other word."""
    known = pronoun(discourse.parse.words[token])
    if known is None or known.person != "1":
        return None
    around = [(len(piece), -index) for index, piece in discourse.said_around(token)]
    innermost = -min(around)[1] if around else asked.candidate
    return (None if innermost == asked.candidate else _speaker(discourse, innermost)) or _UNKNOWN


def _from_coordination(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name several people who speak as one: "Ada Finch and her deputy"."""
    parse, (span, head) = discourse.parse, asked.mention
    other = parse.child(head, "conj")
    if other is None or other < head or is_one_person(parse, head) or not span.start <= parse.starts[other] < span.end:
        return None
    if any(parse.words[t] in ("-", "/") for t in range(head + 1, other)):
        return None
    if naming.name_at_end(discourse, asked.mention) is not None:
        return None  # "former coach and test player Ada Finch" is one
    if (whole := discourse.referent_at(head)) is not None and whole == discourse.referent_at(other):
        return None  # "Salt and Iron", a band
    referents = [r for t in (head, other) if (r := discourse.meaning_of(t)) is not None]
    named = [referent.name for referent in referents if referent.name is not None]
    if len(named) == 2 and parse.child(other, "conj") is None:
        return Identity(" and ".join(named), "group", None, "name")
    known = pronoun(parse.words[head])
    if named and known is not None and known.gender in ("m", "f") and span.start == parse.starts[head]:
        rest = parse.text[parse.ends[head] : span.end].split()  # "She and her defenders"
        return Identity(" ".join((str(named[0]), *rest)), "group", None, "name")
    return Identity(without_article(parse.text, span), "group", None, "name" if named else "description")


def _from_name(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name a mention that is a name, or is in apposition to one."""
    beside = naming.name_after_title(discourse, asked.mention) or naming.name_at_end(discourse, asked.mention)
    reference = beside or discourse.references.get(asked.mention.head)
    if reference is None or reference.by not in ("name", "alias") or reference.referent is None:
        return None
    if discourse.referents[reference.referent].name is None:
        return None
    return _identity_of(discourse, reference.referent, reference.by, asked.mention)


def _from_ambiguous_name(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Leave a surname that two people share as it is written, marked as unresolved."""
    parse, (span, head) = discourse.parse, asked.mention
    reference = discourse.references.get(head)
    if reference is None or reference.referent is not None or parse.pos[head] != "PROPN":
        return None
    return Identity(without_article(parse.text, span), "person", None, "unresolved")


def _from_pronoun(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name a pronoun by what it was bound to; no name where that is open."""
    known = pronoun(discourse.parse.words[asked.mention.head])
    if known is None:
        return None
    index = discourse.referent_at(asked.mention.head)
    if index is None:
        return _UNKNOWN._replace(type="person" if known.gender in ("m", "f") else "unknown")
    if discourse.referents[index].head == asked.mention.head:
        return _UNKNOWN  # "said that was not her view"
    return _identity_of(discourse, index, "pronoun")


def _from_description(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name a description that means somebody already known: "the minister"."""
    reference = discourse.references.get(asked.mention.head)
    if reference is None or reference.referent is None:
        return None
    if reference.by not in ("title", "description", "name"):
        return None
    return _identity_of(discourse, reference.referent, reference.by, asked.mention)


def _from_own_words(discourse: Discourse, asked: RoleMention) -> Identity | None:
    """Name somebody met for the first time by the mention: "two people familiar with the talks"."""
    parse, mention = discourse.parse, asked.mention
    description = describe(parse, mention.head)
    reference, referent = discourse.references.get(mention.head), discourse.meaning_of(mention.head)
    given = naming.name_after_verb(parse, mention)
    name = given
    if name is None and referent is not None and asked.role == "speaker":
        name = naming.owned_name(discourse, referent, mention.span)
    is_spokesperson = description.kind == "spokesperson"
    is_open = reference is not None and reference.by == "unresolved"
    proper = parse.pos[mention.head] == "PROPN"
    outlet = "name" in outlet_word_kinds(parse.lower(mention.head))
    is_name = given is not None or (proper and (outlet or description.type == "unknown"))
    return Identity(
        name or without_article(parse.text, mention.span),
        referent.shown_type if referent is not None else description.type,
        naming.body_name(discourse, represented(parse, mention.head)) if is_spokesperson else None,
        "unresolved" if is_open else "name" if is_name else "description",
        None if is_name or is_open else discourse.referent_at(mention.head),
    )


ORDER: tuple[tuple[Callable[[Discourse, RoleMention], Identity | None], str], ...] = (
    # A label in capitals parses as anything; nothing else may look at it.
    (_from_turn_label, "it is the label of a turn"),
    # "I" means the speaker of the words, whatever the text around is about.
    (_from_first_person, "the first person in quoted words is their speaker"),
    # Needs that speaker too: "My mother told me".
    (_from_first_person_relation, "it belongs to the speaker of the words around it"),
    # Before names, or "Finch and her deputy" would be Finch alone.
    (_from_coordination, "several speak as one"),
    # The surest evidence, also by apposition: "his counterpart, Vladimir Putin".
    (_from_name, "it is, or is in apposition to, a name"),
    # A shared surname must not be taken for a common noun below.
    (_from_ambiguous_name, "two people share this name"),
    # Binding has decided; a pronoun has no words of its own to fall back on.
    (_from_pronoun, "it is a pronoun, and binding decided what it means"),
    # A description that binding tied to somebody known.
    (_from_description, "it describes somebody already known"),
    # Always answers, so it comes last.
    (_from_own_words, "nobody known is meant, so its own words are the name"),
)
"""How a mention gets its identity: the first step that answers decides. Beside it, its reason in a trace."""
