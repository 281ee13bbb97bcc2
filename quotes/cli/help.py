"""How help looks: commands and options in groups, the choices of an option spelled out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

COMMAND_GROUPS: Mapping[str, Sequence[str]] = {
    "Find statements": ("extract", "view", "review", "speakers", "explain"),
    "Compare": ("verify", "link", "diff", "validate"),
    "Work with archives": ("corpus", "sample", "index"),
    "Measure and train": ("evaluate", "benchmark", "train"),
    "Connect and set up": ("serve", "schema", "doctor"),
}
"""The commands by the group that shows them; each is a function in the module of its name."""
WIDEST = 100
"""Columns of the help on a terminal that has more."""
OPTION_GROUPS: Mapping[str, Sequence[str]] = {
    "Output": (
        *("output", "form", "as_json", "as_csv", "open_page", "keep_text", "features", "top", "of"),
        *("quiet", "verbose"),
    ),
    "Review": ("expected", "order", "summary", "sample", "settle"),
    "Filters": (
        *("speaker", "kind", "contains", "since", "until", "named_only"),
        *("statement", "at", "find", "near"),
    ),
    "Comparison": ("against", "fail_on"),
    "Counting and grouping": ("by_document", "people", "fold_copies", "pair_confidence"),
    "Sampling": ("number", "by", "seed", "articles", "texts"),
    "Extraction": ("attitudes", "min_confidence", "model", "quality", "provider", "extractor"),
    "Input": (
        *("published", "publisher", "title", "encoding", "max_bytes", "on_error", "limit"),
        *("id_column", "text_column", "published_column", "publisher_column", "title_column"),
    ),
    "Processing": ("workers", "batch", "document_seconds", "restart", "engine", "ray_address"),
    "Measurement": (
        *("segments", "baselines", "errors", "floor", "floor_quotes", "ceiling_calibration"),
        *("rounds", "growth", "adversarial", "ceiling_ratio"),
    ),
    "Training": ("folds", "dev", "encoder", "teacher", "work", "epochs"),
    "Service": ("host", "port", "timeout"),
}
"""The parameters of commands by the group that shows them, in order."""
_REST = "Options"
_COLUMN = 22
"""Most characters of a name beside its meaning; a longer one has a line of its own."""
_VALUE = re.compile(r"[<\[](?:list\[)?([^<>\[\]]+)\]?[>\]]")
_NOTES = re.compile(r"\s*\[([^\[\]]+)\]$")
_RANGE = re.compile(r"(\S+)<=x<=(\S+)")


class Command(TyperCommand):
    """A command whose help groups its options."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return what follows the command's name in the line of its usage."""
        return ["[OPTIONS]", *(str(each.metavar) for each in self.params if _is_argument(each))]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, and then the options group by group."""
        group_of = {name: group for group, names in OPTION_GROUPS.items() for name in names}
        groups: dict[str, list[tuple[str, str]]] = {name: [] for name in ("Arguments", *OPTION_GROUPS, _REST)}
        for each in self.get_params(ctx):
            record = each.get_help_record(ctx)
            if record is not None:
                group = "Arguments" if _is_argument(each) else group_of.get(str(each.name), _REST)
                groups[group].append(_tidied(each, *record))
        _write(groups, formatter)


class Program(TyperGroup):
    """The program, whose help groups its commands."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands group by group, and then the options."""
        described = {name: self.commands[name].get_short_help_str(formatter.width) for name in self.list_commands(ctx)}
        groups = {group: [(name, described[name]) for name in names] for group, names in COMMAND_GROUPS.items()}
        records = (each.get_help_record(ctx) for each in self.get_params(ctx))
        _write(groups, formatter)
        _write({_REST: [record for record in records if record]}, formatter)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _tidied(parameter: Any, name: str, meaning: str) -> tuple[str, str]:
    """Return what help says of a parameter, the type and the range of its values as a person would write them."""
    if _is_argument(parameter):
        return str(parameter.metavar), _NOTES.sub("", meaning)
    notes = _NOTES.search(meaning)
    if notes is None:
        return _VALUE.sub(r"\1", name), meaning
    kept = [_RANGE.sub(r"\1 to \2", note) for note in notes[1].split("; ") if not note.startswith("x>")]
    return _VALUE.sub(r"\1", name), meaning[: notes.start()] + (f"  [{'; '.join(kept)}]" if kept else "")


def _write(groups: Mapping[str, Sequence[tuple[str, str]]], formatter: Any) -> None:
    """Write a section for each group that has anything, with the meanings one below the other throughout."""
    names = [name for records in groups.values() for name, _ in records]
    width = max((len(name) for name in names if len(name) <= _COLUMN), default=0)
    for heading, records in groups.items():
        if records:
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), meaning) for name, meaning in records], col_max=width)
