"""`bestandsanalyse check`: what is wrong with deliveries, for the steward and for whoever makes them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows.commands.ending import Data
from flows.runs.check import UNKNOWN, CheckedFolder, MappedFile, check_folder
from flows.runs.peildatum import peildatum_or_default
from flows.runs.plausibility import shapes_before
from flows.screen import Screen, escape_controls, shown_name
from flows.workfolder.home import home_as_it_is
from flows.workfolder.mapping import mappings_of, read_mapping
from flows.workfolder.municipality import profile_for
from schemas.control import CONTROL_FILE
from schemas.errors import DeliveriesNotAgreed
from schemas.profiles import STANDAARD
from transforms.intake.problems import MOST_LINES, Problem

_COUNTS = ("rows_read", "accepted", "quarantined", "excluded")
_FILE = ("file", "kind", *_COUNTS)
_screen = Screen(soft_wrap=True)


def check(deliveries: Path, *, peildatum: date, mapping: Path | None = None, home: Path | None = None) -> Data:
    """Say what is wrong with deliveries, all of it at once, before a run and without a key.

    Files are known by their headers. Nothing is kept, and no value of a file is shown. Residents who are to be left out
    of a run are not left out here, as their register is under a key.

    Parameters
    ----------
    deliveries:
        Folder with the delivered files.
    peildatum:
        Reference date of the run that is to come, such as 2019-07-01.
    mapping:
        Declaration of how files of suppliers become deliveries, to be tried; default: that of the work folder.
    home:
        Work folder of which the municipality is; default BESTANDSANALYSE_HOME, or below your home. Without one: Vught.
    """
    day = peildatum_or_default(peildatum)
    work = home_as_it_is(home)
    mappings = read_mapping(mapping) if mapping else mappings_of(work)
    profile = profile_for(work, STANDAARD.id)
    before = shapes_before(work, day.isoformat())
    folder = check_folder(deliveries, profile=profile, peildatum=day, mappings=mappings.files, before=before)
    _write(f"As of {profile.gemeente} ({profile.gemeente_code}), peildatum {day.isoformat()}.\n")
    _show(folder)
    data: Data = {"files": folder.files, "sources": folder.sources, "mapped": folder.mapped}
    if folder.stopping:
        raise DeliveriesNotAgreed(folder.stopping).about(**data)
    rows, apart = (sum(getattr(file, name) for file in folder.files) for name in ("rows_read", "quarantined"))
    _write(f"\nA run would not stop for it. Of {rows} rows {apart} would go to the quarantine.")
    return data


def _show(folder: CheckedFolder) -> None:
    """Print files, what they hold, and every problem with its place."""
    files = [(shown_name(file.file), *(str(getattr(file, name)) for name in _FILE[1:])) for file in folder.files]
    _print([_FILE, *files], words=2)
    sources = [
        (source.source, str(source.rows), str(source.persons), _euros(source.sum_cents)) for source in folder.sources
    ]
    _print([("source", "rows", "persons", "euros"), *sources], words=1)
    for file in folder.files:
        lines = [_line_of_mapped(one) for one in folder.mapped if (one.file, one.kind) == (file.file, file.kind)]
        if file.unread_sheets:
            lines.append(f"[mapped] sheets that no mapping reads: number {_first(file.unread_sheets)}")
        lines += [_line_of(problem) for problem in file.problems]
        if lines:
            kind = "" if file.kind in {UNKNOWN, CONTROL_FILE} else f" ({file.kind})"
            _write("\n".join(("", f"{shown_name(file.file)}{kind}", *(f"  {line}" for line in lines))))


def _write(text: str) -> None:
    _screen.print(escape_controls(text), markup=False, highlight=False, emoji=False)


def _print(rows: Sequence[Sequence[str]], *, words: int) -> None:
    """Print rows as columns as wide as what is in them: words on the left, numbers on the right.

    Args:
        rows: The first one names the columns.
        words: How many columns hold words.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        _write("  ".join(cells).rstrip())
    _write("")


def _euros(cents: int | None) -> str:
    if cents is None:
        return ""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}.{rest:02}"


def _line_of_mapped(left: MappedFile) -> str:
    """Return what of a mapped file became no row, in a line."""
    said = [
        (left.above, "line(s) above the header"),
        (left.aside, "line(s) without anything that is read"),
        (left.totals, "total(s)"),
        (left.unmeasured, "measurement(s) not made"),
    ]
    parts = [f"{len(places)} {what}, on line {_first(sorted({*places}))}" for places, what in said if places]
    columns = f"; columns not read: {_first(left.unread_columns)}" if left.unread_columns else ""
    return f"[mapped] became no row: {'; '.join(parts) or 'nothing'}{columns}"


def _first(places: Sequence[int]) -> str:
    return ", ".join(map(str, places[:MOST_LINES])) + (", ..." if len(places) > MOST_LINES else "")


def _line_of(problem: Problem) -> str:
    """Return a problem in a line: whether a run stops, where, how often, and what was expected."""
    mark = "stops" if problem.stops else "quarantine"
    if problem.rows is None:
        place = f"line {problem.lines[0]}, " if problem.lines else f"{problem.column}, " if problem.column else ""
        return f"[{mark}] {place}{problem.rule}: {problem.expected}"
    listed = ", ".join(map(str, problem.lines)) + (", ..." if len(problem.lines) < problem.rows else "")
    lines = f", lines {listed}" if problem.lines else ""
    column = f"{problem.column}, " if problem.column else ""
    return (
        f"[{mark}] {column}{problem.rule}: rows {problem.rows} ({problem.allowed} may){lines}. "
        f"Expected: {problem.expected}"
    )
