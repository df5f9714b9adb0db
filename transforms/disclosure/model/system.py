"""All cells of the tables of a release as one linear system.

Two cells are the same count when they add up the same categories of the same dimensions within the same population,
whatever table they stand in. Columns that depend on each other are one dimension (`schemas.specs.Family`): a district
is a subtotal of its neighbourhoods, and a code and its name are one count. Every relation that an attacker can use
follows from the hidden cells: totals, subtotals (which may overlap), margins shared by tables, the population of a
table, and the bounds that come from tables that share dimensions (`joint`). Cells are in order of publication.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, product
from itertools import count as count_from

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.specs import Dimension, Family, Subtotal, TableSpec
from schemas.specs.fact import AtMost
from transforms.disclosure.model.facts import fact_relations
from transforms.disclosure.model.joint import Axis, Grid, Key, Relation, at_most, cliques, consistency

MAXIMUM_HIDDEN = 20_000
"""Above this the attacker would take hours; the release is refused rather than judged by a weaker attacker."""


@dataclass(frozen=True)
class System:
    """The counts of a release.

    Attributes:
        keys: The distinct counts.
        places: Per table and row, the position of its count in `keys`.
        hidden: Number of hidden columns; none is negative.
        sums: Per count, the hidden columns that add up to it.
        relations: Between hidden columns.
        grids: The hidden columns by what they count; none for a part of a system.
        occupied: Counts that everybody knows not to be 0 (`Dimension.occurring`); none for a part of a system.
    """

    keys: tuple[Key, ...]
    places: tuple[tuple[int, ...], ...]
    hidden: int
    sums: tuple[tuple[int, ...], ...]
    relations: tuple[Relation, ...]
    grids: tuple[Grid, ...] = field(default=(), repr=False)
    occupied: frozenset[int] = frozenset()

    @property
    def several(self) -> frozenset[str]:
        """Axes on which a person may be in several categories; none for a part of a system."""
        return frozenset(axis.name for grid in self.grids for axis in grid.axes if axis.whole)


def build(specs: Sequence[TableSpec]) -> System:
    """Return the linear system of the tables of one release.

    A few of the last are kept, as each is asked for many times.

    Raises:
        UnknownCategory: A population names a level that its dimension does not have.
        DisclosureFailure: Two dimensions share a name, a table counts persons over two
            dimensions with several categories per person, subtotals of such a dimension
            overlap, or the joint is too large: the attacker would be too weak or too slow.
    """
    return _build(tuple(specs))


@lru_cache(maxsize=4)
def _build(specs: tuple[TableSpec, ...]) -> System:
    dimensions = _dimensions(specs)
    table_keys = [[_key(spec, levels) for levels in rows(spec)] for spec in specs]
    keys = tuple(dict.fromkeys(key for rows in table_keys for key in rows))
    position = {key: index for index, key in enumerate(keys)}
    grids, relations = _hidden(specs, dimensions, keys)
    relations.extend(fact_relations(_facts(specs), dimensions, grids))
    return System(
        keys=keys,
        places=tuple(tuple(position[key] for key in rows) for rows in table_keys),
        hidden=sum(grid.size for grid in grids),
        sums=tuple(tuple(_smallest(grids, key).columns(key)) for key in keys),
        relations=tuple(relations),
        grids=tuple(grids),
        occupied=frozenset(position[key] for key in _occupied(specs) if key in position),
    )


def with_slack(system: System) -> System:
    """Return the system with a hidden cell behind the others per inequality: by how much it is not an equality.

    As every inequality holds of each person by himself, it is a sum over persons like every other hidden cell.
    """
    slack = count_from(system.hidden)
    relations = tuple(
        relation if relation.exact else Relation((*relation.terms, (next(slack), 1)), exact=True)
        for relation in system.relations
    )
    return replace(system, hidden=next(slack), relations=relations)


def _dimensions(specs: Sequence[TableSpec]) -> dict[str, Dimension]:
    """Return all dimensions by axis.

    Raises `DisclosureFailure` if two tables declare one differently, or if it cannot be attacked.
    """
    dimensions: dict[str, Dimension] = {}
    for spec in specs:
        used = (*spec.dimensions, *(dimension for dimension, _ in spec.population))
        if sum(dimension.multiple for dimension in used) > 1:
            raise DisclosureFailure(f"{spec.id} has two dimensions with several categories per person")
        for dimension in used:
            first = dimensions.setdefault(dimension.axis, dimension)
            if first is not dimension and by_category(first) != by_category(dimension):
                raise DisclosureFailure(f"the tables declare {dimension.name} in two ways")
        for dimension, level in spec.population:
            if level not in dimension.levels:
                raise UnknownCategory(spec.id, dimension.name)
    for name, dimension in dimensions.items():
        if dimension.multiple and _have_overlap(subtotal for spec in specs for subtotal in _subtotals(spec, name)):
            raise DisclosureFailure(f"subtotals of {name} overlap")
    return dimensions


def by_category(dimension: Dimension) -> Dimension | Family:
    """Return what must be the same in every table that uses a dimension.

    One table may show fewer levels, subtotals and columns, or know more facts.
    """
    plain = replace(dimension, title="", codes=_bare(dimension.codes), subtotals=(), shown=(), facts=(), occurring=())
    return dimension.family or plain


def _bare(codes: CodeList) -> CodeList:
    """Return the categories in a fixed order, without labels."""
    return CodeList(id="", codes=tuple(Code(code=value, label="") for value in sorted(codes.values)), source="")


def _facts(specs: Sequence[TableSpec]) -> Iterator[AtMost]:
    """Yield the facts of all dimensions of all tables.

    A table of an earlier version may know other facts of the same dimension.
    """
    for spec in specs:
        for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population)):
            yield from dimension.facts


def _subtotals(spec: TableSpec, name: str) -> Iterator[Subtotal]:
    """Yield all subtotals that the table declares of a dimension."""
    used = (*spec.dimensions, *(dimension for dimension, _ in spec.population))
    return (subtotal for dimension in used if dimension.name == name for subtotal in dimension.subtotals)


def _have_overlap(subtotals: Iterable[Subtotal]) -> bool:
    """Return whether two subtotals share a category and neither contains the other.

    `_inclusions` would then be too weak an attacker.
    """
    parts = dict.fromkeys(frozenset(subtotal.parts) for subtotal in subtotals)
    return any(first & second and not (first <= second or second <= first) for first, second in combinations(parts, 2))


def rows(spec: TableSpec) -> Iterator[tuple[str, ...]]:
    """Return the levels of every row of a table; the first dimension is slowest."""
    return product(*(dimension.levels for dimension in spec.dimensions))


def _key(spec: TableSpec, levels: Sequence[str]) -> Key:
    """Return the key of a row: the categories that it adds up, per dimension that it does not take in full."""
    parts: dict[str, frozenset[str]] = {}
    sizes: dict[str, int] = {}
    for dimension, level in (*zip(spec.dimensions, levels, strict=True), *spec.population):
        categories = dimension.sums[level]
        parts[dimension.axis] = parts[dimension.axis] & categories if dimension.axis in parts else categories
        sizes[dimension.axis] = len(dimension.everything)
    return tuple(sorted((item for item in parts.items() if len(item[1]) < sizes[item[0]]), key=lambda item: item[0]))


def _occupied(specs: Sequence[TableSpec]) -> Iterator[Key]:
    """Yield the keys of all persons in a category that is not empty, if a table counts everybody by it."""
    for spec in specs:
        for dimension in () if spec.population else spec.dimensions:
            yield from (
                _key(replace(spec, dimensions=(dimension,)), [category])
                for category in dimension.occurring
                if category in dimension.sums
            )


def _hidden(
    specs: Sequence[TableSpec], dimensions: dict[str, Dimension], keys: Sequence[Key]
) -> tuple[list[Grid], list[Relation]]:
    """Return the hidden cells and their relations.

    First the joint of the additive dimensions, then persons per set of categories of a multiple dimension.
    """
    additive = {name: dimension for name, dimension in dimensions.items() if not dimension.multiple}
    multiple = [dimension for dimension in dimensions.values() if dimension.multiple]
    contexts = {dimension.name: _context(specs, dimension) & additive.keys() for dimension in multiple}
    edges = [_names(spec) & additive.keys() for spec in specs]
    joint: list[Grid] = []
    cliques_found = cliques([*map(frozenset, edges), *contexts.values()])
    axes = {
        name: _additive_axis(dimension, cliques_found, keys, additive.keys()) for name, dimension in additive.items()
    }
    for clique in cliques_found:
        _append(joint, [axis for name, axis in axes.items() if name in clique])
    relations = list(consistency(joint))
    grids = list(joint)
    for dimension in multiple:
        counted = [key for key in keys if dimension.name in dict(key)]
        context = [_block_axis(additive[name], counted) for name in sorted(contexts[dimension.name])]
        grid = _append(grids, [_set_axis(dimension, counted), *context])
        relations.extend(_inclusions(grid, joint, dimension))
    return grids, relations


def _append(grids: list[Grid], axes: Sequence[Axis]) -> Grid:
    """Add a grid of these axes behind the others.

    Raises `DisclosureFailure` above `MAXIMUM_HIDDEN`.
    """
    grid = replace(Grid(tuple(axes)), offset=sum(earlier.size for earlier in grids))
    if grid.offset + grid.size > MAXIMUM_HIDDEN:
        raise DisclosureFailure("the tables link too many dimensions to judge them together")
    grids.append(grid)
    return grid


def _names(spec: TableSpec) -> set[str]:
    """Return the axes of a table and of its population."""
    return {dimension.axis for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population))}


def _context(specs: Sequence[TableSpec], multiple: Dimension) -> frozenset[str]:
    """Return the axes of all tables that count a multiple dimension."""
    return frozenset().union(*(_names(spec) for spec in specs if multiple.name in _names(spec)))


def _additive_axis(
    dimension: Dimension, cliques: Sequence[frozenset[str]], keys: Sequence[Key], additive: Collection[str]
) -> Axis:
    """Return the atoms of an additive dimension.

    A category that no count takes is left out, but only if every clique linked to this one, directly or not, has the
    dimension too: otherwise their shared margins would not be of the same persons.
    """
    linked = _component(dimension.axis, cliques)
    names = frozenset().union(*linked)
    counted = [key for key in keys if {name for name, _ in key} & set(additive) <= names]
    axis = _block_axis(dimension, counted)
    if axis.complete or all(dimension.axis in clique for clique in linked):
        return axis
    uncounted = frozenset(dimension.everything).difference(*axis.atoms)
    return Axis(dimension.axis, (*axis.atoms, uncounted))


def _component(name: str, cliques: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return the cliques that are linked to a dimension by shared dimensions, directly or not."""
    names: frozenset[str] = frozenset({name})
    while True:
        linked = [clique for clique in cliques if clique & names]
        if names == names.union(*linked):
            return linked
        names = names.union(*linked)


