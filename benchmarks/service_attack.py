"""Attacks a service on this machine: ``python -m benchmarks.service_attack``.

Fifty clients send the articles of ``fixtures/`` one after another; a tenth of
their requests is hostile: half-sent heads, bodies that never end, forms and JSON
that are long to read, foreign host names and origins, clients that go away. It
fails (code 1) when an ordinary request is not answered with 200, the health check
is slow, memory or descriptors grow, a line is logged, or a process is left.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx

from quotes.server.connections import ARRIVAL_LIMIT
from quotes.server.pool import Limits
from tests.server.load import arguments, articles, children, memory, serving, share, warm_up

ROOT = Path(__file__).parents[1]
HEALTH_LIMIT = 0.1
"""Seconds in which 99 of 100 health checks are answered on a machine that does nothing else."""
GROWTH_LIMIT = 1.15
"""Memory after the attack by that after a third of it, and descriptors by those before it, at most."""
REST = Limits().timeout + ARRIVAL_LIMIT + 1
"""Seconds after which nothing of the attack is left open: the last body that does not arrive is given up."""

LONG = {
    "a form of short lines": ("/view", urlencode({"text": "a:\n" * 20_000})),
    "a long title": ("/v1/extract", json.dumps({"text": "a", "title": "x" * 150_000})),
    "a large body": ("/v1/extract", json.dumps({"text": "x" * 400_000})),
    "members that do not exist": ("/v1/extract", json.dumps({f"k{n}": 0 for n in range(15_000)})),
    "deep JSON": ("/v1/extract", "[" * 100_000),
    "quotation marks": ("/v1/extract", json.dumps({"text": "“said Ann " * 300})),
}
HALVES = {
    "half a head": b"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "half a body": b"POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90000\r\n\r\n{",
    "no HTTP": b"\x16\x03\x01" + bytes(range(256)),
    "a foreign host": b"GET /healthz HTTP/1.1\r\nHost: [::1]evil.example\r\n\r\n",
    "a foreign origin": b"POST /view HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\nContent-Length: 0\r\n\r\n",
    "going away": b'POST /v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'
    b'Content-Length: 13\r\n\r\n{"text": "a"}',
}  # fmt: skip


@dataclass
class Seen:
    """What was seen."""

    ordinary: Counter[str] = field(default_factory=Counter)
    hostile: Counter[str] = field(default_factory=Counter)
    taken: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    held: list[tuple[int, int]] = field(default_factory=list)
    """KiB and descriptors: before the attack, ten times during it, and after it."""
    logged: int = 0
    left: int = 0


def main() -> int:
    """Start a service, attack it, end it, print what was seen."""
    given = arguments(__doc__.partition("\n")[0], seconds=60)
    command = serving(given.workers)
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, cwd=ROOT, stderr=log) as process:
        try:
            address = _address(log.fileno())
            seen = asyncio.run(attack(address, process.pid, given.clients, given.seconds))
            workers = children(process.pid)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        seen.logged = os.fstat(log.fileno()).st_size - len(f"quotes: serving on {address} (Ctrl-C stops)\n")
        time.sleep(3)
        seen.left = sum(Path(f"/proc/{worker}").exists() for worker in workers)
    return report(seen)


def _address(log: int) -> str:
    while not (line := os.pread(log, 1000, 0)).endswith(b"\n"):
        time.sleep(0.1)
    return line.split()[3].decode()


def report(seen: Seen) -> int:
    """Print what was seen and what must not be; return the exit code."""
    taken, health = sorted(seen.taken), sorted(seen.health)
    memories, files = zip(*seen.held, strict=True)
    shares = ", ".join(f"{part:.0%} {share(health, part) * 1000:.0f}" for part in (0.5, 0.95, 0.99))
    lines = [
        f"ordinary requests: {dict(seen.ordinary)}, median {share(taken, 0.5):.2f} s, longest {taken[-1]:.2f} s",
        f"hostile requests: {seen.hostile.total()}, {dict(seen.hostile)}",
        f"health check: {len(health)} times, in ms: {shares}, longest {health[-1] * 1000:.0f}",
        f"memory of all processes: {' '.join(str(held // 1024) for held in memories)} MiB",
        f"descriptors: {files[0]} before, at most {max(files)}, {files[-1]} after",
        f"logged: {seen.logged} bytes; left after SIGKILL: {seen.left} processes",
    ]
    faults = {
        "an ordinary request failed": set(seen.ordinary) != {"200"},
        "the health check was slow": share(health, 0.99) > HEALTH_LIMIT,
        "memory grew": memories[-1] > memories[len(memories) // 3] * GROWTH_LIMIT,
        "descriptors grew": files[-1] > files[0] * GROWTH_LIMIT,
        "something was logged": seen.logged > 0,
        "a process was left": seen.left > 0,
    }
    failed = [f"FAILED: {fault}" for fault, so in faults.items() if so]
    sys.stdout.write("\n".join([*lines, *failed]) + "\n")
    return 1 if failed else 0


async def attack(address: str, process: int, clients: int, seconds: float) -> Seen:
    """Attack a service and return what was seen."""
    texts, seen = articles(), Seen()
    limits = httpx.Limits(max_connections=clients + 1)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits, trust_env=False) as client:
        await warm_up(client, texts)
        seen.held.append((memory(process), descriptors(process)))
        end = time.monotonic() + seconds
        watching = [asyncio.create_task(watch(client, seen)), asyncio.create_task(weigh(process, seconds / 10, seen))]
        await asyncio.gather(*(one_client(client, address, texts, place, end, seen) for place in range(clients)))
        for each in watching:
            each.cancel()
    await asyncio.sleep(REST)
    seen.held.append((memory(process), descriptors(process)))
    return seen


async def one_client(
    client: httpx.AsyncClient, address: str, texts: list[str], place: int, end: float, seen: Seen
) -> None:
    """Send one text after another, and now and then something else, until the time is over."""
    chance = random.Random(place)  # the same attack each time
    while time.monotonic() < end:
        if chance.random() < 0.1:
            await hostile(client, address, chance, seen)
            continue
        begun = time.perf_counter()
        try:
            answer = await client.post("/v1/extract", json={"text": chance.choice(texts)})
            status = str(answer.status_code)
        except httpx.HTTPError as error:
            status = type(error).__name__
        seen.ordinary[status] += 1
        seen.taken.append(time.perf_counter() - begun)


async def hostile(client: httpx.AsyncClient, address: str, chance: random.Random, seen: Seen) -> None:
    """Send something that no honest client sends."""
    name = chance.choice([*LONG, *HALVES])
    seen.hostile[name] += 1
    if name in LONG:
        path, body = LONG[name]
        kind = "application/json" if path.startswith("/v1") else "application/x-www-form-urlencoded"
        with suppress(httpx.HTTPError):
            await client.post(path, content=body, headers={"content-type": kind}, timeout=chance.choice([0.2, 60]))
        return
    url = urlsplit(address)
    for _ in range(10):
        with suppress(OSError):
            _, writer = await asyncio.open_connection(url.hostname, url.port)
            writer.write(HALVES[name])
            await writer.drain()
            asyncio.get_running_loop().call_later(chance.choice([0, 5, 60]), writer.close)


async def watch(client: httpx.AsyncClient, seen: Seen) -> None:
    """Ask for the health check ten times a second."""
    while True:
        begun = time.perf_counter()
        (await client.get("/healthz")).raise_for_status()
        seen.health.append(time.perf_counter() - begun)
        await asyncio.sleep(0.1)


async def weigh(process: int, pause: float, seen: Seen) -> None:
    """Measure again and again what the service holds."""
    while True:
        await asyncio.sleep(pause)
        seen.held.append((memory(process), descriptors(process)))


def descriptors(process: int) -> int:
    """Files and connections that a process holds open (Linux)."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


if __name__ == "__main__":
    raise SystemExit(main())
