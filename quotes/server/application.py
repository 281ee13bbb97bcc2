"""The service itself: its addresses and what they answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import PurePath
from time import monotonic
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from quotes import __version__
from quotes.errors import ModelError, QuotesError
from quotes.extractor import Extractor
from quotes.models import Statement, Verification
from quotes.server.guards import FORM_PATH, Guard, problem
from quotes.server.pages import check_page, empty_check, example, form_check, form_source, paste_page
from quotes.server.pool import BusyError, WorkerPool
from quotes.server.requests import (
    CHECK,
    FILE,
    HOME,
    LONGEST_NAME,
    AnswerTooLargeError,
    Health,
    Pasted,
    Problem,
    body_schemas,
    extraction,
    file_texts,
    verification,
)
from quotes.workers import TaskFailedError, WorkerDiedError

EXTRACT_PATH = "/v1/extract"
VERIFY_PATH = "/v1/verify"
TIMED = 2000
"""Characters of a text from which its time tells how fast the next one is read."""
REFUSALS: dict[int | str, dict[str, Any]] = {
    408: {"model": Problem, "description": "The body did not arrive in time"},
    413: {"model": Problem, "description": "The body is too large, or the answer would be"},
    422: {"model": Problem, "description": "The body is not what is described here"},
    500: {"model": Problem, "description": "A fault in quotes itself"},
    503: {"model": Problem, "description": "Too many requests wait already"},
    504: {"model": Problem, "description": "The work took too long and was stopped"},
}


def create_app(pool: WorkerPool, *, hosts: Iterable[str] | None = None) -> FastAPI:
    """Return the service of workers that are started, and that are ended with it.

    It answers requests to the host names given; None stands for any.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        with closing(pool):
            yield

    app = FastAPI(
        title="quotes",
        summary="Who said what, to whom, through what medium, and when: from English news text.",
        version=__version__,
        docs_url=None,  # these pages would load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(Guard, limits=pool.limits, hosts=hosts)
    app.add_exception_handler(HTTPException, _http_problem)
    _add_interface(app, pool)
    _add_paste_page(app, pool)
    _add_check_page(app, pool)
    _describe_body(app)
    return app


def _add_interface(app: FastAPI, pool: WorkerPool) -> None:
    @app.post(EXTRACT_PATH, response_model=list[Statement], responses=REFUSALS)
    async def extract(request: Request) -> Response:
        """Extract the attributed statements of one text or several: the JSON of ``quotes extract``."""
        return await _answer(pool, extraction, request)

    @app.post(VERIFY_PATH, response_model=list[Verification], responses=REFUSALS)
    async def verify(request: Request) -> Response:
        """Compare the quotations of an article with sources: the JSON of ``quotes verify``."""
        return await _answer(pool, verification, request)

    @app.get("/healthz", response_model=Health)
    async def health() -> Health:
        """Say that the service is there."""
        return Health(
            status="ok",
            version=__version__,
            workers=len(pool.workers),
            ready=sum(worker.running for worker in pool.workers),
            waiting=pool.waiting,
        )


def _add_paste_page(app: FastAPI, pool: WorkerPool) -> None:
    most = pool.limits.max_bytes
    speeds: list[float] = []  # of the last long text, in bytes a second

    def paste_or_again(source: Pasted, **values: str) -> str:
        return paste_page(most, source, speed=speeds[-1] if speeds else None, **values)

    @app.get(HOME, response_class=HTMLResponse, include_in_schema=False)
    async def paste(request: Request) -> HTMLResponse:
        return HTMLResponse(paste_or_again(example(request.query_params.get("example", ""))))

    @app.post(FORM_PATH, response_class=HTMLResponse, include_in_schema=False)
    async def view(request: Request) -> HTMLResponse:
        source, begun = Pasted(text=""), monotonic()
        try:
            source = await asyncio.to_thread(form_source, await request.body(), most)
            page = await _done(pool, source.page)
            if len(source.text) >= TIMED:
                speeds[:] = [len(source.text.encode("utf-8")) / (monotonic() - begun)]
            return HTMLResponse(page)
        except HTTPException as error:
            page = await asyncio.to_thread(paste_or_again, source, problem=str(error.detail))
            return HTMLResponse(page, error.status_code, error.headers)

    @app.post(FILE, include_in_schema=False)
    async def file(request: Request) -> Response:
        name = PurePath(request.query_params.get("name", "")[:LONGEST_NAME]).name or "file"
        texts = await _done(pool, partial(file_texts, await request.body(), name, most))
        return Response(texts.encode("utf-8"), media_type="application/json")


def _add_check_page(app: FastAPI, pool: WorkerPool) -> None:
    most = pool.limits.max_bytes

    @app.get(CHECK, response_class=HTMLResponse, include_in_schema=False)
    async def paste_both() -> HTMLResponse:
        return HTMLResponse(check_page(pool.limits.max_bytes))

    @app.post(CHECK, response_class=HTMLResponse, include_in_schema=False)
    async def check(request: Request) -> HTMLResponse:
        pasted = empty_check()
        try:
            pasted, is_whole = await asyncio.to_thread(form_check, await request.body(), most)
            if is_whole:
                return HTMLResponse(await _done(pool, pasted.page))
            return HTMLResponse(await asyncio.to_thread(check_page, most, pasted))
        except HTTPException as error:
            page = await asyncio.to_thread(check_page, most, pasted, problem=str(error.detail))
            return HTMLResponse(page, error.status_code, error.headers)


async def _answer(pool: WorkerPool, work: Callable[[bytes, Extractor], str], request: Request) -> Response:
    """Return what a worker makes of the body of a request, as JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not (kind == "application/json" or kind.endswith("+json")):
        raise HTTPException(422, "body: declare it as content-type: application/json")
    text = await _done(pool, partial(work, await request.body()))
    return Response(text.encode("utf-8"), media_type="application/json")


async def _done(pool: WorkerPool, job: Callable[[Extractor], str]) -> str:
    """Return what a job makes, or raise what the client is to be told."""
    try:
        return await pool.run(job)
    except BusyError as error:
        raise HTTPException(503, f"too busy: {error}", {"Retry-After": "5"}) from error  # in seconds
    except TimeoutError as error:
        raise HTTPException(504, str(error)) from error
    except WorkerDiedError as error:
        ended = "the process that worked on it ended, perhaps for want of memory"
        raise HTTPException(500, ended) from error
    except TaskFailedError as error:
        raise HTTPException(500, f"internal fault, {error}") from error
    except AnswerTooLargeError as error:
        raise HTTPException(413, str(error)) from error
    except QuotesError as error:
        raise HTTPException(500 if isinstance(error, ModelError) else 422, str(error)) from error


def _describe_body(app: FastAPI) -> None:
    """Describe the bodies that workers read, of which the framework does not know."""
    description = app.openapi()
    for path, schema in zip((EXTRACT_PATH, VERIFY_PATH), body_schemas(), strict=True):
        description["components"]["schemas"].update(schema.pop("$defs"))
        content = {"application/json": {"schema": schema}}
        description["paths"][path]["post"]["requestBody"] = {"required": True, "content": content}


async def _http_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), error.headers)
