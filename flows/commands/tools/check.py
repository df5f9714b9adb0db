"""`bestandsanalyse check`: what is wrong with deliveries, for the steward and for whoever makes them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.table import Column, Table

from flows.commands.ending import Data
from flows.runs.check import CheckedFolder, check_folder
from flows.screen import Screen
from flows.workfolder.home import Home, default_folder
from flows.workfolder.municipality import profile_for
from schemas.errors import DeliveriesNotAgreed
from schemas.profiles import STANDAARD
from transforms.intake.problems import Problem

_COUNTS = ("rows_read", "accepted", "quarantined", "excluded")
_FILE = ("file", "kind", *_COUNTS)
_screen = Screen(soft_wrap=True)


def check(deliveries: Path, *, peildatum: date, home: Path | None = None) -> Data:
    """Say what is wrong with deliveries, all of it at once, before a run and without a key.

    Files are known by their headers. Nothing is kept, and no value of a file is shown. Residents who are to be left out
    of a run are not left out here, as their register is under a key.

    Parameters
    ----------
    deliveries:
        Folder with the delivered files.
    peildatum:
        Reference date of the run that is to come, such as 2019-07-01.
    home:
        Work folder of which the municipality is; default BESTANDSANALYSE_HOME, or below your home. Without one: Vught.
    """
    profile = profile_for(Home(default_folder(home)), STANDAARD.id)
    found = check_folder(deliveries, profile=profile, peildatum=peildatum)
    _show(found)
    data: Data = {"files": found.files, "sources": found.sources}
    if found.stopping:
        raise DeliveriesNotAgreed(found.stopping).about(**data)
    _screen.print("\nA run would read all of it.")
    return data


def _show(found: CheckedFolder) -> None:
    """Print files, what they hold, and every problem with its place."""
    _screen.print(_table(("file", "kind"), _COUNTS, [[getattr(file, name) for name in _FILE] for file in found.files]))
    sources = [(one.source, one.rows, one.persons, _euros(one.sum_cents)) for one in found.sources]
    _screen.print(_table(("source",), ("rows", "persons", "euros"), sources))
    for file in found.files:
        if file.problems:
            _screen.print(f"\n{file.file}", markup=False, highlight=False)
        for problem in file.problems:
            _screen.print(f"  {_told(problem)}", markup=False, highlight=False)


def _table(words: Sequence[str], numbers: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table in which no word is cut and numbers are on the right."""
    named = [Column(name, no_wrap=True) for name in words]
    table = Table(*named, *(Column(name, justify="right") for name in numbers), box=None)
    for row in rows:
        table.add_row(*map(str, row))
    return table


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


def _told(problem: Problem) -> str:
    """Return a problem in a line: whether a run stops, where, how often, and what was expected."""
    mark = "stops" if problem.stops else "quarantine"
    if problem.rows is None:
        place = f"line {problem.lines[0]}, " if problem.lines else ""
        return f"[{mark}] {place}{problem.rule}: {problem.expected}"
    listed = ", ".join(map(str, problem.lines)) + (", ..." if len(problem.lines) < problem.rows else "")
    lines = f", lines {listed}" if problem.lines else ""
    column = f"{problem.column}, " if problem.column else ""
    return (
        f"[{mark}] {column}{problem.rule}: {problem.rows} rows ({problem.allowed} may){lines}. "
        f"Expected: {problem.expected}"
    )
