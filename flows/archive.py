"""Deliveries after a run from the inbox: encrypted in the archive, and gone from the inbox."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime

from flows.home import Home, Run, is_past_term, make_private, recorded_run, started, write_private
from flows.inbox import read_file
from flows.keys import secret_for
from flows.secret import Secret
from schemas.errors import NotArchived, RetentionPassed
from schemas.sources import RETENTION_MONTHS, SOURCES
from schemas.specs import SourceSpec
from transforms.delivery import without_person
from transforms.seal import NONCE_BYTES, seal, unseal


def archive(run: Run) -> int:
    """Move the deliveries of the inbox to the archive, all written before any is removed; how many.

    A folder that the steward names is hers: it is left as it is.
    """
    if run.archived or run.deliveries.resolve() != run.home.inbox.resolve():
        return 0
    secret = secret_for(run.home, run.key_id)
    make_private(run.home.archive / run.run_id)
    for source in SOURCES:
        _write(run.home, run.run_id, source, secret, read_file(run.deliveries, source))
    for source in SOURCES:
        (run.deliveries / source.file_name).unlink()
    return len(SOURCES)


def require_archived(home: Home, run_id: str, today: date) -> None:
    """Return if the deliveries of a run are there and may be read.

    Raises:
        NotArchived: They are not there.
        RetentionPassed: Their term has passed.
    """
    if not (home.archive / run_id).is_dir():
        raise NotArchived
    if is_past_term(started(run_id), today):
        raise RetentionPassed(RETENTION_MONTHS)


def archived_files(home: Home, run_id: str) -> Callable[[SourceSpec], bytes]:
    """What gives the bytes of an archived delivery of a run, and raises `StagingError` if it is missing or changed.

    Raises:
        NotArchived, RetentionPassed: See `require_archived`.
        KeyDestroyed: Their key is gone, and so are they.
    """
    require_archived(home, run_id, datetime.now(UTC).date())
    key = secret_for(home, recorded_run(home, run_id).key_id).derived("archive")

    def content(source: SourceSpec) -> bytes:
        path = home.archive / run_id / _name(source)
        return unseal(path.read_bytes() if path.is_file() else b"", key=key, bound_to=_bound_to(run_id, source))

    return content


def erased(home: Home, run_id: str, secret: Secret, bsn: str) -> None:
    """Write the archived deliveries of a run anew without the rows about one person."""
    content = archived_files(home, run_id)
    for source in SOURCES:
        _write(home, run_id, source, secret, without_person(content(source), source, bsn))


def _write(home: Home, run_id: str, source: SourceSpec, secret: Secret, content: bytes) -> None:
    nonce, bound_to = os.urandom(NONCE_BYTES), _bound_to(run_id, source)
    sealed = seal(content, key=secret.derived("archive"), nonce=nonce, bound_to=bound_to)
    write_private(home.archive / run_id / _name(source), sealed)


def _name(source: SourceSpec) -> str:
    return f"{source.id}.enc"


def _bound_to(run_id: str, source: SourceSpec) -> bytes:
    return f"archive/{run_id}/{source.id}".encode()
