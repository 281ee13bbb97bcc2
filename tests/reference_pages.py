"""The parts of reference pages that are made from the code: models, command line, word lists."""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer

from quotes import lexicon, models
from quotes.cli.application import app, program, run
from quotes.cli.tally import counted
from quotes.io.json import family_schema, verification_schema
from quotes.lexicon import table
from tests import gallery

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tests.inputs.test_real_inputs import Case

LISTS = sorted(Path(lexicon.__file__).with_name("en").glob("*.tsv"))
SIMPLE_TYPES = {"string": "text", "boolean": "true or false", "null": "null", "object": "object of texts"}
PARTS = ("Statement", "Content", "TextSpan", "Cue", "Entity", "Medium", "When")
PARTS_OF_PROVENANCE = ("Provenance", "DocumentInfo", "Original", "Times", "ExtractorInfo")
PARTS_OF_VERIFICATION = ("Verification", "Passage", "Difference", "Note")
PARTS_OF_FAMILY = ("Family", "FamilySpeaker", "Occasion", "Member")
FIELDS = "\n\nFields:\n"
"""Begins what a model's docstring says of its fields."""
LABELS = {"Does not": "Does not belong", "Field": "Fields"}
"""What a label of a header is called on the page."""
WORD_LIST_LABEL = re.compile(r"\b(Source|Fields?|Attitudes|Belongs|Does not(?: belong)?): ")


def output_fields() -> str:
    """Return a section for each output model, with a table of its fields."""
    return "\n".join(model_section(getattr(models, name)) for name in (*PARTS, *PARTS_OF_PROVENANCE))


def verification_fields() -> str:
    """Return a section for each model of a verification; the parts of statements are on their own page."""
    return sections_of(PARTS_OF_VERIFICATION, "output.md")


def family_fields() -> str:
    """Return a section for each model of a family; differences are on the page of verifications."""
    return sections_of(PARTS_OF_FAMILY, "verification.md")


def sections_of(names: Sequence[str], others: str) -> str:
    """Return a section for each model, with links to those of another page."""
    sections = "\n".join(model_section(getattr(models, name)) for name in names)
    own = "|".join(name.lower() for name in names)
    return re.sub(rf"\]\(#(?!(?:{own})\))", f"]({others}#", sections)


def model_section(model: type[BaseModel]) -> str:
    """Return a heading, what the model is, and its fields: name, type, meaning."""
    known: Any = {**verification_schema()["$defs"], **family_schema()["$defs"]}
    properties = known[model.__name__]["properties"]
    rows = [
        f"| `{name}` | {type_text(properties[name])} | {cell(field.description or '')} |\n"
        for name, field in model.model_fields.items()
    ]
    summary = model.__doc__.partition(FIELDS)[0]
    head = f"## {model.__name__}\n\n{summary}\n\n| field | type | meaning |\n|-------|------|---------|\n"
    return head + "".join(rows)


