"""Writes a scorer to a weights file: arrays and text only, no pickle."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.scoring.scorer import FORMAT_VERSION, Network, Scorer

NETWORKS = ("first_look", "second_look", "reading")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_weights(path: Path, scorer: Scorer) -> None:
    """Write a scorer; the same scorer gives the same bytes.

    Hidden weights are kept as whole numbers from -127 to 127 with a scale for
    each unit, linear ones as 16-bit floats: a quarter of the size, and no
    measurable loss.

    Args:
        path: The file, usually ``*.npz``.
        scorer: What to write.
    """
    metadata = {
        **scorer.metadata,
        "format_version": FORMAT_VERSION,
        "calibration": list(scorer.calibration),
        "threshold": scorer.threshold,
        "least_first_sight": scorer.first_sight.least,
    }
    arrays: dict[str, NDArray[Any]] = {
        "metadata": _bytes(json.dumps(metadata, sort_keys=True, ensure_ascii=False)),
        "first_sight.features": _bytes("\n".join(scorer.first_sight.weights)),
        "first_sight.weights": np.array(list(scorer.first_sight.weights.values()), np.float16),
        "first_sight.bias": np.array(scorer.first_sight.bias, np.float64),
    }
    for name in NETWORKS:
        shared = scorer.first_look.index if name == "second_look" else {}
        network = getattr(scorer, name)
        arrays.update({f"{name}.{key}": value for key, value in _arrays(network, shared).items()})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, arrays[key], allow_pickle=False)
            entry = zipfile.ZipInfo(f"{key}.npy", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue())


def _arrays(network: Network, shared: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """Return a network's arrays; of its features only those that it does not share."""
    names = sorted(network.index, key=network.index.__getitem__)[len(shared) :]
    hidden = network.hidden[1:]
    scale = np.maximum(np.abs(hidden).max(axis=0, initial=0.0), 1e-8) / 127
    return {
        "features": _bytes("\n".join(names)),
        "linear": network.linear[1:].astype(np.float16),
        "hidden": np.round(hidden / scale).astype(np.int8),
        "hidden_scale": scale.astype(np.float32),
        "hidden_bias": network.hidden_bias.astype(np.float32),
        "output": network.output.astype(np.float32),
        "bias": np.array(network.bias, np.float32),
    }


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), np.uint8)
