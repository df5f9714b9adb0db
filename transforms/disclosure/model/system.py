"""All cells of all tables of a release as one linear system over hidden cells.

Two cells are the same count when they add up the same categories of the same dimensions
within the same population, whatever table they stand in. Columns that depend on each other are
one dimension (`schemas.specs.Family`): a district is a subtotal of its neighbourhoods, and a code
and its name are one count. Every relation that an attacker can use follows from the hidden cells:
totals, subtotals (which may overlap), margins shared by tables, the population of a table, and the
bounds that come from tables that share dimensions (`joint`). Cells are in order of publication.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product

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
    """

    keys: tuple[Key, ...]
    places: tuple[tuple[int, ...], ...]
    hidden: int
    sums: tuple[tuple[int, ...], ...]
    relations: tuple[Relation, ...]


def build(specs: Sequence[TableSpec]) -> System:
    """The linear system of the tables of one release; a few of the last are kept, as each is asked for many times.

    Raises:
        UnknownCategory: A population names a level that its dimension does not have.
        DisclosureFailure: Two dimensions share a name, a table counts persons over two
            dimensions with several categories per person, subtotals of such a dimension
            overlap, or the joint is too large: the attacker would be too weak or too slow.
    """
    return _built(tuple(specs))


@lru_cache(maxsize=4)
def _built(specs: tuple[TableSpec, ...]) -> System:
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
    )


def _dimensions(specs: Sequence[TableSpec]) -> dict[str, Dimension]:
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
    """What must be the same in every table: one may show fewer levels, subtotals, and columns, or tell more facts."""
    plain = replace(dimension, title="", codes=_bare(dimension.codes), subtotals=(), shown=(), facts=())
    return dimension.family or plain


def _bare(codes: CodeList) -> CodeList:
    """The categories in no particular order, without labels."""
    return CodeList(id="", codes=tuple(Code(code=value, label="") for value in sorted(codes.values)), source="")


def _facts(specs: Sequence[TableSpec]) -> Iterator[AtMost]:
    """Of all tables: one that was published by an earlier version may tell other facts of the same dimension."""
    for spec in specs:
        for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population)):
            yield from dimension.facts


def _subtotals(spec: TableSpec, name: str) -> Iterator[Subtotal]:
    used = (*spec.dimensions, *(dimension for dimension, _ in spec.population))
    return (subtotal for dimension in used if dimension.name == name for subtotal in dimension.subtotals)


def _have_overlap(subtotals: Iterable[Subtotal]) -> bool:
    """Two subtotals share a category and neither holds the other; `_inclusions` would be too weak an attacker."""
    parts = dict.fromkeys(frozenset(subtotal.parts) for subtotal in subtotals)
    return any(one & other and not (one <= other or other <= one) for one, other in combinations(parts, 2))


def rows(spec: TableSpec) -> Iterator[tuple[str, ...]]:
    """The levels of every row of a table; the first dimension is slowest."""
    return product(*(dimension.levels for dimension in spec.dimensions))


def _key(spec: TableSpec, levels: Sequence[str]) -> Key:
    parts: dict[str, frozenset[str]] = {}
    sizes: dict[str, int] = {}
    for dimension, level in (*zip(spec.dimensions, levels, strict=True), *spec.population):
        taken = dimension.sums[level]
        parts[dimension.axis] = parts[dimension.axis] & taken if dimension.axis in parts else taken
        sizes[dimension.axis] = len(dimension.everything)
    return tuple(sorted((item for item in parts.items() if len(item[1]) < sizes[item[0]]), key=lambda item: item[0]))


def _hidden(
    specs: Sequence[TableSpec], dimensions: dict[str, Dimension], keys: Sequence[Key]
) -> tuple[list[Grid], list[Relation]]:
    """The hidden cells: joint of the additive dimensions, then persons per set of a multiple dimension."""
    additive = {name: dimension for name, dimension in dimensions.items() if not dimension.multiple}
    multiple = [dimension for dimension in dimensions.values() if dimension.multiple]
    contexts = {dimension.name: _context(specs, dimension) & additive.keys() for dimension in multiple}
    edges = [_names(spec) & additive.keys() for spec in specs]
    joint: list[Grid] = []
    found = cliques([*map(frozenset, edges), *contexts.values()])
    axes = {name: _additive_axis(dimension, found, keys, additive.keys()) for name, dimension in additive.items()}
    for clique in found:
        _append(joint, [axis for name, axis in axes.items() if name in clique])
    relations = list(consistency(joint))
    grids = list(joint)
    for dimension in multiple:
        own = [key for key in keys if dimension.name in dict(key)]
        context = [_block_axis(additive[name], own) for name in sorted(contexts[dimension.name])]
        grid = _append(grids, [_set_axis(dimension, own), *context])
        relations.extend(_inclusions(grid, joint, dimension))
    return grids, relations


