"""Puts a service on this machine under load: ``python -m tests.server.load``.

Many clients send the articles of ``fixtures/`` one after another, while another
one asks for the health check. It fails (code 1) when a request fails, the health
check is slow, or memory grows. Not part of the test suite: it takes a while.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
HEALTH_LIMIT = 1.0
"""Seconds in which the health check answers, whatever else goes on."""
GROWTH_LIMIT = 1.1
"""Memory in the end by memory after the first third, at most."""


@dataclass
class Measurements:
    """What was seen."""

    statuses: Counter[str] = field(default_factory=Counter)
    taken: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    bytes_sent: int = 0

    def problems(self) -> list[str]:
        """What must not be."""
        after = self.memory[len(self.memory) // 3]
        checks = {
            "a request failed": set(self.statuses) != {"200"},
            "the health check was slow": max(self.health) > HEALTH_LIMIT,
            f"memory grew by more than {GROWTH_LIMIT - 1:.0%}": self.memory[-1] > after * GROWTH_LIMIT,
        }
        return [name for name, wrong in checks.items() if wrong]


def main() -> int:
    """Start a service, load it, print what was measured."""
    given = arguments(__doc__.partition("\n")[0], seconds=30)
    with subprocess.Popen(serving(given.workers), cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = process.stderr.readline().split()[3]
            assert address.startswith("http://127.0.0.1:"), "only this machine is put under load"
            measured = asyncio.run(load(address, process.pid, given.clients, given.seconds))
        finally:
            process.terminate()
    sys.stdout.write(report(measured, given.clients, given.seconds, given.workers))
    return 1 if measured.problems() else 0


def arguments(description: str, seconds: float) -> argparse.Namespace:
    """The options of a program that puts a service under load, for so many seconds if not told otherwise."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def serving(workers: int) -> list[str]:
    """The command that starts a service on a free port."""
    return [sys.executable, "-m", "quotes", "serve", "--port", "0", "--workers", str(workers)]


def articles() -> list[str]:
    """The texts that clients send."""
    return [path.read_text("utf-8") for path in sorted(ROOT.glob("fixtures/*/article.txt"))]


async def warm_up(client: httpx.AsyncClient, texts: list[str]) -> None:
    """Send each article once: what is loaded once is loaded before memory is measured."""
    for text in texts:
        await client.post("/v1/extract", json={"text": text})


def report(measured: Measurements, clients: int, seconds: float, workers: int) -> str:
    """What was measured as lines of text, and what must not be."""
    taken = sorted(measured.taken)
    lines = [
        f"{clients} clients, {seconds:g} s, {workers} worker(s)",
        f"requests: {len(taken)}, {dict(measured.statuses)}, {len(taken) / seconds:.1f} a second",
        f"text: {measured.bytes_sent / seconds / 1000:.0f} kB a second",
        f"answer: median {share(taken, 0.5):.2f} s, 95 % {share(taken, 0.95):.2f} s, last {taken[-1]:.2f} s",
        f"health check: longest of {len(measured.health)} {max(measured.health) * 1000:.0f} ms",
        f"memory of all processes: {' '.join(str(held // 1024) for held in measured.memory)} MiB",
        *(f"FAILED: {problem}" for problem in measured.problems()),
    ]
    return "\n".join(lines) + "\n"


def share(ordered: list[float], part: float) -> float:
    """The value below which this part of the values lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


async def load(address: str, process: int, clients: int, seconds: float) -> Measurements:
    """Load a service and return what was seen."""
    texts, measured = articles(), Measurements()
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=clients + 1)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as client:
        await warm_up(client, texts)
        requests = (one_client(client, texts, place, end, measured) for place in range(clients))
        await asyncio.gather(*requests, watch(client, process, seconds, end, measured))
    return measured


async def one_client(
    client: httpx.AsyncClient, texts: list[str], place: int, end: float, measured: Measurements
) -> None:
    """Send one text after another until the time is over."""
    while time.monotonic() < end:
        text = texts[place % len(texts)]
        place += 1
        begun = time.perf_counter()
        try:
            answer = await client.post("/v1/extract", json={"text": text})
            fine = answer.status_code != 200 or isinstance(json.loads(answer.content), list)
            status = str(answer.status_code) if fine else "no list"
        except httpx.HTTPError as error:
            status = type(error).__name__
        measured.statuses[status] += 1
        measured.taken.append(time.perf_counter() - begun)
        measured.bytes_sent += len(text.encode())


async def watch(client: httpx.AsyncClient, process: int, seconds: float, end: float, measured: Measurements) -> None:
    """Ask for the health check twice a second, and measure memory ten times in all."""
    step = 0
    while time.monotonic() < end:
        begun = time.perf_counter()
        (await client.get("/healthz")).raise_for_status()
        measured.health.append(time.perf_counter() - begun)
        if time.monotonic() > end - seconds + step * seconds / 10:
            measured.memory.append(memory(process))
            step += 1
        await asyncio.sleep(0.5)
    measured.memory.append(memory(process))


def memory(process: int) -> int:
    """Kibibytes that a process and its children hold (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return own + sum(map(memory, children(process)))


def children(process: int) -> list[int]:
    """Processes that a process has started (Linux)."""
    found = (file.read_text().split() for file in Path(f"/proc/{process}/task").glob("*/children"))
    return [int(child) for each in found for child in each]


if __name__ == "__main__":
    raise SystemExit(main())
