"""Find columns of a file of persons that depend on each other, and the combinations that can exist.

A neighbourhood lies in one district, a code has one name, who has no benefit has no kind of benefit. Whoever knows
the code lists adds up neighbourhoods and subtracts them from the district, so disclosure control must see such
columns as one dimension (`schemas.specs.Family`). The file shows them: one group-by per pair of columns. What the
file shows is taken as known to everybody, as the claims then hold even if it is.
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
"""Goodman and Kruskal's lambda (JASA 49, 1954) from which on a column depends on another one: a few mistakes, or areas
that lie in two others, do not hide that the rest does."""

_OF_SEVERAL = 0.9
"""The same of two columns together, which fit any small file."""

_EXPECTED = 7.0
"""Persons whom chance would put in a combination that nobody is in, from which on it cannot exist: of a thousand
independent combinations of that size, one is empty by chance (Poisson)."""

_LEAST_RECORDS = 10
"""Records per category, on average, of a column that may be a code list though no table counts by it."""


@dataclass(frozen=True)
class Dependency:
    """One or more columns of which the categories determine that of another column.

    Attributes:
        is_partial: Some of their categories go with several.
        is_declared: Somebody said so; otherwise the file shows it.
        may_be_chance: Hardly any records could have shown the opposite.
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
    """Combinations of the categories of some columns that can exist: a String column each, a row per combination."""

    combinations: pl.DataFrame

    @property
    def columns(self) -> list[str]:
        return self.combinations.columns


def declared_dependencies(hierarchies: Iterable[str], columns: Collection[str]) -> list[Dependency]:
    """What `--hierarchy fine:coarse:coarsest` says, each column with every coarser one.

    Raises:
        NotTogether: It is not of that form, or names a column that the file does not have.
    """
    listed = [[name.strip() for name in one.split(":")] for one in hierarchies]
    if any(len(names) < 2 or not set(names) <= set(columns) or len(set(names)) < len(names) for names in listed):
        raise NotTogether(
            "--hierarchy names columns of the file from fine to coarse, with colons between them",
            "Write it as --hierarchy buurt:wijk:gemeente.",
        )
    pairs = chain.from_iterable(combinations(names, 2) for names in listed)
    return [Dependency((fine,), coarse, is_declared=True) for fine, coarse in dict.fromkeys(pairs)]


def dependencies(
    frame: pl.DataFrame, columns: Sequence[str], declared: Sequence[Dependency], private: Collection[str]
) -> list[Dependency]:
    """The dependencies between columns of a file, declared ones first.

    Args:
        frame: A row per person, String columns without null.
        columns: Those to compare.
        declared: What somebody said already.
        private: Names of dependencies (`Dependency.name`) that nobody outside is said to know.

    Raises:
        UnusableColumn: The file contradicts what was declared.
    """
    found = {one.name: one for one in declared if one.name not in private}
    for one in found.values():
        if (exceptions := _Observed(frame, one.fine, one.coarse).exceptions) > 0:
            raise UnusableColumn(
                one.coarse, f"does not follow from {one.fine[0]} as declared: {exceptions} records say otherwise"
            )
    for pair in combinations(columns, 2):
        if {":".join(pair), ":".join(pair[::-1])}.isdisjoint({*found, *private}):
            either = [(_Observed(frame, (fine,), coarse), fine, coarse) for fine, coarse in (pair, pair[::-1])]
            observed, fine, coarse = max(either, key=lambda one: one[0].dependence)
            if observed.dependence >= _MOSTLY:
                one = Dependency((fine,), coarse, observed.exceptions > 0, may_be_chance=observed.evidence < CHANCE)
                found[one.name] = one
    alone = {*found, *private}
    found |= {one.name: one for one in _of_several(frame, columns, alone) if one.name not in private}
    return list(found.values())


def finer_columns(frame: pl.DataFrame, columns: Sequence[str]) -> list[str]:
    """Columns that no table counts by, and that determine two or more of those that tables do count by.

    Two groupings of the same areas tell of each other through the areas. A column with few records per category,
    such as a household, is no code list that everybody knows.
    """
    rest = [name for name in frame.columns if name not in columns]
    coarse = [name for name in rest if _LEAST_RECORDS * frame.get_column(name).n_unique() <= frame.height]
    return [name for name in coarse if sum(_Observed(frame, (name,), one).dependence >= _MOSTLY for one in columns) > 1]


def _of_several(frame: pl.DataFrame, columns: Sequence[str], alone: Collection[str]) -> Iterable[Dependency]:
    """Columns that follow from two others together; an accident of few records is left out.

    Args:
        alone: Names of dependencies on a single column: more columns beside that one say nothing new.
    """
    for fine in combinations(columns, 2):
        if f"{fine[0]}:{fine[1]}" in alone or f"{fine[1]}:{fine[0]}" in alone:
            continue
        for coarse in columns:
            if coarse in fine or any(f"{one}:{coarse}" in alone for one in fine):
                continue
            observed = _Observed(frame, fine, coarse)
            if observed.dependence >= _OF_SEVERAL and observed.evidence >= CHANCE:
                yield Dependency(fine, coarse, observed.exceptions > 0)


