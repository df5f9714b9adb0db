"""How many small faults in disclosure control the tests notice: a seeded sample of mutants per module.

    uv run python benchmarks/mutation.py [SAMPLE [SECONDS [MODULE ...]]]

A mutant is one module of `transforms/disclosure` with one expression or statement changed, in memory.
First every test runs once and notes which lines it reaches (kept in the file MUTATION_MAP, if that is set);
a mutant is then shown to the tests that reach its statement, the fast ones first and up to SECONDS of them,
until one fails: killed. One that takes half a minute and three times what it should counts as killed. Not
mutated: text, annotations, decorators, and `strict` of `zip`, an assertion that never fires. SAMPLE mutants
per module, 20 if not given. Survivors are printed as file:line: before -> after.
"""

import ast
import copy
import importlib.abc
import importlib.util
import itertools
import math
import os
import pickle
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ONE = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
os.environ |= dict.fromkeys(ONE, "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
JOBS = int(os.environ.get("MUTATION_JOBS", os.cpu_count() or 1))
CODE = ROOT / "transforms" / "disclosure"
ABOUT = ("disclosure", "rounding", "magnitude", "ledger", "optimum", "peers", "protection", "over_time", "same_persons")
ABOUT += ("coarser", "groups_and_sums", "implied", "watched_search")
TESTS = [str(path) for one in ABOUT for path in sorted(ROOT.glob(f"tests/**/test_{one}*.py"))]
PAIRS = ((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn))
PAIRS += ((ast.And, ast.Or), (ast.BitAnd, ast.BitOr), (ast.Mult, ast.FloorDiv), (ast.Add, ast.Sub))
PAIRS += tuple(map(str.split, ("min max", "any all", "minimum maximum", "floor ceil", "LOWEST HIGHEST")))
SWAP = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])} | {ast.Mod: ast.Add, ast.Div: ast.Mult}


def changes(node: ast.AST) -> Iterator[ast.AST]:  # noqa: PLR0912  # a case per kind of node
    """What a node may turn into."""
    match node:
        case ast.Compare(left, [op], right) if type(op) in SWAP:
            yield ast.Compare(left, [SWAP[type(op)]()], right)
        case ast.BinOp(left, op, right) if type(op) in SWAP:
            yield ast.BinOp(left, SWAP[type(op)](), right)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(SWAP[type(op)](), values)
        case ast.AugAssign(target, op, value) if type(op) in SWAP:
            yield ast.AugAssign(target, SWAP[type(op)](), value)
        case ast.UnaryOp(_, value):
            yield value
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Name(name, context) if name in SWAP:
            yield ast.Name(SWAP[name], context)
        case ast.Attribute(value, name, context) if name in SWAP:
            yield ast.Attribute(value, SWAP[name], context)
        case ast.Return(value) if value is not None:
            yield ast.Return(ast.Constant(None))
        case ast.If(test, body, rest):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, rest)
        case ast.IfExp(test, body, rest):
            yield ast.IfExp(test, rest, body)
        case ast.comprehension(target, source, [_, *others]):
            yield ast.comprehension(target, source, others, 0)
        case ast.Raise() | ast.Expr(ast.Call()):
            yield ast.Pass()


def spots(tree: ast.AST, place: ast.stmt | None = None, inside: bool = False) -> Iterator[tuple]:
    """Parent, field, index, node and statement of everything that may be mutated, and whether it is in a function."""
    for name, value in ast.iter_fields(tree):
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            skipped = name in {"annotation", "returns", "decorator_list"} or getattr(node, "arg", "") == "strict"
            if isinstance(node, ast.AST) and not skipped:
                here = node if isinstance(node, ast.stmt) else place
                within = inside or (isinstance(tree, ast.FunctionDef) and name == "body")
                yield tree, name, index, node, here, within
                yield from spots(node, here, within)


