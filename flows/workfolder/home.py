"""The work folder: paths of keys, runs, registers and Prefect's files.

Releases are published outside it, unless the steward says otherwise.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.workfolder.files import is_there, lock_file, make_private, sweep, write_private
from schemas.errors import FolderUnusable, RunInProgress, RunUnreadable, UnknownRun
from schemas.sources import RETENTION_MONTHS
from schemas.specs.question import Question

HOME_VARIABLE = "BESTANDSANALYSE_HOME"
_OWN = (
    *("keys", "runs", "prefect", "archief", "rechten", "grootboek", "logboek", "vernietigd", "lock"),
    *("sleutels.toml", "gemeente.toml", "openbaar.toml", "omzetting.toml"),
)
"""Names in a work folder that are never links: links could combine the keys of one installation with the roles of
another."""

TERM = timedelta(days=RETENTION_MONTHS * 30)
_RUN_FILE = "run.json"
_ROOMS = ("runs/*", "runs/*/*", "archief", "archief/*", "rechten", "rechten/brieven", "inbox", "vernietigd")
"""Folders that are written under the lock of the work folder; key store, log and ledger have locks of their own."""

_RUN_ID = re.compile(r"^[0-9]{8}T[0-9]{6}-[0-9a-f]{6}$")


@dataclass(frozen=True)
class Home:
    """Paths below the work folder.

    Every folder is 0700, every file 0600.
    """

    root: Path

    @property
    def keys(self) -> Path:
        """The key store; every secret in it is wrapped."""
        return self.root / "keys" / "store.json"

    @property
    def custody(self) -> Path:
        """The file that names the custodian of the wrapping key and the folder of the second half."""
        return self.root / "sleutels.toml"

    @property
    def audit(self) -> Path:
        """The folder of the audit log of the keys."""
        return self.root / "logboek"

    @property
    def certificates(self) -> Path:
        """Signed certificates of keys that were destroyed."""
        return self.root / "vernietigd"

    @property
    def officer_public_key(self) -> Path:
        return self.root / "keys" / "officer.pub"

    @property
    def municipality(self) -> Path:
        """The declaration of the municipality; without it, the work folder is Vught's."""
        return self.root / "gemeente.toml"

    @property
    def public(self) -> Path:
        """The declaration of what others publish of the residents; without it, nothing."""
        return self.root / "openbaar.toml"

    @property
    def mapping(self) -> Path:
        """The declaration of how files of suppliers become deliveries; without it, they are ours as they come."""
        return self.root / "omzetting.toml"

    @property
    def roles(self) -> Path:
        """The file that gives roles to users; without it, everybody has every role."""
        return self.root / "rollen.toml"

    @property
    def ledger(self) -> Path:
        return self.root / "grootboek"

    @property
    def archive(self) -> Path:
        """Deliveries of runs from the inbox, encrypted: a folder per run."""
        return self.root / "archief"

    @property
    def rights(self) -> Path:
        """The encrypted register of excluded residents, and the letters."""
        return self.root / "rechten"

    @property
    def prefect(self) -> Path:
        return self.root / "prefect"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    def run_folder(self, run_id: str) -> Path:
        return self.root / "runs" / run_id

    def make(self) -> "Home":
        """Make the folders that every command needs.

        A work folder that exists keeps its own mode: it may be somebody's /tmp. What is in it is ours and private.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.keys.parent, self.prefect, self.root / "runs", self.inbox):
            make_private(folder)
        return self


def default_folder(home: Path | None = None) -> Path:
    """Return where the work folder is: the argument, else BESTANDSANALYSE_HOME, else a folder of the user."""
    default = Path.home() / ".local" / "share" / "bestandsanalyse"
    return (home or Path(os.environ.get(HOME_VARIABLE, default))).absolute()


def home_as_it_is(home: Path | None = None) -> Home:
    """Return the work folder (`default_folder`) without making anything of it.

    Raises:
        FolderUnusable: It links elsewhere, or cannot be looked at.
    """
    work = Home(default_folder(home))
    try:
        is_linked = any((work.root / name).is_symlink() for name in _OWN)
    except OSError:
        is_linked = True
    if is_linked:
        raise FolderUnusable("work", "has a link to elsewhere in it, and is somebody else's or will be")
    return work


def find_home(home: Path | None = None) -> Home:
    """Return the work folder (`default_folder`), made if it is not there.

    Raises:
        FolderUnusable: The folder cannot be made, or links elsewhere.
    """
    work = home_as_it_is(home)
    with suppress(OSError):
        return work.make()
    raise FolderUnusable("work", "cannot be made or written")


def require_output(out: Path, deliveries: Path) -> None:
    """Stop before a run whose release could not be written, or would lie among the deliveries.

    Raises:
        FolderUnusable: The output is a file, is not writable, or is the delivery folder.
    """
    existing = next(folder for folder in (out, *out.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise FolderUnusable("output", "is not a folder that can be written")
    if out.resolve().is_relative_to(deliveries.resolve()):
        raise FolderUnusable("output", "lies in the delivery folder")


@dataclass(frozen=True)
class Run:
    """One run: names, paths and the question; nothing of a person.

    It travels between tasks.

    Attributes:
        deliveries: Folder with the delivered files.
        out: Folder for releases.
        archived: Id of the run whose archived deliveries are read; empty if they are delivered now.
        mapping: SHA-256 of the declaration by which files become deliveries; empty if there is none.
        absent: Ids of the sources that the municipality did not deliver when the run began.
        reason: Why the steward believes what is not plausible of the deliveries; empty if nothing was confirmed.
    """

    run_id: str
    home: Home
    deliveries: Path
    out: Path
    peildatum: str
    profile: str
    key_id: str = ""
    demo_key: Path | None = None
    question: Question | None = None
    archived: str = ""
    mapping: str = ""
    absent: tuple[str, ...] = ()
    reason: str = ""

    @property
    def folder(self) -> Path:
        return self.home.run_folder(self.run_id)

    @property
    def received(self) -> date:
        """The day on which its deliveries were received; their term counts from it, however often they are read."""
        return start_date(self.archived or self.run_id)

    @property
    def kept_until(self) -> date:
        """The last day on which its data of persons may be kept; see `is_past_term`."""
        return self.received + TERM

    @property
    def staging(self) -> Path:
        return self.folder / "staging"

    @property
    def quarantine(self) -> Path:
        return self.folder / "quarantine"

    @property
    def index(self) -> Path:
        """The encrypted index of persons in the deliveries of this run, by pseudonym."""
        return self.folder / "personen.parquet"

    @property
    def pending(self) -> Path:
        return self.folder / "te-publiceren"

    @property
    def dossier(self) -> Path:
        return self.folder / "dossier.md"

    @property
    def mapping_file(self) -> Path:
        """The declaration by which it read files of suppliers; missing if it read ours."""
        return self.folder / self.home.mapping.name

    @property
    def notes(self) -> list[Path]:
        """Files that its steps wrote in clear, the dossier included: they hold counts of rows and cells."""
        excluded = {self.index, self.folder / _RUN_FILE}
        return [path for path in sorted(self.folder.glob("[!.]*")) if path.is_file() and path not in excluded]

    def record(self) -> None:
        """Write the run's record, so that `approve` finds where to publish."""
        for folder in (self.folder, self.staging, self.quarantine):
            make_private(folder)
        question = {"question": asdict(self.question)} if self.question else {}
        facts = {"out": str(self.out), "peildatum": self.peildatum, "profile": self.profile, "key_id": self.key_id}
        read = {"archived": self.archived, "mapping": self.mapping, "absent": self.absent, "reason": self.reason}
        content = json.dumps({**facts, **read, **question})
        write_private(self.folder / _RUN_FILE, content.encode())


