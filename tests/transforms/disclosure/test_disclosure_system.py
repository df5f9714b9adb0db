"""Tables as one linear system, what the solver is asked, and roundings of a few counts, worked out by hand."""

import os
import subprocess
import sys
from dataclasses import replace

import highspy
import numpy as np
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.tables import TABLES
from tests.project import PROJECT
from transforms.disclosure.counts.rules import Demand
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Axis, Grid, cliques, consistency
from transforms.disclosure.model.program import Program
from transforms.disclosure.model.solver import CAP, HIGHEST, LOWEST, Floats, accept, require_answer
from transforms.disclosure.model.system import build
from transforms.disclosure.rounding.rounded_attack import rounded_intervals
from transforms.disclosure.rounding.rounding import controlled_rounding, multiple_of, proves_change
from transforms.disclosure.suppression.lines import Lines
from transforms.disclosure.suppression.parts import parts
from transforms.disclosure.suppression.task import Task


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test")
    return Dimension(
        name=name,
        title=name,
        codes=codes,
        subtotals=tuple(Subtotal(code=s, label=s, parts=tuple(s)) for s in subtotals),
        multiple=multiple,
    )


def _spec(*dimensions: Dimension, population: tuple[tuple[Dimension, str], ...] = ()) -> TableSpec:
    return TableSpec("T", "", "", dimensions, population)


A, B, C, D = _dimension("a", "xyz", "xy"), _dimension("b", "pq"), _dimension("c", "uv"), _dimension("d", "mn")
M = _dimension("m", "kl", multiple=True)


def test_a_cell_is_what_it_adds_up_within_its_population() -> None:
    table, part = _spec(A), _spec(B, population=((A, "xy"),))
    system = build([table, part])
    assert system.keys[:5] == ((("a", frozenset("x")),), (("a", frozenset("y")),), (("a", frozenset("z")),),
                               (("a", frozenset("xy")),), ())  # fmt: skip
    assert system.places == ((0, 1, 2, 3, 4), (5, 6, 3))  # all of the part is the subtotal of the table
    assert system.keys[5] == (("a", frozenset("xy")), ("b", frozenset("p")))
    assert (system.hidden, system.relations) == (6, ())
    assert [len(columns) for columns in system.sums] == [2, 2, 2, 4, 6, 2, 2]
    inside = _spec(A, population=((A, "x"),))
    assert build([inside]).keys == ((("a", frozenset("x")),), (("a", frozenset()),))


def test_dimensions_that_meet_in_no_table_do_not_multiply() -> None:
    assert cliques([frozenset("ab"), frozenset("bc")]) == [frozenset("ab"), frozenset("bc")]
    assert cliques([]) == cliques([frozenset()]) == [frozenset()]
    assert cliques([frozenset("abc"), frozenset("ab")]) == [frozenset("abc")]
    ring = cliques([frozenset(pair) for pair in ("ab", "bc", "cd", "da")])
    assert sorted(map(sorted, ring)) == [["a", "b", "d"], ["b", "c", "d"]]
    chain = build([_spec(A, B), _spec(B, C), _spec(C, D)])
    assert chain.hidden == 3 * 2 + 2 * 2 + 2 * 2
    assert [len(relation.terms) for relation in chain.relations] == [5, 5, 4, 4]  # b: 3 + 2 cells, c: 2 + 2
    assert all(relation.exact for relation in chain.relations)
    assert build([_spec(A, B), _spec(C, D)]).relations[0].terms[-1][1] == -1  # nothing shared: the same everybody


