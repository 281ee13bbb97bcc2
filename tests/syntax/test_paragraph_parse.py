"""A Doc of a whole text is read as if it had been parsed by paragraphs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc

from quotes.syntax.parse import Parse
from quotes.syntax.pipeline import parse_document, parse_of_doc
from quotes.text.document import Paragraph, make_document
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

DOC = Doc(
    spacy.blank("en").vocab,
    words=["Bridge", "closes", "Kord", "said", "today", ".", "Menu", "ends"],
    spaces=[True, True, True, True, False, True, True, False],
    heads=[1, 3, 3, 3, 3, 3, 6, 6],
    deps=["nsubj", "ccomp", "nsubj", "ROOT", "npadvmod", "punct", "ROOT", "acl"],
    ents=["B-ORG", "O", "B-PERSON", "O", "O", "O", "O", "O"],
)


def fitted(*bodies: tuple[int, int]) -> Parse:
    """The parse of the Doc, cut to paragraphs with these bodies."""
    spans = [Span(*body) for body in bodies]
    document = replace(make_document(DOC.text), paragraphs=tuple(Paragraph(span, span, "text") for span in spans))
    return parse_of_doc(DOC, document, name="blank", version="0")


def test_a_whole_text_in_one_paragraph_stays_as_it_is() -> None:
    """Where nothing has to be cut, nothing changes."""
    found = fitted((0, len(DOC.text)))
    assert found.words == tuple(token.text for token in DOC)
    assert found.heads == tuple(token.head.i for token in DOC)
    assert found.deps == tuple(token.dep_ for token in DOC)
    assert found.sentence_bounds == ((0, 6), (6, 8))
    assert found.entities == ((0, 1, "ORG"), (2, 3, "PERSON"))


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


def test_equal_words_are_one_object(nlp: Language) -> None:
    """A long text has the same words and labels again and again: each is kept once."""
    parse = parse_document(nlp, make_document("The wall leaks.\n\nThe wall leaks. The wall leaks."))
    for column in (parse.words, parse.lemmas, parse.pos, parse.tags, parse.deps):
        assert len({id(each) for each in column}) == len(set(column))
