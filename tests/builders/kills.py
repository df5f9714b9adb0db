"""What SIGKILL leaves of a work folder, at every file-system event of a command or at some of them.

A killed process leaves what it had written, and its locks go. So the state after a kill before event n is the work
folder as it is before event n: one run gives all of them. Files are linked, not copied: ours are replaced by rename.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.release.publication import MANIFEST, SIGNED_FILES
from flows.rights.exercise import exercise_right
from flows.runs.person_index import holdings
from flows.workfolder.files import _TEMPORARY
from flows.workfolder.home import Home, read_run, waiting_run_ids
from schemas.rights import Right

_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_watchers: list[Callable[[], None]] = []
_roots: list[str] = []


def _hook(event: str, args: tuple) -> None:
    if not _watchers or not (event in _CHANGES or (event == "open" and (args[2] or 0) & _WRITES)):
        return
    folder = next((one for one in args[1:] if event in {"os.remove", "os.rmdir", "os.mkdir"} and one != -1), -1)
    name = os.fsdecode(args[0]) if isinstance(args[0], str | bytes | os.PathLike) else ""
    if event in {"os.remove", "os.rmdir"} and folder != -1:
        name = str(Path(f"/proc/self/fd/{folder}").readlink() / name)
    if name.startswith(_roots[-1] + "/") and not name.startswith(f"{_roots[-1]}/prefect"):
        watcher, root = _watchers.pop(), _roots.pop()  # what the watcher does itself is no event
        try:
            watcher()
        finally:
            _watchers.append(watcher)
            _roots.append(root)


sys.addaudithook(_hook)


@contextmanager
def at_events(root: Path, act: Callable[[int], None]) -> Iterator[None]:
    """Call `act` with the number of the event before each event below a folder."""
    seen = 0

    def watcher() -> None:
        nonlocal seen
        seen += 1
        act(seen)

    _watchers.append(watcher)
    _roots.append(str(root))
    try:
        yield
    finally:
        _watchers.pop()
        _roots.pop()


@contextmanager
def states_kept(home: Home, states: Path, *, every: int) -> Iterator[None]:
    """Keep the work folder in `states/NUMBER` before n-th event of what runs in the block."""

    def keep(number: int) -> None:
        if number % every == 0:
            ignored = shutil.ignore_patterns("prefect")
            shutil.copytree(home.root, states / f"{number:05}", copy_function=os.link, ignore=ignored)

    states.mkdir()
    with at_events(home.root, keep):
        yield


def found_after(home: Home, state: Path, target: Path) -> Home:
    """A work folder as the next command finds it after that kill."""
    shutil.copytree(state, target, copy_function=os.link, dirs_exist_ok=True)
    for path in (target / "sleutels.toml", *target.glob("runs/*/run.json")):
        text = path.read_text().replace(str(home.root), str(target))
        path.unlink()  # it is a link to the file of the state
        path.write_text(text)
    return Home(target).make()


def killed(*_: object, **__: object) -> None:
    """Stand in for a function that a process was killed before."""
    raise KeyboardInterrupt


def temporaries(root: Path) -> list[Path]:
    """What writers that were killed left."""
    return [path for path in root.rglob(".*") if _TEMPORARY.match(path.name)]


def require_right(home: Home, state: Path, target: Path, right: Right, somebody: str) -> Home:
    """The work folder after a kill: what waits is whole, a right is exercised at once, and nothing is left over."""
    after = found_after(home, state, target)
    for run_id in waiting_run_ids(after):
        pending = read_run(after, run_id).pending
        listed = json.loads((pending / MANIFEST).read_bytes())["files"]
        assert {path.name for path in pending.iterdir()} - set(SIGNED_FILES) == listed.keys()
    done = exercise_right(after, right, somebody)
    assert done.damaged == ()
    assert done.letter.is_file()
    assert temporaries(after.root) == []
    assert right is not Right.ERASE or holdings(after, somebody) == ([], 0, ())
    return after
