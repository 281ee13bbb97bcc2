"""Words that were said, and words that only might be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.roles.factuality import is_factual
from tests.roles.located import clause_of, located, parsed

if TYPE_CHECKING:
    from spacy.language import Language

OPEN = [
    ("Asked whether she would go, Reyl said no.", "Asked", "whether she would go", "Reyl"),
    ("Asked to comment, the brewery hung up.", "Asked", "to comment", "the brewery"),
    ("If the inspector calls, tell him the gate is shut.", "tell", "the gate is shut", None),
    ("The bank refused to say whether the money was safe.", "say", "whether the money was safe", "The bank"),
    (
        "The prime minister is expected to announce on Friday that taxes will rise.",
        "announce",
        "taxes will rise",
        "The prime minister",
    ),
    ("She will tell the conference that teachers deserve more.", "tell", "teachers deserve more", "She"),
    ("If he says the deal is dead, markets will fall.", "says", "the deal is dead", "he"),
    ("Reyl declined to say who had paid.", "say", "who had paid", "Reyl"),
    ("Ministers might argue that the money was needed.", "argue", "the money was needed", "Ministers"),
    (
        "It remains to be seen whether she told police that the door was open.",
        "told",
        "the door was open",
        "she",
    ),
    ("The firm plans to tell staff that the plant will shut.", "tell", "the plant will shut", "The firm"),
    ("Without saying who had won, the clerk closed the hall.", "saying", "who had won", "the clerk"),
    ("The mayor would like to point out that nobody was hurt.", "point out", "nobody was hurt", "The mayor"),
    ("The envoy is due to brief allies that talks will resume.", "brief", "talks will resume", "The envoy"),
    ("Analysts would say that the price is too low.", "say", "the price is too low", "Analysts"),
    ("Police have yet to say whether the driver was drunk.", "say", "whether the driver was drunk", "Police"),
    ("She promised to tell the inquiry that the files were lost.", "tell", "the files were lost", "She"),
    ("Suffice it to say that nobody paid.", "say", "nobody paid", None),
    ("Tell them that the door is open.", "Tell", "the door is open", None),
    ("Did the minister say that the door was open?", "say", "the door was open", "the minister"),
    ("Quist would not say whether she would stand.", "say", "whether she would stand", "Quist"),
    (
        "The minister may announce next week that the port will close.",
        "announce",
        "the port will close",
        "The minister",
    ),
    ("Police have refused to confirm that a man was held.", "confirm", "a man was held", "Police"),
    ("“No comment,” was all Abel would say.", "say", "No comment", "Abel"),
]

ACTUAL = [
    (
        "Weisz wrote to the prime minister that the plant could not survive.",
        "wrote",
        "the plant could not survive",
        "Weisz",
    ),
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
    ("He was forced to admit that the figures were wrong.", "admit", "the figures were wrong", "He"),
    ("Calloway went on to say that the harbour was safe.", "say", "the harbour was safe", "Calloway"),
    (
        "Senator Edda Morrow could not resist pointing out that she had won.",
        "pointing out",
        "she had won",
        "Senator Edda Morrow",
    ),
    ("Morrow did not hesitate to say that the vote was rigged.", "say", "the vote was rigged", "Morrow"),
    ("Price has never told anyone what he saw.", "told", "what he saw", "Price"),
    ("Nobody at the firm said the valve was broken.", "said", "the valve was broken", "Nobody at the firm"),
    (
        "The ministry neither confirmed nor denied that the envoy had left.",
        "confirmed",
        "the envoy had left",
        "The ministry",
    ),
    ("Price was quick to point out that the road was private.", "point out", "the road was private", "Price"),
    ("He used to say that rivers remember.", "say", "rivers remember", "He"),
    ("The firm has repeatedly denied any wrongdoing.", "denied", "any wrongdoing", "The firm"),
    ("The firm that said the bridge was safe has gone.", "said", "the bridge was safe", "The firm"),
    ("They all told police that the light was red.", "told", "the light was red", "They"),
]

IDIOMS = [
    ("That said, the roof held.", "said"),
    ("It goes without saying that oak is dear.", "saying"),
    ("Needless to say, the roof fell.", "say"),
    ("The gate needs a hinge and, say, forty bolts.", "say"),
    ("Having said that, the roof held.", "said"),
]


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), OPEN)
def test_refuses_what_was_not_said(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """Future, conditional, refused, commanded and questioned saying is not factual."""
    parse = parsed(nlp, text)
    assert not is_factual(clause_of(parse, located(parse, cue, content, speaker)))


@pytest.mark.parametrize(("text", "cue", "content", "speaker"), ACTUAL)
def test_keeps_what_was_said(nlp: Language, text: str, cue: str, content: str, speaker: str | None) -> None:
    """Denied and unsaid content counts as factual, and so do infinitives that imply the saying."""
    parse = parsed(nlp, text)
    assert is_factual(clause_of(parse, located(parse, cue, content, speaker)))


@pytest.mark.parametrize(("text", "cue"), IDIOMS)
def test_knows_idioms(nlp: Language, text: str, cue: str) -> None:
    """A word of saying in a set phrase attributes nothing."""
    parse = parsed(nlp, text)
    assert not is_factual(clause_of(parse, located(parse, cue, text.rsplit(maxsplit=1)[-1], None)))
