"""Finds who a pronoun means, or says that nobody can tell."""

from __future__ import annotations

import math
from collections.abc import Iterator

from quotes.coref.discourse import Discourse
from quotes.coref.expressions import Expression
from quotes.coref.referents import NO_ANTECEDENT, UNRESOLVED, Reference, Referent
from quotes.coref.salience import INTRODUCED
from quotes.coref.tracing import Rival, explain
from quotes.lexicon.entries import Pronoun, noun, pronoun, word_class

EQUAL = 0.75
"""A second candidate with more than this share of the first one's salience makes it a draw."""
_MATTERS = 0.33
"""Share of the best score from which somebody who acted last leaves open whether the best is meant."""
_NAMED_LAST = 0.2
"""The same for somebody whom the sentence before names, where it does not mention the best."""
_LEAST = 0.05
"""Score below which nobody is meant."""
_SURE = 0.3
"""Score from which the only candidate takes the pronoun's gender."""
_LAST_TO_ACT = 1.5
"""How much better the last subject or speaker fits the subject of a cue: "Ulm left ... he said"."""
_LAST_TO_SPEAK = 2.0
"""The same for somebody named whose words the sentence before reports: "Ulm said so. ... he said"."""
_LAST_SUBJECT = 1.5
"""Reading time within which a subject still counts as the last one."""
_RECENTLY = 2.0
"""Reading time within which somebody who acted or spoke last is the likeliest for "he" and "she"."""
_ACTED = 3.0
"""Reading time within which a body must have been a subject or a speaker to be what "it" means."""
_THINGS = {"organization": 1.0, "document": 0.9, "place": 0.7, "unknown": 0.5}
"""How well "it" fits what is no person."""
_BODY = 0.9
"""How well "it" fits a name of unknown type that is most likely a body's."""
_MISTAKEN = 0.45
"""How well "it" fits a name that only the recogniser takes for a person's."""
_BODY_AS_THEY = 0.6
_UNNAMED = 0.85
"""How well "he" or "she" fits somebody without a name, compared with somebody named."""
_NOTICED = 0.15
"""Score from which a group counts as mentioned beside a body."""
_LOOK_AHEAD = 3
"""Sentences after a pronoun in which a name may explain it ("he said. Tom Baker, 43, ...")."""
_LONGEST_CLIMB = 8
_MAIN_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "conj", "xcomp", "pcomp"})


def antecedent_of_pronoun(discourse: Discourse, expression: Expression, known: Pronoun) -> Reference:
    """Return what a third-person pronoun refers to.

    "Unresolved" when two fit about equally, "no antecedent" when nobody fits.
    """
    if known.gender == "n" and _means_a_thing(discourse, expression):
        explain(discourse, "pronoun", expression, UNRESOLVED, "it may mean a thing or a fact")
        return UNRESOLVED
    rivals = _rivals(discourse, expression, known)
    reference, reason = _choose(discourse, expression, known, [r for r in rivals if r.excluded is None])
    explain(discourse, "pronoun", expression, reference, reason, rivals)
    return reference


def _choose(discourse: Discourse, expression: Expression, known: Pronoun, rivals: list[Rival]) -> tuple[Reference, str]:
    """Choose from those who can be meant, best first, and say why."""
    if not rivals:
        return NO_ANTECEDENT, "nobody mentioned so far fits"
    best = rivals[0]
    if len(rivals) > 1 and rivals[1].score > EQUAL * best.score:
        return UNRESOLVED, "two fit about equally"
    if expression.speaks is not None:
        open_because = _why_open(discourse, expression, known, rivals)
        if open_because is not None:
            return UNRESOLVED, open_because
        others = _named_last(discourse, expression, rivals) if known.gender in ("m", "f") else []
        if others:
            found = Reference(others[0], "pronoun", len(rivals) - 1) if len(others) == 1 else UNRESOLVED
            return found, "named in the sentence before"
    salience, now = discourse.salience, discourse.now(expression.token)
    namesakes = discourse.namesakes[best.referent] - {best.referent}
    namesakes = {r for r in namesakes if _fit(discourse.referents[r], known)}
    if any(salience.at(r, now) > EQUAL * salience.at(best.referent, now) for r in namesakes):
        return UNRESOLVED, "a bare surname before it may mean another"  # "Johnson said ... he said" of two
    only = len(rivals) == 1 or (known.gender == "n" and expression.mention)
    if only and best.score >= _SURE:
        discourse.vote(best.referent, known.gender)
    reason = "nobody else fits" if len(rivals) == 1 else "the most prominent of those who fit"
    return Reference(best.referent, "pronoun", len(rivals) - 1), reason


