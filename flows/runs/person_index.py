"""Who is in which delivery of a run: an encrypted index by pseudonym, so that nobody has to be sought in the rows."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.custody.keys import secret_for
from flows.custody.secret import Secret
from flows.workfolder.files import is_there, new_private_file
from flows.workfolder.home import Home, Run, read_runs, run_ids
from schemas.errors import KeyDestroyed, StagingError
from schemas.names import PERSOON_ID
from schemas.rights import LEVERING, QUARANTAINE, RIJEN
from transforms.intake.contract import Checked
from transforms.persons.exclusion import index_of
from transforms.persons.pseudonymise import encode
from transforms.sealing.parquet import decrypt_frame, encrypt_frame


@dataclass(frozen=True)
class Holding:
    """What a run still holds of one person.

    Attributes:
        deliveries: Per source id the rows, and how many of them are in quarantine.
    """

    run: Run
    deliveries: tuple[tuple[str, int, int], ...]
    is_archived: bool


def write_index(run: Run, secret: Secret, checked: Sequence[Checked]) -> None:
    """Note who is in the deliveries of a run."""
    frame = index_of(checked, secret.pseudonym_key)
    _write(run, secret, frame)


def read_index(run: Run, secret: Secret) -> pl.DataFrame:
    """Columns of `INDEX`; raises `StagingError` if it was changed or is another run's."""
    with run.index.open("rb") as file:
        return decrypt_frame(file, key=secret.derive_key("index"), bound_to=_bound_to(run))


def forget(run: Run, secret: Secret, bsn: str) -> None:
    """Take one person out of the index of a run."""
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key)
    remaining = read_index(run, secret).filter(pl.col(PERSOON_ID) != pseudonym)
    _write(run, secret, remaining)


def _write(run: Run, secret: Secret, frame: pl.DataFrame) -> None:
    with new_private_file(run.index) as file:
        encrypt_frame(frame, file, key=secret.derive_key("index"), bound_to=_bound_to(run))


class Search(NamedTuple):
    """What was found of a person in all runs.

    Attributes:
        holdings: The runs that hold rows, in order of time.
        closed: How many runs cannot be searched any more as their key was destroyed.
        damaged: Runs that could not be searched: their index, or what tells of them, is damaged or lost.
    """

    holdings: list[Holding]
    closed: int
    damaged: tuple[str, ...]


def holdings(home: Home, bsn: str) -> Search:
    """Return every run that still holds rows of a person, in order of time.

    The BSN is enciphered with the key of each run and sought: forward only, nothing is deciphered but the index.
    """
    unknown = {*run_ids(home.archive), *run_ids(home.root / "runs")} - {run.run_id for run in read_runs(home)}
    damaged = {name for name in unknown if is_there(home.archive / name) or _holds_rows(home.run_folder(name))}
    person_holdings, closed = [], 0
    for run in read_runs(home):
        is_archived = (home.archive / run.run_id).is_dir()
        if not run.index.is_file():
            if is_archived or _holds_rows(run.folder):
                damaged.add(run.run_id)
            continue
        secret = _secret(home, run)
        if secret is None:
            closed += 1
            continue
        rows = _rows_about(run, secret, bsn)
        if rows is None:
            damaged.add(run.run_id)
        elif rows:
            person_holdings.append(Holding(run, rows, is_archived))
    return Search(person_holdings, closed, tuple(sorted(damaged)))


def _rows_about(run: Run, secret: Secret, bsn: str) -> tuple[tuple[str, int, int], ...] | None:
    """Return the number of a person's rows per delivery, from the index of a run; None if it does not open.

    Returns:
        Per delivery the id of its source, the number of rows, and how many of them are in quarantine.
    """
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key)
    with suppress(StagingError, OSError):
        own = read_index(run, secret).filter(pl.col(PERSOON_ID) == pseudonym)
        return tuple(own.select(LEVERING, RIJEN, QUARANTAINE).iter_rows())
    return None


def _holds_rows(folder: Path) -> bool:
    return any(folder.glob("quarantine/*")) or is_there(folder / "personen.parquet")


def _secret(home: Home, run: Run) -> Secret | None:
    with suppress(KeyDestroyed):
        return secret_for(home, run.key_id)
    return None


def _bound_to(run: Run) -> bytes:
    return f"{run.run_id}/index".encode()
