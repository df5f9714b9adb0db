"""What people know who are in the file themselves: each his whole record.

A record says in which cell of every table its person is, and so what he adds to every hidden cell: those that he is in,
and, as he knows in which cells he is not, the slack of every inequality (`system.with_slack`). Who is two persons pools
two records, such as partners who compare what they know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.specs import Dimension, TableSpec
from transforms.disclosure.counts.elsewhere import Limits
from transforms.disclosure.counts.files import Files
from transforms.disclosure.model.joint import Axis, Grid
from transforms.disclosure.model.program import DOUBT
from transforms.disclosure.model.solver import Floats
from transforms.disclosure.model.system import System

Cells = npt.NDArray[np.int64]

ONE, TWO = 1, 2
"""How many records an attacker has: his own, and that of somebody he knows."""

_CHUNK = 256
"""Attackers who are looked at together."""

_EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Insiders:
    """Attackers who are in the file, a row each.

    Attributes:
        cells: The hidden cells that an attacker's persons add to; as many as there are hidden cells stands for none.
        persons: How much they add to each.
        number: How many persons every attacker is.
    """

    cells: Cells
    persons: Cells
    number: int

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, rows: list[int] | slice) -> "Insiders":
        return replace(self, cells=self.cells[rows], persons=self.persons[rows])

    def with_(self, other: "Insiders") -> "Insiders":
        """Return these and others of as many persons, each once."""
        cells, persons = np.vstack([self.cells, other.cells]), np.vstack([self.persons, other.persons])
        _, first = np.unique(cells, axis=0, return_index=True)
        return replace(self, cells=cells[np.sort(first)], persons=persons[np.sort(first)])

    def open_places(self, whole: Files, others: Files, blank: Sequence[int], limits: Limits) -> list[int]:
        """Return the attackers for whom neither whole files, nor others with room to spare, settle every count."""
        places = list(self.unsettled(whole, blank, limits))
        return [places[place] for place in self[places].unsettled(others, blank, limits, DOUBT)]

    def floor(self, hidden: int) -> Floats:
        """Return the persons of whom some attacker knows that they are in each hidden cell."""
        floor = np.zeros(hidden + 1)
        np.maximum.at(floor, self.cells, self.persons)
        return floor[:hidden]

    def unsettled(self, files: Files, blank: Sequence[int], limits: Limits, room: int = 0) -> Iterator[int]:
        """Yield the attackers for whom the files with them in it leave a blank count too little.

        Args:
            files: Those that fit what is published.
            blank: The counts that must have room.
            limits: What an attacker must be left of them.
            room: How much more than that.
        """
        least_high, least_width = limits.high[blank] + room - _EPSILON, limits.width[blank] + room - _EPSILON
        # Files that everybody here holds possible come first: what they settle is settled for each.
        low, high = files.extremes(self.floor(files.hidden.shape[1]) - _EPSILON)
        is_open = (high[blank] < least_high) | (high[blank] - low[blank] < least_width)
        counts, least_high, least_width = files.counts[:, blank][:, is_open], least_high[is_open], least_width[is_open]
        if not is_open.any():
            return
        for start in range(0, len(self), _CHUNK):
            is_possible = self[start : start + _CHUNK]._hold_possible(files.hidden)
            for place, possible in enumerate(is_possible):
                mine = counts[possible]
                high, low = mine.max(axis=0, initial=-np.inf), mine.min(axis=0, initial=np.inf)
                if np.any(high < least_high) or np.any(high - low < least_width):
                    yield start + place

    def _hold_possible(self, hidden: Floats) -> npt.NDArray[np.bool_]:
        """Return per attacker which files, by their hidden cells, have all that he adds."""
        lacks = np.zeros((len(self), len(hidden)), np.float32)
        for amount in np.unique(self.persons[self.cells < hidden.shape[1]]):
            rows, columns = np.nonzero((self.persons == amount) & (self.cells < hidden.shape[1]))
            cells, places = np.unique(self.cells[rows, columns], return_inverse=True)
            adds = np.zeros((len(self), len(cells)), np.float32)
            adds[rows, places] = 1
            lacks += adds @ (hidden[:, cells] < amount - _EPSILON).astype(np.float32).T
        return np.asarray(lacks == 0)


@dataclass(frozen=True, eq=False)
class Records:
    """The distinct records of a file as the tables of a release tell them apart.

    Attributes:
        cells: A record per row: the hidden cells that it adds to; as many as there are hidden cells stands for none. A
            column per grid, per atom of a dimension with several categories, and per inequality.
        amounts: How much it adds to each: 1 but for the slack of inequalities.
        persons: How many persons have each record.
        pooled: How many records an attacker has.
    """

    cells: Cells
    amounts: Cells
    persons: Cells
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
        return cls(np.hstack([distinct, slack]), amounts, number.astype(np.int64), pooled)

    def hidden(self, cells: int) -> Floats:
        """Return the persons per hidden cell."""
        persons = np.zeros(cells + 1)
        np.add.at(persons, self.cells, self.amounts * self.persons[:, None])
        return persons[:cells]

    def renumbered(self, new: Sequence[int]) -> "Records":
        """Return them with other numbers for the hidden cells; the last of `new` stands for none."""
        cells, first, kind = np.unique(np.array(new)[self.cells], axis=0, return_index=True, return_inverse=True)
        persons = np.bincount(kind.ravel(), weights=self.persons, minlength=len(cells)).astype(np.int64)
        return replace(self, cells=cells, amounts=self.amounts[first], persons=persons)

    def insiders(self) -> Iterator[Insiders]:
        """Yield every attacker who has one record, then every one who pools two."""
        if self.pooled >= ONE:
            yield Insiders(self.cells, self.amounts, ONE)
        if self.pooled >= TWO:
            for first in range(len(self.cells)):
                others = np.arange(first if self.persons[first] >= TWO else first + 1, len(self.cells))
                left, right = np.broadcast_to(self.cells[first], (len(others), self.cells.shape[1])), self.cells[others]
                mine, theirs, is_same = self.amounts[first], self.amounts[others], left == right
                yield Insiders(
                    np.hstack([left, right]), np.hstack([mine + is_same * theirs, theirs + is_same * mine]), TWO
                )


NO_RECORDS = Records(np.zeros((0, 0), np.int64), np.zeros((0, 0), np.int64), np.zeros(0, np.int64), 0)
"""No attacker is in the file."""


def _cells(grid: Grid, dimensions: Sequence[Dimension], kinds: pl.DataFrame, nowhere: int) -> Iterator[Cells]:
    """Yield the hidden cell of every record in a grid, once per atom of a dimension with several categories."""
    shape = tuple(len(axis.atoms) for axis in grid.axes)
    choices = [
        list(_atoms(axis, [one for one in dimensions if one.axis == axis.name], kinds)) or [np.zeros(0, np.int64)]
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
    categories = [_categories(kinds.get_column(one.name), one) for one in dimensions]
    if not axis.whole:
        yield np.array([_atom(axis, frozenset.intersection(*parts)) for parts in zip(*categories, strict=True)])
        return
    for place, atom in enumerate(axis.atoms):
        yield np.array([place if atom & parts else -1 for parts in categories[0]])


def _categories(column: pl.Series, dimension: Dimension) -> list[frozenset[str]]:
    """Return the categories of its axis that each record may be in."""
    values = column.to_list() if dimension.multiple else [[value] for value in column]
    return [frozenset().union(*(dimension.sums.get(one, frozenset()) for one in some or ())) for some in values]


def _atom(axis: Axis, categories: frozenset[str]) -> int:
    """Return the atom that has these categories; -1 if none has all of them.

    Who is in no category is in no count by it, but is in those that add it up: any atom does, if there is one for all.
    """
    if not categories:
        return 0 if axis.complete else -1
    return next((place for place, atom in enumerate(axis.atoms) if categories <= atom), -1)
