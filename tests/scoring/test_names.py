"""How sure a name is: what its confidence is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.candidates.candidate import Identity
from quotes.scoring.features.names import mention_features, name_features
from quotes.scoring.names import name_confidence, name_contributions, name_weights
from quotes.scoring.scorer import probability
from quotes.text.document import make_document

if TYPE_CHECKING:
    from quotes.extractor import Extractor

NAMED = "Ann Kord said that the bridge was shut."
NOBODY = "He said that the bridge was shut."


def features(extractor: Extractor, text: str, at: int = -1) -> set[str]:
    """The features of a speaker's name, of its mention too."""
    analysis = extractor.analyse(make_document(text))
    each = analysis.chosen[at]
    assert each.speaker_identity is not None
    own = mention_features(analysis.article, each)
    return {*own, *name_features(analysis.article, each, "speaker", each.speaker_identity)}


def test_without_a_name_there_is_none(extractor: Extractor) -> None:
    """Where nobody is named no name can be right."""
    analysis = extractor.analyse(make_document(NOBODY))
    (each,) = analysis.chosen
    assert each.speaker_identity is not None
    assert name_confidence(analysis.article, each, "speaker", each.speaker_identity) == 0.0


def test_contributions_add_up(extractor: Extractor) -> None:
    """What the features add together are the log-odds of the confidence in the output."""
    analysis = extractor.analyse(make_document(NAMED))
    (each,), (statement,) = analysis.chosen, analysis.statements
    assert each.speaker_identity is not None
    moved = name_contributions(analysis.article, each, "speaker", each.speaker_identity)
    assert statement.speaker is not None
    assert statement.speaker.confidence == pytest.approx(probability((1, 0), sum(x for _, x in moved)), abs=1e-4)


def test_only_a_speaker_has_features_of_its_mention(extractor: Extractor) -> None:
    """The corpus marks no addressees and no media: their mentions are not judged by its weights."""
    analysis = extractor.analyse(make_document("Ann Kord told the council that the bridge was shut."))
    (each,) = analysis.chosen
    assert each.addressee_identity is not None
    known = name_contributions(analysis.article, each, "addressee", each.addressee_identity)
    assert not {feature for feature, _ in known} & (set(name_weights()["mention"]) - {"bias"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NAMED, {"mention under cue=True", "words to cue=0", "order=speaker cue content|other", "full name=True|name"}),
        ("“It is shut,” Kord, a baker from Velland, told us.", {"name capitals=all|name", "noun to cue=True"}),
        ("Ann Kord left. She said that it was shut.", {"pronoun=she|person", "sentences back=1|pronoun"}),
        ("Two drivers said that it was shut.", {"noun=NOUN|group", "description=indefinite plural|group|description"}),
        ("The driver of the bus said that it was shut.", {"name capitals=none|description"}),
        ("Ann Kord and Ben Finch said that it was shut.", {"joined name"}),
    ],
)
def test_features(extractor: Extractor, text: str, expected: set[str]) -> None:
    """Where the mention is, what it is, and what it was taken for are features."""
    assert expected <= features(extractor, text)


def test_a_label_has_no_place_beside_a_cue(extractor: Extractor) -> None:
    """The label of a turn has no cue, so that only its name is judged."""
    found = features(extractor, "KORD: We will open the bay on Friday.\n\nFINCH: The water is clean again.")
    assert not [each for each in found if each.startswith(("order", "mention"))]
    assert "resolved by=turn" in found


@pytest.mark.parametrize(("name", "is_odd"), [("Ann Kord", False), ("J. O’Neill-Kord", False), ("Ann Kord_", True)])
def test_odd_signs(extractor: Extractor, name: str, is_odd: bool) -> None:
    """Brackets, digits and underscores are odd in a name; full stops, apostrophes and hyphens are not."""
    analysis = extractor.analyse(make_document(NAMED))
    found = name_features(analysis.article, analysis.chosen[0], "speaker", Identity(name, "person", None, "name"))
    assert ("odd sign" in found) == is_odd


def test_a_surer_name_has_more(extractor: Extractor) -> None:
    """A name beside its cue is surer than a pronoun that several fit, and than a description."""

    def confidence(text: str) -> float:
        speaker = extractor.extract(text)[-1].speaker
        assert speaker is not None
        return speaker.confidence

    sure = confidence(NAMED)
    assert sure > confidence("The mayor said that the bridge was shut.")
    assert sure > confidence("Ann Kord_ said that the bridge was shut.")
