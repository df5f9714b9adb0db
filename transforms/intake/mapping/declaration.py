"""What a mapping declares: which file of a supplier is which delivery, column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from schemas.errors import MappingUnusable
from schemas.fields import BSN
from schemas.sources import SOURCES
from schemas.specs import Column, SourceSpec, Treatment
from transforms.intake.mapping.forms import FORMS

FILE, SOURCE, SEPARATOR_KEY, SHEET, TOTALS, ONLY_WITH = "bestand", "bron", "scheiding", "blad", "totaal", "alleen_met"
COLUMNS, FIXED, FORM, CODES, MEASUREMENT = "kolommen", "vast", "vorm", "codes", "meting"
SEPARATORS = (";", ",", "\t", "|")
_MARK = "\ufeff"
"""In front of a text in UTF-8, and in the middle of one that was made of two."""
_TAB = "tab"
"""A word for the separator that nobody sees."""
_KEYS = {SOURCE, SEPARATOR_KEY, SHEET, TOTALS, ONLY_WITH, COLUMNS, FIXED, FORM, CODES, MEASUREMENT}


@dataclass(frozen=True, kw_only=True)
class RowMapping:
    """How a line of a file becomes one row of a delivery.

    Attributes:
        columns: Our header by header of the file, of which capitals do not matter.
        fixed: What stands in a column of ours on every row.
    """

    columns: Mapping[str, str]
    fixed: Mapping[str, str]


@dataclass(frozen=True, eq=False, kw_only=True)
class FileMapping:
    """How one kind of file becomes a delivery.

    Attributes:
        separator: Of a text; a workbook has none.
        sheet: Name of the sheet of a workbook; empty is the first.
        totals: First words, in lower case, of lines that are no rows; a line with a BSN is never one.
        rows: A row per line, or several where a line holds several measurements.
        only_with: Our header of the column without which a measurement was not made; empty if every row is one.
        forms: Forms (`FORMS`) by our header, to be tried in order.
        codes: By our header, what each word of the file means; lower case, and `*` at its end stands for any ending.
    """

    source: SourceSpec
    separator: str
    sheet: str
    totals: Sequence[str]
    rows: Sequence[RowMapping]
    only_with: str
    forms: Mapping[str, Sequence[str]]
    codes: Mapping[str, Mapping[str, str]]

    @property
    def read(self) -> Mapping[str, str]:
        """Our header by header of the file (`header_key`)."""
        return {header_key(header): ours for row in self.rows for header, ours in row.columns.items()}

    def headers_of(self, ours: str) -> Sequence[str]:
        """Return the headers of the file, as declared, of what fills a column of ours."""
        found = [header for row in self.rows for header, name in row.columns.items() if name == ours]
        return tuple(dict.fromkeys(found))

    def header_in_file(self, ours: str) -> str:
        """Return what a file calls a column of ours, with ours in brackets; ours alone if the file has none."""
        theirs = " / ".join(self.headers_of(ours))
        return f"{theirs} ({ours})" if theirs else ours


def header_key(header: str) -> str:
    """Return what of a header of a file matters: not capitals, nor spaces or the mark of UTF-8 around it."""
    return header.strip().strip(_MARK).strip().casefold()


def parse_mappings(document: Mapping[str, Any]) -> tuple[FileMapping, ...]:
    """Return the mappings of a declaration, one per kind of file.

    Raises:
        MappingUnusable: It says something that a mapping cannot say; the error names keys and columns of ours and the
            number of the file, and quotes nothing.
    """
    records = document.get(FILE)
    if document.keys() != {FILE} or not isinstance(records, list) or not records:
        raise MappingUnusable(f"has no [[{FILE}]], or has something else beside them")
    return tuple(_file(record, f"in [[{FILE}]] number {number}") for number, record in enumerate(records, start=1))


def _file(record: Any, where: str) -> FileMapping:  # noqa: ANN401 - TOML
    """Return one file of a declaration; raise `MappingUnusable` if it says what it cannot."""
    if not isinstance(record, dict) or record.keys() - _KEYS:
        raise MappingUnusable(f"has another key than {', '.join(sorted(_KEYS))}, {where}")
    source = next((source for source in SOURCES if source.id == record.get(SOURCE)), None)
    if source is None:
        raise MappingUnusable(f"has no {SOURCE} that is one of {', '.join(s.id for s in SOURCES)}, {where}")
    separator, totals = record.get(SEPARATOR_KEY, ";"), record.get(TOTALS, [])
    separator = "\t" if separator == _TAB else separator
    if separator not in SEPARATORS:
        raise MappingUnusable(f'has a {SEPARATOR_KEY} that is not ";", ",", "|" or "{_TAB}", {where}')
    if not isinstance(sheet := record.get(SHEET, ""), str):
        raise MappingUnusable(f"has a {SHEET} that is no name of a sheet, {where}")
    if not _are_words(totals):
        raise MappingUnusable(f'has a {TOTALS} that is no list of words, such as ["totaal"], {where}')
    rows = _rows(record, source, where)
    only_with = record.get(ONLY_WITH, "")
    if only_with != "" and (MEASUREMENT not in record or not all(only_with in row.columns.values() for row in rows)):
        raise MappingUnusable(f"has {ONLY_WITH} without a column for it in every [[{FILE}.{MEASUREMENT}]], {where}")
    return FileMapping(
        source=source,
        separator=separator,
        sheet=sheet,
        totals=[word.casefold() for word in totals],
        rows=rows,
        only_with=only_with,
        forms=_forms(record.get(FORM, {}), source, where),
        codes=_codes(record.get(CODES, {}), source, where),
    )


def _rows(record: Mapping[str, Any], source: SourceSpec, where: str) -> tuple[RowMapping, ...]:
    """Return a mapping per row that a line holds: what all share, with what each measurement adds."""
    measurements = record.get(MEASUREMENT, [{}])
    if not measurements or not _are_tables(measurements) or any(m.keys() - {COLUMNS, FIXED} for m in measurements):
        raise MappingUnusable(f"has a {MEASUREMENT} without {COLUMNS} and {FIXED}, or with something else, {where}")
    columns, fixed = _columns(record, where), _table(record, FIXED, where)
    if not any(column.header in columns.values() for column in source.columns if column.field is BSN):
        raise MappingUnusable(f"has no column in [{FILE}.{COLUMNS}] for the BSN, {where}")
    rows = []
    named: dict[str, str] = {}
    for measurement in measurements:
        own_columns, own_fixed = _columns(measurement, where), _table(measurement, FIXED, where)
        own = {header_key(header): name for header, name in own_columns.items()}
        shared = {key: name for key, name in own.items() if key in named}
        measured = [record[ONLY_WITH]] if ONLY_WITH in record else [*own.values()]
        if any(name in measured or named[key] != name for key, name in shared.items()):
            raise MappingUnusable(f"reads in two {MEASUREMENT} the same column, {where}")
        named |= own
        if {*map(header_key, columns)} & {*map(header_key, own_columns)} or fixed.keys() & own_fixed.keys():
            raise MappingUnusable(f"names in a {MEASUREMENT} what the file has outside it, {where}")
        rows.append(_row({**columns, **own_columns}, {**fixed, **own_fixed}, source, where))
    return tuple(rows)


def _columns(record: Mapping[str, Any], where: str) -> dict[str, str]:
    """Return our header by header of the file, without spaces around it; raise `MappingUnusable` for one twice."""
    table = _table(record, COLUMNS, where)
    keys = {header_key(header) for header in table}
    if len(keys) < len(table) or "" in keys:
        raise MappingUnusable(f"has {COLUMNS} with a header twice, or with none, {where}")
    return {header.strip(): ours for header, ours in table.items()}


def _row(columns: dict[str, str], fixed: dict[str, str], source: SourceSpec, where: str) -> RowMapping:
    """Return the mapping of a row; raise `MappingUnusable` unless it fills a row of this source."""
    ours = {column.header: column for column in source.columns}
    filled = [*columns.values(), *fixed]
    _require_known(filled, ours, where)
    unread = [name for name in filled if ours[name].field.treatment is Treatment.UNREAD]
    if unread:
        raise MappingUnusable(f"maps {', '.join(unread)}, which the analysis does not read; leave it out, {where}")
    if len({*filled}) < len(filled) or len({*map(header_key, columns)}) < len(columns):
        raise MappingUnusable(f"fills a column twice, or from the same header, {where}")
    missing = [column.header for column in source.read if column.required and column.header not in filled]
    if missing:
        raise MappingUnusable(f"fills no {', '.join(missing)}, which every row has, {where}")
    if _is_excluded(fixed, source):
        raise MappingUnusable(f"reads what the analysis has no reason to read; leave that measurement out, {where}")
    return RowMapping(columns=columns, fixed=fixed)


def _is_excluded(fixed: Mapping[str, str], source: SourceSpec) -> bool:
    """Return whether a rule of the source keeps out every row with these values."""
    if source.excluded is None:
        return False
    row = {column.field.name: [fixed.get(column.header)] for column in source.columns}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String))
    return bool(frame.select(source.excluded.fill_null(False)).item())


def _forms(table: Any, source: SourceSpec, where: str) -> dict[str, list[str]]:  # noqa: ANN401 - TOML
    """Return the forms by our header; raise `MappingUnusable` for one that its kind does not have."""
    if not isinstance(table, dict):
        raise MappingUnusable(f"has a {FORM} that is no table, {where}")
    ours = {column.header: column for column in source.columns}
    _require_known(table, ours, where)
    forms = {name: [form] if isinstance(form, str) else form for name, form in table.items()}
    for name, several in forms.items():
        known = FORMS.get(ours[name].field.kind, {})
        if not _are_words(several) or not set(several) <= known.keys():
            raise MappingUnusable(f"has a {FORM} of {name} that is not one of {', '.join(known) or 'none'}, {where}")
    return forms


def _codes(table: Any, source: SourceSpec, where: str) -> dict[str, dict[str, str]]:  # noqa: ANN401 - TOML
    """Return the words by our header; raise `MappingUnusable` for a code that the field does not have."""
    if not isinstance(table, dict) or not all(_is_table(words) for words in table.values()):
        raise MappingUnusable(f"has {CODES} that are no tables of texts, {where}")
    ours: dict[str, Column] = {column.header: column for column in source.columns}
    _require_known(table, ours, where)
    for name, words in table.items():
        codes = ours[name].field.codes
        others = {code for code in words.values() if codes is not None and code not in {*codes.values, ""}}
        # Of what the analysis has no reason to read, rows are counted and not read; they are known by their code.
        if codes is not None and not all(_is_excluded({name: code}, source) for code in others):
            raise MappingUnusable(f"has a code of {name} that is not one of {', '.join(codes.values)}, {where}")
    lowered = {name: {word.strip().lower(): code for word, code in words.items()} for name, words in table.items()}
    if any(len(lowered[name]) < len(words) or "" in lowered[name] for name, words in table.items()):
        raise MappingUnusable(f"has {CODES} with a word twice, or with none, {where}")
    return lowered


def _require_known(names: Iterable[str], ours: Mapping[str, Column], where: str) -> None:
    if not set(names) <= ours.keys():
        raise MappingUnusable(f"names a column that the delivery does not have; it has {', '.join(ours)}, {where}")


def _table(record: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    """Return a table of texts, empty if it is not there; raise `MappingUnusable` if it is something else."""
    table = record.get(key, {})
    if not _is_table(table):
        raise MappingUnusable(f"has {key} that is no table of texts, {where}")
    return dict(table)


def _are_tables(records: object) -> bool:
    return isinstance(records, list) and all(isinstance(record, dict) for record in records)


def _are_words(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        isinstance(value, str) and "\n" not in value and "\r" not in value for value in table.values()
    )
