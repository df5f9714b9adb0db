"""Everybody in the file is one attacker, but for those who beside figures of others would together know too much."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from schemas.profiles import STANDAARD
from tests.builders.releases import A, B, spec_of
from transforms.disclosure.counts.elsewhere import Elsewhere
from transforms.disclosure.counts.records import Records
from transforms.disclosure.model.system import build
from transforms.disclosure.suppression.crowds import crowds
from transforms.disclosure.suppression.task import Task


def _crowds(highest: int | None) -> list[int]:
    """How many kinds of record each attacker has, if everybody knows that there are so many of x at most."""
    specs = [spec_of(A, B)]
    system = build(specs)
    persons = pl.DataFrame({"a": ["x"] * 4 + ["y"] * 20 + ["z"] * 30, "b": ["p", "q"] * 27})
    records = Records.of(system, specs, persons, 1)
    truth = np.array([int(records.hidden[list(columns)].sum()) for columns in system.sums])
    elsewhere = None
    if highest is not None:
        elsewhere = Elsewhere.nothing(len(truth))
        high = elsewhere.high.copy()
        high[system.keys.index((("a", frozenset("x")),))] = highest
        elsewhere = replace(elsewhere, high=high, most=high)
    exact, prices, sensitive = truth.astype(np.float64), np.ones(len(truth), np.int64), (truth > 0) & (truth < 10)
    task = Task(system, truth, prices, sensitive, (), STANDAARD, exact, exact, elsewhere=elsewhere, records=records)
    grand_total = np.array([not key for key in system.keys])
    return [len(crowd.choices[0]) for crowd in crowds(task, grand_total)]


@pytest.mark.parametrize("highest", [None, 12])
def test_whom_the_figures_of_others_leave_enough_are_one_attacker(highest: int | None) -> None:
    """One of x and p and one of x and q know of two together: of twelve at most, ten are left."""
    assert _crowds(highest) == [6]


def test_who_together_know_too_much_are_tried_apart() -> None:
    """Of eleven at most nine are left to both, and ten to each of them."""
    assert len(split := _crowds(11)) > 1
    assert sum(split) == 6
