"""Compares the blocks of an archive on a Ray cluster, of one machine or many.

The machine where the run was started holds the statements and writes the output. A task is a stretch of blocks that
follow each other, so that a worker reads what is before them once. Ray tries a task again whose worker died.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from quotes.corpus.ray_engine import cluster
from quotes.linking.blocks import Block
from quotes.linking.pairs import Edges
from quotes.linking.parts import Part

STRETCH = 8
"""Most blocks of a task: what is lost when the run is killed, for each worker."""


def compared(
    todo: Sequence[tuple[int, Block]],
    part: Callable[[int, int], Part],
    workers: int,
    address: str | None,
) -> Iterator[tuple[int, Edges]]:
    """Yield the number of each block, as it gets done, and the pairs that it adds.

    Args:
        todo: The blocks to compare, with their numbers, in order.
        part: Gives the statements from one place to before another.
        workers: Tasks at a time.
        address: "auto" or "ray://host:10001"; None starts a cluster on this machine.
    """
    import ray

    with cluster(workers, address):
        task = ray.remote(num_cpus=1)(_edges)
        waiting = stretches(todo)
        running: dict[Any, Sequence[tuple[int, Block]]] = {}
        while True:
            for stretch in islice(waiting, workers - len(running)):
                blocks = [block for _, block in stretch]
                running[task.remote(part(blocks[0].window, blocks[-1].end), blocks)] = stretch
            if not running:
                return
            (done, *_), _ = ray.wait(list(running))
            for (number, _), edges in zip(running.pop(done), ray.get(done), strict=True):
                yield number, edges


def stretches(todo: Sequence[tuple[int, Block]]) -> Iterator[Sequence[tuple[int, Block]]]:
    """Yield blocks that follow each other together, a few at a time."""
    stretch: list[tuple[int, Block]] = []
    for number, block in todo:
        if stretch and (len(stretch) == STRETCH or stretch[-1][0] + 1 != number):
            yield stretch
            stretch = []
        stretch.append((number, block))
    if stretch:
        yield stretch


def _edges(part: Part, blocks: Sequence[Block]) -> list[Edges]:
    return part.edges(blocks)
