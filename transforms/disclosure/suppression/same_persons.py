"""Earlier tables of the same persons, which stay as they were published.

Releases of one population and peildatum are one release to an attacker. So a table that is asked for afterwards is
protected with all of them as one system: their published counts cannot be taken back, their blank counts cannot be
shown any more, and only the new counts are chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from schemas.errors import DeclarationsDiffer, DeliveriesDiffer, MethodsDiffer
from schemas.names import BELOW, STATUS, VALUE
from schemas.specs import Dimension, Method, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.counts.known import stated_bounds
from transforms.disclosure.model.cells import published_values, true_counts
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.system import build, by_category


@dataclass(frozen=True, eq=False)
class SamePersons:
    """Tables of earlier releases of the same persons, in order of publication.

    Attributes:
        released: As they were published.
        counted: The same tables, counted again from the present deliveries.
    """

    released: tuple[Released, ...] = ()
    counted: tuple[Counted, ...] = ()

    @property
    def specs(self) -> list[TableSpec]:
        return [table.spec for table in self.released]

    def values_by_key(self) -> dict[Key, int | None]:
        """Return the published value per count.

        0 if it is rounded to below the threshold, None if it is blank. Of counts that are rounded to a multiple below
        the threshold, 0 is the only one: `require_method`.
        """
        if not self.released:
            return {}
        system = build(self.specs)
        tables = [replace(table, frame=_with_zeros(table.frame)) for table in self.released]
        return dict(zip(system.keys, published_values(system, tables), strict=True))

    def require_counted(self, threshold: int) -> None:
        """Raise unless the deliveries still give the counts that were published.

        Raises:
            DeliveriesDiffer: They were corrected since; a difference with published counts points at few persons.
            UnknownCategory, DisclosureFailure: A table is not as declared.
        """
        if not self.released:
            return
        system = build(self.specs)
        low, high = stated_bounds(system, self.released, threshold)
        truth = np.array(true_counts(system, self.counted))
        if np.any((truth < low) | (truth > high)):
            raise DeliveriesDiffer

    def require_declared(self, specs: Iterable[TableSpec]) -> None:
        """Raise unless the dimensions of new tables are declared as they were published.

        Raises:
            DeclarationsDiffer: They are not, so that no attack could relate the two.
        """
        before = {dimension.axis: by_category(dimension) for spec in self.specs for dimension in _dimensions_of(spec)}
        new = {dimension.axis: by_category(dimension) for spec in specs for dimension in _dimensions_of(spec)}
        if differing := sorted(axis for axis, dimension in new.items() if before.get(axis, dimension) != dimension):
            raise DeclarationsDiffer(differing)

    def require_method(self, specs: Iterable[TableSpec], threshold: int) -> None:
        """Raise unless all tables are protected by one method: an exact count would undo a rounded one.

        Raises:
            MethodsDiffer: They are not, or a count that is rounded to below the threshold could be several multiples.
        """
        bases = {_base(spec) for spec in (*self.specs, *specs)}
        if self.released and (len(bases) > 1 or any(0 < base < threshold for base in bases)):
            raise MethodsDiffer


def _dimensions_of(spec: TableSpec) -> tuple[Dimension, ...]:
    """Return all dimensions of a table and of its population."""
    return (*spec.dimensions, *(dimension for dimension, _ in spec.population))


def _base(spec: TableSpec) -> int:
    """Return the base of a rounded table, 0 for another one."""
    return spec.disclosure.base if spec.disclosure.method == Method.ROUND else 0


def _with_zeros(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace the value of a cell below the threshold by 0."""
    return frame.with_columns(
        pl.when(pl.col(STATUS) == BELOW).then(0).otherwise(pl.col(VALUE)).cast(pl.Int64).alias(VALUE)
    )
