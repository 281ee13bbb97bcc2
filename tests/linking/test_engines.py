"""Archives in processes of their own: killed at several points, and on Ray; the output is the same, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotes.io.families import families_text
from quotes.io.json import statements_to_json
from quotes.linking import blocks, link
from quotes.linking.blocks import Block
from quotes.linking.ray_engine import STRETCH, stretches
from tests.linking.test_archive import many

ROOT = Path(__file__).parents[2]
SMALL_BLOCKS = """
import sys
from quotes.cli import link
from quotes.cli.application import run
from quotes.linking import blocks
blocks.BLOCK, blocks.MOST_BEFORE, link.AT_ONCE = 4, 12, 2
sys.exit(run(sys.argv[1:]))
"""
LONGEST = 120
"""Seconds in which a run must have got somewhere."""
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: pip install 'quotes-attribution[ray]'"
)


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.Popen[bytes]]:
    """Start a run over a month of visits, with blocks of a few reports as here, that writes ``families.json``."""
    for name, most in (("BLOCK", 4), ("MOST_BEFORE", 12)):  # what is in a window tells how much somebody is quoted
        monkeypatch.setattr(blocks, name, most)
    (tmp_path / "statements.json").write_text(statements_to_json(many()), "utf-8")

    def start(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", SMALL_BLOCKS, "link", "statements.json", "-o", "families.json", *options]
        return subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE
        )

    return start


def ended(run: subprocess.Popen[bytes]) -> None:
    """Let a run end well."""
    _, said = run.communicate(timeout=LONGEST)
    assert run.returncode == 0, said.decode()


@pytest.mark.slow
def test_killed_at_several_points(started: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    """The run that goes on each time writes what one in memory gives, and leaves nothing behind."""
    work = tmp_path / "families.json.work"
    for blocks_done in (1, 3, 6, 9):
        run = started()
        late = time.monotonic() + LONGEST
        while len(list(work.glob("*/*.part"))) < blocks_done and time.monotonic() < late:
            time.sleep(0.002)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert run.returncode == -signal.SIGKILL, "it had ended before it could be killed"
        assert len(list(work.glob("*/*.part"))) >= blocks_done
        assert not (tmp_path / "families.json").exists()
    ended(started())
    assert (tmp_path / "families.json").read_text("utf-8") == families_text(link(many()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["families.json", "statements.json"]


@needs_ray
@pytest.mark.slow
def test_on_ray(started: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    """Two workers give what one process gives."""
    ended(started("--engine", "ray", "--workers", "2"))
    assert (tmp_path / "families.json").read_text("utf-8") == families_text(link(many()))


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray(started: Callable[..., subprocess.Popen[bytes]]) -> None:
    """What is not installed is named, with the command that installs it."""
    run = started("--engine", "ray")
    _, said = run.communicate(timeout=LONGEST)
    assert run.returncode == 2
    assert b"pip install 'quotes-attribution[ray]'" in said


def test_tasks_are_stretches_of_blocks() -> None:
    """Blocks that follow each other, at most so many, none across one that an earlier run has done."""
    todo = [(number, Block(0, number, number + 1)) for number in range(2 * STRETCH + 1) if number != STRETCH + 2]
    found = list(stretches(todo))
    assert [each for stretch in found for each in stretch] == todo
    assert [len(stretch) for stretch in found] == [STRETCH, 2, STRETCH - 2]
    assert list(stretches([])) == []
