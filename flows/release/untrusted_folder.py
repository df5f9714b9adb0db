"""Release folders from outside, checked before any file is opened."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flows.screen import shown_name
from schemas.errors import VerificationFailed

MOST_FILES = 1_000
LARGEST_FILE = 16 * 1024 * 1024
LARGEST_FOLDER = 128 * 1024 * 1024
"""Limits in files and bytes; a release has about 150 files and 5 MB in all."""

_MOST_SHOWN = 5
_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def require_plain(folder: Path) -> None:
    """Return if a folder holds regular files of a sane number and size, and nothing else.

    Raises:
        VerificationFailed: It does not, or is no folder; the error says what is wrong with which entry. Nothing was
            opened.
    """
    entries = _entries(folder)
    if entries is None:
        raise VerificationFailed(("there is no such folder, or it cannot be read",))
    if len(entries) > MOST_FILES:
        raise VerificationFailed((f"it holds more than {MOST_FILES} files",))
    problems = list(_problems(entries))
    if not problems and sum(entry.st_size for entry in entries.values()) > LARGEST_FOLDER:
        problems = [f"its files are larger than {LARGEST_FOLDER // 1024**2} MB together"]
    if problems:
        raise VerificationFailed(first_problems(problems))


def first_problems(problems: list[str]) -> tuple[str, ...]:
    """Return the first few problems, and how many more there are."""
    omitted = len(problems) - _MOST_SHOWN
    return (*problems[:_MOST_SHOWN], *([f"and {omitted} more"] if omitted > 0 else []))


def _entries(folder: Path) -> dict[str, os.stat_result] | None:
    """Return the folder's entries by name, links not followed; None if it cannot be read.

    Reading stops at one entry more than a release may have.
    """
    entries: dict[str, os.stat_result] = {}
    with suppress(OSError):
        with os.scandir(folder) as listing:
            for entry in listing:
                entries[entry.name] = entry.stat(follow_symlinks=False)
                if len(entries) > MOST_FILES:
                    break
        return entries
    return None


def _problems(entries: dict[str, os.stat_result]) -> Iterator[str]:
    """Yield a problem for every entry that is no regular file or is too large."""
    for name, facts in sorted(entries.items()):
        kind = stat.S_IFMT(facts.st_mode)
        if kind != stat.S_IFREG:
            yield f"{shown_name(name)} is {_KINDS.get(kind, 'no file')}"
        elif facts.st_size > LARGEST_FILE:
            yield f"{shown_name(name)} is larger than {LARGEST_FILE // 1024**2} MB"
