"""Declare the tables that are asked of a file of persons, and what an attacker knows of their columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from schemas.errors import CodesUnusable, NotTogether, UnusableColumn
from schemas.specs import Dimension, DisclosureProfile, Family, TableSpec
from transforms.disclosure.over_time.history import Publication
from transforms.microdata.code_lists import CodeLists, Values, impossible_combinations
from transforms.microdata.dependencies import (
    Dependency,
    Link,
    declared_dependencies,
    dependencies,
    families,
    finer_columns,
    given_link,
    impossible_pairs,
    link,
)
from transforms.microdata.earlier_columns import (
    Matched,
    dimensions_of,
    earlier_links,
    match,
    redeclare,
    require_related,
    versions,
)
from transforms.microdata.persons_file import EMPTY, require_distinct, require_usable, table_of
from transforms.microdata.spelling import place_of


@dataclass(frozen=True)
class Statements:
    """What somebody says of the columns of a file.

    Attributes:
        hierarchies: Columns from fine to coarse, with colons between them.
        private: Dependencies that nobody outside knows, as `fine:coarse`.
        same_as: Per column of the ledger the column of the file that it is.
        new: Columns that are related to none in the ledger.
        lists: Code lists.
    """

    hierarchies: tuple[str, ...] = ()
    private: frozenset[str] = frozenset()
    same_as: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    lists: CodeLists = field(default_factory=CodeLists)


@dataclass(frozen=True)
class Plan:
    """The tables, and what was taken as known to everybody.

    Attributes:
        specs: The tables that are asked.
        earlier: Releases of the ledger in terms of the columns of this file.
        public: Dependencies between columns that the attacker is given.
        excluded: Pairs of columns of which the file shows that some combinations cannot exist; he is given those, too.
        not_judged: What the attacker is not given though somebody may know it, in plain sentences.
        recognised: Columns of the ledger that were recognised by their categories only: earlier and present name.
    """

    specs: tuple[TableSpec, ...]
    earlier: tuple[Publication, ...]
    public: tuple[Dependency, ...]
    excluded: tuple[tuple[str, ...], ...]
    not_judged: tuple[str, ...]
    recognised: tuple[tuple[str, str], ...]


def plan(
    frame: pl.DataFrame,
    by: Sequence[Sequence[str]],
    disclosure: DisclosureProfile,
    publications: Sequence[Publication],
    said: Statements,
) -> Plan:
    """Find out what the columns of some tables have to do with each other and with earlier tables.

    Args:
        frame: A row per record, String columns; null is a category of its own.
        by: The columns of each table.
        publications: Earlier releases.

    Raises:
        UnknownDimension, UnusableColumn: A column is missing or cannot be counted by, or contradicts what was said.
        CodesUnusable, ColumnsUnrelated, CategoriesChanged: The columns do not go with code lists or earlier releases.
        NotTogether, DisclosureFailure: What was said names no column, or there are too many combinations.
    """
    used = list(dict.fromkeys(name for names in by for name in names))
    require_usable(frame, by)
    file = frame.select(pl.all().fill_null(EMPTY))
    earlier = dimensions_of(publications)
    in_file = {name: file.get_column(name).unique().to_list() for name in file.columns}
    matched = match(earlier, in_file, said.same_as, said.new)
    certain = matched.treating_as_missing(_constant_columns(file, matched))
    require_related(used, certain, said.new, said.lists.determines.keys())
    _require_names(said.private, file.columns)
    declared = declared_dependencies(said.hierarchies, file.columns)
    of_ledger = [name for name in matched.names.values() if name in in_file]
    of_lists = [name for name in in_file if name in said.lists.columns]
    said_so = [name for one in declared for name in (*one.fine, one.coarse)]
    counted = list(dict.fromkeys([*used, *said_so, *of_ledger]))
    compared = [*counted, *finer_columns(file, counted)]
    found = dependencies(file, compared, declared, said.private)
    present = _categories([*compared, *of_lists], in_file, said.lists, earlier, matched.names)
    grown = versions(earlier, matched, present, said.lists)
    every: dict[str, Values] = {**present, **grown.categories}
    links = [link(file, one, every) for one in found]
    excluded = impossible_pairs(file, compared, found, said.private, every)
    links += [
        *excluded,
        *_declared_links(said.lists, every),
        *earlier_links(earlier, matched, said.private),
        *grown.links,
    ]
    family = families(links, list(every))
    _require_combinations(file, family)
    specs = tuple(table_of(names, present, family, disclosure) for names in by)
    require_distinct(specs)
    old = redeclare(publications, grown.columns, family)
    pairs = tuple(tuple(one.columns) for one in excluded)
    return Plan(specs, old, tuple(found), pairs, _not_judged(said.private), matched.by_categories)


def _constant_columns(file: pl.DataFrame, matched: Matched) -> set[str]:
    """Earlier columns of which the file does not show how others depend on them: they have one category in it."""
    present = {old: name for old, name in matched.names.items() if name in file.columns}
    return {old for old, name in present.items() if file.get_column(name).n_unique() == 1}


def _require_names(private: Collection[str], columns: Collection[str]) -> None:
    """Raises `NotTogether` if a dependency that is said to be private names no columns of the file."""
    for one in private:
        fine, _, coarse = one.partition(":")
        if not {*fine.split(","), coarse} <= set(columns):
            raise NotTogether("--private names columns of the file as fine:coarse", "Write it as --private buurt:wijk.")


def _categories(
    columns: Sequence[str],
    file: Mapping[str, Sequence[str]],
    lists: CodeLists,
    earlier: Sequence[Dimension],
    names: Mapping[str, str],
) -> dict[str, Values]:
    """All categories per column: declared ones in their order, else those of the file and of earlier releases."""
    before: dict[str, set[str]] = {}
    for dimension in earlier:
        before.setdefault(names[dimension.name], set()).update(dimension.codes.values)
    found: dict[str, Values] = {}
    for name in dict.fromkeys([*columns, *before, *lists.columns]):
        seen = {*file.get(name, ()), *before.get(name, ())}
        if name not in lists.values:
            listed = {value for pair, texts in lists.determines.items() if name == pair[0] for value in texts}
            listed |= {value for pair, texts in lists.determines.items() if name == pair[1] for value in texts.values()}
            found[name] = tuple(sorted(seen | listed, key=place_of))
        elif set(file.get(name, ())) <= {*lists.values[name], EMPTY}:
            found[name] = (*lists.values[name], *({EMPTY} & seen - {*lists.values[name]}))
        else:
            raise CodesUnusable(f"column {name} of the file has a category that its list does not have")
    return found


def _declared_links(lists: CodeLists, categories: Mapping[str, Values]) -> list[Link]:
    """What code lists say of which categories go together."""
    found = [Link(combinations) for combinations in impossible_combinations(lists, categories)]
    for (fine, coarse), texts in lists.determines.items():
        mapping = pl.DataFrame({fine: list(texts), coarse: list(texts.values())})
        found.append(given_link(mapping, Dependency((fine,), coarse, is_declared=True), categories))
    return found


def _require_combinations(file: pl.DataFrame, families: Mapping[str, Family]) -> None:
    """Raises `UnusableColumn`, with how many, if records are in a combination that cannot exist."""
    for family in dict.fromkeys(families.values()):
        names = [name for name in family.columns if name in file.columns]
        if not names:
            continue
        table = pl.DataFrame(family.combinations, schema=dict.fromkeys(family.columns, pl.String), orient="row")
        if against := file.join(table, on=names, how="anti").height:
            raise UnusableColumn(
                ", ".join(names),
                f"go together otherwise than earlier releases and code lists say they can, in {against} records",
            )


def _not_judged(private: Collection[str]) -> tuple[str, ...]:
    """What somebody may know and the attacker is not given."""
    return tuple(
        f"{name} is declared private: nothing is shown about an attacker who knows how one follows from the other."
        for name in sorted(private)
    )
