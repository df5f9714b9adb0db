"""Joiners and leavers of cells that two releases prove together."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key, Terms
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.over_time.history import Cell, Timeline
from transforms.disclosure.over_time.together import Blocks, Ends, File, several

Count = tuple[File, Key]
"""Persons of a file, or of those who joined or left, in a cell."""


@dataclass(frozen=True)
class Bound:
    """Fewest persons who joined (or left) a cell, by each model.

    None where the model does not apply.
    """

    cell: int
    person: int | None

    @property
    def is_proven(self) -> bool:
        return bool(self.cell or self.person)

    def is_small(self, threshold: int) -> bool:
        """Return whether a proven number is 1 to threshold - 1 by either model."""
        return any(bound is not None and 1 <= bound < threshold for bound in (self.cell, self.person))


@dataclass(frozen=True)
class Change:
    """A cell that somebody provably joined or left between two releases.

    Attributes:
        earlier, later: Names of the releases; several that count the same persons are joined by ` + `.
        table, cell: Id of a table that shows the cell and its Dutch label, from the later release if it has it.
        key: The count, as `system.build` of that release names it.
    """

    earlier: str
    later: str
    table: str
    cell: str
    key: Key
    joined: Bound
    left: Bound

    def is_small(self, threshold: int) -> bool:
        """Return whether a change of 1 to threshold - 1 persons is proven."""
        return self.joined.is_small(threshold) or self.left.is_small(threshold)


class Pair:
    """Two moments and whatever is linked to them.

    Args:
        earlier, later: Positions in the timeline. If one contains the other, it is the later.
        enough: A change of so many persons is not small, so a bound that reaches it need not be exact.
    """

    def __init__(self, timeline: Timeline, earlier: int, later: int, enough: float = math.inf) -> None:
        self._timeline, self._enough = timeline, enough
        self._earlier, self._later = earlier, later
        self._linked = sorted({*timeline.linked_moments(earlier), *timeline.linked_moments(later)})
        self._specs = timeline.specs(self._linked)
        self._base = timeline.history.base(self._specs)
        self._cells = self._find_cells()
        self._place = {key: count for count, key in enumerate(self._base.keys)}
        self._is_contained = timeline.contains(later, earlier)
        self._blocks, self._left, self._joined = self._files()
        self._outlook = {moment: timeline.outlook(moment, self._specs) for moment in (earlier, later)}
        self._position, self._ends = self._program()
        self._least_change()

    @property
    def solved(self) -> int:
        """Number of linear and integer programs solved so far."""
        return self._ends.solved

    def changes(self) -> list[Change]:
        """Return the cells shown at either moment that somebody provably joined or left."""
        changes = []
        for cell in self._cells.values():
            joined = self._bound(cell.common, self._later, self._earlier, self._joined)
            left = self._bound(cell.common, self._earlier, self._later, self._left)
            if joined.is_proven or left.is_proven:
                names = self._name(self._earlier), self._name(self._later)
                changes.append(Change(*names, cell.table, cell.label, cell.key, joined, left))
        return changes

    def _files(self) -> tuple[Blocks, File, File]:
        """Return the files of all moments as blocks, and the blocks of those who left and who joined."""
        blocks = Blocks(self._base, several(self._base, self._specs)[1])
        if self._is_contained:
            is_same = self._timeline.contains(self._earlier, self._later)
            left, joined = blocks.grow(self._earlier, self._later, is_same=is_same)
        else:
            left, joined = blocks.meet(self._earlier, self._later)
        between = {self._earlier, self._later}
        blocks.include([edge for edge in self._timeline.edges if edge[0] in self._linked and set(edge) != between])
        return blocks, left, joined

    def _program(self) -> tuple[dict[Count, int], Ends]:
        """Return the position of each count in the program, and the program's ends."""
        bounds_of = dict(self._stated_bounds())
        moving = ((group, key) for group in (self._left, self._joined) if group for key in self._movable())
        pair = (self._blocks.files[self._earlier], self._blocks.files[self._later])
        visible = ((file, key) for file in pair for key in self._cells) if self._is_entangled else ()
        counts = list(dict.fromkeys([*bounds_of, *moving, *visible]))
        bounds = [bounds_of.get(count, (0.0, CAP)) for count in counts]
        system = self._blocks.system((file, self._place[key]) for file, key in counts)
        ends = Ends(system, [low for low, _ in bounds], [high for _, high in bounds])
        return {count: position for position, count in enumerate(counts)}, ends

    @property
    def _is_entangled(self) -> bool:
        """Whether the two are linked though neither contains the other, as parts of one whole."""
        return not self._is_contained and self._later in self._timeline.linked_moments(self._earlier)

    def _stated_bounds(self) -> Iterator[tuple[Count, tuple[float, float]]]:
        """Yield the counts of all linked moments of which a table states something, with their bounds."""
        for moment in self._linked:
            for key, (low, high) in self._timeline.stated[moment].items():
                if low > 0 or high < CAP:
                    yield (self._blocks.files[moment], key), (low, high)

    def _find_cells(self) -> dict[Key, Cell]:
        """Return the cells shown at either moment by key; the later release describes them."""
        publications = (*self._timeline.moments[self._later], *self._timeline.moments[self._earlier])
        cells: dict[Key, Cell] = {}
        for publication in publications:
            for cell in self._timeline.facts[publication].cells:
                cells.setdefault(cell.common, cell)
        return cells

    def _movable(self) -> list[Key]:
        """Return the cells in which joiners are a sum of hidden cells."""
        is_several = several(self._base, self._specs)[0]
        return [key for key in self._cells if self._is_contained or not is_several[self._place[key]]]

    def _least_change(self) -> None:
        """Look first for a file in which as few as possible came and went: it settles most cells."""
        everybody = [self._position[group, ()] for group in (self._left, self._joined) if (group, ()) in self._position]
        if everybody:
            self._ends.least(tuple((position, 1) for position in everybody), 0)

    def _bound(self, key: Key, now: int, then: int, group: File) -> Bound:
        """Return how many persons, at least, are in a cell at one moment and not at the other."""
        if self._is_contained:
            least = self._stated_difference(key, now, then) if group else 0
            if group and least < self._enough:
                least = self._ends.least(((self._position[group, key], 1),), 0, self._enough)
            return Bound(least, least)
        cell = max(0, self._difference(key, now, then))
        position = self._position.get((group, key))
        return Bound(cell, None if position is None else self._ends.least(((position, 1),), cell))

    def _difference(self, key: Key, now: int, then: int) -> int:
        """Return the least difference between a cell at two moments (cell model)."""
        if self._is_entangled:
            files = self._blocks.files
            form: Terms = ((self._position[files[now], key], 1), (self._position[files[then], key], -1))
            return self._ends.least(form, -round(CAP))
        return self._interval(now, key).low - self._interval(then, key).high

    def _stated_difference(self, key: Key, now: int, then: int) -> int:
        """Return the least difference of a cell by the bounds that each release states by itself."""
        low, _ = self._timeline.stated[now].get(key, (0.0, CAP))
        _, high = self._timeline.stated[then].get(key, (0.0, CAP))
        return max(0, math.ceil(low) - math.floor(high))

    def _interval(self, moment: int, key: Key) -> Interval:
        return self._outlook[moment].interval(self._timeline.moments[moment], key)

    def _name(self, moment: int) -> str:
        return " + ".join(publication.release for publication in self._timeline.moments[moment])