def _why_open(discourse: Discourse, expression: Expression, known: Pronoun, rivals: list[Rival]) -> str | None:
    """Return why the best of the rivals may not be the one who speaks, None where nothing tells so."""
    now = discourse.now(expression.token)
    if known.gender in ("m", "f"):
        if _is_anybody(discourse, rivals):
            return "the likeliest is somebody in general"
        return "another acted or spoke last" if _another_acted_last(discourse, now, rivals) else None
    if known.number == "singular" and not _acted_or_is_read(discourse, rivals[0].referent, now):
        return "it has not acted, and is no document just mentioned"
    return None


def _acted_or_is_read(discourse: Discourse, referent: int, now: float) -> bool:
    """Return whether "it said" can mean a body that was lately a subject or spoke, or a document just mentioned.

    In "The police showed a film of the golf club. It contradicted the guests" it is not the club; in "accused the
    county of stealth after it said so" it is the county.
    """
    salience = discourse.salience
    since = now - salience.last_prominent.get(referent, -math.inf)
    of_document = discourse.referents[referent].type == "document"
    mentioned = now - salience.last_mention(referent)
    return since <= _ACTED or not mentioned or (of_document and mentioned <= _RECENTLY)


def _is_anybody(discourse: Discourse, rivals: list[Rival]) -> bool:
    """Return whether the best is anybody in general: "There are reasons why a farmer should fear it. He concludes"."""
    parse, best = discourse.parse, discourse.referents[rivals[0].referent]
    if best.name is not None or not parse.is_indefinite(best.head) or parse.deps[best.head] != "nsubj":
        return False
    verb = parse.heads[best.head]
    modal = any(parse.tags[each] == "MD" for each in parse.children_with(verb, "aux"))
    return modal and parse.deps[verb] != "ROOT"


def _another_acted_last(discourse: Discourse, now: float, rivals: list[Rival]) -> bool:
    """Return whether somebody named acted or spoke shortly before, after the best of the rivals did."""
    best, acted = rivals[0], discourse.salience.last_prominent
    since = max(acted.get(best.referent, -math.inf), now - _RECENTLY)
    others = [rival.referent for rival in rivals[1:] if rival.score > _MATTERS * best.score]
    return any(acted.get(other, since) > since and discourse.referents[other].name for other in others)


def _named_last(discourse: Discourse, expression: Expression, rivals: list[Rival]) -> list[int]:
    """Return who is named in the sentence before, in one paragraph with it, where the best of the rivals is not.

    "Dahl owns two houses. ... It was a hard year for Ulm. “I slept on floors,” he said."
    """
    parse, salience = discourse.parse, discourse.salience
    opening = parse.sentence_start(min(expression.token, _first_said(discourse, expression)))
    if not opening or not parse.same_paragraph(opening - 1, opening):
        return []
    before = discourse.now(opening - 1)
    if salience.last_mention(rivals[0].referent) >= before:
        return []
    likely = [
        r.referent for r in rivals if r.score > _NAMED_LAST * rivals[0].score and discourse.referents[r.referent].name
    ]
    return [r for r in likely if salience.last_mention(r) >= before]


def _first_said(discourse: Discourse, expression: Expression) -> int:
    """Return the first token of the words that a speaker says, or the speaker where none is known."""
    spans = () if expression.speaks is None else expression.speaks.content
    return min((t for span in spans[:1] for t in discourse.parse.tokens_in(span)), default=expression.token)


