"""What a resident asks, done: looked up, erased, left out, and told in a letter; each a line in the audit log."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from flows.registers.audit import ASKED, Role, record_deed
from flows.release.earlier import is_entered
from flows.rights.exclusions import begin_register, find_register_secret, read_register, write_register
from flows.rights.retention import remove_due
from flows.runs import archive
from flows.runs.context import context_of
from flows.runs.person_index import Holding, Search, forget, holdings
from flows.workfolder.files import make_private, remove_folder, write_private
from flows.workfolder.home import Home, Run, locked, read_runs
from flows.workfolder.inbox import erase_from_inbox
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
class Done:
    """What was done: how many runs held rows of this person, and where the letter lies.

    Attributes:
        waiting: Rows that were removed from the inbox.
        damaged: Runs that could not be searched, or not erased from; the letter says how many.
    """

    runs: int
    waiting: int
    letter: Path
    damaged: tuple[str, ...] = ()


def erasure(home: Home) -> tuple[str, ...]:
    """What erasing a person will do in this work folder, in counts; nothing is opened for it."""
    runs = read_runs(home)
    places = (
        f"{sum((home.archive / run.run_id).is_dir() for run in runs)} archives",
        f"{sum(run.quarantine.is_dir() for run in runs)} quarantines",
        f"{sum(run.index.is_file() for run in runs)} indexes of persons",
    )
    waiting = [run.run_id for run in runs if run.pending.is_dir() and not _is_published_next(run)]
    told = f"Every row of this person in {', '.join(places)} and the inbox is removed for good."
    ended = f"What waits for the officer ends, and is made again without this person: {', '.join(waiting)}"
    return (told, ended) if waiting else (told,)


def exercise_right(
    home: Home,
    right: Right,
    bsn: str,
    ended: Right | None = None,
    *,
    confirmed: Callable[[], None] = lambda: None,
) -> Done:
    """Do what a resident asks, and write the letter that says so.

    What is past its term is removed first. Inzage looks up only. Wissing removes the rows from archive, quarantine
    and index of every run, and from the inbox. Wissing, rectificatie, beperking and bezwaar leave the person out of
    every coming run, until opheffing. Asked and done are a line each in the audit log.

    Args:
        bsn: Nine digits that pass the 11-proef.
        ended: With opheffing, for which right; None if there is but one.
        confirmed: Raises if it is not to be done after all; called before anything is.

    Raises:
        NoBsn: It is none.
        NothingToLift: Opheffing for who is not left out, or not for that right.
        SeveralRights: Opheffing without a right for who is left out for more than one.
        RegisterUnusable: Who is left out cannot be known; nothing was done.
        InboxNotErased: A file of the inbox cannot be opened. Whoever is to be left out is by now.
        AuditLogDamaged, AuditLogUnknown, ClockDoubtful: It cannot be noted; nothing was done.
        RunInProgress: A run is under way.
    """
    if not pl.DataFrame({BSN.name: [bsn]}).select(is_valid_bsn(BSN.col)).item():
        raise NoBsn
    with locked(home):
        confirmed()
        remove_due(home, datetime.now(UTC).date())
        _require_register(home)  # before the request is noted: a line of it stops what waits for the officer
        record_deed(home, f"{ASKED} {right.value}", Role.HOLDER)
        # Left out first: whatever fails or is killed after it, no coming run has this person.
        left_out_for = _registered(home, right, bsn, ended)
        if left_out_for and right not in {Right.ACCESS, Right.LIFT}:
            _drop_waiting(home)
        search = holdings(home, bsn)
        if right is Right.ERASE:
            kept = tuple(one.run.run_id for one in search.found if not _is_erased(one, bsn))
            search = search._replace(damaged=(*search.damaged, *kept))
        record_deed(home, f"recht op {right.value}", Role.HOLDER, "", **_counts(search))
        waiting = erase_from_inbox(home, bsn) if right is Right.ERASE else 0
        written = _write_letter(home, right, search, left_out_for)
        return Done(len(search.found), waiting, written, search.damaged)


def _counts(search: Search) -> dict[str, int]:
    """What the log says of a search; of damaged runs only where there are any."""
    counts = {"runs": len(search.found), "closed": search.closed}
    return counts | ({"damaged": len(search.damaged)} if search.damaged else {})


def _drop_waiting(home: Home) -> None:
    """What waits for the officer may not be approved any more; beside the next run, it would tell who left.

    The folder goes last: killed before that, it is found again.
    """
    for run in read_runs(home):
        if run.pending.is_dir() and not _is_published_next(run):
            for path in run.notes:
                path.unlink()
            remove_folder(run.pending)


def _is_published_next(run: Run) -> bool:
    """Whether it was approved, and only its publication is left; nothing that lost its manifest is.

    With a ledger that cannot be read nothing is approved, and what waits stays until it can.
    """
    try:
        return is_entered(run)
    except (LedgerDamaged, LedgerUnknown):
        return True
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _is_erased(held: Holding, bsn: str) -> bool:
    """Whether a person was erased from a run; one that is damaged does not stop the others."""
    with suppress(StagingError, OSError):
        _erase(held, bsn)
        return True
    return False


def _erase(held: Holding, bsn: str) -> None:
    """Archive and quarantine first, the index last: killed in between, the person is found again."""
    run = held.run
    context = context_of(run)
    if held.is_archived:
        archive.erase_person(run.home, run.run_id, context.secret, bsn)
    for source in SOURCES:
        if context.quarantine.has(source.id, Identified):
            rows = context.quarantine.persons(source.id, Identified)
            context.quarantine.put(source.id, drop_lines_about(rows, pl.Series([bsn])))
    forget(run, context.secret, bsn)


def _registered(home: Home, right: Right, bsn: str, ended: Right | None) -> list[tuple[Right, date]]:
    """For which rights this person is left out, after what is asked was entered or lifted."""
    gemeente_code = profile_for(home, STANDAARD.id).gemeente_code
    adds = right not in {Right.ACCESS, Right.LIFT}
    secret = begin_register(home, gemeente_code) if adds else find_register_secret(home, gemeente_code)
    register = read_register(home, secret) if secret else pl.DataFrame(schema=REGISTER)
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key) if secret else (b"",)
    if adds:
        register = enter_person(register, pseudonym, right, datetime.now(UTC).date())
    if right is Right.LIFT:
        register = lift_exclusion(register, pseudonym, _ended(rights_of(register, pseudonym), ended))
    if secret and right is not Right.ACCESS:
        write_register(home, secret, register)
    return rights_of(register, pseudonym)


def _require_register(home: Home) -> None:
    secret = find_register_secret(home, profile_for(home, STANDAARD.id).gemeente_code)
    if secret:
        read_register(home, secret)


def _ended(known: list[tuple[Right, date]], ended: Right | None) -> Right:
    rights = [right for right, _ in known]
    if not rights or ended not in {None, *rights}:
        raise NothingToLift
    if ended is None and len(rights) > 1:
        raise SeveralRights
    return ended or rights[0]


def _write_letter(home: Home, right: Right, search: Search, left_out_for: list[tuple[Right, date]]) -> Path:
    """A file of its own, that no BSN or pseudonym stands in."""
    now = datetime.now(UTC)
    held = [
        Held(date.fromisoformat(one.run.peildatum), one.run.kept_until, one.deliveries, one.is_archived)
        for one in search.found
    ]
    text = letter(right, now.date(), held, search.closed, left_out_for, damaged=len(search.damaged))
    folder = home.rights / "brieven"
    make_private(folder)
    path = folder / f"{now:%Y%m%dT%H%M%S}-{len(list(folder.iterdir())) + 1}-{right.value}.md"
    write_private(path, text.encode())
    return path
