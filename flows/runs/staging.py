"""Encrypted files between the tasks of a run: Parquet, bound to run, dataset and privacy state."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import polars as pl

from flows.workfolder.files import new_private_file, open_or_empty
from schemas.specs import TableSpec
from schemas.states import SEAL, Counted, Identified, Pseudonymised, Released, ReleasedSums, State, Summed
from transforms.sealing.parquet import decrypt_frame, encrypt_frame

Persons = TypeVar("Persons", Identified, Pseudonymised)
Table = TypeVar("Table", Counted, Released, Summed, ReleasedSums)


@dataclass(frozen=True)
class Staging:
    """One encrypted folder of one run.

    Run, folder, dataset and privacy state are authenticated: a file cannot be swapped for
    another, and what was staged as Pseudonymised cannot be read back as Released.
    """

    folder: Path
    run_id: str
    key: bytes = field(repr=False)

    def put(self, name: str, state: State) -> None:
        """Encrypt a frame as Parquet; it is never on disk in clear."""
        with new_private_file(self._path(name, type(state))) as file:
            encrypt_frame(state.frame, file, key=self.key, bound_to=self._bound_to(name, type(state)))

    def has(self, name: str, state: type[State]) -> bool:
        """Return whether a file of that name and state is there; it may not open."""
        return self._path(name, state).is_file()

    def persons(self, name: str, state: type[Persons]) -> Persons:
        """Return rows of persons, in the state in which they were put.

        Raises:
            StagingError: Missing, changed, swapped, of another state, or another key.
        """
        return state(self._read(name, state), SEAL)

    def table(self, spec: TableSpec, state: type[Table]) -> Table:
        """Return cells of a table, put under its id, in the state in which they were put.

        Raises:
            StagingError: Missing, changed, swapped, of another state, or another key.
        """
        return state(self._read(spec.id, state), spec)

    def _read(self, name: str, state: type) -> pl.DataFrame:
        with open_or_empty(self._path(name, state)) as file:
            return decrypt_frame(file, key=self.key, bound_to=self._bound_to(name, state))

    def sealed_files(self) -> dict[str, bytes]:
        """Return the encrypted files as they lie on disk, by folder and file name."""
        return {f"{self.folder.name}/{path.name}": path.read_bytes() for path in sorted(self.folder.glob("*.parquet"))}

    def _path(self, name: str, state: type) -> Path:
        return self.folder / f"{name}.{state.__name__.lower()}.parquet"

    def _bound_to(self, name: str, state: type) -> bytes:
        return f"{self.run_id}/{self.folder.name}/{name}/{state.__name__}".encode()
