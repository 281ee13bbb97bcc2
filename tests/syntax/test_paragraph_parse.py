"""A parse of a whole text is fitted to paragraphs."""

from __future__ import annotations

from dataclasses import replace

from quotes.syntax.paragraph_parse import by_paragraphs
from quotes.text.document import Paragraph, make_document
from quotes.text.spans import Span
from tests.builders import parse_from_rows

ROWS = """
    Bridge bridge NOUN NN nsubj 1 ORG
    closes close VERB VBZ ccomp 3
    Kord Kord PROPN NNP nsubj 3 PERSON
    said say VERB VBD ROOT 3
    today today NOUN NN npadvmod 3
    +. . PUNCT . punct 3

    Menu menu NOUN NN ROOT 6
    ends end VERB VBZ acl 6
"""


def fitted(*bodies: tuple[int, int]):
    """The parse of the rows, cut to paragraphs with these bodies."""
    parse = parse_from_rows(ROWS)
    spans = [Span(*body) for body in bodies]
    document = replace(
        make_document(parse.text), paragraphs=tuple(Paragraph(span, span, "text") for span in spans)
    )
    return by_paragraphs(parse, document)


def test_a_whole_text_in_one_paragraph_stays_as_it_is() -> None:
    """Where nothing has to be cut, nothing changes."""
    parse = parse_from_rows(ROWS)
    assert fitted((0, len(parse.text))) == parse


def test_a_sentence_is_cut_at_the_end_of_a_paragraph() -> None:
    """The headline above a sentence that was parsed into it becomes a sentence with its own root."""
    found = fitted((0, 13), (14, 30))
    assert found.words == ("Bridge", "closes", "Kord", "said", "today", ".")
    assert found.heads == (1, 1, 3, 3, 3, 3)
    assert found.deps[:2] == ("nsubj", "ROOT")
    assert found.sentence_bounds == ((0, 2), (2, 6))
    assert (found.sentences, found.paragraphs) == ((0, 0, 1, 1, 1, 1), (0, 0, 1, 1, 1, 1))


def test_what_hung_on_a_lost_root_hangs_on_the_first() -> None:
    """Where a part has lost its root, the first token that hung on it becomes the new one."""
    found = fitted((19, 30))
    assert found.words == ("said", "today", ".")
    found = fitted((0, 18), (24, 30))
    assert found.words == ("Bridge", "closes", "Kord", "today", ".")
    assert found.heads == (1, 1, 1, 3, 3)
    assert found.deps == ("nsubj", "ROOT", "dep", "ROOT", "dep")


def test_what_lies_outside_has_no_tokens() -> None:
    """Boilerplate is left out, and so is an entity that is not whole in one paragraph."""
    found = fitted((0, 13))
    assert (len(found), found.entities) == (2, ((0, 1, "ORG"),))
    assert fitted((3, 13)).words == ("closes",)
    assert len(fitted()) == 0
