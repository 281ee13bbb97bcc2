"""The notebook of the documentation, with outputs as they come out now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def executed() -> NotebookNode:
    """Return the notebook after a run of all cells in a kernel of its own, in the folder that it is in."""
    import nbformat
    from nbclient import NotebookClient

    os.environ["PYTHONPATH"] = str(ROOT)  # which the kernel inherits
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": ROOT / "docs"}}
    ).execute()
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def outputs(notebook: NotebookNode) -> list[tuple[str, str]]:
    """Return what each cell shows, by type."""
    shown = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {output.output_type: output.get("text", "")})
            shown += sorted((kind, "".join(text)) for kind, text in data.items())
    return shown


def main() -> None:
    """Write the notebook again, with the outputs of today."""
    import nbformat

    NOTEBOOK.write_text(nbformat.writes(executed(), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
