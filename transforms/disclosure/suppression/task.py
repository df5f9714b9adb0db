"""Input and output of the search for a pattern."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from schemas.specs import Profile
from transforms.disclosure.counts.elsewhere import Elsewhere
from transforms.disclosure.counts.records import NO_RECORDS, Records
from transforms.disclosure.counts.rules import Demand
from transforms.disclosure.model.joint import Relation
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import CAP, Floats, Pattern
from transforms.disclosure.model.system import System

OPTIMAL, LIMIT = "optimal", "limit"

EFFORT = 3e7
"""Work after which the search stops with the best safe pattern so far: simplex iterations times
rows, so that the pattern does not depend on the machine; about ten seconds on one core."""

_ROUNDS = 4
"""Rounds of refinement after which counts that still look alike are ordered by their names."""


@dataclass(frozen=True)
class Suppression:
    """A safe pattern and how good it is.

    Attributes:
        counts: The counts that are not published, as positions in `System.keys`.
        cost: Cost of the pattern by the declared weights.
        bound: No pattern costs less that is safe from the attackers of the search: outsiders, and people in the file
            together, who know more than any of them (`counts.records`); proven.
        status: `optimal` if the bound is reached, `limit` if the effort was spent first.
    """

    counts: frozenset[int]
    cost: int
    bound: int
    status: str


@dataclass(frozen=True)
class Task:
    """Counts to protect, and the rules for them.

    Attributes:
        truth: True value per count.
        prices: Cost of suppressing each count; whole numbers.
        sensitive: Counts that may not be published.
        demands: Values that an attacker must not be able to rule out.
        low, high: Bounds on a count that is published. If they differ from the truth, it is rounded, and
            shown so in every pattern.
        public: Counts that stay as known as they are in every pattern: an earlier release of the same persons published
            them, or only figures of others have them.
        elsewhere: What the figures of others tell of each count; None if there are none.
        records: Of those in the file who may be the attacker.
    """

    system: System
    truth: Counts
    prices: Counts
    sensitive: Pattern
    demands: Sequence[Demand]
    profile: Profile
    low: Floats
    high: Floats
    public: frozenset[int] = frozenset()
    elsewhere: Elsewhere | None = None
    records: Records = NO_RECORDS

    @property
    def known(self) -> Elsewhere:
        """What is known of each count, published or not."""
        return self.elsewhere or Elsewhere.nothing(len(self.truth))

    @property
    def room_up(self) -> Floats:
        """How far a blank count may be above its true value, as far as anybody knows."""
        return np.where(self.known.high < CAP, self.known.high - self.truth, CAP)

    def in_order(self) -> tuple["Task", list[int]]:
        """Return the task with its counts in an order that does not depend on the names of categories.

        Solvers break ties by position, so that the order would otherwise choose among patterns that cost the same.
        Counts are told apart by what they count and by what they share with others (colour refinement; Weisfeiler and
        Leman, 1968), then by name.

        Returns:
            The task, and per position in it the position here.
        """
        counts, hidden = _colours(self.system, [int(true) for true in self.truth])
        order = sorted(range(len(counts)), key=lambda count: (counts[count], _name(self.system, count)))
        columns = sorted(range(len(hidden)), key=lambda column: (hidden[column], column))
        at, new = {old: place for place, old in enumerate(order)}, {old: place for place, old in enumerate(columns)}
        system = replace(
            self.system,
            keys=tuple(self.system.keys[old] for old in order),
            grids=(),
            places=tuple(tuple(at[place] for place in places) for places in self.system.places),
            sums=tuple(tuple(sorted(new[column] for column in self.system.sums[old])) for old in order),
            relations=tuple(
                Relation(
                    tuple(sorted((new[column], coefficient) for column, coefficient in relation.terms)), relation.exact
                )
                for relation in self.system.relations
            ),
        )
        records = self.records.renumbered([*(new[column] for column in range(len(columns))), len(columns)])
        return replace(self.of(order, system), records=records), order

    def of(self, counts: Sequence[int], system: System) -> "Task":
        """Return the task of these counts only, in this order, with their demands; `system` is theirs."""
        at = {old: place for place, old in enumerate(counts)}
        # A count without hidden cells is 0 whatever is published, and may be in another part.
        forms = (([term for term in demand.form if self.system.sums[term[0]]], demand.least) for demand in self.demands)
        demands = (
            Demand(tuple((at[count], coefficient) for count, coefficient in form), least)
            for form, least in forms
            if form and form[0][0] in at
        )
        rows = list(counts)
        return replace(
            self,
            system=system,
            truth=self.truth[rows],
            prices=self.prices[rows],
            sensitive=self.sensitive[rows],
            demands=sorted(demands, key=lambda demand: (demand.form, demand.least)),
            low=self.low[rows],
            high=self.high[rows],
            public=frozenset(at[count] for count in self.public & at.keys()),
            elsewhere=self.elsewhere.of(rows) if self.elsewhere else None,
        )


def _name(system: System, count: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the key of a count in a form that can be sorted."""
    return tuple((name, tuple(sorted(parts))) for name, parts in system.keys[count])


def _colours(system: System, truth: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return a number per count and per hidden cell; two are equal only if nothing tells them apart."""
    members: list[list[int]] = [[] for _ in range(system.hidden)]
    for count, columns in enumerate(system.sums):
        for column in columns:
            members[column].append(count)
    counts, hidden = _ranks(truth), [0] * system.hidden
    for _ in range(_ROUNDS):
        hidden = _ranks(tuple(sorted(counts[count] for count in counts_of_cell)) for counts_of_cell in members)
        around = (tuple(sorted(hidden[column] for column in columns)) for columns in system.sums)
        counts = _ranks(zip(counts, around, strict=True))
    return counts, hidden


def _ranks(values: Iterable[Hashable]) -> list[int]:
    """Return the rank of each value among the distinct ones."""
    listed: list[Any] = list(values)
    rank = {value: place for place, value in enumerate(sorted(set(listed)))}
    return [rank[value] for value in listed]
