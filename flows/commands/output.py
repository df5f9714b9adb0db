"""An output folder that appears at once or not at all."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flows.workfolder.files import sync_folder
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


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """All files in one rename.

    Raises:
        FolderUnusable: It cannot be written, or came into being meanwhile; nothing is left behind.
    """
    partial = out.absolute().with_name(f".{out.absolute().name}.partial")
    with suppress(OSError):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o755)
        for name, content in files.items():
            (partial / name).write_bytes(content)
        partial.rename(out)
        sync_folder(out.absolute().parent)
        return
    shutil.rmtree(partial, ignore_errors=True)
    raise FolderUnusable("output", "cannot be written or is full")