def _rivals(discourse: Discourse, expression: Expression, known: Pronoun) -> list[Rival]:
    """Return everybody on the reader's mind, best first, with the reason where somebody cannot be meant."""
    referents, now = discourse.referents, discourse.now(expression.token)
    scores = {r: salience * _fit(referents[r], known) for r, salience in discourse.salience.active(now)}
    last = _last_to_act(discourse, known, [r for r, score in scores.items() if score])
    if last is not None and expression.speaks is not None and known.number == "singular":
        recent = now - discourse.salience.last_prominent[last] <= _RECENTLY
        spoke = last == discourse.last_speaker and recent and referents[last].name is not None
        scores[last] *= _LAST_TO_SPEAK if spoke and known.gender != "n" else _LAST_TO_ACT
    excluded = {r: "gender, number or kind do not fit" for r, score in scores.items() if not score}
    excluded |= _barred(discourse, expression, known)
    fitting = {r: score for r, score in scores.items() if r not in excluded}
    if _goes_on(discourse, expression, known, fitting):
        excluded |= dict.fromkeys(fitting.keys() - {discourse.last_speaker}, "not the last speaker")
    elif known.number == "plural":
        excluded |= _but_last_subjects(discourse, expression, fitting)
    excluded = {r: "hardly on the reader's mind" for r, score in scores.items() if score < _LEAST} | excluded
    left = scores.keys() - excluded.keys()
    meant = _meant_by_other_pronoun(discourse, expression, known) if len(left) > 1 else None
    if meant is not None:
        only = {r for r in left if not meant - {r}}
        excluded |= dict.fromkeys(only, "nobody would be left for the other pronoun") if only != left else {}
    rivals = [Rival(score, r, excluded.get(r)) for r, score in scores.items()]
    return sorted(rivals, key=lambda r: (r.excluded is None, r.score, r.referent), reverse=True)


def _last_to_act(discourse: Discourse, known: Pronoun, fitting: list[int]) -> int | None:
    """Return which of several was the last subject or speaker, None where two were at once."""
    acted = {r: time for r in fitting if (time := discourse.salience.last_prominent.get(r)) is not None}
    latest = max(acted.values(), default=0.0)
    last = [r for r, time in acted.items() if time == latest]
    if discourse.last_speaker in last:
        return discourse.last_speaker  # "Ulm, Kern said, lied ... he said"
    if known.gender != "n":  # Somebody only introduced, "which worries Omar Dahl, a fisherman", is no subject.
        last = [r for r in last if discourse.salience.last_weight[r] > INTRODUCED] or last
    return last[0] if len(last) == 1 else None


def _but_last_subjects(discourse: Discourse, expression: Expression, scores: dict[int, float]) -> dict[int, str]:
    """Exclude all but the last subjects from what "they" can mean, for groups crowd every text.

    Nobody can tell where a body is the only one but several people were named beside
    it ("The agency met twenty tenants. They said"), unless the body has just been
    reported to say something.
    """
    prominent, now = discourse.salience.last_prominent, discourse.now(expression.token)
    speaker, cue = discourse.last_speaker, None if expression.speaks is None else expression.speaks.cue_head
    last = {r for r in scores if now - prominent.get(r, -math.inf) <= _LAST_SUBJECT}
    plural = {r for r in scores if discourse.referents[r].plural}
    if not plural & last and any(scores[r] >= _NOTICED for r in plural):
        last &= set() if cue is None else {speaker}
    return dict.fromkeys(scores.keys() - last, "no subject of the last sentence")


def _goes_on(discourse: Discourse, expression: Expression, known: Pronoun, scores: dict[int, float]) -> bool:
    """Return whether a pronoun goes on with whose words came last: "They also said", "he added"."""
    speaker, cue = discourse.last_speaker, None if expression.speaks is None else expression.speaks.cue_head
    if cue is None or speaker is None or speaker not in scores:
        return False
    if known.number == "plural" and discourse.referents[speaker].name is None:
        return False
    acted = discourse.salience.last_prominent
    past = discourse.now(expression.token) - acted.get(speaker, -math.inf) > _RECENTLY
    if (
        past
        and known.number == "singular"
        and any(acted.get(r, -math.inf) > acted.get(speaker, -math.inf) for r in scores)
    ):
        return False  # somebody else has acted since
    said = (cue, *discourse.parse.children_with(cue, "advmod"))
    return any(discourse.parse.lemmas[token] in word_class("additive") for token in said)


