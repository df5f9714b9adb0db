"""Read the tables of others from CSV, XLSX and data packages, and print what they give away."""

import io
from collections import Counter
from collections.abc import Iterator
from json import JSONDecodeError, loads
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import polars as pl
from cyclopts import Parameter
from cyclopts.validators import Number
from rich.markup import escape
from rich.table import Table

from flows.screen import Screen
from schemas.errors import (
    BrokenDataPackage,
    EmptyTable,
    FindingsMade,
    InspectionPathMissing,
    UnreadableTable,
    UnsupportedTable,
)
from transforms.inspection import RULES, Finding, Given, findings
from transforms.inspection.tables.delivered import as_frame, read_csv

DATA_PACKAGE = "datapackage.json"
_TABLES = (".csv", ".xlsx")
_SEVERITIES = {"high": "hoog", "medium": "midden", "low": "laag"}

Json = dict[str, Any]


def inspect(
    *paths: Path,
    threshold: Annotated[int, Parameter(validator=Number(gte=2))] = 10,
) -> Json:
    """Inspect tables that others made for what they give away of a person; exit code 3 if they do.

    Parameters
    ----------
    paths:
        CSV, XLSX, or folders of these, with or without a datapackage.json.
    threshold:
        Smallest number of persons that may be published.
    """
    tables = list(read_tables(*paths))
    all_findings = findings(tables, threshold=threshold)
    _show(all_findings)
    _show_believed(tables)
    if all_findings:
        raise FindingsMade(len(all_findings)).about(findings=all_findings)
    return {"count": 0, "findings": []}


def read_tables(*paths: Path) -> Iterator[Given]:
    """Yield every table of the given files and folders, in the order given; in a folder by name.

    Raises:
        InspectionPathMissing, UnsupportedTable, UnreadableTable, WrongTableEncoding, EmptyTable,
        BrokenDataPackage: what its name says; no cell is in the message.
    """
    sources = [source for path in paths for source in _sources(path)]
    if not sources:
        raise InspectionPathMissing("-")
    stems = Counter(path.stem for path, _ in sources)
    for path, resource in sources:
        # Files of two folders may have one name, and are subtracted from each other.
        name = path.stem if stems[path.stem] == 1 else f"{path.parent.name}/{path.name}"
        yield from _tables(path, name, resource)


def _sources(path: Path, *, is_needed: bool = True) -> list[tuple[Path, Json]]:
    """Files with their part of the data package, also in folders below; a single file finds the package beside it.

    Args:
        is_needed: Refuse a folder without tables.
    """
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise InspectionPathMissing(path.name)
    resources = _described(folder)
    if path.is_file() and path.name != DATA_PACKAGE:
        return [(path, resources.get(path.resolve(), {}))]
    files = {file.resolve() for file in folder.iterdir() if file.suffix.casefold() in _TABLES and file.is_file()}
    sources = [(file, resources.get(file, {})) for file in sorted(files | resources.keys())]
    own_files = {file for file, _ in sources}
    # A folder below may have a data package of its own; what ours describes there is not read twice.
    sources += [
        source
        for below in _folders(folder)
        for source in _sources(below, is_needed=False)
        if source[0] not in own_files
    ]
    if not sources and is_needed:
        raise InspectionPathMissing(folder.name)
    return sources


def _folders(folder: Path) -> list[Path]:
    """Return the folders directly below, except hidden ones and links, as a link may lead anywhere."""
    below = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    return sorted(path for path in below if not path.name.startswith("."))


def _described(folder: Path) -> dict[Path, Json]:
    """Resources of the folder's data package by file; empty without one.

    A path that is no file below the folder is refused: a package may not point elsewhere.
    """
    package = folder / DATA_PACKAGE
    if not package.is_file():
        return {}
    resources_by_file: dict[Path, Json] = {}
    content = _json(package)
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        raise BrokenDataPackage(folder.resolve().name)
    for resource in resources:
        path = _resource_path(folder, resource.get("path"))
        if path.suffix.casefold() in _TABLES:
            resources_by_file[path] = _checked({"population": content.get("population")} | resource, folder)
    return resources_by_file


def _json(package: Path) -> Any:  # noqa: ANN401 - whatever the file holds; its shape is checked by the caller
    try:
        return loads(package.read_text(encoding="utf-8-sig"))
    except (JSONDecodeError, UnicodeDecodeError, OSError, RecursionError):
        pass  # its text quotes the file
    raise BrokenDataPackage(package.resolve().parent.name)


def _resource_path(folder: Path, declared: object) -> Path:
    path = declared[0] if isinstance(declared, list) and len(declared) == 1 else declared
    is_below = isinstance(path, str) and not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts
    file = (folder / str(path)).resolve()
    if not is_below or not file.is_file() or not file.is_relative_to(folder.resolve()):
        raise BrokenDataPackage(folder.resolve().name)
    return file