def impossible_pairs(
    frame: pl.DataFrame,
    columns: Sequence[str],
    found: Sequence[Dependency],
    private: Collection[str],
    categories: Mapping[str, Collection[str]],
) -> list[Link]:
    """Per pair of columns that do not depend on each other as a whole what can exist, if something cannot.

    Nobody who has no benefit is on a step of the ladder, whatever the others are: a combination is left out that
    nobody is in though chance would put seven persons or more there.
    """
    known = {frozenset((*one.fine, one.coarse)) for one in found}
    links = []
    for pair in combinations(columns, 2):
        if frozenset(pair) in known or {":".join(pair), ":".join(pair[::-1])} & {*private}:
            continue
        cells = frame.group_by(pair).len("_records")
        largest = [frame.group_by(name).len().get_column("len").to_numpy().max() for name in pair]
        if int(largest[0]) * int(largest[1]) < _EXPECTED * frame.height:
            continue  # no combination is so large that it would be missed
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
    """What the records of a file say of whether some columns determine another one."""

    def __init__(self, frame: pl.DataFrame, fine: Sequence[str], coarse: str) -> None:
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
    """Records per category of some columns."""
    return cells.group_by(names).agg(pl.col("_records").sum()).get_column("_records").to_list()


def link(frame: pl.DataFrame, dependency: Dependency, categories: Mapping[str, Collection[str]]) -> Link:
    """The combinations that a dependency leaves open: those that the file has.

    Of a fine category that no record has, any coarse one can be.
    """
    observed = _Observed(frame, dependency.fine, dependency.coarse)
    return given_link(observed.combinations, dependency, categories)


def given_link(given: pl.DataFrame, dependency: Dependency, categories: Mapping[str, Collection[str]]) -> Link:
    """As `link`, of combinations that somebody gave: a column per fine column, and the coarse one."""
    fine, columns = list(dependency.fine), [*dependency.fine, dependency.coarse]
    every = _product([pl.DataFrame({name: sorted(categories[name])}) for name in columns], columns)
    told = every.join(given.select(fine), on=fine, how="semi").join(given.select(columns), on=columns, how="semi")
    return Link(pl.concat([told, every.join(given.select(fine), on=fine, how="anti")]).select(columns))


def _product(frames: Sequence[pl.DataFrame], names: Sequence[str]) -> pl.DataFrame:
    found = frames[0]
    for frame in frames[1:]:
        _require_size(found.height * frame.height, names, 50 * MAXIMUM_HIDDEN)
        found = found.join(frame, how="cross")
    return found


def _require_size(rows: int, names: Sequence[str], limit: int = MAXIMUM_HIDDEN) -> None:
    if rows > limit:
        shown = ", ".join(name for name in names if name.isprintable())
        raise NotTogether(
            f"The columns {shown} go together in too many combinations to judge them",
            "Leave a column out, or say with --private FINE:COARSE of which pair nobody outside knows how it depends.",
        )


def families(links: Sequence[Link], order: Sequence[str]) -> dict[str, Family]:
    """Per column that depends on another one, the family that it is in.

    Args:
        links: What can exist.
        order: All columns, in the order in which families name them.

    Raises:
        NotTogether: A family has more combinations than can be judged.
    """
    found: dict[str, Family] = {}
    waiting = list(links)
    while waiting:
        members = _component(waiting)
        waiting = [one for one in waiting if one not in members]
        joined = _joined(members)
        columns = [name for name in order if name in joined.columns]
        table = joined.select(columns).unique().sort(columns)
        family = Family(tuple(columns), tuple(tuple(row) for row in table.iter_rows()))
        found |= dict.fromkeys(columns, family)
    return found


def _component(links: Sequence[Link]) -> list[Link]:
    """The links that share columns with the first one, directly or not."""
    names = set(links[0].columns)
    while True:
        members = [one for one in links if not names.isdisjoint(one.columns)]
        more = names.union(*(one.columns for one in members))
        if more == names:
            return members
        names = more


def _joined(links: Sequence[Link]) -> pl.DataFrame:
    """Everything that no link excludes."""
    waiting = sorted(links, key=lambda one: -one.combinations.height)
    found = waiting.pop(0).combinations
    while waiting:
        # One that adds no column only takes combinations away.
        one = min(waiting, key=lambda one: (not set(one.columns) & set(found.columns), not _is_filter(one, found)))
        waiting.remove(one)
        shared = [name for name in one.columns if name in found.columns]
        found = found.join(one.combinations, on=shared, how="inner")
        _require_size(found.height, found.columns)
    return found


def _is_filter(one: Link, found: pl.DataFrame) -> bool:
    return set(one.columns) <= set(found.columns)
