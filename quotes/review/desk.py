r"""One article's review on the disk: what was begun with, then every action and what came of it.

A folder holds the article, its metadata, and ``review.jsonl``: a first line with what the extractor gave, then a
line for each action with the statements as they were after it, so that no later version of this program reads it
otherwise. Each line is on the disk before its action is answered. A line that a crash cut short is no action.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quotes.errors import DataError, InputError, OutputError, QuotesError, UsageError
from quotes.files import files_below, held, kind_of, replaced, unwritable
from quotes.inputs.kinds import texts_of
from quotes.io.json import json_text, parsed_json, statement_record
from quotes.io.records import restored_statement
from quotes.models import ExtractorInfo
from quotes.review.actions import perform
from quotes.review.items import Item, Review
from quotes.text.document import Document, make_document, read_document
from quotes.text.spans import Span
from quotes.validation.fixtures import ARTICLE, METADATA

JOURNAL = "review.jsonl"
FORM = 1
"""Version of the journal's form."""
UNDO = "undo"
Record = Mapping[str, Any]
Begin = Callable[[Document], Review]
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80


class StaleError(UsageError):
    """An action is based on an older revision than the review has by now, as of a page left open."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an action has done.

    Attributes:
        revision: The review's number after it.
        items: The items that are new or other than before.
        removed: Keys of those that are there no more.
    """

    revision: int
    items: tuple[Item, ...]
    removed: tuple[str, ...]