def test_a_line_moves_a_count_only_as_far_as_its_others() -> None:
    """x 4, y 20, z 8, xy 24, all 32: with threshold 10, x needs 6 more, and 14 for z in the total of 32."""
    system = build([_spec(A)])
    truth = np.array([4, 20, 8, 24, 32])
    exact = truth.astype(np.float64)
    small, nothing = truth < 10, np.zeros(5, dtype=bool)

    def task(low: Floats, high: Floats) -> Task:
        return Task(system, truth, np.ones(5, dtype=np.int64), small, (), STANDAARD, low, high)

    def found(lines: Lines, hidden: str) -> set[tuple[int, tuple[int, ...], tuple[float, ...], float]]:
        pattern = np.array([name in hidden.split() for name in ("x", "y", "z", "xy", "all")], dtype=np.float64)
        return {
            (one.count, tuple(one.others), tuple(one.capacity), one.least) for one in lines.broken_conditions(pattern)
        }

    lines = Lines(task(exact, exact))
    assert not list(lines.broken_conditions(nothing.astype(np.float64)))
    in_xy, in_all = (0, (3, 1), (CAP, 20.0), 6.0), (0, (4, 1, 2), (CAP, 20.0, 8.0), 6.0)
    assert found(lines, "x") == {in_xy, in_all}
    assert found(lines, "x z") == {in_xy}
    assert found(lines, "xy") == {(3, (0, 1), (CAP + 4, CAP + 20), 10.0)}
    assert found(lines, "x y") == set()  # at least in lines; that xy is known, the attacker knows
    wide = Lines(task(exact - 1, exact + 2))
    assert found(wide, "x") == {
        (0, (3, 1), (CAP, 20.0), 6.0 - 2 - 1),
        (0, (4, 1, 2), (CAP, 20.0, 8.0), 6.0 - 2 - 1 - 1),
    }
    several = build([_spec(M)])
    zero = np.zeros(len(several.keys))
    ones = np.ones(len(zero), dtype=np.int64)
    assert not list(Lines(Task(several, ones, ones, ones > 0, (), STANDAARD, zero, zero)).broken_conditions(zero + 1))


def test_neighbours_agree_on_what_they_share() -> None:
    a, b, c = (Axis(name, (frozenset("x"), frozenset("y"))) for name in "abc")
    left, right = Grid((a, b)), Grid((b, c), offset=4)
    assert left.columns(()) == [0, 1, 2, 3]
    assert right.columns((("b", frozenset("y")),)) == [6, 7]
    first, second = consistency([left, right])
    assert first.terms == ((0, 1), (2, 1), (4, -1), (5, -1))
    assert second.terms == ((1, 1), (3, 1), (6, -1), (7, -1))
    assert Grid((), offset=3).columns(()) == [3]


def test_persons_in_several_categories_are_bounded_by_each_other() -> None:
    system = build([_spec(M)])
    assert (system.keys, system.hidden) == (((("m", frozenset("k")),), (("m", frozenset("l")),), ()), 3)
    low, high = [20, 0, 50], [20, 100, 50]
    program = Program(system, low, high)
    ends = [program.ask(((1, 1),), way).counts[1] for way in (LOWEST, HIGHEST)]
    assert ends == pytest.approx([30, 50])  # everybody is in one of both, and no category holds more


def test_what_would_make_the_attacker_too_weak_is_refused() -> None:
    two = _dimension("n", "kl", multiple=True)
    for specs, match in (
        ([_spec(M, two)], "two dimensions with several categories"),
        ([_spec(M, population=((two, "k"),))], "two dimensions with several categories"),
        ([_spec(B), _spec(_dimension("b", "pqr"))], "declare b in two ways"),
        ([_spec(_dimension("m", "jkl", "jk", "kl", multiple=True))], "overlap"),
    ):
        with pytest.raises(DisclosureFailure, match=match):
            build(specs)
    with pytest.raises(UnknownCategory):
        build([_spec(B, population=((A, "w"),))])
    build([_spec(M), _spec(two)])
    build([_spec(_dimension("m", "ijkl", "ij", "kl", multiple=True))])
    build([_spec(_dimension("m", "ijkl", "ij", "ijk", multiple=True))])


def test_tables_that_the_attacker_would_need_hours_for_are_refused() -> None:
    wide = "".join(map(chr, range(200, 342)))  # 142 x 142 cells are more than 20,000
    with pytest.raises(DisclosureFailure, match="too many dimensions"):
        build([_spec(_dimension("v", wide), _dimension("w", wide))])
    assert build([_spec(_dimension("v", wide))]).hidden == 142


def test_the_solver_is_believed_when_it_is_certain() -> None:
    status = highspy.HighsModelStatus
    assert require_answer(status.kOptimal)
    assert not require_answer(status.kInfeasible, allow_nothing=True)
    for one, allow, match in (
        (status.kInfeasible, False, "contradict each other"),
        (status.kSolutionLimit, True, "no proven answer"),
        (status.kUnbounded, True, "no proven answer"),
        (status.kTimeLimit, False, "no proven answer"),
    ):
        with pytest.raises(DisclosureFailure, match=match):
            require_answer(one, allow_nothing=allow)
    accept(highspy.HighsStatus.kOk)
    for refused in (highspy.HighsStatus.kError, highspy.HighsStatus.kWarning):
        with pytest.raises(DisclosureFailure, match="refused"):
            accept(refused)


