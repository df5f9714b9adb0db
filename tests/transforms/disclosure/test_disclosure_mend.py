"""Mending a pattern count by count: every suppressed count gets room, at the least price per count."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.profiles import STANDAARD
from schemas.specs import Profile
from tests.builders.releases import RELEASES, THREE_WAY, A, B, counted_of, spec_of, types_of
from transforms.disclosure.counts.elsewhere import Elsewhere
from transforms.disclosure.counts.rules import prices, sensitive_counts
from transforms.disclosure.model.cells import true_counts
from transforms.disclosure.model.program import Program
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST
from transforms.disclosure.model.system import build
from transforms.disclosure.suppression.mend import Mender
from transforms.disclosure.suppression.separation import attackers
from transforms.disclosure.suppression.suppress import suppress
from transforms.disclosure.suppression.task import Task

SHAPES = RELEASES | THREE_WAY
NARROW = replace(STANDAARD, threshold=3, minimum_width=5, pooled=0)
WIDE = replace(STANDAARD, threshold=6, minimum_width=3, pooled=0)


def _task(name: str, numbers: list[int], profile: Profile) -> Task:
    specs = SHAPES[name]
    system = build(specs)
    truth = np.array(true_counts(system, counted_of(numbers, types_of(specs), specs)))
    sensitive = sensitive_counts(system, specs, truth, profile)
    exact = truth.astype(np.float64)
    return Task(system, truth, prices(system, specs, truth), sensitive, (), profile, exact, exact.copy())


def _mended(task: Task) -> np.ndarray:
    never = np.array([not key for key in task.system.keys]) & ~task.sensitive
    return Mender(task, attackers(task, ())[-1], never).mend(task.sensitive)


def _room(task: Task, hidden: np.ndarray) -> list[tuple[float, float]]:
    """What an attacker may take each suppressed count for."""
    truth = task.truth.astype(np.float64)
    program = Program(task.system, np.where(hidden, 0.0, truth), np.where(hidden, CAP, truth))
    counts = [int(count) for count in np.flatnonzero(hidden)]
    return [tuple(program.ask(((c, 1),), way).counts[c] for way in (LOWEST, HIGHEST)) for c in counts]


@pytest.mark.parametrize("profile", [NARROW, WIDE], ids=["wide enough", "high enough"])
@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_suppressed_count_gets_room(name: str, profile: Profile, data: st.DataObject) -> None:
    kinds = len(types_of(SHAPES[name]))
    numbers = data.draw(st.lists(st.integers(0, 9), min_size=kinds, max_size=kinds))
    # Of few persons nothing can be published, however it is mended.
    task = _task(name, [numbers[0] + 4 * profile.threshold, *numbers[1:]], profile)
    hidden = _mended(task)
    assert (hidden | ~task.sensitive).all()
    for low, high in _room(task, hidden):
        assert high >= profile.threshold - 1e-6
        assert high - low >= profile.minimum_width - 1e-6


def test_what_moves_at_the_least_price_goes_too() -> None:
    """x is 4 of 54: y and z may both fall, and y costs less; then y falls by ten and x is 4 to 14."""
    spec = spec_of(A)
    system = build([spec])
    truth = np.array([4, 20, 30, 24, 50, 54])
    exact, cost = truth.astype(np.float64), np.array([1, 2, 3, 5, 5, 9])
    task = Task(system, truth, cost, truth < 10, (), replace(STANDAARD, pooled=0), exact, exact.copy())
    assert _mended(task).tolist() == [True, True, False, False, True, False]
    dear = replace(task, prices=np.array([1, 9, 1, 1, 9, 9]))
    assert _mended(dear).tolist() == [True, False, True, True, True, False]


def test_what_cannot_move_is_left_alone() -> None:
    spec = spec_of(A, B)
    system = build([spec])
    truth = np.array([0] * len(system.keys))
    exact = truth.astype(np.float64)
    task = Task(system, truth, truth + 1, truth == 0, (), STANDAARD, exact, exact.copy())
    never = np.ones(len(truth), dtype=bool)
    mended = Mender(task, replace(attackers(task, ())[-1], floor=exact), never).mend(task.sensitive)
    assert mended.tolist() == task.sensitive.tolist()


def _of_a() -> Task:
    """x is 4 of 54, y 20 and z 30."""
    truth = np.array([4, 20, 30, 24, 50, 54])
    exact, cost = truth.astype(np.float64), np.array([1, 2, 3, 5, 5, 9])
    return Task(build([spec_of(A)]), truth, cost, truth < 10, (), replace(STANDAARD, pooled=0), exact, exact.copy())


def test_a_count_that_nothing_else_may_protect_is_left_alone() -> None:
    task = _of_a()
    mended = Mender(task, attackers(task, ())[-1], ~task.sensitive).mend(task.sensitive)
    assert mended.tolist() == task.sensitive.tolist()


def test_what_was_published_is_not_blank_in_the_pattern() -> None:
    task = _of_a()
    assert 1 in suppress(task).counts
    published = suppress(replace(task, public=frozenset({1}))).counts
    assert 0 in published
    assert 1 not in published


def test_a_blank_count_rises_as_far_as_the_figure_of_others_goes() -> None:
    task = _of_a()
    nothing = Elsewhere.nothing(6)
    high = np.array([10, CAP, 35, CAP, CAP, CAP])
    assert replace(task, elsewhere=replace(nothing, high=high)).room_up.tolist() == [6, CAP, 5, CAP, CAP, CAP]
