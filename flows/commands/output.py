"""An output folder that appears at once or not at all."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flows.workfolder.files import write_folder
from schemas.errors import FolderUnusable


def require_new(out: Path) -> None:
    """Stop before any work whose outcome could not be written.

    Raises:
        FolderUnusable: The output folder exists, or the folder that it should lie in does not.
    """
    if out.exists() or out.is_symlink():
        raise FolderUnusable("output", "exists already")
    if not out.absolute().parent.is_dir():
        raise FolderUnusable("output", "has no folder to lie in")


def write_new(out: Path, files: Mapping[str, bytes]) -> None:
    """Write an output folder that everybody may read.

    Raises:
        FolderUnusable: It cannot be written, or came into being meanwhile; nothing is left behind.
    """
    with suppress(OSError):
        write_folder(out.absolute(), files, is_private=False)
        return
    raise FolderUnusable("output", "cannot be written or is full")
