"""Fine-tunes an encoder on the arrays of a working folder.

Needs numpy, torch and transformers, not `quotes`: copy the working folder that ``quotes train`` made, which has a
copy of this file, and the encoder's folder to a machine with a GPU, and bring the results back::

    python WORK/finetune.py WORK ENCODER --all --parallel 6

A large encoder that was fine-tuned first can teach a small one (Hinton, Vinyals and Dean, "Distilling the Knowledge in
a Neural Network", 2015): what it says of articles that it did not see is learned beside the annotation.

A run that was killed goes on after its last whole epoch, and on a CPU gives the same bytes with as many threads; sums
on a GPU differ in their last digits from run to run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModel
from transformers.utils import logging as messages

EXAMPLES, DEV, SETTINGS, FULL, TEACHER = "examples.npz", "dev.npz", "encoder.json", "full", "teacher"
"""Names in the working folder; the whole fit is the pair ``full.safetensors``, ``full.npz``, and ``teacher`` the
working folder of the teacher, where there is one."""
ROLES = 3
"""Source, cue and content, which tokens are tagged with."""
QUERY = 128
"""Numbers by which a candidate and a token are compared."""
TAUGHT = {"candidate": "candidate", "extent": "extent", "tags": "token"}
"""What of a teacher's result another encoder learns from, and what it is said of."""
_NEVER = -1e4

