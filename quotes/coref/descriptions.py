"""Finds who a definite description means: "the minister", "the Syrian dictator", "the islander"."""

from __future__ import annotations

import math

from quotes.coref.discourse import Discourse
from quotes.coref.expressions import Expression
from quotes.coref.pronouns import EQUAL, named_in_words, subject_of_clause
from quotes.coref.referents import OPEN, UNRESOLVED, Reference, Referent
from quotes.coref.tracing import Rival, explain
from quotes.lexicon.entries import country, pronoun, word_class
from quotes.syntax.descriptions import Description, is_body_of_spokesperson
from quotes.syntax.parse import Parse

_JUST_NAMED = 2.0
"""Reading time within which somebody counts as just named."""
_DOMINANT = 0.5
"""Share of the first one's score up to which others just named leave no doubt who is described."""
_LAST_TO_ACT = 1.5
"""How much better whoever spoke or acted last fits the subject of a cue: "Ulm met Dahl. ... the champion said"."""
_LAST_TO_SPEAK = 2.0
"""The same for whoever spoke last."""
_HOLDS_OFFICE = 0.5
"""How well somebody with an office fits a description that does not name it: a mayor is no "retired surgeon"."""
_OF_ANOTHER_COUNTRY = 0.15
"""Minimum relative salience at which a rival blocks a description with a country."""
_EXPLAINED_WITHIN = 2
"""Sentences within which a name must follow a title that comes first."""
_UNDER_ANOTHER = frozenset({"advcl", "ccomp", "relcl", "acl", "pcomp"})
"""Roles of clauses that depend on another."""
_ACADEMIC = ("doctor", "professor")
"""Titles that leave open what somebody does ("Professor Rijksma ... the glaciologist")."""


def antecedent_by_description(
    discourse: Discourse, expression: Expression, description: Description, owner: int | None
) -> Reference | None:
    """Return what a description that is not indefinite refers to.

    "Unresolved" where several people fit the office equally, None where it brings in
    somebody new. ``owner`` is the referent that owns it, None without a possessive.
    """
    parse, token = discourse.parse, expression.token
    possessive = parse.possessor(token)
    if possessive is not None:
        before = None if owner is None else discourse.owned.get((owner, description.noun))
        if before is not None and any(map(description.repeats, discourse.referents[before].descriptions)):
            reference = _known_as(discourse, before)
            explain(discourse, "description", expression, reference, "mentioned before as the same owner's")
            return reference
        # "Clinton's team" is no other team than hers; "Syria's president" is the Syrian president.
        if pronoun(parse.words[possessive]) is not None or description.country is None:
            return None
    definite = parse.is_definite(token) or is_body_of_spokesperson(parse, token)
    bare = not definite and parse.is_bare(token)
    if bare and description.type == "organization":
        description = description._replace(kind="-")  # "Police said": not the sheriff's office
    elif not definite and possessive is None and not (bare and description.standing == "office"):
        return None
    called = _called_up(discourse, description, token)
    barred = _barred(discourse, expression) if definite and description.type == "person" else ()
    fitting = [r for r in called if r not in barred and _matches(discourse.referents[r], description)]
    bridged = definite and possessive is None and all(_is_only_described(discourse, r, token) for r in fitting)
    named = _just_named(discourse, expression, description) if bridged else None
    if fitting and (named is None or named.referent is None):
        return _choose(discourse, expression, fitting, description)
    return named


def _is_only_described(discourse: Discourse, index: int, token: int) -> bool:
    """Return whether somebody without a name, not just mentioned, came in as if known: "Sailing legend sells boat"."""
    parse, referent = discourse.parse, discourse.referents[index]
    if referent.name is not None or referent.plural or referent.type != "person":
        return False
    if discourse.now(token) - discourse.salience.last_mention(index) <= _JUST_NAMED:
        return False
    return parse.is_definite(referent.head) or (parse.sentences[referent.head] == 0 and parse.is_bare(referent.head))


def _called_up(discourse: Discourse, wanted: Description, token: int) -> list[int]:
    """Return the referents that a noun can call up: those met so far, else those named right after it.

    A headline calls its people by titles first: "Mayor rejects plan".
    """
    keys = [key for key in (wanted.noun, wanted.kind) if key != "-"]
    if wanted.country and wanted.type == "person":
        keys.append(f"of {wanted.country}")
    met = sorted({r for key in keys for r in discourse.called[key]})
    if met:
        return met
    found = sorted({r for key in keys for r in discourse.callings[key]})
    sentences = discourse.parse.sentences
    named = [(r, sentences[discourse.referents[r].head]) for r in found if r < len(discourse.entities)]
    return [r for r, sentence in named if 0 <= sentence - sentences[token] <= _EXPLAINED_WITHIN]


def _matches(referent: Referent, wanted: Description) -> bool:
    if wanted.gender != "-" and referent.type == "person" and referent.gender_fit(wanted.gender) == 0:
        return False
    if any(map(wanted.contradicts, referent.descriptions)):
        return False
    return any(map(wanted.repeats, referent.descriptions)) or _is_named_so(referent, wanted)


