"""Search for the cheapest pattern of suppressed sums that is safe.

It is the search of `suppress` with other demands: a suppressed sum must stay open on both sides, by a
share of itself, for anybody, for a contributor who knows what he himself added, and for a supplier who knows what he
was paid. A sum is a sum
of hidden cells as a count is (`system`). Amounts are scaled by a power of two, which loses nothing
in floating point, so that the solver sees numbers as large as counts.
"""

import math
from collections import deque

import numpy as np

from schemas.errors import DisclosureFailure
from transforms.disclosure.model.program import Answer, Program
from transforms.disclosure.model.solver import CAP, HIGHEST, Floats, Pattern
from transforms.disclosure.sums.magnitude_audit import BOUNDED, scale_of
from transforms.disclosure.sums.magnitude_rules import (
    Need,
    SumTask,
    View,
    contains,
    is_remainder_sensitive,
    overlaps,
    part_of,
)
from transforms.disclosure.sums.sum_lines import Line
from transforms.disclosure.suppression.master import Master
from transforms.disclosure.suppression.task import EFFORT, LIMIT, OPTIMAL, Suppression

_EPSILON = 1e-6

_MEMORY = 2_000
"""Witnesses that are kept: files that fit everything published."""

_PATIENCE = 4
"""Times the effort after which the search gives up when it has no safe pattern at all."""


def suppress_sums(task: SumTask, effort: float = EFFORT) -> Suppression:
    """Return the sums that must not be published; the same for the same task.

    Raises:
        DisclosureFailure: The sums contradict each other, or no safe pattern was found.
    """
    return _Search(task).finish(effort)


class _View:
    """What one attacker does not know, scaled, with files that fit everything that he does (witnesses).

    Attributes:
        truth: The true sums without what he knows.
        forms: A column per need: its sum as coefficients of all sums.
    """

    def __init__(self, view: View, scale: int) -> None:
        self.needs, self.ledger = view.needs, view.ledgers[-1]
        self.truth = self.ledger.som / scale
        self.forms = np.zeros((len(self.truth), len(view.needs)))
        for number, need in enumerate(view.needs):
            for count, coefficient in need.form:
                self.forms[count, number] = coefficient
        self.moves: deque[Floats] = deque(maxlen=_MEMORY)
        self.gains: deque[Floats] = deque(maxlen=_MEMORY)
        self.keep(np.zeros_like(self.truth))

    def keep(self, move: Floats) -> None:
        """Keep a witness and what it adds to every form."""
        self.moves.append(move)
        self.gains.append(move @ self.forms)


