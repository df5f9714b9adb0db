"""A file of persons of anyone: its columns, and tables of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from types import MappingProxyType

import polars as pl

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, MicrodataUnreadable, UnknownDimension, UnusableColumn
from schemas.names import AANTAL, HIGH, LOW, PERSOON_ID, STATUS, VALUE, WEIGHTED
from schemas.profiles import MINIMUM_CELL
from schemas.specs import TOTAAL, Dimension, DisclosureProfile, Family, TableSpec
from schemas.specs.sums import GEMIDDELDE, GROOTSTE, SOM, TWEEDE
from transforms.disclosure.model.system import MAXIMUM_HIDDEN
from transforms.intake.sheet_parts import WorkbookUnreadable
from transforms.intake.text_files import LineUnreadable, NotText, decode_text, records
from transforms.intake.workbooks import OLD_OR_ENCRYPTED, is_workbook, sheet_cells
from transforms.microdata.columns_as_text import PARQUET, read_parquet
from transforms.microdata.spelling import padding_warnings, spelling_warnings

EMPTY = "(leeg)"
"""Category of the persons for whom a column is empty: they are counted, not dropped."""

_SEPARATORS = ";,\t|"
_RESERVED = {VALUE, STATUS, LOW, HIGH, WEIGHTED, PERSOON_ID, AANTAL, SOM, GROOTSTE, TWEEDE, GEMIDDELDE}
_AMOUNT = r"^-?[0-9]{1,12}([.,][0-9]{1,2})?$"
_OPENING = ("=", "+", "-", "@", ".", "_")
"""Formulas, hidden files, and names that counting uses itself."""

HOUSEHOLD = "_household"
"""Column of the household in records of persons; no column of a file may begin so."""

_ALONE_PCT = 90
"""A column with more categories than this share of the persons identifies persons."""

_MAXIMUM_ROWS = 10 * MAXIMUM_HIDDEN
"""Most rows of a table, rows that nobody can be in among them."""

CENTS = 100


def read_microdata(content: bytes, sheet: str = "") -> pl.DataFrame:
    """Read a file of persons as text; its content says what kind of file it is.

    Args:
        content: The whole file: XLSX, Parquet, or CSV in UTF-8 or Windows-1252 with `;`, comma, tab or `|`.
        sheet: Sheet of a workbook; '' is the first one.

    Returns:
        A row per record in file order, String columns.

    Raises:
        MicrodataUnreadable: None of these, no rows, rows of unequal length, a header twice, or no such sheet.
    """
    if content.startswith(OLD_OR_ENCRYPTED):
        raise MicrodataUnreadable("is an old workbook, or one with a password")
    if is_workbook(content):
        cells = _sheet(content, sheet)
        first = [value or "" for value in cells.row(0)] if cells.height else []
        return _with_header(cells.slice(1), first)
    if sheet:
        raise MicrodataUnreadable("is no workbook, and has no sheets to choose from")
    if content.startswith(PARQUET):
        frame = read_parquet(content)
        return _with_header(frame, frame.columns)
    header, *rows = _lines(content) or [[]]
    places = [str(place) for place in range(len(header))]
    return _with_header(pl.DataFrame(rows, schema=dict.fromkeys(places, pl.String), orient="row"), header)


def _sheet(content: bytes, sheet: str) -> pl.DataFrame:
    """Return the cells of a sheet, the header in the first row, without empty rows and columns.

    In a sheet of one column empty cells among the others stay. Raises `MicrodataUnreadable`.
    """
    try:
        cells = sheet_cells(content, sheet, from_the_top=False)
    except WorkbookUnreadable as error:
        problem = error.problem
    else:
        cells = cells.select(column for column in cells if column.null_count() < len(column))
        if cells.width == 1:
            filled = cells.to_series().is_not_null().arg_true()
            return cells.slice(int(filled[0]), int(filled[-1] - filled[0]) + 1)
        return cells.filter(~pl.all_horizontal(pl.all().is_null())) if cells.width else cells
    raise MicrodataUnreadable(problem)


def _with_header(frame: pl.DataFrame, header: Sequence[str]) -> pl.DataFrame:
    """Return a frame with the names of a header.

    Raises `MicrodataUnreadable` if it is empty or a name is empty or double.
    """
    if not frame.height or not header:
        raise MicrodataUnreadable("is empty, or a header without rows")
    names = [name.strip() for name in header]
    if len(set(names)) < len(names) or "" in names:
        raise MicrodataUnreadable("has a header that is empty or stands there twice")
    return frame.rename(dict(zip(frame.columns, names, strict=True)))


def strip_spaces(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the same frame without spaces around values; empty is null."""
    stripped = pl.all().str.strip_chars()
    return frame.select(pl.when(stripped != "").then(stripped))


