"""Denied and unsaid content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.roles.factuality import is_negated
from tests.roles.located import clause_of, located, parsed

if TYPE_CHECKING:
    from spacy.language import Language

NEGATED = [
    (
        "The ministry denied that prisoners had been moved.",
        "denied",
        "prisoners had been moved",
        "The ministry",
    ),
    (
        "Officials have not said how many people were on board.",
        "said",
        "how many people were on board",
        "Officials",
    ),
    ("No minister has claimed that the plan is cheap.", "claimed", "the plan is cheap", "No minister"),
    (
        "The airline never told passengers that the flight was cancelled.",
        "told",
        "the flight was cancelled",
        "The airline",
    ),
    ("Price has never told anyone what he saw.", "told", "what he saw", "Price"),
    ("Nobody at the firm said the valve was broken.", "said", "the valve was broken", "Nobody at the firm"),
    (
        "The ministry neither confirmed nor denied that the envoy had left.",
        "confirmed",
        "the envoy had left",
        "The ministry",
    ),
    ("The firm has repeatedly denied any wrongdoing.", "denied", "any wrongdoing", "The firm"),
    ("Quist would not say whether she would stand.", "say", "whether she would stand", "Quist"),
]

AFFIRMED = [
    (
        "Weisz wrote to the prime minister that the plant could not survive.",
        "wrote",
        "the plant could not survive",
        "Weisz",
    ),
    ("The bank refused to say whether the money was safe.", "say", "whether the money was safe", "The bank"),
    (
        "“Nobody asked us,” farmer Jude Amos wrote in an email to councillors.",
        "wrote",
        "Nobody asked us",
        "farmer Jude Amos",
    ),
    ("Amos did not deny that he had taken the car.", "deny", "he had taken the car", "Amos"),
    (
        "Senator Edda Morrow could not resist pointing out that she had won.",
        "pointing out",
        "she had won",
        "Senator Edda Morrow",
    ),
    ("Morrow did not hesitate to say that the vote was rigged.", "say", "the vote was rigged", "Morrow"),
    (
        "“I was never asked,” Price said in an interview with Radio Kestrel.",
        "said",
        "I was never asked",
        "Price",
    ),
    (
        "Passengers were told by staff that the train would not stop.",
        "told",
        "the train would not stop",
        "staff",
    ),
    (
        "Brandt informed Norway's embassy by email that the ship was lost.",
        "informed",
        "the ship was lost",
        "Brandt",
    ),
    (
        "The embassy said, in a note seen by AFP, that visas would be refused.",
        "said",
        "visas would be refused",
        "The embassy",
    ),
    ("Abel wrote in his memoir, Salt, that he never wanted fame.", "wrote", "he never wanted fame", "Abel"),
    ("Police have refused to confirm that a man was held.", "confirm", "a man was held", "Police"),
    ("“No comment,” was all Abel would say.", "say", "No comment", "Abel"),
]


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), NEGATED)
def test_sees_denials(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """A denying verb, a negated cue and a subject that is nobody negate the statement."""
    parse = parsed(nlp, text)
    assert is_negated(clause_of(parse, located(parse, cue, content, speaker)))


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), AFFIRMED)
def test_ignores_other_negations(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """A negation inside the content, a denied denial and overcome reluctance negate nothing."""
    parse = parsed(nlp, text)
    assert not is_negated(clause_of(parse, located(parse, cue, content, speaker)))