Arrays = dict[str, np.ndarray]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fine-tune.

    Attributes:
        epochs: How often each article is seen.
        articles: Articles a step.
        rate: Highest learning rate of the encoder.
        head_rate: Highest learning rate of what judges its vectors.
        warm_up: Part of the steps in which the rates rise; they fall to nothing in the others.
        decay: Weight decay.
        dropout: Part of each vector that is left out in a step, beside the dropout of the encoder itself.
        averaging: How much of the average of the weights, which is what is kept, each step leaves as it was.
        hidden: Hidden units of a head.
        unknown: Part of the rules and kinds of extents that are taken for unknown ones.
        extents: What the choice among extents counts in the loss; the candidates count 1.
        tags: What tagging tokens as source, cue or content counts.
        speakers: What finding the speaker counts.
        teaching: What the scores of a teacher count beside the annotation, 0 to 1, where there is one.
        masked: Part of the word pieces that are hidden in a step.
        seed: Where chance starts.
    """

    epochs: int = 8
    articles: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.1
    dropout: float = 0.2
    averaging: float = 0.99
    hidden: int = 256
    unknown: float = 0.05
    extents: float = 0.15
    tags: float = 1.0
    speakers: float = 0.1
    teaching: float = 0.7
    masked: float = 0.1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A working folder, and what its ``encoder.json`` says."""

    folder: Path
    rules: tuple[str, ...]
    extents: tuple[str, ...]
    marks: tuple[int, int, int]
    folds: int
    settings: Settings

    @classmethod
    def read(cls, folder: Path) -> Work:
        """Read the settings of a working folder."""
        told = json.loads((folder / SETTINGS).read_text("utf-8"))
        rules, extents, (first, last, mask) = tuple(told["rules"]), tuple(told["extents"]), told["marks"]
        return cls(folder, rules, extents, (first, last, mask), told["folds"], Settings(**told["settings"]))

    def result(self, fold: int | None) -> Path:
        """Return the file that is there once a fold, or the fit on everything (None), is done."""
        return self.folder / f"{FULL if fold is None else f'fold-{fold}'}.npz"

    def inputs(self, fold: int | None) -> dict[str, Any]:
        """Return what a result depends on."""
        told: dict[str, Any] = {"examples": _digest(self.folder / EXAMPLES), "fold": fold, "folds": self.folds}
        told["settings"] = asdict(self.settings)
        if (teacher := self.teacher) is not None:
            told["teacher"] = [_digest(teacher.result(each)) for each in range(self.folds)]
        return told

    @property
    def teacher(self) -> Work | None:
        """The working folder of the encoder that this one learns from; None without one."""
        folder = self.folder / TEACHER
        return Work.read(folder) if folder.is_dir() else None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def about(result: Path) -> dict[str, Any]:
    """Return what a result was made from, by which device, and how good it is; nothing if there is none."""
    if not result.is_file():
        return {"inputs": None}
    with np.load(result) as arrays:
        told: dict[str, Any] = json.loads(str(arrays["about"]))
    return told


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles as tensors; tokens, candidates and extents are counted through all of them.

    Attributes:
        pieces: Word pieces of each window with the marks at its ends, filled up with 0.
        mask: Which of them are there.
        rows: For each token, its row among the pieces.
        tags: For each token, whether it is source, cue, content.
        candidates: Five tokens of each candidate, -1 for none.
        rules: Row of each candidate's rule.
        right: Whether the annotation confirms each, 1 or 0.
        asked: Candidates whose speaker is asked for.
        near: For each of those, the tokens among which it is.
        spoken: For each of those, the tokens that it is; none where it is too far away or there is no speaker.
        extents: Seven tokens of each extent, -1 for none.
        kinds: Row of each extent's kind.
        choices: Extents of each choice among them, -1 where they are fewer than elsewhere.
        best: Which of those are the best.
        taught_tags: What a teacher says instead of ``tags``, as a probability; empty without one.
        taught_right: Likewise of ``right``.
        taught_best: Likewise of ``best``.
    """

    pieces: Tensor
    mask: Tensor
    rows: Tensor
    tags: Tensor
    candidates: Tensor
    rules: Tensor
    right: Tensor
    asked: Tensor
    near: Tensor
    spoken: Tensor
    extents: Tensor
    kinds: Tensor
    choices: Tensor
    best: Tensor
    taught_tags: Tensor
    taught_right: Tensor
    taught_best: Tensor


class Corpus:
    """Articles as arrays, each in the order of the articles (`quotes.training.encoder.arrays`)."""

    def __init__(self, path: Path, work: Work, device: torch.device) -> None:
        with np.load(path) as arrays:
            self.arrays = {name: arrays[name] for name in arrays.files}
        self.device, self._marks, self._masked = device, work.marks, work.settings.masked
        a = self.arrays
        self.count = int(a["articles"])
        lengths = np.bincount(a["window_article"], a["window_length"], self.count)
        self._pieces = np.append(0, lengths.cumsum()).astype(np.int64)
        a["extent_article"] = a["candidate_article"][a["extent_candidate"]]
        a["speaker_article"] = a["candidate_article"][a["speaker_candidate"]]
        self._bounds = {
            kind: np.searchsorted(a[f"{kind}_article"], np.arange(self.count + 1))
            for kind in ("window", "token", "candidate", "extent", "speaker")
        }
        firsts = np.searchsorted(a["extent_candidate"], np.arange(len(a["candidate_right"])))
        all_best = np.minimum.reduceat(a["extent_best"], firsts) if len(firsts) else a["extent_best"]
        self.choice = a["candidate_right"].astype(bool) & ~all_best.astype(bool)
        """Whether a right candidate has extents of which some are better than others."""
        self._taught: Arrays = {}

    def learn_from(self, teacher: Work) -> None:
        """Take over what a teacher says of each article from the fold in which it did not see it."""
        folds = [list(range(fold, self.count, teacher.folds)) for fold in range(teacher.folds)]
        results = [np.load(teacher.result(fold)) for fold in range(teacher.folds)]
        for name, kind in TAUGHT.items():
            rows = _joined([self.rows(kind, each) for each in folds])
            said = np.concatenate([each[name] for each in results])
            self._taught[name] = np.empty_like(said, np.float32)
            self._taught[name][rows] = said

    def rows(self, kind: str, articles: Sequence[int]) -> np.ndarray:
        """Return the rows of windows, tokens, candidates, extents or speakers of some articles."""
        bounds = self._bounds[kind]
        return _joined([np.arange(bounds[each], bounds[each + 1]) for each in articles])

    def batches(self, articles: Sequence[int], size: int) -> Iterator[list[int]]:
        """Yield articles that have a word, ``size`` at once, in rising order each time."""
        readable = [each for each in articles if self._pieces[each] < self._pieces[each + 1]]
        for first in range(0, len(readable), size):
            yield sorted(readable[first : first + size])

    def batch(self, articles: Sequence[int], *, chance: np.random.Generator | None = None) -> Batch:
        """Return articles, in rising order, as tensors.

        With ``chance``, which is training: some word pieces are hidden, and only the extents and the speakers are there
        that a loss asks for.
        """
        a, training = self.arrays, chance is not None
        pieces, mask, rows = self._windows(articles, chance)
        tokens, candidates = self.rows("token", articles), self.rows("candidate", articles)
        begin = self.tokens_before(articles)

        def places(kind: str, some: np.ndarray) -> np.ndarray:
            local = a[f"{kind}_places"][some].astype(np.int64)
            return np.where(local < 0, -1, local + begin[a[f"{kind}_article"][some], None])

        extents = self.rows("extent", articles)
        if training:
            extents = extents[self.choice[a["extent_candidate"][extents]]]
        chosen = np.flatnonzero(self.choice[a["extent_candidate"][extents]])
        _, first, size = np.unique(a["extent_candidate"][extents][chosen], return_index=True, return_counts=True)
        step = np.arange(size.max(initial=1))
        choices = np.where(step < size[:, None], chosen[first][:, None] + step, -1)
        best = a["extent_best"][extents].astype(bool)
        asked = np.flatnonzero(a["candidate_right"][candidates]) if training else np.arange(len(candidates))
        near, spoken = self._speakers(articles, candidates[asked], begin, len(tokens))
        taught = dict.fromkeys(("tags", "right", "best"), np.zeros(0, np.float32))
        if training and self._taught:
            points = np.append(self._taught["extent"][extents], np.float32(_NEVER))[choices]
            taught = {
                "tags": _chances(self._taught["tags"][tokens]),
                "right": _chances(self._taught["candidate"][candidates]),
                "best": _shares(points),
            }
        made = {
            "pieces": pieces,
            "mask": mask,
            "rows": rows,
            "tags": a["token_tags"][tokens].astype(np.float32),
            "candidates": places("candidate", candidates),
            "rules": a["candidate_kind"][candidates].astype(np.int64),
            "right": a["candidate_right"][candidates].astype(np.float32),
            "asked": asked,
            "near": near,
            "spoken": spoken,
            "extents": places("extent", extents),
            "kinds": a["extent_kind"][extents].astype(np.int64),
            "choices": choices,
            "best": (choices >= 0) & np.append(best, False)[choices],
            **{f"taught_{name}": array for name, array in taught.items()},
        }
        return Batch(**{name: torch.as_tensor(array, device=self.device) for name, array in made.items()})

    def _windows(
        self, articles: Sequence[int], chance: np.random.Generator | None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        a = self.arrays
        lengths = a["window_length"][self.rows("window", articles)]
        width = int(lengths.max()) + 2
        step = np.arange(width)
        given = _joined([a["pieces"][self._pieces[each] : self._pieces[each + 1]] for each in articles])
        first, last, hidden = self._marks
        if chance is not None:
            given = np.where(chance.random(len(given)) < self._masked, hidden, given)
        inner = (step > 0) & (step <= lengths[:, None])
        pieces = np.zeros((len(lengths), width), np.int64)
        pieces[inner] = given
        pieces[:, 0] = first
        pieces[np.arange(len(lengths)), lengths + 1] = last
        tokens = self.rows("token", articles)
        begin = self._before(articles, np.diff(self._pieces))
        rows = np.flatnonzero(inner)[a["token_place"][tokens] + begin[a["token_article"][tokens]]]
        return pieces, (step < lengths[:, None] + 2).astype(np.int64), rows

    def _speakers(
        self, articles: Sequence[int], asked: np.ndarray, begin: np.ndarray, tokens: int
    ) -> tuple[np.ndarray, np.ndarray]:
        a = self.arrays
        window = a["candidate_window"][asked].astype(np.int64) + begin[a["candidate_article"][asked], None]
        step = np.arange(tokens)
        near = (step >= window[:, :1]) & (step < window[:, 1:])
        speakers = self.rows("speaker", articles)
        speakers = speakers[np.isin(a["speaker_candidate"][speakers], asked)]
        spoken = np.zeros_like(near)
        place = np.searchsorted(asked, a["speaker_candidate"][speakers])
        spoken[place, a["speaker_token"][speakers] + begin[a["speaker_article"][speakers]]] = True
        return near, spoken & near

    def tokens_before(self, articles: Sequence[int]) -> np.ndarray:
        """Return, for each article of a batch, how many tokens come before it there."""
        return self._before(articles, np.diff(self._bounds["token"]))

    def _before(self, articles: Sequence[int], sizes: np.ndarray) -> np.ndarray:
        out = np.zeros(self.count, np.int64)
        out[articles] = np.append(0, sizes[articles].cumsum()[:-1])
        return out


def _chances(points: np.ndarray) -> np.ndarray:
    """Return log-odds as probabilities."""
    out: np.ndarray = 1 / (1 + np.exp(-points))
    return out


def _shares(points: np.ndarray) -> np.ndarray:
    """Return rows of points as probabilities."""
    powers = np.exp(points - points.max(1, keepdims=True, initial=_NEVER))
    out: np.ndarray = powers / powers.sum(1, keepdims=True)
    return out


def _joined(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


class Judge(nn.Module):
    """One hidden layer over the vectors at some places, with a term of its own for each kind."""

    def __init__(self, width: int, kinds: int, settings: Settings) -> None:
        super().__init__()
        self.hidden = nn.Linear(width, settings.hidden)
        self.kind = nn.Embedding(kinds + 1, settings.hidden)  # row 0 is for kinds that training never saw
        self.output = nn.Linear(settings.hidden, 1)
        self._dropout, self._unknown = nn.Dropout(settings.dropout), settings.unknown
        nn.init.normal_(self.kind.weight, std=0.02)

    def forward(self, vectors: Tensor, kinds: Tensor) -> Tensor:
        """Return a number for each row of vectors."""
        if self.training:
            kinds = kinds * (torch.rand(kinds.shape, device=kinds.device) >= self._unknown)
        hidden = functional.gelu(self.hidden(vectors) + self.kind(kinds), approximate="tanh")
        return self.output(self._dropout(hidden))[:, 0].float()


class Pointer(nn.Module):
    """Compares what stands at a candidate's places with each token: is this the speaker?"""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(5 * width, QUERY)
        self.key = nn.Linear(width, QUERY)
        self.nobody = nn.Parameter(torch.zeros(QUERY))

    def forward(self, vectors: Tensor, candidates: Tensor, near: Tensor) -> Tensor:
        """Return the log-probability of each token near a candidate, and last that of nobody."""
        query = self.query(vectors[candidates].flatten(1))
        keys = torch.cat([self.key(vectors[:-1]), self.nobody[None].to(query.dtype)])
        points = (query @ keys.T).float() / math.sqrt(QUERY)
        somewhere = torch.cat([near, near.new_ones((len(near), 1))], 1)
        return points.masked_fill(~somewhere, _NEVER).log_softmax(1)