def _block_axis(dimension: Dimension, keys: Sequence[Key]) -> Axis:
    """Return an axis with one atom per set of categories that every count treats alike.

    Categories that no count takes are left out.
    """
    everything = frozenset(dimension.everything)
    used = dict.fromkeys(dict(key).get(dimension.axis, everything) for key in keys)
    counts_of: dict[str, list[int]] = {value: [] for value in dimension.everything}
    for place, parts in enumerate(used):
        for value in parts:
            counts_of[value].append(place)
    blocks: dict[tuple[int, ...], set[str]] = {}
    for value, places in counts_of.items():
        blocks.setdefault(tuple(places), set()).add(value)
    atoms = tuple(frozenset(block) for places, block in blocks.items() if places)
    return Axis(dimension.axis, atoms, complete=() not in blocks)


def _set_axis(dimension: Dimension, keys: Sequence[Key]) -> Axis:
    """Return an axis with an atom per category and per set of categories that some count takes."""
    categories = (frozenset({value}) for value in dimension.everything)
    used = (dict(key)[dimension.name] for key in keys)
    return Axis(dimension.name, tuple(dict.fromkeys((*categories, *used))), whole=True)


def _inclusions(grid: Grid, joint: Sequence[Grid], dimension: Dimension) -> Iterator[Relation]:
    """Yield the relations between persons in any of some categories and in any of more categories.

    Persons in A are in B when A is part of B, and persons in B are in A or in one of the other categories of B.
    Everybody in the population is in one of all categories.
    """
    sets = next(axis for axis in grid.axes if axis.name == dimension.name).atoms
    everything = frozenset(dimension.everything)
    contexts = [axis for axis in grid.axes if axis.name != dimension.name]
    for atoms in product(*(axis.atoms for axis in contexts)):
        within = tuple((axis.name, atom) for axis, atom in zip(contexts, atoms, strict=True))
        persons = {parts: grid.columns(((dimension.name, parts), *within)) for parts in sets}
        persons[everything] = _smallest(joint, within).columns(within)
        for small, large in product(persons, persons):
            if small < large:
                # In the order of the declaration; that of a set differs from process to process.
                values = [value for value in dimension.everything if value in large and value not in small]
                remaining = [column for value in values for column in persons[frozenset({value})]]
                yield at_most(persons[small], persons[large])
                yield at_most(persons[large], [*persons[small], *remaining])


def _smallest(grids: Sequence[Grid], key: Key) -> Grid:
    """Return the smallest grid that has the dimensions of a count."""
    names = {name for name, _ in key}
    candidates = [grid for grid in grids if names <= grid.names and names >= _not_additive(grid)]
    return min(candidates, key=lambda grid: grid.size)


def _not_additive(grid: Grid) -> set[str]:
    """Return dimensions that cannot be summed over: persons in several categories would count twice."""
    return {axis.name for axis in grid.axes if axis.whole}
