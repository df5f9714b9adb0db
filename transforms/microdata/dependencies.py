"""Dependencies between columns of a file of persons, and possible combinations.

A neighbourhood lies in one district, a code has one name, and a person without a benefit has no kind of benefit. An
attacker with the code lists adds up neighbourhoods and subtracts them from the district, so disclosure control must
treat such columns as one dimension (`schemas.specs.Family`). The file shows the dependencies: one group-by per pair of
columns. They are taken as known to everybody, as the claims then hold even if they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import polars as pl

from schemas.errors import NotTogether, UnusableColumn
from schemas.specs import Family
from transforms.disclosure.model.system import MAXIMUM_HIDDEN

CHANCE = 10.0
"""Below this expected number of disagreeing pairs of records, a dependency may be an accident."""

_MOSTLY = 0.5
"""Goodman and Kruskal's lambda (JASA 49, 1954) from which a column depends on another one: a few mistakes, or areas
that lie in two others, do not hide the dependency of the rest."""

_OF_SEVERAL = 0.9
"""The same for two columns together, which fit any small file."""

_EXPECTED = 7.0
"""Expected persons from which an empty combination is impossible: of a thousand independent combinations of that size,
one is empty by chance (Poisson)."""

_LEAST_RECORDS = 10
"""Records per category, on average, of a column that may be a code list though no table counts by it."""


@dataclass(frozen=True)
class Dependency:
    """Columns whose categories determine those of another column.

    Attributes:
        is_partial: Some fine categories go with several coarse ones.
        is_declared: The user declared it; otherwise the file shows it.
        may_be_chance: Too few records could have shown the opposite.
    """

    fine: tuple[str, ...]
    coarse: str
    is_partial: bool = False
    is_declared: bool = False
    may_be_chance: bool = False

    @property
    def name(self) -> str:
        return f"{','.join(self.fine)}:{self.coarse}"


@dataclass(frozen=True, eq=False)
class Link:
    """Combinations of the categories of some columns that can exist.

    A String column each, a row per combination.
    """

    combinations: pl.DataFrame

    @property
    def columns(self) -> list[str]:
        return self.combinations.columns


def declared_dependencies(hierarchies: Iterable[str], columns: Collection[str]) -> list[Dependency]:
    """Return the dependencies that `--hierarchy fine:coarse:coarsest` declares.

    Each column with every coarser one.

    Raises:
        NotTogether: It is not of that form, or names a column that the file does not have.
    """
    listed = [[name.strip() for name in hierarchy.split(":")] for hierarchy in hierarchies]
    if any(len(names) < 2 or not set(names) <= set(columns) or len(set(names)) < len(names) for names in listed):
        raise NotTogether(
            "--hierarchy names columns of the file from fine to coarse, with colons between them",
            "Write it as --hierarchy buurt:wijk:gemeente.",
        )
    pairs = chain.from_iterable(combinations(names, 2) for names in listed)
    return [Dependency((fine,), coarse, is_declared=True) for fine, coarse in dict.fromkeys(pairs)]


def dependencies(
    frame: pl.DataFrame,
    columns: Sequence[str],
    declared: Sequence[Dependency],
    private: Collection[str],
    unknown: Collection[str] = (),
) -> list[Dependency]:
    """Return the dependencies between columns of a file, declared ones first.

    Args:
        frame: A row per person, String columns without null.
        columns: The columns to compare.
        declared: Dependencies that the user declared.
        private: Names of dependencies (`Dependency.name`) that nobody outside knows, if they were not declared; nor
            the other way round.
        unknown: Names of dependencies that nobody outside knows, though the other way round may be known.

    Raises:
        UnusableColumn: The file contradicts what was declared.
    """
    by_name = {dependency.name: dependency for dependency in declared}
    for dependency in by_name.values():
        if (exceptions := _Observed(frame, dependency.fine, dependency.coarse).exceptions) > 0:
            raise UnusableColumn(
                dependency.coarse,
                f"does not follow from {dependency.fine[0]} as declared: {exceptions} records say otherwise",
            )
    for pair in combinations(columns, 2):
        if {":".join(pair), ":".join(pair[::-1])}.isdisjoint({*by_name, *private}):
            directions = [names for names in (pair, pair[::-1]) if ":".join(names) not in unknown]
            observations = [(_Observed(frame, (fine,), coarse), fine, coarse) for fine, coarse in directions]
            observed, fine, coarse = max(observations, key=lambda observation: observation[0].dependence)
            if observed.dependence >= _MOSTLY:
                dependency = Dependency(
                    (fine,), coarse, observed.exceptions > 0, may_be_chance=observed.evidence < CHANCE
                )
                by_name[dependency.name] = dependency
    alone = {*by_name, *private}
    by_name |= {
        dependency.name: dependency
        for dependency in _dependencies_on_two(frame, columns, alone)
        if dependency.name not in {*private, *unknown}
    }
    return list(by_name.values())


def finer_columns(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return columns outside all tables that determine two or more columns of tables.

    Two groupings of the same areas are related through the areas. A column with few records per category, such as a
    household, is no code list that everybody knows.
    """
    other_columns = [name for name in frame.columns if name not in columns]
    coarse = [name for name in other_columns if _LEAST_RECORDS * frame.get_column(name).n_unique() <= frame.height]
    return [
        name
        for name in coarse
        if sum(_Observed(frame, (name,), column).dependence >= _MOSTLY for column in columns) > 1
    ]


