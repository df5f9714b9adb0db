"""Columns of earlier releases matched with those of the present file.

They are matched by what they count and not by their name: a header may be written differently, a release may have
counted districts where this one counts neighbourhoods, and code lists grow. Every column of an earlier release becomes
a column of the present file: the same one, one of its family, or an earlier version of it. A column that cannot be
related is refused, as the attack would not subtract from it.
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
"""Separates the name of a column from the number of an earlier list of its categories."""

_NONE = "(bestond niet)"
"""Earlier category of a new category: nobody was in it."""

_FEWEST = 3
"""Fewest common categories of two columns with different names that are taken for one: 'yes' and 'no' say nothing."""


@dataclass(frozen=True)
class Matched:
    """Present names of the columns of earlier releases.

    Attributes:
        names: Present column per earlier column; one that the present file does not have keeps its name.
        by_categories: Columns that were recognised by their categories only: earlier and present name.
        missing: Earlier columns that the file does not have.
    """

    names: Mapping[str, str]
    by_categories: tuple[tuple[str, str], ...] = ()
    missing: frozenset[str] = frozenset()

    def count_as_missing(self, constant: Collection[str]) -> "Matched":
        """Return the same, with columns that are constant, or matched by categories only, as missing."""
        return replace(self, missing=self.missing | {*constant} | {old for old, _ in self.by_categories})


def dimensions_of(publications: Iterable[Publication]) -> list[Dimension]:
    """Return the dimensions of earlier tables, each once."""
    tables = (table for publication in publications for table in publication.tables)
    return list(dict.fromkeys(dimension for table in tables for dimension in table.spec.dimensions))


def match(
    publications: Sequence[Publication],
    file: Mapping[str, Collection[str]],
    same_as: Mapping[str, str],
    new: Collection[str],
) -> Matched:
    """Find the columns of earlier releases in a file: declared, by header, then by categories.

    Columns of several releases may be one column of the file, which then had another name before. Those of one release
    are different columns.

    Args:
        publications: The earlier releases.
        file: Categories per column of the file.
        same_as: Present name per earlier name, as the user declares.
        new: Columns that the user declares unrelated to any earlier one.

    Raises:
        NotTogether: The user named a column that does not exist, or one for two columns of one release.
    """
    categories: dict[str, set[str]] = {}
    companions: dict[str, set[str]] = {}
    for publication in publications:
        dimensions = dimensions_of([publication])
        for dimension in dimensions:
            categories.setdefault(dimension.name, set()).update(dimension.codes.values)
            companions.setdefault(dimension.name, set()).update(other.name for other in dimensions)
    names = dict(same_as)

    def is_free(column: str, name: str) -> bool:
        return column not in new and not any(names.get(other) == column for other in companions[name] - {name})

    is_known = same_as.keys() <= categories.keys() and {*same_as.values(), *new} <= file.keys()
    is_known = is_known and all(is_free(column, name) for name, column in same_as.items())
    if not is_known or not {*new}.isdisjoint(categories):
        raise NotTogether(
            "--same-as OLD=NEW names a column of the ledger and one of the file, --new a column of the file, of a name "
            "that the ledger does not have",
            "Check the names; the message about unrelated columns lists them.",
        )
    # As it is written first: two headers may differ in their capitals only.
    for spelled in (_unchanged, _plain):
        for name in [name for name in categories if name not in names]:
            alike = [column for column in file if spelled(column) == spelled(name) and is_free(column, name)]
            if len(alike) == 1:
                names[name] = alike[0]
    by_categories = []
    for name in sorted(categories.keys() - names.keys()):
        alike = [column for column in file if _is_alike(categories[name], file[column]) and is_free(column, name)]
        # One that is an earlier column by its header is less likely to be another one, too.
        likely = [column for column in alike if column not in names.values()] or alike
        unmatched = companions[name] - names.keys()
        similar = [column for column in unmatched if _is_alike(categories[column], categories[name])]
        if len(likely) == len(similar) == 1:
            names[name] = likely[0]
            by_categories.append((name, likely[0]))
    missing = frozenset(categories.keys() - names.keys())
    return Matched(names | {name: name for name in missing}, tuple(by_categories), missing)


def _unchanged(header: str) -> str:
    return header


def _plain(header: str) -> str:
    return "".join(header.casefold().split())


def _is_alike(first: Collection[str], second: Collection[str]) -> bool:
    """Return whether two columns share at least three categories, and as many as they do not share."""
    first_plain, second_plain = ({_plain(value) for value in values} for values in (first, second))
    shared = len(first_plain & second_plain)
    return shared >= _FEWEST and 2 * shared >= len(first_plain | second_plain)


def require_related(
    used: Iterable[str], matched: Matched, new: Collection[str], pairs: Collection[tuple[str, str]]
) -> None:
    """Raise unless every counted column can be related to every earlier one.

    Args:
        pairs: Columns of which one determines the other by a code list.

    Raises:
        ColumnsUnrelated: A column is no earlier one, and the file lacks an earlier one that it might depend on.
    """
    related = {*matched.names.values(), *new}
    for column in used:
        reached = {column}
        while more := {name for pair in pairs if reached & set(pair) for name in pair} - reached:
            reached |= more
        lacking = sorted(old for old in matched.missing if matched.names[old] not in reached)
        if column not in related and lacking:
            raise ColumnsUnrelated(column, lacking)


@dataclass(frozen=True)
class Versions:
    """Earlier lists of categories of the present columns.

    Attributes:
        columns: Present column per earlier dimension.
        links: Present category of each earlier one.
        categories: Categories of the columns of earlier versions.
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
    """Return which present category goes with which earlier one."""
    was = lists.was.get(name, {})
    pairs = [(new, value) for value in values for new in sorted(_present_categories(value, was, frozenset(values)))]
    named = {new for new, _ in pairs}
    if not named <= set(now):
        raise CategoriesChanged(name)
    pairs.extend((value, _NONE) for value in now if value not in named)
    return Link(pl.DataFrame(pairs, schema={name: pl.String, version: pl.String}, orient="row"))


