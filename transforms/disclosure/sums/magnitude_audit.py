"""Audit of tables of sums from outside.

From the release alone. The published numbers of persons are known, too: where nobody is counted, the sum is 0.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import HIGH, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.specs import TableSpec
from schemas.specs.sums import SumProfile
from schemas.states import Released, ReleasedSums
from transforms.disclosure.model.cells import column_of, merge, published_values
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.program import Program
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST, TOLERANCE
from transforms.disclosure.model.system import System, build

BOUNDED, UNBOUNDED = 2.0**17, 2.0**7
"""Largest scaled sum: with a published grand total nothing exceeds it; without, CAP must stay out of reach."""


@dataclass(frozen=True)
class SumInterval:
    """The smallest and the largest sum that fit everything published.

    `high` is None if nothing bounds it.
    """

    low: int
    high: int | None


@dataclass(frozen=True)
class SumAudit:
    """Result of an attack from outside on the sums of a release.

    Attributes:
        narrowest_pct: The smallest half width of an interval in percent of its middle. Around a
            sum that keeps `interval_pct` on both sides it is `interval_pct` or more.
    """

    cells: int
    suppressed: int
    narrowest_pct: float | None
    solved: int


def scale_of(largest: int, limit: float) -> int:
    """Return the smallest power of two that brings a sum below a limit; 1 if it is below already."""
    return 1 << max(0, math.ceil(math.log2(max(largest, 1) / limit)))


def most_persons(counted: Sequence[Released]) -> dict[Key, int | None]:
    """Return the most persons that can be behind every count; None where the count is not published.

    Raises:
        UnknownCategory, DisclosureFailure: A table is not as declared.
    """
    system = build([table.spec for table in counted])
    published_values(system, counted)
    highest_of: dict[Key, int | None] = dict.fromkeys(system.keys)
    for table, places in zip(counted, system.places, strict=True):
        require_published(table.frame, table.spec)
        highest = table.frame.select(pl.when(pl.col(VALUE).is_not_null()).then(HIGH)).to_series()
        for place, most in zip(places, highest, strict=True):
            if most is not None:
                key = system.keys[place]
                highest_of[key] = most if highest_of[key] is None else min(most, highest_of[key])
    return highest_of


def require_published(frame: pl.DataFrame, spec: TableSpec) -> None:
    """Raise `DisclosureFailure` unless a value is there exactly where the status says so."""
    is_published = (frame.get_column(STATUS) == PUBLISHED).fill_null(False)
    if not (is_published == frame.get_column(VALUE).is_not_null()).all():
        raise DisclosureFailure(f"{spec.id} has a cell whose value contradicts its status")


class SumAttack:
    """Intervals that anyone can compute of the suppressed sums of a release.

    Args:
        released: All tables of sums of the release.
        persons: The most persons per count (`most_persons`); a sum of no persons is 0.

    Attributes:
        values: The published sum per position in `system.keys`; None if suppressed.
        intervals: Per suppressed sum, by position.

    Raises:
        UnknownCategory, DisclosureFailure: A table is not as declared, the published sums
            contradict each other, or the solver gave no proven answer.
    """

    def __init__(self, released: Sequence[ReleasedSums], persons: Mapping[Key, int | None]) -> None:
        self.system = build([table.spec for table in released])
        self.values = _published_sums(self.system, released)
        published = [value for value in self.values if value is not None]
        total = dict(zip(self.system.keys, self.values, strict=True)).get(())
        self._scale = scale_of(max(published, default=1), UNBOUNDED if total is None else BOUNDED)
        nobody = [persons.get(key) == 0 for key in self.system.keys]
        stated = [0 if zero else value for value, zero in zip(self.values, nobody, strict=True)]
        low = np.array([0 if value is None else value / self._scale for value in stated])
        high = np.array([CAP if value is None else value / self._scale for value in stated])
        self._program = Program(self.system, low, high)
        hidden = [count for count, value in enumerate(self.values) if value is None]
        self._largest_parts = _largest_parts(self.system.sums, self.values)
        self.intervals = {count: SumInterval(self._low(count), self._high(count)) for count in hidden}

    @property
    def solved(self) -> int:
        return self._program.solved

    def _low(self, count: int) -> int:
        # No sum is negative or below a published part of it, whatever the tolerance leaves open.
        return max(
            self._largest_parts[count], math.ceil(self._end(count, LOWEST) * self._scale - TOLERANCE * self._scale)
        )

    def _high(self, count: int) -> int | None:
        highest = self._end(count, HIGHEST)
        return None if highest > CAP / 2 else math.floor((highest + TOLERANCE) * self._scale)

    def _end(self, count: int, direction: int) -> float:
        """Return an end of a scaled sum; in whole units if the scale is 1."""
        form = ((count, 1),)
        answer = self._program.ask(form, direction)
        if self._scale > 1 or answer.is_whole:
            return float(answer.counts[count])
        return float(self._program.ask_whole(form, direction).counts[count])


def _largest_parts(sums: Sequence[Sequence[int]], values: Sequence[int | None]) -> list[int]:
    """Return per sum the largest published sum of which everything is in it; 0 if there is none."""
    published = sorted(
        ((value, frozenset(sums[count])) for count, value in enumerate(values) if value),
        reverse=True,
        key=lambda part: part[0],
    )
    return [next((value for value, part in published if part.issubset(columns)), 0) for columns in sums]


def audit_sums(released: Sequence[ReleasedSums], counted: Sequence[Released], profile: SumProfile) -> SumAudit:
    """Judge the tables of sums of one release from outside, together with its tables of counts.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: A table is not as declared, a sum is published of persons whose number is
            not, or of fewer persons than contributors are needed, the sums contradict each other
            or the counts, or a suppressed sum lies within an interval too narrow for any sum in it.
    """
    persons = most_persons(counted)
    return judge_sums(released, SumAttack(released, persons), persons, profile)


def judge_sums(
    released: Sequence[ReleasedSums], attack: SumAttack, persons: Mapping[Key, int | None], profile: SumProfile
) -> SumAudit:
    """Hold an attack against the profile; raises as `audit_sums`."""
    for key, value in zip(attack.system.keys, attack.values, strict=True):
        most = persons.get(key)
        if value is not None and most is None:
            raise DisclosureFailure("a sum is published of persons whose number is not")
        if value == 0 and most:
            raise DisclosureFailure("a sum of 0 is published of persons, and says that each of them has nothing")
        if value and most is not None and most < profile.contributors:
            raise DisclosureFailure("a sum is published of too few persons")
    widths = [_half_width_pct(interval) for interval in attack.intervals.values()]
    if any(width < profile.interval_pct for width in widths):
        raise DisclosureFailure("a suppressed sum can be estimated too well")
    suppressed = sum(table.frame.filter(pl.col(STATUS) == SUPPRESSED).height for table in released)
    cells = sum(table.frame.height for table in released)
    return SumAudit(cells, suppressed, min(widths, default=None), attack.solved)


def _half_width_pct(interval: SumInterval) -> float:
    """Return half the width of an interval as a percentage of its middle."""
    if interval.high is None:
        return 100.0
    if interval.high == interval.low:
        return 0.0
    return 100 * (interval.high - interval.low) / (interval.high + interval.low)


def _published_sums(system: System, released: Sequence[ReleasedSums]) -> list[int | None]:
    """Return the published sum per position in `system.keys`; None if suppressed."""
    columns = {VALUE: pl.Int64, STATUS: pl.String}
    tables = []
    for table in released:
        frame = table.frame.select(*(dimension.name for dimension in table.spec.dimensions), VALUE, STATUS)
        require_published(frame, table.spec)
        if not frame.get_column(STATUS).is_in([PUBLISHED, SUPPRESSED]).fill_null(False).all():
            raise DisclosureFailure(f"{table.spec.id} has a cell with a missing or unknown status")
        tables.append(column_of(frame, table.spec, VALUE, columns))
    return merge(system, tables)