def test_a_program_answers_about_what_is_known_now() -> None:
    system = build([_spec(A)])  # x, y, z, xy, everybody
    program = Program(system, [0, 0, 30, 0, 50], [50, 50, 30, 50, 50])

    def end(way: int, *form: tuple[int, int]) -> float:
        return round(sum(sign * program.ask(form, way).counts[count] for count, sign in form), 6)

    assert (end(LOWEST, (0, 1)), end(HIGHEST, (0, 1)), end(HIGHEST, (3, 1))) == (0, 20, 20)
    assert (end(LOWEST, (0, 1), (1, -1)), end(HIGHEST, (0, 1), (1, 1))) == (-20, 20)
    program.know_of(0, 5, 12)
    assert (end(LOWEST, (1, 1)), end(HIGHEST, (1, 1))) == (8, 15)
    for x, is_possible in ((5, True), (4, False), (13, False)):
        assert program.is_possible(np.array([x, 20 - x, 30, 20, 50.0]), np.array([x, 20 - x, 30.0])) == is_possible
    program.know([0, 0, 30, 0, 50], [50, 50, 30, 50, 50])
    assert end(HIGHEST, (0, 1)) == 20
    found = program.find()
    assert found is not None
    assert program.is_possible(found.counts, found.hidden)
    assert program.ask_whole(((0, 1),), HIGHEST).counts[0] == 20
    assert program.solved > 8
    program.know([0, 0, 30, 0, 20], [50, 50, 30, 50, 20])
    assert program.find() is None
    with pytest.raises(DisclosureFailure, match="contradict each other"):
        Program(system, [0, 0, 30, 0, 20], [50, 50, 30, 50, 20])


def test_a_rounded_value_is_less_than_a_base_off() -> None:
    for interval, base, value in (
        (Interval(0, 9), 10, 0),
        (Interval(1, 9), 10, 0),  # known not to be 0
        (Interval(1, 20), 10, 10),
        (Interval(1, 19), 10, 10),
        (Interval(11, 29), 10, 20),
        (Interval(0, 19), 10, None),
        (Interval(12, 29), 10, None),
        (Interval(11, 28), 10, None),
        (Interval(0, 3), 10, None),
        (Interval(6, 14), 5, 10),
        (Interval(20, 20), 1, 20),
    ):
        assert multiple_of(interval, base) == value
    for before, now, expected in (
        (Interval(40, 40), 50, True),  # 41 to 59
        (Interval(41, 41), 50, False),
        (Interval(32, 32), 50, True),
        (Interval(31, 31), 50, False),  # ten or more
        (Interval(59, 59), 50, False),
        (Interval(60, 60), 50, True),
        (Interval(68, 68), 50, True),
        (Interval(69, 69), 50, False),
    ):
        assert proves_change(before, now, base=10, threshold=10) == expected


def test_counts_go_to_the_nearest_multiples_that_add_up() -> None:
    system = build([_spec(B)])
    assert controlled_rounding(system, [24, 36, 60], base=10).values == (20, 40, 60)
    assert controlled_rounding(system, [23, 24, 47], base=10).values in {(20, 30, 50), (20, 20, 40)}
    assert controlled_rounding(system, [22, 24, 46], base=5).values == (20, 25, 45)
    # Within reach of it, last month's value stays.
    month = [[Interval(21, 39), Interval(31, 49), Interval(61, 79)]]
    found = controlled_rounding(system, [22, 39, 61], base=10, earlier=month)
    assert (found.values, found.given_away) == ((30, 40, 70), frozenset())
    assert controlled_rounding(system, [22, 39, 61], base=10).values == (20, 40, 60)
    with pytest.raises(DisclosureFailure, match="contradict each other"):
        controlled_rounding(system, [20, 30, 51], base=10)