def _checked(resource: Json, folder: Path) -> Json:
    sheets = resource.get("sheets", {})
    parts = (resource, *sheets.values()) if isinstance(sheets, dict) else (None,)
    if not all(isinstance(part, dict) and _has_fields(part) for part in parts):
        raise BrokenDataPackage(folder.resolve().name)
    return resource


def _has_fields(resource: Json) -> bool:
    schema = resource.get("schema", {})
    fields = schema.get("fields", []) if isinstance(schema, dict) else None
    return isinstance(fields, list) and all(isinstance(field, dict) and field.get("name") for field in fields)


def _fields(resource: Json) -> list[Json]:
    """Return the columns in a checked description of a table; empty if it describes none."""
    fields: list[Json] = resource.get("schema", {}).get("fields", [])
    return fields


def _tables(path: Path, name: str, resource: Json) -> Iterator[Given]:
    kind = path.suffix.casefold()
    if kind not in _TABLES:
        raise UnsupportedTable(name)
    content = _content(path, name)
    if kind == ".xlsx":
        yield from _workbook(content, name, resource)
        return
    dialect = resource.get("dialect")
    separator = str(dialect.get("delimiter") or "") if isinstance(dialect, dict) else ""
    yield Given(name, read_csv(content, name, separator=separator), resource)


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        pass
    raise UnreadableTable(name)


def _workbook(content: bytes, name: str, resource: Json) -> Iterator[Given]:
    """Yield every sheet with something in it is a table; cells are read as text."""
    sheets = {sheet: cells for sheet, cells in _sheets(content, name).items() if cells.height} if content else {}
    if not sheets:
        raise EmptyTable(name)
    for sheet, cells in sheets.items():
        table = name if len(sheets) == 1 else f"{name}/{sheet}"
        rows = [["" if cell is None else str(cell) for cell in row] for row in cells.iter_rows()]
        yield Given(table, as_frame(rows, table), _of_sheet(resource, sheet))


def _of_sheet(resource: Json, sheet: str) -> Json:
    """Return the description of one sheet: that of the workbook, with the sheet's own part over it if there is one."""
    sheets = resource.get("sheets")
    description = sheets.get(sheet) if isinstance(sheets, dict) else None
    return resource | description if isinstance(description, dict) else resource


def _sheets(content: bytes, name: str) -> dict[str, pl.DataFrame]:
    try:
        return pl.read_excel(
            io.BytesIO(content), sheet_id=0, engine="calamine", has_header=False, infer_schema_length=0,
            raise_if_empty=False, drop_empty_rows=False, drop_empty_cols=False,
        )  # fmt: skip
    except Exception:  # noqa: BLE001, S110 - a broken workbook fails in a library's own ways, and may be quoted
        pass
    raise UnreadableTable(name)


def _show(all_findings: list[Finding]) -> None:
    """Return per rule what it says, what was found, and what would be safe instead."""
    console = Screen()
    for rule in RULES:
        rule_findings = [finding for finding in all_findings if finding.rule == rule.id]
        if rule_findings:
            console.print(f"\n{rule.text} ({rule.id})", style="bold", markup=False, highlight=False)
            console.print(_table(rule_findings))
            for safe in dict.fromkeys(finding.safe for finding in rule_findings):
                console.print(f"  Veilig: {safe}", markup=False, highlight=False)
    conclusion = {0: "Geen bevindingen.", 1: "1 bevinding."}.get(len(all_findings), f"{len(all_findings)} bevindingen.")
    console.print(conclusion if not all_findings else f"\n{conclusion}", highlight=False)


def _show_believed(tables: list[Given]) -> None:
    """Name the columns that a data package calls not sensitive: there, groups were not judged."""
    names = {
        str(field.get("name"))
        for table in tables
        for field in _fields(dict(table.resource))
        if field.get("sensitive") is False
    }
    if names:
        columns = ", ".join(sorted(names))
        sentence = f"Volgens het datapakket niet gevoelig, en niet op groepen beoordeeld: {columns}."
        Screen().print(sentence, markup=False, highlight=False)


def _table(rule_findings: list[Finding]) -> Table:
    table = Table(box=None, padding=(0, 2))
    for header in ("tabel", "rij", "kolom", "ernst", "wat volgt"):
        table.add_column(header, overflow="fold")
    for finding in rule_findings:
        # Cells of somebody else's table are text, and no markup of ours.
        table.add_row(
            *map(escape, (finding.table, finding.row, finding.column, _SEVERITIES[finding.severity], finding.reveals))
        )
    return table
