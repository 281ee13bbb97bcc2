"""The service behind a page of reviews: for one person on this machine, under an address that only they know."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from quotes import __version__
from quotes.errors import OutputError, UsageError
from quotes.io.json import json_text
from quotes.review import Session, StaleError
from quotes.roles.dates import date_meant
from quotes.server.guards import Guard, problem
from quotes.server.pool import Limits
from quotes.server.requests import Problem
from quotes.server.review_requests import ActionAnswer, ActionRequest, Refusal, Written
from quotes.view.review import item_record, people_records, render_review, review_records

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LIMITS = Limits(max_bytes=100_000, timeout=20.0)
EXPORT_DELAY = 2.0
"""Seconds after the last action in which fixtures and corpus are written."""
_NO_TOKEN = "the address lacks the token; open the whole address that 'quotes review' told"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    408: {"model": Problem, "description": "The body did not arrive in time"},
    409: {"model": Refusal, "description": "The action does not fit the review as it is now"},
    413: {"model": Problem, "description": "The body is too large"},
    422: {"model": Problem, "description": "The body is not what is described here"},
    507: {"model": Problem, "description": "The action cannot be written, and was not done"},
}


def create_review_app(session: Session, token: str, *, order: str, hosts: Iterable[str]) -> FastAPI:
    """Return the service of a session, all of it under ``/TOKEN/``; it exports what was reviewed when it ends.

    Args:
        session: The reviews.
        token: What the address must begin with.
        order: In which order the page goes on from statement to statement: confidence or position.
        hosts: The host names that are answered.
    """
    exporter = _Exporter(session)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loading = asyncio.create_task(
            asyncio.to_thread(date_meant, "yesterday", None)
        )  # what reckons dates takes a second
        yield
        await loading
        await exporter.now()

    app = FastAPI(
        title="quotes review",
        summary="Statements of articles, accepted, corrected or rejected by a person.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"/{token}/openapi.json",
        lifespan=lifespan,
    )
    app.add_middleware(TokenGuard, token=token)
    app.add_middleware(Guard, limits=LIMITS, hosts=hosts)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _http_problem)
    app.include_router(_routes(session, exporter, order), prefix=f"/{token}")
    return app


class TokenGuard:
    """Refuses every request whose address does not begin with the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] == "http":
            first = scope["path"].split("/", 2)[1:2]
            if not hmac.compare_digest("".join(first).encode("utf-8", "replace"), self.token):
                await problem(403, _NO_TOKEN)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class _Exporter:
    """Writes fixtures and corpus a little after the last of several actions, without anybody waiting for it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._task: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Export when nothing more is done for a while."""
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._later())

    async def now(self) -> Written:
        """Export at once."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        files, problems = await asyncio.to_thread(self.session.export)
        return Written(files=[str(path) for path in files], problems=problems)

    async def _later(self) -> None:
        await asyncio.sleep(EXPORT_DELAY)
        await asyncio.shield(asyncio.to_thread(self.session.export))  # problems are told when it is asked for


def _routes(session: Session, exporter: _Exporter, order: str) -> APIRouter:
    routes = APIRouter()

    @routes.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def page() -> HTMLResponse:
        return HTMLResponse(await asyncio.to_thread(render_review, session, order))

    @routes.get("/v1/review", response_model=list[dict[str, Any]])
    async def review() -> Response:
        """Return all articles with their statements, as they are now."""
        return _json(await asyncio.to_thread(review_records, session))

    @routes.post("/v1/actions", response_model=ActionAnswer, responses=_REFUSALS)
    async def act(request: ActionRequest) -> Response:
        """Do an action; it is on the disk before it is answered."""
        number = request.article
        action = request.action.model_dump()
        try:
            change = await asyncio.to_thread(session.act, number, request.revision, action)
        except StaleError as error:
            return _json({"detail": str(error), "revision": session.desks[number].revision}, 409)
        except UsageError as error:
            return _json({"detail": str(error), "revision": None}, 409)
        except OutputError as error:
            return problem(507, str(error))
        exporter.soon()
        return _json({
            "revision": change.revision,
            "items": [item_record(item) for item in change.items],
            "removed": change.removed,
            "people": people_records(session.desks[number].review),
        })  # fmt: skip

    @routes.post("/v1/export", response_model=Written)
    async def export() -> Written:
        """Write the fixtures and the corpus; they are also written a little after each action, and in the end."""
        return await exporter.now()

    @routes.get("/v1/summary", response_model=dict[str, Any])
    async def summary() -> Response:
        """Return what the review says of the extractor, as ``quotes review --summary --json`` does."""
        return _json(asdict(await asyncio.to_thread(session.summary)))

    return routes


def _json(value: object, status: int = 200) -> Response:
    return Response(json_text(value).encode(), status, media_type="application/json")


async def _misshapen(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()[:5]
    return problem(422, "; ".join(f"{'.'.join(map(str, each['loc']))[:200]}: {each['msg']}" for each in faults))


async def _http_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = 422 if error.status_code == 400 else error.status_code  # 400: a body that is no UTF-8
    return problem(status, str(error.detail), error.headers)
