"""Requests of residents: looked up, erased, left out, answered by letter."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from flows.registers.audit import ASKED, Role, record_deed
from flows.release.ledger_entry import is_entered
from flows.rights.exclusions import begin_register, find_register_secret, read_register, write_register
from flows.rights.retention import remove_due
from flows.runs import archive
from flows.runs.context import context_of
from flows.runs.person_index import Holding, Search, forget, holdings
from flows.workfolder.deliveries import erase_from_inbox
from flows.workfolder.files import make_private, remove_folder, write_private
from flows.workfolder.home import Home, Run, lock_home, read_runs
from flows.workfolder.municipality import profile_for
from pia.letters import Held, letter
from schemas.errors import LedgerDamaged, LedgerUnknown, NoBsn, NothingToLift, SeveralRights, StagingError
from schemas.fields import BSN
from schemas.profiles import STANDAARD
from schemas.rights import REGISTER, Right
from schemas.sources import SOURCES
from schemas.states import Identified
from transforms.intake.elfproef import is_valid_bsn
from transforms.persons.exclusion import drop_lines_about, enter_person, lift_exclusion, rights_of
from transforms.persons.pseudonymise import encode


@dataclass(frozen=True)
class RequestResult:
    """Outcome of a resident's request.

    Attributes:
        runs: Number of runs that held rows of this person.
        inbox_rows: Number of rows that were removed from the inbox.
        letter: Path of the letter to the resident.
        damaged: Ids of runs that could not be searched or erased from; the letter says how many.
    """

    runs: int
    inbox_rows: int
    letter: Path
    damaged: tuple[str, ...] = ()


def describe_erasure(home: Home) -> tuple[str, ...]:
    """Return what erasing a person will do in this work folder, in counts; nothing is opened for it."""
    runs = read_runs(home)
    places = (
        f"{sum((home.archive / run.run_id).is_dir() for run in runs)} archives",
        f"{sum(run.quarantine.is_dir() for run in runs)} quarantines",
        f"{sum(run.index.is_file() for run in runs)} indexes of persons",
    )
    pending = [run.run_id for run in runs if run.pending.is_dir() and not _is_published_next(run)]
    removal = f"Every row of this person in {', '.join(places)} and the inbox is removed for good."
    restart = f"What waits for the officer ends, and is made again without this person: {', '.join(pending)}"
    return (removal, restart) if pending else (removal,)


def exercise_right(
    home: Home,
    right: Right,
    bsn: str,
    lifted: Right | None = None,
    *,
    confirm: Callable[[], None] = lambda: None,
) -> RequestResult:
    """Do what a resident asks, and write the letter that says so.

    What is past its term is removed first. Inzage only looks up. Wissing removes the rows from archive, quarantine and
    index of every run, and from the inbox. Wissing, rectificatie, beperking and bezwaar leave the person out of every
    coming run, until opheffing. Request and result are a line each in the audit log.

    Args:
        home: The work folder.
        right: The right that the resident exercises.
        bsn: Nine digits that pass the 11-proef.
        lifted: With opheffing, the right whose exclusion ends; None if there is only one.
        confirm: Called before anything is done; raises to stop.

    Raises:
        NoBsn: The BSN is not valid.
        NothingToLift: Opheffing for a person who is not left out, or not for that right.
        SeveralRights: Opheffing without a right for a person who is left out for more than one.
        RegisterUnusable: It cannot be known who is left out; nothing was done.
        InboxNotErased: A file of the inbox cannot be opened. By then the person is left out, if that was asked.
        AuditLogDamaged, AuditLogUnknown, ClockDoubtful: The request cannot be logged; nothing was done.
        RunInProgress: A run is under way.
    """
    if not pl.DataFrame({BSN.name: [bsn]}).select(is_valid_bsn(BSN.col)).item():
        raise NoBsn
    with lock_home(home):
        confirm()
        remove_due(home, datetime.now(UTC).date())
        _require_register(home)  # before the request is logged: a logged request stops every pending run
        record_deed(home, f"{ASKED} {right.value}", Role.HOLDER)
        # Left out first: whatever fails after this, no coming run holds this person.
        left_out_for = _update_register(home, right, bsn, lifted)
        if left_out_for and right not in {Right.ACCESS, Right.LIFT}:
            _drop_pending(home)
        search = holdings(home, bsn)
        if right is Right.ERASE:
            unerased = tuple(holding.run.run_id for holding in search.holdings if not _try_to_erase(holding, bsn))
            search = search._replace(damaged=(*search.damaged, *unerased))
        record_deed(home, f"recht op {right.value}", Role.HOLDER, "", **_log_counts(search))
        inbox_rows = erase_from_inbox(home, bsn) if right is Right.ERASE else 0
        letter_path = _write_letter(home, right, search, left_out_for)
        return RequestResult(len(search.holdings), inbox_rows, letter_path, search.damaged)


def _log_counts(search: Search) -> dict[str, int]:
    """Return what the audit log says of a search; damaged runs only if there are any."""
    counts = {"runs": len(search.holdings), "closed": search.closed}
    return counts | ({"damaged": len(search.damaged)} if search.damaged else {})


def _drop_pending(home: Home) -> None:
    """Remove every pending release: published beside the next run, it would show who left.

    The folder goes last: after a kill before that, the pending run is found again.
    """
    for run in read_runs(home):
        if run.pending.is_dir() and not _is_published_next(run):
            for path in run.notes:
                path.unlink()
            remove_folder(run.pending)


def _is_published_next(run: Run) -> bool:
    """Return whether a pending run was approved and only its publication is left.

    A run that lost its manifest never is. If the ledger cannot be read nothing can be approved, so everything pending
    stays until it can.
    """
    try:
        return is_entered(run)
    except (LedgerDamaged, LedgerUnknown):
        return True
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _try_to_erase(holding: Holding, bsn: str) -> bool:
    """Erase a person from a run, and return whether that worked; a damaged run does not stop the others."""
    with suppress(StagingError, OSError):
        _erase(holding, bsn)
        return True
    return False


def _erase(holding: Holding, bsn: str) -> None:
    """Erase a person from a run: archive and quarantine first, the index last.

    After a kill in between, the index still finds the person.
    """
    run = holding.run
    context = context_of(run)
    if holding.is_archived:
        archive.erase_person(run.home, run.run_id, context.secret, bsn)
    for source in SOURCES:
        if context.quarantine.has(source.id, Identified):
            rows = context.quarantine.persons(source.id, Identified)
            context.quarantine.put(source.id, drop_lines_about(rows, pl.Series([bsn])))
    forget(run, context.secret, bsn)


def _update_register(home: Home, right: Right, bsn: str, lifted: Right | None) -> list[tuple[Right, date]]:
    """Enter or lift what is asked, and return the rights for which this person is then left out."""
    gemeente_code = profile_for(home, STANDAARD.id).gemeente_code
    adds = right not in {Right.ACCESS, Right.LIFT}
    secret = begin_register(home, gemeente_code) if adds else find_register_secret(home, gemeente_code)
    register = read_register(home, secret) if secret else pl.DataFrame(schema=REGISTER)
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key) if secret else (b"",)
    if adds:
        register = enter_person(register, pseudonym, right, datetime.now(UTC).date())
    if right is Right.LIFT:
        register = lift_exclusion(register, pseudonym, _right_to_lift(rights_of(register, pseudonym), lifted))
    if secret and right is not Right.ACCESS:
        write_register(home, secret, register)
    return rights_of(register, pseudonym)


def _require_register(home: Home) -> None:
    """Return if the register can be read, or there is none."""
    secret = find_register_secret(home, profile_for(home, STANDAARD.id).gemeente_code)
    if secret:
        read_register(home, secret)


def _right_to_lift(left_out_for: list[tuple[Right, date]], lifted: Right | None) -> Right:
    """Return the right whose exclusion ends: the one that is named, or the only one."""
    rights = [right for right, _ in left_out_for]
    if not rights or lifted not in {None, *rights}:
        raise NothingToLift
    if lifted is None and len(rights) > 1:
        raise SeveralRights
    return lifted or rights[0]


def _write_letter(home: Home, right: Right, search: Search, left_out_for: list[tuple[Right, date]]) -> Path:
    """Write the letter in a file of its own, whose name and text hold no BSN or pseudonym."""
    now = datetime.now(UTC)
    held_by_run = [
        Held(date.fromisoformat(holding.run.peildatum), holding.run.kept_until, holding.deliveries, holding.is_archived)
        for holding in search.holdings
    ]
    text = letter(right, now.date(), held_by_run, search.closed, left_out_for, damaged=len(search.damaged))
    folder = home.rights / "brieven"
    make_private(folder)
    path = folder / f"{now:%Y%m%dT%H%M%S}-{len(list(folder.iterdir())) + 1}-{right.value}.md"
    write_private(path, text.encode())
    return path
