"""What a request may take."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take.

    Attributes:
        max_bytes: Largest body of a request; more is refused with 413.
        timeout: Seconds in which a body must arrive (else 408), that a request
            waits for a free worker (else 503), and that its extraction takes
            (else 504).
        queue: Requests that may wait; more are refused with 503 at once.

    Raises:
        UsageError: One of them is not positive.
    """

    max_bytes: int = 1_000_000
    timeout: float = 30.0
    queue: int = 200

    def __post_init__(self) -> None:
        for name in ("max_bytes", "timeout", "queue"):
            if not getattr(self, name) > 0:
                option = name.replace("_", "-")
                raise UsageError(f"--{option} {getattr(self, name)} is not above 0; give a larger number")
