"""Privacy states as types, so that a leak is a type error.

| state         | made only by                             | may be logged          | may be written          |
|---------------|------------------------------------------|------------------------|-------------------------|
| Delivered     | transforms.intake.delivery               | row counts, columns    | never                   |
| Identified    | transforms.intake.contract               | row counts, columns    | encrypted quarantine    |
| Pseudonymised | transforms.persons.pseudonymise          | row counts             | encrypted staging only  |
| Counted       | transforms.counting.aggregate            | table id               | encrypted staging only  |
| Summed        | transforms.counting.aggregate            | table id               | encrypted staging only  |
| Released      | transforms.disclosure.suppression.protect | table id, suppressed n | after PIA and signature |
| ReleasedSums  | transforms.disclosure.sums.magnitude     | table id, suppressed n | after PIA and signature |

A state of persons is made with a seal (`Persons`); `tests/test_architecture.py` checks who has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, replace
from typing import Self, final

import polars as pl

from schemas.derived import DERIVED
from schemas.errors import StateForged
from schemas.names import PERSOON_ID
from schemas.specs import TableSpec


@dataclass(frozen=True, eq=False, repr=False)
class State:
    """A frame that never shows its data: repr gives its state and its shape."""

    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.frame.height} x {self.frame.width}>"


@final
class Seal:
    """What the maker of a state of persons shows; `SEAL` is the only one."""


SEAL = Seal()


@dataclass(frozen=True, eq=False, repr=False)
class Persons(State):
    """Rows of persons. Only the maker of a state has the seal, so no other frame gets it.

    Raises:
        StateForged: Made without the seal.
    """

    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        if seal is not SEAL:
            raise StateForged

    def where(self, keep: pl.Expr) -> Self:
        """Return the same state with only the rows for which the expression is true; null drops a row."""
        return replace(self, frame=self.frame.filter(keep), seal=SEAL)


@dataclass(frozen=True, eq=False, repr=False)
class Delivered(Persons):
    """Rows of one delivered file as text, by line; holds BSNs.

    Attributes:
        excluded: Lines that a rule of the source keeps out, and that are in no frame.
    """

    excluded: tuple[int, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Identified(Persons):
    """Typed rows of one delivery that keep their contract, or the lines of those that do not; holds BSNs."""


@dataclass(frozen=True, eq=False, repr=False)
class Pseudonymised(Persons):
    """Rows under a pseudonym (`persoon_id`); still personal data (AVG art. 4 lid 5)."""

    def then(self, step: Callable[[pl.DataFrame], pl.DataFrame]) -> "Pseudonymised":
        """Return the state after a pure step on the frame.

        Raises:
            StateForged: The step gives a column that was not there and is not declared as derived, or persons who
                were not there.
        """
        return Pseudonymised.joined({"": self}, lambda frames: step(frames[""]))

    @staticmethod
    def joined(
        parts: "Mapping[str, Pseudonymised]", step: Callable[[Mapping[str, pl.DataFrame]], pl.DataFrame]
    ) -> "Pseudonymised":
        """Return the state after a pure step that makes one frame of several.

        Raises:
            StateForged: As for `then`, with the columns and persons of all parts together.
        """
        frames = {name: part.frame for name, part in parts.items()}
        result = step(frames)
        columns = {column for frame in frames.values() for column in frame.schema.items()}
        if any(column not in columns and column[0] not in DERIVED for column in result.schema.items()):
            raise StateForged
        persons = pl.concat([frame.select(PERSOON_ID) for frame in frames.values()])
        if result.join(persons, on=PERSOON_ID, how="anti").height:
            raise StateForged
        return Pseudonymised(result, SEAL)


@dataclass(frozen=True, eq=False, repr=False)
class Counted(State):
    """All cells of one table with true counts: a column per dimension and `aantal`."""

    spec: TableSpec


@dataclass(frozen=True, eq=False, repr=False)
class Released(State):
    """All cells of one protected table.

    A column per dimension, `value` (null if suppressed), `status`, and `low` and `high`: what
    anyone can compute of the true count.
    """

    spec: TableSpec


@dataclass(frozen=True, eq=False, repr=False)
class Summed(State):
    """All cells of one table: dimensions, `aantal` (contributors), `som`, `grootste`, `tweede`; confidential."""

    spec: TableSpec


@dataclass(frozen=True, eq=False, repr=False)
class ReleasedSums(State):
    """All cells of one protected table.

    A column per dimension, `value` (null if suppressed), `status`, and `low` and `high`: what
    anyone can compute of the true sum; `high` is null if nothing bounds it.
    """

    spec: TableSpec
