"""The speakers' colours can be read, and told apart without full colour sight."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from quotes.view.page import asset
from quotes.view.speakers import COLOURS, UNNAMED, Speakers
from tests.view.builders import library, reported

Colour = tuple[float, float, float]

SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""How linear colours look to people (Machado, Oliveira and Fernandes 2009, full severity)."""
LEAST_DISTANCE = 0.06
"""In OKLab; 0.02 is a difference that is just seen when colours lie side by side."""


def linear(text: str) -> Colour:
    """The linear light of a colour such as #1e4dc5."""
    parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def times(matrix: tuple[Colour, ...], colour: Colour) -> Colour:
    """A matrix times a colour."""
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def oklab(colour: Colour) -> Colour:
    """A linear colour in OKLab."""
    cone = times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        tuple(min(1.0, max(0.0, c)) for c in colour),
    )
    return times(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        ),
        tuple(c ** (1 / 3) for c in cone),
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as the accessibility guidelines (WCAG 2) define it."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def named(name: str) -> tuple[str, str]:
    """A colour of the style, on a light and on a dark page."""
    full = [
        "#" + "".join(c * (2 if len(part) == 3 else 1) for c in part)
        for part in re.search(rf"--{name}:light-dark\(#(\w+),#(\w+)\)", asset("page.css")).groups()
    ]
    return full[0], full[1]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", sorted(SIGHTS))
def test_speakers_are_told_apart(sight: str, scheme: int) -> None:
    """Any two speakers' colours differ clearly, whatever colours a reader sees."""
    seen = [oklab(times(SIGHTS[sight], linear(pair[scheme]))) for pair in COLOURS]
    least = min(
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 for one, other in combinations(seen, 2)
    )
    assert least >= LEAST_DISTANCE


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_everything_can_be_read(scheme: int) -> None:
    """Names in a speaker's colour, text and small print reach the contrast of 4.5 on both papers."""
    for paper in (named("paper")[scheme], named("raised")[scheme]):
        for colour in (*(pair[scheme] for pair in COLOURS), named("ink")[scheme], named("muted")[scheme]):
            assert contrast(colour, paper) >= 4.5, (colour, paper)


def test_one_colour_a_name() -> None:
    """Speakers are listed by the number of their statements, those without a name last and grey."""
    speakers = Speakers(library().statements)
    assert [(speaker.name, speaker.statements, speaker.colour) for speaker in speakers.listed] == [
        ("Ann Kord", 2, 0),
        ("Ben Ode", 2, 1),
        (UNNAMED, 1, None),
    ]


def test_colours_never_repeat() -> None:
    """The most quoted speakers have a colour each, all others are grey."""
    found = [speaker.colour for speaker in Speakers(reported(240).statements).listed]
    assert found[: len(COLOURS)] == list(range(len(COLOURS)))
    assert len(found) > 100
    assert set(found[len(COLOURS) :]) == {None}
