"""Turns examples into arrays that an encoder is fine-tuned on without a parser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.encoding.places import candidate_places, extent_places, speaker_window
from quotes.encoding.windows import windows_of
from quotes.training.examples import Example
from quotes.training.labels import in_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN = 0
"""Row of a rule, or of a kind of extent, that the examples which are learned from don't have."""
_ROWS = {
    "window": ("article", "length"),
    "token": ("article", "place", "tags"),
    "candidate": ("article", "places", "kind", "right", "window"),
    "extent": ("candidate", "places", "kind", "best"),
    "speaker": ("candidate", "token"),
}
_WIDTHS = {"token_tags": 3, "candidate_places": 5, "candidate_window": 2, "extent_places": 7}
"""Numbers a row of those arrays that have more than one."""


def kinds_of(examples: Iterable[Example]) -> tuple[list[str], list[str]]:
    """Return the rules of all candidates, and the kinds of their extents."""
    candidates = [candidate for example in examples for candidate in example.candidates]
    kinds = {extent.name for candidate in candidates for extent in candidate.extents}
    return sorted({candidate.rule for candidate in candidates}), sorted(kinds)


def arrays_of(
    examples: Sequence[Example],
    rules: Sequence[str],
    extents: Sequence[str],
    pieces_of: Callable[[Sequence[str]], Sequence[Sequence[int]]],
) -> dict[str, NDArray[Any]]:
    """Return examples as arrays of whole numbers, each in the order of the articles.

    Articles, candidates and extents are counted from 0, tokens within their article; -1 is no token. A row each:

    - window: ``window_article``, ``window_length`` in word pieces; ``pieces`` are those of all windows;
    - token: ``token_article``, ``token_place`` (of its first piece in the article), ``token_tags`` (whether it is
      part of a source, a cue, a content);
    - candidate: ``candidate_article``, ``candidate_places`` (`candidate_places`), ``candidate_kind`` (of the rule,
      from 1 on), ``candidate_right``, ``candidate_window`` (first token and end of `speaker_window`);
    - extent: ``extent_candidate``, ``extent_places`` (`extent_places`), ``extent_kind`` (from 1 on),
      ``extent_best`` (none of its candidate is nearer to the annotation);
    - token of a source of what a right candidate stands for: ``speaker_candidate``, ``speaker_token``.
    """
    row_of = [{name: row for row, name in enumerate(names, start=UNKNOWN + 1)} for names in (rules, extents)]
    rows: dict[str, list[Any]] = defaultdict(list)
    for index, example in enumerate(examples):
        _add_words(rows, index, example, pieces_of)
        _add_candidates(rows, index, example, *row_of)
    names = ["pieces", *(f"{kind}_{what}" for kind, each in _ROWS.items() for what in each)]
    arrays = {name: np.array(rows[name], np.int32) for name in names}
    for name, width in _WIDTHS.items():
        arrays[name] = arrays[name].reshape(-1, width)
    return {"articles": np.array(len(examples), np.int32), **arrays}


def _add_words(
    rows: dict[str, list[Any]],
    index: int,
    example: Example,
    pieces_of: Callable[[Sequence[str]], Sequence[Sequence[int]]],
) -> None:
    parse = example.setting.parse
    windows = windows_of(parse, pieces_of)
    rows["window_article"] += [index] * len(windows.pieces)
    rows["window_length"] += map(len, windows.pieces)
    rows["pieces"] += [piece for window in windows.pieces for piece in window]
    tags = [[0, 0, 0] for _ in parse.words]
    for relation in example.article.relations:
        gold = in_tokens(parse, relation)
        sources = [token for span in relation.source for token in parse.tokens_in(span)]
        for role, tokens in enumerate((sources, gold.cue, *gold.contents[:1])):
            for token in tokens:
                tags[token][role] = 1
    rows["token_article"] += [index] * len(tags)
    rows["token_place"] += windows.place_of
    rows["token_tags"] += tags


def _add_candidates(
    rows: dict[str, list[Any]], index: int, example: Example, rules: dict[str, int], kinds: dict[str, int]
) -> None:
    parse = example.setting.parse
    for candidate, label in zip(example.candidates, example.labels, strict=True):
        number, window = len(rows["candidate_article"]), speaker_window(candidate, len(parse))
        rows["candidate_article"].append(index)
        rows["candidate_places"].append(candidate_places(candidate))
        rows["candidate_kind"].append(rules.get(candidate.rule, UNKNOWN))
        rows["candidate_right"].append(label.found)
        rows["candidate_window"].append((window.start, window.stop))
        top = max(label.overlaps)
        for extent, overlap in zip(candidate.extents, label.overlaps, strict=True):
            rows["extent_candidate"].append(number)
            rows["extent_places"].append(extent_places(candidate, extent, len(parse)))
            rows["extent_kind"].append(kinds.get(extent.name, UNKNOWN))
            rows["extent_best"].append(overlap == top)
        if label.found and label.relation is not None:
            source = example.article.relations[label.relation].source
            tokens = sorted({token for span in source for token in parse.tokens_in(span)})
            rows["speaker_candidate"] += [number] * len(tokens)
            rows["speaker_token"] += tokens
