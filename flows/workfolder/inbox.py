"""The delivery folder: every declared file, regular, of a sane size, and nothing else."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from flows.workfolder.files import write_private
from flows.workfolder.home import Home, waiting_runs
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    BestandsanalyseError,
    DeliveryEmpty,
    DeliveryFolderMissing,
    DeliveryIsLink,
    DeliveryMissing,
    DeliveryTooLarge,
    InboxEmpty,
    InboxNotErased,
    UnexpectedFiles,
)
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from transforms.intake.control import read_control
from transforms.persons.exclusion import drop_lines_of_person

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Largest delivery that is opened: a municipality's file takes a few MB."""


def require_deliveries(folder: Path) -> None:
    """Stop before reading anything when the folder is not as agreed.

    Raises:
        DeliveryFolderMissing, DeliveryMissing, UnexpectedFiles: what its name says.
    """
    if not folder.is_dir():
        raise DeliveryFolderMissing
    expected = {CONTROL_FILE, *(source.file_name for source in SOURCES)}
    found = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    for source in SOURCES:
        if source.file_name not in found:
            raise DeliveryMissing(source.id)
    if found - expected:
        raise UnexpectedFiles(len(found - expected))


def require_filled(home: Home, folder: Path) -> None:
    """Return unless this is the inbox and it is empty because what was in it was read, and waits for the officer.

    Raises:
        InboxEmpty: So it is; the error names the runs that wait.
    """
    is_empty = folder.resolve() == home.inbox.resolve() and not any(home.inbox.glob("[!.]*"))
    waiting = waiting_runs(home) if is_empty else []
    if waiting:
        raise InboxEmpty(waiting)


def read_file(folder: Path, source: SourceSpec) -> bytes:
    """The bytes of one delivery.

    Raises:
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: what its name says; the file is left as it is.
    """
    return _content(folder / source.file_name, source.id)


def control_of(folder: Path) -> tuple[bytes, Control]:
    """What the supplier says of the deliveries in a folder, and the bytes that say so; nothing if nothing is said.

    Raises:
        ControlUnreadable: It says something that cannot be checked.
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: As of a delivery.
    """
    path = folder / CONTROL_FILE
    content = _content(path, CONTROL_FILE) if path.is_symlink() or path.exists() else b""
    return content, read_control(content)


def _content(path: Path, name: str) -> bytes:
    """The bytes of one file. Checked on the open file, so that nobody can swap it in between.

    Raises:
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: what its name says; the file is left as it is.
    """
    descriptor = _open(path)
    if descriptor is None:
        raise DeliveryIsLink(name)
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise DeliveryIsLink(name)
        if facts.st_size == 0:
            raise DeliveryEmpty(name)
        if facts.st_size > MAXIMUM_BYTES:
            raise DeliveryTooLarge(name)
        content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise DeliveryTooLarge(name)  # it grew while it was read
    return content


def erase_from_inbox(home: Home, bsn: str) -> int:
    """Write the deliveries that wait in the inbox anew without the rows about one person; how many rows those were.

    Raises:
        InboxNotErased: Files cannot be read as agreed, and were left as they are; all others were done.
    """
    there = [source for source in SOURCES if (home.inbox / source.file_name).exists()]
    removed = {source.file_name: _erased(home, source, bsn) for source in there}
    unread = tuple(name for name, rows in removed.items() if rows is None)
    if any(removed.values()):
        # What it says of these files holds no longer.
        (home.inbox / CONTROL_FILE).unlink(missing_ok=True)
    if unread:
        raise InboxNotErased(unread)
    return sum(rows or 0 for rows in removed.values())


def _erased(home: Home, source: SourceSpec, bsn: str) -> int | None:
    with suppress(BestandsanalyseError):
        content = read_file(home.inbox, source)
        kept = drop_lines_of_person(content, source, bsn)
        if kept != content:
            write_private(home.inbox / source.file_name, kept)
        return len(content.splitlines()) - len(kept.splitlines())
    return None


def _open(path: Path) -> int | None:
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
