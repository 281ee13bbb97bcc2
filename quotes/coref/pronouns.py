"""Finds who a pronoun means, or says that nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.coref.expressions import Expression
from quotes.coref.referents import Figure, Reference, compatible_gender
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import Pronoun, noun, pronoun

if TYPE_CHECKING:
    from quotes.coref.binding import Discourse

EQUAL = 0.75
"""A second candidate with more than this share of the first one's salience makes it a draw."""
LEAST = 0.05
_SURE = 0.3
"""Salience from which the only candidate takes the pronoun's gender."""
_LAST_SUBJECT = 1.2
"""Reading time within which a subject still counts as the last one."""
_THINGS = {"organization": 1.0, "document": 0.9, "place": 0.7, "unknown": 0.5}
"""How well "it" fits what is no person."""
_UNNAMED = 0.85
_NOTICED = 0.15
_MISTAKEN = 0.45
"""How well "it" fits a name that only the recogniser takes for a person's."""
_OF_THINGS = frozenset(
    {"appear", "be", "feel", "look", "make", "mean", "seem", "send", "show", "sound", "take"}
)
_LOOK_AHEAD = 3
"""Sentences behind a pronoun in which a name may explain it ("he said. Tom Baker, 43, ...")."""
_CLAUSE_HEADS = frozenset({"ROOT", "relcl", "ccomp", "advcl", "acl", "conj", "xcomp", "pcomp"})


def antecedent_of_pronoun(discourse: Discourse, expression: Expression, known: Pronoun) -> Reference:
    """Return what a third-person pronoun refers to.

    Args:
        discourse: The reading so far.
        expression: The pronoun.
        known: Its person, number, gender and case.

    Returns:
        The reference; "unresolved" when two fit about equally, "no antecedent"
        when nobody fits.
    """
    if known.gender == "n" and _means_a_thing(discourse, expression):
        return Reference(None, "unresolved")
    barred = _barred(discourse, expression, known)
    now = discourse.now(expression.token)
    scored = [
        (value * fit, figure)
        for figure, value in discourse.salience.active(now)
        if figure not in barred and (fit := _fit(discourse.figures[figure], known)) > 0
    ]
    if known.number == "plural":
        scored = _last_subjects(discourse, scored, now)
    scored = sorted(((v, f) for v, f in scored if v >= LEAST), reverse=True)
    if not scored:
        return Reference(None, "no antecedent")
    if len(scored) > 1:
        alone = _others_left(discourse, expression, known)
        scored = [pair for pair in scored if alone is None or alone - {pair[1]}] or scored
    if len(scored) > 1 and scored[1][0] > EQUAL * scored[0][0]:
        return Reference(None, "unresolved")
    if _has_rival(discourse, scored[0][1], known, now):
        return Reference(None, "unresolved")
    sole = len(scored) == 1 or (known.gender == "n" and expression.mention)
    if sole and scored[0][0] >= _SURE:
        discourse.vote(scored[0][1], known.gender)
    return Reference(scored[0][1], "pronoun")


def _last_subjects(
    discourse: Discourse, scored: list[tuple[float, int]], now: float
) -> list[tuple[float, int]]:
    """Return the candidates that "they" can mean: the last subjects, for groups crowd every text.

    Nobody can tell where a body is the only one but several people were named beside
    it: "The agency met twenty tenants. They said".
    """
    figures, prominent = discourse.figures, discourse.salience.last_prominent
    last = [(v, f) for v, f in scored if now - prominent.get(f, -9.0) <= _LAST_SUBJECT]
    several = any(figures[f].plural and v >= _NOTICED for v, f in scored)
    return [] if several and not any(figures[f].plural for _, f in last) else last


def _has_rival(discourse: Discourse, figure: int, known: Pronoun, now: float) -> bool:
    """Return whether a bare surname before may have meant another: "Johnson said ... he said" of two."""
    own = discourse.salience.at(figure, now)
    rivals = (r for r in discourse.rivals.get(figure, ()) if _fit(discourse.figures[r], known) > 0)
    return any(discourse.salience.at(rival, now) > EQUAL * own for rival in rivals)