@dataclass(frozen=True)
class Mutant(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A changed module, which imports itself; `lines` are those of the statement with the change."""

    path: Path
    lines: range
    inside: bool
    told: str
    tree: ast.Module

    def find_spec(self, name: str, *_: object) -> object:
        is_this = name == ".".join(self.path.relative_to(ROOT).with_suffix("").parts)
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if is_this else None

    def exec_module(self, module) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102  # our own file, changed


def mutants(path: Path, sample: int) -> Iterator[Mutant]:
    tree = ast.parse(path.read_text())
    turns = [(number, turn) for number, spot in enumerate(spots(tree)) for turn, _ in enumerate(changes(spot[3]))]
    chosen = random.Random(f"1 {path.name}").sample(turns, min(sample, len(turns)))  # noqa: S311
    for number, turn in sorted(chosen):
        changed = copy.deepcopy(tree)
        parent, field, index, old, place, inside = list(spots(changed))[number]
        new = ast.copy_location(list(changes(old))[turn], old if hasattr(old, "lineno") else place)
        told = " -> ".join(" ".join(ast.unparse(one).split())[:100] for one in (old, new))
        setattr(parent, field, new) if index is None else getattr(parent, field).__setitem__(index, new)
        last = place.body[0].lineno - 1 if getattr(place, "body", None) else place.end_lineno
        lines = range(place.lineno, max(last, place.lineno) + 1)
        yield Mutant(path, lines, inside, told, ast.fix_missing_locations(changed))


class Notes:
    """Per test the lines of `transforms/disclosure` that it reached, or how long it took: tracing is slow."""

    def __init__(self, file: str) -> None:
        self.file, self.lines, self.took = file, defaultdict(set), Counter()

    def pytest_runtest_logreport(self, report) -> None:
        self.took[report.nodeid] += report.duration

    def pytest_runtest_protocol(self, item) -> None:
        seen, here = self.lines[item.nodeid], str(CODE) + os.sep

        def line(frame: object, *_: object) -> object:
            seen.add((frame.f_code.co_filename[len(here) :], frame.f_lineno))
            return line

        if self.file.endswith("lines"):
            sys.settrace(lambda frame, *_: line if frame.f_code.co_filename.startswith(here) else None)

    def pytest_sessionfinish(self) -> None:
        sys.settrace(None)
        Path(self.file).write_bytes(pickle.dumps((dict(self.lines), dict(self.took))))


def start(tests: list[str], mutant: Mutant | None = None, notes: str = "") -> int:
    """Run pytest in a fork, which has the libraries but nothing of the project; its process id."""
    if pid := os.fork():
        return pid
    sys.dont_write_bytecode = True
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1), os.dup2(sink, 2)
    sys.meta_path[:0] = [mutant] if mutant else []
    import hypothesis
    import pytest

    hypothesis.settings.register_profile("mutation", max_examples=25, deadline=None, derandomize=True)
    hypothesis.settings.load_profile("mutation")
    options = ["-x", "-q", "--noconftest", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    os._exit(int(pytest.main([*options, *tests], plugins=[Notes(notes)] if notes else [])))


def finish(until: dict[int, float]) -> tuple[int, bool]:
    """The next of these processes to end, and whether its tests passed; one past its time is ended."""
    for pid, limit in itertools.cycle(until.items()):
        if time.monotonic() > limit:
            os.kill(pid, signal.SIGKILL)
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            del until[pid]
            return pid, status == 0
        time.sleep(0.01)
    raise AssertionError


def reach() -> list[tuple[str, float, set[tuple[str, int]]]]:
    """Per test its name, its time and the lines that it reaches; the fastest first."""
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{folder}/{one}" for one in ("lines", "times")]
        until = {start(TESTS, notes=file): math.inf for file in files}
        if not all([finish(until)[1], finish(until)[1]]):
            sys.exit("the tests fail as it is")
        (lines, _), (_, took) = (pickle.loads(Path(file).read_bytes()) for file in files)  # noqa: S301  # ours
    return sorted(((name, took[name], own) for name, own in lines.items()), key=lambda row: row[1])


def chosen_for(
    mutant: Mutant, tests: list[tuple[str, float, set[tuple[str, int]]]], seconds: float
) -> dict[str, float]:
    """The tests that reach a mutant; what runs at import is reached by whoever uses the module."""
    near, spent = {}, 0.0
    for name, took, lines in tests:
        own = {line for file, line in lines if file == str(mutant.path.relative_to(CODE))}
        spent += took if (is_near := not own.isdisjoint(mutant.lines) if mutant.inside else own) else 0
        near |= {name: took} if is_near and spent <= seconds else {}
    return near


def main() -> None:
    import polars  # noqa: F401

    sample, seconds, *only = *map(int, sys.argv[1:3]), *(20, 30)[len(sys.argv) - 1 :], *sys.argv[3:]
    kept = Path(os.environ.get("MUTATION_MAP", os.devnull))
    tests = pickle.loads(kept.read_bytes()) if kept.is_file() else reach()  # noqa: S301  # ours
    if str(kept) != os.devnull:
        kept.write_bytes(pickle.dumps(tests))
    paths = [path for path in sorted(CODE.rglob("*.py")) if not only or path.stem in only]
    waiting = [mutant for path in paths for mutant in mutants(path, sample)]
    total, survived = Counter(one.path.name for one in waiting), Counter()
    running: dict[int, Mutant] = {}
    until: dict[int, float] = {}
    while waiting or running:
        is_fine = True
        if waiting and len(running) < JOBS:
            mutant = waiting.pop(0)
            if near := chosen_for(mutant, tests, seconds):
                pid = start(list(near), mutant)
                running[pid], until[pid] = mutant, time.monotonic() + 30 + 3 * sum(near.values())
                continue
        else:
            pid, is_fine = finish(until)
            mutant = running.pop(pid)
        if is_fine:
            survived[mutant.path.name] += 1
            print(f"survived {mutant.path.name}:{mutant.lines[0]}: {mutant.told}", flush=True)
    for name, number in [*total.items(), ("all", total.total())]:
        killed = number - (survived.total() if name == "all" else survived[name])
        print(f"{name:24} {killed:4} of {number:4} killed, {100 * killed / number:.0f} %")


if __name__ == "__main__":
    main()
