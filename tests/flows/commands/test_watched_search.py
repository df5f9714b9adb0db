"""A search that is watched: what it tells, how it is ended, and that watching changes nothing."""

import csv
import io
import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from flows.commands.protection import watched_search
from flows.commands.protection.watched_search import watch_search
from schemas.profiles import STANDAARD
from schemas.specs import DisclosureProfile
from schemas.states import Counted
from tests.oracles.shape import microdata
from tests.project import PROJECT
from transforms.counting.aggregate import count_records
from transforms.disclosure import Protected, protect
from transforms.disclosure.suppression.progress import Course, Progress, Watch, keep_going
from transforms.disclosure.suppression.task import LIMIT, OPTIMAL, Suppression
from transforms.microdata.persons_file import persons
from transforms.microdata.table_plan import Statements, plan

COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who started this may ignore it
from flows.commands.cli import main
main(sys.argv[1:])
"""
PROFILE = replace(STANDAARD, pooled=0)


def _counted() -> list[Counted]:
    frame = pl.DataFrame(microdata(1))
    names = ["wijk", "leeftijd", "uitkering"]
    (spec,) = plan(frame, [names], DisclosureProfile(margin_factor=1), (), Statements()).specs
    return [count_records(persons(frame, names), spec)]


def _protected(watch: Watch) -> Protected:
    return protect(_counted(), PROFILE, watch=watch)


@pytest.fixture(scope="module")
def undisturbed() -> Suppression:
    return _protected(keep_going).suppression


def test_who_always_goes_on_changes_nothing_and_sees_the_bounds_close(undisturbed: Suppression) -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return True

    found = _protected(watch).suppression
    assert found == undisturbed
    assert found.status == OPTIMAL
    assert seen[0] == Progress(None, None, 0)
    bounds, costs = [one.bound for one in seen], [math.inf if one.cost is None else one.cost for one in seen]
    assert bounds == sorted(bounds)
    assert costs == sorted(costs, reverse=True)
    assert all(one.gap is None or 0 <= one.gap <= 1 for one in seen)
    assert all(one.blank == one.cost for one in seen), "every blank cell costs one here"


def test_who_ends_it_at_once_gets_the_first_safe_pattern(undisturbed: Suppression) -> None:
    found = _protected(lambda _: False).suppression
    assert found.cost == len(found.counts) >= undisturbed.cost
    assert found.bound <= found.cost
    assert found.status == (LIMIT if found.bound < found.cost else OPTIMAL)


def test_who_ends_it_later_gets_the_best_so_far() -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return progress.blank is None

    found = _protected(watch).suppression
    assert [one.blank is not None for one in seen].count(True) == 1, "it ends at the first word"
    assert (found.cost, found.bound, found.status) == (seen[-1].cost, seen[-1].bound, LIMIT)


@pytest.fixture
def interruptible() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_the_first_interruption_ends_the_search_and_the_second_everything(capfd: pytest.CaptureFixture[str]) -> None:
    with watch_search() as search:
        assert search.watch(Progress(None, None, 0))
        signal.raise_signal(signal.SIGINT)
        assert search.is_interrupted
        assert not search.watch(Progress(None, None, 0))
        assert not search.watch(Progress(3, 3, 2))
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    said = capfd.readouterr().err
    assert said == "Interrupted: going on to the first safe pattern. Ctrl-C again ends it without tables.\n"


def test_ctrl_c_stays_as_it_is_where_it_is_ignored(interruptible: None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with watch_search():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_search_that_takes_long_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watched_search, "_QUIET_SECONDS", 0.0)
    with watch_search() as search:
        search.watch(Progress(None, None, 0))
        search.watch(Progress(3, 3, 2))
    assert capfd.readouterr().err == "Searching for a first safe pattern (Ctrl-C: stop there)\n"
    monkeypatch.setattr(watched_search, "_LINES_SECONDS", 0.0)
    with watch_search() as search:
        search.watch(Progress(100, 100, 90))
    said = "Searching: 100 cells blank, at most 10.0% above the least (Ctrl-C: keep the best so far)\n"
    assert capfd.readouterr().err.endswith(said)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_is_one_line_that_goes_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(watched_search, "_QUIET_SECONDS", 0.0)
    monkeypatch.setattr(watched_search, "_TERMINAL_SECONDS", 0.0)
    with watch_search() as search:
        search.watch(Progress(None, None, 0))
        search.watch(Progress(3, 3, 2))
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().count("\r\x1b[K") == 3
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_an_interrupted_run_keeps_safe_tables_and_says_how_good_they_are(tmp_path: Path) -> None:
    """A search of a quarter of a minute, and nothing but our own lines on the screen."""
    rng, sizes = np.random.default_rng(1), {"a": 7, "b": 5, "c": 4, "d": 3}
    columns = {
        name: [name + str(code) for code in np.minimum(rng.geometric(0.4, 10_000) - 1, size - 1)]
        for name, size in sizes.items()
    }
    with (tmp_path / "m.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([list(columns), *zip(*columns.values(), strict=True)])
    words = ["protect", "m.csv", "--by", "a,b,c,d", "--threshold", "20", "--out", "uit"]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Searching")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=100)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert all(line.startswith(("Searching", "Interrupted: ")) for line in err.splitlines())
    audit = json.loads((tmp_path / "uit" / "audit.json").read_text())
    assert audit["interrupted"] is True
    assert audit["solver_status"] == LIMIT
    assert audit["lower_bound"] < audit["suppressed"]
    assert f"(at most {audit['gap']:.1%} above the least)" in out
    assert audit["narrowest_interval"] >= 20


def test_progress_is_of_this_part_and_those_before_it() -> None:
    seen: list[Progress] = []
    course = Course(lambda progress: seen.append(progress) is None, [Suppression(frozenset({1, 2}), 4, 3, LIMIT)])
    course.raise_bound(2)
    course.tell()
    course.offer(np.array([True, False, True, True]), 5)
    course.tell()
    assert seen == [Progress(None, None, 5), Progress(5, 9, 5)]
