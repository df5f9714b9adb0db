"""Which kind of delivery a file is, by its header and not by its name."""

from collections.abc import Sequence

from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from transforms.intake.delivery import SEPARATOR, SEPARATOR_LINE
from transforms.intake.text_files import LineUnreadable, NotText, decode_text, records
from transforms.intake.workbooks import is_workbook

_LEAST_SHARED_PCT = 50
"""Share of the columns of a source (0-100) that a header must have to be taken for a wrong delivery of it."""


_SEARCHED = 1 << 16
"""Bytes from the top among which the header is sought."""


def recognise(content: bytes) -> SourceSpec | None:
    """Return the source of which a file has most columns, and at least half; None if none or several are as near.

    A header that is wrong in a column is still of its source, so that the error can say which columns it needs.
    """
    headers = _headers(content)
    shares = {source: _shared(headers, source) for source in SOURCES}
    best = max(shares.values())
    nearest = [source for source, share in shares.items() if share == best]
    return nearest[0] if len(nearest) == 1 and 100 * best >= _LEAST_SHARED_PCT else None


def top_of(content: bytes) -> bytes:
    """Return the first lines of a file, whole: a letter of two bytes is never cut, and a workbook neither."""
    if len(content) <= _SEARCHED or is_workbook(content):
        return content
    end = max(content.rfind(b"\n", 0, _SEARCHED), content.rfind(b"\r", 0, _SEARCHED))
    return content[:end] if end > 0 else content  # a first line that is longer


def _headers(content: bytes) -> Sequence[str]:
    """Return the headers of a file, in lower case; none if it is no text, or begins with a line that is too long."""
    try:
        for record in records(decode_text(top_of(content)), SEPARATOR):
            if not record.is_empty and not SEPARATOR_LINE.fullmatch(SEPARATOR.join(record.cells).strip()):
                return [cell.strip().casefold() for cell in record.cells]
    except (NotText, LineUnreadable):
        pass  # the reader says what it is
    return ()


def _shared(headers: Sequence[str], source: SourceSpec) -> float:
    """Return the share (0-1) of the columns that a header and a source have in common, of all that either has."""
    declared = {column.header.casefold() for column in source.columns}
    needed = {column.header.casefold() for column in source.columns if not column.may_be_absent}
    given = {header for header in headers if header}
    return len(given & declared) / len(needed | given)