def _is_named_so(referent: Referent, wanted: Description) -> bool:
    """Return whether an organisation's own name says what it is ("the ministry", "the paper")."""
    if referent.name is None or referent.type != "organization" or wanted.type != "organization":
        return False
    keys = referent.callings()
    if not wanted.modifiers <= keys:
        return False  # "the Clinton campaign" is no other party or campaign
    if wanted.country is not None:
        told = any(d.country == wanted.country for d in referent.descriptions)
        own = referent.name.replace("'s", "").split()
        if not told and not any(country(word) == wanted.country for word in own):
            return False  # "the Saudi government" is not the Obama administration
    return wanted.noun in keys or (wanted.kind != "-" and wanted.kind in keys)


def _choose(discourse: Discourse, expression: Expression, fitting: list[int], description: Description) -> Reference:
    """Choose from those whom a description fits; those called so word for word come first."""
    met = [r for r in fitting if r in discourse.met] or fitting
    exact = [r for r in met if _is_called(discourse.referents[r], description)] or met
    excluded = dict.fromkeys(set(fitting) - set(exact), "called so less exactly")
    now = discourse.now(expression.token)
    rivals = [Rival(discourse.salience.at(r, now), r, excluded.get(r)) for r in fitting]
    rivals.sort(key=lambda r: (r.excluded is not None, -r.score))
    best = rivals[0]
    if len(exact) == 1:
        block = _block(discourse, expression, best, description)
        rivals += block
        is_clear = not block
        reason = "a rival may be meant by so loose a description" if block else "nobody else is called so"
    else:
        is_clear = best.score > 0 and rivals[1].score <= EQUAL * best.score
        reason = "the most prominent of those called so" if is_clear else "several fit about equally"
    reference = _known_as(discourse, best.referent, len(fitting) - 1) if is_clear else UNRESOLVED
    explain(discourse, "description", expression, reference, reason, rivals)
    return reference


def _known_as(discourse: Discourse, referent: int, rivals: int = 0) -> Reference:
    unnamed = discourse.referents[referent].name is None
    return Reference(referent, "description" if unnamed else "title", rivals)


def _block(discourse: Discourse, expression: Expression, best: Rival, wanted: Description) -> list[Rival]:
    """Return somebody more on the reader's mind who may be meant by a loose description, if anybody.

    "The company" is the company of the last sentences, no matter who else was called one;
    "the French president" need not be the only president whose country is not said.
    """
    known = discourse.referents[best.referent]
    loose_body = wanted.type == "organization" and wanted.noun in word_class("general_body")
    repeated = [d for d in known.descriptions if wanted.repeats(d)]
    past = wanted.standing == "office" and not wanted.aged and all(d.aged for d in repeated)  # "the former governor"
    loose_office = past or not any(d.says_as_much_as(wanted) for d in repeated)
    if not loose_body and not (loose_office and wanted.type == "person"):
        return []
    share = _OF_ANOTHER_COUNTRY if wanted.country is not None and loose_office else EQUAL
    for other, value in discourse.salience.active(discourse.now(expression.token)):
        if value <= share * best.score:
            break
        rival = discourse.referents[other]
        eligible = other != best.referent and rival.name is not None and rival.may_be(known.type)
        offices = [d for d in rival.descriptions if d.standing == wanted.standing == "office"]
        if eligible and (not offices or any(wanted.is_akin_to(office) for office in offices)):
            return [Rival(value, other)]
    return []


def _is_called(referent: Referent, wanted: Description) -> bool:
    """Return whether a referent is called so word for word, not only something like it."""
    alike = [d for d in referent.descriptions if d.noun == wanted.noun and wanted.repeats(d)]
    return any(wanted.country in (None, known.country) for known in alike)


def _just_named(discourse: Discourse, expression: Expression, description: Description) -> Reference | None:
    """Return the one person or body that was just named and nothing speaks against.

    'Marit Solhaug did not raise her voice. "...," the islander said.'
    """
    now, token = discourse.now(expression.token), expression.token
    barred = _barred(discourse, expression)
    active = [r for r, _ in discourse.salience.active(now) if _could_be(discourse.referents[r], description)]
    active = [r for r in active if description.type != "person" or r not in barred]
    just = dict(discourse.salience.active(now, _JUST_NAMED))
    recent = [r for r in active if r in just]
    is_subject = discourse.parse.deps[token] in ("nsubj", "nsubjpass")
    if is_subject and description.type == "person" and len(recent) > 1:
        recent = [r for r in _dominant(discourse, active, description, expression) if r in just] or recent
    elif recent and recent[0] != active[0]:
        return None  # "Ulm asked Mayor Dahl. ... the candidate said": Ulm is more on the reader's mind
    is_object = discourse.parse.deps[token] in ("dobj", "pobj", "dative")
    if len(recent) != 1 or (is_object and recent[0] == subject_of_clause(discourse, token)):
        return None  # "Kord was told by the harbour master"
    referent = discourse.referents[recent[0]]
    explained = discourse.parse.has_child(token, "relcl", "acl")
    if referent.name is not None and not explained and _may_bridge(discourse.parse, referent, description, token):
        reference = Reference(recent[0], "title")
        explain(discourse, "description", expression, reference, "the only one just named, or by far the likeliest")
        return reference
    # The same person or another: no new referent on a guess.
    is_guess = not expression.mention and description.standing in ("description", "attribute")
    return UNRESOLVED if is_guess else None


