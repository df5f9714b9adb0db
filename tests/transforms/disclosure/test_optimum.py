"""The pattern is the cheapest safe one: against going through every pattern and every file of persons."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import DisclosureProfile, Profile, TableSpec, Weight
from tests.builders.releases import UNION, A, B, C, counted_of, residents_of, types_of
from tests.oracles.listing import files_of
from transforms.disclosure.counts.records import NO_RECORDS, Records
from transforms.disclosure.counts.rules import demands, prices, sensitive_counts
from transforms.disclosure.model.cells import true_counts
from transforms.disclosure.model.system import System, build, with_slack
from transforms.disclosure.suppression.suppress import suppress
from transforms.disclosure.suppression.task import Task

SHAPES = {"one-way": (A,), "two-way": (B, C), "several categories per person": (UNION,)}


def _task(spec: TableSpec, numbers: list[int], profile: Profile) -> Task:
    counted = counted_of(numbers, types_of([spec]), [spec])
    system = with_slack(build([spec]))
    truth = np.array(true_counts(system, counted))
    exact = truth.astype(np.float64)
    sensitive = sensitive_counts(system, [spec], truth, profile)
    wanted = demands(system, [spec], truth, profile)
    records = Records.of(system, [spec], residents_of(numbers, types_of([spec])), 1) if profile.pooled else NO_RECORDS
    cost = prices(system, [spec], truth)
    return Task(system, truth, cost, sensitive, wanted, profile, exact, exact.copy(), records=records)


def _membership(system: System, spec: TableSpec) -> np.ndarray:
    """Row per kind of person, column per count."""
    types = types_of([spec])
    tables = [counted_of(np.eye(len(types), dtype=int)[kind].tolist(), types, [spec]) for kind in range(len(types))]
    return np.array([true_counts(system, table) for table in tables])


def _every_file(system: System, spec: TableSpec, persons: int) -> np.ndarray:
    """Row per possible file, column per count."""
    membership = _membership(system, spec)
    return np.unique(files_of(persons, len(membership)) @ membership, axis=0)


def _is_safe(task: Task, files: np.ndarray, hidden: np.ndarray, attackers: Sequence[np.ndarray]) -> bool:
    """Whether nobody proves too much; an attacker is the records that he knows of, a row each."""
    fitting = files[(files[:, ~hidden] == task.truth[~hidden]).all(axis=1)]
    for known in (fitting, *(fitting[_has_everybody(fitting, task, own)] for own in attackers)):
        low, high = known[:, hidden].min(axis=0), known[:, hidden].max(axis=0)
        if np.any(high < task.profile.threshold) or np.any(high - low < task.profile.minimum_width):
            return False
    return not any(max(sum(k * fitting[:, c] for c, k in one.form)) < one.least for one in task.demands)


def _has_everybody(files: np.ndarray, task: Task, own: np.ndarray) -> np.ndarray:
    """Whether a file has whom people in it know of: of each count somebody, of each difference what one of them adds.

    A count of several categories is one of persons in any of them.
    """
    parts = [dict(key).get("n", frozenset("klm")) for key in task.system.keys]
    several, mine = (dict(zip(parts, rows.T, strict=True)) for rows in (files, own))
    has = (files >= own.max(axis=0)).all(axis=1)
    if "n" not in {name for key in task.system.keys for name, _ in key}:
        return has
    for small, large in product(parts, parts):
        if small < large:
            others = [frozenset(value) for value in large - small]
            for left, right in (([small], [large]), ([large], [small, *others])):
                has &= (
                    sum(several[p] for p in right) - sum(several[p] for p in left)
                    >= (sum(mine[p] for p in right) - sum(mine[p] for p in left)).max()
                )
    return has


def _cheapest(task: Task, files: np.ndarray, attackers: Sequence[np.ndarray] = ()) -> int | None:
    """The price of the cheapest safe pattern; an attacker has a row per record in the file, a column per count."""
    everybody = [place for place, key in enumerate(task.system.keys) if not key]
    costs = []
    for chosen in product([False, True], repeat=len(task.truth)):
        hidden = np.array(chosen)
        kept = (hidden | ~task.sensitive).all() and not hidden[everybody].any()
        if kept and hidden.any() and _is_safe(task, files, hidden, attackers):
            costs.append(int(task.prices[hidden].sum()))
        elif kept and not hidden.any() and not task.demands:
            costs.append(0)
    return min(costs, default=None)


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_safe_pattern_is_cheaper(name: str, data: st.DataObject) -> None:
    weight, factor = data.draw(st.sampled_from(list(Weight))), data.draw(st.integers(1, 3))
    spec = TableSpec("T", "", "", SHAPES[name], disclosure=DisclosureProfile(weight=weight, margin_factor=factor))
    threshold, width = data.draw(st.sampled_from([(3, 3), (3, 6), (4, 2), (2, 2)]))
    profile = replace(STANDAARD, threshold=threshold, minimum_width=width, pooled=data.draw(st.integers(0, 1)))
    kinds = len(types_of([spec]))
    chosen = data.draw(st.lists(st.integers(0, kinds - 1), min_size=threshold, max_size=8))
    numbers = np.bincount(chosen, minlength=kinds).tolist()
    task = _task(spec, numbers, profile)
    files, own = _every_file(task.system, spec, len(chosen)), _membership(task.system, spec)[np.array(numbers) > 0]
    best = _cheapest(task, files, [own] if profile.pooled else [])
    apart = [own[[one]] for one in range(len(own))] if profile.pooled else []
    # Where all of them together leave no pattern, they are tried apart.
    if best is None and _cheapest(task, files, apart) is not None:
        hidden = np.isin(np.arange(len(task.truth)), list(suppress(task).counts))
        assert _is_safe(task, files, hidden, apart)
        return
    if best is None:
        with pytest.raises(DisclosureFailure, match="no pattern is safe"):
            suppress(task)
        return
    found = suppress(task)
    assert (found.cost, found.bound, found.status) == (best, best, "optimal")


def test_inequalities_between_hidden_cells_are_in_the_conditions() -> None:
    """Persons in k or l are at most those in k and those in l: conditions without that refused safe tables."""
    types = types_of([TableSpec("T", "", "", (UNION,))])
    wanted = {"kl": 2, "k": 1, "l": 1, "km": 1, "lm": 1, "m": 1}
    numbers = [{frozenset(kind): number for kind, number in wanted.items()}.get(one["n"], 0) for one in types]
    spec = TableSpec("T", "", "", (UNION,), disclosure=DisclosureProfile(margin_factor=1))
    for width in (3, 4, 5):
        profile = replace(STANDAARD, threshold=3, minimum_width=width, pooled=0)
        task = _task(spec, numbers, profile)
        best = _cheapest(task, _every_file(task.system, spec, sum(numbers)))
        assert best
        assert suppress(task).cost == best


def test_a_pattern_may_cost_more_than_there_are_inhabitants() -> None:
    disclosure = DisclosureProfile(weight=Weight.COUNT, margin_factor=3)
    spec = TableSpec("T", "", "", (B, C), disclosure=disclosure)
    found = suppress(_task(spec, [5, 400_000, 400_000, 400_000], STANDAARD))
    assert found.status == "optimal"
    assert found.cost > 1_000_000