def type_text(schema: Mapping[str, Any]) -> str:
    """Return the type of a field in words, parts of a statement linked."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(type_text(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema["type"] == "array":
        return f"list of {type_text(schema['items'])}"
    if schema["type"] == "integer":
        return "integer from 0"
    if schema["type"] == "number":
        most = f"{schema['maximum']:g}" if "maximum" in schema else ""
        return f"number, {schema['minimum']:g} to {most}" if most else f"number from {schema['minimum']:g}"
    return "date" if schema.get("format") == "date" else SIMPLE_TYPES[schema["type"]]


def command_options() -> str:
    """Return a section for each command: what it does, how it is called, its options, an example."""
    commands = typer.main.get_command(app).commands
    return "\n".join(
        [
            *(command_section(name, command) for name, command in commands.items()),
            f"## quotes\n\n{program.__doc__}\n\n" + table_of(typer.main.get_command(app).params),
        ]
    )


def command_section(name: str, command: Any) -> str:
    """Return the section of one command."""
    arguments = [each for each in command.params if not each.opts[0].startswith("-")]
    usage = " ".join(["quotes", name, *(each.metavar for each in arguments), "[options]"])
    example = command.epilog.removeprefix("Example: ")
    heading = f"## quotes {name}\n\n{command.help}\n\n```text\n{usage}\n```\n\n"
    return f"{heading}{table_of(command.params)}\nExample: `{example}`\n"


def table_of(parameters: list[Any]) -> str:
    """Return the table of the arguments and options of a command."""
    rows = [
        f"| {option_names(each)} | {default_of(each)} | {cell(each.help)} |\n"
        for each in parameters
        if each.help and "completion" not in each.name
    ]
    return "| option | default | meaning |\n|--------|---------|---------|\n" + "".join(rows)


def option_names(parameter: Any) -> str:
    """Return an option's spellings, each with its value, or an argument's name."""
    if not parameter.opts[0].startswith("-"):
        return f"`{parameter.metavar}`"
    annotation = parameter.type_descriptor.annotation
    kind = next(iter(get_args(annotation)), annotation)
    if isinstance(kind, type) and issubclass(kind, Enum):
        value = " " + "\\|".join(str(each.value) for each in kind)
    else:
        value = "" if parameter.is_flag else f" {parameter.metavar}"
    return ", ".join(f"`{spelling}{value}`" for spelling in parameter.opts)


def default_of(parameter: Any) -> str:
    """Return the value that an option has when it is not given."""
    default = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    return "" if isinstance(default, bool) or default in (None, (), []) or callable(default) else f"`{default}`"


def cell(text: str) -> str:
    """Return a text on one line, fit for a table."""
    return re.sub(r"([*|])", r"\\\1", " ".join(text.split()))


def word_lists() -> str:
    """Return a section for each word list: how long it is, and what its header says."""
    lists = "".join(f"| [`{path.stem}`](#{path.stem}) | {len(table(path.stem)):,} |\n" for path in LISTS)
    total = f"| all | {sum(len(table(path.stem)) for path in LISTS):,} |\n"
    return f"| list | entries |\n|------|--------:|\n{lists}{total}\n" + "\n".join(map(list_section, LISTS))


def list_section(path: Path) -> str:
    """Return the section of one word list."""
    return f"## {path.stem}\n\n" + "".join(header_lines(path)) + f"\nFirst entries: {first_entries(path)}.\n"


def header_lines(path: Path) -> Iterator[str]:
    """Yield what the header of a list says: a paragraph, then a point for each label."""
    lines = [line[1:].rstrip() for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    labelled = False
    for indented, group in groupby(lines, key=lambda line: line.startswith("   ")):
        if indented:
            yield from ("  - " + re.sub(r"^ +(\w+)  +", r"`\1`: ", line) + "\n" for line in group)
            continue
        lead, *parts = WORD_LIST_LABEL.split(" ".join(line.strip() for line in group))
        if lead:
            yield f"{'  ' if labelled else ''}{markdown(lead)}\n" + ("" if labelled else "\n")
        for label, text in zip(parts[::2], parts[1::2], strict=True):
            labelled = True
            yield f"- {LABELS.get(label, label)}: {markdown(text)}\n"


def first_entries(path: Path) -> str:
    """Return the keys of the first five entries."""
    return ", ".join(f"`{key}`" for key in list(table(path.stem))[:5])


def markdown(text: str) -> str:
    """Return a text as Markdown shows it, one space between words, names of lists linked."""
    text = re.sub(r"([*<\\|])", r"\\\1", " ".join(text.split()))
    names = "|".join(path.stem for path in LISTS if "_" in path.stem)
    return re.sub(rf"\b({names})(?:\.tsv)?\b", r"[\1](#\1)", re.sub(r"\bcues\.tsv", "[cues](#cues)", text))


def real_inputs() -> str:
    """Return a table of files as people have them, with what the command line makes of each."""
    from tests.inputs.test_real_inputs import CASES

    rows = [f"| {name} | `{case.name}` | {outcome(case)} |\n" for name, case in CASES.items()]
    return "| input | file | what comes out |\n|-------|------|----------------|\n" + "".join(rows)


def outcome(case: Case) -> str:
    """Return how many statements come out of a file, and what is said on standard error."""
    out, said = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(case.name).write_bytes(case.data.encode("utf-8") if isinstance(case.data, str) else case.data)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            code = run(["extract", case.name, "--format", "json"])
    message = said.getvalue().strip().removeprefix("quotes: ").replace(f"{case.name}: ", "")
    message = message.partition(" Try 'quotes")[0]
    found = counted(len(json.loads(out.getvalue())), "statement") if code == 0 else ""
    return cell("; ".join(filter(None, (found, message))))


GENERATED = {
    "real inputs": real_inputs,
    "output fields": output_fields,
    "command options": command_options,
    "verification fields": verification_fields,
    "family fields": family_fields,
    "word lists": word_lists,
    "gallery": gallery.sections,
}
"""What stands between ``<!-- generated: NAME -->`` and ``<!-- end of generated -->`` in a page."""
