"""Files of persons that an attack came across: each shows what is possible, so that nothing need be solved for it."""

import numpy as np
import numpy.typing as npt

from transforms.disclosure.model.solver import Floats

_FIRST = 64
"""Files that there is room for at the start."""


class Files:
    """Files that fit the relations of a system, a row each; the latest are kept.

    Args:
        counts: Number of counts of the system.
        hidden: Number of its hidden cells; 0 if they are not kept, as only attackers in the file know of them.
        most: How many files are kept; all by default.
    """

    def __init__(self, counts: int, hidden: int, most: int | None = None) -> None:
        self._rows = np.empty((_FIRST, counts + hidden))
        self._counts, self._most = counts, most
        self._added = 0

    @property
    def counts(self) -> Floats:
        """A row per file, a column per count."""
        return self._filled[:, : self._counts]

    @property
    def hidden(self) -> Floats:
        """A row per file, a column per hidden cell."""
        return self._filled[:, self._counts :]

    @property
    def _filled(self) -> Floats:
        return self._rows[: min(self._added, len(self._rows))]

    def add(self, counts: Floats, hidden: Floats) -> None:
        """Keep a file, in place of the oldest one if there are enough."""
        size = len(self._rows)
        if self._added == size and (self._most is None or size < self._most):
            more = size if self._most is None else min(size, self._most - size)
            self._rows = np.concatenate([self._rows, np.empty((more, self._rows.shape[1]))])
        row = self._rows[self._added % len(self._rows)]
        row[: self._counts], row[self._counts :] = counts, hidden[: len(row) - self._counts]
        self._added += 1

    def within(self, low: Floats, high: Floats) -> "Files":
        """Return the files of which every count is within these bounds."""
        return self._of(np.asarray(((self.counts >= low) & (self.counts <= high)).all(axis=1)))

    def extremes(self, persons: Floats, since: int = 0) -> tuple[Floats, Floats]:
        """Return the lowest and highest counts over the files that have so many persons in each hidden cell.

        Args:
            since: Files before this one are passed over.

        Returns:
            Infinite, the wrong way round, if there is no such file.
        """
        occupied = np.flatnonzero(persons > 0)
        is_possible = np.asarray((self.hidden[since:, occupied] >= persons[occupied]).all(axis=1))
        counts = self.counts[since:][is_possible]
        return counts.min(axis=0, initial=np.inf), counts.max(axis=0, initial=-np.inf)

    def __len__(self) -> int:
        return len(self._filled)

    def _of(self, rows: npt.NDArray[np.bool_]) -> "Files":
        files = Files(self._counts, self._rows.shape[1] - self._counts)
        files._rows = np.concatenate([self._filled[rows], np.empty((_FIRST, self._rows.shape[1]))])
        files._added = int(rows.sum())
        return files
