"""Our suppression against tau-ARGUS, judged by an attacker who shares no code with either."""

import numpy as np
import pytest

from schemas.profiles import STANDAARD
from tests.oracles.attacker import Bounds, Tabel, attack
from tests.oracles.ours import ours
from tests.oracles.plain import fewest
from tests.oracles.shape import LARGE, PERSONS, SMALL, TINY, counts, microdata, small
from tests.oracles.tauargus import FIRST, MODULAR, PROVEN, UNITY, tauargus, up_to_threshold

FILES = [*((seed, 80, SMALL) for seed in range(6)), (0, PERSONS, LARGE)]

PEERS = {
    "FREQ(10,30)": {"method": FIRST},
    "FREQ(10,100)": {"rule": "FREQ(10,100)", "method": FIRST},
    "modular": {"rule": "FREQ(10,100)", "method": MODULAR},
    "to 10": {"method": FIRST, "room": up_to_threshold},
    "to 10, fewest": {"method": PROVEN, "cost": UNITY, "room": up_to_threshold},
}


def _bounds(persons, table, hidden) -> Bounds:
    (bounds,) = attack([Tabel(tuple(persons), table, hidden)])
    assert (bounds.low <= table).all()
    assert (table <= bounds.high).all()
    return bounds


def _is_safe(bounds: Bounds, hidden) -> bool:
    """Every suppressed cell may be 10, and lies in an interval of 10 or more: nobody can tell which are small."""
    high, width = bounds.high[hidden], (bounds.high - bounds.low)[hidden]
    return bool((high >= STANDAARD.threshold).all() and (width >= STANDAARD.minimum_width).all())


def _require_fewest(own: int, peer: int) -> None:
    """The promise that our pattern is the smallest safe one. A heuristic may fail here, and only here."""
    assert own <= peer


@pytest.mark.parametrize(("seed", "persons", "kolommen"), FILES)
def test_no_safe_pattern_of_tau_argus_has_fewer_cells_than_ours(seed, persons, kolommen) -> None:
    pytest.importorskip("pytauargus")
    file = microdata(seed, persons, kolommen)
    table = counts(file, kolommen)
    own = ours(file, kolommen).hidden
    assert own[small(table)].all()
    assert _is_safe(_bounds(file, table, own), own)
    for options in PEERS.values():
        peer = tauargus(file, kolommen, **options)
        assert peer.hidden[small(table)].all()
        if _is_safe(_bounds(file, table, peer.hidden), peer.hidden):
            _require_fewest(int(own.sum()), int(peer.hidden.sum()))


@pytest.mark.parametrize("seed", range(4, 10))
def test_a_plain_integer_program_finds_no_smaller_pattern_than_ours(seed) -> None:
    table = counts(file := microdata(seed, 60, TINY), TINY)
    least = fewest(table, STANDAARD.threshold, STANDAARD.minimum_width)
    own = ours(file, TINY).hidden
    assert _is_safe(_bounds(file, table, own), own)
    assert own.sum() >= least
    _require_fewest(int(own.sum()), least)


def test_the_attacker_finds_what_can_be_worked_out_by_hand() -> None:
    """3 + 9 = 12 and 20 + 30 = 50 below each other; a small cell alone is exact, two in a row are not."""
    values = np.array([[3, 9, 12], [20, 30, 50], [23, 39, 62]])
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[0, 0] = True
    (alone,) = attack([Tabel(("a", "b"), values, hidden)])
    assert alone.low[0, 0] == alone.high[0, 0] == 3
    hidden[:2, :2] = True
    (square,) = attack([Tabel(("a", "b"), values, hidden)])
    assert square.low[:2, :2].tolist() == [[0, 0], [11, 27]]
    assert square.high[:2, :2].tolist() == [[12, 12], [23, 39]]


def test_the_attacker_subtracts_one_table_from_another() -> None:
    """131 - (100 + 23) = 8: the tables hide it each, and not together."""
    one = Tabel(("a",), np.array([8, 123, 131]), np.array([True, True, False]))
    values = np.array([[3, 5, 8], [100, 23, 123], [103, 28, 131]])
    two = Tabel(("a", "b"), values, np.array([[True, True, True], [False, False, True], [True, True, False]]))
    (alone,) = attack([one])
    assert (alone.low[0], alone.high[0]) == (0, 131)
    linked, _ = attack([one, two])
    assert (linked.low[0], linked.high[0]) == (8, 8)