def read_run(home: Home, run_id: str) -> Run:
    """Return a run that was started in this work folder.

    Raises:
        UnknownRun: There is no such run.
        RunUnreadable: The record of the run is damaged.
    """
    if not _RUN_ID.match(run_id) or not (home.run_folder(run_id) / _RUN_FILE).is_file():
        raise UnknownRun
    run = _read_run(home, run_id)
    if run is None:
        raise RunUnreadable([run_id], "Nothing was done.")
    return run


def _read_run(home: Home, run_id: str) -> Run | None:
    """Return a run from its record; None if that is damaged."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _parse_run(home, run_id, json.loads((home.run_folder(run_id) / _RUN_FILE).read_bytes()))
    return None


def _parse_run(home: Home, run_id: str, facts: dict[str, Any]) -> Run:
    question_facts = facts.get("question")
    question = (
        Question(**{**question_facts, "dimensions": tuple(question_facts["dimensions"])}) if question_facts else None
    )
    fields = {name: facts[name] for name in ("peildatum", "profile", "key_id")}
    archived, mapping, reason = (str(facts.get(name, "")) for name in ("archived", "mapping", "reason"))  # if any
    absent = tuple(str(name) for name in facts.get("absent", ()))
    date.fromisoformat(fields["peildatum"])
    if archived:
        start_date(archived)
    run = Run(run_id, home, Path(), Path(facts["out"]), question=question, **fields)
    return replace(run, archived=archived, mapping=mapping, absent=absent, reason=reason)


def read_runs(home: Home) -> list[Run]:
    """Return every run that was started in this work folder and can be read, in order of time."""
    runs = (_read_run(home, name) for name in run_ids(home.root / "runs"))
    return [run for run in runs if run]


def find_damaged_runs(home: Home) -> set[str]:
    """Return the ids of runs whose record exists and cannot be read."""
    readable = {run.run_id for run in read_runs(home)}
    return {name for name in run_ids(home.root / "runs") if is_there(home.run_folder(name) / _RUN_FILE)} - readable


def waiting_run_ids(home: Home) -> list[str]:
    """Return the ids of the runs that wait for the officer, in order of time."""
    return [run.run_id for run in read_runs(home) if run.pending.is_dir()]


def run_ids(folder: Path, prefix: str = "") -> list[str]:
    """Return the run ids that folders in this one are named after, in order of time; other names are ignored."""
    names = (path.name.removeprefix(prefix) for path in folder.glob(f"{prefix}*") if path.is_dir())
    return sorted(name for name in names if _RUN_ID.match(name))


@contextmanager
def lock_home(home: Home) -> Iterator[None]:
    """Hold the lock of the work folder, without waiting; leftovers of killed writers are removed first.

    Raises:
        RunInProgress: Another process holds the lock.
    """
    with ExitStack() as locks:
        is_ours = False
        with suppress(BlockingIOError):
            locks.enter_context(lock_file(home.root / "lock", wait=False))
            is_ours = True
        if not is_ours:
            raise RunInProgress
        for folder in (home.root, *(folder for pattern in _ROOMS for folder in home.root.glob(pattern))):
            if folder.is_dir():
                sweep(folder)
        yield


def new_run_id() -> str:
    """Return time and six random hex digits: sorts by start, says nothing of the content."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def start_date(run_id: str) -> date:
    """Return the day on which a run started."""
    return date(int(run_id[:4]), int(run_id[4:6]), int(run_id[6:8]))


def is_past_term(since: date, today: date) -> bool:
    """Return whether data of persons that was received on a day may no longer be kept.

    A month counts as thirty days.
    """
    return today > since + TERM


def sweep_output(home: Home, out: Path) -> None:
    """Remove the half-written releases of killed runs of this work folder."""
    for folder in (home.root / "runs").iterdir():
        shutil.rmtree(out / f".{folder.name}.partial", ignore_errors=True)
