"""What a release shows: protected tables, the profile they were held to and the peildatum."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from schemas.names import BELOW, PUBLISHED, STATUS, VALUE
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Released, ReleasedSums
from schemas.tables.sums import SUMS
from transforms.intake.quality import DeliveryQuality
from transforms.language.numerals import DUTCH

Levels = tuple[str, ...]
"""The place of a cell: a level per dimension."""


@dataclass(frozen=True)
class ReleaseContent:
    """Everything that a release is made of. There is no clock in it: equal content, equal bytes.

    Attributes:
        deliveries: What may be told of the quality of the deliveries, in order of delivery.
        withheld: Why an amount has no tables of sums: its id to a code of `schemas.tables.sums.WITHHELD`.
    """

    released: tuple[Released, ...]
    profile: Profile
    peildatum: date
    deliveries: tuple[DeliveryQuality, ...] = ()
    sums: tuple[ReleasedSums, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        part = f", {self.profile.part.title}" if self.profile.part else ""
        request = f", verzoek: {self.profile.question.title}" if self.profile.question else ""
        return f"Bestandsanalyse {self.profile.gemeente}{part}{request}"

    @property
    def stamped_title(self) -> str:
        """The title with the stamp of a demo in front."""
        return f"DEMO (verzonnen gegevens): {self.title}" if self.profile.demo else self.title

    @property
    def peildatum_text(self) -> str:
        return DUTCH.long_date(self.peildatum)

    @property
    def specs(self) -> tuple[TableSpec, ...]:
        """Every table of the release, those of sums last."""
        return (*(released.spec for released in self.released), *(sums.spec for sums in self.sums))

    @property
    def base(self) -> int | None:
        """What the counts are multiples of, if tables are rounded."""
        rounded = (
            released.spec.disclosure for released in self.released if released.spec.disclosure.method == Method.ROUND
        )
        return next((disclosure.base for disclosure in rounded), None)

    def cells(self, spec: TableSpec) -> "Cells | None":
        """Return the released counts of a table; None if the release does not hold it."""
        tables = (released for released in self.released if released.spec.id == spec.id)
        return next((cells_of(released, self.profile.threshold) for released in tables), None)

    def counted(self, sums: ReleasedSums) -> Released:
        """Return the released counts of the persons behind a table of sums, over the same cells."""
        table_id = next(spec.counted.id for spec in SUMS if spec.id == sums.spec.id)
        return next(released for released in self.released if released.spec.id == table_id)

    def file_name(self, name: str) -> str:
        """Return the name of a file of this release; that of a demo says so, and cannot be taken for the real thing."""
        return f"DEMO_{name}" if self.profile.demo else name


@dataclass(frozen=True)
class Cells:
    """The counts of one released table by level; one that is not shown is None.

    Attributes:
        threshold: What "below" says of a rounded cell that is not shown as a number.
        below: Cells that are shown as below the threshold, in a rounded table.
    """

    spec: TableSpec
    values: dict[Levels, int | None]
    threshold: int
    below: frozenset[Levels] = frozenset()

    def __getitem__(self, levels: Levels) -> int | None:
        return self.values[levels]

    @property
    def is_rounded(self) -> bool:
        return self.spec.disclosure.method == Method.ROUND

    @property
    def hidden(self) -> int:
        """How many cells are not shown at all."""
        return sum(value is None for value in self.values.values()) - len(self.below)


def stem(spec: TableSpec) -> str:
    """Return the file name of a table without extension: T03_trede_x_regeling."""
    return f"{spec.id}_{spec.slug}"


def published_value() -> pl.Expr:
    """`value` where the status says published, else null.

    The status alone decides: a count that stands beside a Q by mistake is shown nowhere.
    """
    return pl.when(pl.col(STATUS) == PUBLISHED).then(pl.col(VALUE)).alias(VALUE)


def cells_of(released: Released | ReleasedSums, threshold: int) -> Cells:
    """Return the published counts or sums by level; a value that is suppressed or below the threshold is None."""
    names = [dimension.name for dimension in released.spec.dimensions]
    rows = released.frame.select(*names, published_value()).iter_rows()
    below = released.frame.filter(pl.col(STATUS) == BELOW).select(names).iter_rows()
    return Cells(released.spec, {row[:-1]: row[-1] for row in rows}, threshold, frozenset(below))
