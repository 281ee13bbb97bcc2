"""Whether an attribution reports something that has been said, or only might be."""

from __future__ import annotations

from functools import cache

from quotes.candidates.candidate import Candidate
from quotes.lexicon import table, words
from quotes.syntax.parse import Parse

_MODALS = frozenset(
    [
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "could",
        "must",
        "can",
        "ll",
        "'ll",
        "’ll",
        "'d",
        "’d",
        "wo",
        "ca",
    ]
)
_REPORTING_NOW = frozenset({"reveal", "report", "disclose", "confirm", "announce", "exclusively"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "till"})
_INSTEAD = frozenset({"without", "instead", "rather"})
_COMPLEMENTS = frozenset({"xcomp", "advcl", "acl", "ccomp", "csubj"})
_PUT_TO_SOMEBODY = frozenset({"ask", "inform", "press", "question", "remind", "tell", "warn"})
_HIGHEST = 6
_LONGEST_COMMENT = 3
"""Words of "to comment further"."""


def is_actual(parse: Parse, candidate: Candidate) -> bool:
    """Return whether the cue tells of words that were said, thought or withheld in fact.

    Future, conditional and refused saying is not actual, nor are idioms ("that
    said") and commands ("say what you like"). "Did not say" and "denied" are.

    Args:
        parse: The parse.
        candidate: The attribution.

    Returns:
        Whether it is actual; True without a cue.
    """
    head = candidate.cue_head
    if head is None:
        return True
    if parse.pos[head] not in ("VERB", "AUX") or parse.words[head].lower() == "according":
        return not (_idiom(parse, head) or _behind_open_word(parse, head))
    return not (
        _idiom(parse, head)
        or _unrealised(parse, candidate, head)
        or _behind_open_word(parse, head)
        or _question(parse, candidate, head)
        or _command(parse, candidate, head)
        or _opens_with_question(parse, candidate, head)
        or _comment_sought(parse, candidate)
    )


def _idiom(parse: Parse, head: int) -> bool:
    """Return whether the cue is a word of a set phrase, or "say" in the sense of "for example"."""
    word = parse.words[head].lower()
    places = _idioms_with().get(word.replace("’", "'"))
    if places is not None:
        begin, end = parse.sentence_bounds[parse.sentences[head]]
        first, last = max(begin, head - 5), min(end, head + 5)
        around = [w.lower().replace("’", "'") for w in parse.words[first:last]]
        for phrase, place in places:
            at = head - first - place
            if at >= 0 and around[at : at + len(phrase)] == phrase:
                return True
    return word == "say" and parse.deps[head] == "intj" and head > 0 and parse.words[head - 1] == ","


@cache
def _idioms_with() -> dict[str, list[tuple[list[str], int]]]:
    """Return the set phrases that hold each word, with the word's place in them."""
    found: dict[str, list[tuple[list[str], int]]] = {}
    for phrase in map(str.split, words("idioms")):
        for place, word in enumerate(phrase):
            found.setdefault(word, []).append((phrase, place))
    return found


def overcome(parse: Parse, verb: int) -> bool:
    """Return whether a denied reluctance means that the words were said ("could not resist saying").

    Args:
        parse: The parse.
        verb: A verb above the cue, or the cue.

    Returns:
        Whether the verb is one of reluctance and is negated.
    """
    fields = table("unrealised").get(parse.lemmas[verb], ())
    return "overcome" in fields and any(parse.deps[c] == "neg" for c in parse.children[verb])


def _in_content(parse: Parse, candidate: Candidate, token: int) -> bool:
    """Return whether a token stands in the words said; few need to be looked at."""
    return any(token in parse.tokens_in(span) for span in candidate.content)


def _unrealised(parse: Parse, candidate: Candidate, head: int) -> bool:
    """Return whether the cue or a verb it hangs on is future, conditional or refused."""
    token = head
    for _ in range(_HIGHEST):
        if token != head and overcome(parse, token):
            return False
        if _hypothetical(parse, candidate, token, head):
            return True
        above = parse.heads[token]
        if above == token or _in_content(parse, candidate, above):
            return False
        if _ruled_out(parse, token, above):
            return True
        if not _passes_on(parse, token, above):
            return False
        token = above
    return False


def _behind_open_word(parse: Parse, head: int) -> bool:
    """Return whether "expected to", "due to" and the like stand right before the cue.

    The parse may miss it: "is due to brief allies" can come out as "due to" and
    a noun phrase.
    """
    if head < 2 or parse.words[head - 1].lower() != "to" or parse.tags[head - 1] == "POS":
        return False
    before = head - 2
    return _leaves_open(parse, before, head) and not overcome(parse, before)


def _ruled_out(parse: Parse, verb: int, above: int) -> bool:
    """Return whether what a verb depends on leaves it open or excludes it."""
    label = parse.deps[verb]
    if label == "pcomp":
        # "without saying who", "instead of saying".
        return parse.words[above].lower() in _INSTEAD
    if label not in _COMPLEMENTS or overcome(parse, above):
        return False
    if _infinitive(parse, verb):
        return _leaves_open(parse, above, verb)
    # "avoided saying", "stopped saying".
    return parse.tags[verb] == "VBG" and "overcome" in table("unrealised").get(parse.lemmas[above], ())