def warnings(frame: pl.DataFrame, specs: Sequence[TableSpec]) -> list[str]:
    """Return sentences about categories that may be one but are counted apart, per column to count by.

    Args:
        frame: The values as they stand in the file.
    """
    dimensions = {dimension.name: dimension for spec in specs for dimension in spec.dimensions}
    sentences = []
    for name, dimension in dimensions.items():
        values: set[str] = set(frame.get_column(name).drop_nulls())
        padded = {value.strip() for value in values if value != value.strip()} & values - {""}
        sentences += [*padding_warnings(name, padded), *spelling_warnings(name, dimension.codes.values)]
    return sentences


def _lines(content: bytes) -> list[list[str]]:
    """Return the records that are not empty, all of one length.

    The separator is the one that the header holds most often. A record is a line (`text_files`): with a line break in a
    cell, other persons' rows could be swallowed.
    """
    try:
        text = decode_text(content)
        header = text.lstrip().split("\n", 1)[0]
        rows = [record.cells for record in records(text, max(_SEPARATORS, key=header.count))]
    except NotText as error:
        problem = f"is {error.kind}"
    except LineUnreadable as error:
        problem = f"has a quote in line {error.line} that is not closed there"
    else:
        # An empty line is nothing, except in a file of one column: there it is a person without a value.
        lines = [row or [""] for row in rows] if rows and len(rows[0]) == 1 else [row for row in rows if row]
        if len({len(row) for row in lines}) > 1:
            raise MicrodataUnreadable("has rows that are longer or shorter than its header")
        return lines
    raise MicrodataUnreadable(problem)


def require_usable(frame: pl.DataFrame, by: Sequence[Sequence[str]]) -> None:
    """Raise unless the columns of some tables can be counted by.

    Raises:
        UnknownDimension: A column is missing, or named twice for one table.
        UnusableColumn: The tables use its name or one of its values themselves, or it identifies persons.
    """
    for names in by:
        if not names or len(set(names)) < len(names):
            raise UnknownDimension("--by " + ",".join(names))
        for name in names:
            _require_column(frame, name)


def _require_column(frame: pl.DataFrame, name: str) -> None:
    """Raise unless a column can be counted by."""
    if name not in frame.columns:
        raise UnknownDimension(name)
    if name in _RESERVED or "/" in name or "\\" in name or name.startswith(_OPENING):
        raise UnusableColumn(name, "has a name that the output needs for itself")
    values = frame.get_column(name).unique()
    if 100 * len(values) > _ALONE_PCT * frame.height >= 100 * MINIMUM_CELL:
        raise UnusableColumn(name, "tells persons apart: nearly every value stands there once")
    if (values.str.to_lowercase() == TOTAAL).any():
        raise UnusableColumn(name, "has a category called 'totaal', which is the name of the margin")


