"""Finds who a definite description means: "the minister", "the Syrian dictator", "the islander"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.coref.expressions import Expression, is_body_of_spokesperson
from quotes.coref.pronouns import EQUAL
from quotes.coref.referents import OPEN, Figure, Reference, compatible_gender, described_alike
from quotes.syntax.noun_phrases import Description, is_bare, is_definite, possessor
from quotes.syntax.vocabulary import country, designator, pronoun

if TYPE_CHECKING:
    from quotes.coref.binding import Discourse

_JUST_NAMED = 2.0
"""Reading time within which somebody counts as just named."""
_ANY_RIVAL = 0.15
"""Share of salience from which anybody else may be the one of a country that nobody was said to be of."""
_EXPLAINED_WITHIN = 2
"""Sentences within which a name must follow a title that comes first."""
_ACADEMIC = frozenset({"doctor", "professor"})
"""Titles that leave open what somebody does ("Professor Rijksma ... the glaciologist")."""
_GENERAL_BODIES = frozenset(
    {
        "company",
        "firm",
        "organization",
        "organisation",
        "group",
        "agency",
        "charity",
        "business",
        "body",
        "club",
    }
)


def antecedent_by_description(
    discourse: Discourse, expression: Expression, description: Description, owner: int | None
) -> Reference | None:
    """Return what a description that is not indefinite refers to.

    Args:
        discourse: The reading so far.
        expression: The noun phrase.
        description: What it says.
        owner: Figure that owns it, None without a possessive.

    Returns:
        The reference, "unresolved" where several people fit the office equally,
        None where it brings in somebody new.
    """
    parse, token = discourse.parse, expression.token
    possessive = possessor(parse, token)
    if possessive is not None and pronoun(parse.words[possessive]) is not None:
        return _owned_before(discourse, description, owner)
    definite = is_definite(parse, token) or is_body_of_spokesperson(parse, token)
    bare = (
        not definite
        and is_bare(parse, token)
        and (description.standing == "office" or description.type == "organization")
    )
    if not (definite or bare or possessive is not None):
        return None
    if possessive is not None and (found := _owned_before(discourse, description, owner)) is not None:
        return found
    if possessive is not None and description.country is None:
        return None  # "Clinton's team" is no other team than hers.
    if bare and description.type == "organization":
        description = description._replace(kind="-")  # "Police said" is the police, not the sheriff's office.
    fitting = [
        f for f in _introduced(discourse, description, token) if _matches(discourse.figures[f], description)
    ]
    if fitting:
        return _decide(discourse, expression, fitting, description)
    if definite and possessive is None:
        return _just_named(discourse, expression, description)
    return None


def callings(figure: Figure) -> set[str]:
    """Return the nouns, and classes of nouns, that a figure can be called up by."""
    keys: set[str] = set()
    for description in figure.descriptions:
        keys.add(description.noun)
        keys.add(description.kind)
        if description.country and description.type == "person":
            keys.add(f"of {description.country}")
    if figure.entity is not None and figure.type == "organization":
        words = figure.entity.name.split()
        keys |= {word.lower() for word in words}
        keys |= {kind for word in (*words[:1], *words[-2:]) if (kind := designator(word))}
    keys.discard("-")
    return keys


def _introduced(discourse: Discourse, wanted: Description, token: int) -> list[int]:
    """Return the figures that a noun can call up: those met so far, else those named right behind it.

    A headline calls its people by titles first: "Mayor rejects plan".
    """
    keys = [key for key in (wanted.noun, wanted.kind) if key != "-"]
    if wanted.country and wanted.type == "person":
        keys.append(f"of {wanted.country}")
    found = sorted({f for key in keys for f in discourse.called.get(key, ())})
    met = [f for f in found if f in discourse.seen]
    if met:
        return met
    named = len(discourse.reading.registry.entities)
    sentences, here = discourse.parse.sentences, discourse.parse.sentences[token]
    return [
        f
        for f in found
        if f < named and 0 <= sentences[discourse.figures[f].head] - here <= _EXPLAINED_WITHIN
    ]


def _matches(figure: Figure, wanted: Description) -> bool:
    if wanted.gender != "-" and figure.type == "person" and compatible_gender(figure, wanted.gender) == 0:
        return False
    if any(_contradicts(wanted, known) for known in figure.descriptions):
        return False
    if any(described_alike(wanted, known) for known in figure.descriptions):
        return True
    return figure.entity is not None and figure.type == "organization" and _named_so(figure, wanted)


def _contradicts(wanted: Description, known: Description) -> bool:
    """Return whether one description rules another out ("Republican nominee", "Democratic nominee")."""
    if wanted.noun != known.noun or wanted.plural or known.plural:
        return False
    return bool(wanted.modifiers and known.modifiers and not wanted.modifiers & known.modifiers)


def _named_so(figure: Figure, wanted: Description) -> bool:
    """Return whether an organisation's own name says what it is ("the ministry", "the paper")."""
    if wanted.type != "organization":
        return False
    keys = callings(figure)
    if not wanted.modifiers <= keys:
        return False  # "the Clinton campaign" is no other party or campaign
    if wanted.country is not None and not _is_of(figure, wanted.country):
        return False  # "the Saudi government" is not the Obama administration
    return wanted.noun in keys or (wanted.kind != "-" and wanted.kind in keys)


