"""An article with errors planted in what is found of it, one of each kind, and what is right."""

from __future__ import annotations

from typing import Any

from quotes.models import Statement
from quotes.review import Review
from quotes.text.document import make_document
from tests.conftest import entity_record, make_statement
from tests.review.builders import review_of, with_entities

TEXT = """Harbour bridge stays shut

The harbour bridge will stay shut until June, Mayor Ada Kord told Harbour Radio on Monday. She said the repairs would \
cost two million pounds.

“We looked at every bolt,” engineer Ben Ode said. “Nobody was in danger.” He denied that the inspectors had \
come too late.

Shopkeepers near the quay said the closure was ruining them and that the council had promised them help. Kord believes \
the money will come from the state.

A ferry now carries 900 people a day. The Harbour Board said it would run until the bridge opens, adding boats \
at weekends.

Ode warned drivers that the northern road was icy. “It is no skating rink,” he wrote in a letter.
"""
DOCUMENT = make_document(TEXT, document_id="bridge", published="2024-03-12", publisher="The Quay")
RIGHT: list[dict[str, Any]] = [
    {
        "said": "The harbour bridge will stay shut until June",
        "cue": "told",
        "speaker": ("Ada Kord", "Mayor Ada Kord"),
        "medium": ("Harbour Radio", "Harbour Radio"),
        "when": ("Monday", "2024-03-11"),
    },
    {"said": "the repairs would cost two million pounds", "cue": "said the repairs", "speaker": ("Ada Kord", "She")},
    {
        "said": "We looked at every bolt,",
        "cue": "said. “Nobody",
        "speaker": ("Ben Ode", "engineer Ben Ode"),
        "kind": "direct",
    },
    {"said": "Nobody was in danger.", "cue": None, "speaker": ("Ben Ode", None), "kind": "direct"},
    {"said": "the inspectors had come too late", "cue": "denied", "speaker": ("Ben Ode", "He denied"), "negated": True},
    {
        "said": "the closure was ruining them",
        "cue": "said the closure",
        "speaker": ("Shopkeepers near the quay", "Shopkeepers near the quay"),
    },
    {
        "said": "the council had promised them help",
        "cue": "said the closure",
        "speaker": ("Shopkeepers near the quay", "Shopkeepers near the quay"),
    },
    {
        "said": "the money will come from the state",
        "cue": "believes",
        "speaker": ("Ada Kord", "Kord believes"),
        "attitude": "belief",
    },
    {
        "said": "it would run until the bridge opens",
        "cue": "said it would",
        "speaker": ("Harbour Board", "The Harbour Board"),
    },
    {
        "said": "the northern road was icy",
        "cue": "warned",
        "speaker": ("Ben Ode", "Ode warned"),
        "addressee": ("drivers", "drivers"),
    },
    {
        "said": "It is no skating rink,",
        "cue": "wrote",
        "speaker": ("Ben Ode", "he wrote"),
        "medium": ("letter", "a letter"),
        "kind": "direct",
    },
]
"""What is right, in the order of the text. A cue or mention is given with the word after it where it occurs before."""


def _planted() -> list[dict[str, Any]]:
    """Return what is found: eleven errors, each of another kind."""
    stays, costs, bolt, danger, late, ruin, _, state, run, icy, _ = RIGHT
    return [
        {**stays, "medium": None, "addressee": ("Harbour Radio", "Harbour Radio"), "when": None},
        {**costs, "speaker": ("Ben Ode", "She")},
        {**bolt, "kind": "mixed"},
        danger,
        {**late, "negated": False},
        {**ruin, "said": "the closure was ruining them and that the council had promised them help"},
        {**state, "attitude": "statement"},
        {**run, "said": "A ferry now carries 900 people a day"},
        {**run, "said": "it would run until the bridge opens, adding boats at weekends"},
        {**icy, "cue": "icy"},
    ]


ERRORS = (
    *("the outlet is the addressee", "no time", "another speaker", "another kind", "not negated", "two in one"),
    *("another attitude", "no statement", "too long", "another cue", "missed"),
)


def _span(words: str, cut: str | None = None) -> dict[str, Any]:
    start = TEXT.index(words)
    text = words if cut is None else words[: len(cut)]
    return {"start": start, "end": start + len(text), "text": text}


def _statement(given: dict[str, Any]) -> Statement:
    said = _span(given["said"])
    cue = given["cue"] and {**_span(given["cue"], given["cue"].split(" ")[0].strip(".")), "lemma": "say"}
    fields: dict[str, Any] = {
        "kind": given.get("kind", "indirect"),
        "attitude": given.get("attitude", "statement"),
        "negated": given.get("negated", False),
        "cue": cue,
        "when": given.get("when") and {**_span(given["when"][0]), "date": given["when"][1]},
        "confidence": 0.9,
    }
    for role in ("speaker", "addressee", "medium"):
        name, mention = given.get(role) or (None, None)
        if name is None:
            fields[role] = None
            continue
        cut = mention.removesuffix(" denied").removesuffix(" believes") if mention else None
        cut = cut.removesuffix(" warned").removesuffix(" wrote") if cut else None
        how = "continuation" if mention is None else "name"
        fields[role] = entity_record(name, mention=mention and _span(mention, cut), resolved_by=how)
        if role == "medium":
            fields[role]["inherited"] = False
    return make_statement(given["said"], at=said["start"], document="bridge", **fields)


def right() -> list[Statement]:
    """Return what a careful reader finds."""
    return with_entities([_statement(each) for each in RIGHT])


def planted() -> list[Statement]:
    """Return what is found, with an error of each kind."""
    return with_entities([_statement(each) for each in _planted()])


def planted_review() -> Review:
    """Return the review of what is found, as it begins."""
    return review_of(DOCUMENT, planted())
