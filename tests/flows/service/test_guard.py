"""What leaves a step of a run: an error of ours, without anything of what was thrown in it."""

import traceback
from collections.abc import Callable

import polars as pl
import pytest

from flows.guard import value_free
from schemas.errors import StagingError, UnexpectedFailure

BSN = "999990019"


def _quoting() -> None:
    try:
        raise KeyError(BSN)
    except KeyError as cause:
        error = ValueError(f"bad row: {BSN}")
        error.add_note(BSN)
        raise error from cause


def _casting() -> None:
    pl.DataFrame({"bsn": [BSN, f"{BSN} Test"]}).select(pl.col("bsn").cast(pl.Int64))


def _panicking() -> None:
    raise type("Panic", (BaseException,), {})(BSN)


@pytest.mark.parametrize("step", [_quoting, _casting, _panicking])
def test_what_was_thrown_does_not_leave_a_step(step: Callable[[], None]) -> None:
    with pytest.raises(UnexpectedFailure) as caught:
        value_free(step)()
    assert caught.value.__context__ is caught.value.__cause__ is None
    assert BSN not in "".join(traceback.format_exception(caught.value))


def test_an_error_of_ours_leaves_it_without_context_and_notes() -> None:
    def careless() -> None:
        try:
            raise ValueError(BSN)
        except ValueError:
            error = StagingError("is damaged")
            error.add_note(BSN)
            raise error  # noqa: B904 - carelessness is what is tested

    with pytest.raises(StagingError) as caught:
        value_free(careless)()
    assert BSN not in "".join(traceback.format_exception(caught.value))
