"""The file that all methods are compared on: 430 persons over wijk, leeftijd and uitkering.

With margins the table has 9 x 7 x 5 = 315 cells. At the default seed 138 of them hold 1-9
persons (129-156 at seeds 0 to 10), and 108 none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

THRESHOLD = 10
"""Counts of 1 to 9 are small: the frequency rule of every method here."""

PERSONS = 430


@dataclass(frozen=True)
class Kolom:
    """A column of the file: a share of the persons per category, in persons per hundred."""

    name: str
    shares: tuple[int, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """The first letter of the name and a number: `w1`, `w2`."""
        return tuple(f"{self.name[0]}{number + 1}" for number in range(len(self.shares)))


LARGE = (
    Kolom("wijk", (30, 20, 15, 12, 9, 7, 4, 3)),
    Kolom("leeftijd", (3, 12, 30, 32, 18, 5)),
    Kolom("uitkering", (78, 12, 7, 3)),
)
"""Skewed, as municipalities are: a few large wijken, and nearly everybody on one uitkering."""

SMALL = (Kolom("wijk", (50, 30, 15, 5)), Kolom("leeftijd", (50, 35, 15)), Kolom("uitkering", (70, 20, 10)))
"""4 x 3 x 3, for tests: 80 cells with margins."""

TINY = (Kolom("wijk", (50, 30, 20)), Kolom("leeftijd", (60, 40)), Kolom("uitkering", (60, 30, 10)))
"""3 x 2 x 3, 48 cells with margins: few enough for a plain integer program."""


def microdata(seed: int = 0, persons: int = PERSONS, kolommen: Sequence[Kolom] = LARGE) -> dict[str, list[str]]:
    """A file of persons: per column the category of each."""
    rng = np.random.default_rng(seed)
    return {
        kolom.name: rng.choice(kolom.categories, persons, p=np.divide(kolom.shares, sum(kolom.shares))).tolist()
        for kolom in kolommen
    }


def counts(persons: Mapping[str, Sequence[str]], kolommen: Sequence[Kolom] = LARGE) -> Counts:
    """Persons per cell; the last position on every axis is the total."""
    table = np.zeros([len(kolom.shares) for kolom in kolommen], dtype=np.int64)
    places = (np.searchsorted(kolom.categories, persons[kolom.name]) for kolom in kolommen)
    np.add.at(table, tuple(places), 1)
    return with_margins(table)


def with_margins(table: Counts) -> Counts:
    """The table with a total at the end of every axis."""
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def small(table: Counts) -> npt.NDArray[np.bool_]:
    """The cells of 1-9: those that no method may publish."""
    return (table > 0) & (table < THRESHOLD)