def table_of(
    by: Sequence[str],
    categories: Mapping[str, Sequence[str]],
    families: Mapping[str, Family],
    disclosure: DisclosureProfile,
    *,
    sensitive: Mapping[str, Sequence[str]] = MappingProxyType({}),
    occurring: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> TableSpec:
    """Declare a table over some columns.

    Args:
        categories: All categories per column, in order.
        families: Family per column that depends on others.
        sensitive: Categories per column that nobody may learn of a whole group.
        occurring: Categories per column that everybody knows not to be empty.

    Raises:
        DisclosureFailure: It has more cells than can be judged.
    """
    dimensions = tuple(
        Dimension(
            name=name,
            title=name,
            codes=CodeList(id=name, codes=tuple(Code(code=v, label=v) for v in categories[name]), source="microdata"),
            family=family,
            occurring=tuple(occurring.get(name, ())),
        )
        for name, family in ((name, families.get(name)) for name in by)
    )
    if _possible_cells(dimensions) > MAXIMUM_HIDDEN or prod(len(categories[name]) for name in by) > _MAXIMUM_ROWS:
        raise DisclosureFailure("the tables link too many dimensions to judge them together")
    own = tuple(dimension for dimension in dimensions if dimension.name in sensitive)
    only = tuple((dimension.name, category) for dimension in own for category in sensitive[dimension.name])
    # An empty category of a smaller group tells more of each of its persons.
    disclosure = replace(disclosure, sensitive=own, only=only, zeros=bool(own))
    return TableSpec("_x_".join(by), "", "", dimensions, disclosure=disclosure)


def _possible_cells(dimensions: Sequence[Dimension]) -> int:
    """Return the number of cells that anybody can be in.

    Of columns that depend on each other, only combinations that exist count.
    """
    together: dict[str, list[Dimension]] = {}
    for dimension in dimensions:
        together.setdefault(dimension.axis, []).append(dimension)
    return prod(_combinations(columns) for columns in together.values())


def _combinations(columns: Sequence[Dimension]) -> int:
    """Return the number of combinations that columns of one family can have."""
    family = columns[0].family
    if family is None:
        return len(columns[0].codes.values)
    places = [family.columns.index(column.name) for column in columns]
    return len({tuple(combination[place] for place in places) for combination in family.combinations})


def require_distinct(specs: Sequence[TableSpec]) -> None:
    """Raise `UnknownDimension` if two tables would get one name."""
    names = [spec.id for spec in specs]
    if len(set(names)) < len(names):
        raise UnknownDimension("a table of --by")


def persons(
    frame: pl.DataFrame, names: Sequence[str], person: str | None = None, household: str | None = None
) -> pl.DataFrame:
    """Return records with `persoon_id` and the columns to count by; an empty value is a category.

    Args:
        frame: Rows of persons.
        names: Columns to count by.
        person: Column that identifies persons; without it every row is a person.
        household: Column that identifies households, which the records then have as `HOUSEHOLD`.

    Raises:
        UnknownDimension: There is no such column.
        UnusableColumn: It is empty somewhere, or a person has several values in a column to count by, or several
            households.
    """
    if household is not None:
        require_key(frame, household)
    if person is not None:
        require_key(frame, person)
    key = pl.col(person) if person is not None else pl.int_range(pl.len()).cast(pl.String)
    columns = [pl.col(name).fill_null(EMPTY) for name in names]
    if household is not None:
        columns.append(pl.col(household).alias(HOUSEHOLD))
    records = frame.select(key.alias(PERSOON_ID), *columns).unique(maintain_order=True)
    if person is not None and records.get_column(PERSOON_ID).is_duplicated().any():
        columns_held = "a column to count by, or in several households" if household else "a column to count by"
        raise UnusableColumn(person, f"has persons with several values in {columns_held}")
    return records


def require_key(frame: pl.DataFrame, column: str) -> None:
    """Raise unless a column tells of every row whose it is.

    Raises:
        UnknownDimension: There is no such column.
        UnusableColumn: It is empty somewhere.
    """
    if column not in frame.columns:
        raise UnknownDimension(column)
    if frame.get_column(column).null_count():
        raise UnusableColumn(column, "is empty in some rows")


def amounts(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return the frame with a column as amounts in whole hundredths (Int64); empty stays null.

    Raises:
        UnknownDimension: There is no such column.
        UnusableColumn: A value is no amount with at most two decimals, or some are above 0 and others below.
    """
    if column not in frame.columns:
        raise UnknownDimension(column)
    text = frame.get_column(column)
    if not text.drop_nulls().str.contains(_AMOUNT).all():
        raise UnusableColumn(column, "holds something else than amounts with at most two decimals")
    parts = text.str.strip_chars_start("-").str.replace(",", ".", literal=True).str.split_exact(".", 1).struct.unnest()
    cents = parts["field_1"].fill_null("").str.pad_end(2, "0")
    size = parts["field_0"].cast(pl.Int64) * CENTS + cents.cast(pl.Int64)
    signed = pl.select(pl.when(text.str.starts_with("-")).then(-size).otherwise(size)).to_series()
    if (signed > 0).any() and (signed < 0).any():
        raise UnusableColumn(
            column,
            "has amounts above 0 and below 0: they cancel out, so a sum can be small and still show a large one, "
            "and no rule on shares of a sum holds. Add up what belongs together, or make two columns of it",
        )
    return frame.with_columns(signed.alias(column))
