"""Deliveries after a run from the inbox: encrypted in the archive, and gone from the inbox."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from flows.custody.keys import secret_for
from flows.custody.seal import seal, unseal
from flows.custody.secret import Secret
from flows.workfolder.files import make_private, new_private_file, open_or_empty, sync_folder, write_private
from flows.workfolder.home import Home, Run, is_past_term, read_run, run_ids, start_date
from schemas.errors import NotArchived, RetentionPassed
from schemas.sources import RETENTION_MONTHS, SOURCES
from schemas.specs import SourceSpec
from transforms.persons.exclusion import drop_lines_of_person

_READ = "gelezen.json"
_UNFINISHED = "."


def is_from_inbox(run: Run) -> bool:
    """Return whether a run reads the inbox: a folder that the steward names is hers, and is left as it is."""
    return not run.archived and run.deliveries.resolve() == run.home.inbox.resolve()


def keep(run: Run, secret: Secret, source: SourceSpec, permitted: bytes) -> None:
    """Seal a delivery as it was read, apart from the archive for as long as the run may fail.

    Args:
        permitted: What of it may be kept: no line of who is left out or of what may not be read, and no unread field.
    """
    folder = _unfinished(run)
    make_private(folder)
    _write(folder, run.run_id, source, secret, permitted)


def note_read(run: Run, name: str, content: bytes) -> None:
    """Note a whole file of the inbox that was read: by its hash it is known again, and removed with the others."""
    folder = _unfinished(run)
    write_private(folder / _READ, json.dumps({**_read(folder), name: sha256(content).hexdigest()}).encode())


def archive(run: Run) -> None:
    """Move what a run from the inbox has read to the archive, and remove it from the inbox.

    One rename, so that the archive is whole or not there. A file that came into the inbox meanwhile is the next
    delivery, and stays.
    """
    if is_from_inbox(run):
        _unfinished(run).replace(run.home.archive / run.run_id)
        sync_folder(run.home.archive)
        _empty_inbox(run.home, run.home.archive / run.run_id)


def settle(home: Home) -> set[str]:
    """Finish or undo what killed runs left: archives that are not whole, and files of the inbox that are archived.

    Returns:
        Runs of which that could not be done, as what tells of their archive is damaged.
    """
    for name in run_ids(home.archive, _UNFINISHED):
        shutil.rmtree(home.archive / f"{_UNFINISHED}{name}")
    damaged = set()
    for name in run_ids(home.archive):
        try:
            _empty_inbox(home, home.archive / name)
        except (OSError, ValueError, TypeError):
            damaged.add(name)
    return damaged


def _unfinished(run: Run) -> Path:
    return run.home.archive / f"{_UNFINISHED}{run.run_id}"


def _read(folder: Path) -> dict[str, str]:
    """Hashes of the files of the inbox that lie in this folder, and are to be removed from there."""
    path = folder / _READ
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def _empty_inbox(home: Home, folder: Path) -> None:
    for name, digest in _read(folder).items():
        path = home.inbox / name
        if path.is_file() and not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()
    (folder / _READ).unlink(missing_ok=True)


def require_archived(home: Home, run_id: str, today: date) -> None:
    """Return if the deliveries of a run are there and may be read.

    Raises:
        NotArchived: They are not there.
        RetentionPassed: Their term has passed.
    """
    if not (home.archive / run_id).is_dir():
        raise NotArchived
    if is_past_term(start_date(run_id), today):
        raise RetentionPassed(RETENTION_MONTHS)


def archived_files(home: Home, run_id: str) -> Callable[[SourceSpec], bytes]:
    """Return a function that reads an archived delivery of a run.

    That function raises `StagingError` if the delivery is missing or changed.

    Raises:
        NotArchived, RetentionPassed: See `require_archived`.
        KeyDestroyed: The key of the deliveries is destroyed, so that nobody can read them any more.
    """
    require_archived(home, run_id, datetime.now(UTC).date())
    key = secret_for(home, read_run(home, run_id).key_id).derive_key("archive")

    def content(source: SourceSpec) -> bytes:
        with open_or_empty(home.archive / run_id / _name(source)) as file:
            return unseal(file, key=key, bound_to=_bound_to(run_id, source))

    return content


def erase_person(home: Home, run_id: str, secret: Secret, bsn: str) -> None:
    """Write the archived deliveries of a run anew without the lines about one person."""
    content = archived_files(home, run_id)
    for source in SOURCES:
        if (home.archive / run_id / _name(source)).exists():  # a source that was declared later has none
            remaining = drop_lines_of_person(content(source), source, bsn)
            _write(home.archive / run_id, run_id, source, secret, remaining)


def _write(folder: Path, run_id: str, source: SourceSpec, secret: Secret, content: bytes) -> None:
    with new_private_file(folder / _name(source)) as file:
        seal(content, file, key=secret.derive_key("archive"), bound_to=_bound_to(run_id, source))


def _name(source: SourceSpec) -> str:
    return f"{source.id}.enc"


def _bound_to(run_id: str, source: SourceSpec) -> bytes:
    return f"archive/{run_id}/{source.id}".encode()
