"""Files of other kinds, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def run(text: str) -> str:
    """A run of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    """Words that somebody has put in, tracked."""
    return f'<w:ins w:id="1" w:author="Editor">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Words that somebody has struck, tracked."""
    return f'<w:del w:id="2" w:author="Editor"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word document of paragraphs, each the XML of its runs."""
    body = "".join(f"<w:p>{each}</w:p>" for each in paragraphs)
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>',
        }
    )


def archive(members: dict[str, str]) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def pdf(columns: Sequence[Sequence[str]]) -> bytes:
    """A page of a PDF with a headline, columns of lines and a page number; an empty line parts paragraphs."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=True)
    canvas.setFont("Times-Bold", 20)
    canvas.drawString(50, 780, "Harbour bridge to close for a year")
    canvas.setFont("Times-Roman", 10)
    for number, column in enumerate(columns):
        for line, words in enumerate(column):
            canvas.drawString(50 + 260 * number, 740 - 12 * line, words)
    canvas.drawString(290, 30, "17")
    canvas.save()
    return stream.getvalue()