def _barred(discourse: Discourse, expression: Expression) -> set[int | None]:
    """Return which people are not described: the object of the same verb, who is spoken to or named in the words said.

    Nor is the subject of the clause above ("Ulm advised Dahl as the candidate left"), and what the description is
    made of is nobody ("the Heisman Trophy winner").
    """
    parse, token = discourse.parse, expression.token
    others = parse.children_with(parse.heads[token], "dobj", "dative") if parse.deps[token] == "nsubj" else []
    if expression.speaks is not None and expression.speaks.addressee is not None:
        others.append(expression.speaks.addressee.head)
    for clause in parse.ancestors(token):
        if parse.deps[clause] in _UNDER_ANOTHER:
            others += [t for t in parse.children_with(parse.heads[clause], "nsubj", "nsubjpass") if t < token]
    return {*map(discourse.known_at, (*others, *parse.premodifiers(token))), *named_in_words(discourse, expression)}


def _dominant(discourse: Discourse, active: list[int], wanted: Description, expression: Expression) -> list[int]:
    """Return the one of several people on the reader's mind who is by far the likeliest, nobody without one."""
    salience, acted, now = discourse.salience, discourse.salience.last_prominent, discourse.now(expression.token)
    last = max(acted.get(r, -math.inf) for r in active)
    scores: list[tuple[float, int]] = []
    for r in active:
        offices = [d for d in discourse.referents[r].descriptions if d.standing == "office" and not d.aged]
        score = salience.at(r, now)
        if offices and not any(map(wanted.is_akin_to, offices)):
            score *= _HOLDS_OFFICE
        if expression.speaks is not None and r == discourse.last_speaker:
            score *= _LAST_TO_SPEAK
        elif expression.speaks is not None and acted.get(r) == last:
            score *= _LAST_TO_ACT
        scores.append((score, r))
    (best, referent), *others = sorted(scores, reverse=True)
    return [referent] if all(score <= _DOMINANT * best for score, _ in others) else []


def _could_be(referent: Referent, description: Description) -> bool:
    """Return whether somebody recent competes for a description, however it is meant."""
    if description.type == "organization":
        return referent.may_be("organization")
    if referent.type not in ("person", "unknown") or referent.plural:
        return False
    return referent.gender_fit(description.gender) >= (OPEN if description.gender != "-" else 0.1)


def _may_bridge(parse: Parse, referent: Referent, description: Description, token: int) -> bool:
    """Return whether a description may tell something new about a referent.

    "The islander" may; "the judge" names an office whose holder nobody has
    introduced, and "the teacher" is not the plumber of the sentence before.
    """
    complement = description.complement
    children = complement is not None and parse.tags[complement] == "CD"  # "the 34-year-old mother of three"
    if description.plural or description.rank or (complement is not None and not children):
        return False
    if any(known.noun == description.noun for known in referent.descriptions):
        return False  # It was compared and did not match: "the Democratic nominee" of a Republican one.
    if description.type == "organization":
        general = description.noun in word_class("general_body")
        return general and not any(d.kind != "-" for d in referent.descriptions)
    if description.type != "person":
        return False
    others = [d for d in referent.descriptions if d.type == "person" and d.standing != "relation"]
    if any(description.country and other.country not in (None, description.country) for other in others):
        return False
    by_age = any(parse.lemmas[each] == "old" for each in parse.premodifiers(token))  # "the 71-year-old diplomat"
    if description.standing == "attribute" or by_age or (description.aged and description.standing != "office"):
        return True  # "the retired neurosurgeon", but "the former president" was introduced as one
    if description.standing == "office" and (description.modifiers or description.country):
        return not any(other.standing == "office" and not other.aged for other in others)  # "the Velden governor"
    return description.standing == "description" and all(known.noun in _ACADEMIC for known in others)


def gender_from_content(discourse: Discourse, expression: Expression) -> str:
    """Return the gender of the pronoun that opens an indirect statement's clause.

    In "The former hydrologist told farmers she would be back" the words said
    are about their speaker; m, f, or - without such a pronoun.
    """
    argument = None if expression.speaks is None else expression.speaks.argument
    if argument is None or discourse.article.is_quoted(argument):
        return "-"
    subject = discourse.parse.child(argument, "nsubj", "nsubjpass")
    known = pronoun(discourse.parse.words[subject]) if subject is not None else None
    return known.gender if known is not None and known.gender != "n" else "-"
