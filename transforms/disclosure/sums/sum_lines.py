"""Rows and columns of tables of sums: what remains of a published sum less published parts of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.specs.axes import categories, subtotals
from transforms.disclosure.model.system import System, rows


@dataclass(frozen=True)
class Line:
    """Sums that add up to a published sum less published parts of it.

    As positions in `System.keys`: `parts` add up to the first of `known` less its others.

    Attributes:
        parts: The sums that remain.
        whole: All sums that add up to the first of `known`.
    """

    parts: tuple[int, ...]
    known: tuple[int, ...]
    whole: tuple[int, ...]


def lines_of(system: System, specs: Sequence[TableSpec]) -> list[Line]:
    """Return every row of every table in every direction, from its total and from each subtotal."""
    lines: dict[Line, None] = {}
    for spec, places in zip(specs, system.places, strict=True):
        position = dict(zip(rows(spec), places, strict=True))
        for axis, dimension in enumerate(spec.dimensions):
            if not dimension.multiple:
                for levels in (levels for levels in position if levels[axis] == TOTAAL):
                    line = {level: position[(*levels[:axis], level, *levels[axis + 1 :])] for level in dimension.levels}
                    lines |= dict.fromkeys(_remainders(line, dimension))
    return list(lines)


def _parts_shown(dimension: Dimension, level: str) -> tuple[str, ...]:
    """Return the levels that a table shows as parts of a total or subtotal."""
    return tuple(
        category for category in categories(dimension) if set(dimension.parts(category)) <= set(dimension.parts(level))
    )


def _remainders(line: Mapping[str, int], dimension: Dimension) -> Iterator[Line]:
    """Yield what remains of a total or subtotal after none, one or two smaller ones."""
    large = [TOTAAL, *(subtotal.code for subtotal in subtotals(dimension))]
    parts = {level: frozenset(_parts_shown(dimension, level)) for level in large}
    for whole in large:
        smaller = [level for level in large if parts[level] < parts[whole]]
        for subtracted in (*((),), *combinations(smaller, 1), *combinations(smaller, 2)):
            used = [value for level in subtracted for value in parts[level]]
            if len(used) == len(set(used)):
                remaining = tuple(line[value] for value in _parts_shown(dimension, whole) if value not in used)
                known = (line[whole], *(line[level] for level in subtracted))
                yield Line(remaining, known, tuple(line[value] for value in _parts_shown(dimension, whole)))
