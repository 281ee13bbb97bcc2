"""Breaks the linguistic rules, one small change at a time, and counts the changes that the tests notice.

    python benchmarks/mutation.py --sample 200 --seed 1

Pipeline and parses are made once, in one process with all the tests. Each change
is tried in a fork of it, where the changed code takes the place of the old: first
the quickest of the tests that run the changed lines, and none after the first that
fails. A change that no test notices is printed as a survivor. Ctrl-C ends a run with
what it has until then. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import ast
import gc
import inspect
import os
import random
import re
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.doctest import DoctestItem
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[1]
TARGETS = (
    "quotes/syntax",
    "quotes/candidates",
    "quotes/roles",
    "quotes/coref",
    "quotes/scoring/selection.py",
)
"""Packages and modules to break."""
TESTS = (
    "tests/test_rules.py", "tests/test_fixtures.py", "tests/test_extractor.py", "tests/test_limits_page.py",
    "tests/test_floors.py",
)  # fmt: skip
"""What has to notice, beside the targets' doctests and every test module that names a target."""
CACHING = ("quotes.scoring", "quotes.lexicon", "tests")
"""Where caches may hold what rules have made, beside the targets."""
LOADER = "quotes.scoring.scorer"
"""Whose cache holds what rules make of the weights."""
OPTIONS = ("-qq", "--no-header", "--no-summary", "--tb=line", "--capture=no", "--doctest-modules")
LEAST_SECONDS = 10.0
"""Time a broken program is given at the least; then it counts as noticed."""
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
Change = tuple[ast.expr, ast.expr, ast.expr | None]
"""An expression, what takes its place, and the one element that is gone if that is all."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of a source file.

    Attributes:
        path: The file, relative to the root.
        lines: Lines of the changed statement; of a compound one, of its head.
        function: Function that holds it, "" at the level of the module.
        returns: What that function says that it returns.
        names: Outside of functions, the names of the module that depend on it.
        edit: First byte, one past the last byte, and what takes their place.
        line: Line of the change.
        shown: The change in a word.
    """

    path: str
    lines: range
    function: str = ""
    returns: str = ""
    names: frozenset[str] = frozenset()
    edit: tuple[int, int, bytes] = (0, 0, b"")
    line: int = 0
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function or 'module'}: {self.shown}"

    def source(self) -> bytes:
        """Return the changed text of the file."""
        text, (start, end, new) = (ROOT / self.path).read_bytes(), self.edit
        return text[:start] + new + text[end:]


def mutants_of(path: str, source: bytes) -> Iterator[Mutant]:
    """Yield every change of a file that this program makes."""
    tree = ast.parse(source)
    begins = [0]
    for line in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for statement in tree.body:
        names = _dependents(tree, _names_in(statement, ast.Store))
        if "__all__" in names or ast.unparse(statement).startswith("if TYPE_CHECKING:"):
            continue  # nothing runs differently
        inside = Mutant(path, range(0), names=frozenset(names))
        for place, (old, new, gone) in _changes_in(ast.Module([statement], []), inside):
            start = begins[old.lineno - 1] + old.col_offset
            end = begins[(old.end_lineno or 0) - 1] + (old.end_col_offset or 0)
            text = ast.unparse(new) if isinstance(new, ast.Constant) else f"({ast.unparse(new)})"
            at = old if gone is None else gone
            shown = f"- {ast.unparse(at)}  + {'' if gone is not None else ast.unparse(new)}".rstrip(" +")
            yield replace(place, edit=(start, end, text.encode()), line=at.lineno, shown=shown)