class Net(nn.Module):
    """The encoder with what judges its vectors; its parts are named as the run time names them."""

    def __init__(self, base: Path, work: Work) -> None:
        super().__init__()
        self.encoder = load_base(base)
        width = self.encoder.config.hidden_size
        self.nothing = nn.Parameter(torch.zeros(width))
        self.candidate = Judge(5 * width, len(work.rules), work.settings)
        self.extent = Judge(7 * width, len(work.extents), work.settings)
        self.speaker = Pointer(width)
        self.tag = nn.Linear(width, ROLES)
        self._dropout = nn.Dropout(work.settings.dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return candidates' log-odds, extents' points, log-probabilities of speakers, and log-odds of tags."""
        read = self.encoder(input_ids=batch.pieces, attention_mask=batch.mask).last_hidden_state
        tokens = read.flatten(0, 1)[batch.rows]
        vectors = self._dropout(torch.cat([tokens, self.nothing[None].to(tokens.dtype)]))
        candidates = self.candidate(vectors[batch.candidates].flatten(1), batch.rules)
        extents = self.extent(vectors[batch.extents].flatten(1), batch.kinds)
        speakers = self.speaker(vectors, batch.candidates[batch.asked], batch.near)
        return candidates, extents, speakers, self.tag(tokens).float()


def load_base(base: Path) -> Any:
    """Load an encoder, in 32 bits whatever it is stored in, without what follows its last layer."""
    messages.set_verbosity_error()
    messages.disable_progress_bar()
    encoder = AutoModel.from_pretrained(base, local_files_only=True).float()
    if hasattr(encoder, "pooler"):
        encoder.pooler = None
    return encoder


def loss_of(net: Net, batch: Batch, settings: Settings) -> Tensor:
    """Return the loss of a batch."""
    candidates, extents, speakers, tags = net(batch)
    taught = settings.teaching if len(batch.taught_right) else 0.0
    right, tagged = batch.right, batch.tags
    if taught:
        right, tagged = right.lerp(batch.taught_right, taught), tagged.lerp(batch.taught_tags, taught)
    loss = _mean(functional.binary_cross_entropy_with_logits(candidates, right, reduction="none"))
    points = torch.cat([extents, extents.new_full((1,), _NEVER)])[batch.choices].log_softmax(1)
    chosen = -_share(points, batch.best)
    if taught:
        chosen = chosen.lerp(-(batch.taught_best * points).sum(1), taught)
    loss = loss + settings.extents * _mean(chosen)
    nobody = ~batch.spoken.any(1, keepdim=True)
    loss = loss + settings.speakers * _mean(-_share(speakers, torch.cat([batch.spoken, nobody], 1)))
    return loss + settings.tags * _mean(functional.binary_cross_entropy_with_logits(tags, tagged, reduction="none"))


def _share(logarithms: Tensor, those: Tensor) -> Tensor:
    """Return the logarithm of what some of a row's probabilities sum up to."""
    return logarithms.masked_fill(~those, _NEVER).logsumexp(1)


def _mean(values: Tensor) -> Tensor:
    return values.sum() / max(1, values.numel())


@torch.no_grad()
def scores_of(net: Net, corpus: Corpus, articles: Sequence[int], size: int) -> tuple[Arrays, dict[str, float]]:
    """Return what a network says of articles, and how good that is.

    The arrays are of their candidates in order (``candidate``: log-odds; ``nobody``, ``speaker``: log-probabilities
    that there is no speaker and of the head of the one that the rule proposes, NaN without; ``likeliest``: the
    likeliest token of the article, and ``likeliest_score`` its log-probability), of their extents (``extent``) and of
    the tokens (``tags``).
    """
    net.eval()
    names = ("candidate", "nobody", "speaker", "likeliest", "likeliest_score")
    out = {name: np.zeros(len(corpus.arrays["candidate_right"]), np.float32) for name in names}
    out["extent"] = np.zeros(len(corpus.arrays["extent_best"]), np.float32)
    out["tags"] = np.zeros(corpus.arrays["token_tags"].shape, np.float16)
    spoken = np.zeros(len(corpus.arrays["candidate_right"]), bool)
    for some in corpus.batches(articles, size):
        batch = corpus.batch(some)
        candidates, extents, speakers, tags = net(batch)
        rows = corpus.rows("candidate", some)
        best, place = speakers[:, :-1].max(1)
        head = batch.candidates[:, 2]
        known = (head >= 0) & batch.near.gather(1, head.clamp(min=0)[:, None])[:, 0]
        proposed = speakers.gather(1, head.clamp(min=0)[:, None])[:, 0]
        out["candidate"][rows] = candidates.cpu().numpy()
        out["nobody"][rows] = speakers[:, -1].cpu().numpy()
        out["speaker"][rows] = proposed.masked_fill(~known, math.nan).cpu().numpy()
        before = corpus.tokens_before(some)[corpus.arrays["candidate_article"][rows]]
        out["likeliest"][rows] = place.cpu().numpy() - before
        out["likeliest_score"][rows] = best.cpu().numpy()
        out["extent"][corpus.rows("extent", some)] = extents.cpu().numpy()
        out["tags"][corpus.rows("token", some)] = tags.cpu().numpy()
        told = torch.cat([batch.spoken, ~batch.spoken.any(1, keepdim=True)], 1)
        spoken[rows] = told.gather(1, speakers.argmax(1)[:, None])[:, 0].cpu().numpy()
    candidates, extents = corpus.rows("candidate", articles), corpus.rows("extent", articles)
    figures = _figures(corpus, out, spoken, candidates, extents)
    out["likeliest"] = out["likeliest"].astype(np.int32)
    return {name: array[corpus.rows(TAUGHT.get(name, "candidate"), articles)] for name, array in out.items()}, figures


def _figures(
    corpus: Corpus, scores: Arrays, spoken: np.ndarray, candidates: np.ndarray, extents: np.ndarray
) -> dict[str, float]:
    a = corpus.arrays
    right = a["candidate_right"][candidates].astype(bool)
    ordered = right[np.argsort(-scores["candidate"][candidates], kind="stable")]
    precision = ordered.cumsum() / np.arange(1, len(ordered) + 1)
    extents = extents[corpus.choice[a["extent_candidate"][extents]]]
    by_points = extents[np.lexsort((-scores["extent"][extents], a["extent_candidate"][extents]))]
    _, first = np.unique(a["extent_candidate"][by_points], return_index=True)
    parts = {
        "average_precision": precision[ordered],
        "extents": a["extent_best"][by_points[first]],
        "speakers": spoken[candidates][right],
    }
    return {name: round(float(part.mean()), 4) if len(part) else 0.0 for name, part in parts.items()}


def fit(work: Work, base: Path, fold: int | None, report: Report) -> None:
    """Fine-tune on all articles but those of a fold, or on all (None), and write the result; nothing if it is there.

    Args:
        work: The working folder.
        base: Folder of the encoder to begin with (``config.json``, ``model.safetensors``).
        fold: Articles ``fold``, ``fold + folds``, ... are held out, and scored in the result.
        report: Called with a line on each epoch.
    """
    inputs, result = work.inputs(fold), work.result(fold)
    if about(result)["inputs"] == inputs:
        return
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    corpus = Corpus(work.folder / EXAMPLES, work, device)
    held_out = [] if fold is None else list(range(fold, corpus.count, work.folds))
    known = sorted(set(range(corpus.count)) - set(held_out))
    if (teacher := work.teacher) is not None:
        corpus.learn_from(teacher)
    net = _trained(work, base, known, corpus, inputs, report)
    size = work.settings.articles
    told: dict[str, Any] = {"inputs": inputs, "device": _name(device), "torch": torch.__version__}
    arrays: Arrays = {}
    if fold is not None:
        arrays, told["held_out"] = scores_of(net, corpus, held_out, size)
    else:
        _save_weights(net, work.folder / f"{FULL}.safetensors")
        if (work.folder / DEV).is_file():
            dev = Corpus(work.folder / DEV, work, device)
            arrays, told["dev"] = scores_of(net, dev, range(dev.count), size)
    with _whole(result) as temporary, temporary.open("wb") as stream:
        np.savez_compressed(stream, about=json.dumps(told), **arrays)  # type: ignore[arg-type]
    _checkpoint(work, fold).unlink(missing_ok=True)
    for part in filter(told.__contains__, ("held_out", "dev")):
        figures = ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value in told[part].items())
        report(f"{_title(inputs)}, {part.replace('_', ' ')}: {figures}")


