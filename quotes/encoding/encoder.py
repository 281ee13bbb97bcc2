"""Reads documents with a small transformer, and scores candidates, extents and speakers by its vectors.

The transformer runs in ONNX Runtime, each window by itself and in one thread, so that its numbers never
depend on what else is read; where there are processors for it, several windows are read at the same time.
What judges the vectors are perceptrons of one hidden layer (`heads.npz`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.candidates.candidate import Candidate
from quotes.encoding.places import Places, candidate_places, extent_places, speaker_window
from quotes.encoding.windows import Windows, windows_of
from quotes.errors import DataError, ModelError, not_installed
from quotes.syntax.parse import Parse
from quotes.syntax.pipeline import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

FORMAT_VERSION = 1
MODEL, HEADS, TOKENIZER, SETTINGS = "encoder.onnx", "heads.npz", "tokenizer.json", "encoder.json"
"""Files of an encoder's folder."""
_PROVIDER = "ExecutionProvider"
CPU = f"CPU{_PROVIDER}"
_SLOW_FUSION = "SkipLayerNormFusion"
"""What ONNX Runtime makes of an addition and a normalization: on a CPU seven times slower, and less exact."""
_UNKNOWN = 0
"""Row of a rule, or of a kind of extent, that training never saw."""
_DIGITS = 3
"""Scores are rounded: what is beyond differs from processor to processor."""
_CACHED_WORDS = 100_000


