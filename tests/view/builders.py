"""Builds articles with statements by hand, for tests of the view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.models import Statement
from quotes.text.document import Document, make_document
from quotes.verification import Verifier
from quotes.view import Article
from quotes.view.verified import Checked
from tests.conftest import entity_record, make_statement

NESTED = (
    "Minister says library stays open\n\n"
    "The library, Ann Kord said on Friday, would stay open. Ben Ode said that Kord had told him the "
    "roof was leaking, and she told Reuters it was not.\n\n"
    "“We had no choice,” Ode said. “None at all.”\n"
)
"""A discontinuous statement, one within another, one over two sentences, and a pronoun."""

HOSTILE = (
    "<script>window.broken = 1</script> & <img src=x onerror='window.broken = 2'> said Ann.\n\n"
    "Ann Kord said </script><script>window.broken = 3</script> and \u2028 <!-- \x00 “x” closed.\n"
)


def article(
    text: str, statements: Sequence[Mapping[str, object]], *, document_id: str = "library", **known: str
) -> Article:
    """Make an article; pieces, mentions and cues are given as words and looked up in the text in order.

    A statement is ``{"pieces": [...], "speaker": (name, mention) or name, "cue": ..., "kind": ...,
    "addressee": ..., "medium": ..., "when": ..., "confidence": ...}``; a word that occurs more
    than once can be given as (word, start of the search).
    """
    document = make_document(text, document_id=document_id, **known)
    made = [_statement(text, document_id, each) for each in statements]
    return Article(document, made)


def library() -> Article:
    """The article `NESTED` with its statements."""
    return article(
        NESTED,
        [
            {
                "pieces": ["The library", "would stay open"],
                "speaker": ("Ann Kord", "Ann Kord"),
                "cue": "said",
                "when": "Friday",
                "kind": "indirect",
                "confidence": 0.9,
            },
            {
                "pieces": ["Kord had told him the roof was leaking"],
                "speaker": ("Ben Ode", "Ben Ode"),
                "cue": ("said", 90),
                "kind": "indirect",
                "confidence": 0.8,
            },
            {
                "pieces": ["the roof was leaking"],
                "speaker": ("Ann Kord", ("Kord", 100)),
                "cue": "had told",
                "addressee": "him",
                "kind": "indirect",
                "confidence": 0.4,
            },
            {
                "pieces": ["it was not"],
                "speaker": (None, "she"),
                "cue": "told Reuters",
                "medium": "Reuters",
                "kind": "indirect",
                "negated": True,
                "confidence": 0.7,
            },
            {
                "pieces": ["We had no choice,", "None at all."],
                "speaker": ("Ben Ode", ("Ode", 195)),
                "cue": ("said", 200),
                "kind": "direct",
                "confidence": 0.95,
            },
        ],
        publisher="The Evening Paper",
        published="2024-03-15",
    )


def hostile() -> Article:
    """The article `HOSTILE`, with its markup inside and outside of a statement and in the names."""
    piece = "</script><script>window.broken = 3</script> and \u2028 <!-- \x00 “x” closed"
    name = "Ann <b onclick=alert(1)>Kord</b>"
    return article(
        HOSTILE,
        [{"pieces": [piece], "speaker": (name, "Ann Kord"), "cue": ("said", 95), "kind": "mixed"}],
        document_id="</title><script>window.broken = 4</script>",
        publisher="<svg onload='window.broken = 5'>",
        title="</title><script>window.broken = 6</script>",
    )


HEARING = """Hearing on the ferry of Aldmouth, 14 March 2024

CHAIR VOSS: Mr. Hale, please tell the committee what you saw.

MR. HALE: The ramp was open when we left the quay. I said so to the mate, and he did not answer me. If the water
had been any higher, then we would have lost the ferry within nine minutes. I have worked on it for thirty years.

MR. HALE: We do not have a spare pump, and we never had one. The owners knew of that in January.

MS. ORDE: The company has spent two million kroner on the ferry. Thank you for your patience.
"""
REPORT = """Hale tells of open ramp

“The ramp was open when we left the quay,” Tom Hale said on 20 March 2024. “We would have lost the ferry within
nine minutes.”

