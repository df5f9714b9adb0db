"""The delivery folder: every declared file, regular, of a sane size, and nothing else."""

import os
import stat
from pathlib import Path

from flows.files import write_private
from flows.home import Home
from schemas.errors import (
    DeliveryEmpty,
    DeliveryFolderMissing,
    DeliveryIsLink,
    DeliveryMissing,
    DeliveryTooLarge,
    UnexpectedFiles,
)
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from transforms.delivery import read_delivery, without_persons

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


def erased_from_inbox(home: Home, bsn: str) -> None:
    """Write the deliveries that wait in the inbox of a work folder anew without the rows about one person.

    Raises:
        DeliveryError: One is a link, too large or cannot be read; those before it were written.
    """
    for source in SOURCES:
        path = home.inbox / source.file_name
        if path.exists():
            content = read_file(home.inbox, source)
            read_delivery(content, source)  # refuses a file in which the column of the BSN may be another
            write_private(path, without_persons(content, source, {bsn}))


def _open(path: Path) -> int | None:
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
