"""The files of a delivery folder: which is which, and each as a delivery of ours."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import polars as pl

from flows.workfolder import inbox
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from flows.workfolder.mapping import Mappings, mappings_of
from pia.checks.lines import count_lines, count_rows, count_sheet_rows
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    BestandsanalyseError,
    DeliveryFolderEmpty,
    DeliveryFolderMissing,
    DeliveryMissing,
    DeliveryUndeclared,
    InboxNotErased,
    SeveralFiles,
    UnexpectedFiles,
)
from schemas.sources import SOURCES
from schemas.specs import Profile, SourceSpec
from schemas.states import Delivered
from transforms.intake.control import require_totals
from transforms.intake.delivery import drop_lines, persons_on_lines, read_delivery, require_all_rows
from transforms.intake.mapping.apply import Mapped, apply, require_all_lines
from transforms.intake.mapping.declaration import FileMapping
from transforms.intake.mapping.lines import lines_about, share_of_columns
from transforms.intake.recognition import top_of
from transforms.intake.sheet_parts import WorkbookUnreadable, mentions
from transforms.intake.text_files import Record
from transforms.intake.workbooks import LOST, is_workbook, sheet_names, sheet_records, write_workbook
from transforms.persons.exclusion import drop_lines_of_person

_Known = tuple[SourceSpec, FileMapping | None]
"""What a file is: its source, and how it becomes a delivery of it."""
_LEAST_SHARE = 0.5
"""Share of the columns of a mapping that a file must have to be taken for a file of it."""


@dataclass(frozen=True, eq=False)
class DeliveryFile:
    """One file as it was delivered, and as a delivery of ours.

    Attributes:
        name: Its name in the folder.
        whole: Its bytes.
        content: The delivery; of a file without a mapping, the same bytes.
        mapping: How it became one; None if it is one.
    """

    source: SourceSpec
    name: str
    whole: bytes
    content: bytes
    mapping: FileMapping | None = None
    mapped: Mapped | None = None

    @property
    def rows(self) -> int:
        """Rows on its lines, counted by code that is independent of the reader; of a mapped file, lines with a row."""
        if self.mapping is None or self.mapped is None:
            return count_rows(self.content)
        beside = {*self.mapped.above, *self.mapped.aside, *self.mapped.totals}
        return _lines_of(self.whole, self.mapping) - len(beside) - 1


def find_files(folder: Path, mappings: Mappings, profile: Profile) -> dict[str, tuple[Path, FileMapping | None]]:
    """Return the file of every source that the municipality delivers, with its mapping, by id of the source.

    A file with our name is a delivery of ours unless a mapping fits it; any other one is known by the mappings that
    fit its header. One file may hold two deliveries.

    Raises:
        DeliveryFolderMissing, DeliveryFolderEmpty, DeliveryMissing, UnexpectedFiles: As named; nothing was read, or
            headers only.
        DeliveryUndeclared: A file holds what the municipality declares not to deliver.
        SeveralFiles: Two files hold the same delivery.
    """
    if not folder.is_dir():
        raise DeliveryFolderMissing
    found: list[tuple[SourceSpec, Path, FileMapping | None]] = []
    unexpected = 0
    paths = files_in(folder)
    if not paths:
        raise DeliveryFolderEmpty
    for path in paths:
        sources = sources_of(path, mappings.files)
        unexpected += not sources
        found += [(source, path, mapping) for source, mapping in sources]
    counted = Counter(source.id for source, _, _ in found)
    for source in SOURCES:
        if source.id in profile.absent and counted[source.id]:
            raise DeliveryUndeclared(source.id)
        if source.id not in profile.absent and not counted[source.id]:
            raise DeliveryMissing(source.id)
        if counted[source.id] > 1:
            raise SeveralFiles(source.file_name, counted[source.id])
    if unexpected:
        raise UnexpectedFiles(unexpected)
    return {source.id: (path, mapping) for source, path, mapping in found}


def files_in(folder: Path) -> list[Path]:
    """Return the files of a delivery folder by name, but for `levering.toml`; a name with a dot in front is none."""
    return sorted(path for path in folder.iterdir() if path.name != CONTROL_FILE and not path.name.startswith("."))


def sources_of(path: Path, mappings: Sequence[FileMapping]) -> list[_Known]:
    """Return the sources of one file of a folder, each with its mapping; none if it is not known.

    A file that misses a column of a mapping is still known by the others, so that the error can say which.
    """
    content = _top(path)
    shares = {mapping: share_of_columns(content, mapping) for mapping in mappings}
    least = max(_LEAST_SHARE, *shares.values()) if shares else 1
    fitting: list[_Known] = [(mapping.source, mapping) for mapping in _widest(shares, least)]
    ours: list[_Known] = [(source, None) for source in SOURCES if source.file_name == path.name]
    return ours if ours and least < 1 else fitting or ours


def _top(path: Path) -> bytes:
    """Return the first lines of a file, or the whole workbook; nothing if it cannot be read: the reader says why."""
    with suppress(BestandsanalyseError):
        return top_of(inbox.read_bounded(path, ""))
    return b""


def _widest(shares: Mapping[FileMapping, float], least: float) -> list[FileMapping]:
    """Return the mappings that fit a file, of each source those with most columns: an older form may lack some."""
    fitting = [mapping for mapping, share in shares.items() if share >= least]
    most = {mapping.source: 0 for mapping in fitting}
    for mapping in fitting:
        most[mapping.source] = max(most[mapping.source], len(mapping.read))
    return [mapping for mapping in fitting if len(mapping.read) == most[mapping.source]]


def read_file(source: SourceSpec, path: Path, mapping: FileMapping | None) -> DeliveryFile:
    """Read one file, and make a delivery of it.

    Raises:
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: As named; the file is left as it is.
        WrongEncoding, UnreadableLine, WorkbookRefused, MappedHeaderMissing: It does not go with its mapping.
    """
    content = inbox.read_bounded(path, source.id)
    if mapping is None:
        return DeliveryFile(source, path.name, content, content)
    return map_file(path.name, content, mapping)


def map_file(name: str, content: bytes, mapping: FileMapping) -> DeliveryFile:
    """Return a file as the delivery that its mapping makes of it; raise as `read_file`."""
    mapped = apply(content, mapping)
    return DeliveryFile(mapping.source, name, content, mapped.content, mapping, mapped)


def _lines_of(content: bytes, mapping: FileMapping) -> int:
    """Return the lines or rows of a file that hold something, counted by code that is independent of the reader."""
    return count_sheet_rows(content, mapping.sheet) if is_workbook(content) else count_lines(content, mapping.separator)


def read_rows(file: DeliveryFile, control: Control) -> Delivered:
    """Return the rows of one delivery, after counting them by another path and against what its supplier stated.

    Raises:
        DeliveryError, UnknownColumn, WrongColumns: The file as a whole is not as agreed.
        RowsLost, TotalsDiffer: It has other rows than were counted, or than its supplier says.
    """
    if file.mapping and file.mapped:
        require_all_lines(file.mapped, _lines_of(file.whole, file.mapping), file.source)
    delivered = read_delivery(file.content, file.source)
    require_all_rows(delivered, count_rows(file.content), file.source)
    require_totals(control, file.whole, delivered, file.rows, file.source)
    return delivered


def erase_from_inbox(home: Home, bsn: str) -> int:
    """Write the files in the inbox anew without the lines about one person; return how many lines those were.

    Raises:
        InboxNotErased: Some files cannot be read as agreed and were left as they are; all others were done.
        MappingUnusable: The declaration in the work folder cannot be read; nothing was done.
    """
    mappings = mappings_of(home)
    removed: list[tuple[str, int | None]] = []
    unknown = 0
    for path in files_in(home.inbox):
        sources = sources_of(path, mappings.files)
        unknown += not sources
        if any(mapping and is_workbook(_top(path)) for _, mapping in sources):
            read = [mapping for _, mapping in sources if mapping]
            removed.append((read[0].source.file_name, _erase_from_workbook(path, read, bsn)))
        else:
            removed += [(source.file_name, _erase(path, source, mapping, bsn)) for source, mapping in sources]
    if any(lines for _, lines in removed):
        # Its totals no longer hold for these files.
        (home.inbox / CONTROL_FILE).unlink(missing_ok=True)
    unread = tuple(name for name, lines in removed if lines is None)
    if unread or unknown:
        raise InboxNotErased(unread, unknown)
    return sum(lines or 0 for _, lines in removed)


def _erase(path: Path, source: SourceSpec, mapping: FileMapping | None, bsn: str) -> int | None:
    """Erase a person from one file, and return the number of lines; None if the file cannot be read."""
    with suppress(BestandsanalyseError):
        content = inbox.read_bounded(path, source.id)
        if mapping is None:
            remaining = drop_lines_of_person(content, source, bsn)
        else:
            remaining = drop_lines(content, lines_about(content, mapping, bsn))
        if remaining != content:
            write_private(path, remaining)
        return len(content.splitlines()) - len(remaining.splitlines())
    return None


def _erase_from_workbook(path: Path, mappings: Sequence[FileMapping], bsn: str) -> int | None:
    """Erase a person from all sheets of a workbook, and write it anew; return the rows, or None if that cannot be done.

    It cannot if a cell is an error or has no outcome. Of a sheet that no mapping reads, a row with the BSN in any cell
    is about the person. The sheets keep their names and the texts of their cells, and nothing else.
    """
    with suppress(BestandsanalyseError, WorkbookUnreadable):
        content = inbox.read_bounded(path, "")
        names = sheet_names(content)
        by_sheet = {name: [one for one in mappings if (one.sheet or names[0]) == name] for name in names}
        sheets = {name: sheet_records(content, name) for name in names}
        about = {
            name: set[int]().union(*(lines_about(content, one, bsn) for one in by_sheet[name]))
            if by_sheet[name]
            else _rows_with(rows, bsn)
            for name, rows in sheets.items()
        }
        if any(cell == LOST for rows in sheets.values() for row in rows for cell in row.cells):
            return None  # it may be the BSN, which is still in the file
        if any(about.values()) or mentions(content, bsn):
            left = {name: [row for row in rows if row.line not in about[name]] for name, rows in sheets.items()}
            write_private(path, write_workbook(left))
        return sum(map(len, about.values()))
    return None


def _rows_with(rows: Sequence[Record], bsn: str) -> set[int]:
    """Return the rows of which a cell stands for a BSN, however it is written."""
    nobody = pl.Series([""] * len(rows), dtype=pl.String)
    persons = persons_on_lines(nobody, [row.cells for row in rows])
    return {row.line for row in compress(rows, persons.list.contains(bsn))}