def _is_of(figure: Figure, state: str) -> bool:
    assert figure.entity is not None
    told = any(d.country == state for d in figure.descriptions)
    return told or any(country(word) == state for word in figure.entity.name.replace("'s", "").split())


def _decide(
    discourse: Discourse, expression: Expression, fitting: list[int], description: Description
) -> Reference:
    seen = [f for f in fitting if f in discourse.seen] or fitting
    exact = [f for f in seen if _exactly(discourse.figures[f], description)] or seen
    if len(exact) == 1:
        if _is_overshadowed(discourse, expression, exact[0], description):
            return Reference(None, "unresolved")
        only = discourse.figures[exact[0]]
        return Reference(exact[0], "title" if only.entity is not None else "name")
    now = discourse.now(expression.token)
    ranked = sorted(exact, key=lambda f: -discourse.salience.at(f, now))
    top, second = (discourse.salience.at(f, now) for f in ranked[:2])
    if top > 0 and second <= EQUAL * top:
        only = discourse.figures[ranked[0]]
        return Reference(ranked[0], "title" if only.entity is not None else "name")
    return Reference(None, "unresolved")


def _holds_another_office(figure: Figure, wanted: Description) -> bool:
    offices = [d for d in figure.descriptions if d.standing == "office"]
    return (
        wanted.standing == "office"
        and bool(offices)
        and not any(d.noun == wanted.noun or (d.kind == wanted.kind and d.kind != "-") for d in offices)
    )


def _says_as_much(known: Description, wanted: Description) -> bool:
    """Return whether a known description has the country and the modifiers of a later one."""
    return wanted.country in (None, known.country) and wanted.modifiers <= known.modifiers


def _is_overshadowed(discourse: Discourse, expression: Expression, figure: int, wanted: Description) -> bool:
    """Return whether somebody more on the reader's mind may be meant by a loose description.

    "The company" is the company of the last sentences, whoever else was called one;
    "the French president" need not be the only president whose country is not said.
    """
    known = discourse.figures[figure]
    loose_body = wanted.type == "organization" and wanted.noun in _GENERAL_BODIES
    loose_office = not any(_says_as_much(d, wanted) for d in known.descriptions if described_alike(wanted, d))
    if not loose_body and not (loose_office and wanted.type == "person"):
        return False
    now = discourse.now(expression.token)
    own = discourse.salience.at(figure, now)
    rivals = [
        value
        for other, value in discourse.salience.active(now)
        if other != figure
        and discourse.figures[other].may_be(known.type)
        and discourse.figures[other].entity is not None
        and not _holds_another_office(discourse.figures[other], wanted)
    ]
    other_state = wanted.country is not None and loose_office
    return bool(rivals) and max(rivals) > (_ANY_RIVAL if other_state else EQUAL) * own


