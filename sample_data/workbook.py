"""The files of suppliers as one workbook: dates, amounts and numbers as cells of their own kind, a sheet per file."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook

_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EUROS = re.compile(r"€ ([0-9.]+)(?:,([0-9]{1,2}))?")
_NUMBER = re.compile(r"[1-9][0-9]{0,14}|0")
_BSN = re.compile("0[0-9]{8}")
"""A BSN that a workbook takes for a number, so that it loses its zero."""
_SEPARATORS = ";,"
_COVER = "Toelichting"
_NO_CLOCK = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone


def supplier_workbook(files: Mapping[str, bytes]) -> bytes:
    """Return files of suppliers (`sample_data.supplier`) as sheets named after them, behind one that explains."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _NO_CLOCK})
        book.add_worksheet(_COVER).write_string(0, 0, "Verzonnen inwoners")
        day, euros = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "€ #,##0.00"})
        for name, content in files.items():
            sheet = book.add_worksheet(name.removesuffix(".csv"))
            for place, cells in enumerate(_rows(content)):
                for column, cell in enumerate(cells):
                    _write(sheet, (place, column), cell, day, euros)
    return buffer.getvalue()


def _rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    separator = max(_SEPARATORS, key=text.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _write(sheet: Any, place: tuple[int, int], cell: str, day: Any, euros: Any) -> None:  # noqa: ANN401 - xlsxwriter
    """Write a cell as its own kind; what is none of them, such as an impossible day, is text."""
    if (of_day := _day_of(cell)) is not None:
        sheet.write_datetime(*place, datetime.combine(of_day, time()), day)
    elif amount := _EUROS.fullmatch(cell):
        whole, cents = amount.groups(default="")
        sheet.write_number(*place, int(whole.replace(".", "")) + int(cents.ljust(2, "0")) / 100, euros)
    elif _NUMBER.fullmatch(cell) or _BSN.fullmatch(cell):
        sheet.write_number(*place, int(cell))
    elif cell:
        sheet.write_string(*place, cell)


def _day_of(cell: str) -> date | None:
    """Return the day of a text that a workbook would take for one."""
    parts = _DAY.fullmatch(cell)
    if parts is None:
        return None
    day, month, year = parts.group(1, 2, 3) if parts[1] else parts.group(6, 5, 4)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if date(1900, 3, 1) <= found < date(9999, 12, 31) else None
