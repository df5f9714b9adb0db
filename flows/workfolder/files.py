"""Files and folders that are written in one step, most of them readable by their owner only."""

import io
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_TEMPORARY = re.compile(r"^\..+\.[0-9a-f]{8}$")


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can open, and its missing parents."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(path: Path, content: bytes) -> None:
    """Write a 0600 file at once or not at all."""
    with new_private_file(path) as file:
        file.write(content)


@contextmanager
def new_private_file(path: Path) -> Iterator[BinaryIO]:
    """Open a 0600 file that is there at once or not at all: temporary file, fsync, rename, fsync of the folder.

    It can be read back before it is closed. If anything goes wrong with it, nothing of it is left.
    """
    temporary = _temporary(path)
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except Exception:  # a full medium, say
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def open_or_empty(path: Path) -> BinaryIO:
    """Open a file for reading; an empty one if there is none, for readers that refuse both."""
    return path.open("rb") if path.is_file() else io.BytesIO()


def write_folder(folder: Path, files: Mapping[str, bytes], *, is_private: bool = True) -> None:
    """Make a folder with these files at once or not at all.

    Args:
        is_private: Only its owner can open it, and it takes the place of one of that name. An open one never takes
            that of one with something in it.

    Raises:
        OSError: It cannot be written; nothing of it is left.
    """
    temporary = _temporary(folder)
    try:
        if is_private:
            make_private(temporary)
        else:
            temporary.mkdir(mode=0o755)
        for name, content in files.items():
            (write_private if is_private else _write_open)(temporary / name, content)
        if is_private:
            remove_folder(folder)
        temporary.rename(folder)
    except BaseException:  # Ctrl-C, too
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(folder.parent)


def _write_open(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_folder(folder: Path) -> None:
    """Remove a folder in one step: it is renamed first, so that no half of it is taken for the whole."""
    with suppress(FileNotFoundError):
        temporary = _temporary(folder)
        folder.rename(temporary)
        sync_folder(folder.parent)
        shutil.rmtree(temporary)


def sweep(folder: Path) -> None:
    """Remove what killed writers left in a folder; the caller must hold the lock of its writers."""
    for path in folder.glob(".*"):
        if not _TEMPORARY.match(path.name) or path.is_symlink():
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file():
            path.unlink()


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def is_there(path: Path) -> bool:
    """Return whether something lies at a path; True if that may not be looked up."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folders
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def lock_file(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock on a file; another process waits. The lock ends with the process, however it ends.

    Raises:
        BlockingIOError: Another process has it, and `wait` is False.
    """
    import fcntl  # POSIX only; what a researcher does on Windows locks nothing

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
