"""What people know who are in the file themselves: each his whole record.

A record says in which cell of every table its person is, and so what he adds to every hidden cell: those that he is in,
and, as he knows in which cells he is not, the slack of every inequality (`system.with_slack`). Who is two persons pools
two records, such as partners who compare what they know.

Attackers are tried together: as one who knows of each hidden cell what the one of them knows who knows most of it. That
is more than any of them knows, so what he cannot prove, none of them can.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.specs import Dimension, TableSpec
from transforms.disclosure.model.joint import Axis, Grid
from transforms.disclosure.model.solver import Floats
from transforms.disclosure.model.system import System

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Insiders:
    """Attackers who are each some persons in the file.

    Attributes:
        choices: The records that the first person of an attacker may have, those of his second, and so on. Two of them
            are the same or have none in common.
    """

    records: "Records"
    choices: tuple[Cells, ...]

    @property
    def number(self) -> int:
        """How many persons every attacker is."""
        return len(self.choices)

    @property
    def is_one(self) -> bool:
        """Whether there is one attacker."""
        return all(len(choice) == 1 for choice in self.choices)

    def split(self, cells: Sequence[int] = ()) -> list["Insiders"]:
        """Return the same attackers in two to four groups; none if there is one.

        Args:
            cells: Hidden cells of which together they know too much: those who add to one are kept from the others.
        """
        longest = max(self.choices, key=len)
        if len(longest) <= 1:
            return []
        added = self.records.cell_among(cells)[longest]
        ordered, outside = longest[np.argsort(added, kind="stable")], int((added < 0).sum())
        cut = outside if 0 < outside < len(longest) else len(longest) // 2
        halves = ordered[:cut], ordered[cut:]
        rest = [choice for choice in self.choices if choice is not longest]
        times = len(self.choices) - len(rest)
        return [
            group
            for chosen in combinations_with_replacement(halves, times)
            if (group := replace(self, choices=(*rest, *chosen))).is_possible()
        ]

    def floor(self) -> Floats:
        """Return what is known of each hidden cell by the attacker who adds most to it."""
        distinct = {id(choice): choice for choice in self.choices}
        floors = [self.records.most(choice, self._times(choice)) for choice in distinct.values()]
        return np.asarray(np.sum(floors, axis=0))

    def _times(self, choice: Cells) -> int:
        return sum(other is choice for other in self.choices)

    def is_possible(self) -> bool:
        """Return whether there are as many persons as have to be different ones."""
        return all(self.records.persons[choice].sum() >= self._times(choice) for choice in self.choices)


@dataclass(frozen=True, eq=False)
class Records:
    """The distinct records of a file as the tables of a release tell them apart.

    Attributes:
        cells: A record per row: the hidden cells that it adds to; as many as there are hidden cells stands for none. A
            column per grid, per atom of a dimension with several categories, and per inequality.
        amounts: How much it adds to each: 1 but for the slack of inequalities.
        persons: How many persons have each record.
        hidden_cells: How many hidden cells there are.
        pooled: How many records an attacker may have.
    """

    cells: Cells
    amounts: Cells
    persons: Cells
    hidden_cells: int
    pooled: int

    @classmethod
    def of(cls, system: System, specs: Sequence[TableSpec], persons: pl.DataFrame, pooled: int) -> "Records":
        """Return the records of persons, a row each with a column per dimension of the tables."""
        dimensions = {
            dimension.name: dimension
            for spec in specs
            for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population))
        }
        kinds = persons.group_by(list(dimensions), maintain_order=True).len("_persons")
        columns = [
            column for grid in system.grids for column in _cells(grid, list(dimensions.values()), kinds, system.hidden)
        ]
        cells = np.column_stack(columns) if columns else np.zeros((kinds.height, 0), np.int64)
        distinct, kind = np.unique(cells, axis=0, return_inverse=True)
        number = np.bincount(kind.ravel(), weights=kinds.get_column("_persons").to_numpy(), minlength=len(distinct))
        slack, added = _slack(system, distinct)
        amounts = np.hstack([np.ones_like(distinct), added])
        return cls(np.hstack([distinct, slack]), amounts, number.astype(np.int64), system.hidden, pooled)

    @property
    def hidden(self) -> Floats:
        """The persons per hidden cell."""
        persons = np.zeros(self.hidden_cells + 1)
        np.add.at(persons, self.cells, self.amounts * self.persons[:, None])
        return persons[:-1]

    def renumbered(self, new: Sequence[int]) -> "Records":
        """Return them with other numbers for the hidden cells; the last of `new` stands for none."""
        cells, first, kind = np.unique(np.array(new)[self.cells], axis=0, return_index=True, return_inverse=True)
        persons = np.bincount(kind.ravel(), weights=self.persons, minlength=len(cells)).astype(np.int64)
        return replace(self, cells=cells, amounts=self.amounts[first], persons=persons, hidden_cells=max(new))

    def most(self, rows: Cells, number: int) -> Floats:
        """Return per hidden cell what those persons add to it together, so many of them, who add most."""
        several = np.repeat(rows, np.minimum(self.persons[rows], number))
        floor = np.zeros(self.hidden_cells + 1)
        for cells, amounts in zip(self.cells[several].T, self.amounts[several].T, strict=True):
            order = np.lexsort((-amounts, cells))
            ordered = cells[order]
            is_most = np.arange(len(ordered)) - np.searchsorted(ordered, ordered) < number
            np.add.at(floor, ordered[is_most], amounts[order][is_most])
        return floor[:-1]

    def cell_among(self, cells: Sequence[int]) -> Cells:
        """Return per record the first of these hidden cells that it adds to; -1 if it adds to none."""
        is_in = np.isin(self.cells, list(cells))
        first = self.cells[np.arange(len(self.cells)), is_in.argmax(axis=1)] if self.cells.size else np.zeros(0)
        return np.where(is_in.any(axis=1), first, -1)

    def insiders(self) -> list[Insiders]:
        """Return every attacker who has as many records as there may be, then those who have fewer."""
        everybody = np.arange(len(self.cells))
        return [Insiders(self, (everybody,) * number) for number in range(self.pooled, 0, -1)]


NO_RECORDS = Records(np.zeros((0, 0), np.int64), np.zeros((0, 0), np.int64), np.zeros(0, np.int64), 0, 0)
"""No attacker is in the file."""


def _cells(grid: Grid, dimensions: Sequence[Dimension], kinds: pl.DataFrame, nowhere: int) -> Iterator[Cells]:
    """Yield the hidden cell of every record in a grid, once per atom of a dimension with several categories."""
    shape = tuple(len(axis.atoms) for axis in grid.axes)
    choices = [
        list(_atoms(axis, [dimension for dimension in dimensions if dimension.axis == axis.name], kinds))
        or [np.zeros(0, np.int64)]
        for axis in grid.axes
    ]
    for atoms in product(*choices):
        places = np.array(atoms, dtype=np.int64).reshape(len(shape), kinds.height)
        is_in = (places >= 0).all(axis=0)
        cells = np.ravel_multi_index(tuple(np.maximum(places, 0)), shape) if shape else np.zeros(kinds.height, np.int64)
        yield np.where(is_in, grid.offset + cells, nowhere)


def _slack(system: System, records: Cells) -> tuple[Cells, Cells]:
    """Return which slack every record adds to, and how much, a column per inequality.

    Who is placed in some cell though he is in no category (`_atom`) may break an inequality; then nobody is taken to
    know its slack.
    """
    placed = sum(grid.size for grid in system.grids)
    inequalities = [relation.terms for relation in system.relations if relation.terms[-1][0] >= placed]
    rules = np.zeros((system.hidden + 1, len(inequalities)), np.int64)
    for place, terms in enumerate(inequalities):
        for cell, times in terms[:-1]:
            rules[cell, place] -= times
    added = np.zeros((len(records), len(inequalities)), np.int64)
    for column in records.T:
        added += rules[column]
    added *= (added >= 0).all(axis=0)
    cells = np.array([terms[-1][0] for terms in inequalities], np.int64)
    return np.where(added > 0, cells, system.hidden), added


def _atoms(axis: Axis, dimensions: Sequence[Dimension], kinds: pl.DataFrame) -> Iterator[Cells]:
    """Yield the atom of every record on an axis, -1 for none; one after the other if a person may be in several."""
    categories = [_categories(kinds.get_column(dimension.name), dimension) for dimension in dimensions]
    if not axis.whole:
        yield np.array([_atom(axis, frozenset.intersection(*parts)) for parts in zip(*categories, strict=True)])
        return
    for place, atom in enumerate(axis.atoms):
        yield np.array([place if atom & parts else -1 for parts in categories[0]])


def _categories(column: pl.Series, dimension: Dimension) -> list[frozenset[str]]:
    """Return the categories of its axis that each record may be in."""
    values = column.to_list() if dimension.multiple else [[value] for value in column]
    return [frozenset().union(*(dimension.sums.get(level, frozenset()) for level in levels or ())) for levels in values]


def _atom(axis: Axis, categories: frozenset[str]) -> int:
    """Return the atom that has these categories; -1 if none has all of them.

    Who is in no category is in no count by it, but is in those that add it up: any atom does, if there is one for all.
    """
    if not categories:
        return 0 if axis.complete else -1
    return next((place for place, atom in enumerate(axis.atoms) if categories <= atom), -1)