def _append(grids: list[Grid], axes: Sequence[Axis]) -> Grid:
    grid = replace(Grid(tuple(axes)), offset=sum(earlier.size for earlier in grids))
    if grid.offset + grid.size > MAXIMUM_HIDDEN:
        raise DisclosureFailure("the tables link too many dimensions to judge them together")
    grids.append(grid)
    return grid


def _names(spec: TableSpec) -> set[str]:
    return {dimension.axis for dimension in (*spec.dimensions, *(dimension for dimension, _ in spec.population))}


def _context(specs: Sequence[TableSpec], multiple: Dimension) -> frozenset[str]:
    """Everything that is counted together with a multiple dimension."""
    return frozenset().union(*(_names(spec) for spec in specs if multiple.name in _names(spec)))


def _additive_axis(
    dimension: Dimension, found: Sequence[frozenset[str]], keys: Sequence[Key], additive: Collection[str]
) -> Axis:
    """The atoms of an additive dimension.

    A category that no count takes falls away, but only where every clique that is linked to this one,
    directly or not, has the dimension too: otherwise their shared margins would not be of the same persons.
    """
    linked = _component(dimension.axis, found)
    names = frozenset().union(*linked)
    own = [key for key in keys if {name for name, _ in key} & set(additive) <= names]
    axis = _block_axis(dimension, own)
    if axis.complete or all(dimension.axis in clique for clique in linked):
        return axis
    rest = frozenset(dimension.everything).difference(*axis.atoms)
    return Axis(dimension.axis, (*axis.atoms, rest))


def _component(name: str, found: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The cliques that are linked to a dimension by shared dimensions, directly or not."""
    names: frozenset[str] = frozenset({name})
    while True:
        linked = [clique for clique in found if clique & names]
        if names == names.union(*linked):
            return linked
        names = names.union(*linked)


def _block_axis(dimension: Dimension, keys: Sequence[Key]) -> Axis:
    """Categories that every count takes or leaves together are one atom; unused ones fall away."""
    everything = frozenset(dimension.everything)
    used = dict.fromkeys(dict(key).get(dimension.axis, everything) for key in keys)
    taken: dict[str, list[int]] = {value: [] for value in dimension.everything}
    for place, parts in enumerate(used):
        for value in parts:
            taken[value].append(place)
    blocks: dict[tuple[int, ...], set[str]] = {}
    for value, places in taken.items():
        blocks.setdefault(tuple(places), set()).add(value)
    atoms = tuple(frozenset(block) for places, block in blocks.items() if places)
    return Axis(dimension.axis, atoms, complete=() not in blocks)


def _set_axis(dimension: Dimension, keys: Sequence[Key]) -> Axis:
    categories = (frozenset({value}) for value in dimension.everything)
    used = (dict(key)[dimension.name] for key in keys)
    return Axis(dimension.name, tuple(dict.fromkeys((*categories, *used))), whole=True)


def _inclusions(grid: Grid, joint: Sequence[Grid], dimension: Dimension) -> Iterator[Relation]:
    """What persons in any of some categories tell about persons in any of more categories.

    Who is in A is in B when A is part of B, and who is in B is in A or in one of the other
    categories of B. Everybody in the population is in one of all categories.
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
                rest = [column for value in large - small for column in persons[frozenset({value})]]
                yield at_most(persons[small], persons[large])
                yield at_most(persons[large], [*persons[small], *rest])


def _smallest(grids: Sequence[Grid], key: Key) -> Grid:
    """The smallest grid that knows the dimensions of a count."""
    names = {name for name, _ in key}
    candidates = [grid for grid in grids if names <= grid.names and names >= _whole(grid)]
    return min(candidates, key=lambda grid: grid.size)


def _whole(grid: Grid) -> set[str]:
    """Dimensions that cannot be summed over: persons in several categories would count twice."""
    return {axis.name for axis in grid.axes if axis.whole}