def _means_a_thing(discourse: Discourse, expression: Expression) -> bool:
    """Return whether "it" may mean a thing or a fact, which no list of bodies and documents knows.

    "It shows an officer", "It appeared that"; and "The decision destroys faith.
    It tells voters that ...".
    """
    if expression.speaks is None:
        return False
    parse, token = discourse.parse, expression.token
    cue = discourse.reading.attributions[expression.speaks].cue_head
    if cue is not None and (parse.lemmas[cue] in _OF_THINGS or parse.pos[cue] == "ADJ"):
        return True
    sentence = parse.sentences[token]
    opening = parse.sentence_bounds[sentence][0]
    if sentence == 0 or parse.paragraphs[opening - 1] != parse.paragraphs[token]:
        return False
    before = range(*parse.sentence_bounds[sentence - 1])
    root = next((t for t in before if parse.heads[t] == t), None)
    subject = None if root is None else parse.child(root, "nsubj", "nsubjpass")
    return (
        subject is not None
        and parse.pos[subject] == "NOUN"
        and subject not in discourse.references
        and noun(parse.lemmas[subject]) is None
    )


def _others_left(discourse: Discourse, expression: Expression, known: Pronoun) -> set[int] | None:
    """Return the people whom the other pronoun of the words said can mean, None without such a pronoun.

    "He said she had found the crack": with two people about, neither of whom is
    surely a woman but one surely a man, the man is "he". Whoever were the only
    one for "she" is no speaker.
    """
    other = {"m": "f", "f": "m"}.get(known.gender)
    if other is None or expression.speaks is None:
        return None
    parse, figures = discourse.parse, discourse.figures
    words = discourse.reading.attributions[expression.speaks].content
    spoken = [pronoun(parse.words[t]) for span in words for t in parse.tokens_in(span)]
    if not any(p is not None and p.gender == other for p in spoken):
        return None
    about = discourse.salience.active(discourse.now(expression.token))
    return {f for f, _ in about if figures[f].type == "person" and compatible_gender(figures[f], other) > 0}


def _fit(figure: Figure, known: Pronoun) -> float:
    """Return how well a figure fits a pronoun's number, gender and kind, 0 for not at all."""
    if known.gender == "n":
        other = 0.0 if figure.entity is None else 0.9 if figure.may_be("organization") else 0.0
        if figure.type == "person" and figure.entity is not None and not figure.entity.sure:
            other = _MISTAKEN * (figure.gender not in ("m", "f"))
        return max(_THINGS.get(figure.type, 0.0), other) * (not figure.plural)
    if known.number == "plural":
        if figure.plural or figure.type == "group":
            return 1.0
        return 0.6 if figure.may_be("organization") else 0.0
    if figure.plural or figure.type not in ("person", "unknown"):
        return 0.0
    if figure.type == "unknown" and figure.entity is None:
        return 0.0
    sure = 1.0 if figure.type == "person" else 0.35 if figure.may_be("organization") else 0.5
    return compatible_gender(figure, known.gender) * sure * (_UNNAMED if figure.entity is None else 1.0)


def _barred(discourse: Discourse, expression: Expression, known: Pronoun) -> set[int]:
    """Return the figures that grammar keeps a pronoun from meaning."""
    parse, token = discourse.parse, expression.token
    out: set[int] = set()
    if known.case == "object" or (
        known.case == "possessive" and parse.deps[token] in ("dobj", "pobj", "dative")
    ):
        out |= _subject_of_clause(discourse, token)
    if known.case == "possessive":
        out |= _described_by(discourse, token)
    if expression.speaks is not None:
        attribution = discourse.reading.attributions[expression.speaks]
        for mention in (attribution.addressee, attribution.medium):
            if mention is not None and (other := discourse.entity_at.get(mention.head)) is not None:
                out.add(other)
    return out


