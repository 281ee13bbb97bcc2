"""What the second look sees of the candidates around one."""

from __future__ import annotations

from quotes.candidates import Article, Candidate, Extent, article_of
from quotes.scoring.context import WORTH_A_LOOK, neighbour_features
from quotes.syntax.mention import Range
from quotes.text.document import make_document
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    Dorn Dorn PROPN NNP nsubj 3 PERSON
    believed believe VERB VBD ccomp 1
    rain rain NOUN NN nsubj 5
    fell fall VERB VBD ccomp 3
    +. . PUNCT . punct 1

    She she PRON PRP nsubj 8
    said say VERB VBD ROOT 8
    so so ADV RB advmod 8
    +. . PUNCT . punct 8
"""


def article() -> Article:
    """The article of the rows above."""
    parse = parse_from_rows(ROWS)
    return article_of(make_document(parse.text), parse, ())


def candidate(cue: int | None, content: Range, frame: str = "clausal_complement") -> Candidate:
    """A candidate with a cue and a content."""
    cues = () if cue is None else (cue,)
    return Candidate(frame, cues, cue, content[0], (Extent("subtree", (content,)),), None)


OUTER, INNER, LATER = candidate(1, (2, 5)), candidate(3, (4, 5)), candidate(8, (9, 9))


def test_what_is_hopeless_is_not_looked_at() -> None:
    """Only candidates above the limit get features, and the others count for nothing."""
    around = neighbour_features(article(), [OUTER, INNER], [2.0, WORTH_A_LOOK])
    assert list(around) == [0]
    assert "inside=-6|False" not in around[0]
    assert "around=-6" in around[0]


def test_the_first_look_is_told() -> None:
    """A candidate's own score is a feature, in halves and within limits."""
    around = neighbour_features(article(), [OUTER, LATER], [1.3, 9.0])
    assert "first look=1.5" in around[0]
    assert "first look=5.0" in around[1]


def test_inside_and_around() -> None:
    """A content inside another one sees it around itself, with its cue, and the other way round."""
    around = neighbour_features(article(), [OUTER, INNER], [2.0, 1.0])
    assert "inside=2" in around[1]
    assert "inside cue=say|clausal_complement" in around[1]
    assert "around=1" in around[0]
    assert "around frame=clausal_complement|clausal_complement|True" in around[0]


def test_across() -> None:
    """Contents that share words otherwise say which of them is ahead."""
    rival = candidate(8, (2, 4), "nominal_object")
    around = neighbour_features(article(), [OUTER, rival], [2.0, 1.0])
    assert "across=1|True" in around[0]
    assert "across=2|False" in around[1]


def test_other_content_of_the_cue() -> None:
    """Two contents of one cue see each other, and one alone says so."""
    object_ = candidate(1, (2, 2), "nominal_object")
    around = neighbour_features(article(), [OUTER, object_, LATER], [2.0, -1.0, 0.0])
    assert "other content of cue=-1|True" in around[0]
    assert "lead on other content=3" in around[0]
    assert "other content's frame=clausal_complement|nominal_object|False" in around[1]
    assert "only content of its cue" in around[2]


def test_sentences_and_the_same_cue_elsewhere() -> None:
    """The best of the sentences beside, and of the same cue word elsewhere, are features."""
    around = neighbour_features(article(), [OUTER, INNER, LATER], [2.0, 1.0, 3.0])
    assert {"sentence +0=1", "sentence +1=3", "sentence -1=-6", "cue elsewhere=3"} <= set(around[0])
    assert {"sentence -1=2", "cue elsewhere=2"} <= set(around[2])
    assert "cue elsewhere=-6" in around[1]


def test_without_a_cue() -> None:
    """A candidate without a cue has no features of one."""
    floating = candidate(None, (9, 9), "floating_quotation")
    (features,) = neighbour_features(article(), [floating], [0.0]).values()
    assert not [each for each in features if "cue" in each]
