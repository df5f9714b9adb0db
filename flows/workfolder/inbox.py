"""Reading delivery files; links, empty, oversized and undeclared files are refused."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from flows.workfolder.declarations import LONGEST
from flows.workfolder.files import write_private
from flows.workfolder.home import Home, waiting_run_ids
from pia.checks.lines import count_rows
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    BestandsanalyseError,
    ControlUnreadable,
    DeliveryEmpty,
    DeliveryFolderMissing,
    DeliveryIsLink,
    DeliveryMissing,
    DeliveryTooLarge,
    DeliveryUnreadable,
    InboxEmpty,
    InboxNotErased,
    UnexpectedFiles,
)
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from schemas.states import Delivered
from transforms.intake.control import read_control, require_totals
from transforms.intake.delivery import read_delivery, require_all_rows
from transforms.persons.exclusion import drop_lines_of_person

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Windows has none of the first two, and follows no link unasked."""

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Largest delivery that is opened; a municipality's file takes a few MB."""


def require_deliveries(folder: Path) -> None:
    """Stop before reading anything when the folder is not as agreed.

    Raises:
        DeliveryFolderMissing, DeliveryMissing, UnexpectedFiles: what its name says.
    """
    if not folder.is_dir():
        raise DeliveryFolderMissing
    expected = {CONTROL_FILE, *(source.file_name for source in SOURCES)}
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    for source in SOURCES:
        if source.file_name not in names:
            raise DeliveryMissing(source.id)
    if names - expected:
        raise UnexpectedFiles(len(names - expected))


def require_filled(home: Home, folder: Path) -> None:
    """Return unless this is the inbox, and it is empty because its files await the officer in a run.

    Raises:
        InboxEmpty: The inbox is empty and runs wait for the officer; the error names them.
    """
    is_empty = folder.resolve() == home.inbox.resolve() and not any(home.inbox.glob("[!.]*"))
    waiting = waiting_run_ids(home) if is_empty else []
    if waiting:
        raise InboxEmpty(waiting)


def read_file(folder: Path, source: SourceSpec) -> bytes:
    """Return the bytes of one delivery.

    Raises:
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: what its name says; the file is left as it is.
    """
    return read_bounded(folder / source.file_name, source.id)


def read_control_file(folder: Path) -> tuple[bytes, Control]:
    """Return the supplier's control file of a folder, as bytes and parsed; both are empty if there is none.

    Raises:
        ControlUnreadable: The file has no form that can be checked.
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: As for a delivery.
    """
    path = folder / CONTROL_FILE
    content = read_bounded(path, CONTROL_FILE) if path.is_symlink() or path.exists() else b""
    if len(content) > LONGEST:
        raise ControlUnreadable
    return content, read_control(content)


def read_rows(content: bytes, source: SourceSpec, control: Control) -> Delivered:
    """Return the rows of one delivery, after counting them by another path and against what its supplier stated.

    Raises:
        DeliveryError, UnknownColumn, WrongColumns: The file as a whole is not as agreed.
        RowsLost, TotalsDiffer: It has other rows than were counted, or than its supplier says.
    """
    delivered = read_delivery(content, source)
    rows = count_rows(content)
    require_all_rows(delivered, rows, source)
    require_totals(control, content, delivered, rows, source)
    return delivered


def read_bounded(path: Path, name: str) -> bytes:
    """Return the bytes of one file; checks are made on the open file, so that it cannot be swapped in between.

    Raises:
        DeliveryIsLink, DeliveryUnreadable, DeliveryEmpty, DeliveryTooLarge: what its name says; the file is left as it
            is.
    """
    descriptor = _open(path)
    facts = None if descriptor is None else os.fstat(descriptor)
    if descriptor is None or facts is None or not stat.S_ISREG(facts.st_mode):
        if descriptor is not None:
            os.close(descriptor)
        elif path.is_file() and not path.is_symlink():
            raise DeliveryUnreadable(name)
        raise DeliveryIsLink(name)
    with os.fdopen(descriptor, "rb") as file:
        if facts.st_size == 0:
            raise DeliveryEmpty(name)
        if facts.st_size > MAXIMUM_BYTES:
            raise DeliveryTooLarge(name)
        content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise DeliveryTooLarge(name)  # it grew while it was read
    return content


def erase_from_inbox(home: Home, bsn: str) -> int:
    """Write the deliveries in the inbox anew without the rows about one person; return how many rows those were.

    Raises:
        InboxNotErased: Some files cannot be read as agreed and were left as they are; all others were done.
    """
    present = [source for source in SOURCES if (home.inbox / source.file_name).exists()]
    removed = {source.file_name: _erase(home, source, bsn) for source in present}
    unread = tuple(name for name, rows in removed.items() if rows is None)
    if any(removed.values()):
        # Its totals no longer hold for these files.
        (home.inbox / CONTROL_FILE).unlink(missing_ok=True)
    if unread:
        raise InboxNotErased(unread)
    return sum(rows or 0 for rows in removed.values())


def _erase(home: Home, source: SourceSpec, bsn: str) -> int | None:
    """Erase a person from one delivery, and return the number of rows; None if the file cannot be read."""
    with suppress(BestandsanalyseError):
        content = read_file(home.inbox, source)
        remaining = drop_lines_of_person(content, source, bsn)
        if remaining != content:
            write_private(home.inbox / source.file_name, remaining)
        return len(content.splitlines()) - len(remaining.splitlines())
    return None


def _open(path: Path) -> int | None:
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    try:
        return os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return None
