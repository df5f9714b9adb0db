"""The delivery folder: every declared file, regular, of a sane size, and nothing else."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import polars as pl

from flows.files import write_private
from flows.home import Home, waiting_runs
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
from transforms.delivery import read_delivery, without_persons
from transforms.rights import without

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Largest delivery that is opened: a municipality's file takes a few MB."""


def require_deliveries(folder: Path) -> None:
    """Stop before reading anything when the folder is not as agreed.

    Raises:
        DeliveryFolderMissing, DeliveryMissing, UnexpectedFiles: what its name says.
    """
    if not folder.is_dir():
        raise DeliveryFolderMissing
    expected = {source.file_name for source in SOURCES}
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
    """The bytes of one delivery. Checked on the open file, so that nobody can swap it in between.

    Raises:
        DeliveryIsLink, DeliveryEmpty, DeliveryTooLarge: what its name says; the file is left as it is.
    """
    descriptor = _open(folder / source.file_name)
    if descriptor is None:
        raise DeliveryIsLink(source.id)
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise DeliveryIsLink(source.id)
        if facts.st_size == 0:
            raise DeliveryEmpty(source.id)
        if facts.st_size > MAXIMUM_BYTES:
            raise DeliveryTooLarge(source.id)
        content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise DeliveryTooLarge(source.id)  # it grew while it was read
    return content


def erased_from_inbox(home: Home, bsn: str) -> int:
    """Write the deliveries that wait in the inbox anew without the rows about one person; how many rows those were.

    Raises:
        InboxNotErased: Files cannot be read as agreed, and were left as they are; all others were done.
    """
    there = [source for source in SOURCES if (home.inbox / source.file_name).exists()]
    removed = {source.file_name: _erased(home, source, bsn) for source in there}
    unread = tuple(name for name, rows in removed.items() if rows is None)
    if unread:
        raise InboxNotErased(unread)
    return sum(rows or 0 for rows in removed.values())


def _erased(home: Home, source: SourceSpec, bsn: str) -> int | None:
    with suppress(BestandsanalyseError):
        content = read_file(home.inbox, source)
        rows = read_delivery(content, source)  # refuses a file in which the column of the BSN may be another
        about = rows.height - without(rows, pl.Series([bsn])).height
        if about:
            write_private(home.inbox / source.file_name, without_persons(content, source, {bsn}))
        return about
    return None


def _open(path: Path) -> int | None:
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