def _trained(work: Work, base: Path, known: list[int], corpus: Corpus, inputs: dict[str, Any], report: Report) -> Net:
    """Return a network with the average of its weights over the steps."""
    settings, device = work.settings, corpus.device
    torch.manual_seed(settings.seed)
    net = Net(base, work).to(device)
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(settings.averaging))
    heads = [weights for name, weights in net.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": list(net.encoder.parameters()), "lr": settings.rate},
        {"params": heads, "lr": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=settings.decay, fused=device.type == "cuda")
    steps = settings.epochs * math.ceil(len(known) / settings.articles)
    warm = max(1, int(settings.warm_up * steps))
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(1, (i + 1) / warm) * max(0.0, 1 - i / steps))
    parts = {"net": net, "average": average, "optimizer": optimizer, "rates": rates}
    for epoch in range(_resumed(work, inputs, parts), settings.epochs):
        began, total = time.monotonic(), torch.zeros((), device=device)
        net.train()
        chance = np.random.default_rng((settings.seed, epoch))
        for some in corpus.batches(chance.permutation(known).tolist(), settings.articles):
            with torch.autocast("cuda", torch.bfloat16, enabled=device.type == "cuda"):
                loss = loss_of(net, corpus.batch(some, chance=chance), settings)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rates.step()
            average.update_parameters(net)
            total += loss.detach() * (len(some) / len(known))
        _keep(work, inputs, parts, epoch + 1)
        took = time.monotonic() - began
        report(f"{_title(inputs)}: epoch {epoch + 1} of {settings.epochs}, loss {total.item():.4f}, {took:.0f} s")
    trained: Net = average.module
    return trained


