"""Who asked to be left out is left out of every run until that ends, and the register of them is never lost."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.commands.cli import main
from flows.custody.keystore import Store
from flows.custody.secret import REGISTER_PERIOD
from flows.custody.store_access import store_of
from flows.pipeline import steps
from flows.registers import audit
from flows.rights.exclusions import begin_register, exclusion_filter, read_register, rotate_register
from flows.rights.exercise import exercise_right
from flows.runs.person_index import holdings
from flows.workfolder.home import Home, Run, read_run
from schemas.errors import NothingToLift, PeildatumReleased, RegisterUnusable, SeveralRights
from schemas.fields import BSN
from schemas.rights import REGISTER, Right
from schemas.sources import SOURCES
from tests.builders.kills import killed
from tests.builders.sample import KEY
from transforms.intake.delivery import read_delivery
from transforms.persons.exclusion import (
    drop_lines_about,
    drop_lines_of_person,
    enter_person,
    registered_bsns,
    rights_of,
)
from transforms.persons.pseudonymise import encode

Flow = Callable[..., Any]
GEMEENTE = "0865"


@pytest.mark.parametrize("right", [Right.ERASE, Right.OBJECT, Right.RESTRICT, Right.RECTIFY])
def test_whoever_asks_is_left_out_until_opheffing(
    right: Right, archived: Run, somebody: str, sample: Mapping[str, bytes]
) -> None:
    home, source = archived.home, SOURCES[0]
    delivered = read_delivery(sample[source.file_name], source)
    exercise_right(home, right, somebody)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    left = drop_lines_about(delivered, pl.Series([somebody])).frame
    assert left.equals(delivered.frame.filter(BSN.col.ne_missing(somebody)))
    exercise_right(home, Right.LIFT, somebody)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == []
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody)


def test_a_bsn_that_is_written_otherwise_is_left_out_too() -> None:
    register = pl.DataFrame(
        {"persoon_id": encode(pl.Series(["010002546"]), KEY), "recht": ["bezwaar"], "sinds": [None]}
    )
    written = [
        "10002546",
        "010002546",
        " 010002546",
        "0100.02.546",
        "01000 2546",
        "10002546,0",
        "0010002546",
        "10002546.00",
    ]
    source = next(source for source in SOURCES if source.id == "participatieladder")
    rows = [f"0865;{bsn};4;01-03-2019;;" for bsn in (*written, "999990019", "geen", "")]
    shifted = ["0865;;010002546;01-03-2019;;", "0865;010002546;4", "0865;4;01-03-2019;;;bsn 010002546 dus"]
    content = "\n".join([";".join(source.headers), *rows, *shifted]).encode()
    delivered = read_delivery(content, source)
    absent = registered_bsns(delivered, register, KEY)
    assert absent.to_list() == ["010002546"]
    assert drop_lines_about(delivered, absent).frame[BSN.name].to_list() == ["999990019", "geen", None]
    assert b"010002546" not in drop_lines_of_person(content, source, "010002546")


def test_a_run_leaves_out_who_objected_and_the_same_day_is_not_published_twice(
    archived: Run, officer: Path, run_flow: Flow, somebody: str
) -> None:
    """What erasure means for tables that are published: a second release of that day would show who left."""
    steps.approve(archived, officer)
    steps.publish(archived)
    exercise_right(archived.home, Right.OBJECT, somebody)
    again = read_run(archived.home, run_flow().run_id)
    assert holdings(archived.home, somebody)[0][-1].run.run_id == archived.run_id
    steps.approve(again, officer)
    with pytest.raises(PeildatumReleased):
        steps.publish(again)


def test_a_reason_that_has_ended_ends_no_other(home: Home, somebody: str, sample: Mapping[str, bytes]) -> None:
    source = SOURCES[0]
    delivered = read_delivery(sample[source.file_name], source)
    for right in (Right.OBJECT, Right.RECTIFY):
        exercise_right(home, right, somebody)
    with pytest.raises(SeveralRights):
        exercise_right(home, Right.LIFT, somebody)
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody, Right.RESTRICT)
    told = exercise_right(home, Right.LIFT, somebody, Right.RECTIFY).letter.read_text()
    assert "wij laten u weg uit elke nieuwe analyse (bezwaar, sinds" in told
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    assert "wij laten u nergens weg" in exercise_right(home, Right.LIFT, somebody).letter.read_text()
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == []


def test_opheffing_for_nobody_makes_no_key(home: Home, somebody: str) -> None:
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody)
    with store_of(home) as store:
        assert store.entries == ()


def test_the_first_day_of_a_right_stays(home: Home) -> None:
    register = pl.DataFrame(schema=REGISTER)
    for day in (date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1)):
        register = enter_person(register, b"p", Right.OBJECT, day)
    assert rights_of(register, b"p") == [(Right.OBJECT, date(2026, 1, 1))]
    assert rights_of(register, b"q") == []


def test_a_damaged_index_keeps_nobody_from_being_left_out(
    archived: Run, somebody: str, sample: Mapping[str, bytes]
) -> None:
    archived.index.write_bytes(b"PAR1")
    assert exercise_right(archived.home, Right.OBJECT, somebody).damaged == (archived.run_id,)
    delivered = read_delivery(sample[SOURCES[0].file_name], SOURCES[0])
    assert exclusion_filter(archived.home, GEMEENTE)(delivered).to_list() == [somebody]
    assert audit.lines(archived.home)[-1]["about"] == {"runs": 0, "closed": 0, "damaged": 1}


def test_no_register_or_a_damaged_one_stops_every_run(home: Home, run_flow: Flow, somebody: str) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    (path,) = home.rights.glob("*.parquet")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(RegisterUnusable):
        run_flow()
    path.unlink()
    with pytest.raises(RegisterUnusable):
        run_flow()


def test_a_register_without_its_key_stops_every_run_and_request(home: Home, run_flow: Flow, somebody: str) -> None:
    before = home.keys.read_bytes()
    exercise_right(home, Right.OBJECT, somebody)
    home.keys.write_bytes(before)
    with pytest.raises(RegisterUnusable):
        run_flow()
    with pytest.raises(RegisterUnusable):
        exercise_right(home, Right.OBJECT, somebody)


def test_the_register_is_translated_when_its_key_is_rotated(home: Home, somebody: str) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    old = begin_register(home, GEMEENTE)
    main(["keys", "rotate", REGISTER_PERIOD, "--home", str(home.root)])
    new = begin_register(home, GEMEENTE)
    assert (old.version, new.version) == (1, 2)
    assert (
        read_register(home, new)["persoon_id"].to_list() == encode(pl.Series([somebody]), new.pseudonym_key).to_list()
    )
    with pytest.raises(RegisterUnusable):
        read_register(home, old)
    assert rotate_register(home, GEMEENTE).key_id.endswith("/3")


def test_killed_while_the_registers_key_is_made_or_rotated_the_register_opens(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for height in (0, 1):
        with monkeypatch.context() as patch:
            patch.setattr(Store, "save", killed)
            with pytest.raises(KeyboardInterrupt):
                rotate_register(home, GEMEENTE)
        assert read_register(home, begin_register(home, GEMEENTE)).height == height
        exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    assert read_register(home, begin_register(home, GEMEENTE)).height == 1


def test_killed_before_the_new_register_is_in_its_place_it_is_found(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr("flows.rights.exclusions._put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    secret = begin_register(home, GEMEENTE)
    assert secret.version == 2
    assert read_register(home, secret).height == 1


def test_older_registers_that_a_kill_left_go_at_the_next_rotation(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    assert len(list(home.rights.glob("register.v*"))) == 2
    rotate_register(home, GEMEENTE)
    assert [path.name for path in home.rights.glob("register.v*")] == ["register.v3.parquet"]
