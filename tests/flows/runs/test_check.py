"""`check`: what a run would say of deliveries, and of every file at once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from flows.commands.tools.check import check
from flows.runs.check import CheckedFile, CheckedFolder, check_folder
from flows.runs.facts import IntakeFacts, read_facts
from flows.workfolder.home import Run
from schemas.errors import (
    DeliveriesNotAgreed,
    DeliveryFolderMissing,
    FolderUnusable,
    PeildatumInFuture,
    PeildatumTooEarly,
)
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from tests.builders.sample import PEILDATUM
from tests.canary.planted import BSN_GOOD, CANARIES, SURNAME, plant
from tests.project import PROJECT

PWET = "participatiewet.csv"


def _checked(folder: Path) -> CheckedFolder:
    return check_folder(folder, profile=STANDAARD, peildatum=PEILDATUM)


def _file(folder: CheckedFolder, name: str) -> CheckedFile:
    return next(file for file in folder.files if file.file == name)


def test_it_counts_what_a_run_counts(inbox: Path, finished: Run) -> None:
    folder = _checked(inbox)
    assert folder.stopping == 0
    noted = {one.source: one for one in read_facts(finished, IntakeFacts).delivered}
    assert {file.kind for file in folder.files} == noted.keys()
    for file in folder.files:
        run = noted[file.kind]
        assert (file.rows_read, file.accepted) == (run.lines, run.valid)
        assert (file.quarantined, file.excluded) == (run.quarantined, run.excluded)
        assert file.rows_read == file.accepted + file.quarantined + file.excluded


def test_it_counts_persons_and_nets_amounts(inbox: Path, sample: Mapping[str, bytes]) -> None:
    (inbox / "declaraties.csv").write_bytes(
        sample["declaraties.csv"].split(b"\r\n")[0]
        + b"\r\n0865;999990019;1;07;01-05-2019;31-05-2019;16;16;184,60;D;P1;"
        + b"\r\n0865;999990019;1;07;01-05-2019;31-05-2019;16;16;184,60;C;P2;P1"
        + b"\r\n0865;999990019;1;07;01-05-2019;31-05-2019;16;16;100,00;D;P3;\r\n"
    )
    folder = {source.source: source for source in _checked(inbox).sources}
    assert (folder["declaraties"].rows, folder["declaraties"].persons, folder["declaraties"].sum_cents) == (3, 1, 10000)
    assert folder["zrm"].sum_cents is None


def _spoil(inbox: Path, name: str, old: bytes, new: bytes, count: int = -1) -> None:
    content = (inbox / name).read_bytes()
    assert old in content
    (inbox / name).write_bytes(content.replace(old, new, count))


SPOILT: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a column gone": (lambda folder: _spoil(folder, PWET, b";CdLeefvorm;", b";"), PWET, "wrong-columns"),
    "a column more": (lambda folder: _spoil(folder, PWET, b"\r\n", b";x\r\n"), PWET, "unknown-column"),
    "commas": (lambda folder: _spoil(folder, PWET, b";", b","), PWET, "wrong-separator"),
    "an open quote": (lambda folder: _spoil(folder, PWET, b"\r\n0865;", b'\r\n"0865;', 1), PWET, "unreadable-line"),
    "another municipality": (lambda folder: _spoil(folder, PWET, b"0865;", b"0757;"), PWET, "wrong-municipality"),
    "a rule broken often": (lambda folder: _spoil(folder, PWET, b";PW;", b";XX;"), PWET, "onbekende_code"),
    "no rows": (lambda folder: _keep(folder / PWET, lines=1), PWET, "delivery-empty"),
    "a file gone": (lambda folder: (folder / PWET).unlink(), PWET, "delivery-missing"),
    "another name": (lambda folder: _rename(folder / PWET, "uitkeringen.csv"), "uitkeringen.csv", "wrong-file-name"),
    "a file of something else": (
        lambda folder: _write(folder / "notities.txt", b"naam;nummer\r\na;1\r\n"), "notities.txt", "file-unknown",
    ),
    "an old file": (lambda folder: _spoil(folder, "zrm.csv", b"-201", b"-200"), "zrm.csv", "stale-delivery"),
    "a statement that does not hold": (
        lambda folder: _write(folder / "levering.toml", b"[wmo]\nregels = 1\n"), "wmo.csv", "totals-differ",
    ),
    "a statement of another period": (
        lambda folder: _write(folder / "levering.toml", b"van = 2020-01-01\n"), "levering.toml", "totals-differ",
    ),
    "a folder": (lambda folder: (folder / "oud").mkdir(), "oud", "delivery-is-link"),
    "a folder with the name of a file": (lambda folder: _folder(folder / PWET), PWET, "delivery-is-link"),
    "two files of a kind": (lambda folder: _copy(folder / PWET, "nieuw.csv"), "nieuw.csv", "several-files"),
    "a workbook": (lambda folder: _write(folder / "wmo.xlsx", b"PK\x03\x04x"), "wmo.xlsx", "wrong-encoding"),
    "only what may not be read": (lambda folder: _only(folder / "zrm.csv", b"justitie"), "zrm.csv", "stale-delivery"),
    "a statement that is too deep": (
        lambda folder: _write(folder / "levering.toml", b"a=" + b"[" * 100_000), "levering.toml", "control-unreadable",
    ),
    "a number without end": (
        lambda folder: _write(folder / "levering.toml", b"[wmo]\nregels = " + b"9" * 5_000),
        "levering.toml", "control-unreadable",
    ),
    "a pipe": (lambda folder: os.mkfifo(folder / "pijp.csv"), "pijp.csv", "delivery-is-link"),
    "a link": (lambda folder: _link(folder / PWET), PWET, "delivery-is-link"),
}  # fmt: skip


def _keep(path: Path, *, lines: int) -> None:
    path.write_bytes(b"\r\n".join(path.read_bytes().split(b"\r\n")[:lines]))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _copy(path: Path, name: str) -> None:
    path.with_name(name).write_bytes(path.read_bytes())


def _only(path: Path, word: bytes) -> None:
    header, *rows = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([header, *(row for row in rows if word in row), b""]))


def _rename(path: Path, name: str) -> None:
    path.rename(path.with_name(name))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _link(path: Path) -> None:
    path.rename(path.parent.parent / path.name)
    path.symlink_to(path.parent.parent / path.name)


@pytest.mark.parametrize("case", SPOILT)
def test_what_stops_a_run_is_said_of_its_file(case: str, inbox: Path) -> None:
    spoil, name, rule = SPOILT[case]
    spoil(inbox)
    folder = _checked(inbox)
    assert rule in [problem.rule for problem in _file(folder, name).problems if problem.stops]


def test_all_files_are_told_at_once_and_lines_are_named(inbox: Path) -> None:
    _spoil(inbox, PWET, b";CdLeefvorm;", b";")
    _spoil(inbox, "wmo.csv", b";Ingangsdatum;", b";")
    rows = (inbox / "zrm.csv").read_bytes().split(b"\r\n")
    (inbox / "zrm.csv").write_bytes(b"\r\n".join([*rows[:3], b"", rows[3].replace(b"0865", b"0999"), *rows[4:]]))
    with pytest.raises(DeliveriesNotAgreed) as stopped:
        check(inbox, peildatum=PEILDATUM)
    assert stopped.value.exit_code == 32
    folder = _checked(inbox)
    assert {file.file for file in folder.files if file.stops} == {PWET, "wmo.csv"}
    (moved,) = [p for p in _file(folder, "zrm.csv").problems if p.rule == "andere_gemeente"]
    assert (moved.lines, moved.rows, moved.stops) == ((5,), 1, False)  # the empty line counts
    assert len(folder.files) == len(SOURCES)


def test_a_file_name_does_nothing_to_the_screen(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("[link=x.example][blink]x.csv", "a\nA run would read all of it.\n.csv", "\x1b[31mrood.csv"):
        (inbox / name).write_bytes(b"x;y\n1;2\n")
    with pytest.raises(DeliveriesNotAgreed):
        check(inbox, peildatum=PEILDATUM)
    printed = capsys.readouterr().out
    assert "[link=x.example][blink]x.csv" in printed
    assert "\nA run would" not in printed
    assert "\x1b" not in printed


def test_credit_alone_is_below_zero(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = (inbox / "declaraties.csv").read_bytes().split(b"\r\n")[0]
    row = b"0865;999990019;1;07;01-05-2019;31-05-2019;16;16;6327,35;C;P2;P1"
    (inbox / "declaraties.csv").write_bytes(b"\r\n".join([header, row, b""]))
    with pytest.raises(DeliveriesNotAgreed):
        check(inbox, peildatum=PEILDATUM)
    assert "-6327.35" in capsys.readouterr().out


def test_a_bad_file_makes_no_problem_of_a_good_one(inbox: Path) -> None:
    _spoil(inbox, "wmo.csv", b"0865;9", b"0865;8")
    folder = _checked(inbox)
    assert [file.file for file in folder.files if file.stops] == ["wmo.csv"]
    assert "stale-delivery" not in [problem.rule for problem in _file(folder, "wmo.csv").problems]


def test_what_a_run_refuses_of_day_and_folder_is_refused_here_too(inbox: Path, tmp_path: Path) -> None:
    for day, refusal in ((date(2999, 1, 1), PeildatumInFuture), (date(2000, 1, 1), PeildatumTooEarly)):
        with pytest.raises(refusal):
            check(inbox, peildatum=day)
    (tmp_path / "thuis").mkdir()
    (tmp_path / "thuis" / "gemeente.toml").symlink_to(tmp_path / "elders")
    with pytest.raises(FolderUnusable):
        check(inbox, peildatum=PEILDATUM, home=tmp_path / "thuis")
    with pytest.raises(DeliveryFolderMissing):
        check(tmp_path / ("x" * 300), peildatum=PEILDATUM)


def test_it_shows_no_value_and_needs_no_work_folder(tmp_path: Path, sample: Mapping[str, bytes]) -> None:
    plant(sample, tmp_path / "in")
    with (tmp_path / "in" / PWET).open("ab") as file:
        file.write(f"0865;{BSN_GOOD};{SURNAME}\r\n".encode("cp1252"))
    environment = {"BESTANDSANALYSE_HOME": str(tmp_path / "nergens"), "HOME": str(tmp_path), "PATH": ""}
    printed = ""
    for option in ([], ["--json"]):
        command = [sys.executable, "-m", "flows.commands.cli", "check", "in", "--peildatum", str(PEILDATUM), *option]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True, env=environment | {"PYTHONPATH": PROJECT}
        )
        printed += done.stdout + done.stderr
    data = json.loads(done.stdout)["data"]
    counts = {"rows_read", "accepted", "quarantined", "excluded"}
    assert {"file", "kind", "problems", "unread_sheets"} | counts == data["files"][0].keys()
    assert {"source", "rows", "persons", "sum_cents"} == data["sources"][0].keys()
    assert not (tmp_path / "nergens").exists()
    assert not [value for value in CANARIES if value in printed]
