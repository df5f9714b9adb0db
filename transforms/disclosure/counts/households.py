"""Counts of persons of few households.

Whoever is told that a cell holds one household knows all of it, however many live there. So a count of as many persons
as the threshold, and what is left of one without another count in it, needs `MINIMUM_HOUSEHOLDS` (ours, to be
confirmed). What counts fewer persons is judged as such.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import Dimension, TableSpec
from transforms.disclosure.counts.rules import Share, complements, nested_counts
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.model.system import System


class Households:
    """The households behind every count of a system.

    Args:
        system: Cells of the tables as one system.
        specs: Declarations of those tables, and of statistics of which the system has counts.
        persons: A row per person with a column per dimension.
        household: Whose household each of them is in.
        truth: Persons behind every count.
        threshold: Fewest persons that are published.

    Raises:
        DisclosureFailure: The counts are not of these persons.
    """

    def __init__(
        self,
        system: System,
        specs: Sequence[TableSpec],
        persons: pl.DataFrame,
        household: pl.Series,
        *,
        truth: Counts,
        threshold: int,
    ) -> None:
        self._system, self._specs, self._persons = system, specs, persons
        self._truth, self._threshold = truth, threshold
        self._household = household.rank("dense").to_numpy() - 1
        self._members: dict[tuple[str, frozenset[str]], Pattern] = {}
        counted = [self._is_in(key) for key in system.keys]
        if [int(members.sum()) for members in counted] != truth.tolist():
            raise DisclosureFailure("the tables do not count the persons of whom the households are known")
        self._number = np.array([self._households(members) for members in counted], dtype=np.int64)

    def few(self) -> Pattern:
        """Return which counts are of enough persons, but of fewer households than are needed."""
        return np.asarray((self._truth >= self._threshold) & (self._number < MINIMUM_HOUSEHOLDS))

    def rests(self, empty: Sequence[int], shown: Sequence[TableSpec]) -> Iterator[Share]:
        """Yield every count and a larger one of which enough persons, but few households, are left without it.

        Args:
            empty: Counts that are known to be zero.
            shown: Declarations of the tables that show counts.
        """
        # A zero may be blank in the end: then the cell beside it is not published for what is left.
        nested = (*nested_counts(self._system, ()), *nested_counts(self._system, empty))
        for share in dict.fromkeys((*complements(self._system, shown), *nested)):
            part, group = share.part, share.group
            if (
                self._truth[group] - self._truth[part] >= self._threshold
                and self._number[group] - self._number[part] < MINIMUM_HOUSEHOLDS
            ):
                rest = self._is_in(self._system.keys[group]) & ~self._is_in(self._system.keys[part])
                if rest.sum() >= self._threshold and self._households(rest) < MINIMUM_HOUSEHOLDS:
                    yield Share(part, group)

    def _households(self, members: Pattern) -> int:
        """Count the households of some persons."""
        return int(np.count_nonzero(np.bincount(self._household[members])))

    def _is_in(self, key: Key) -> Pattern:
        """Return who is counted in a count."""
        is_in = np.ones(self._persons.height, dtype=bool)
        for axis, parts in key:
            if (axis, parts) not in self._members:
                self._members[axis, parts] = self._of_categories(axis, parts)
            is_in &= self._members[axis, parts]
        return is_in

    def _of_categories(self, axis: str, parts: frozenset[str]) -> Pattern:
        """Return who is in some categories of an axis."""
        dimensions = self._dimensions[axis]
        names = list(dimensions)
        values = self._persons.select(names).with_row_index("_row")
        kinds = values.group_by(names, maintain_order=True).agg("_row")
        is_in = np.zeros(self._persons.height, dtype=bool)
        for *levels, rows in kinds.iter_rows():
            if _are_within(dict(zip(names, levels, strict=True)), dimensions, parts):
                is_in[rows] = True
        return is_in

    @cached_property
    def _dimensions(self) -> dict[str, dict[str, Dimension]]:
        """The dimensions by axis and name: columns that depend on each other share an axis."""
        by_axis: dict[str, dict[str, Dimension]] = {}
        for spec in self._specs:
            for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population)):
                by_axis.setdefault(dimension.axis, {}).setdefault(dimension.name, dimension)
        return by_axis


def _are_within(levels: dict[str, object], dimensions: dict[str, Dimension], parts: frozenset[str]) -> bool:
    """Return whether somebody with these levels is in some categories of their axis."""
    (first, *others) = dimensions.values()
    if first.multiple:
        several = levels[first.name]
        return isinstance(several, list) and any(first.sums[level] <= parts for level in several)
    atom = frozenset.intersection(*(dim.sums.get(str(levels[dim.name]), frozenset()) for dim in (first, *others)))
    return bool(atom) and atom <= parts
