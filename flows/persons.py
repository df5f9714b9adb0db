"""Who is in which delivery of a run: an encrypted index by pseudonym, so that nobody has to be sought in the rows."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.files import write_private
from flows.home import Home, Run, recorded_runs, run_ids
from flows.keys import secret_for
from flows.secret import Secret
from schemas.errors import KeyDestroyed, StagingError
from schemas.names import PERSOON_ID
from schemas.rights import LEVERING, QUARANTAINE, RIJEN
from transforms.contract import Checked
from transforms.parquet import decrypted, encrypted
from transforms.pseudonymise import encode
from transforms.rights import index_of


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
    write_private(run.index, encrypted(frame, key=secret.derived("index"), bound_to=_bound_to(run)))


def read_index(run: Run, secret: Secret) -> pl.DataFrame:
    """Columns of `INDEX`; raises `StagingError` if it was changed or is another run's."""
    return decrypted(run.index.read_bytes(), key=secret.derived("index"), bound_to=_bound_to(run))


def forget(run: Run, secret: Secret, bsn: str) -> None:
    """Take one person out of the index of a run."""
    (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key)
    kept = read_index(run, secret).filter(pl.col(PERSOON_ID) != pseudonym)
    write_private(run.index, encrypted(kept, key=secret.derived("index"), bound_to=_bound_to(run)))


def holdings(home: Home, bsn: str) -> tuple[list[Holding], int]:
    """Every run that still holds rows of a person, in order of time.

    The BSN is enciphered with the key of each run and sought: forward only, nothing is deciphered but the index.

    Returns:
        The holdings, and how many runs cannot be searched any more as their key was destroyed.

    Raises:
        StagingError: An index was changed, or is gone while the rows are not.
    """
    unknown = {*run_ids(home.archive), *run_ids(home.root / "runs")} - {run.run_id for run in recorded_runs(home)}
    if any((home.archive / name).exists() or _holds_rows(home.run_folder(name)) for name in unknown):
        raise StagingError("of an earlier run has lost what tells of that run (run.json)")
    found, closed = [], 0
    for run in recorded_runs(home):
        is_archived = (home.archive / run.run_id).is_dir()
        if not run.index.is_file():
            if is_archived or _holds_rows(run.folder):
                raise StagingError("of an earlier run has lost its index")
            continue
        secret = _secret(home, run)
        if secret is None:
            closed += 1
            continue
        (pseudonym,) = encode(pl.Series([bsn]), secret.pseudonym_key)
        own = read_index(run, secret).filter(pl.col(PERSOON_ID) == pseudonym)
        if own.height:
            rows = tuple(own.select(LEVERING, RIJEN, QUARANTAINE).iter_rows())
            found.append(Holding(run, rows, is_archived))
    return found, closed


def _holds_rows(folder: Path) -> bool:
    return any(folder.glob("quarantine/*")) or (folder / "personen.parquet").exists()


def _secret(home: Home, run: Run) -> Secret | None:
    with suppress(KeyDestroyed):
        return secret_for(home, run.key_id)
    return None


def _bound_to(run: Run) -> bytes:
    return f"{run.run_id}/index".encode()
