"""``quotes serve``: addresses, the missing extra, and the service as a process of its own."""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from quotes.cli.application import run
from quotes.cli.serve import answered_hosts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", ["uvicorn", "fastapi"])
def test_a_missing_extra_is_named(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the extra the command says in one line which one to install, and ends with code 2."""
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)

    for loaded in [name for name in sys.modules if name.startswith("quotes.server")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setattr(builtins, "__import__", without)
    assert run(["serve", "--port", "0"]) == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert "pip install 'quotes-attribution[server]'" in errors


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "no.such.host.invalid"), "is no address"),
        (("--max-bytes", "0"), "--max-bytes 0 is not above 0"),
        (("--timeout", "-1"), "--timeout -1.0 is not above 0"),
    ],
)
def test_options_that_make_no_sense(arguments: tuple[str, str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option is one line and code 2, before the pipeline is loaded."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    assert run(["serve", "--port", "0", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    """A port that another program has is one line and code 2."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "choose another with --host or --port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "address", "answered"),
    [("127.0.0.1", "127.0.0.1", True), ("localhost", "::1", True), ("0.0.0.0", "0.0.0.0", False)],
)
def test_host_names_are_checked_on_loopback(host: str, address: str, answered: bool) -> None:
    """Bound to loopback, only its names are answered; bound to another address, any."""
    hosts = answered_hosts(host, address)
    assert (hosts is not None and {"localhost", "127.0.0.1", "::1"} <= hosts) == answered


SERVE = """
import signal
# A shell that started the tests in the background made their children deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from quotes.cli import main
main(["serve", "--port", "0"])
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_service_from_start_to_end() -> None:
    """The command says where it serves, answers there, ends with Ctrl-C and code 0, and leaves no process."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    command = [sys.executable, "-c", SERVE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        line = process.stderr.readline()
        assert line.startswith("quotes: serving on http://127.0.0.1:"), line
        address = line.split()[3]
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert (process.wait(20), rest) == (0, "")
