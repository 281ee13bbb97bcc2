"""A surname that a pipeline has never seen is read as one that it knows; the text's own words come back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from quotes.syntax.everyday import EVERYDAY_SURNAME, restored, substituted
from quotes.syntax.pipeline import load_pipeline, parse_document, parse_documents
from quotes.syntax.surnames import surnames_to_replace
from quotes.text.document import make_document
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

KNOWN = frozenset({"Long", "Grace"})
TEXTS = [
    f"The panel heard Michael {name}. {name} further testified that the valve had rusted."
    for name in ("Trably", "Wugly", "van der Hambly", "al-Zently", "Dray-Kemsly")
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Trably sat. Trably rose, the Trably-led guild too; TRABLY.", ["Trably", "Trably", "Trably", "TRABLY"]),
        ("Ada Long sat. Long lines formed.", []),
        ("Mayor Trably rose.", []),
        ("Ana Grace Wugly and Wuglys", ["Wugly"]),
        ("Ada B. Trably, Ada van der Plonk and Yusuf al-Zarkhi", ["Trably", "van der Plonk", "al-Zarkhi"]),
        ("Seán Ó Trablaigh and Ada Dray-Long", ["Ó Trablaigh", "Dray-Long"]),
        ("Judith Trably KC rose, Trably KCs not.", ["Trably KC", "Trably"]),
        ("ADA TRABLY SAT.", []),
        ("Amy Church spoke; Church was heard in church.", ["Church", "Church"]),
    ],
)
def test_surnames_that_the_pipeline_does_not_know(text: str, found: list[str]) -> None:
    """They follow a first name somewhere in the text; a listed word of bodies needs no rarity."""
    assert [span.of(text) for span in surnames_to_replace(text, KNOWN)] == found


def test_words_of_the_text_come_back(nlp: Language) -> None:
    """One word is read for three, and they come back as a name under its last word."""
    text = "Ada van der Plonk said TRABLY left."
    doc = nlp.make_doc(text)
    read, original = substituted(doc, [Span(4, 17), Span(23, 29), Span(5, 7)])
    assert read.text == f"Ada {EVERYDAY_SURNAME} said {EVERYDAY_SURNAME.upper()} left."
    back = restored(nlp(read), original)
    assert back.text == text
    surname = back[1:4]
    assert [token.head.text for token in surname] == ["Plonk", "Plonk", "said"]
    assert [token.dep_ for token in surname] == ["compound", "compound", "nsubj"]
    assert {token.pos_ for token in surname} == {"PROPN"}
    assert [ent.text for ent in back.ents if ent.start < 4] == ["Ada van der Plonk"]


def test_text_without_surnames_is_read_as_it_is(nlp: Language) -> None:
    """Nothing is copied where nothing is replaced, also where a span does not end with a word."""
    doc = nlp.make_doc("Rain fell.")
    assert substituted(doc, [Span(0, 3)]) == (doc, None)
    assert restored(doc, None) is doc


def test_all_surnames_give_one_parse(nlp: Language) -> None:
    """What hangs on the verb of speech does not depend on the name, and the words are the text's own."""
    for text in TEXTS:
        parse = parse_document(nlp, make_document(text))
        verb = parse.words.index("testified")
        subject = parse.child(verb, "nsubj")
        assert subject is not None
        assert parse.span(parse.left[subject], subject).of(text) == text[text.index(". ") + 2 : text.index(" further")]
        assert "".join(parse.words) == text.replace(" ", "")


def test_parses_do_not_depend_on_what_was_read_before() -> None:
    """Any order and batch gives the same, although a pipeline keeps the words it has met."""
    documents = [make_document(text, document_id=str(n)) for n, text in enumerate(TEXTS)]
    load_pipeline.cache_clear()
    pipeline = load_pipeline()
    first = {document.id: parse for document, parse in parse_documents(pipeline, documents)}
    for size in (1, 2, 64):
        shuffled = random.Random(size).sample(documents, len(documents))
        again = {each.id: parse for each, parse in parse_documents(pipeline, shuffled, batch_size=size)}
        assert again == first
