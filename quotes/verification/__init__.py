"""Whether a quotation is what the source says."""

from quotes.verification.engine import Verifier, statements_of, verify
from quotes.verification.sources import Source, SourceIndex

__all__ = ["Source", "SourceIndex", "Verifier", "statements_of", "verify"]
