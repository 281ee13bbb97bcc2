"""The same run on Ray: the same statements, also when actors die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotes.corpus import Summary
from tests.corpus.fakes import FACTORY

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'quotes-attribution[ray]'"),
]


def test_an_actor_is_killed_in_the_middle(
    archive: Callable[..., Path], run: Callable[..., Summary], tmp_path: Path
) -> None:
    """With an actor killed once, a document that always kills and one that waits, the statements are the same."""
    texts = [f"Said: number {n}\nSaid: again {n}\n" for n in range(60)]
    marker = tmp_path / "marker"
    texts[30] = f"Die once: {marker}\nSaid: after all\n"
    texts[41] = "Die"
    texts[50] = "Wait: 600"
    path = archive(*texts)
    output = tmp_path / "ray.jsonl"
    arguments = ["corpus", path.name, "-o", output, "--engine", "ray", "--workers", "2", "--batch", "4"]
    arguments += ["--document-seconds", "10"]
    done = subprocess.run(
        [sys.executable, "-m", "quotes", *map(str, arguments), "--extractor", FACTORY],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        timeout=400,
    )
    assert done.returncode == 7, done.stderr
    assert marker.exists()
    bad, slow = map(json.loads, (tmp_path / "ray.jsonl.errors.jsonl").read_text("utf-8").splitlines())
    assert bad == {
        "id": "d41", "path": path.name, "reason": "the Ray actor died on it, again and again",
    }  # fmt: skip
    assert (slow["id"], slow["reason"].partition(";")[0]) == ("d50", "not done after 10 s")
    marker.unlink()
    run(path, "processes.jsonl", workers=2, document_seconds=2)
    on_processes = (tmp_path / "processes.jsonl").read_text("utf-8").replace(str(path), path.name)
    assert output.read_text("utf-8") == on_processes
