"""``quotes review``: a page on which a person puts right what was found."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import needs_extra, report, speak, tell, warn
from quotes.cli.outputs import console_on, write_record
from quotes.cli.sampled import asked_keys, drawn_statements, print_precision
from quotes.cli.serve import answered_hosts, listening
from quotes.cli.tally import counted
from quotes.errors import UsageError
from quotes.files import MOST_BYTES

if TYPE_CHECKING:
    from rich.table import Table

    from quotes.extractor import Extractor
    from quotes.review import Session, Share, Summary
    from quotes.text.document import Document

EXAMPLE = "Example: quotes review article.txt --expected reviewed"
WIDTH = 100
"""Columns of the tables where the output is no terminal."""


class Order(StrEnum):
    """In which order the page goes on from statement to statement."""

    CONFIDENCE = "confidence"
    POSITION = "position"


def review(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...", help="Texts, as for 'quotes extract'; leave them out with --summary.", show_default=False
        ),
    ] = None,
    *,
    expected: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for the fixtures; reviews already in it are continued.")
    ] = Path("reviewed"),
    summary: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Print what the reviews in this folder say about the extractor."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --summary, print JSON.")] = False,
    sample: Annotated[
        Path | None,
        typer.Option(
            metavar="SAMPLE.json",
            help="Review only what 'quotes sample' drew; with --summary, what it says about the archive.",
        ),
    ] = None,
    settle: Annotated[
        bool,
        typer.Option("--settle", help="The two PATHs are folders of two reviewers; decide where they differ."),
    ] = False,
    order: Annotated[
        Order, typer.Option(help="What comes next: the least certain statement, or the next one in the text.")
    ] = Order.CONFIDENCE,
    port: Annotated[int, options.count_option(help="Port to listen on; 0 picks a free one.", min=0, max=65535)] = 0,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your browser.")] = True,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    quiet: options.QuietOption = False,
) -> int:
    """Accept, correct or reject what was found.

    On a page that is served on this machine alone. Needs the extra 'server'.
    """
    speak(quiet=quiet)
    if summary is not None:
        if paths:
            raise UsageError("--summary reads a folder of reviews; leave the texts out")
        if sample is None:
            _print_summary(summary, as_json=as_json)
        else:
            print_precision(summary, sample, as_json=as_json)
        return exit_codes.OK
    if not paths:
        raise UsageError("name the texts to review, or a folder of reviews with --summary")
    if as_json:
        raise UsageError("--json is for --summary; give both, or neither")
    with needs_extra("server", "quotes review"):
        import quotes.server.reviewing  # noqa: F401  # before anything slow is done

    run = TextRun(encoding, published, publisher, title, max_bytes)
    names = [] if settle else run.find(paths, None)

    def make_extractor() -> Extractor:
        return options.make_extractor(model, attitudes, min_confidence, quality, provider)

    session = _settling(paths, expected) if settle else _opened(run, names, expected, make_extractor, sample)
    try:
        _serve(session, order, port, open_page=open_page)
    finally:
        session.close()
    return exit_codes.OK


def _opened(
    run: TextRun, names: Sequence[str], folder: Path, make_extractor: Any, sample: Path | None = None
) -> Session:
    """Open the review of each text; the pipeline is loaded for the first that is new."""
    from quotes.review import Desk, Review, Session, begin, open_desk, with_given

    loaded: list[Extractor] = []
    drawn = drawn_statements(sample)

    def begun(document: Document) -> Review:
        if not loaded:
            loaded.append(make_extractor())
        return with_given(begin(document, loaded[0]), drawn.get(document.sha256, ()))

    def opened(document: Document) -> Desk:
        return open_desk(folder, document, begun)

    desks = [desk for _, desk in run.results(names, opened, output_is_file=True)]
    session = Session(folder, desks, asked_keys(drawn, desks) if sample else None)
    known = sum(desk.revision > 0 for desk in session.desks)
    if known:
        report(f"Going on with {counted(known, 'review')} in {folder}")
    return session


def _settling(paths: Sequence[str], folder: Path) -> Session:
    """Open the reviews that settle those of two folders."""
    from quotes.review import Session, desks_below, open_desk, settled

    if len(paths) != 2:
        raise UsageError("--settle takes two folders of reviews")
    if folder.resolve() in {Path(path).resolve() for path in paths}:
        raise UsageError(f"{folder} is one of the two to settle; name another folder with --expected")
    first, second = (desks_below(Path(path)) for path in paths)
    texts = {desk.review.document.sha256 for desk in second}
    for desk in first:
        if desk.review.document.sha256 not in texts:
            warn(f"left out {desk.folder.name}: only one of the two reviewers has it")
    both = [desk.review.document for desk in first if desk.review.document.sha256 in texts]
    return Session(folder, [open_desk(folder, each, lambda text: settled(text, first, second)) for each in both])


def _serve(session: Session, order: Order, port: int, *, open_page: bool) -> None:
    """Serve the page until it is ended, and export what was reviewed."""
    import secrets
    import webbrowser
    from threading import Thread

    import uvicorn

    from quotes.server.connections import server_config
    from quotes.server.reviewing import create_review_app

    token = secrets.token_urlsafe(18)
    with listening("127.0.0.1", port) as listener:
        host = listener.getsockname()[0]
        address = f"http://{host}:{listener.getsockname()[1]}/{token}/"
        app = create_review_app(session, token, order=order.value, hosts=answered_hosts(host, host) or ())
        tell(f"review on {address} (Ctrl-C ends it)")
        if open_page:  # a browser of the terminal would keep the service from starting
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(server_config(app)).run(sockets=[listener])
    _, problems = session.export()
    for problem in problems:
        warn(problem)
    items = [item for desk in session.desks for item in session.items(desk) if item.origin == "extracted"]
    done = sum(item.decision != "waiting" for item in items)
    report(f"{done} of {counted(len(items), 'statement')} reviewed; fixtures are in {session.folder}")


def _print_summary(folder: Path, *, as_json: bool) -> None:
    from quotes.review import desks_below, summarise

    found = summarise(desk.review for desk in desks_below(folder))
    if as_json:
        write_record(asdict(found))
        return
    console = console_on(None, WIDTH)
    console.print(
        f"{counted(found.articles, 'article')}, {found.complete} reviewed as a whole; "
        f"{counted(found.extracted, 'statement')}, of which {found.waiting} wait and {found.optional} are optional; "
        f"{found.added} added\n",
        soft_wrap=True,
    )
    for table in _tables(found):
        console.print(table)
    if found.waiting:
        console.print(
            "Not all is reviewed: the shares hold for the rest only if what was reviewed was drawn at random, "
            "and not the least certain first.",
            soft_wrap=True,
        )


def _tables(found: Summary) -> list[Table]:
    whole = _table("share", "with 95 % probability", "right", "of")
    rows = {
        "statements, and rightly found (precision)": found.precision,
        "right in every field": found.exact,
        "found of all that there are (recall)": found.recall,
        **{f"{field} right": share for field, share in found.fields.items()},
    }
    for label, share in rows.items():
        whole.add_row(label, *_cells(share))
    rules = _table("share", "with 95 % probability", "right", "of", "corrected", first="rule")
    for rule, each in found.rules.items():
        corrected = ", ".join(f"{field} {number}" for field, number in each.corrected.items())
        rules.add_row(rule, *_cells(each.precision), corrected)
    return [whole, rules]


def _table(*columns: str, first: str = "") -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE)
    table.add_column(first)
    for name in columns:
        table.add_column(name, justify="left" if name == "corrected" else "right")
    return table


def _cells(share: Share) -> tuple[str, str, str, str]:
    if share.share is None:
        return "–", "–", "0", "0"
    return f"{share.share:.1%}", f"{share.low:.1%} to {share.high:.1%}", str(share.right), str(share.of)