def _names_in(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    """Return the names that are read, or set, in a piece of code."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def _dependents(tree: ast.Module, names: set[str]) -> set[str]:
    """Return names of a module, and those that its later assignments make of them."""
    for each in tree.body:
        if isinstance(each, ast.Assign | ast.AnnAssign) and names & _names_in(each, ast.Load):
            names = names | _names_in(each, ast.Store)
    return names


def _changes_in(node: ast.AST, place: Mutant) -> Iterator[tuple[Mutant, Change]]:
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else (value,):
            if field in ("annotation", "returns", "decorator_list") or not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.Assert | ast.JoinedStr) or getattr(child, "arg", "") == "strict":
                continue
            if isinstance(node, ast.ClassDef) and not isinstance(child, ast.FunctionDef):
                continue  # what a class is made of cannot be exchanged
            inside = place
            if isinstance(child, ast.FunctionDef):
                returns = "" if child.returns is None else ast.unparse(child.returns)
                inside = replace(inside, function=child.name, returns=returns)
            if isinstance(child, ast.stmt):
                body = getattr(child, "body", None)
                last = max(child.lineno, body[0].lineno - 1) if body else child.end_lineno or child.lineno
                inside = replace(inside, lines=range(child.lineno, last + 1))
            yield from ((inside, change) for change in _changes(child, inside.returns))
            yield from _changes_in(child, inside)


def _changes(node: ast.AST, returns: str) -> Iterator[Change]:  # noqa: C901, PLR0912
    match node:
        case ast.Compare(left, ops, others):
            for i, op in enumerate(ops):
                yield node, ast.Compare(left, [*ops[:i], SWAPS[type(op)](), *ops[i + 1 :]], others), None
        case ast.BoolOp(op, values):
            yield node, ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values), None
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                yield node, ast.BoolOp(op, rest) if rest[1:] else rest[0], None
        case ast.UnaryOp(ast.Not(), operand):
            yield node, operand, None
        case ast.Constant(bool() as value):
            yield node, ast.Constant(not value), None
        case ast.Constant(int() | float() as value):
            step = 1 if isinstance(value, int) else 0.1
            yield from ((node, ast.Constant(round(value + s, 6)), None) for s in (step, -step))
        case ast.Tuple(items) | ast.List(items) | ast.Set(items):
            if all(isinstance(item, ast.Constant) for item in items):
                for i, item in enumerate(items):
                    yield node, type(node)(items[:i] + items[i + 1 :]), item
        case ast.Dict(keys, items):
            for i, key in enumerate(keys):
                yield node, ast.Dict(keys[:i] + keys[i + 1 :], items[:i] + items[i + 1 :]), key
        case ast.If(test) | ast.While(test) | ast.IfExp(test):
            yield from _conditions(test)
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield from _conditions(test)
        case ast.Return(ast.expr() as value):
            answers = (True, False) if returns == "bool" else (None,) if returns.endswith("None") else ()
            for answer in answers:
                if not (isinstance(value, ast.Constant) and isinstance(value.value, bool | None)):
                    yield value, ast.Constant(answer), None


def _conditions(test: ast.expr) -> Iterator[Change]:
    """Yield a condition that never holds, and its opposite where no other change makes it that."""
    yield test, ast.Constant(False), None
    if not isinstance(test, ast.Compare | ast.UnaryOp):
        yield test, ast.UnaryOp(ast.Not(), test), None


def put_in_place(mutant: Mutant) -> None:
    """Give a loaded module's functions their changed code, and its changed names to all who hold them."""
    module = sys.modules[dotted(mutant.path)]
    fresh: dict[str, Any] = {
        "__name__": module.__name__,
        "__package__": module.__package__,
        "__file__": module.__file__,
    }
    exec(compile(mutant.source(), str(module.__file__), "exec"), fresh)
    for name, new in fresh.items():
        old = vars(module).get(name)
        if inspect.isclass(new) and new.__module__ == module.__name__:
            for method, function in list(vars(new).items()):
                _exchange(vars(old).get(method), function)
        elif name in mutant.names:
            for holder in [module] if name.startswith("_") else loaded("quotes", "tests"):
                if vars(holder).get(name) is old:
                    setattr(holder, name, new)
        elif getattr(new, "__module__", None) == module.__name__:
            _exchange(old, new)


def _exchange(old: Any, new: Any) -> None:
    for inner in ("fget", "__func__", "func"):
        old, new = getattr(old, inner, old), getattr(new, inner, new)
    old, new = inspect.unwrap(old), inspect.unwrap(new)
    if inspect.isfunction(old) and inspect.isfunction(new) and old.__code__ != new.__code__:
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__


def forget(*more: str) -> None:
    """Clear the caches of all modules that rules have a part in, and of some more."""
    for module in loaded(*map(dotted, TARGETS), *CACHING, *more):
        for function in list(vars(module).values()):
            if hasattr(function, "cache_clear") and function.__module__ == module.__name__:
                function.cache_clear()


def loaded(*names: str) -> list[ModuleType]:
    """Return the modules that are loaded of packages, and the packages themselves."""
    return [m for key, m in sys.modules.items() if any(f"{key}.".startswith(f"{name}.") for name in names)]


def dotted(path: str) -> str:
    """Return the name of a module, or of a package, from its path."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def remember_parses() -> None:
    """Let every document be parsed once."""
    from quotes.syntax import pipeline

    original, known = pipeline.parse_documents, {}

    def parse_documents(nlp: Any, documents: Any, *, batch_size: int = 64) -> Iterator[Any]:
        for document in documents:
            key = id(nlp), document
            if key not in known:
                known[key] = next(original(nlp, (document,), batch_size=batch_size))
            yield known[key]

    for module in loaded("quotes", "tests"):
        if vars(module).get("parse_documents") is original:
            vars(module)["parse_documents"] = parse_documents


class Lines:
    """Traces which lines of some packages and modules run, as pairs of file and line."""

    def __init__(self, targets: Iterable[str]) -> None:
        self.ran: set[tuple[str, int]] = set()
        self.roots = tuple(str(ROOT / target) for target in targets)

    def __call__(self, frame: Any, *_: object) -> Any:
        """Note a line; called by the interpreter."""
        file = frame.f_code.co_filename
        if not file.startswith(self.roots):
            return None
        self.ran.add((file, frame.f_lineno))
        return self


class Runner:
    """Plugin that runs the tests once as they are, and then of each mutant's those that can notice it."""

    def __init__(self, mutants: list[Mutant], targets: Iterable[str] = TARGETS) -> None:
        self.mutants = mutants
        self.targets = targets
        self.fates: dict[Mutant, str] = {}
        self.ran: dict[pytest.Item, set[tuple[str, int]]] = {}
        self.seconds: dict[pytest.Item, float] = {}
        self.at_load: set[tuple[str, int]] = set()
        self.users: dict[str, set[tuple[str, int]]] = defaultdict(set)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        self.record(session.items)
        for path in (ROOT / "quotes").rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Name):
                    self.users[node.id].add((str(path), node.lineno))
        gc.collect()
        gc.freeze()
        unchanged = [Mutant(p, range(0), edit=(0, 0, b"\n")) for t in self.targets for p in files_of(t)]
        if self.forked([m for m in unchanged if dotted(m.path) in sys.modules], list(self.ran)) != "survived":
            pytest.exit("the tests fail with the very same code in the place of the code")
        begun = time.monotonic()
        with suppress(KeyboardInterrupt):
            for number, mutant in enumerate(self.mutants, 1):
                self.fates[mutant] = self.fate(mutant)
                each = (time.monotonic() - begun) / number
                sys.stderr.write(f"\r{number} of {len(self.mutants)}, {each:.2f} s each ")
        return True

    def record(self, items: list[pytest.Item]) -> None:
        """Run all tests as they are: parse, and note what lines each runs and how long it takes."""
        remember_parses()
        first = next(i for i in items if "extractor" in getattr(i, "fixturenames", ()))
        for item, again in ((first, True), *((item, False) for item in items)):
            forget(*[LOADER] * again)
            names = dict(item.dtest.globs) if isinstance(item, DoctestItem) else {}
            lines, begun = Lines(self.targets), time.perf_counter()
            sys.settrace(lines)
            try:
                reports = runtestprotocol(item, log=False, nextitem=None)
            finally:
                sys.settrace(None)
            if any(report.failed for report in reports):
                sys.stderr.write(f"{item.nodeid} fails without a change and is left out\n")
                continue
            if isinstance(item, DoctestItem):
                item.dtest.globs.update(names)  # which its run has cleared
            self.ran[item], self.seconds[item] = lines.ran, time.perf_counter() - begun
            if again:
                self.at_load = lines.ran
        self.at_load -= self.ran[first]

    def tests_of(self, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that can notice a change, the quickest first."""
        here = {(str(ROOT / mutant.path), line) for line in mutant.lines}
        if not mutant.function:
            here = set().union(*(self.users[name] for name in mutant.names))
        able = [i for i, ran in self.ran.items() if here & self.at_load or not here.isdisjoint(ran)]
        return sorted(able, key=self.seconds.__getitem__)

    def fate(self, mutant: Mutant) -> str:
        """Return "killed", "timeout" (killed too), "survived", or "not run" where no test runs the lines."""
        items = self.tests_of(mutant)
        return self.forked([mutant], items) if items else "not run"

    def forked(self, mutants: list[Mutant], items: list[pytest.Item]) -> str:
        """Make changes in a fork of this process, and return what came of them."""
        child = os.fork()
        if not child:
            code = 1
            try:
                code = self.try_out(mutants, items)
            finally:
                os._exit(code)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return "survived" if status == 0 else "timeout" if status == -signal.SIGALRM else "killed"

    def try_out(self, mutants: list[Mutant], items: list[pytest.Item]) -> int:
        """Make changes in this process; return 1 as soon as a test fails, else 0."""
        signal.setitimer(signal.ITIMER_REAL, LEAST_SECONDS + 3 * sum(self.seconds[i] for i in items))
        room = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (8 << 30, room))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        here: set[tuple[str, int]] = set()
        for mutant in mutants:
            put_in_place(mutant)
            here |= {(str(ROOT / mutant.path), line) for line in mutant.lines}
        forget(*[LOADER] * bool(here & self.at_load))
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(r.failed for r in runtestprotocol(item, log=False, nextitem=following)):
                return 1
        return 0


def sampled(mutants: dict[str, list[Mutant]], size: int, seed: int) -> list[Mutant]:
    """Return a sample in which each package has its share."""
    chance, ends, out = random.Random(seed), [0], []
    total = sum(map(len, mutants.values()))
    for some in mutants.values():
        ends.append(ends[-1] + len(some))
        share = round(size * ends[-1] / total) - round(size * ends[-2] / total)
        out += chance.sample(some, min(share, len(some)))
    chance.shuffle(out)  # so that a run that is broken off is a sample too
    return out


def main() -> None:
    """Draw a sample, try it, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=200, help="number of changes; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="changes of the files whose path begins so")
    options = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a fork is without the threads of its parent
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    mutants = {
        target: [m for path in files_of(target) for m in mutants_of(path, (ROOT / path).read_bytes())]
        for target in TARGETS
    }
    mutants = {t: [m for m in some if m.path.startswith(options.only)] for t, some in mutants.items()}
    total = sum(map(len, mutants.values()))
    touched = [target for target, some in mutants.items() if some]
    runner = Runner(sampled(mutants, options.sample or total, options.seed), touched)
    names = "|".join(map(re.escape, map(dotted, touched)))
    imports = re.compile(rf"^from (?:{names})\b", re.MULTILINE)
    naming = (str(p) for p in Path("tests").rglob("test_*.py") if imports.search(p.read_text("utf-8")))
    begun = time.monotonic()
    code = pytest.main(
        [*OPTIONS, *dict.fromkeys([*touched, *TESTS, *sorted(naming)])],
        plugins=[runner],
    )
    if not runner.fates:
        sys.exit(int(code) or 1)
    report(runner, {t: len(some) for t, some in mutants.items()}, time.monotonic() - begun)


def files_of(target: str) -> list[str]:
    """Return the source files of a package or module, relative to the root."""
    path = ROOT / target
    return sorted(str(p.relative_to(ROOT)) for p in ([path] if path.is_file() else path.rglob("*.py")))


def report(runner: Runner, sizes: dict[str, int], seconds: float) -> None:
    """Print the fates by package, and the survivors."""
    lines = [f"{len(runner.fates)} of {sum(sizes.values())} changes in {seconds:.0f} s", ""]
    lines += ["| package | changes | tried | noticed | survived | not run | noticed of those tried |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for target in (*sizes, ""):
        count = Counter(fate for mutant, fate in runner.fates.items() if mutant.path.startswith(target))
        tried, noticed = count.total(), count["killed"] + count["timeout"]
        share = f"{100 * noticed / tried:.1f} %" if tried else ""
        size = sizes.get(target, sum(sizes.values()))
        row = (target or "**all**", size, tried, noticed, count["survived"], count["not run"], share)
        lines.append(f"| {' | '.join(map(str, row))} |")
    for kind in ("survived", "not run"):
        some = [mutant for mutant, fate in runner.fates.items() if fate == kind]
        lines += ["", f"{kind}:", "", *map(str, sorted(some, key=lambda m: (m.path, m.line)))]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
