"""Several files of persons in one linear system.

Releases of other dates or populations count other files of persons. They are linked where one file
is another one plus some persons: those who stayed and those who joined, or the part that was analysed
first and the rest. Every such group is a file itself: a block, one copy of all hidden cells of the
tables together (`system`). Cliques of dimensions carry over: the persons who stayed, left and joined
each have a joint of their own that agrees on shared dimensions.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from schemas.codes import Code, CodeList
from schemas.specs import TOTAAL, Dimension, Subtotal, TableSpec
from schemas.specs.fact import AtMost
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key, Relation, Terms
from transforms.disclosure.model.program import Program, value_of
from transforms.disclosure.model.solver import HIGHEST, LOWEST, TOLERANCE, Floats
from transforms.disclosure.model.system import System

File = tuple[int, ...]
"""The blocks that add up to a file of persons."""

Edge = tuple[int, int]
"""Two files; all persons of the first are in the second."""


def identity(dimension: Dimension) -> str:
    """Return what identifies a dimension across releases: name and categories, not labels or subtotals."""
    kind = "several" if dimension.multiple else "one"
    return "|".join((dimension.axis, kind, *sorted(dimension.everything)))


def names(specs: Iterable[TableSpec]) -> dict[str, str]:
    """Return the identity of every dimension of one release, by its name there."""
    return {dimension.axis: identity(dimension) for spec in specs for dimension in _dimensions_of(spec)}


def is_possible(key: Key) -> bool:
    """Return whether a key can count anybody: not a district with a neighbourhood of another one."""
    return all(parts for _, parts in key)


def common_key(key: Key, identities: Mapping[str, str]) -> Key:
    """Return the count as releases of any version know it."""
    return tuple(sorted(((identities[name], parts) for name, parts in key), key=lambda item: item[0]))


def common(specs: Iterable[TableSpec]) -> tuple[TableSpec, ...]:
    """Return the tables of several releases as far as they matter to counts, with the subtotals of all of them.

    Returns:
        Declarations for `system.build`, every table once, in an order that depends only on them. Their
        counts are all counts of the releases that can be larger than zero, and perhaps more.
    """
    listed, sums = list(specs), dict[str, set[tuple[str, ...]]]()
    for spec in listed:
        for name, dimensions in _by_axis(spec).items():
            levels = product(*(dimension.sums.values() for dimension in dimensions))
            parts_counted = {frozenset.intersection(*level) for level in levels}
            sums.setdefault(name, set()).update(tuple(sorted(parts)) for parts in parts_counted)
    used = list(dict.fromkeys(dimension for spec in listed for dimension in _dimensions_of(spec)))
    plain = {dimension: _plain(dimension, sums[identity(dimension)], used) for dimension in used}
    return tuple(sorted({_bare(spec, plain) for spec in listed}, key=repr))


def _by_axis(spec: TableSpec) -> dict[str, list[Dimension]]:
    """Return the columns of a table by identity; those of one family stand together."""
    by_identity: dict[str, list[Dimension]] = {}
    for dimension in _dimensions_of(spec):
        by_identity.setdefault(identity(dimension), []).append(dimension)
    return by_identity


def _dimensions_of(spec: TableSpec) -> tuple[Dimension, ...]:
    """Return all dimensions of a table and of its population."""
    return (*spec.dimensions, *(dimension for dimension, _ in spec.population))


def _plain(dimension: Dimension, sums: Iterable[tuple[str, ...]], used: Sequence[Dimension]) -> Dimension:
    """Return a dimension without labels, with all subtotals that some release uses, named by their categories."""
    name = identity(dimension)
    codes = CodeList(
        id=name, codes=tuple(Code(code=value, label=value) for value in sorted(dimension.everything)), source=""
    )
    real = (parts for parts in sorted(sums) if 1 < len(parts) < len(dimension.everything))
    subtotals = tuple(Subtotal(code=_sum(parts), label="", parts=parts) for parts in real)
    facts = tuple(renamed for fact in dimension.facts if (renamed := _fact_by_identity(fact, used)))
    return Dimension(name=name, title=name, codes=codes, subtotals=subtotals, multiple=dimension.multiple, facts=facts)


def _fact_by_identity(fact: AtMost, used: Sequence[Dimension]) -> AtMost | None:
    """Return a fact with dimensions by identity.

    None unless these tables have all of its categories in exactly one dimension each.
    """
    candidates: dict[str, set[str]] = {}
    for name, parts in (part for count in (*fact.left, *fact.right) for part in count):
        matching = {
            identity(dimension)
            for dimension in used
            if dimension.name == name and set(parts) <= set(dimension.codes.values)
        }
        candidates.setdefault(name, matching).intersection_update(matching)
    if any(len(identities) != 1 for identities in candidates.values()):
        return None
    at = {name: next(iter(identities)) for name, identities in candidates.items()}
    smaller, larger = (
        tuple(tuple((at[name], parts) for name, parts in count) for count in side) for side in (fact.left, fact.right)
    )
    return AtMost(smaller, larger)


def _sum(parts: Iterable[str]) -> str:
    return "som:" + "+".join(sorted(parts))


def _bare(spec: TableSpec, plain: Mapping[Dimension, Dimension]) -> TableSpec:
    """Return a table without id, texts and labels."""
    population = tuple((plain[dimension], _level(dimension, level)) for dimension, level in spec.population)
    return TableSpec("", "", "", tuple(dict.fromkeys(plain[dimension] for dimension in spec.dimensions)), population)


def _level(dimension: Dimension, level: str) -> str:
    """Return the name of a level in a plain dimension."""
    parts = dimension.sums[level]
    if len(parts) == len(dimension.everything):
        return TOTAAL
    return next(iter(parts)) if len(parts) == 1 else _sum(parts)


def several(system: System, specs: Iterable[TableSpec]) -> tuple[list[bool], frozenset[int]]:
    """Return which counts, and which hidden columns, are of persons in any of several categories at once."""
    multiple = {dimension.name for spec in specs for dimension in _dimensions_of(spec) if dimension.multiple}
    counts = [any(name in multiple for name, _ in key) for key in system.keys]
    columns = (columns for columns, is_several in zip(system.sums, counts, strict=True) if is_several)
    return counts, frozenset().union(*columns)


class Blocks:
    """Files of persons as sums of blocks.

    Args:
        base: The hidden cells of all tables together.
        several: Hidden columns of persons in several categories at once. A person who stays may change
            those categories, so these columns belong to a file, never to the block of those who stayed.

    Attributes:
        files: The blocks of each file.
    """

    def __init__(self, base: System, several: frozenset[int]) -> None:
        self.files: dict[int, File] = {}
        self._base, self._several = base, several
        self._stayed = -1
        self._number = 0
        self._relations: list[Relation] = []

    def start(self, file: int) -> None:
        """Add a file that stands by itself."""
        self.files[file] = (self._block(self._base.relations),)

    def meet(self, earlier: int, later: int) -> tuple[File, File]:
        """Add two files of different dates: some persons stayed, some left, some joined.

        Returns:
            The blocks of those who left and of those who joined.
        """
        self._stayed = self._number
        stayed = self._block(relation for relation in self._base.relations if relation.exact)
        left, joined = self._block(()), self._block(())
        self.files |= {earlier: (stayed, left), later: (stayed, joined)}
        for file in (earlier, later):
            self._relations.extend(self._spread(self.files[file], self._base.relations))
        return (left,), (joined,)

    def grow(self, part: int, whole: int, *, is_same: bool) -> tuple[File, File]:
        """Add two files of which the second contains the first; return as `meet`."""
        self.start(part)
        joined = () if is_same else (self._block(self._base.relations),)
        self.files[whole] = (*self.files[part], *joined)
        return (), joined

    def include(self, edges: Collection[Edge]) -> None:
        """Add every file that is linked to the files so far."""
        todo = list(edges)
        while todo:
            part, whole = edge = next(edge for edge in todo if not self.files.keys().isdisjoint(edge))
            self._include(part, whole)
            todo.remove(edge)

    def system(self, counts: Iterable[tuple[File, int]]) -> System:
        """Return the linear system of some counts: of a file or a group, by position in the base."""
        pairs = list(counts)
        sums = tuple(
            tuple(variable for column in self._base.sums[count] for variable in self._variables(file, column))
            for file, count in pairs
        )
        keys = tuple(self._base.keys[count] for _, count in pairs)
        return System(keys, (), self._number * self._base.hidden, sums, tuple(self._relations))

    def _include(self, part: int, whole: int) -> None:
        """Add one file that contains, or is contained in, a file that is there."""
        if part in self.files and whole not in self.files:
            self.files[whole] = (*self.files[part], self._block(self._base.relations))
            return
        if part not in self.files:
            self.start(part)
        remainder = (self._block(self._base.relations),)
        for column in range(self._base.hidden):
            terms = Counter(self._variables(self.files[whole], column))
            terms.subtract([*self._variables(self.files[part], column), *self._variables(remainder, column)])
            self._relations.append(Relation(tuple((v, sign) for v, sign in terms.items() if sign), exact=True))

    def _block(self, relations: Iterable[Relation]) -> int:
        """Add a block with these relations, and return its number."""
        self._number += 1
        self._relations.extend(self._spread((self._number - 1,), relations))
        return self._number - 1

    def _spread(self, file: File, relations: Iterable[Relation]) -> Iterator[Relation]:
        """Yield relations between hidden cells as relations between the blocks of a file."""
        for relation in relations:
            terms = ((v, sign) for column, sign in relation.terms for v in self._variables(file, column))
            yield Relation(tuple(terms), relation.exact)

    def _variables(self, file: File, column: int) -> list[int]:
        """Return the variables that add up to a hidden column of a file."""
        blocks = (block for block in file if block != self._stayed or column not in self._several)
        return [block * self._base.hidden + column for block in blocks]


class Ends:
    """Lowest and highest counts in whole persons, each computed once.

    Args:
        system: The counts.
        low, high: Known bounds of every count.

    Raises:
        DisclosureFailure: Nothing fits what is known, or the solver gave no proven answer.
    """

    def __init__(self, system: System, low: Sequence[float], high: Sequence[float]) -> None:
        self._low, self._high = low, high
        self._program = Program(system, low, high)
        self._seen = {LOWEST: np.full(len(low), np.inf), HIGHEST: np.full(len(low), -np.inf)}
        self._intervals: dict[int, Interval] = {}

    @property
    def solved(self) -> int:
        """Number of linear and integer programs solved so far."""
        return self._program.solved

    def interval(self, count: int) -> Interval:
        """Return the interval of a count."""
        if count not in self._intervals:
            form, limit = ((count, 1),), round(self._high[count])
            high = limit if limit == self._low[count] else self._end(form, HIGHEST, limit)
            self._intervals[count] = Interval(self.least(form, round(self._low[count])), high)
        return self._intervals[count]

    def least(self, form: Terms, limit: int, enough: float = math.inf) -> int:
        """Return the lowest value of a sum of counts, given that it is no lower than a limit.

        Args:
            enough: A lower bound that reaches this suffices in place of the lowest value.
        """
        is_known = len(form) == 1 and self._low[form[0][0]] == self._high[form[0][0]]
        return limit if is_known else self._end(form, LOWEST, limit, enough)

    def _end(self, form: Terms, direction: int, limit: int, enough: float = math.inf) -> int:
        """Return an end from a file found before, else from a linear program, else from an integer one."""
        if self._is_seen(form, direction, limit):
            return limit
        answer = self._program.ask(form, direction)
        bound = direction * math.ceil(direction * value_of(form, answer.counts) - TOLERANCE)
        if answer.is_whole:
            self._see(answer.counts)
        elif bound < enough and not self._is_seen(form, direction, bound):
            answer_in_whole = self._program.ask_whole(form, direction)
            self._see(answer_in_whole.counts)
            return round(value_of(form, answer_in_whole.counts))
        return bound

    def _see(self, counts: Floats) -> None:
        """Remember the lowest and highest counts over the files found."""
        self._seen[LOWEST] = np.minimum(self._seen[LOWEST], np.rint(counts))
        self._seen[HIGHEST] = np.maximum(self._seen[HIGHEST], np.rint(counts))

    def _is_seen(self, form: Terms, direction: int, bound: int) -> bool:
        """Return whether a file found before reaches the bound of a single count."""
        return len(form) == 1 and bool(self._seen[direction][form[0][0]] == bound)
