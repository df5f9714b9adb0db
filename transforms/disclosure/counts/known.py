"""Bounds that the tables of a release state about every count.

Nothing is computed from them yet.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from schemas.errors import Contradiction, DisclosureFailure
from schemas.names import STATUS, SUPPRESSED
from schemas.specs import Method
from schemas.specs.public import PublicStatistic
from schemas.states import Released
from transforms.disclosure.model.cells import published_values
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.solver import CAP, Floats
from transforms.disclosure.model.system import System, build
from transforms.disclosure.rounding.rounded_attack import rounded_intervals

Stated = tuple[Key, float, float]


def stated_bounds(
    system: System, released: Sequence[Released], threshold: int, public: Sequence[PublicStatistic] = ()
) -> tuple[Floats, Floats]:
    """Return the lowest and highest value of each count by what the tables, and the figures of others, state about it.

    An exact count is itself. A rounded one is off by its reach at most, and what is shown as below
    the threshold is what the other rounded counts leave of it. A suppressed one is anything. A category that was named
    because somebody is in it is not empty.

    Raises:
        UnknownCategory, DisclosureFailure: A table is not as declared, tables are rounded to
            different bases, or what they state contradicts itself.
    """
    stated = (*_exact_bounds(with_method(released, Method.SUPPRESS)), *_rounded_bounds(released, threshold))
    return _tightest(system, (*stated, *_public_bounds(system, public)))


def public_bounds(system: System, public: Sequence[PublicStatistic]) -> tuple[Floats, Floats]:
    """Return the lowest and highest value of each count by what is known of it without any release.

    Raises:
        Contradiction: Two figures say different things of one count.
    """
    return _tightest(system, _public_bounds(system, public))


def _tightest(system: System, stated: Iterable[Stated]) -> tuple[Floats, Floats]:
    """Return the tightest bounds per count; raise `Contradiction` if two exclude each other."""
    low, high = np.zeros(len(system.keys)), np.full(len(system.keys), CAP)
    position = {key: place for place, key in enumerate(system.keys)}
    for key, least, most in stated:
        place = position[key]
        low[place], high[place] = max(low[place], least), min(high[place], most)
    if np.any(low > high):
        raise Contradiction("the published values contradict each other")
    return low, high


def _public_bounds(system: System, public: Sequence[PublicStatistic]) -> Iterator[Stated]:
    """Yield the bounds of every category that is not empty, and of every figure of others."""
    for place in system.occupied:
        yield system.keys[place], 1, CAP
    for statistic in public:
        counted = build([statistic.spec])
        for place, bound in zip(counted.places[0], statistic.bounds, strict=True):
            if bound is not None:
                yield counted.keys[place], *bound


def with_method(released: Sequence[Released], method: Method) -> list[Released]:
    """Return the tables that are protected by one method."""
    return [table for table in released if table.spec.disclosure.method == method]


def _exact_bounds(released: Sequence[Released]) -> Iterator[Stated]:
    """Yield every published count of a suppressed table; both bounds are its value."""
    system = build([table.spec for table in released])
    for key, value in zip(system.keys, published_values(system, released), strict=True):
        if value is not None:
            yield key, value, value


def _rounded_bounds(released: Sequence[Released], threshold: int) -> Iterator[Stated]:
    """Yield the bounds of the counts of rounded tables.

    Raises `DisclosureFailure` if they are rounded to different bases.
    """
    rounded = with_method(released, Method.ROUND)
    if not rounded:
        return
    sizes = {(table.spec.disclosure.base, table.spec.disclosure.reach) for table in rounded}
    if len(sizes) > 1:
        raise DisclosureFailure("tables of one release are rounded to different bases")
    system = build([table.spec for table in rounded])
    values = published_values(system, rounded)
    hidden = frozenset(hidden_counts(system, rounded))
    base, reach = sizes.pop()
    bounds = rounded_intervals(system, values, base=base, threshold=threshold, suppressed=hidden, reach=reach)
    for key, bound in zip(system.keys, bounds, strict=True):
        yield key, bound.low, bound.high


def hidden_counts(system: System, released: Sequence[Released]) -> list[int]:
    """Return the counts that some table does not show."""
    hidden = {
        place
        for table, places in zip(released, system.places, strict=True)
        for place, status in zip(places, table.frame.get_column(STATUS), strict=True)
        if status == SUPPRESSED
    }
    return sorted(hidden)
