"""A release folder from outside: what is in it is looked at before anything of it is opened."""

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
"""A release has about 150 files and 5 MB in all."""

_TOLD = 5
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
        VerificationFailed: It does not, or is no folder; what is wrong with which entry. Nothing was opened.
    """
    found = _entries(folder)
    if found is None:
        raise VerificationFailed(("there is no such folder, or it cannot be read",))
    if len(found) > MOST_FILES:
        raise VerificationFailed((f"it holds more than {MOST_FILES} files",))
    problems = list(_problems(found))
    if not problems and sum(one.st_size for one in found.values()) > LARGEST_FOLDER:
        problems = [f"its files are larger than {LARGEST_FOLDER // 1024**2} MB together"]
    if problems:
        raise VerificationFailed(first(problems))


def first(problems: list[str]) -> tuple[str, ...]:
    """The first few, and how many more there are."""
    left = len(problems) - _TOLD
    return (*problems[:_TOLD], *([f"and {left} more"] if left > 0 else []))


def _entries(folder: Path) -> dict[str, os.stat_result] | None:
    """What lies in the folder by name, links not followed; one more than the most is enough."""
    found: dict[str, os.stat_result] = {}
    with suppress(OSError):
        with os.scandir(folder) as entries:
            for entry in entries:
                found[entry.name] = entry.stat(follow_symlinks=False)
                if len(found) > MOST_FILES:
                    break
        return found
    return None


def _problems(found: dict[str, os.stat_result]) -> Iterator[str]:
    for name, facts in sorted(found.items()):
        kind = stat.S_IFMT(facts.st_mode)
        if kind != stat.S_IFREG:
            yield f"{shown_name(name)} is {_KINDS.get(kind, 'no file')}"
        elif facts.st_size > LARGEST_FILE:
            yield f"{shown_name(name)} is larger than {LARGEST_FILE // 1024**2} MB"