def _exactly(figure: Figure, wanted: Description) -> bool:
    """Return whether a figure is called so word for word, not only something like it."""
    for known in figure.descriptions:
        same = known.noun == wanted.noun and described_alike(wanted, known)
        if same and (wanted.country is None or wanted.country == known.country):
            return True
    return False


def _owned_before(discourse: Discourse, wanted: Description, owner: int | None) -> Reference | None:
    """Return the figure of an earlier "her grandson" of the same owner, None without one."""
    if owner is None:
        return None
    index = discourse.owned.get((owner, wanted.noun))
    if index is None or not any(described_alike(wanted, d) for d in discourse.figures[index].descriptions):
        return None
    return Reference(index, "name" if discourse.figures[index].entity is None else "title")


def _just_named(discourse: Discourse, expression: Expression, description: Description) -> Reference | None:
    """Return the one person or body that was just named and nothing speaks against.

    'Marit Solhaug did not raise her voice. "...," the islander said.'
    """
    now = discourse.now(expression.token)
    recent = [
        f
        for f, _ in discourse.salience.active(now)
        if now - discourse.salience.last_clock[f] <= _JUST_NAMED
        and _could_be(discourse.figures[f], description)
    ]
    if len(recent) != 1:
        return None
    figure = discourse.figures[recent[0]]
    explained = discourse.parse.child(expression.token, "relcl", "acl") is not None
    if figure.entity is not None and not explained and _may_bridge(figure, description):
        return Reference(recent[0], "title")
    if not expression.mention and description.standing in ("description", "attribute"):
        return Reference(None, "unresolved")  # The same person or another: no new figure on a guess.
    return None


def _could_be(figure: Figure, description: Description) -> bool:
    """Return whether somebody recent competes for a description, however it is meant."""
    if description.type == "organization":
        return figure.may_be("organization")
    if figure.type not in ("person", "unknown") or figure.plural:
        return False
    return compatible_gender(figure, description.gender) >= (OPEN if description.gender != "-" else 0.1)


def _may_bridge(figure: Figure, description: Description) -> bool:
    """Return whether a description may tell something new about a figure.

    "The islander" may; "the judge" names an office whose holder nobody has
    introduced, and "the teacher" is not the plumber of the sentence before.
    """
    if description.plural or description.rank or description.complement is not None:
        return False
    if any(known.noun == description.noun for known in figure.descriptions):
        return False  # It was compared and did not match: "the Democratic nominee" of a Republican one.
    if description.type == "organization":
        return description.noun in _GENERAL_BODIES and not any(d.kind != "-" for d in figure.descriptions)
    if description.type != "person" or description.standing not in ("description", "attribute"):
        return False
    if description.standing == "attribute" or description.aged:
        return True
    return not any(
        d.type == "person" and d.standing != "relation" and d.noun not in _ACADEMIC
        for d in figure.descriptions
    )


def gender_from_content(discourse: Discourse, expression: Expression) -> str:
    """Return the gender of the pronoun that opens an indirect statement's clause.

    In "The former hydrologist told farmers she would be back" the words said
    are about their speaker; m, f, or - without such a pronoun.
    """
    assert expression.speaks is not None
    parse = discourse.parse
    attribution = discourse.reading.attributions[expression.speaks]
    argument = attribution.argument
    if argument is None or discourse.reading.quoted[argument]:
        return "-"
    subject = parse.child(argument, "nsubj", "nsubjpass")
    known = pronoun(parse.words[subject]) if subject is not None else None
    return known.gender if known is not None and known.gender in ("m", "f") else "-"
