"""The shape of figures that others publish about the same residents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.specs.table import TableSpec


@dataclass(frozen=True, kw_only=True)
class PublicStatistic:
    """A table of another publisher, such as CBS, that counts residents of the file.

    Everybody has it beside a release, so an attacker starts from it.

    Attributes:
        title, source: Name of the table, and where it stands.
        peildatum: Day that it counts; it says nothing of a release of another day.
        spec: Its cells in our own dimensions; not published by us.
        values: Published figure per cell, in the order of the cells; None where none is published.
        rounding: Figures are multiples of it; 1 if they are exact.
        margin: How far a count of the file may be from the unrounded figure, as others count on other grounds.
    """

    title: str
    source: str
    peildatum: date
    spec: TableSpec
    values: tuple[int | None, ...]
    rounding: int = 1
    margin: int = 0

    @property
    def reach(self) -> int:
        """How far a count of the file is from a figure at most."""
        return self.rounding // 2 + self.margin

    @property
    def bounds(self) -> Iterator[tuple[int, int] | None]:
        """Yield the lowest and highest count per cell, in the order of the cells; None where no figure is."""
        for value in self.values:
            yield None if value is None else (max(0, value - self.reach), value + self.reach)