def _passes_on(parse: Parse, verb: int, above: int) -> bool:
    """Return whether what is said of the governor holds for the verb under it too."""
    label = parse.deps[verb]
    if label == "conj":
        # "might ring and say that": the second verb shares the modal, unless it has a tense of its own.
        return parse.tags[verb] == "VB" and parse.pos[above] in ("VERB", "AUX")
    if label in ("aux", "prep", "pcomp", "acomp", "xcomp"):
        return True
    return label in _COMPLEMENTS and _infinitive(parse, verb)


def _hypothetical(parse: Parse, candidate: Candidate, verb: int, cue: int) -> bool:
    """Return whether a modal verb or a condition stands over one verb."""
    for child in parse.children[verb]:
        label = parse.deps[child]
        if child >= verb or label not in ("aux", "mark", "advmod"):
            continue
        word = parse.words[child].lower()
        if label == "aux" and word in _MODALS and parse.tags[child] == "MD":
            revealing = word == "can" and parse.lemmas[cue] in _REPORTING_NOW
            told = not revealing or any(parse.deps[c] == "neg" for c in parse.children[verb])
        else:
            told = label != "aux" and word in _CONDITIONS
        if told and not _in_content(parse, candidate, child):
            return True
    return False


def _infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.tags[c] == "TO" and c < verb for c in parse.children[verb])


def _leaves_open(parse: Parse, governor: int, verb: int) -> bool:
    """Return whether a governor of an infinitive leaves open that it happened."""
    lemma, word = parse.lemmas[governor], parse.words[governor].lower()
    if "have" in {parse.lemmas[c] for c in parse.children[verb] if parse.deps[c] == "aux"}:
        # "was expected to have told" is rare; "is said to have told" and "is believed to have said" report.
        return False
    if lemma in ("want", "wish", "like"):
        # "wanted to know why", "wanted to make clear that" are ways of asking and saying.
        return parse.lemmas[verb] not in ("know", "stress", "emphasise", "emphasize", "make", "clear", "hear")
    if lemma == "have":
        # "has yet to say"; but "had to admit".
        return any(parse.words[c].lower() == "yet" for c in parse.children[governor])
    if lemma == "go" and parse.tags[governor] == "VBG":
        return parse.child(governor, "prt") is None and not any(
            parse.words[c].lower() == "on" for c in parse.children[governor]
        )
    return lemma in words("unrealised") or word in words("unrealised")


def _question(parse: Parse, candidate: Candidate, head: int) -> bool:
    """Return whether the cue is what a question asks about ("Did he say that?")."""
    aux = next((c for c in parse.children[head] if parse.deps[c] == "aux" and parse.lemmas[c] == "do"), None)
    subject = parse.child(head, "nsubj") if aux is not None else None
    if aux is None or subject is None or not aux < subject < head:
        return False
    end = parse.sentence_bounds[parse.sentences[head]][1]
    marks = [t for t in range(head, end) if parse.words[t] == "?"]
    return not all(_in_content(parse, candidate, t) for t in marks)


def _command(parse: Parse, candidate: Candidate, head: int) -> bool:
    """Return whether the cue is an imperative ("Say what you like")."""
    if candidate.speaker is not None or parse.tags[head] not in ("VB", "VBP"):
        return False
    if any(parse.deps[c] in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in parse.children[head]):
        return False
    begin = parse.sentence_bounds[parse.sentences[head]][0]
    # "If he asks, tell him": a condition may stand before the command.
    clauses = (c for c in parse.children[head] if c < head and parse.deps[c] == "advcl")
    aside = {t for c in clauses for t in range(parse.left[c], parse.right[c] + 1)}
    light = ("PUNCT", "ADV", "INTJ", "CCONJ", "SPACE")
    opens = all(parse.pos[t] in light for t in range(begin, head) if t not in aside)
    return opens and parse.deps[head] in ("ROOT", "conj", "ccomp", "advcl", "intj", "parataxis")


def _opens_with_question(parse: Parse, candidate: Candidate, head: int) -> bool:
    """Return whether the named speaker is the one who was asked or told.

    "Asked whether he would go, the minister said no": somebody unnamed asked.
    """
    main = parse.heads[head]
    if candidate.speaker is None or parse.deps[head] != "advcl" or parse.tags[head] not in ("VBN", "VBD"):
        return False
    if parse.lemmas[head] not in _PUT_TO_SOMEBODY or not head < candidate.speaker.head <= main:
        return False
    own = any(parse.deps[c] in ("nsubj", "nsubjpass", "aux", "auxpass") for c in parse.children[head])
    return not own and candidate.speaker.head in parse.children[main]


def _comment_sought(parse: Parse, candidate: Candidate) -> bool:
    """Return whether nothing is reported but that somebody's words were asked for ("asked to comment")."""
    said: list[str] = []
    for span in candidate.content:
        for token in parse.tokens_in(span):
            if parse.pos[token] not in ("PUNCT", "SPACE"):
                said.append(parse.lemmas[token])
            if said and (said[0] != "to" or len(said) > _LONGEST_COMMENT):
                return False
    return said[1:2] in (["comment"], ["respond"], ["elaborate"])
