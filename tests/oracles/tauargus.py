"""pytauargus, the engine of CBS's tau-ARGUS with HiGHS: suppression of one table from microdata.

It runs in a process and a folder of its own: it shares a process with highspy, but keeps state and
leaves logs. Its OPT without a time limit stops at its first node, so it is a heuristic; with one it
goes on until the optimum is proven. It never suppresses a zero, protects only the small cells, and
takes it that the attacker knows the smallest count of the table: in a table without a zero its
optimum is not the smallest pattern. The hypercube is not in the package.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.oracles.shape import LARGE, THRESHOLD, Kolom, counts, small

FIRST = "OPT(1)"
"""The first pattern that OPT finds: the default of the package."""

PROVEN = "OPT(1,1)"
"""OPT until its optimum is proven, or for a minute."""

MODULAR = "MOD(1,1,1,1,1)"

UNITY = "-2"
"""Every suppressed cell costs one; by default it costs its count."""

Room = Callable[[int], tuple[int, int]]
"""How far an attacker's bounds must lie below and above a small count."""

_CHILD = """
import sys, time
from pathlib import Path
from pytauargus.engine import run_batch
before = time.process_time()
run_batch(sys.argv[1])
Path("seconds").write_text(str(time.process_time() - before))
"""

_TOTAL = "Total"
_ONE = "one"


@dataclass(frozen=True)
class Pattern:
    """Which cells are suppressed, in the shape of `counts`, and what it took.

    Attributes:
        proven: Whether the method says that its pattern is the cheapest of those that it allows itself.
    """

    hidden: npt.NDArray[np.bool_]
    seconds: float
    proven: bool = False


def up_to_threshold(count: int) -> tuple[int, int]:
    """Room to be taken for a count that may be published; also makes the interval that wide in practice."""
    return 0, THRESHOLD - count


def cpu_seconds() -> float:
    """User and system time of this process and of the children it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def tauargus(
    persons: Mapping[str, Sequence[str]],
    kolommen: Sequence[Kolom] = LARGE,
    *,
    rule: str = "FREQ(10,30)",
    method: str = FIRST,
    cost: str = "",
    room: Room | None = None,
) -> Pattern:
    """Suppress with tau-ARGUS.

    Args:
        rule: `FREQ(n,p)`: counts below n are unsafe, and need room of p percent down and up.
        method: `OPT(1)`, `OPT(1,minutes)` or `MOD(1,...)`.
        cost: What a suppressed cell costs: its count, or with `UNITY` one.
        room: Per small count, in place of p percent.
    """
    from pytauargus import protect
    from pytauargus.result import TableResult

    names = [kolom.name for kolom in kolommen]
    micro = {**persons, _ONE: [1] * len(persons[names[0]])}
    with tempfile.TemporaryDirectory() as folder:
        before = cpu_seconds()
        job = protect(micro, names, _ONE, rule, method, cost_var=cost or None, workdir=folder, run=False)
        if room is not None:
            _ask_room(Path(job.files["arb"]), counts(persons, kolommen), kolommen, room)
        seconds = cpu_seconds() - before + _run(Path(job.files["arb"]))
        is_proven = method.startswith("OPT") and _is_proven(Path(folder))
        table = TableResult(path=job.files["tab1"], exp_vars=names, response=_ONE)
        return Pattern(_mask(table.rows, kolommen), seconds, is_proven)


def _run(batch: Path) -> float:
    """CPU seconds of the engine without the start of its process."""
    subprocess.run([sys.executable, "-c", _CHILD, batch.name], cwd=batch.parent, check=True, capture_output=True)
    return float((batch.parent / "seconds").read_text())


def _ask_room(batch: Path, table: npt.NDArray[np.int64], kolommen: Sequence[Kolom], room: Room) -> None:
    """Set the protection levels of every small cell in an a-priori file."""
    levels = [(*kolom.categories, _TOTAL) for kolom in kolommen]
    lines = []
    for cell in np.argwhere(small(table)):
        code = ";".join(axis[place] for axis, place in zip(levels, cell, strict=True))
        down, up = room(int(table[tuple(cell)]))
        # A line with one number comes first: pytauargus counts its fields, and expects so many.
        lines += [f"{code};C;1", f"{code};PL;{down};{up}"]
    apriori = batch.with_suffix(".hst")
    apriori.write_text("\n".join(lines))
    batch.write_text(batch.read_text().replace("<SUPPRESS>", f'<APRIORI> "{apriori}",1,";",0,0\n<SUPPRESS>'))


def _mask(rows: Sequence[Mapping[str, object]], kolommen: Sequence[Kolom]) -> npt.NDArray[np.bool_]:
    """`U` is suppressed for itself, `M` for others; a category without persons has no rows."""
    places = [{level: place for place, level in enumerate((*k.categories, _TOTAL))} for k in kolommen]
    hidden = np.zeros([len(levels) for levels in places], dtype=bool)
    for row in rows:
        cell = tuple(levels[str(row[kolom.name])] for kolom, levels in zip(kolommen, places, strict=True))
        hidden[cell] = row["status"] in {"U", "M"}
    return hidden


def _is_proven(folder: Path) -> bool:
    log = folder / "CSPlogfile.txt"
    return log.exists() and "END: SDC optimal solution" in log.read_text(errors="replace")
