"""The spaCy component ``quotes``: statements as annotations of a Doc.

It comes after the parser and the tagger of any English pipeline and reads
their annotations; nothing is parsed again. The statements are kept in the
Doc's ``user_data`` as JSON text, the one form that ``Doc.to_bytes``, DocBin
and several processes all carry, and ``doc._.statements`` reads them from there.
"""

# No postponed annotations here: spaCy reads those of the factory to check a pipeline's settings.

import json

from spacy.language import Language
from spacy.tokens import Doc

from quotes.errors import ModelError, UsageError
from quotes.extractor import analyse_parse, checked_confidence, chosen_attitudes
from quotes.io.json import json_text, statement_record
from quotes.io.records import restored_statement
from quotes.models import Statement, Statements
from quotes.scoring.scorer import load_scorer
from quotes.syntax.pipeline import load_pipeline, parse_of_doc
from quotes.text.document import make_document

NAME = "quotes"
STATEMENTS = "statements"
"""The extension attribute that gives the statements."""
RECORDS = "statement_dicts"
"""The extension attribute that gives them as JSON values."""
ARTICLE = "article"
"""The extension attribute for what is known about the text: the arguments of `make_document`."""
KEY = "quotes.statements"
"""Where the statements are in a Doc's ``user_data``."""


class QuotesComponent:
    """Sets ``doc._.statements``, and ``doc.spans`` under a key; name and version are the pipeline's.

    Raises:
        UsageError: An unknown attitude, or a confidence outside 0 to 1.
    """

    def __init__(
        self, name: str, version: str, attitudes: list[str] | str, min_confidence: float, spans_key: str
    ) -> None:
        self._attitudes = chosen_attitudes(attitudes)
        self._min_confidence = checked_confidence(min_confidence)
        self._name, self._version, self._spans_key = name, version, spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a Doc and return the Doc.

        Raises:
            ModelError: No parser or no tagger has seen it.
        """
        statements = self._statements(doc)
        doc.user_data[KEY] = json_text([statement_record(statement) for statement in statements])
        found = (
            doc.char_span(span.start, span.end, label=statement.kind, span_id=statement.id, alignment_mode="expand")
            for statement in statements
            for span in statement.content.spans
        )
        doc.spans[self._spans_key] = [span for span in found if span is not None]
        return doc

    def _statements(self, doc: Doc) -> list[Statement]:
        try:
            document = make_document(doc.text, **(doc._.get(ARTICLE) or {}))
        except TypeError as error:
            raise UsageError(
                f"doc._.{ARTICLE}: {error}; it takes document_id, path, published, publisher and title"
            ) from error
        pipes = {"DEP": "parser", "TAG": "tagger"}
        missing = [pipe for label, pipe in pipes.items() if not doc.has_annotation(label)]
        if len(doc) and missing:
            raise ModelError(
                f"no {' and no '.join(missing)} has seen this Doc; put the component after them: "
                f'nlp.add_pipe("{NAME}", last=True)'
            )
        parse = parse_of_doc(_lemmatized(doc), document, name=self._name, version=self._version)
        found = analyse_parse(document, parse, load_scorer()).statements
        return [s for s in found if s.attitude in self._attitudes and s.confidence >= self._min_confidence]


@Language.factory(
    NAME,
    assigns=[f"doc._.{STATEMENTS}", f"doc._.{RECORDS}", "doc.spans"],
    requires=["token.dep", "token.tag"],
    default_config={"attitudes": ["statement"], "min_confidence": 0.0, "spans_key": NAME},
)
def make_component(
    nlp: Language,
    name: str,  # noqa: ARG001  # spaCy gives it
    attitudes: list[str] | str,
    min_confidence: float,
    spans_key: str,
) -> QuotesComponent:
    """Make the component for a pipeline; spaCy calls this for ``nlp.add_pipe("quotes")``."""
    meta = nlp.meta
    return QuotesComponent(meta["name"], meta["version"], attitudes, min_confidence, spans_key)


def statements_of(doc: Doc) -> list[Statement]:
    """Return the statements that the component found in a Doc; empty where it never ran."""
    return Statements(restored_statement(record, "the Doc") for record in records_of(doc))


def records_of(doc: Doc) -> list[dict[str, object]]:
    """Return the same statements as JSON values, for ``doc.to_json``."""
    records: list[dict[str, object]] = json.loads(doc.user_data.get(KEY, "[]"))
    return records


def keep_records(doc: Doc, records: list[dict[str, object]]) -> None:
    """Keep statements that come as JSON values, as ``Doc.from_json`` gives them."""
    doc.user_data[KEY] = json_text(records)


def _lemmatized(doc: Doc) -> Doc:
    """Return the Doc itself, or a copy with what its pipeline has not set: lemmas and parts of speech."""
    if not len(doc) or (doc.has_annotation("LEMMA") and doc.has_annotation("POS")):
        return doc
    copy = doc.copy()
    for pipe in ("attribute_ruler", "lemmatizer"):
        load_pipeline().get_pipe(pipe)(copy)
    return copy


# Every Doc has these attributes; set again when the module is imported again.
Doc.set_extension(STATEMENTS, getter=statements_of, force=True)
Doc.set_extension(RECORDS, getter=records_of, setter=keep_records, force=True)
Doc.set_extension(ARTICLE, default=None, force=True)