def test_what_rounded_counts_prove() -> None:
    system = build([_spec(B)])
    assert rounded_intervals(system, [20, 30, 50], base=10, threshold=10) == (
        Interval(11, 29),
        Interval(21, 39),
        Interval(41, 59),
    )
    assert rounded_intervals(system, [None, 30, 30], base=10, threshold=10)[0] == Interval(0, 9)
    # Below 10 are 0 and 5: here it must be 5.
    assert rounded_intervals(system, [None, 30, 35], base=5, threshold=10)[0] == Interval(1, 9)
    assert rounded_intervals(system, [None, None, 10], base=5, threshold=10)[:2] == (Interval(1, 9),) * 2
    held = rounded_intervals(system, [None, 30, 50], base=10, threshold=10, suppressed=frozenset({0}))
    assert held == (Interval(2, 38), Interval(21, 39), Interval(41, 59))
    with pytest.raises(DisclosureFailure, match="multiple of the base"):
        rounded_intervals(system, [20, 31, 50], base=10, threshold=10)
    with pytest.raises(DisclosureFailure, match="contradict"):
        rounded_intervals(system, [20, 30, 60], base=10, threshold=10)


def test_tables_of_other_persons_are_independent_parts() -> None:
    system = build(TABLES)
    counts = len(system.keys)
    whole = Task(
        system, np.arange(counts), np.ones(counts, int), np.zeros(counts, bool), [], STANDAARD, np.arange(counts) * 1.0,
        np.arange(counts) * 1.0,
    )  # fmt: skip
    found = parts(whole)
    assert sorted(count for _, own in found for count in own) == list(range(counts))
    assert [{name for key in part.system.keys for name, _ in key} & {"stand", "lks", "ogdb"} for part, _ in found] == [
        {"stand"}, {"lks"}, {"ogdb"},
    ]  # fmt: skip
    assert sum(part.system.hidden for part, _ in found) == system.hidden
    assert sum(len(part.system.relations) for part, _ in found) == len(system.relations)
    for part, own in found:
        assert part.truth.tolist() == own
        assert [part.system.keys[place] for place in range(len(own))] == [system.keys[count] for count in own]
    with_demand = replace(whole, demands=[Demand(((found[0][1][0], 1), (found[1][1][0], 1)), 5)])
    assert len(parts(with_demand)) == len(found) - 1


_SYSTEM = """
from schemas.tables import TABLES
from tests.builders.remembered import digest
from transforms.disclosure.model.system import build
print(digest((TABLES[0].dimensions, [table.dimensions for table in TABLES], build(TABLES))).hex())
"""


def test_two_processes_ask_the_solver_in_the_same_order() -> None:
    """A set has another order in every process; with it the pattern could be another one of equal cost."""
    asked = {
        subprocess.run(
            [sys.executable, "-c", _SYSTEM],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(asked) == 1


def test_who_is_in_some_categories_is_one_of_everybody() -> None:
    """By b only some persons are counted, so those are at most everybody by a."""
    x, y = frozenset("x"), frozenset("y")
    a, b = Axis("a", (x, y)), Axis("b", (x, y), complete=False)
    for grids in ([Grid((a,)), Grid((b,), offset=2)], [Grid((b,), offset=2), Grid((a,))]):
        (relation,) = consistency(grids)
        assert relation.terms == ((2, 1), (3, 1), (0, -1), (1, -1))
        assert not relation.exact


def test_what_rounding_leaves_of_the_parts_is_not_asked_of_a_pattern() -> None:
    truth = np.array([4, 20, 8, 24, 32])
    exact = truth.astype(np.float64)
    ones = np.ones(5, dtype=np.int64)
    wide = Lines(Task(build([_spec(A)]), truth, ones, truth < 10, (), STANDAARD, exact - 1, exact + 2))
    (one,) = wide.broken_conditions(np.array([0, 0, 0, 1.0, 0]))  # xy
    assert (one.count, one.capacity.tolist(), one.least) == (3, [CAP + 4, CAP + 20], 10.0 - 2 * (2 + 1))


def test_tables_in_a_ring_are_one_system() -> None:
    """What is filled in holds both ways, so that every two neighbouring cliques share what goes round."""
    ring = [frozenset(pair) for pair in ("ab", "bc", "cd", "de", "ea")]
    assert [sorted(clique) for clique in cliques(ring)] == [list("abe"), list("bce"), list("cde")]