def _subject_of_clause(discourse: Discourse, token: int) -> set[int]:
    """Return who is the subject of the clause an object stands in: "she photographed her" is two people."""
    parse = discourse.parse
    head = parse.heads[token]
    for _ in range(8):
        subject = parse.child(head, "nsubj", "nsubjpass")
        if subject is not None and subject != token:
            found = discourse.entity_at.get(subject)
            reference = discourse.references.get(subject)
            figure = found if found is not None else (reference.figure if reference else None)
            return set() if figure is None else {figure}
        if parse.heads[head] == head:
            break
        head = parse.heads[head]
    return set()


def _described_by(discourse: Discourse, token: int) -> set[int]:
    """Return whom the owned noun itself describes: in "Liv, his opponent" Liv is not "his"."""
    parse = discourse.parse
    head = parse.heads[token]
    figure = discourse.apposed.get(head)
    if figure is None and parse.deps[head] == "attr":
        subject = parse.child(parse.heads[head], "nsubj")
        figure = discourse.entity_at.get(subject) if subject is not None else None
    return set() if figure is None else {figure}


def antecedent_of_relative(discourse: Discourse, expression: Expression) -> Reference:
    """Return what "who" or "which" refers to: the noun that its clause hangs on."""
    parse = discourse.parse
    token = expression.token
    for _ in range(8):
        if parse.deps[token] == "relcl":
            antecedent = parse.heads[token]
            other = parse.child(antecedent, "conj")
            if other is not None and antecedent < other < expression.token:
                together = discourse.groups.get(other)  # "Ministers and mayors, who ..." are both
                return Reference(together, "pronoun" if together is not None else "unresolved")
            figure = discourse.entity_at.get(antecedent)
            if figure is None and (reference := discourse.references.get(antecedent)) is not None:
                figure = reference.figure
            if figure is None:
                figure = discourse.apposed.get(antecedent)
            if figure is None and _can_be(parse, antecedent, parse.words[expression.token]):
                figure = discourse.bring_in(antecedent)
            return Reference(figure, "pronoun" if figure is not None else "unresolved")
        if parse.heads[token] == token:
            break
        token = parse.heads[token]
    return Reference(None, "unresolved")


def _can_be(parse: Parse, antecedent: int, relative: str) -> bool:
    """Return whether a noun may be meant: by "who" people, by "which" a document or a body.

    "He died of cancer, which proved it" means no noun at all.
    """
    known = noun(parse.lemmas[antecedent])
    if known is None or parse.pos[antecedent] != "NOUN":
        return False
    return known.type in (("person", "group") if relative.lower() == "who" else ("document", "organization"))


def later_antecedent(discourse: Discourse, expression: Expression) -> Reference:
    """Return whom a pronoun without anybody before it means: the one subject named soon after.

    '"I never saw it," he said. Tom Baker, 43, was walking his dog.'
    """
    parse, token = discourse.parse, expression.token
    gender = {"he": "m", "she": "f"}.get(parse.words[token].lower())
    if gender is None:
        return Reference(None, "unresolved")
    last = min(parse.sentences[token] + _LOOK_AHEAD, len(parse.sentence_bounds)) - 1
    subjects: list[int] = []
    others: set[int] = set()
    for later in range(token + 1, parse.sentence_bounds[last][1]):
        figure = discourse.entity_at.get(later)
        if figure is None or discourse.reading.quoted[later]:
            continue
        if (
            compatible_gender(discourse.figures[figure], gender) == 0
            or discourse.figures[figure].type != "person"
        ):
            continue
        others.add(figure)
        if parse.deps[later] in ("nsubj", "nsubjpass") and _is_main(parse, parse.heads[later]):
            subjects.append(figure)
    if len(others) == 1 and subjects:
        return Reference(subjects[0], "pronoun")
    return Reference(None, "unresolved")


def _is_main(parse: Parse, verb: int) -> bool:
    return parse.deps[verb] in _CLAUSE_HEADS - {"relcl", "acl"}
