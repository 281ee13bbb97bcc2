"""Makes the page of a package index from the README: without pictures and links that lead nowhere there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"<picture>.*?</picture>\n*|<img [^>]*>\n*|!\[[^\]]*\]\([^)]*\)\n*", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)")


def for_an_index(readme: str) -> str:
    """Return the README with the text of links to files of this repository, but not the links."""
    return _LINK.sub(r"\1", _PICTURE.sub("", readme))


class Readme(MetadataHookInterface):
    """Gives the package its long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description of a project whose ``readme`` is dynamic."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_an_index(text)}
