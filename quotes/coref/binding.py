"""Binds every referring expression to what it means, from the front of the article to its end.

Binding all of them, not only the mentions that need a name, is what keeps
track of who the text is about: "He walked to the far wall" makes the same man
the subject of what follows.
"""

from __future__ import annotations

from quotes.coref.descriptions import antecedent_by_description, gender_from_content
from quotes.coref.discourse import Discourse
from quotes.coref.expressions import Expression
from quotes.coref.pronouns import antecedent_of_pronoun, antecedent_of_relative, later_antecedent
from quotes.coref.referents import NO_ANTECEDENT, UNRESOLVED, Reference, Referent
from quotes.coref.salience import INTRODUCED, QUOTED_MENTION, SPEAKER, SPEAKER_IN_BACKGROUND, is_in_background, weight
from quotes.lexicon.entries import pronoun, reciprocals
from quotes.syntax.descriptions import describe

_OWNED_WEIGHT = 0.55
"""What counts of the first mention of somebody who is introduced by another ("Her supervisor, R. K.")."""

_PASSES_ON = frozenset({"according_to", "as_clause", "per_source"})
"""Constructions whose source passes on what another says: "As the Review reported, Ulm denied it. He added"."""


def bind(discourse: Discourse) -> None:
    """Bind every expression, twice where pronouns gave genders that should count from the start."""
    trace = discourse.article.trace
    noted = 0 if trace is None else len(trace.notes)
    _bind_all(discourse)
    genders = discourse.genders_by_pronouns()
    if any(discourse.entities[i].gender != gender for i, gender in genders.items()):
        if trace is not None:
            del trace.notes[noted:]
        discourse.restart(genders)
        _bind_all(discourse)


def _bind_all(discourse: Discourse) -> None:
    """Bind the expressions in order, then the pronouns that come before their name."""
    for expression in discourse.expressions:
        reference = _reference(discourse, expression)
        if reference is not None:
            _record(discourse, expression, reference)
    for expression in discourse.expressions:
        if expression.speaks is not None and discourse.references.get(expression.token) == NO_ANTECEDENT:
            discourse.references[expression.token] = later_antecedent(discourse, expression)


def _reference(discourse: Discourse, expression: Expression) -> Reference | None:
    """Return what an expression means, None for one that means nobody in particular."""
    if expression.name is not None:
        name, entity = expression.name, discourse.entity_at[expression.token]
        if entity is None:
            return UNRESOLVED
        whole = name.is_full or name.text == discourse.entities[entity].name
        return Reference(entity, "name" if whole else "alias")
    if expression.kind == "noun":
        return _noun(discourse, expression)
    known = pronoun(discourse.parse.words[expression.token])
    assert known is not None
    if known.case == "relative":
        return antecedent_of_relative(discourse, expression)
    return antecedent_of_pronoun(discourse, expression, known)


def _noun(discourse: Discourse, expression: Expression) -> Reference | None:
    parse, token = discourse.parse, expression.token
    if parse.is_quantified(token) and not expression.mention:
        return None  # "every possible voter" is nobody whom "he" could mean
    named = discourse.apposed.get(token)
    if named is not None:
        return Reference(named, "name")
    description = describe(parse, token)
    owner = discourse.owner_of(token)
    if description.gender == "-":
        description = description._replace(gender=gender_from_content(discourse, expression))
    reciprocal = reciprocals(description.noun)
    for partner in [a for a, relation in discourse.relations(owner) if relation in reciprocal]:
        if discourse.referents[partner].gender_fit(description.gender) > 0:
            return Reference(partner, "title")  # A is "her husband" of the one brought in as "A's wife"
    if not parse.is_indefinite(token):
        found = antecedent_by_description(discourse, expression, description, owner)
        if found is not None:
            return found
    return Reference(discourse.bring_in(token, description, owner), "new")


def _record(discourse: Discourse, expression: Expression, reference: Reference) -> None:
    """Record a reference and let it raise the referent's salience."""
    token, name = expression.token, expression.name
    discourse.references[token] = reference
    if name is not None:
        discourse.references.update(dict.fromkeys(range(name.first, name.last + 1), reference))
    referent = reference.referent
    if referent is not None:
        _mention(discourse, expression, referent)
        discourse.meet(referent)
        if expression.speaks is not None and not expression.quoted and not _is_reported(discourse, expression):
            discourse.last_speaker, discourse.last_cue = referent, expression.speaks.cue_head
        for head in (token,) if name is None else name.apposed:
            owner = discourse.owner_of(head)
            key = None if owner in (None, referent) else (owner, discourse.parse.lemmas[head])
            if key is not None and key not in discourse.owned:
                discourse.own(key, referent)
        if discourse.parse.deps[token] == "conj" and not expression.quoted:
            _record_coordination(discourse, token, referent)
    elif name is not None:
        for entity in discourse.open_to(token):  # "he" may mean the one of a surname who is a man
            _mention(discourse, expression, entity)


def _mention(discourse: Discourse, expression: Expression, referent: int) -> None:
    value = weight(discourse.parse, expression.token)
    if expression.speaks is not None:
        background = is_in_background(discourse.parse, expression.token)
        if not _is_reported(discourse, expression):
            value = SPEAKER_IN_BACKGROUND if background else SPEAKER
    if expression.quoted and expression.speaks is None:
        value = QUOTED_MENTION
    elif referent not in discourse.met and _is_introduced_by_pronoun(discourse, expression):
        value *= _OWNED_WEIGHT
    elif referent not in discourse.met and _is_introduced(expression):
        value = max(value, INTRODUCED)
    discourse.salience.mention(referent, discourse.now(expression.token), value)


def _is_reported(discourse: Discourse, expression: Expression) -> bool:
    """Return whether another reports that somebody says something: "Ulm noted that <Dahl> had denied it"."""
    around = [discourse.candidates[index] for index, _ in discourse.said_around(expression.token)]
    return any(each.speaker is not None and each.cue and each.rule not in _PASSES_ON for each in around)


def _is_introduced(expression: Expression) -> bool:
    """Return whether a full name is explained, as of one who speaks next: "which worries Omar Dahl, a fisherman"."""
    name = expression.name
    return name is not None and name.is_full and bool(name.appositions)


def _is_introduced_by_pronoun(discourse: Discourse, expression: Expression) -> bool:
    """Return whether a name is introduced as somebody's relation ("her supervisor, R. K.")."""
    nouns = () if expression.name is None else expression.name.apposed
    owners = [owner for noun in nouns if (owner := discourse.parse.possessor(noun)) is not None]
    known = [pronoun(discourse.parse.words[owner]) for owner in owners]
    return any(word is not None and word.gender != "n" for word in known)


def _record_coordination(discourse: Discourse, token: int, referent: int) -> None:
    """Make a group of coordinated referents, so that "they" can mean all."""
    head = discourse.parse.heads[token]
    before = discourse.referent_at(head)
    if before is None or before == referent:
        return
    group = discourse.groups.get(head)
    known = None if group is None else discourse.referents[group]
    first = head if known is None else known.head
    members = (before,) if known is None else known.members
    new = discourse.groups[token] = discourse.add(
        Referent(None, "group", "-", plural=True, descriptions=(), head=first, members=(*members, referent))
    )
    discourse.salience.mention(new, discourse.now(token), weight(discourse.parse, first))
