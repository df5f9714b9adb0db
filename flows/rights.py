"""What a resident asks, done: looked up, erased, left out, and told in a letter; each a line in the audit log."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows import archive
from flows.audit import Role, noted
from flows.bench import bench_of
from flows.home import Home, locked, make_private, write_private
from flows.municipality import profile_for
from flows.persons import Holding, forget, holdings
from flows.register import begun_register, read_register, write_register
from flows.retention import remove_due
from pia.letters import Held, letter
from schemas.errors import NoBsn, NothingToLift
from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.profiles import STANDAARD
from schemas.rights import Right
from schemas.sources import SOURCES
from schemas.states import Identified
from transforms.elfproef import is_valid_bsn
from transforms.pseudonymise import encode
from transforms.rights import entered, lifted, rows_without


@dataclass(frozen=True)
class Done:
    """What was done: how many runs held rows of this person, and where the letter lies."""

    runs: int
    letter: Path


def exercised(home: Home, right: Right, bsn: str) -> Done:
    """Do what a resident asks, and write the letter that says so.

    What is past its term is removed first. Inzage looks up only. Wissing removes the rows from archive, quarantine
    and index of every run. Wissing, rectificatie, beperking and bezwaar leave the person out of every coming run,
    until opheffing.

    Args:
        bsn: Nine digits that pass the 11-proef.

    Raises:
        NoBsn: It is none.
        NothingToLift: Opheffing for who is not left out.
        StagingError, KeyDestroyed: A file cannot be opened; what was done before stands in the audit log.
        RunInProgress: A run is under way.
    """
    if not pl.DataFrame({BSN.name: [bsn]}).select(is_valid_bsn(BSN.col)).item():
        raise NoBsn
    with locked(home):
        remove_due(home, datetime.now(UTC).date())
        found, closed = holdings(home, bsn)
        noted(home, f"recht op {right.value}", Role.HOLDER, runs=len(found), closed=closed)
        # Left out first: killed in between, what is left is found and erased the next time.
        if right is not Right.ACCESS:
            _enter(home, right, bsn)
        if right is Right.ERASE:
            for one in found:
                _erase(one, bsn)
        return Done(len(found), _write_letter(home, right, found, closed))


def _erase(held: Holding, bsn: str) -> None:
    """Archive and quarantine first, the index last: killed in between, the person is found again."""
    run = held.run
    bench = bench_of(run)
    if held.is_archived:
        archive.erased(run.home, run.run_id, bench.secret, bsn)
    for source in SOURCES if run.quarantine.is_dir() else ():
        rows = bench.quarantine.persons(source.id, Identified)
        bench.quarantine.put(source.id, replace(rows, frame=rows_without(rows.frame, bsn)))
    forget(run, bench.secret, bsn)


def _enter(home: Home, right: Right, bsn: str) -> None:
    secret = begun_register(home, profile_for(home, STANDAARD.id).gemeente_code)
    register = read_register(home, secret)
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key)
    if right is not Right.LIFT:
        write_register(home, secret, entered(register, pseudonym, right, datetime.now(UTC).date()))
    elif register.filter(pl.col(PERSOON_ID) == pseudonym).height:
        write_register(home, secret, lifted(register, pseudonym))
    else:
        raise NothingToLift


def _write_letter(home: Home, right: Right, found: list[Holding], closed: int) -> Path:
    """A file of its own, that no BSN or pseudonym stands in."""
    now = datetime.now(UTC)
    held = [Held(one.run.run_id, one.run.peildatum, one.deliveries, one.is_archived) for one in found]
    folder = home.rights / "brieven"
    make_private(folder)
    path = folder / f"{now:%Y%m%dT%H%M%S}-{len(list(folder.iterdir())) + 1}-{right.value}.md"
    write_private(path, letter(right, now.date(), held, closed).encode())
    return path
