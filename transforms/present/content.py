"""What a release shows: protected tables, the profile they were held to and the peildatum."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from schemas.magnitude import ReleasedSums
from schemas.names import BELOW, PUBLISHED, STATUS, VALUE
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Released
from schemas.sums import SUMS
from transforms.present import dutch

NOT_PUBLISHED = "niet gepubliceerd"


@dataclass(frozen=True)
class ReleaseContent:
    """Everything that a release is made of. There is no clock in it: equal content, equal bytes.

    Attributes:
        withheld: Why an amount has no tables of sums: its id to a code of `schemas.sums.WITHHELD`.
    """

    released: tuple[Released, ...]
    profile: Profile
    peildatum: date
    sums: tuple[ReleasedSums, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"Bestandsanalyse {self.profile.gemeente}"

    @property
    def peildatum_text(self) -> str:
        return dutch.long_date(self.peildatum)

    @property
    def base(self) -> int | None:
        """What the counts are multiples of, if tables are rounded."""
        rounded = (one.spec.disclosure for one in self.released if one.spec.disclosure.method == Method.ROUND)
        return next((disclosure.base for disclosure in rounded), None)

    def table(self, spec: TableSpec) -> Released:
        """The released form of a table; summary and chart name theirs by declaration."""
        return next(released for released in self.released if released.spec.id == spec.id)

    def counted(self, sums: ReleasedSums) -> Released:
        """The released counts of the persons behind a table of sums, over the same cells."""
        return self.table(next(spec.counted for spec in SUMS if spec.id == sums.spec.id))

    def file_name(self, name: str) -> str:
        """The name of a file of this release; a demo cannot be taken for the real thing."""
        return f"DEMO_{name}" if self.profile.demo else name


@dataclass(frozen=True)
class Cells:
    """The counts of one released table by level; one that is not shown is None.

    Attributes:
        below: Cells that are shown as below the threshold, in a rounded table.
    """

    spec: TableSpec
    values: dict[tuple[str, ...], int | None]
    below: frozenset[tuple[str, ...]] = frozenset()

    def __getitem__(self, levels: tuple[str, ...]) -> int | None:
        return self.values[levels]


def stem(spec: TableSpec) -> str:
    """The file name of a table without extension: T03_trede_x_regeling."""
    return f"{spec.id}_{spec.slug}"


def published_value() -> pl.Expr:
    """`value` where the status says published, else null.

    The status alone decides: a count that stands beside a Q by mistake is shown nowhere.
    """
    return pl.when(pl.col(STATUS) == PUBLISHED).then(pl.col(VALUE)).alias(VALUE)


def cells_of(released: Released | ReleasedSums) -> Cells:
    """The published counts or sums by level; what is suppressed is None."""
    names = [dimension.name for dimension in released.spec.dimensions]
    rows = released.frame.select(*names, published_value()).iter_rows()
    below = released.frame.filter(pl.col(STATUS) == BELOW).select(names).iter_rows()
    return Cells(released.spec, {row[:-1]: row[-1] for row in rows}, frozenset(below))


def count_text(value: int | None, whole: int | None = None) -> str:
    """A count for a reader: '66 (22,0 %)', without a share if the whole is unknown or 0."""
    if value is None:
        return NOT_PUBLISHED
    share = f" ({dutch.percentage(value, whole)})" if whole else ""
    return f"{dutch.number(value)}{share}"