def _means_a_thing(discourse: Discourse, expression: Expression) -> bool:
    """Return whether "it" may mean a thing or a fact, which no list of bodies and documents knows.

    "It shows an officer", "It appeared that"; and "The decision destroys faith.
    It tells voters that ...".
    """
    if expression.speaks is None:
        return False
    parse, token, cue = discourse.parse, expression.token, expression.speaks.cue_head
    if cue is not None and (parse.pos[cue] == "ADJ" or parse.lemmas[cue] in word_class("impersonal_cue")):
        return True
    if parse.lemmas[parse.heads[token]] == "be" or parse.deps[token] == "nsubjpass":
        return True  # "It is worth noting that", "It was claims that", "It was said that"
    above = parse.child(parse.heads[parse.heads[token]], "nsubj", "nsubjpass")
    if parse.deps[parse.heads[token]] == "advcl" and above is not None and parse.tags[above] == "DT":
        return True  # "That is dangerous because it threatens"
    opening = parse.sentence_start(token)
    clauses = [t for t in parse.children_with(parse.heads[token], "advcl") if t < token]
    if clauses:  # "While the move cost little, it showed"
        subject = parse.child(clauses[-1], "nsubj", "nsubjpass")
    elif opening and parse.same_paragraph(opening - 1, token):
        root = next((t for t in range(*parse.sentence_of(opening - 1)) if parse.is_root(t)), opening - 1)
        subject = parse.child(root, "nsubj", "nsubjpass")
    else:
        return False
    is_thing = subject is not None and parse.pos[subject] == "NOUN" and noun(parse.lemmas[subject]) is None
    return is_thing and subject not in discourse.references


def _meant_by_other_pronoun(discourse: Discourse, expression: Expression, known: Pronoun) -> set[int] | None:
    """Return the people whom the other pronoun of the words said can mean, None without such a pronoun.

    "He said she had found the crack": with two people about, neither of whom is
    surely a woman but one surely a man, the man is "he". Were he the only one
    for "she", he would be no speaker.
    """
    other = {"m": "f", "f": "m"}.get(known.gender)
    if other is None or expression.speaks is None:
        return None
    parse, referents = discourse.parse, discourse.referents
    spoken = [pronoun(parse.words[t]) for span in expression.speaks.content for t in parse.tokens_in(span)]
    if other not in {word.gender for word in spoken if word is not None}:
        return None
    about = [referent for referent, _ in discourse.salience.active(discourse.now(expression.token))]
    return {r for r in about if referents[r].type == "person" and referents[r].gender_fit(other) > 0}


def _fit(referent: Referent, known: Pronoun) -> float:
    """Return how well a referent fits a pronoun's number, gender and kind, 0 for not at all."""
    is_body = referent.may_be("organization")
    if known.gender == "n" and not referent.plural and referent.type == "person" and not referent.sure:
        return 0.0 if referent.gender in ("m", "f") else _MISTAKEN
    if known.gender == "n":
        named_body = is_body and referent.name is not None
        return 0.0 if referent.plural else max(_THINGS.get(referent.type, 0.0), _BODY if named_body else 0.0)
    if known.number == "plural":
        if referent.plural or referent.type == "group":
            return 1.0
        return _BODY_AS_THEY if is_body else 0.0
    somebody = referent.type == "person" or (referent.type == "unknown" and referent.name is not None)
    if referent.plural or not somebody:
        return 0.0
    sure = 1.0 if referent.type == "person" else 0.35 if is_body else 0.5
    return referent.gender_fit(known.gender) * sure * (_UNNAMED if referent.name is None else 1.0)