def _checkpoint(work: Work, fold: int | None) -> Path:
    return work.result(fold).with_suffix(".checkpoint")


def _keep(work: Work, inputs: dict[str, Any], parts: dict[str, Any], epoch: int) -> None:
    """Keep what is needed to go on after an epoch."""
    state = {name: part.state_dict() for name, part in parts.items()}
    chance = [torch.get_rng_state(), *(torch.cuda.get_rng_state_all() if torch.cuda.is_available() else ())]
    with _whole(_checkpoint(work, inputs["fold"])) as temporary:
        torch.save({**state, "chance": chance, "epoch": epoch, "inputs": json.dumps(inputs)}, temporary)


def _resumed(work: Work, inputs: dict[str, Any], parts: dict[str, Any]) -> int:
    """Go on where a killed run of the same inputs left off; return how many epochs are done."""
    path = _checkpoint(work, inputs["fold"])
    if not path.is_file():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    if state["inputs"] != json.dumps(inputs):
        return 0
    for name, part in parts.items():
        part.load_state_dict(state[name])
    torch.set_rng_state(state["chance"][0])
    if torch.cuda.is_available() and len(state["chance"]) > 1:
        torch.cuda.set_rng_state_all(state["chance"][1:])
    return int(state["epoch"])


def _save_weights(net: Net, path: Path) -> None:
    from safetensors.torch import save_file

    with _whole(path) as temporary:
        save_file({name: each.half().cpu().contiguous() for name, each in net.state_dict().items()}, temporary)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path, which takes a path's place when all went well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _title(inputs: dict[str, Any]) -> str:
    return (
        "encoder, all articles"
        if inputs["fold"] is None
        else f"encoder, fold {inputs['fold'] + 1} of {inputs['folds']}"
    )


