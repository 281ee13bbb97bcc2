"""From attributions to records of the contract."""

from __future__ import annotations

import pytest

from quotes.candidates import Article
from quotes.candidates.candidate import Candidate, Extent, Identity, TimeExpression
from quotes.models import Content, ExtractorInfo, Statement, TextSpan
from quotes.statements import build_statements, kind_of, statement_id, with_original_offsets
from quotes.syntax.mention import Mention
from quotes.text.document import as_read, make_document
from quotes.text.quotations import find_quotations
from quotes.text.reading import reading_of
from quotes.text.spans import Span
from tests.builders import attributed, parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    Monday Monday PROPN NNP npadvmod 1 DATE
    it it PRON PRP nsubj 4
    was be AUX VBD ccomp 1
    “ “ PUNCT `` punct 6
    +far far ADV RB acomp 4
    too too ADV RB advmod 6
    late late ADJ JJ advmod 6
    +. . PUNCT . punct 1
    +” ” PUNCT '' punct 1
"""
INFO = ExtractorInfo(name="quotes", version="0", model="none", model_version="0")
KORD = Identity("Ann Kord", "person", "the harbour", "alias")


def article() -> Article:
    """The article of the rows above."""
    parse = parse_from_rows(ROWS)
    document = make_document(parse.text, document_id="late", published="2024-05-14", publisher="Wire")
    return Article.of(document, parse, find_quotations(document.text, document.paragraphs))


def attribution(*content: str, frame: str = "clausal_complement") -> Candidate:
    """An attribution of some stretches of the text to Kord."""
    parse = parse_from_rows(ROWS)
    spans = tuple(Span(parse.text.index(piece), parse.text.index(piece) + len(piece)) for piece in content)
    mention = Mention(parse.span(0, 0), 0)
    when = TimeExpression(parse.span(2, 2), "2024-05-13")
    made = attributed(frame, (1,), 1, spans, mention, probability=0.123456, when=when)
    return made._replace(extents=(Extent("subtree", ((3, 8),)),))


def built(one: Candidate) -> Statement:
    """The statement of an attribution to Ann Kord."""
    (statement,) = build_statements(article(), [one._replace(speaker_identity=KORD)], INFO)
    return statement


def test_a_whole_statement() -> None:
    """Content, cue, speaker, time, confidence and provenance of an attribution are in its statement."""
    each = built(attribution("it was “far too late.”"))
    assert each.content.text == each.content.spans[0].text == "it was “far too late.”"
    assert each.cue is not None
    assert (each.cue.text, each.cue.lemma, each.cue.start) == ("said", "say", 5)
    assert each.speaker is not None
    assert each.speaker.mention is not None
    assert (each.speaker.mention.text, each.speaker.name, each.speaker.represents) == (
        "Kord",
        "Ann Kord",
        "the harbour",
    )
    assert each.when is not None
    assert (each.when.text, each.when.date) == ("Monday", "2024-05-13")
    assert (each.confidence, each.addressee, each.medium) == (0.1235, None, None)
    assert (each.provenance.rule, each.provenance.paragraph, each.provenance.sentence) == (
        "clausal_complement",
        0,
        0,
    )
    assert (each.provenance.document.id, each.provenance.document.publisher) == ("late", "Wire")
    assert each.provenance.extractor == INFO


def test_entities_are_numbered_as_they_come() -> None:
    """Speaker, addressee and medium of one referent share an id; who is unresolved has none."""
    she, board, nobody = KORD._replace(entity=7), KORD._replace(entity="board"), KORD._replace(resolved_by="unresolved")
    at = {"addressee": Mention(Span(0, 4), 0), "medium": Mention(Span(0, 4), 0)}
    first = attribution("it was")._replace(**at, speaker_identity=board, addressee_identity=she, medium_identity=board)
    second = attribution("too late")._replace(speaker_identity=she, addressee_identity=nobody)
    found = build_statements(article(), [first, second], INFO)
    ids = [[e and e.entity for e in (each.speaker, each.addressee, each.medium)] for each in found]
    assert ids == [["e1", "e2", "e1"], ["e2", None, None]]


def test_a_role_and_a_reason_have_their_places() -> None:
    """The spans of a role and of a reason for anonymity are those of the text; a name has a confidence."""
    known = KORD._replace(role=Span(0, 4), anonymity=Span(5, 9))
    (each,) = build_statements(article(), [attribution("it was")._replace(speaker_identity=known)], INFO)
    assert (each.speaker.role.text, each.speaker.anonymity.text) == ("Kord", "said")
    assert 0.5 < each.speaker.confidence < 1
    (each,) = build_statements(
        article(), [attribution("it was")._replace(speaker_identity=known._replace(name=None))], INFO
    )
    assert each.speaker.confidence == 0


def test_pieces_are_joined() -> None:
    """A content in pieces has a span for each, and a text with an ellipsis between."""
    each = built(attribution("it was", "too late"))
    assert each.content.text == "it was … too late"
    assert [span.text for span in each.content.spans] == ["it was", "too late"]


@pytest.mark.parametrize(
    ("content", "frame", "kind"),
    [
        ("far too late", "clausal_complement", "direct"),
        ("it was", "clausal_complement", "indirect"),
        ("it was “far too late.”", "clausal_complement", "mixed"),
        ("it was", "turn", "direct"),
    ],
)
def test_kind(content: str, frame: str, kind: str) -> None:
    """Whether all, none or some of the words are in quotation marks; a turn is direct without any."""
    assert kind_of(article(), attribution(content, frame=frame)) == kind


def test_according_to_is_a_cue_of_two_words() -> None:
    """The lemma of "according to" is the phrase."""
    each = built(attribution("it was", frame="according_to"))
    assert each.cue is not None
    assert each.cue.lemma == "according to"


def test_an_inherited_medium() -> None:
    """A medium that was carried over says so, and has the mention from where it stood."""
    paper = Identity("The Bugle", "organization", None, "name")
    earlier = {"medium": Mention(Span(0, 4), 0), "medium_identity": paper, "medium_inherited": True}
    each = built(attribution("it was")._replace(**earlier))
    assert each.medium is not None
    assert each.medium.mention is not None
    assert (each.medium.name, each.medium.inherited, each.medium.mention.text) == ("The Bugle", True, "Kord")


def test_ids_depend_on_text_and_spans_alone() -> None:
    """The id is the same for the same text and spans, whatever else, and another for other ones."""
    same, other = make_document("Some text."), make_document("Some text!")
    renamed = make_document("Some text.", document_id="x", publisher="y")
    spans = [Span(0, 4)]
    assert statement_id(same, spans) == statement_id(renamed, spans)
    assert len({statement_id(same, spans), statement_id(other, spans), statement_id(same, [Span(0, 5)])}) == 3
    assert len(statement_id(same, spans)) == 16


def test_original_offsets() -> None:
    """With CRLF for line ends a statement has the offsets, and the id, of the text as it was given."""
    given = make_document("One.\r\n\r\nKord said it rained.\r\n", document_id="crlf")
    text = given.text.replace("\r\n", "\n")
    start = text.index("it rained")
    document = as_read(given)
    assert document.text == text
    span = TextSpan(start=start, end=start + 9, text="it rained")
    content = Content(text=span.text, spans=(span,))
    statement = built(attribution("it was")).model_copy(update={"content": content})
    placed = with_original_offsets(statement, given, reading_of(given.text))
    (moved,) = placed.content.spans
    assert given.text[moved.start : moved.end] == moved.text == placed.content.text == "it rained"
    assert moved.start == given.text.index("it rained")
    assert placed.id == statement_id(given, [Span(moved.start, moved.end)])