def _barred(discourse: Discourse, expression: Expression, known: Pronoun) -> dict[int, str]:
    """Return the referents that grammar keeps a pronoun from meaning, with the reason."""
    token, role = expression.token, discourse.parse.deps[expression.token]
    out: dict[int | None, str] = {}
    if known.case == "object" or (known.case == "possessive" and role in ("dobj", "pobj", "dative")):
        out[subject_of_clause(discourse, token)] = "the subject of the same clause"
    if known.case == "possessive":
        out[_described_by(discourse, token)] = "described by the owned noun itself"
    if expression.speaks is not None:
        for mention in (expression.speaks.addressee, expression.speaks.medium):
            if mention is not None:
                out[discourse.entity_at.get(mention.head)] = "the one spoken to"
        out |= dict.fromkeys(_subject_of_words(discourse, expression), "the subject of the words said")
        out[_asker(discourse, token)] = "the one who asks it"
        if _replies(discourse, expression):
            out[discourse.last_speaker] = "the one who asked"
    for index, _ in discourse.said_around(token):
        reporter = discourse.candidates[index].speaker
        if reporter is not None and reporter.head > token and expression.speaks is not None:
            out[discourse.entity_at.get(reporter.head)] = "named after it as the one who reports it"
    return {referent: reason for referent, reason in out.items() if referent is not None}


def named_in_words(discourse: Discourse, expression: Expression) -> dict[int, int]:
    """Return whom the words name that somebody is reported to say, each with the token that does so.

    Only outside quotation marks, for inside them people name themselves: "“He called me Billie,” she said".
    """
    contents = () if expression.speaks is None else expression.speaks.content
    tokens = [t for span in contents for t in discourse.parse.tokens_in(span) if not discourse.article.is_quoted(t)]
    return {entity: t for t in tokens if t != expression.token and (entity := discourse.entity_at.get(t)) is not None}


def _subject_of_words(discourse: Discourse, expression: Expression) -> set[int]:
    """Return who is the subject of the words after their speaker: in "He said Ulm had left" he is not Ulm."""
    parse, clause = discourse.parse, None if expression.speaks is None else expression.speaks.argument
    subject = None if clause is None else parse.child(clause, "nsubj", "nsubjpass")
    if subject is None or subject < expression.token:
        return set()
    return {entity for entity in named_in_words(discourse, expression) if discourse.entity_at.get(subject) == entity}


def _asker(discourse: Discourse, token: int) -> int | None:
    """Return who asks somebody named about what a pronoun does: "Ulm asked Dahl about the night when <he> claimed"."""
    parse = discourse.parse
    below = token
    for verb in parse.ancestors(token, _LONGEST_CLIMB):
        if parse.deps[below] == "conj":
            break  # "Ulm asked Dahl to stay, and he pleaded"
        below, asked = verb, parse.child(verb, "dobj", "dative")
        if parse.lemmas[verb] in word_class("asking_verb") and asked is not None and asked < token:
            subject = parse.child(verb, "nsubj")
            named = discourse.known_at(asked) is not None
            return discourse.known_at(subject) if named and subject is not None and subject != token else None
    return None


def _replies(discourse: Discourse, expression: Expression) -> bool:
    """Return whether somebody replies to the words before: "A clerk asked why. She <replied>"."""
    cues = (None if expression.speaks is None else expression.speaks.cue_head, discourse.last_cue)
    lemmas = [discourse.parse.lemmas[cue] for cue in cues if cue is not None]
    return len(lemmas) == 2 and lemmas[0] in word_class("replying_cue") and lemmas[1] in word_class("asking_verb")


def subject_of_clause(discourse: Discourse, token: int) -> int | None:
    """Return who is the subject of the clause of an object: "she photographed her" is two people."""
    above = discourse.parse.ancestors(token, _LONGEST_CLIMB)
    subjects = [discourse.parse.child(head, "nsubj", "nsubjpass") for head in above]
    return next((discourse.known_at(s) for s in subjects if s is not None and s != token), None)


def _described_by(discourse: Discourse, token: int) -> int | None:
    """Return whom the owned noun itself describes: in "Liv, his opponent" Liv is not "his"."""
    parse, head = discourse.parse, discourse.parse.heads[token]
    subject = parse.child(parse.heads[head], "nsubj") if parse.deps[head] == "attr" else None
    entity = discourse.apposed.get(head)
    return discourse.entity_at.get(subject) if entity is None and subject is not None else entity