def _name(device: torch.device) -> str:
    return torch.cuda.get_device_name() if device.type == "cuda" else "CPU"


def main() -> None:
    """Run one fold, the fit on everything, or all of them."""
    parser = argparse.ArgumentParser(description="Fine-tune an encoder on what 'quotes train' put in a working folder.")
    parser.add_argument("work", type=Path, metavar="WORK", help="the working folder")
    parser.add_argument("base", type=Path, metavar="ENCODER", help="folder with config.json and model.safetensors")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--fold", type=int, metavar="K", help="hold out the articles of fold K, counted from 0")
    which.add_argument("--full", action="store_true", help="fit to all articles")
    which.add_argument("--all", action="store_true", help="fit to all articles, and every fold")
    parser.add_argument(
        "--teacher", type=Path, metavar="ENCODER", help=f"with --all: fit the folds of WORK/{TEACHER} first"
    )
    parser.add_argument("--parallel", type=int, default=1, metavar="N", help="fits at the same time, with --all")
    asked = parser.parse_args()
    work = Work.read(asked.work)
    if not asked.all:
        logging.basicConfig(format="%(message)s", level=logging.INFO)
        fit(work, asked.base, None if asked.full else asked.fold, logging.getLogger("finetune").info)
        return
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // asked.parallel)))
    folds = [["--fold", str(fold)] for fold in range(work.folds)]
    with ThreadPoolExecutor(asked.parallel) as pool:
        for folder, base, fits in (
            (asked.work / TEACHER, asked.teacher, folds),
            (asked.work, asked.base, [["--full"], *folds]),
        ):
            command = [sys.executable, __file__, str(folder), str(base)]
            if base is not None:
                list(pool.map(lambda which, command=command: subprocess.run([*command, *which], check=True), fits))


if __name__ == "__main__":
    main()
