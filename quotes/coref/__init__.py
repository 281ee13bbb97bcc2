"""Identity: from mentions of speakers, addressees and media to entities of the document."""

from __future__ import annotations

from quotes.coref.resolution import resolve

__all__ = ["resolve"]
