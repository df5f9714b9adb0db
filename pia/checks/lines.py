"""The PIA's own count of lines, from the bytes of a file.

Independent of the reader.
"""

from transforms.intake.workbooks import sheet_facts

_EMPTY = b' \t\x1a"'
_MARK = b"\xef\xbb\xbf"


def count_rows(content: bytes) -> int:
    """Count lines below the header with more on them than separators and spaces.

    Cells and quotes are not parsed, so that a row that another one swallows is counted. A line may end in CR, LF, or
    both.
    """
    lines = _lines(content, b";")
    above = 2 if lines and lines[0].lower().startswith(b"sep=") else 1
    return max(0, len(lines) - above)


def count_lines(content: bytes, separator: str) -> int:
    """Count the lines of a file with more on them than separators and spaces, as `count_rows`; the header too."""
    return len(_lines(content, separator.encode()))


def _lines(content: bytes, separator: bytes) -> list[bytes]:
    nothing = _EMPTY + separator
    return [line for line in content.removeprefix(_MARK).replace(b"\r", b"\n").split(b"\n") if line.strip(nothing)]


def count_sheet_rows(content: bytes, sheet: str) -> int:
    """Count the rows of a sheet with something in a cell, in the parts of a workbook.

    The texts are read by another library (`transforms.intake.workbooks`), which refuses a sheet of which it sees other
    rows; that is what this rests on.

    Args:
        content: A workbook that could be opened.
        sheet: Name; '' is the first sheet.
    """
    facts, _ = sheet_facts(content, sheet)
    return len(facts.filled)