“I said so,” Hale said, “and he did not answer me.” He added: “We did have a spare pump, and we always had one.”

“The ramp was open when we left the quay. The owners knew of that in January,” Hale said. “Nobody ever warned anybody
of such a thing,” Hale said. Hale said the company had spent two million.

“Thank you for your patience,” Hale said.
"""
"""Each verdict once, a condition cut off, a negation dropped, another speaker, another day."""
VERDICTS = [
    *("verbatim", "verbatim", "trimmed", "altered", "spliced", "not_found", "reported", "verbatim"),
]


def verified() -> tuple[Checked, list[Document]]:
    """The article `REPORT` compared with the transcript `HEARING` and a text that has nothing of it."""
    pieces = [
        ["The ramp was open when we left the quay,"],
        ["We would have lost the ferry within\nnine minutes."],
        ["I said so,", "and he did not answer me."],
        ["We did have a spare pump, and we always had one."],
        ["The ramp was open when we left the quay. The owners knew of that in January,"],
        ["Nobody ever warned anybody\nof such a thing,"],
        ["the company had spent two million"],
        ["Thank you for your patience,"],
    ]
    given = [{"pieces": each, "speaker": ("Tom Hale", "Hale"), "cue": "said", "kind": "direct"} for each in pieces]
    given[0]["when"] = "20 March 2024"
    given[6]["kind"] = "indirect"
    made = article(REPORT, given, document_id="report", published="2024-03-21")
    sources = [make_document("Nothing of the kind is said here.", document_id="other"), hearing()]
    return Checked(made.document, Verifier(sources).verify(made.statements, made.document)), sources


def hearing(text: str = HEARING) -> Document:
    """A transcript."""
    return make_document(text, document_id="hearing-2024-03-14")


def hostile_check() -> tuple[Checked, list[Document]]:
    """The article `HOSTILE` compared with a source that has markup in its words, labels and name."""
    made = hostile()
    statements = [each.model_copy(update={"kind": "direct"}) for each in made.statements]
    source = "<B ONCLICK=ALERT(1)>: Ann </script><script>window.broken = 7</script> and “x” closed.\n\n" * 3
    title = "</title><script>window.broken = 8</script>"
    sources = [make_document(source, document_id="<img src=x onerror=alert(1)>", title=title)]
    return Checked(made.document, Verifier(sources).verify(statements, made.document)), sources


def long_check(words: int = 20_000) -> tuple[Checked, list[Document]]:
    """A transcript of many words, and an article that quotes a sentence from each hundredth of it."""
    sentences = [
        f"In case number {i} of {1900 + i % 120} the {chr(97 + i % 26)}{i}-valve was left open for {i % 60} minutes. "
        for i in range(words // 15)
    ]
    turns = [
        f"{'MR. HALE' if i % 2 else 'MS. ORDE'}: {''.join(sentences[i : i + 5])}" for i in range(0, len(sentences), 5)
    ]
    quoted = sentences[:: max(1, len(sentences) // 100)]
    text = "\n\n".join(f"“{each.strip()}” Tom Hale said." for each in quoted)
    given = [{"pieces": [each.strip()], "speaker": "Tom Hale", "cue": "said", "kind": "direct"} for each in quoted]
    made = article(text, given, document_id="long")
    sources = [hearing("\n\n".join(turns))]
    return Checked(made.document, Verifier(sources).verify(made.statements, made.document)), sources


def long_article(words: int = 20_000) -> Article:
    """An article of many words, with a statement in each of its paragraphs."""
    said = "the bridge would stay closed until the engineers had looked at every one of its cables again"
    paragraphs, statements, at = [], [], 0
    count = words // 40
    for i in range(count):
        speaker = f"Speaker {chr(65 + i % 26)}{i % 7}"
        text = f"{speaker} said that {said}. " + "It had been raining for a week and the river was high. " * 2
        start = at + len(f"{speaker} said that ")
        fields = {"id": f"s{i}", "kind": "indirect", "confidence": (i % 100) / 100}
        statements.append(make_statement(said, at=start, speaker=speaker, document="long", **fields))
        paragraphs.append(text)
        at += len(text) + 2
    return Article(make_document("\n\n".join(paragraphs), document_id="long"), statements)


_FIRST = ("Ann", "Ben", "Cleo", "Dag", "Edda", "Finn", "Gro", "Hal", "Ida", "Jon", "Kaja", "Leo")
_LAST = ("Kord", "Ode", "Hale", "Voss", "Orde", "Finch", "Stav", "Brim", "Tarn", "Lund", "Myhre", "Quist")
_WAYS = (
    ("direct", "“{words},” {name} said."),
    ("indirect", "{name} said that {words}."),
    ("mixed", "{name} said that {words}, and “nothing else would do”."),
    ("direct", "“{words}.”\n\nSo {name} said, and left."),
)
_SAID = (
    "the ferry will not sail before the harbour board has seen the new ramp",
    "we had asked for a second pump in January and nobody wrote back",
    "the tolls of the north bridge pay for the buses of four parishes, and will do so whatever the council says",
    "it is no",
    "the roof of the library was leaking for two winters before anybody in the town hall looked at a bill",
)
_BETWEEN = (
    "\n\nIt had been raining for a week, and the river stood at the third mark of the old mill.\n\n",
    "\n\nThe council meets on Thursday. " + "Its agenda has nine items, of which the ferry is the last. " * 4 + "\n\n",
    " ",
    "\n\nA spokesman for the harbour did not answer two calls.\n\n",
)


def reported(count: int, *, document_id: str = "ferry", **known: str) -> Article:
    """A news text of many statements: quoted, reported and in part, long and short, by few often and by many once."""
    text, made = "Ferry stays in port while the council counts its bridges\n\n", []
    for i in range(count):
        name = f"{_FIRST[i % 12]} {_LAST[i // 12 % 12]}" if i % 4 else f"{_FIRST[i % 10]} Oddsen"
        kind, form = _WAYS[i % 7 % 4]
        words = _SAID[i % 5] if i % 7 else f"{_SAID[i % 5]}; {_SAID[(i + 2) % 5]}"
        at, text = len(text), text + form.format(words=words, name=name) + _BETWEEN[i % 4]
        said = f"{words}, and “nothing else would do”" if kind == "mixed" else words
        found = {"pieces": [(said, at)], "speaker": (name, (name, at)), "cue": (" said", at), "kind": kind}
        made.append({**found, "confidence": i * 37 % 100 / 100})
    return article(text, made, document_id=document_id, **known)


def _statement(text: str, document_id: str, given: Mapping[str, object]) -> Statement:
    pieces = given["pieces"]
    assert isinstance(pieces, list)
    spans = [_place(text, piece) for piece in pieces]
    name, mention = given["speaker"] if isinstance(given["speaker"], tuple) else (given["speaker"], None)
    fields: dict[str, object] = {
        "id": f"{document_id}-{spans[0]['start']}",
        "content": {"text": " … ".join(str(span["text"]) for span in spans), "spans": spans},
        "cue": {**_place(text, given["cue"]), "lemma": "say"},
        "speaker": _entity(text, mention, name),
        "kind": given["kind"],
        "negated": given.get("negated", False),
        "confidence": given.get("confidence", 0.5),
    }
    for role in ("addressee", "medium"):
        if role in given:
            fields[role] = _entity(text, given[role], str(given[role]))
    if "medium" in given:
        fields["medium"] = {**fields["medium"], "inherited": False}
    if "when" in given:
        fields["when"] = {**_place(text, given["when"]), "date": None}
    whole = make_statement("x", document=document_id).model_dump()
    return Statement.model_validate({**whole, **fields})


def _entity(text: str, mention: object, name: str | None) -> dict[str, object]:
    place = None if mention is None else _place(text, mention)
    return entity_record(name, mention=place, resolved_by="name" if name else "unresolved")


def _place(text: str, words: object) -> dict[str, object]:
    word, start = words if isinstance(words, tuple) else (words, 0)
    at = text.index(word, start)
    return {"start": at, "end": at + len(word), "text": word}