def _dependencies_on_two(frame: pl.DataFrame, columns: Sequence[str], alone: Collection[str]) -> Iterable[Dependency]:
    """Yield columns that follow from two others together, leaving out accidents of few records.

    Args:
        alone: Names of dependencies on a single column: more columns beside that one say nothing new.
    """
    for fine in combinations(columns, 2):
        if f"{fine[0]}:{fine[1]}" in alone or f"{fine[1]}:{fine[0]}" in alone:
            continue
        for coarse in columns:
            if coarse in fine or any(f"{column}:{coarse}" in alone for column in fine):
                continue
            observed = _Observed(frame, fine, coarse)
            if observed.dependence >= _OF_SEVERAL and observed.evidence >= CHANCE:
                yield Dependency(fine, coarse, observed.exceptions > 0)


def impossible_pairs(
    frame: pl.DataFrame,
    columns: Sequence[str],
    dependencies: Sequence[Dependency],
    private: Collection[str],
    categories: Mapping[str, Collection[str]],
) -> list[Link]:
    """Return the possible combinations of each pair of columns that has impossible ones.

    Only of columns that do not depend on each other as a whole: nobody without a benefit is on a step of the ladder,
    whatever the others are. A combination is impossible if nobody is in it though chance would put seven persons or
    more there.
    """
    dependent = {frozenset((*dependency.fine, dependency.coarse)) for dependency in dependencies}
    links = []
    for pair in combinations(columns, 2):
        if frozenset(pair) in dependent or {":".join(pair), ":".join(pair[::-1])} & {*private}:
            continue
        cells = frame.group_by(pair).len("_records")
        largest = [frame.group_by(name).len().get_column("len").to_numpy().max() for name in pair]
        if int(largest[0]) * int(largest[1]) < _EXPECTED * frame.height:
            continue  # no combination is so large that its absence would mean something
        every = _product([pl.DataFrame({name: sorted(categories[name])}) for name in pair], pair)
        every = every.join(cells, on=list(pair), how="left")
        for name in pair:
            every = every.join(frame.group_by(name).len(f"_{name}"), on=name, how="left")
        expected = (every[f"_{pair[0]}"].cast(pl.Float64) * every[f"_{pair[1]}"] / frame.height).fill_null(0.0)
        can_be = every["_records"].is_not_null() | (expected < _EXPECTED)
        if not can_be.all():
            links.append(Link(every.filter(can_be).select(pair)))
    return links


class _Observed:
    """Records of a file as evidence of a dependency."""

    def __init__(self, frame: pl.DataFrame, fine: Sequence[str], coarse: str) -> None:
        """Count the records per combination of fine and coarse categories."""
        self._fine, self._coarse = list(fine), coarse
        self._cells = frame.group_by(*fine, coarse).len("_records")

    @property
    def exceptions(self) -> int:
        """Records that are not in the most frequent coarse category of their fine one."""
        most = self._cells.group_by(self._fine).agg(pl.col("_records").sum() - pl.col("_records").max())
        return int(most.get_column("_records").sum())

    @property
    def dependence(self) -> float:
        """The share of wrong guesses of the coarse category that the fine one prevents; 0 if it never varies."""
        totals = _records(self._cells, [self._coarse])
        wrong = sum(totals) - max(totals, default=0)
        return 1 - self.exceptions / wrong if wrong else 0.0

    @property
    def evidence(self) -> float:
        """Expected pairs of records of one fine category that differ in the coarse one, if they were independent."""
        totals, sizes = _records(self._cells, [self._coarse]), _records(self._cells, self._fine)
        records = sum(totals)
        alike = sum(total * total for total in totals) / records**2 if records else 1.0
        return (1 - alike) * sum(size * (size - 1) for size in sizes) / 2

    @property
    def combinations(self) -> pl.DataFrame:
        return self._cells.select(*self._fine, self._coarse)


