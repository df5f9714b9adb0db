"""Tables asked of a file of persons, and public knowledge of its columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

import polars as pl

from schemas.errors import CodesUnusable, NotTogether, UnknownDimension, UnusableColumn
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
    impossible_pairs,
    link,
    link_of_combinations,
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
    """Statements of the user about the columns of a file.

    Attributes:
        hierarchies: Columns from fine to coarse, with colons between them.
        private: Dependencies that nobody outside knows, as `fine:coarse`.
        same_as: Column of the file per column of the ledger.
        new: Columns that are related to none in the ledger.
        lists: Code lists.
        sensitive: Columns, or `column=category,category`, of which nobody may learn the category of a whole group.
    """

    hierarchies: tuple[str, ...] = ()
    private: frozenset[str] = frozenset()
    same_as: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    lists: CodeLists = field(default_factory=CodeLists)
    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The tables, and what is taken as known to everybody.

    Attributes:
        specs: The tables to make.
        earlier: Releases of the ledger in terms of the columns of this file.
        public: Dependencies between columns that the attacker is given.
        excluded: Pairs of columns with combinations that cannot exist by the file; he is given those, too.
        not_judged: Sentences about knowledge that somebody may have and the attacker is not given.
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
    statements: Statements,
) -> Plan:
    """Declare the tables, and relate their columns to each other and to earlier tables.

    Args:
        frame: A row per record, String columns; null is a category of its own.
        by: The columns of each table.
        publications: Earlier releases.

    Raises:
        UnknownDimension, UnusableColumn: A column is missing, cannot be counted by, or contradicts the statements.
        CodesUnusable, ColumnsUnrelated, CategoriesChanged: The columns do not go with code lists or earlier releases.
        NotTogether, DisclosureFailure: A statement names no column, or there are too many combinations.
    """
    used = list(dict.fromkeys(name for names in by for name in names))
    require_usable(frame, by)
    file = frame.select(pl.all().fill_null(EMPTY))
    earlier = dimensions_of(publications)
    in_file = {name: file.get_column(name).unique().to_list() for name in file.columns}
    matched = match(publications, in_file, statements.same_as, statements.new)
    certain = matched.count_as_missing(_constant_columns(file, matched))
    require_related(used, certain, statements.new, statements.lists.determines.keys())
    _require_names(statements.private, file.columns)
    hierarchies = declared_dependencies(statements.hierarchies, file.columns)
    declared = [dependency for dependency in hierarchies if dependency.name not in statements.private]
    of_ledger = [name for name in matched.names.values() if name in in_file]
    of_lists = [name for name in in_file if name in statements.lists.columns]
    declared_columns = [name for dependency in declared for name in (*dependency.fine, dependency.coarse)]
    counted = list(dict.fromkeys([*used, *declared_columns, *of_ledger]))
    compared = [*counted, *finer_columns(file, counted)]
    present = _categories([*compared, *of_lists], in_file, statements.lists, earlier, matched.names)
    occurring = _occurring(used, in_file, statements.lists, earlier, matched.names)
    sensitive = _sensitive_categories(statements.sensitive, used, present)
    unknown = _unknown_outside(compared, sensitive)
    public = dependencies(file, compared, declared, statements.private, unknown)
    earlier_versions = versions(earlier, matched, present, statements.lists)
    all_categories: dict[str, Values] = {**present, **earlier_versions.categories}
    links = [link(file, dependency, all_categories) for dependency in public]
    excluded = impossible_pairs(file, compared, public, statements.private | unknown, all_categories)
    links += [
        *excluded,
        *_declared_links(statements.lists, all_categories),
        # What an earlier release took as known stays known, of columns that are sensitive now as well.
        *earlier_links(earlier, matched, statements.private),
        *earlier_versions.links,
    ]
    family = families(links, list(all_categories))
    _require_combinations(file, family)
    specs = tuple(
        table_of(names, present, family, disclosure, sensitive=sensitive, occurring=occurring) for names in by
    )
    require_distinct(specs)
    redeclared = redeclare(publications, earlier_versions.columns, family)
    pairs = tuple(tuple(pair.columns) for pair in excluded)
    not_judged = (*_warnings_of_private(statements.private), *_warnings_of_sensitive(sensitive))
    return Plan(specs, redeclared, tuple(public), pairs, not_judged, matched.by_categories)


def _constant_columns(file: pl.DataFrame, matched: Matched) -> set[str]:
    """Return the earlier columns with one category in the file, which shows no dependency on them."""
    present = {old: name for old, name in matched.names.items() if name in file.columns}
    return {old for old, name in present.items() if file.get_column(name).n_unique() == 1}


def _require_names(private: Collection[str], columns: Collection[str]) -> None:
    """Raise `NotTogether` if a private dependency names no columns of the file."""
    for dependency in private:
        fine, _, coarse = dependency.partition(":")
        if not {*fine.split(","), coarse} <= set(columns):
            raise NotTogether("--private names columns of the file as fine:coarse", "Write it as --private buurt:wijk.")


def _sensitive_categories(
    statements: Sequence[str], used: Collection[str], categories: Mapping[str, Values]
) -> dict[str, tuple[str, ...]]:
    """Return the sensitive categories per column: those that are named, or all but the empty one.

    Raises:
        UnknownDimension: No table counts by the column.
        UnusableColumn: It has no such category.
    """
    by_column: dict[str, tuple[str, ...]] = {}
    for statement in statements:
        name, _, listed = statement.partition("=")
        name = name.strip()
        if name not in used:
            raise UnknownDimension(f"--sensitive {name}")
        named = tuple(category.strip() for category in listed.split(",") if category.strip())
        if not set(named) <= set(categories[name]):
            raise UnusableColumn(name, "has not all of the categories that --sensitive names")
        by_column[name] = (*by_column.get(name, ()), *(named or (c for c in categories[name] if c != EMPTY)))
    return {name: listed for name, listed in by_column.items() if listed}


def _unknown_outside(columns: Sequence[str], sensitive: Collection[str]) -> set[str]:
    """Return names of dependencies that nobody may know, as they are what a sensitive column hides.

    That all of a district are in one sensitive category is no code list. What follows from a sensitive column is, such
    as a coarser one: that stays known to everybody.
    """
    unknown = {f"{other}:{own}" for own, other in product(sensitive, columns) if other not in sensitive}
    for *fine, coarse in permutations(columns, 3):
        if 0 < len({*fine, coarse} & set(sensitive)) < 3:
            unknown.add(f"{','.join(fine)}:{coarse}")
    return unknown


def _categories(
    columns: Sequence[str],
    file: Mapping[str, Sequence[str]],
    lists: CodeLists,
    earlier: Sequence[Dimension],
    names: Mapping[str, str],
) -> dict[str, Values]:
    """Return all categories per column.

    Declared ones in their order, else those of the file and of earlier releases.
    """
    before = _counted_before(earlier, names)
    by_column: dict[str, Values] = {}
    for name in dict.fromkeys([*columns, *before, *lists.columns]):
        counted = {*file.get(name, ()), *before.get(name, ())}
        if name not in lists.values:
            by_column[name] = tuple(sorted(counted | lists.named(name), key=place_of))
        elif set(file.get(name, ())) <= {*lists.values[name], EMPTY}:
            by_column[name] = (*lists.values[name], *({EMPTY} & counted - {*lists.values[name]}))
        else:
            raise CodesUnusable(f"column {name} of the file has a category that its list does not have")
    return by_column


def _counted_before(earlier: Sequence[Dimension], names: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the categories of earlier releases per column."""
    before: dict[str, set[str]] = {}
    for dimension in earlier:
        before.setdefault(names[dimension.name], set()).update(dimension.codes.values)
    return before


