"""Edits quotations at known places and counts what `quotes.verify` makes of each edit.

    python benchmarks/verify_edits.py [--rounds 3] [--seed 7] [--verbose] [--json]

From each transcript under fixtures/transcripts quotations are taken and edited in every way that reports do:
words dropped, added, changed, moved, negated, renumbered, contracted; sentences joined from far apart; another
speaker named; only punctuation or spelling touched. What the verdict and the flags must be is known from the edit
alone, so precision and recall are exact. Prints them beside baselines; those that are not installed (rapidfuzz,
quid) are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from quotes.models import Statement, Verification
from quotes.text.document import Document, make_document, read_document
from quotes.text.turns import turns_of
from quotes.verification import Verifier
from quotes.verification.words import words_of

TRANSCRIPTS = Path(__file__).parents[1] / "fixtures" / "transcripts"
VERDICTS = ("verbatim", "trimmed", "altered", "spliced", "not_found")
FLAGS = ("negation", "condition", "quantity", "name", "other_speaker")
AUXILIARIES = ("will", "would", "could", "should", "is", "are", "was", "were", "can", "has", "had", "have", "may")
NEGATED = {"is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "has": "hasn't", "could": "couldn't"}
CONTRACTED = {"do not": "don't", "did not": "didn't", "I have": "I've", "we have": "we've", "it is": "it's",
              "I will": "I'll", "would not": "wouldn't", "is not": "isn't", "has not": "hasn't", "we will": "we'll",
              "I would": "I'd"}  # fmt: skip
HEDGES = ("perhaps", "probably", "possibly", "almost", "maybe")
AMOUNTS = {"all": "some", "every": "each", "most": "some", "half": "all", "none": "some", "many": "few", "both": "half"}
NUMBERS = {"two": "three", "three": "five", "four": "six", "five": "nine", "six": "four", "seven": "eleven",
           "nine": "seven", "eleven": "twelve", "forty": "fifty", "twenty": "thirty",
           "fifteen": "eighteen"}  # fmt: skip
SPELLED = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
           "eleven": "11", "forty": "40", "thirty": "30", "Mr.": "Mister", "Mrs.": "Missus", "per cent": "percent",
           "neighbours": "neighbors", "neighbour": "neighbor", "metres": "meters", "metre": "meter"}  # fmt: skip
NAMES = ("Varga", "Ostby", "Kellinghurst", "Sarratt")
ADDED = ("really", "simply", "frankly", "indeed", "certainly", "again", "today", "quite")
OTHER_WORDS = ("carpet", "borrowed", "purple", "quietly", "whistle", "gathered", "narrow", "paint", "forgets")
KEPT_WORDS = re.compile(
    r"(?i)\b(?:not|no|never|nobody|nothing|none|neither|nor|without|if|unless|may|might|could|would|should|perhaps|"
    r"probably|possibly|almost|nearly|maybe|likely|usually|certainly|all|some|any|many|most|few|several|every|each|more|less|"
    r"half|both|only|enough|much|third|thirds|fifth|tenth|twice|once|first|second|second|either|whether|seem\w*|"
    r"\w+n't|about|between|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|nineteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|anyone|everyone|everywhere|everything|always)\b|\d|(?-i:[A-Z])"
)
"""Words that bear on what is said: a neutral edit leaves them alone."""
INVENTED = (
    "We were promised a boat and nobody ever came to our street",
    "I sold the farm in the spring because the bank would not wait",
    "There was singing in the corridor until the lights went out",
    "My grandfather laid that road with his own hands",
    "The match should have been called off at half time",
    "Our hens stopped laying on the day the fair arrived",
    "You could hear the orchestra from the other side of the park",
    "They asked for passports at a border that does not exist",
    "The soup was cold, the waiter was colder and we paid in coins",
    "Somebody painted the post box green during the night",
    "It takes a week to learn the dance and a year to forget it",
    "The mayor's cat has more followers than the mayor",
)


class Passage(NamedTuple):
    """Some sentences that one speaker says in a row, and who that is."""

    document: Document
    speaker: str
    sentences: tuple[str, ...]


class Case(NamedTuple):
    """An edited quotation: its pieces, what is done to it, and what must come out."""

    passage: Passage
    pieces: tuple[str, ...]
    edit: str
    verdict: str
    flags: frozenset[str] | None = frozenset()
    """None where the words lost may be of any kind."""
    speaker: str | None = None


Row = tuple[int, float, float]
"""Number, precision and recall."""
Edit = Callable[[Passage, str, random.Random], "Case | None"]


def passages(document: Document) -> list[Passage]:
    """Return the paragraphs of a transcript as sentences by speaker; of a speech, whose speaker has no label, too."""
    turns = turns_of(document)
    found = []
    for paragraph in document.paragraphs:
        turn = next((each for each in reversed(turns) if each.label.start <= paragraph.span.start), None)
        if turns and turn is None:
            continue
        start = max(paragraph.span.start, turn.label.end) if turn and turn.label.start == paragraph.span.start else None
        text = document.text[start or paragraph.span.start : paragraph.span.end]
        sentences = tuple(re.split(r"(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!Mrs\.)(?<=[.!?]) +", text))
        if len(text.split()) > 12:
            found.append(Passage(document, turn.speaker if turn else "", sentences))
    return found


def quotation(passage: Passage, chance: random.Random) -> str | None:
    """Return one or two sentences in a row of 8 to 45 words, None where there are none."""
    count = chance.choice((1, 1, 2))
    starts = range(len(passage.sentences) - count + 1)
    runs = [" ".join(passage.sentences[at : at + count]) for at in starts]
    fit = [run for run in runs if 8 <= len(run.split()) <= 45]
    return chance.choice(fit) if fit else None


def same(passage: Passage, text: str, chance: random.Random) -> Case:
    """Leave the words alone, or begin and end anywhere but inside a number."""
    parts = text.split()
    first, last = chance.randrange(0, 3), len(parts) - chance.randrange(0, 3)
    if any(KEPT_WORDS.search(part) for part in (*parts[:first], *parts[last:])):
        first, last = 0, len(parts)
    return Case(passage, (" ".join(parts[first:last]),), "same", "verbatim")


def repunctuated(passage: Passage, text: str, chance: random.Random) -> Case:
    """Change case and punctuation only."""
    other = re.sub(r"[,;](?!\d)", lambda _: chance.choice((" -", "", ",")), text)
    other = other[0].swapcase() + other[1:].replace("'", "’").rstrip(".!?") + ","
    return Case(passage, (other,), "repunctuated", "verbatim")


def respelled(passage: Passage, text: str, _: random.Random) -> Case | None:
    """Write numbers, titles and words in another spelling."""
    other = text
    for one, another in SPELLED.items():
        other = re.sub(rf"(?<![\w-]){re.escape(one)}(?![\w-])(?! (?:hundred|thousand|million|o'clock))", another, other)
    return Case(passage, (other,), "respelled", "verbatim") if other != text else None


def bracketed(passage: Passage, text: str, chance: random.Random) -> Case:
    """Add an explanation in brackets."""
    parts = text.split()
    at = chance.randrange(2, len(parts) - 1)
    return Case(passage, (" ".join([*parts[:at], "[as the council calls it]", *parts[at:]]),), "bracketed", "verbatim")


def split(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Interrupt the quotation by its reporting clause, without a loss."""
    parts = text.split()
    at = chance.randrange(3, len(parts) - 3)
    if any(KEPT_WORDS.search(part) for part in parts[at - 1 : at + 1]):  # no number is cut in two
        return None
    return Case(passage, (" ".join(parts[:at]) + ",", " ".join(parts[at:])), "split", "verbatim")