def antecedent_of_relative(discourse: Discourse, expression: Expression) -> Reference:
    """Return what "who" or "which" refers to: the noun that its clause is attached to, or one beside it that fits."""
    parse = discourse.parse
    above = (expression.token, *parse.ancestors(expression.token, _LONGEST_CLIMB - 1))
    clause = next((token for token in above if parse.deps[token] == "relcl"), None)
    if clause is None:
        return UNRESOLVED
    attached = parse.heads[clause]
    beside = (t for t in _nouns_beside(discourse, expression, attached) if _fits_relative(discourse, expression, t))
    found = _noun_of_relative(discourse, expression, next(beside, attached))
    return UNRESOLVED if found is None else Reference(found, "pronoun")


def _nouns_beside(discourse: Discourse, expression: Expression, attached: int) -> Iterator[int]:
    """Yield the noun a relative clause is attached to, those it depends on, and the one right before the clause.

    "A clerk from Velden, who said", "Liv Dorn, head of the Harbour Union, which said".
    """
    parse = discourse.parse
    yield attached
    for above in parse.ancestors(attached, _LONGEST_CLIMB):
        if parse.pos[above] not in ("NOUN", "PROPN", "ADP"):
            break
        if parse.pos[above] != "ADP":
            yield above
    before = expression.token - 1
    while before > attached and parse.pos[before] == "PUNCT":
        before -= 1
    if before > attached and parse.pos[before] in ("NOUN", "PROPN") and parse.lower(expression.token) == "which":
        yield before


def _fits_relative(discourse: Discourse, expression: Expression, token: int) -> bool:
    """Return whether a noun agrees with a relative pronoun's kind and with the number of its verb."""
    parse, word = discourse.parse, discourse.parse.lower(expression.token)
    known = discourse.known_at(token)
    listed = noun(parse.lemmas[token]) if parse.pos[token] == "NOUN" else None
    referent = None if known is None else discourse.referents[known]
    kind = referent.type if referent is not None else "unknown" if listed is None else listed.type
    if word == "who":
        return kind in ("person", "group", "unknown")
    if word == "which" and kind == "person" and (referent is None or referent.sure):
        return False
    if kind == "place" and expression.speaks is not None:
        return False  # "the Rowing League of Norland, which said"
    verb = parse.tags[parse.heads[expression.token]]
    return word == "which" or verb != ("VBZ" if parse.is_plural(token) else "VBP")


def _noun_of_relative(discourse: Discourse, expression: Expression, antecedent: int) -> int | None:
    parse = discourse.parse
    other = parse.child(antecedent, "conj")
    if other is not None and antecedent < other < expression.token:
        return discourse.groups.get(other)  # "Ministers and mayors, who ..." are both
    found = discourse.known_at(antecedent)
    # By "who" people may be meant, by "which" a document or a body: "He died of cancer, which proved it".
    known = noun(parse.lemmas[antecedent]) if parse.pos[antecedent] == "NOUN" else None
    word = parse.lower(expression.token)
    types = ("person", "group") if word == "who" else ("document", "organization")
    fits = known.type in types if known is not None else word == "that" and parse.pos[antecedent] == "NOUN"
    return discourse.bring_in(antecedent) if found is None and fits else found


def later_antecedent(discourse: Discourse, expression: Expression) -> Reference:
    """Return whom a pronoun without anybody before it means: the one subject named soon after.

    '"I never saw it," he said. Tom Baker, 43, was walking his dog.'
    """
    parse, token = discourse.parse, expression.token
    known = pronoun(parse.words[token])
    if known is None or known.case != "subject" or known.gender not in ("m", "f"):
        return UNRESOLVED
    last = min(parse.sentences[token] + _LOOK_AHEAD, len(parse.sentence_bounds)) - 1
    named: set[int] = set()
    subjects: set[int] = set()
    for later in range(token + 1, parse.sentence_bounds[last][1]):
        entity = discourse.entity_at.get(later)
        if entity is None or discourse.article.is_quoted(later):
            continue
        referent = discourse.referents[entity]
        if referent.type == "person" and referent.gender_fit(known.gender) > 0:
            is_subject = parse.deps[later] in ("nsubj", "nsubjpass")
            named.add(entity)
            subjects |= {entity} if is_subject and parse.deps[parse.heads[later]] in _MAIN_CLAUSES else set()
    if len(named) != 1 or not subjects:
        return UNRESOLVED
    found = Reference(named.pop(), "pronoun")
    explain(discourse, "pronoun", expression, found, "the only subject named soon after it")
    return found