def _occurring(
    columns: Sequence[str],
    file: Mapping[str, Sequence[str]],
    lists: CodeLists,
    earlier: Sequence[Dimension],
    names: Mapping[str, str],
) -> dict[str, list[str]]:
    """Return the categories per column that nothing but the file names: a reader knows that they are not empty."""
    before = _counted_before(earlier, names)
    return {
        name: sorted({*file[name]} - before.get(name, set()) - lists.named(name), key=place_of)
        for name in columns
        if name in file
    }


def _declared_links(lists: CodeLists, categories: Mapping[str, Values]) -> list[Link]:
    """Return the combinations of categories that code lists allow."""
    links = [Link(combinations) for combinations in impossible_combinations(lists, categories)]
    for (fine, coarse), texts in lists.determines.items():
        mapping = pl.DataFrame({fine: list(texts), coarse: list(texts.values())})
        links.append(link_of_combinations(mapping, Dependency((fine,), coarse, is_declared=True), categories))
    return links


def _require_combinations(file: pl.DataFrame, families: Mapping[str, Family]) -> None:
    """Raise `UnusableColumn`, with how many, if records are in a combination that cannot exist."""
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


def _warnings_of_sensitive(sensitive: Collection[str]) -> tuple[str, ...]:
    """Return a sentence per sensitive column about knowledge that an attacker is not given."""
    return tuple(
        f"{name} is declared sensitive: nothing is shown about an attacker who knows that some of its categories do "
        "not go with those of another column, which nobody may learn of a whole group."
        for name in sensitive
    )


def _warnings_of_private(private: Collection[str]) -> tuple[str, ...]:
    """Return sentences about knowledge that an attacker may have and is not given."""
    return tuple(
        f"{name} is declared private: nothing is shown about an attacker who knows how one follows from the other."
        for name in sorted(private)
    )
