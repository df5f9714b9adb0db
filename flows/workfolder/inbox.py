"""Reading delivery files; links, empty, oversized and undeclared files are refused."""

import os
import stat
from pathlib import Path

from flows.workfolder.declarations import LONGEST
from flows.workfolder.home import Home, waiting_run_ids
from schemas.control import CONTROL_FILE, Control
from schemas.errors import (
    ControlUnreadable,
    DeliveryEmpty,
    DeliveryIsLink,
    DeliveryTooLarge,
    DeliveryUnreadable,
    InboxEmpty,
)
from transforms.intake.control import read_control

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Windows has none of the first two, and follows no link unasked."""

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Largest delivery that is opened; a municipality's file takes a few MB."""


def require_filled(home: Home, folder: Path) -> None:
    """Return unless this is the inbox, and it is empty because its files await the officer in a run.

    Raises:
        InboxEmpty: The inbox is empty and runs wait for the officer; the error names them.
    """
    is_empty = folder.resolve() == home.inbox.resolve() and not any(home.inbox.glob("[!.]*"))
    waiting = waiting_run_ids(home) if is_empty else []
    if waiting:
        raise InboxEmpty(waiting)


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


def _open(path: Path) -> int | None:
    # O_NONBLOCK: opening a named pipe must not wait for a writer.
    try:
        return os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return None