class Encoded:
    """A document that an encoder has read.

    Args:
        encoder: What read it.
        parse: The document's parse.
        windows: How it was cut.
        vectors: Of each window a row for each word piece; they are waited for when something is asked.
    """

    def __init__(self, encoder: Encoder, parse: Parse, windows: Windows, vectors: Iterable[Floats]) -> None:
        self._encoder, self._tokens = encoder, len(parse)
        self._windows, self._read = windows, vectors

    @cached_property
    def _vectors(self) -> Floats:
        nothing, read = self._encoder.heads["nothing"][None], list(self._read)
        # of a document whose words are all of characters that the tokenizer drops, nothing was read
        of_tokens = np.concatenate(read)[list(self._windows.place_of)] if read else nothing.repeat(self._tokens, axis=0)
        return np.concatenate([of_tokens, nothing])  # a token that is NOWHERE (-1) has the last row

    def candidates(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the log-odds that each candidate is an attribution."""
        rules = [self._encoder.rules.get(each.rule, _UNKNOWN) for each in candidates]
        return self._judged("candidate", [candidate_places(each) for each in candidates], rules)

    def extents(self, candidate: Candidate) -> list[float]:
        """Return points for each extent of a candidate; the more, the better beside the others."""
        kinds = [self._encoder.extents.get(extent.name, _UNKNOWN) for extent in candidate.extents]
        places = [extent_places(candidate, extent, self._tokens) for extent in candidate.extents]
        return self._judged("extent", places, kinds)

    @one_thread()
    def speaker(self, candidate: Candidate) -> dict[int | None, float]:
        """Return the probability of each token near a candidate to be part of its speaker, and of None to have one."""
        heads = self._encoder.heads
        window = speaker_window(candidate, self._tokens)
        query = self._at([candidate_places(candidate)]) @ heads["speaker.query.weight"].T + heads["speaker.query.bias"]
        keys = self._keys[window.start : window.stop] @ query[0]
        points = np.append(keys, heads["speaker.nobody"] @ query[0]) / np.sqrt(np.float32(query.shape[1]))
        shares = np.exp(points - points.max())
        shares /= shares.sum()
        tokens: list[int | None] = [*window, None]
        return dict(zip(tokens, np.round(shares.astype(float), _DIGITS).tolist(), strict=True))

    @cached_property
    def _keys(self) -> Floats:
        heads = self._encoder.heads
        keys: Floats = self._vectors @ heads["speaker.key.weight"].T + heads["speaker.key.bias"]
        return keys

    def _at(self, places: Sequence[Places]) -> Floats:
        """Return, in a row for each, the vectors at some places."""
        rows: Floats = self._vectors[np.array(places)].reshape(len(places), -1)
        return rows

    def _judged(self, head: str, places: Sequence[Places], kinds: Sequence[int]) -> list[float]:
        if not places:
            return []
        heads, rows = self._encoder.heads, self._at(places)  # no thread holds another up while it waits for these
        with one_thread():
            hidden = rows @ heads[f"{head}.hidden.weight"].T + heads[f"{head}.hidden.bias"]
            hidden = _gelu(hidden + heads[f"{head}.kind.weight"][kinds])
            points = hidden @ heads[f"{head}.output.weight"][0] + heads[f"{head}.output.bias"][0]
        return [round(value, _DIGITS) for value in points.tolist()]


def _gelu(x: Floats) -> Floats:
    """Return the Gaussian error linear unit by its usual approximation (Hendrycks and Gimpel, 2016)."""
    out: Floats = x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))) / 2
    return out


@dataclass(frozen=True)
class Encoder:
    """A transformer with what judges its vectors; threads may share one, and forked processes one made before.

    Attributes:
        session: The transformer: numbers of word pieces go in, a vector for each piece between the marks comes out.
        tokenizer: Cuts words into pieces.
        heads: Arrays of the perceptrons, by name.
        rules: Row of each rule in ``candidate.kind.weight``.
        extents: Row of each kind of extent in ``extent.kind.weight``.
        marks: Numbers of the pieces before and after a window.
    """

    session: InferenceSession
    tokenizer: Tokenizer
    heads: Mapping[str, Floats]
    rules: Mapping[str, int]
    extents: Mapping[str, int]
    marks: tuple[int, int]

    def read(self, parse: Parse) -> Encoded:
        """Read a document."""
        windows = windows_of(parse, self.pieces_of)
        # a worker process leaves the other processors to its neighbours, and another device takes one at a time
        at_once = os.cpu_count() if parent_process() is None and self.session.get_providers() == [CPU] else 1
        threads = min(at_once or 1, len(windows.pieces))
        if threads < 2:
            return Encoded(self, parse, windows, map(self._window, windows.pieces))
        pool = ThreadPoolExecutor(threads)
        vectors = pool.map(self._window, windows.pieces)
        pool.shutdown(wait=False)
        return Encoded(self, parse, windows, vectors)

    def _window(self, pieces: Sequence[int]) -> Floats:
        first, last = self.marks
        vectors: Floats = self.session.run(None, {"pieces": np.array([[first, *pieces, last]], dtype=np.int64)})[0]
        return vectors

    def pieces_of(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the numbers of the word pieces of each word; none of a word whose characters are all dropped."""
        return [self._pieces(word) for word in words]

    @cached_property
    def _pieces(self) -> Any:
        @lru_cache(_CACHED_WORDS)
        def pieces(word: str) -> tuple[int, ...]:
            return tuple(self.tokenizer.encode(word, add_special_tokens=False).ids)

        return pieces


def _check_shapes(heads: Mapping[str, Floats], rules: int, extents: int) -> None:
    """Raise a ValueError that names the first array that is missing, has a wrong shape, or holds what is no number."""
    (width,), query = heads["nothing"].shape, len(heads["speaker.nobody"])
    shapes: dict[str, tuple[int, ...]] = {
        "nothing": (width,),
        "speaker.nobody": (query,),
        "speaker.query.weight": (query, 5 * width),
        "speaker.query.bias": (query,),
        "speaker.key.weight": (query, width),
        "speaker.key.bias": (query,),
    }
    for head, places, kinds in (("candidate", 5, rules), ("extent", 7, extents)):
        hidden = len(heads[f"{head}.hidden.bias"])
        shapes |= {
            f"{head}.hidden.weight": (hidden, places * width),
            f"{head}.hidden.bias": (hidden,),
            f"{head}.kind.weight": (kinds + 1, hidden),
            f"{head}.output.weight": (1, hidden),
            f"{head}.output.bias": (1,),
        }
    for name, shape in shapes.items():
        if heads[name].shape != shape or not np.isfinite(heads[name]).all():
            raise ValueError(f"{name} is {heads[name].shape} or not finite, and {shape} is needed")


def installed_providers() -> list[str]:
    """Return the execution providers of ONNX Runtime; none where it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        return []
    return list(onnxruntime.get_available_providers())


@lru_cache(maxsize=2)
def load_encoder(folder: Path, provider: str = CPU) -> Encoder:
    """Load an encoder from its folder.

    Args:
        folder: What ``quotes train --encoder`` wrote, or what ships with the package.
        provider: Execution provider of ONNX Runtime: its name, or without its ending, in any case ("cuda").

    Raises:
        ModelError: The extra is not installed, or the provider does not exist here or cannot be started.
        DataError: A file is missing or has another form.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ModelError(not_installed("the quality 'best'", str(error.name), "encoder")) from error
    known = {each.removesuffix(_PROVIDER).lower(): each for each in installed_providers()}
    chosen = known.get(provider.lower().removesuffix(_PROVIDER.lower()))
    if chosen is None:
        raise ModelError(f"ONNX Runtime has no provider {provider!r} here; choose from {', '.join(known)}")
    try:
        settings = json.loads((folder / SETTINGS).read_text("utf-8"))
        if settings["format_version"] != FORMAT_VERSION:
            raise ValueError(f"it is of format {settings['format_version']}, this version reads {FORMAT_VERSION}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        disabled = [_SLOW_FUSION] if chosen == CPU else []
        session = onnxruntime.InferenceSession(
            str(folder / MODEL), options, providers=[chosen], disabled_optimizers=disabled
        )
        if chosen not in session.get_providers():  # it takes the CPU instead, and says so to nobody
            raise ModelError(f"ONNX Runtime cannot start {chosen}: its libraries or its device are missing")
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        with np.load(folder / HEADS, allow_pickle=False) as arrays:
            heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
        _check_shapes(heads, len(settings["rules"]), len(settings["extents"]))
        rules, extents = ({str(n): i for i, n in enumerate(settings[key], start=1)} for key in ("rules", "extents"))
        first, last = settings["marks"]
        return Encoder(session, tokenizer, heads, rules, extents, (int(first), int(last)))
    except ModelError:
        raise
    except Exception as error:  # ONNX Runtime and tokenizers raise types of their own
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{folder}: not an encoder ({reason}); make one with 'quotes train --encoder'") from error