class _Search:
    """Search for the cheapest safe pattern of sums.

    As in `suppress`, with needs on both sides of a sum.
    """

    def __init__(self, task: SumTask) -> None:
        self.task, self.ledger = task, task.ledger
        self.scale = scale_of(int(self.ledger.som.max(initial=1)), BOUNDED)
        self.outsider, *self.suppliers = [_View(view, self.scale) for view in task.views]
        self.program = Program(self.ledger.system, self.outsider.truth, self.outsider.truth)
        self.master = Master(task.prices, task.sensitive, task.never)

    @property
    def work(self) -> float:
        return self.program.work + self.master.work

    def finish(self, effort: float) -> Suppression:
        """Propose patterns and repair them until one is proven optimal or the effort is spent."""
        best, cost, bound = None, math.inf, 0
        while best is None or (bound < cost and self.work <= effort):
            if self.work > _PATIENCE * max(effort, EFFORT):
                raise DisclosureFailure("no safe pattern of sums was found")
            proposal = self.master.solve()
            bound = max(bound, proposal.bound)
            pattern = self._repair(proposal.pattern > 0.5) if bound < cost else None
            if pattern is not None and self.master.cost(pattern) < cost:
                best, cost = pattern, self.master.cost(pattern)
        counts = frozenset(int(count) for count in np.flatnonzero(best))
        return Suppression(counts, int(cost), int(min(bound, cost)), OPTIMAL if bound >= cost else LIMIT)

    def _repair(self, pattern: Pattern) -> Pattern | None:
        """Suppress more until nothing can be proven; None if that cannot save this pattern."""
        while self._is_broken(pattern):
            try:
                pattern = self.master.extend(pattern)
            except DisclosureFailure:
                return None
        return pattern

    def _is_broken(self, pattern: Pattern) -> bool:
        """Return whether something can be proven about a pattern; if so, add new conditions."""
        before = self.master.conditions
        broken = sum(self._rule_out(line, pattern) for line in self.task.lines)
        broken += self._attack(pattern, self.outsider)
        if not broken:
            broken = sum(self._attack(pattern, supplier) for supplier in self.suppliers)
        if not broken:
            insiders = [count for count in self.task.insiders if pattern[count] and self.ledger.aantal[count]]
            broken = sum(self._attack(pattern, self.outsider, insider) for insider in insiders)
        if broken and self.master.conditions == before:
            raise DisclosureFailure("no safe pattern of sums was found")
        return bool(broken)

    def _rule_out(self, line: Line, pattern: Pattern) -> bool:
        """Return whether the hidden parts of a line are a sensitive sum that can be derived.

        If so, another sum must go.
        """
        hidden = [part for part in line.parts if pattern[part]]
        is_known = not pattern[list(line.known)].any()
        if not (is_known and hidden):
            return False
        sensitive = [ledger for ledger in self.task.ledgers if is_remainder_sensitive(ledger, line, hidden)]
        published = np.zeros(len(pattern))
        published[[*line.known, *(part for part in line.parts if not pattern[part])]] = 1.0
        for ledger in sensitive:
            # Fewer hidden parts with the largest contributor among them are sensitive, too.
            largest = max(hidden, key=lambda part: int(ledger.grootste[part]))
            self._require(published, 1.0, pattern, largest)
        return bool(sensitive)

    def _attack(self, pattern: Pattern, view: _View, insider: int | None = None) -> int:
        """Add a condition for every need that this attacker rules out; returns how many he does."""
        fall, rise = view.truth.copy(), np.full_like(view.truth, CAP)
        if insider is not None:
            is_alone = self.ledger.aantal[insider] == 1
            fall[insider] = 0.0 if is_alone else view.truth[insider] - self.ledger.grootste[insider] / self.scale
            rise[insider] = 0.0 if is_alone else CAP
        self.program.know(view.truth - fall * pattern, view.truth + rise * pattern)
        amounts, gains = self._amounts(pattern, view, insider), self._gains(pattern, view, fall, insider)
        ruled_out = 0
        for number in (int(number) for number in np.flatnonzero(gains < amounts - _EPSILON)):
            if gains[number] < amounts[number] - _EPSILON:
                need = view.needs[number]
                answer = self._aim(need, float(amounts[number]), view, fall * pattern, rise * pattern)
                gains = np.maximum(gains, view.gains[-1])
                if gains[number] < amounts[number] - _EPSILON:
                    ruled_out += 1
                    reached = float((answer.counts - view.truth) @ view.forms[:, number])
                    # A need that only whole units rule out has no prices.
                    least = math.inf if reached >= amounts[number] - _EPSILON else float(amounts[number])
                    capacity = np.where(answer.prices > 0, answer.prices * rise, -answer.prices * fall)
                    self._require(capacity, least - answer.slack, pattern, need.count)
        return ruled_out

    def _require(self, capacity: Floats, least: float, pattern: Pattern, count: int | None) -> None:
        """Add the condition that the prices give.

        If there is none or it is known, one of the published sums must go: a pattern that publishes as much or more
        proves as much or more.
        """
        if math.isinf(least) or not self.master.require(capacity, least, count):
            self.master.require(np.where(pattern, 0.0, 1.0), 1.0, count)

    def _amounts(self, pattern: Pattern, view: _View, insider: int | None) -> Floats:
        """Return the scaled amount per need.

        0 for what is published, and for what an insider only has of himself.
        """
        return np.array([self._amount(need, pattern, insider) for need in view.needs]) / self.scale

    def _amount(self, need: Need, pattern: Pattern, insider: int | None) -> int:
        """Return the amount that a need asks for under a pattern, against one insider."""
        if need.count is None:
            return need.amount if insider is None else 0
        if not pattern[need.count] or need.count == insider:
            return 0
        if insider is None or not self._may_hold(need.count, insider):
            return need.amount
        of_others = int(self.ledger.som[need.count] - self.ledger.grootste[insider])
        return part_of(of_others, self.task.profile.interval_pct)

    def _may_hold(self, count: int, insider: int) -> bool:
        """Return whether the largest contributor to one sum is in another: by declaration, or by his amount."""
        ledger, keys = self.ledger, self.ledger.system.keys
        is_his = ledger.grootste[insider] in (ledger.grootste[count], ledger.tweede[count])
        return contains(keys[count], keys[insider]) or (bool(is_his) and overlaps(keys[count], keys[insider]))

    def _gains(self, pattern: Pattern, view: _View, fall: Floats, insider: int | None) -> Floats:
        """Return what earlier witnesses, as far as an insider leaves them, add to every form."""
        moves, gains = (np.array([np.zeros_like(arrays[0]), *arrays]) for arrays in (view.moves, view.gains))
        is_fitting = (np.abs(moves[:, ~pattern]) <= _EPSILON).all(axis=1)
        moves, gains = moves[is_fitting], gains[is_fitting]
        steps = np.ones(len(moves))
        if insider is not None:
            own_moves = moves[:, insider]
            if self.ledger.aantal[insider] == 1:
                steps = np.where(np.abs(own_moves) <= _EPSILON, 1.0, 0.0)
            else:
                steps = np.minimum(1.0, fall[insider] / np.maximum(-own_moves, _EPSILON))
            # A fraction of a witness in whole units is not in whole units itself.
            steps = np.floor(steps) if self.scale == 1 else steps
        return np.asarray((gains * steps[:, None]).max(axis=0))

    def _aim(self, need: Need, amount: float, view: _View, fall: Floats, rise: Floats) -> Answer:
        """Ask for a need as far as its amount only.

        Looking further takes longer, and moves more sums than needed.
        """
        count, truth = need.count, view.truth
        if count is not None:
            low = truth[count] - min(fall[count], amount)
            self.program.know_of(count, low, truth[count] + min(rise[count], amount))
        answer = self.program.ask(need.form, HIGHEST)
        witness = answer
        if self.scale == 1 and not answer.is_whole:
            witness = self.program.ask_whole(need.form, HIGHEST)
        if count is not None:
            self.program.know_of(count, truth[count] - fall[count], truth[count] + rise[count])
        view.keep(witness.counts - truth)
        return answer
