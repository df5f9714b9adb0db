"""Releases of one work folder beside each other, through the flow."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.pipeline import steps
from flows.registers.ledger import append, read_ledger
from flows.release.ledger_entry import earlier_release_names
from flows.release.proof import prove, read_release
from flows.release.verification import verify_release
from flows.workfolder.home import Run, read_run
from schemas.errors import DisclosureFailure, LedgerDamaged, LedgerMoved, TooExact, VerificationFailed
from schemas.profiles import STANDAARD
from schemas.states import Released
from schemas.tables import TABLES, table_by_id
from transforms.disclosure.over_time.history import Publication

Flow = Callable[..., Any]


def _published(run: Run, officer: Path) -> Path:
    steps.approve(run, officer)
    return steps.publish(run)


def _bounds(folder: Path) -> dict[str, list[tuple[int, int]]]:
    return {table.spec.id: table.frame.select("low", "high").rows() for table in read_release(folder)[0]}


def _small_changes(before: Path, now: Path) -> int:
    """Over the tables that both releases have: what is rounded has no breakdowns."""
    then, later = _bounds(before), _bounds(now)
    assert later.keys() <= then.keys()
    pairs = [pair for table, cells in later.items() for pair in zip(then[table], cells, strict=True)]
    moves = [max(low - highest, lowest - high) for (lowest, highest), (low, high) in pairs]
    assert len(moves) > 400
    return sum(1 <= move <= 9 for move in moves)


def test_exact_counts_of_the_next_peildatum_are_refused(pending: Run, officer: Path, run_flow: Flow) -> None:
    _published(pending, officer)
    with pytest.raises(TooExact, match=r"perhaps the same persons.*profile kwartaal"):
        run_flow(peildatum=date(2019, 8, 1))


def test_rounded_counts_of_the_next_peildatum_show_no_small_change(pending: Run, officer: Path, run_flow: Flow) -> None:
    first = _published(pending, officer)
    later = run_flow(peildatum=date(2019, 8, 1), profile="kwartaal")
    second = _published(read_run(pending.home, later.run_id), officer)
    assert _small_changes(first, second) == 0
    assert [one.peildatum for one in read_ledger(pending.home.ledger)] == [date(2019, 7, 1), date(2019, 8, 1)]
    assert "samen met de eerdere beoordeeld" in later.dossier.read_text()
    assert json.loads((second / "manifest.json").read_bytes())["ledger"]["releases"] == 1


def test_the_scheduled_profile_rounds_everything(run_flow: Flow, home, officer: Path) -> None:
    release = _published(read_run(home, run_flow(profile="kwartaal").run_id), officer)
    released, sums, profile = read_release(release)
    assert not sums
    assert profile.id == "kwartaal"
    values = pl.concat([table.frame.select("value", "status") for table in released])
    assert set(values["status"]) == {"A", "N"}
    assert (values["value"].drop_nulls() % 10 == 0).all()
    report = (release / "rapport_nl.html").read_text()
    assert "afgerond op een veelvoud van 10" in report
    assert "&lt;10" in report
    assert prove(release).audit.provably_small == 0


@pytest.mark.nightly
def test_a_part_first_and_the_whole_later_do_not_give_the_rest_away(run_flow: Flow, home, officer: Path) -> None:
    part = _published(read_run(home, run_flow(profile="deel").run_id), officer)
    whole = _published(read_run(home, run_flow(profile="kwartaal").run_id), officer)
    assert [one.population for one in read_ledger(home.ledger)] == ["pc4-5261", ""]
    assert _small_changes(part, whole) == 0
    (inside, *_), _, profile = read_release(part)
    assert profile.part is not None
    assert 100 < inside.frame["value"][-1] < 300
    assert "Vught, inwoners met postcode 5261" in (part / "rapport_nl.html").read_text()
    assert "postcode 5261" not in (whole / "rapport_nl.html").read_text()


def _moved(pending: Run) -> Publication:
    """T01 of a month later, in exact counts, with three residents more: published from elsewhere."""
    (first, *_), _, _ = read_release(pending.pending)
    more = dict(zip(first.frame["regeling"], (3, 0, 0, 3, 0, 3), strict=True))
    moved = first.frame.with_columns(pl.col("value", "low", "high") + pl.col("regeling").replace_strict(more))
    return Publication("elders", date(2019, 8, 1), "", (Released(moved, table_by_id("T01")),), STANDAARD.threshold)


def test_what_was_published_in_between_can_stop_a_release(pending: Run, officer: Path) -> None:
    append(pending.home.ledger, _moved(pending))
    steps.approve(pending, officer)
    with pytest.raises(DisclosureFailure, match="fewer than 10 persons came or left"):
        steps.publish(pending)
    assert not pending.out.exists()
    assert len(read_ledger(pending.home.ledger)) == 1


def test_a_release_is_in_the_ledger_before_it_is_published(pending: Run, officer: Path) -> None:
    release = _published(pending, officer)
    assert earlier_release_names(pending.home) == (f"{release.name} (peildatum 2019-07-01)",)
    # Publishing again is the same release, and enters nothing.
    steps.publish(pending)
    assert len(read_ledger(pending.home.ledger)) == 1


def test_a_damaged_ledger_stops_publication(pending: Run, officer: Path, run_flow: Flow) -> None:
    _published(pending, officer)
    ledger = pending.home.ledger / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"2019-07-01"', b'"2019-06-01"'))
    with pytest.raises(LedgerDamaged, match="Put back the last copy"):
        run_flow(peildatum=date(2019, 8, 1))
    with pytest.raises(LedgerDamaged):
        steps.publish(replace(pending, out=pending.out.parent / "elders"))


def test_anyone_can_attack_a_release_without_a_key(pending: Run, officer: Path, tmp_path: Path) -> None:
    release = _published(pending, officer)
    found = verify_release(release, None)
    assert found.statement is None
    assert found.narrowest.interval.width >= STANDAARD.minimum_width
    assert found.narrowest.cell.split()[0] in {table.id for table in TABLES}
    table = next(release.glob("T02*.csv"))
    lines = table.read_text().splitlines(keepends=True)
    # One blank cell filled in gives others away, signed or not.
    place = next(place for place, line in enumerate(lines) if ",Q," in line)
    *cell, _, _, low, high = lines[place].split(",")
    lines[place] = ",".join([*cell, str((int(low) + int(high)) // 2 + 10), "A", low, high])
    table.write_text("".join(lines))
    with pytest.raises(VerificationFailed, match="was changed"):
        verify_release(release, None)
    with pytest.raises(VerificationFailed, match=r"suppressed|contradict|states other"):
        prove(release)
    with pytest.raises(VerificationFailed, match="is a folder"):
        verify_release(tmp_path, None)


def test_an_answer_of_the_same_day_that_came_in_between_stops_a_release(pending: Run, officer: Path) -> None:
    """To an attacker the two are one, and they were not judged as one, nor beside what others publish."""
    tables = read_release(pending.pending)[0][:1]
    steps.approve(pending, officer)
    append(pending.home.ledger, Publication("antwoord", date(2019, 7, 1), "", tables, 10, question="0" * 8))
    with pytest.raises(LedgerMoved):
        steps.publish(pending)
    assert [one.release for one in read_ledger(pending.home.ledger)] == ["antwoord"]