def _records(cells: pl.DataFrame, names: Sequence[str]) -> list[int]:
    """Return the number of records per category of some columns."""
    return cells.group_by(names).agg(pl.col("_records").sum()).get_column("_records").to_list()


def link(frame: pl.DataFrame, dependency: Dependency, categories: Mapping[str, Collection[str]]) -> Link:
    """Return the combinations of a dependency that the file has.

    With a fine category that no record has, any coarse one is possible.
    """
    observed = _Observed(frame, dependency.fine, dependency.coarse)
    return link_of_combinations(observed.combinations, dependency, categories)


def link_of_combinations(
    possible: pl.DataFrame, dependency: Dependency, categories: Mapping[str, Collection[str]]
) -> Link:
    """Return a link as `link` does, from given combinations.

    They have a column per fine column, and the coarse one.
    """
    fine, columns = list(dependency.fine), [*dependency.fine, dependency.coarse]
    every = _product([pl.DataFrame({name: sorted(categories[name])}) for name in columns], columns)
    observed = every.join(possible.select(fine), on=fine, how="semi").join(
        possible.select(columns), on=columns, how="semi"
    )
    return Link(pl.concat([observed, every.join(possible.select(fine), on=fine, how="anti")]).select(columns))


def _product(frames: Sequence[pl.DataFrame], names: Sequence[str]) -> pl.DataFrame:
    """Return all combinations of the categories of some columns."""
    product = frames[0]
    for frame in frames[1:]:
        _require_size(product.height * frame.height, names, 50 * MAXIMUM_HIDDEN)
        product = product.join(frame, how="cross")
    return product


def _require_size(rows: int, names: Sequence[str], limit: int = MAXIMUM_HIDDEN) -> None:
    """Raise `NotTogether` if columns have too many combinations."""
    if rows > limit:
        names_shown = ", ".join(name for name in names if name.isprintable())
        raise NotTogether(
            f"The columns {names_shown} go together in too many combinations to judge them",
            "Leave a column out, or say with --private FINE:COARSE of which pair nobody outside knows how it depends.",
        )


def families(links: Sequence[Link], order: Sequence[str]) -> dict[str, Family]:
    """Return the family of each column that depends on another one.

    Args:
        links: Combinations that can exist.
        order: All columns, in the order in which families name them.

    Raises:
        NotTogether: A family has more combinations than can be judged.
    """
    family_of: dict[str, Family] = {}
    waiting = list(links)
    while waiting:
        members = _component(waiting)
        waiting = [link for link in waiting if link not in members]
        joined = _join(members)
        columns = [name for name in order if name in joined.columns]
        table = joined.select(columns).unique().sort(columns)
        family = Family(tuple(columns), tuple(tuple(row) for row in table.iter_rows()))
        family_of |= dict.fromkeys(columns, family)
    return family_of


def _component(links: Sequence[Link]) -> list[Link]:
    """Return the links that share columns with the first one, directly or not."""
    names = set(links[0].columns)
    while True:
        members = [link for link in links if not names.isdisjoint(link.columns)]
        more = names.union(*(link.columns for link in members))
        if more == names:
            return members
        names = more


def _join(links: Sequence[Link]) -> pl.DataFrame:
    """Return all combinations that no link excludes."""
    waiting = sorted(links, key=lambda link: -link.combinations.height)
    joined = waiting.pop(0).combinations
    while waiting:
        # A link that adds no column only removes combinations.
        link = min(
            waiting, key=lambda link: (not set(link.columns) & set(joined.columns), not _is_filter(link, joined))
        )
        waiting.remove(link)
        shared = [name for name in link.columns if name in joined.columns]
        joined = joined.join(link.combinations, on=shared, how="inner")
        _require_size(joined.height, joined.columns)
    return joined


def _is_filter(link: Link, joined: pl.DataFrame) -> bool:
    """Return whether a link adds no column."""
    return set(link.columns) <= set(joined.columns)