def _present_categories(
    value: str, was: Mapping[str, Values], before: frozenset[str], visited: frozenset[str] = frozenset()
) -> set[str]:
    """Return the present categories of a category of an earlier list, perhaps after several changes.

    A list that has all categories that one became was made after that change.
    """
    if value not in was or value in visited or (value in was[value] and before.issuperset(was[value])):
        return {value}
    return set().union(*(_present_categories(later, was, before, visited | {value}) for later in was[value]))


def earlier_links(earlier: Sequence[Dimension], matched: Matched, private: Collection[str]) -> list[Link]:
    """Return what earlier releases took as known, with present names.

    Without earlier versions of lists.

    Args:
        private: Dependencies that are declared unknown to anybody; a family that holds one is left out.
    """
    secret = [{*dependency.partition(":")[0].split(","), dependency.partition(":")[2]} for dependency in private]
    links = []
    for family in dict.fromkeys(dimension.family for dimension in earlier if dimension.family):
        table = pl.DataFrame(family.combinations, schema=dict.fromkeys(family.columns, pl.String), orient="row")
        current = [name for name in family.columns if _VERSION not in name]
        if len(current) > 1 and not any(
            names <= {matched.names.get(name, name) for name in current} for names in secret
        ):
            renamed = table.select(current).unique().rename({name: matched.names.get(name, name) for name in current})
            links.append(Link(renamed))
    return links


def redeclare(
    publications: Iterable[Publication], columns: Mapping[Dimension, str], families: Mapping[str, Family]
) -> tuple[Publication, ...]:
    """Return earlier releases with the names and families of the present columns; their numbers stay."""

    def dimension_of(dimension: Dimension) -> Dimension:
        name = columns[dimension]
        return replace(dimension, name=name, title=name, family=families.get(name))

    def table_of(table: Released) -> Released:
        names = {dimension.name: columns[dimension] for dimension in table.spec.dimensions}
        disclosure = replace(
            table.spec.disclosure,
            sensitive=tuple(map(dimension_of, table.spec.disclosure.sensitive)),
            only=tuple((names[name], category) for name, category in table.spec.disclosure.only),
        )
        dimensions = tuple(map(dimension_of, table.spec.dimensions))
        spec: TableSpec = replace(table.spec, dimensions=dimensions, disclosure=disclosure)
        return replace(table, frame=table.frame.rename(names), spec=spec)

    return tuple(replace(publication, tables=tuple(map(table_of, publication.tables))) for publication in publications)
