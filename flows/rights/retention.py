"""Retention: removing deliveries, quarantine and indexes, then destroying their keys."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from flows.custody.keystore import Store
from flows.custody.secret import PURPOSE
from flows.custody.store_access import store_of
from flows.registers.audit import Role, record_deed
from flows.runs.archive import settle
from flows.workfolder.files import is_there, remove_folder
from flows.workfolder.home import (
    Home,
    Run,
    find_damaged_runs,
    is_past_term,
    lock_home,
    read_runs,
    run_ids,
    start_date,
)
from schemas.errors import RunUnreadable
from schemas.sources import RETENTION_MONTHS

REASON = "bewaartermijn"


@dataclass(frozen=True)
class Removed:
    """Numbers of what was removed, and ids of destroyed keys.

    Attributes:
        quarantines: Number of runs whose quarantine was removed; `archives` and `indexes` likewise.
        deliveries: Number of files of the inbox.
        keys: Ids of the keys that were destroyed.
        damaged: Ids of runs that could not be judged or removed; while there is one, no key is destroyed.
    """

    quarantines: int
    archives: int
    indexes: int
    deliveries: int
    keys: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """A line for the steward and the log: counts, and ids of keys."""
        folders = f"{self.quarantines} quarantines, {self.archives} archives, {self.indexes} indexes"
        counts = f"{folders}, {self.deliveries} files of the inbox"
        keys = f"keys {', '.join(self.keys)} destroyed" if self.keys else "no key destroyed"
        return f"Past their term of {RETENTION_MONTHS} months and removed: {counts}; {keys}."

    @property
    def damage_warning(self) -> str:
        """A warning about damaged runs, which do not stop a run; empty if there are none."""
        return f"Damaged, and not judged: {', '.join(self.damaged)}." if self.damaged else ""

    def require_judged(self) -> None:
        """Return if every run could be judged; raise `RunUnreadable`, which names the others."""
        if self.damaged:
            raise RunUnreadable(self.damaged, "Everything else past its term was removed; no key was destroyed.")


def apply_retention(home: Home, today: date) -> Removed:
    """Destroy the keys that are due, and then remove what they opened.

    Raises:
        RunInProgress: A run is under way; nothing was removed.
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open; nothing was removed.
        AuditLogDamaged, AuditLogUnknown, ClockDoubtful: See `flows.registers.audit.record_deed`; nothing was removed.
    """
    with lock_home(home):
        record_deed(home, REASON, Role.STEWARD)
        keys = destroy_due(home, today)
        return replace(remove_due(home, today), keys=keys)


def remove_due(home: Home, today: date) -> Removed:
    """Remove data of persons that is past its term, and what killed runs left of such data.

    Every run and every request of a resident does this first; no key is needed. What is removed is logged before.

    Raises:
        AuditLogDamaged, AuditLogUnknown, ClockDoubtful: Something is due and cannot be logged; nothing was removed.
    """
    damaged = settle(home) | find_damaged_runs(home)
    for folder in (home.root / "runs").glob("*/staging"):
        shutil.rmtree(folder, ignore_errors=True)
    runs = {name: start_date(name) for name in run_ids(home.root / "runs")}
    runs |= {run.run_id: run.received for run in read_runs(home)}
    due = [home.run_folder(name) for name, since in runs.items() if is_past_term(since, today)]
    archived_ids = [name for name in run_ids(home.archive) if is_past_term(start_date(name), today)]
    quarantines = [folder / "quarantine" for folder in due if is_there(folder / "quarantine")]
    archives = [home.archive / name for name in archived_ids]
    indexes = [folder / "personen.parquet" for folder in due if is_there(folder / "personen.parquet")]
    inbox_files = [path for path in home.inbox.glob("*") if path.is_file() and is_past_term(_arrival_date(path), today)]
    counts = {"quarantines": len(quarantines), "archives": len(archives), "indexes": len(indexes)}
    if any(counts.values()) or inbox_files:
        record_deed(home, "remove", Role.STEWARD, "", **counts, deliveries=len(inbox_files))
    damaged |= {path.parent.name for path in (*quarantines, *indexes) if not _try_to_remove(path)}
    damaged |= {path.name for path in archives if not _try_to_remove(path)}
    for file in inbox_files:
        file.unlink(missing_ok=True)
    return Removed(len(quarantines), len(archives), len(indexes), len(inbox_files), damaged=tuple(sorted(damaged)))


def _try_to_remove(path: Path) -> bool:
    """Remove a file or folder, and return whether that worked; a failure does not stop the others."""
    try:
        remove_folder(path) if path.is_dir() else path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _arrival_date(path: Path) -> date:
    """Return the day on which a file was put here.

    A copy may keep the modification time of its original, but not this one (ctime).
    """
    return datetime.fromtimestamp(path.stat().st_ctime, UTC).date()


def destroy_due(home: Home, today: date) -> tuple[str, ...]:
    """Destroy every run key that opens nothing any more and that no run will ask for; return their ids, sorted.

    A key of a run within its term opens that run's files, so it stays. So does the latest version for a year that ended
    less than a term ago: the next run for that year would be refused. The certificate is the officer's: `keys destroy
    KEY --key FILE` writes and signs a missing one.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
    """
    if any(not is_past_term(start_date(name), today) for name in find_damaged_runs(home)):
        return ()  # it may be the key of that run
    runs_by_key: dict[str, list[Run]] = {}
    for run in read_runs(home):
        runs_by_key.setdefault(run.key_id, []).append(run)
    with store_of(home) as opened:
        store = opened
        due = [key_id for key_id, runs in sorted(runs_by_key.items()) if _is_due(store, key_id, runs, today)]
        for key_id in due:
            fingerprint = store.entry(key_id).fingerprint
            record_deed(home, "destroy", Role.STEWARD, key_id, reason=REASON, fingerprint=fingerprint)
            store = store.destroy(key_id, datetime.now(UTC).replace(microsecond=0), REASON)
    return tuple(due)


def _is_due(store: Store, key_id: str, runs: Sequence[Run], today: date) -> bool:
    """Return whether all runs of a key are past their term, and it was replaced or its year is over long enough."""
    entry = next((entry for entry in store.entries if entry.key_id == key_id), None)
    if entry is None or entry.wrapped is None or not key_id.startswith(f"{PURPOSE}/"):
        return False
    latest = store.latest(entry.domain)
    is_replaced = latest is not None and latest.version > entry.version
    is_over = is_past_term(date(int(entry.period), 12, 31), today)
    return (is_replaced or is_over) and all(is_past_term(run.received, today) for run in runs)
