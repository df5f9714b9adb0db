"""Privacy states as types, so that a leak is a type error.

| state          | made only by                      | may be logged          | may be written          |
|----------------|-----------------------------------|------------------------|-------------------------|
| Delivered      | transforms.delivery               | row counts, columns    | never                   |
| Identified     | transforms.contract               | row counts, columns    | encrypted quarantine    |
| Pseudonymised  | transforms.pseudonymise           | row counts             | encrypted staging only  |
| Counted        | transforms.aggregate              | table id               | encrypted staging only  |
| Released       | transforms.disclosure.protect     | table id, suppressed n | after PIA and signature |

`tests/test_architecture.py` checks who constructs which state.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from schemas.specs import TableSpec


@dataclass(frozen=True, eq=False, repr=False)
class State:
    """A frame that never shows its data: repr gives its state and its shape."""

    frame: pl.DataFrame

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.frame.height} x {self.frame.width}>"


@dataclass(frozen=True, eq=False, repr=False)
class Delivered(State):
    """Rows of one delivered file as text, by line; holds BSNs.

    Attributes:
        excluded: Lines that a rule of the source keeps out, and that are in no frame.
    """

    excluded: tuple[int, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Identified(State):
    """Typed rows of one delivery that keep their contract, or the lines of those that do not; holds BSNs."""


@dataclass(frozen=True, eq=False, repr=False)
class Pseudonymised(State):
    """Rows under a pseudonym (`persoon_id`); still personal data (AVG art. 4 lid 5)."""

    def then(self, step: Callable[[pl.DataFrame], pl.DataFrame]) -> "Pseudonymised":
        """The state after a pure step on the frame; the state does not change."""
        return Pseudonymised(step(self.frame))


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
