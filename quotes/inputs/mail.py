"""Mails (.eml), and pages that a browser has saved as one (.mhtml)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from platform import python_version

from quotes.errors import InputError
from quotes.inputs.extracted import Extracted
from quotes.inputs.page import article_of

_SIGNATURE = re.compile(r"^-- ?\r?$.*\Z", re.MULTILINE | re.DOTALL)


def tool() -> str:
    """Return what reads it."""
    return f"Python email {python_version()}"


def read_mail(data: bytes, where: str) -> Extracted:
    """Return the text of a mail without its signature; its subject is the title, its sender the author.

    Raises:
        UsageError: It is written in HTML alone, and trafilatura is not installed.
        InputError: There is no text in it.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    except Exception as error:  # whatever its parser makes of a broken mail
        raise InputError(f"{where}: cannot be read as a mail; save its text as a .txt file.") from error
    text = _content(part) if isinstance(part, EmailMessage) else ""
    if part is None or not text.strip():
        raise InputError(f"{where}: there is no text in this mail; save its attachment as a file, and give that.")
    if part.get_content_type() == "text/html":
        page = article_of(text, where)
        text, page_title, publisher = page.text, page.title, page.publisher
    else:
        text, page_title, publisher = _SIGNATURE.sub("", text).replace("\r\n", "\n"), None, None
    try:
        published = parsedate_to_datetime(str(message["Date"])).date()
    except (TypeError, ValueError):
        published = None
    name, address = parseaddr(str(message["From"] or ""))
    return Extracted(
        text,
        title=str(message["Subject"] or "") or page_title,
        publisher=publisher,
        published=published,
        author=name or address or None,
    )


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # an encoding that nobody knows, or bytes that are none of it
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
