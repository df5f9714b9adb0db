"""The files of `protect` in their folder: those of one run, and never beside tables of another."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from schemas.errors import FolderInUse, FolderUnusable

AUDIT = "audit.json"
"""Lists the tables of a run, so that the next run in the same folder knows them."""


def require_unused(out: Path) -> None:
    """Return if the folder is new or empty, so that nothing in it is overwritten or taken for part of a run.

    Raises:
        FolderInUse: It holds something.
        FolderUnusable: It is no folder, or cannot be looked into.
    """
    if not out.exists() and not out.is_symlink():
        return
    is_empty = None
    with suppress(OSError):
        is_empty = not any(out.iterdir())
    if is_empty is None:
        raise FolderUnusable("output", "is a file, or cannot be looked into")
    if not is_empty:
        raise FolderInUse


def write_together(out: Path, files: Mapping[str, str]) -> None:
    """Write the tables of a run; if that fails, none of them is left.

    Those of an earlier run were not judged together with them, so the two never lie beside each other: each file is
    written beside its place first, then the earlier tables go, and only then the new ones come, after the audit that
    lists them.

    Raises:
        FolderUnusable: The folder cannot be written; of an earlier run there may be less than there was.
    """
    paths: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            paths.append(out / f".{name}.new")
            paths[-1].write_text(text, encoding="utf-8")
        for name in _tables_of_an_earlier_run(out):
            (out / name).unlink(missing_ok=True)
        for name in sorted(files, key=lambda name: name != AUDIT):
            (out / f".{name}.new").replace(out / name)
            paths.append(out / name)
        return
    except OSError:
        pass
    for path in reversed(paths):
        with suppress(OSError):
            path.unlink()
    raise FolderUnusable("output", "cannot be written")


def _tables_of_an_earlier_run(out: Path) -> set[str]:
    """Files that the audit of an earlier run lists."""
    try:
        listed = json.loads((out / AUDIT).read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError, KeyError, TypeError):
        listed = []
    return {name for name in listed if isinstance(name, str) and Path(name).name == name and name.endswith(".csv")}
