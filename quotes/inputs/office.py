"""Word documents (.docx) by mammoth; other office files are known and refused."""

from __future__ import annotations

import io
import zipfile
from typing import NoReturn

from quotes.errors import InputError
from quotes.inputs.extracted import Extracted, one_line, paragraphs, require, silenced, tool_name

_UNPACKED = 20
"""How many times as long as the longest text a document may be when it is unpacked."""
_OTHERS = {
    "xl/": "an Excel workbook; save the sheet as CSV, and read it with 'quotes corpus'",
    "ppt/": "a presentation; save it as PDF, or its text as a .txt file",
    "content.xml": "an OpenDocument file; save it as DOCX, or as plain text",
    "META-INF/container.xml": "an e-book; save its text as a .txt file",
}


def tool() -> str:
    """Return what reads it."""
    return tool_name("mammoth")


def read_office(data: bytes, most: int, where: str) -> Extracted:
    """Return the text of a Word document as it reads when all tracked changes are accepted, without comments.

    Raises:
        UsageError: mammoth is not installed.
        InputError: It is broken, another kind of archive, or too long when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(f"{where}: is a damaged zip archive or office document ({error}); {_WAY}.") from error
    if "word/document.xml" not in names:
        _refuse(names, where)
    if size > most * _UNPACKED:
        raise InputError(f"{where}: is longer than {most * _UNPACKED:,} bytes when unpacked; {_WAY}.")
    require("mammoth", "docx", where, "a Word document")
    import mammoth

    with silenced("mammoth"):
        try:
            text = str(mammoth.extract_raw_text(io.BytesIO(data)).value)
        except Exception as error:  # whatever its parser makes of a broken document
            raise InputError(f"{where}: cannot be read as a Word document; {_WAY}.") from error
    blocks = ["\n".join(map(one_line, block.split("\n"))).strip() for block in text.split("\n\n")]
    if not any(blocks):
        raise InputError(f"{where}: there is no text in this Word document; {_WAY}.")
    return Extracted(paragraphs(blocks))


_WAY = "open it in a word processor and save it as DOCX again, or as plain text"


def _refuse(names: list[str], where: str) -> NoReturn:
    """Say what an archive that is no Word document is."""
    for start, kind in _OTHERS.items():
        if any(name.startswith(start) for name in names):
            raise InputError(f"{where}: looks binary: {kind}.")
    raise InputError(
        f"{where}: looks binary (a zip archive or an office document); unpack it, and give the texts in it."
    )
