"""Connections: how many there may be, and how long a client may keep one without a request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ARRIVAL_LIMIT = 10.0
"""Seconds in which the head of a request must arrive, and in which a client must take some of its answer."""
MOST_CONNECTIONS = 500


def server_config(app: ASGIApp) -> uvicorn.Config:
    """Return how the service is run.

    uvicorn's own limit counts requests, not connections: it refuses everybody while
    many connections are open that never send one.
    """
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="error",  # not a line for each request that is none
        access_log=False,
        backlog=max(1, most_connections() // 4),  # so many are taken in before the first can be refused
        timeout_graceful_shutdown=5,
    )


def most_connections() -> int:
    """Return how many connections may be open, well below what the system lets one process open."""
    try:
        import resource
    except ImportError:  # Windows
        return MOST_CONNECTIONS
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_CONNECTIONS if descriptors < 0 else min(MOST_CONNECTIONS, descriptors // 3)


class Connection(H11Protocol):
    """A connection that is given up when its client keeps it without using it, or when others need it more."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take in a client; the longest wait for a request ends where there are too many."""
        super().connection_made(transport)
        self._set_deadline()
        if len(self.connections) > most_connections():
            arriving = [each for each in self.connections if isinstance(each, Connection) and each.arriving]
            min(arriving, key=Connection.begun, default=self).transport.abort()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._set_deadline()

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent."""
        super().pause_writing()
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Be done with a client."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    @property
    def arriving(self) -> bool:
        """Whether a request is waited for that is not there as a whole."""
        return self.conn.their_state in {h11.IDLE, h11.SEND_BODY} and not self.transport.is_closing()

    def begun(self) -> float:
        """Return when the client was last given time."""
        return 0.0 if self._deadline is None else self._deadline.when()

    def _set_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(ARRIVAL_LIMIT, self._expire)

    def _expire(self) -> None:
        if self.conn.their_state is h11.IDLE or self.flow.write_paused or self.transport.is_closing():
            self.transport.abort()
