"""What a candidate learns of its rivals."""

from __future__ import annotations

from quotes.candidates import Article, Candidate, Extent
from quotes.scoring.context import LEAST_SCORE, context_features
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
    return Article.of(make_document(parse.text), parse, ())


def candidate(cue: int | None, content: Range, frame: str = "clausal_complement") -> Candidate:
    """A candidate with a cue and a content."""
    cues = () if cue is None else (cue,)
    return Candidate(frame, cues, cue, content[0], (Extent("subtree", (content,)),), None)


OUTER, INNER, LATER = candidate(1, (2, 5)), candidate(3, (4, 5)), candidate(8, (9, 9))


def test_what_is_refused_outright_is_left_out() -> None:
    """Only candidates above the limit get features, and the others count for nothing."""
    context = context_features(article(), [OUTER, INNER], [2.0, LEAST_SCORE])
    assert list(context) == [0]
    assert {"inside=none", "around=none", "across=none"} <= set(context[0])


def test_inside_and_around() -> None:
    """A content inside another one sees it around itself, with its cue, and the other way round."""
    context = context_features(article(), [OUTER, INNER], [2.0, 1.0])
    assert "inside=2|False" in context[1]
    assert "inside cue=say|clausal_complement" in context[1]
    assert "around=1|True" in context[0]
    assert "around rules=clausal_complement|clausal_complement|True" in context[0]


def test_a_weak_rival_has_no_frame() -> None:
    """The construction of a rival that is unlikely does not matter."""
    context = context_features(article(), [OUTER, INNER], [2.0, -1.5])
    assert "around=-2|True" in context[0]
    assert not [each for each in context[0] if each.startswith("around frames")]


def test_across() -> None:
    """Contents that share words otherwise say which of them is ahead."""
    rival = candidate(8, (2, 4), "nominal_object")
    context = context_features(article(), [OUTER, rival], [2.0, 1.0])
    assert "across=1|True" in context[0]
    assert "across=2|False" in context[1]


def test_contents_that_share_nothing() -> None:
    """Contents without a common word are no rivals."""
    assert "across=none" in context_features(article(), [OUTER, LATER], [2.0, 1.0])[0]


def test_rivals_of_the_cue() -> None:
    """Two contents of one cue see each other, and one alone says so."""
    object_ = candidate(1, (2, 2), "nominal_object")
    context = context_features(article(), [OUTER, object_, LATER], [2.0, -1.0, 0.0])
    assert "rival of cue=-1|True" in context[0]
    assert "lead over rival of cue=3" in context[0]
    assert "rival of cue rules=clausal_complement|nominal_object|False" in context[1]
    assert "no rival of its cue" in context[2]


def test_scores_are_limited() -> None:
    """Scores are told apart up to six."""
    assert "inside=6|False" in context_features(article(), [OUTER, INNER], [20.0, 1.0])[1]


def test_without_a_cue() -> None:
    """A candidate without a cue has no features of one."""
    floating = candidate(None, (9, 9), "floating_quotation")
    (features,) = context_features(article(), [floating], [0.0]).values()
    assert not [each for each in features if "cue" in each]
