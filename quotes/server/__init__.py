"""A local service: a page to paste an article into, and the extractor over HTTP.

Needs the extra ``server`` (FastAPI and uvicorn). The texts are worked on by
processes of their own, which load the pipeline once each: a request never
blocks another one's health check, and one that takes too long can be stopped.
"""

from __future__ import annotations
