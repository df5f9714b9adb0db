"""Privacy states: nobody gives one to a frame but its maker, and a step adds nothing that is not declared."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl
import pytest

from schemas.errors import StateForged
from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.states import SEAL, Identified, Pseudonymised, Seal

NOBODY = pl.Series([b"p0865y2019v1_" + bytes(16)])


@pytest.mark.parametrize("state", [Identified, Pseudonymised])
def test_a_state_without_the_seal_is_refused(state: type[Identified] | type[Pseudonymised]) -> None:
    for seal in (None, Seal(), "SEAL"):
        with pytest.raises(StateForged):
            state(pl.DataFrame(), seal)  # type: ignore[arg-type]


def test_the_frame_of_a_state_cannot_be_replaced(staged: Mapping[str, Pseudonymised]) -> None:
    with pytest.raises((TypeError, ValueError), match="seal"):
        replace(staged["wmo"], frame=pl.DataFrame())  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "step",
    [
        lambda frame: pl.DataFrame({PERSOON_ID: ["999990019"]}),
        lambda frame: frame.with_columns(pl.lit("999990019").alias(BSN.name)),
        lambda frame: frame.with_columns(achternaam=pl.lit("Test")),
        lambda frame: frame.with_columns(pl.col("pc4").str.to_uppercase().alias("postcode")),
        lambda frame: frame.head(1).with_columns(NOBODY.alias(PERSOON_ID)),
    ],
    ids=["any frame", "a BSN", "a name", "a postcode", "somebody else"],
)
def test_a_step_adds_no_undeclared_column_and_no_person(
    step: Callable[[pl.DataFrame], pl.DataFrame], staged: Mapping[str, Pseudonymised]
) -> None:
    with pytest.raises(StateForged):
        staged["wmo"].then(step)
    with pytest.raises(StateForged):
        Pseudonymised.joined(staged, lambda frames: step(frames["wmo"]))


def test_a_step_keeps_the_state_of_declared_columns(staged: Mapping[str, Pseudonymised]) -> None:
    made = staged["wmo"].then(lambda frame: frame.select(PERSOON_ID, trede=pl.lit("4")))
    assert made.frame.columns == [PERSOON_ID, "trede"]
    assert made.where(pl.col("trede") == "5").frame.is_empty()
    assert isinstance(Pseudonymised(made.frame, SEAL), Pseudonymised)