def split_with_loss(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Interrupt it, and lose up to fifteen words there."""
    parts = text.split()
    if len(parts) < 14:
        return None
    lost = chance.randrange(1, min(15, len(parts) - 10) + 1)
    at = chance.randrange(5, len(parts) - lost - 4)
    return Case(passage, (" ".join(parts[:at]) + ",", " ".join(parts[at + lost :])), "split with loss", "trimmed", None)


def _neutral(text: str, chance: random.Random, count: int) -> tuple[list[str], int] | None:
    """Return the words and where so many neutral ones begin, inside, not at an end."""
    parts = text.split()
    places = range(3, len(parts) - count - 2)
    good = [at for at in places if not any(KEPT_WORDS.search(part) for part in parts[at - 1 : at + count + 1])]
    return (parts, chance.choice(good)) if good else None


def dropped(passage: Passage, text: str, chance: random.Random, mark: str = "") -> Case | None:
    """Drop one to four words inside."""
    count = chance.randrange(1, 5)
    found = _neutral(text, chance, count)
    if found is None:
        return None
    parts, at = found
    repeats = parts[at : at + count] == parts[at + count : at + 2 * count]
    left = [*parts[:at], *([mark] if mark else []), *parts[at + count :]]
    return None if repeats else Case(passage, (" ".join(left),), f"dropped{', marked' * bool(mark)}", "trimmed")


def dropped_with_mark(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Drop one to four words inside and mark it."""
    return dropped(passage, text, chance, chance.choice(("...", "…", "[…]")))


def added(passage: Passage, text: str, chance: random.Random) -> Case:
    """Add a word inside that is not there."""
    parts = text.split()
    at = chance.randrange(2, len(parts) - 1)
    word = chance.choice([word for word in ADDED if word not in parts[at - 1 : at + 1] and word != "certainly"])
    return Case(passage, (" ".join([*parts[:at], word, *parts[at:]]),), "added", "altered")


def changed(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Put another word in the place of one."""
    found = _neutral(text, chance, 1)
    if found is None:
        return None
    parts, at = found
    return Case(passage, (" ".join([*parts[:at], chance.choice(OTHER_WORDS), *parts[at + 1 :]]),), "changed", "altered")


def moved(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Let two neighbouring words change places."""
    found = _neutral(text, chance, 2)
    if found is None or found[0][found[1]].strip(",.").lower() == found[0][found[1] + 1].strip(",.").lower():
        return None
    parts, at = found
    return Case(passage, (" ".join([*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]),), "moved", "altered")


def _replaced(
    passage: Passage, text: str, chance: random.Random, table: dict[str, str], edit: str, flags: Sequence[str] = ()
) -> Case | None:
    found = [match for word in table for match in re.finditer(rf"(?<![\w'-]){re.escape(word)}(?![\w'-])", text)]
    if not found:
        return None
    match = chance.choice(found)
    other = text[: match.start()] + table[match[0]] + text[match.end() :]
    return Case(passage, (other,), edit, "altered", frozenset(flags))


def contracted(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Contract two words."""
    return _replaced(passage, text, chance, CONTRACTED, "contracted")


def expanded(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Write a contraction out."""
    return _replaced(passage, text, chance, {short: full for full, short in CONTRACTED.items()}, "expanded")


def renumbered(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Change a number."""
    found = re.search(r"\b\d{2,3}\b(?![,.]\d)", text)
    if found and chance.random() < 0.5:
        other = text[: found.start()] + str(int(found[0]) + chance.randrange(2, 9)) + text[found.end() :]
        return Case(passage, (other,), "renumbered", "altered", frozenset({"quantity"}))
    return _replaced(passage, text, chance, NUMBERS, "renumbered", ["quantity"])


def another_amount(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Change "all" to "some" and the like."""
    return _replaced(passage, text, chance, AMOUNTS, "another amount", ["quantity"])


def negated(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Add a negation after an auxiliary, or contract it with one."""
    if chance.random() < 0.4:
        return _replaced(passage, text, chance, NEGATED, "negated", ["negation"])
    table = {word: f"{word} {chance.choice(('not', 'never'))}" for word in AUXILIARIES}
    case = _replaced(passage, text, chance, table, "negated", ["negation"])
    return None if case and re.search(r"\b(not|never) (not|never|n't)\b", case.pieces[0]) else case


def affirmed(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Drop a negation: nothing is changed, one word is left out."""
    found = [m for m in re.finditer(r"(?<=\w )(?:not|never)\b ", text) if 12 < m.start() < len(text) - 12]
    if not found:
        return None
    match = chance.choice(found)
    other = text[: match.start()] + text[match.end() :]
    return Case(passage, (other,), "affirmed", "trimmed", frozenset({"negation"}))


def hedged(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Make it less certain."""
    if chance.random() < 0.5:
        table = {"will": "may", "can": "might", "is": "may be", "would": "might"}
        return _replaced(passage, text, chance, table, "hedged", ["condition"])
    parts = text.split()
    at = chance.randrange(2, len(parts) - 1)
    word = chance.choice([hedge for hedge in HEDGES if hedge not in parts[at - 1 : at + 1]])
    return Case(passage, (" ".join([*parts[:at], word, *parts[at:]]),), "hedged", "altered", frozenset({"condition"}))


def made_certain(passage: Passage, text: str, _: random.Random) -> Case | None:
    """Drop a hedge."""
    found = [m for m in re.finditer(r"(?<=\w )(?:probably|perhaps|almost|likely)\b ", text) if m.end() < len(text) - 12]
    if not found or found[0].start() < 10:
        return None
    other = text[: found[0].start()] + text[found[0].end() :]
    return Case(passage, (other,), "made certain", "trimmed", frozenset({"condition"}))


def renamed(passage: Passage, text: str, chance: random.Random) -> Case | None:
    """Change a name inside a sentence."""
    names = [m for m in re.finditer(r"(?<=[a-z,] )(?!I\b|God)[A-Z][a-z]{3,}\b", text) if m.start() > 3]
    if not names:
        return None
    match = chance.choice(names)
    other = text[: match.start()] + chance.choice(NAMES) + text[match.end() :]
    return Case(passage, (other,), "renamed", "altered", frozenset({"name"}))


def _far_apart(passage: Passage, chance: random.Random) -> tuple[str, str] | None:
    """Return two sentences of the same speaker with more than fifteen words between them, in order."""
    sentences = passage.sentences
    pairs = [
        (sentences[one], sentences[other])
        for one in range(len(sentences))
        for other in range(one + 2, len(sentences))
        if sum(len(each.split()) for each in sentences[one + 1 : other]) > 17
        and all(5 <= len(sentences[at].split()) <= 25 for at in (one, other))
    ]
    return chance.choice(pairs) if pairs else None


def spliced(passage: Passage, _: str, chance: random.Random) -> Case | None:
    """Join two sentences from far apart."""
    found = _far_apart(passage, chance)
    if found is None:
        return None
    pieces = (" ".join(found),) if chance.random() < 0.5 else found
    return Case(passage, pieces, "spliced", "spliced")


def reversed_order(passage: Passage, _: str, chance: random.Random) -> Case | None:
    """Join two sentences in the other order."""
    found = _far_apart(passage, chance)
    if found is None:
        return None
    pieces = (" ".join(found[::-1]),) if chance.random() < 0.5 else found[::-1]
    return Case(passage, pieces, "reversed", "spliced")


def foreign(passage: Passage, _: str, chance: random.Random) -> Case:
    """Say something that is in no source."""
    return Case(passage, (chance.choice(INVENTED) + ",",), "foreign", "not_found")


EDITS: tuple[Edit, ...] = (
    *(same, repunctuated, respelled, bracketed, split, split_with_loss, dropped, dropped_with_mark),
    *(added, changed, moved, contracted, expanded, renumbered, another_amount, negated, affirmed),
    *(hedged, made_certain, renamed),
    *(spliced, reversed_order, foreign),
)


def cases(documents: Sequence[Document], rounds: int, seed: int) -> Iterator[Case]:
    """Yield every edit of each passage, so many times, and sayings of others: elsewhere, or in the same transcript."""
    chance = random.Random(seed)
    every = {document.id: passages(document) for document in documents}
    for document in documents:
        speakers = sorted({passage.speaker for passage in every[document.id]} - {"QUESTION"})
        others = [passage for other, some in every.items() if other != document.id for passage in some]
        for passage in every[document.id] * rounds:
            for edit in EDITS:
                text = quotation(passage, chance)
                case = edit(passage, text, chance) if text else None
                if case is not None:
                    yield case
            text, stranger = quotation(passage, chance), quotation(chance.choice(others), chance)
            if stranger is not None:
                yield Case(passage, (stranger,), "from elsewhere", "not_found")
            rivals = [name for name in speakers if name != passage.speaker]
            if text and passage.speaker and rivals:
                yield Case(passage, (text,), "swapped", "verbatim", frozenset({"other_speaker"}), chance.choice(rivals))


def reported(some: Sequence[Case]) -> tuple[Document, list[Statement]]:
    """Return an article that reports cases, a paragraph each, and its statements."""
    text, statements = "", []
    for case in some:
        name = (case.speaker or case.passage.speaker).title()
        spans = []
        for number, piece in enumerate(case.pieces):
            text += "“" if number == 0 else f"” {name or 'the speaker'} said. “"
            spans.append({"start": len(text), "end": len(text) + len(piece), "text": piece})
            text += piece
        statements.append(_statement(spans, name))
        text += f"” {name or 'the speaker'} said.\n\n"
    return make_document(text), statements


def _statement(spans: list[dict[str, object]], name: str) -> Statement:
    nothing = dict.fromkeys(("mention", "entity", "role", "represents", "anonymity"))
    speaker = {**nothing, "name": name, "type": "person", "resolved_by": "name", "confidence": 1.0} if name else None
    document = {"id": "report", "path": None, "sha256": "0" * 64, "title": None, "publisher": None, "published": None}
    extractor = {"name": "quotes", "version": "0", "model": "none", "model_version": "0"}
    return Statement.model_validate(
        {
            "id": str(spans[0]["start"]),
            "kind": "direct",
            "attitude": "statement",
            "negated": False,
            "content": {"text": " … ".join(str(span["text"]) for span in spans), "spans": spans},
            "cue": {"start": 0, "end": 4, "text": "said", "lemma": "say"},
            "speaker": speaker,
            **dict.fromkeys(("addressee", "medium", "when")),
            "confidence": 1.0,
            "provenance": {
                "document": document,
                "paragraph": 0,
                "sentence": 0,
                "rule": "quotation_before_cue",
                "extractor": extractor,
            },
        }
    )


def flags_of(found: Verification) -> set[str]:
    """Return the concerns of the differences, and whether somebody else says it."""
    return {each.concerns for each in found.differences if each.concerns} | {"other_speaker"} & (
        {"other_speaker"} if found.other_speaker else set()
    )


def verified(some: Sequence[Case]) -> Iterator[tuple[Case, str, set[str]]]:
    """Yield each case with its verdict and its flags."""
    by_source: dict[str, list[Case]] = {}
    for case in some:
        by_source.setdefault(case.passage.document.id, []).append(case)
    for own in by_source.values():
        verifier = Verifier(own[0].passage.document)
        for case in own:  # each in an article of its own: the others' places are no help
            article, statements = reported([case])
            (found,) = verifier.verify(statements, article)
            yield case, str(found.verdict), flags_of(found)


def raw_substring(case: Case) -> str:
    """Return the verdict of a search for the very text."""
    text = case.passage.document.text
    return "verbatim" if all(piece.strip(",") in text for piece in case.pieces) else "not_found"


def normalised_substring(case: Case) -> str:
    """Return the verdict of a search for the words, whatever their case, punctuation and spelling."""
    text = " ".join(words_of(case.passage.document.text).forms)
    return "verbatim" if all(" ".join(words_of(piece).forms) in text for piece in case.pieces) else "not_found"


def partial_ratio(case: Case) -> str:
    """Return the verdict of a fuzzy search: the same, alike, or not there."""
    from rapidfuzz import fuzz

    text = case.passage.document.text.lower()
    scores = [fuzz.partial_ratio(piece.strip(",").lower(), text) for piece in case.pieces]
    mean = sum(scores) / len(scores)
    return "verbatim" if mean >= 99.0 else "altered" if mean >= 70.0 else "not_found"


def quid_verdicts(some: Sequence[Case]) -> list[tuple[str, str]]:
    """Return wanted verdicts and those of Quid, a finder of quotations in literature and papers about it.

    It is given each transcript and a report of all its cases, with its default settings. A quotation is found
    when seven tenths of it are in its matches, and the same when the words matched are.
    """
    from quid.core.Quid import Quid

    pairs = []
    for document in {case.passage.document.id: case.passage.document for case in some}.values():
        own = [case for case in some if case.passage.document.id == document.id]
        article, statements = reported(own)
        matches = [(m.source_span, m.target_span) for m in Quid().compare(document.text, article.text)]
        for case, statement in zip(own, statements, strict=True):
            spans = statement.content.spans
            inside = [(s, t) for s, t in matches if any(t.start < x.end and x.start < t.end for x in spans)]
            covered = sum(max(0, min(t.end, x.end) - max(t.start, x.start)) for _, t in inside for x in spans)
            found = covered >= 0.7 * sum(x.end - x.start for x in spans)
            same = all(words_of(s.text).forms == words_of(t.text).forms for s, t in inside)
            pairs.append((case.verdict, "not_found" if not found else "verbatim" if same else "altered"))
    return pairs


def table_of(pairs: Sequence[tuple[str, str]]) -> dict[str, Row]:
    """Return number, precision and recall of each verdict from pairs of wanted and given ones."""
    counted = Counter(pairs)
    rows = {}
    for verdict in VERDICTS:
        right = counted[verdict, verdict]
        given = sum(number for (_, got), number in counted.items() if got == verdict)
        wanted = sum(number for (want, _), number in counted.items() if want == verdict)
        rows[verdict] = (wanted, right / given if given else 0.0, right / wanted if wanted else 0.0)
    return rows


def flag_table(results: Sequence[tuple[Case, str, set[str]]]) -> dict[str, Row]:
    """Return number, precision and recall of each flag."""
    rows = {}
    for flag in FLAGS:
        judged = [(case.flags, flags) for case, _, flags in results if case.flags is not None]
        right = sum(flag in want and flag in flags for want, flags in judged)
        given = sum(flag in flags for _, flags in judged)
        wanted = sum(flag in want for want, _ in judged)
        rows[flag] = (wanted, right / given if given else 0.0, right / wanted if wanted else 0.0)
    return rows


def show(count: int, verdicts: Mapping[str, Mapping[str, Row]], flags: Mapping[str, Row]) -> None:
    """Write a table of verdicts by method and one of flags: number, precision and recall in per cent."""
    lines = [f"{count} quotations\n", f"{'':26}" + "".join(f"{name:>18}" for name in VERDICTS)]
    for method, rows in verdicts.items():
        cells = (f"{100 * rows[name][1]:.1f} / {100 * rows[name][2]:.1f}" for name in VERDICTS)
        lines.append(f"{method:26}" + "".join(f"{cell:>18}" for cell in cells))
    lines.append(f"{'number':26}" + "".join(f"{verdicts['quotes verify'][name][0]:>18}" for name in VERDICTS) + "\n")
    lines += [f"{flag:26}{100 * p:.1f} / {100 * r:.1f} of {number}" for flag, (number, p, r) in flags.items()]
    sys.stdout.write("\n".join(lines) + "\n\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 when a verdict is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="times that each passage is edited in each way")
    parser.add_argument("--seed", type=int, default=7, help="start of the random choices")
    parser.add_argument("--verbose", action="store_true", help="list what came out otherwise")
    parser.add_argument("--json", action="store_true", help="write JSON")
    options = parser.parse_args(arguments)
    documents = [read_document(path) for path in sorted(TRANSCRIPTS.glob("*.txt"))]
    some = list(cases(documents, options.rounds, options.seed))
    results = list(verified(some))
    verdicts = {
        "quotes verify": table_of([(case.verdict, verdict) for case, verdict, _ in results]),
        "raw substring": table_of([(case.verdict, raw_substring(case)) for case in some]),
        "normalised substring": table_of([(case.verdict, normalised_substring(case)) for case in some]),
    }
    try:
        verdicts["partial ratio, 70 and 99"] = table_of([(case.verdict, partial_ratio(case)) for case in some])
    except ModuleNotFoundError:
        sys.stderr.write("rapidfuzz is not installed: its baseline is left out\n")
    try:
        verdicts["Quid"] = table_of(quid_verdicts(some))
    except ModuleNotFoundError:
        sys.stderr.write("quid is not installed: its baseline is left out\n")
    flags = flag_table(results)
    if options.json:
        sys.stdout.write(json.dumps({"cases": len(some), "verdicts": verdicts, "flags": flags}, indent=2) + "\n")
        return 0
    show(len(some), verdicts, flags)
    wrong = [
        (case, got, seen)
        for case, got, seen in results
        if got != case.verdict or case.flags not in (None, frozenset(seen))
    ]
    by_edit = Counter(case.edit for case in some)
    lost = Counter(case.edit for case, _, _ in wrong)
    right = {edit: number - lost[edit] for edit, number in by_edit.items()}
    sys.stdout.writelines(f"{edit:18} {right[edit]:4} of {by_edit[edit]:4} right\n" for edit in by_edit)
    if options.verbose:
        for case, got, seen in wrong:
            came = f"{case.verdict} {sorted(case.flags or ())} came out {got} {sorted(seen)}"
            sys.stdout.write(f"{case.edit}: {came}: {' // '.join(case.pieces)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
