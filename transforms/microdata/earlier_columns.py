"""Match the columns of earlier releases with those of the file at hand, by what they count and not by their name.

A header may be written otherwise, a release may have counted districts where this one counts neighbourhoods, and
code lists grow. Every column of an earlier release becomes a column of today's: the same one, one of its family, or
an earlier version of it. What cannot be related is refused, as an unrelated column is one that nobody subtracts from.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from schemas.errors import CategoriesChanged, ColumnsUnrelated, NotTogether
from schemas.specs import Dimension, Family, TableSpec
from schemas.states import Released
from transforms.disclosure.over_time.history import Publication
from transforms.microdata.code_lists import CodeLists, Values
from transforms.microdata.dependencies import Link

_VERSION = "\x1f"
"""Stands between the name of a column and the number of an earlier list of its categories."""

_NONE = "(bestond niet)"
"""Earlier category of a new one: nobody was in it."""

_FEWEST = 3
"""Categories that two columns of other names must have for us to take them for the same: 'yes' and 'no' say nothing."""


@dataclass(frozen=True)
class Matched:
    """How the columns of earlier releases are called today.

    Attributes:
        names: Per earlier column the column of today; one that today's file does not have keeps its name.
        by_categories: Columns that were recognised by nothing but their categories: earlier and present name.
        missing: Earlier columns that the file does not have.
    """

    names: Mapping[str, str]
    by_categories: tuple[tuple[str, str], ...] = ()
    missing: frozenset[str] = frozenset()

    def treating_as_missing(self, constant: Collection[str]) -> "Matched":
        """The same, where columns that are constant, or were matched by categories only, count as missing."""
        return replace(self, missing=self.missing | {*constant} | {old for old, _ in self.by_categories})


def dimensions_of(publications: Iterable[Publication]) -> list[Dimension]:
    """The dimensions of earlier tables, each once."""
    tables = (table for publication in publications for table in publication.tables)
    return list(dict.fromkeys(dimension for table in tables for dimension in table.spec.dimensions))


def match(
    earlier: Sequence[Dimension], file: Mapping[str, Collection[str]], same_as: Mapping[str, str], new: Collection[str]
) -> Matched:
    """Find the columns of earlier releases in a file: declared, by header, then by categories.

    Args:
        earlier: Dimensions of the releases before.
        file: Categories per column of the file.
        same_as: Earlier name and present name, as somebody said.
        new: Columns that are said to be related to none of before.

    Raises:
        NotTogether: Somebody named a column that is not there.
    """
    categories: dict[str, set[str]] = {}
    for dimension in earlier:
        categories.setdefault(dimension.name, set()).update(dimension.codes.values)
    is_twice = len(set(same_as.values())) < len(same_as) or not {*new}.isdisjoint(categories)
    if is_twice or not same_as.keys() <= categories.keys() or not {*same_as.values(), *new} <= file.keys():
        raise NotTogether(
            "--same-as OLD=NEW names a column of the ledger and one of the file, --new a column of the file, of a name "
            "that the ledger does not have",
            "Check the names; the message about unrelated columns lists them.",
        )
    names = dict(same_as)
    # As it is written first: two headers may differ in their capitals only.
    for spelled in (_as_written, _plain):
        headers = {spelled(name): name for name in [*file][::-1] if name not in {*names.values(), *new}}
        for name in categories:
            if name not in names and spelled(name) in headers:
                names[name] = headers.pop(spelled(name))
    found = []
    for name in sorted(categories.keys() - names.keys()):
        rest = [one for one in file if one not in {*names.values(), *new}]
        alike = [one for one in rest if _is_alike(categories[name], file[one])]
        others = [one for one in categories.keys() - names.keys() if _is_alike(categories[one], categories[name])]
        if len(alike) == len(others) == 1:
            names[name] = alike[0]
            found.append((name, alike[0]))
    missing = frozenset(categories.keys() - names.keys())
    return Matched(names | {name: name for name in missing}, tuple(found), missing)


def _as_written(header: str) -> str:
    return header


def _plain(header: str) -> str:
    return "".join(header.casefold().split())


def _is_alike(one: Collection[str], other: Collection[str]) -> bool:
    """At least three categories in common, and no more of others than of those."""
    left, right = ({_plain(value) for value in values} for values in (one, other))
    shared = len(left & right)
    return shared >= _FEWEST and 2 * shared >= len(left | right)


def require_related(
    used: Iterable[str], matched: Matched, new: Collection[str], pairs: Collection[tuple[str, str]]
) -> None:
    """Return if every column that is counted can be held against every earlier one.

    Args:
        pairs: Columns of which a code list says that one determines the other.

    Raises:
        ColumnsUnrelated: It is no earlier column, and the file lacks one that it might depend on.
    """
    known = {*matched.names.values(), *new}
    for column in used:
        reached = {column}
        while more := {name for pair in pairs if reached & set(pair) for name in pair} - reached:
            reached |= more
        lacking = sorted(old for old in matched.missing if matched.names[old] not in reached)
        if column not in known and lacking:
            raise ColumnsUnrelated(column, lacking)


@dataclass(frozen=True)
class Versions:
    """Earlier lists of categories of today's columns.

    Attributes:
        columns: Per earlier dimension the column that it is today.
        links: Which earlier category goes with which present one.
        categories: Those of the columns of earlier versions.
    """

    columns: Mapping[Dimension, str]
    links: tuple[Link, ...]
    categories: Mapping[str, Values]


def versions(
    earlier: Sequence[Dimension], matched: Matched, present: Mapping[str, Collection[str]], lists: CodeLists
) -> Versions:
    """Relate earlier categories to present ones.

    Args:
        present: All categories per column, those of earlier releases and code lists among them.

    Raises:
        CategoriesChanged: A column has categories that an earlier release did not have, or the other way around,
            and no code list says how they belong together.
    """
    columns: dict[Dimension, str] = {}
    version_of: dict[tuple[str, frozenset[str]], str] = {}
    links, categories = [], {}
    for dimension in earlier:
        name, values = matched.names[dimension.name], frozenset(dimension.codes.values)
        columns[dimension] = name
        if name not in present or values == frozenset(present[name]):
            continue
        if name not in lists.values:
            raise CategoriesChanged(name)
        if (name, values) not in version_of:
            version = f"{name}{_VERSION}{len(version_of)}"
            version_of[name, values] = version
            links.append(_version_link(name, version, dimension.codes.values, present[name], lists))
            categories[version] = (*dimension.codes.values, _NONE)
        columns[dimension] = version_of[name, values]
    return Versions(columns, tuple(links), categories)


def _version_link(name: str, version: str, values: Values, now: Collection[str], lists: CodeLists) -> Link:
    was = lists.was.get(name, {})
    pairs = [(new, value) for value in values for new in sorted(_present(value, was, frozenset(values)))]
    known = {new for new, _ in pairs}
    if not known <= set(now):
        raise CategoriesChanged(name)
    pairs.extend((value, _NONE) for value in now if value not in known)
    return Link(pl.DataFrame(pairs, schema={name: pl.String, version: pl.String}, orient="row"))


def _present(
    value: str, was: Mapping[str, Values], before: frozenset[str], seen: frozenset[str] = frozenset()
) -> set[str]:
    """What a category of an earlier list is now, perhaps after several changes.

    A list that has all that a category became was made after that change.
    """
    if value not in was or value in seen or (value in was[value] and before.issuperset(was[value])):
        return {value}
    return set().union(*(_present(one, was, before, seen | {value}) for one in was[value]))


def earlier_links(earlier: Sequence[Dimension], matched: Matched, private: Collection[str]) -> list[Link]:
    """What earlier releases took as known, with the present names; earlier versions of lists apart.

    Args:
        private: Dependencies that are said to be known to nobody; a family that holds one is left out.
    """
    secret = [{*one.partition(":")[0].split(","), one.partition(":")[2]} for one in private]
    found = []
    for family in dict.fromkeys(dimension.family for dimension in earlier if dimension.family):
        table = pl.DataFrame(family.combinations, schema=dict.fromkeys(family.columns, pl.String), orient="row")
        kept = [name for name in family.columns if _VERSION not in name]
        if len(kept) > 1 and not any(names <= {matched.names.get(name, name) for name in kept} for names in secret):
            renamed = table.select(kept).unique().rename({name: matched.names.get(name, name) for name in kept})
            found.append(Link(renamed))
    return found


def redeclare(
    publications: Iterable[Publication], columns: Mapping[Dimension, str], families: Mapping[str, Family]
) -> tuple[Publication, ...]:
    """Earlier releases in terms of today: the same numbers under the names and families of today's columns."""

    def dimension_of(dimension: Dimension) -> Dimension:
        name = columns[dimension]
        return replace(dimension, name=name, title=name, family=families.get(name))

    def table_of(table: Released) -> Released:
        spec: TableSpec = replace(table.spec, dimensions=tuple(map(dimension_of, table.spec.dimensions)))
        names = {one.name: columns[one] for one in table.spec.dimensions}
        return replace(table, frame=table.frame.rename(names), spec=spec)

    return tuple(replace(one, tables=tuple(map(table_of, one.tables))) for one in publications)
