"""Writes a fine-tuned encoder as the folder that `quotes.encoding.encoder` reads."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file

from quotes.encoding.encoder import FORMAT_VERSION, HEADS, MODEL, SETTINGS, TOKENIZER
from quotes.training.encoder.finetune import FULL, Work, about, load_base
from quotes.training.encoder.work import sha256_of

_ENCODER, _ONLY_IN_TRAINING = "encoder.", "tag."
_OPSET = 17


class _Reader(torch.nn.Module):
    """Gives a vector for each word piece between the marks of one window."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self._encoder = encoder

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self._encoder(input_ids=pieces).last_hidden_state[0, 1:-1]
        return vectors


def write_encoder(work: Work, base: Path, folder: Path, *, small: bool = True) -> dict[str, Any]:
    """Write the encoder that was fine-tuned on all articles of a working folder.

    Args:
        work: The working folder, with that fit.
        base: Folder of the encoder that it began with.
        folder: Where to write; files of an encoder there are replaced.
        small: Whether matrices have 8 bits a number, which makes the encoder four times smaller and faster.

    Returns:
        What ``encoder.json`` says: the encoder it began with, settings and device of the fit, hashes of the files.
    """
    folder.mkdir(exist_ok=True)
    state = load_file(work.folder / f"{FULL}.safetensors")
    encoder = load_base(base).eval()
    encoder.load_state_dict(
        {name.removeprefix(_ENCODER): each.float() for name, each in state.items() if name.startswith(_ENCODER)}
    )
    _write_model(encoder, folder / MODEL, small=small)
    heads = {name: each.numpy() for name, each in state.items() if not name.startswith((_ENCODER, _ONLY_IN_TRAINING))}
    np.savez(folder / HEADS, **heads)
    shutil.copyfile(base / TOKENIZER, folder / TOKENIZER)
    made, teacher = about(work.result(None)), work.teacher
    told = {
        "format_version": FORMAT_VERSION,
        "rules": work.rules,
        "extents": work.extents,
        "marks": work.marks[:2],
        **_origin(work),
        "teacher": None if teacher is None else _origin(teacher),
        "device": made["device"],
        "torch": made["torch"],
        "sha256": {name: sha256_of(folder / name) for name in (MODEL, HEADS, TOKENIZER)},
    }
    (folder / SETTINGS).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return told


def _origin(work: Work) -> dict[str, Any]:
    """Return what encoder was fine-tuned in a working folder, and how."""
    told = json.loads((work.folder / SETTINGS).read_text("utf-8"))
    return {name: told[name] for name in ("base", "settings")}


def _write_model(encoder: Any, path: Path, *, small: bool) -> None:
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter, about itself
        whole, prepared = Path(place) / "whole.onnx", Path(place) / "prepared.onnx"
        torch.onnx.export(
            _Reader(encoder).eval(),
            (torch.arange(37)[None] % encoder.config.vocab_size,),
            str(whole),
            input_names=["pieces"],
            output_names=["vectors"],
            dynamic_axes={"pieces": {1: "pieces"}, "vectors": {0: "inner pieces"}},
            opset_version=_OPSET,
            dynamo=False,  # the other exporter needs onnxscript too
        )
        if not small:
            shutil.copyfile(whole, path)
            return
        quant_pre_process(whole, prepared, skip_symbolic_shape=True)
        # 7 bits, else sums overflow on processors without VNNI, and the scores differ from machine to machine
        quantize_dynamic(prepared, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