class Desk:
    """An article's review that is being worked on; no other process can open it meanwhile.

    Attributes:
        folder: Where it is.
        revision: Number of actions so far, undone ones and undoing included.
    """

    def __init__(
        self, folder: Path, begun: Review, actions: Sequence[tuple[Record, str]], lock: ExitStack | None
    ) -> None:
        self.folder, self.revision = folder, 0
        self._states, self._lock = [begun], lock
        first = {item.key: item for item in begun.items}
        for record, where in actions:
            self._take(record, first, where)

    @property
    def review(self) -> Review:
        """The review as it stands."""
        return self._states[-1]

    @property
    def begun(self) -> Review:
        """The review as it was before anything was decided."""
        return self._states[0]

    def act(self, revision: int, action: Record) -> Change:
        """Do an action, ``{"do": "undo"}`` included, and write it down.

        Raises:
            StaleError: The revision is not the review's present one.
            UsageError: The action makes no sense here.
            OutputError: It cannot be written; then it has not happened.
        """
        if self._lock is None:
            raise UsageError(f"{self.folder} was opened to be read only, or is closed")
        if revision != self.revision:
            raise StaleError(
                f"{self.review.document.id} was changed in another window (revision {self.revision}, not {revision})"
            )
        is_undo = action.get("do") == UNDO
        if is_undo and len(self._states) == 1:
            raise UsageError("there is nothing to undo")
        before, after = self.review, self._states[-2] if is_undo else perform(self.review, action)
        change = _change(before, after, revision + 1)
        self._write({
            "revision": change.revision,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "action": dict(action),
            "items": [_item_record(item) for item in change.items],
            "removed": change.removed,
        })  # fmt: skip
        self.revision = change.revision
        self._states[-1 if is_undo else len(self._states) :] = [] if is_undo else [after]
        return change

    def close(self) -> None:
        """Let others open it."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _write(self, record: Record) -> None:
        path = self.folder / JOURNAL
        try:
            with path.open("r+b") as stream:
                end = stream.seek(0, os.SEEK_END)
                try:
                    stream.write(f"{json_text(record)}\n".encode())
                    stream.flush()
                    os.fsync(stream.fileno())
                except OSError:
                    stream.truncate(end)  # half a line would end what is read
                    raise
        except OSError as error:
            raise unwritable(path, error) from error

    def _take(self, record: Record, begun: Mapping[str, Item], where: str) -> None:
        """Put down an action that was done before."""
        try:
            if record["action"]["do"] == UNDO:
                if len(self._states) == 1:
                    raise ValueError("there is nothing to undo")
                self._states.pop()
            else:
                items = [_restored_item(each, begun, where) for each in record["items"]]
                self._states.append(self.review.with_items(items, without=record["removed"]))
            self.revision = int(record["revision"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise DataError(f"{where}: no action of a review ({error!r}); restore the file from a copy") from error


def open_desk(parent: Path, document: Document, begin: Begin) -> Desk:
    """Open the review of an article in a folder below ``parent``, begun before or now.

    Args:
        parent: Folder of the reviews, made where it is not there.
        document: The article; a text that has changed since is another article.
        begin: Called for the review of one that is new.

    Raises:
        OutputError: A folder cannot be made or written to, is in use, or is a fixture that no review made.
        DataError: A journal has another form.
    """
    for name in _names(document):
        folder = parent / name
        if not kind_of(folder):
            return _begun(folder, document, begin)
        if not (folder / JOURNAL).is_file():
            if any(not each.name.startswith(".") for each in folder.iterdir()):
                raise OutputError(
                    f"{folder} holds files that no review has made; name another folder with --expected, or move them"
                )
            return _begun(folder, document, begin)
        if _header(folder)[0].get("document", {}).get("sha256") == document.sha256:
            return _resumed(folder, document)
    raise OutputError(f"cannot make a folder for {document.id} in {parent}: its names are taken")


def desks_below(parent: Path, without: Collection[Path] = ()) -> tuple[Desk, ...]:
    """Open the reviews in a folder, but for some, to read them: nothing is locked, and nothing is written.

    Raises:
        InputError: The folder cannot be read.
        DataError: It has no review, or one of another form.
    """
    if kind_of(parent) != "folder":
        raise UsageError(f"no such folder: {parent}; give the folder of a review")
    found = [each for each in files_below(parent, JOURNAL.__eq__) if isinstance(each, Path)]
    if not found:
        raise DataError(f"{parent}: no review in it, that is no {JOURNAL}; 'quotes review' makes one")
    return tuple(_resumed(path.parent) for path in found if path.parent not in without)


def _names(document: Document) -> tuple[str, str]:
    """Return the names that the folder of a document may have, the second for one of many that share the first."""
    name = _UNSAFE.sub("-", document.id).strip(".-")[:_LONGEST_NAME] or "article"
    return name, f"{name}-{document.sha256[:8]}"


def _begun(folder: Path, document: Document, begin: Begin) -> Desk:
    _check_kept(document)
    review = begin(document)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    with ExitStack() as stack:
        _lock(folder, stack)
        with replaced(folder / JOURNAL) as path:
            path.write_text(json_text(_begun_record(review)) + "\n", "utf-8")
        _keep(folder, document)
        return Desk(folder, review, (), stack.pop_all())


def _resumed(folder: Path, document: Document | None = None) -> Desk:
    """Open a review that was begun: to go on where the document is given, else only to read it."""
    with ExitStack() as stack:
        is_read_only = document is None
        if not is_read_only:
            _lock(folder, stack)
        header, where = _header(folder)
        actions = _actions(folder, mend=document is not None)
        if document is None:
            document = _kept_document(folder, header)
        else:
            _keep(folder, document)
        begun = _restored(header, document, where)
        return Desk(folder, begun, actions, None if is_read_only else stack.pop_all())


def _check_kept(document: Document) -> None:
    """Raise an `InputError` for a text that would not come back from a file as it is."""
    with suppress(UnicodeEncodeError, QuotesError):
        (read,) = texts_of(
            document.text.encode(), ARTICLE, encoding="utf-8", where=document.id, max_bytes=len(document.text) * 4 + 1
        )
        if read.content.text == document.text:
            return
    raise InputError(
        f"{document.id}: its text cannot be kept as a file of plain text, as it begins with a mark of another format "
        "or holds half a character; take that out first"
    )


def _keep(folder: Path, document: Document) -> None:
    """Write the article and its metadata, unless they are there."""
    kept = {ARTICLE: document.text, METADATA: json_text(_metadata(document), indent=1) + "\n"}
    for name, text in kept.items():
        if not (folder / name).exists():
            with replaced(folder / name) as path:
                path.write_bytes(text.encode())


def _lock(folder: Path, stack: ExitStack) -> None:
    """Lock a folder; the stack gives it back."""
    if not stack.enter_context(held(folder)):
        raise OutputError(f"{folder} is open in another 'quotes review'; use its page, or end it first")


def _lines(folder: Path) -> list[bytes]:
    """Return the whole lines of a journal; what a crash cut short is none."""
    path = folder / JOURNAL
    try:
        return path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def _header(folder: Path) -> tuple[Record, str]:
    where = f"{folder / JOURNAL}:1"
    record = _record(next(iter(_lines(folder)), b""), where)
    if record.get("quotes_review") != FORM:
        raise DataError(f"{where}: no review of this version of quotes; name another folder with --expected")
    return record, where


def _actions(folder: Path, *, mend: bool) -> list[tuple[Record, str]]:
    """Return the actions of a journal with their places; half a line at its end is cut off if it is to go on."""
    path, lines = folder / JOURNAL, _lines(folder)
    if mend:
        size = sum(len(line) + 1 for line in lines)
        if path.stat().st_size > size:
            os.truncate(path, size)
    places = ((line, f"{path}:{number}") for number, line in enumerate(lines, 1))
    return [(_record(line, where), where) for line, where in places][1:]


def _record(line: bytes, where: str) -> Record:
    try:
        record = parsed_json(line.decode())
    except ValueError as error:
        raise DataError(f"{where}: not JSON in UTF-8 ({error}); restore the file from a copy") from error
    if not isinstance(record, dict):
        raise DataError(f"{where}: no object; restore the file from a copy")
    return record


def _begun_record(review: Review) -> Record:
    document = review.document
    known = {name: getattr(document, name) for name in ("id", "path", "sha256", "title", "publisher", "published")}
    return {
        "quotes_review": FORM,
        "document": known,
        "extractor": review.extractor.model_dump(),
        "sentences": review.sentences,
        "quotations": [[outer.start, outer.end, inner.start, inner.end] for outer, inner in review.quotations],
        "items": [_first_record(each) for each in review.items],
    }


def _restored(header: Record, document: Document, where: str) -> Review:
    try:
        return Review(
            document=document,
            items=tuple(_restored_item(each, {}, where) for each in header["items"]),
            sentences=tuple(header["sentences"]),
            quotations=tuple((Span(a, b), Span(c, d)) for a, b, c, d in header["quotations"]),
            extractor=ExtractorInfo.model_validate(header["extractor"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{where}: no beginning of a review ({error!r}); restore the file from a copy") from error


def _first_record(item: Item) -> Record:
    """Return an item as a review begins with it: with its statement, and what was given where that is another."""
    given = item.given if item.given is not None and item.given is not item.statement else None
    own = {} if given is None else {"given": statement_record(given)}
    return {**_item_record(item), "statement": statement_record(item.statement), **own}


def _item_record(item: Item) -> Record:
    """Return an item as JSON values, its statement only where it is not the one that was given."""
    other = {} if item.other is None else {"other": statement_record(item.other)}
    return {
        **{name: getattr(item, name) for name in ("key", "origin", "decision", "optional", "note", "why")},
        **other,
        "statement": None if item.statement is item.given else statement_record(item.statement),
    }


def _restored_item(record: Record, begun: Mapping[str, Item], where: str) -> Item:
    """Return an item of a record; what was given is in the beginning, which is none of its own."""
    known = begun.get(record["key"])
    fields: dict[str, Any] = {key: value for key, value in record.items() if key != "given"}
    given = known.given if known else None
    if known is None and record.get("given"):
        given = restored_statement(record["given"], where)
    fields["statement"] = given if record["statement"] is None else restored_statement(record["statement"], where)
    if known is None and given is None and record["origin"] != "added":
        given = fields["statement"]
    if record.get("other"):
        fields["other"] = restored_statement(record["other"], where)
    return Item(given=given, **fields)


def _change(before: Review, after: Review, revision: int) -> Change:
    old, new = ({item.key: item for item in review.items} for review in (before, after))
    changed = tuple(item for key, item in new.items() if old.get(key) is not item)
    return Change(revision, changed, tuple(key for key in old if key not in new))


def _metadata(document: Document) -> Record:
    """Return what is known of a document beside its text: its title only where the text is read the same with it."""
    titled = make_document(document.text, title=document.title)
    title = document.title if titled.paragraphs == document.paragraphs else None
    return {"published": document.published, "publisher": document.publisher, "title": title}


def _kept_document(folder: Path, header: Record) -> Document:
    known = header["document"]
    document = read_document(
        folder / ARTICLE, published=known["published"], publisher=known["publisher"], title=known["title"]
    )
    if document.sha256 != known["sha256"]:
        raise DataError(f"{folder / ARTICLE}: not the text that was reviewed; restore it from a copy")
    return replace(document, id=known["id"], path=known["path"])
