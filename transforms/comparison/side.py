"""One table of several municipalities: every count as its own release publishes it, or an x.

No totals over municipalities, not even where none is x: from a total of some rows and one's own knowledge of
others an x may follow, and who moved may be in two files. So nothing is here that its release does not say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.errors import NotComparable
from schemas.municipalities import WSD, Gemeente, agree, find_municipality, is_name
from schemas.names import BELOW, HIGH, LOW, PUBLISHED, STATUS, VALUE
from schemas.specs import TOTAAL, TableSpec
from schemas.states import Released
from transforms.comparison.verified_release import VerifiedRelease
from transforms.disclosure.model.system import rows
from transforms.language.numerals import ENGLISH
from transforms.released.content import Cells, cells_of

X = "x"
"""Status of a count that a municipality does not show, for whatever reason."""

GEMEENTE, GEMEENTE_CODE, SHARE = "gemeente", "gemeente_code", "aandeel_pct"
COLUMNS = (GEMEENTE_CODE, GEMEENTE, VALUE, STATUS, LOW, HIGH, SHARE)
"""Columns after those of the dimensions, in the order of publication."""

Levels = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """What one municipality shows of a table; no cells if it has no such table, or does not take part."""

    gemeente: Gemeente
    cells: Cells | None = None

    def shows(self, levels: Levels) -> bool:
        return self.cells is not None and (self.cells[levels] is not None or levels in self.cells.below)

    def share_of(self, levels: Levels) -> tuple[int, int] | None:
        """Part and whole of a share: both published, and somebody in the whole."""
        whole = (TOTAAL, *levels[1:])
        if self.cells is None or self.cells[levels] is None or not self.cells[whole]:
            return None
        return self.cells[levels] or 0, self.cells[whole] or 0


@dataclass(frozen=True, eq=False)
class SideTable:
    """One table of several municipalities.

    Attributes:
        frame: A row per cell and municipality: a column per dimension, then COLUMNS. An x has nothing but
            its status.
        columns: One per municipality, in order of name.
    """

    spec: TableSpec
    frame: pl.DataFrame
    columns: tuple[Column, ...]


def require_together(releases: Sequence[VerifiedRelease], absent: Sequence[str]) -> tuple[tuple[Gemeente, ...], date]:
    """Return the municipalities in order of name, also those that do not deliver, and their peildatum.

    Args:
        absent: Names or codes of municipalities that do not deliver.

    Raises:
        NotComparable: The releases are not of several municipalities on one day.
    """
    profiles = [release.content.profile for release in releases]
    days = {release.content.peildatum for release in releases}
    present = [Gemeente(profile.gemeente_code, profile.gemeente) for profile in profiles]
    if len(releases) < 2:
        raise NotComparable("there are fewer than two", "Give a release of every municipality that delivers.")
    if len({gemeente.code for gemeente in present}) < len(present):
        raise NotComparable(
            "two are of one municipality", "Give one of each; two days of one are for the command compare."
        )
    if len(days) > 1:
        raise NotComparable("they are of several peildata", "Ask every municipality for a release of one day.")
    if any(profile.part for profile in profiles):
        raise NotComparable("one is of a part of the file", "Ask that municipality for a release of the whole.")
    if any(profile.question for profile in profiles):
        raise NotComparable("one answers a question that somebody asked", "Ask for a release of the analysis.")
    if len({profile.demo for profile in profiles}) > 1:
        raise NotComparable("some are demos", "Choose releases of residents, or demos.")
    if not all(is_name(gemeente.name) and agree(gemeente.code, gemeente.name) for gemeente in present):
        raise NotComparable(
            "one has no name of a municipality, or that of another one than its code", "Ask who made it."
        )
    return tuple(sorted([*present, *_absent(present, absent)], key=lambda gemeente: gemeente.name)), days.pop()


def side_by_side(releases: Sequence[VerifiedRelease], members: Sequence[Gemeente], table: str) -> SideTable:
    """Return a table with the counts that every municipality publishes.

    Args:
        members: All municipalities; one without a release has an x everywhere.
    """
    by_code = {release.content.profile.gemeente_code: release for release in releases if table in release.declared}
    columns = tuple(_column(gemeente, by_code.get(gemeente.code), table) for gemeente in members)
    released = {code: release.table(table) for code, release in by_code.items()}
    spec = next(iter(released.values())).spec
    axes = {dimension.name: pl.String for dimension in spec.dimensions}
    schema = axes | dict.fromkeys(COLUMNS, pl.String) | dict.fromkeys((VALUE, LOW, HIGH), pl.Int64)
    return SideTable(spec, pl.DataFrame(list(_rows(spec, columns, released)), schema=schema, orient="row"), columns)


def _absent(present: Sequence[Gemeente], absent: Sequence[str]) -> list[Gemeente]:
    by_name = {name: find_municipality(name) for name in absent}
    if None in by_name.values():
        raise NotComparable(
            "a name after --x is no municipality of WSD",
            f"Choose from: {', '.join(gemeente.name for gemeente in WSD)}.",
        )
    gemeenten = list(dict.fromkeys(gemeente for gemeente in by_name.values() if gemeente))
    if any(gemeente.code == other.code for gemeente in gemeenten for other in present):
        raise NotComparable("a municipality after --x has a release too", "Leave out one of the two.")
    return gemeenten


def _column(gemeente: Gemeente, release: VerifiedRelease | None, table: str) -> Column:
    if release is None:
        return Column(gemeente)
    return Column(gemeente, cells_of(release.table(table), release.content.profile.threshold))


def _rows(spec: TableSpec, columns: Sequence[Column], released: dict[str, Released]) -> Iterator[tuple[object, ...]]:
    bounds = {code: table.frame.select(LOW, HIGH).rows() for code, table in released.items()}
    for place, levels in enumerate(rows(spec)):
        for column in columns:
            code, name = column.gemeente.code, column.gemeente.name
            if column.shows(levels) and column.cells is not None:
                status = BELOW if levels in column.cells.below else PUBLISHED
                low, high = bounds[code][place]
                yield (*levels, code, name, column.cells[levels], status, low, high, _share(column, levels))
            else:
                yield (*levels, code, name, None, X, None, None, None)


def _share(column: Column, levels: Levels) -> str | None:
    """In tenths of a per cent; of rounded counts in whole ones."""
    share = column.share_of(levels)
    if share is None or column.cells is None:
        return None
    # A data file has a decimal point, as English has.
    write = ENGLISH.whole_percentage if column.cells.is_rounded else ENGLISH.percentage
    return write(*share).rstrip("%").replace(",", "")
