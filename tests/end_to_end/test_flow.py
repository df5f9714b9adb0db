"""The flow as the steward, the officer and the researcher meet it; Prefect runs for real."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.workfolder import inbox as inbox_module
from flows.workfolder.home import Home, read_run
from schemas import errors
from schemas.specs import SourceSpec
from schemas.states import Delivered
from tests.builders.remembered import forget
from transforms.intake.delivery import read_delivery

Flow = Callable[..., Any]


def test_without_a_signature_nothing_is_published(run_flow: Flow, tmp_path: Path) -> None:
    outcome = run_flow()
    assert outcome.release is None
    assert outcome.dossier.is_file()
    assert not (tmp_path / "uit").exists()


def test_same_input_and_key_give_the_same_bytes(run_flow: Flow, home: Home) -> None:
    first = read_run(home, run_flow().run_id).pending
    forget()
    second = read_run(home, run_flow().run_id).pending
    assert [path.name for path in sorted(first.iterdir())] == [path.name for path in sorted(second.iterdir())]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def _append_column(folder: Path) -> None:
    path = folder / "wmo.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([lines[0] + b";Telefoon", *(line + b";0612345678" for line in lines[1:] if line)]))


def _swap_columns(folder: Path) -> None:
    path = folder / "zrm.csv"
    path.write_bytes(path.read_bytes().replace(b"Domein;ZRMScore", b"ZRMScore;Domein"))


def _replace(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(old, new))

    return change


def _grow(folder: Path) -> None:
    with (folder / "wmo.csv").open("r+b") as file:
        file.truncate(2 * 1024**3)


def _link(folder: Path) -> None:
    (folder / "wmo.csv").rename(folder.parent / "elders.csv")
    (folder / "wmo.csv").symlink_to(folder.parent / "elders.csv")


def _pipe(folder: Path) -> None:
    (folder / "wmo.csv").unlink()
    os.mkfifo(folder / "wmo.csv")


def _shift_years(folder: Path) -> None:
    path = folder / "zrm.csv"
    for year in range(2010, 2021):
        path.write_bytes(path.read_bytes().replace(f"-{year};".encode(), b"-2009;"))


BAD_INPUT: dict[str, tuple[Callable[[Path], object], type[errors.BestandsanalyseError]]] = {
    "missing folder": (shutil.rmtree, errors.DeliveryFolderMissing),
    "missing file": (lambda folder: (folder / "zrm.csv").unlink(), errors.DeliveryMissing),
    "extra file": (lambda folder: (folder / "Jansen.csv").write_text("x"), errors.UnexpectedFiles),
    "empty file": (lambda folder: (folder / "zrm.csv").write_bytes(b""), errors.DeliveryEmpty),
    "wrong separator": (_replace("zrm.csv", b";", b","), errors.WrongSeparator),
    "wrong encoding": (
        lambda folder: (folder / "wmo.csv").write_text((folder / "wmo.csv").read_text("cp1252"), "utf-16"),
        errors.WrongEncoding,
    ),
    "several files": (lambda folder: (_swap_columns(folder), _append_column(folder)), errors.DeliveriesRefused),
    "a line break in a cell": (_replace("zrm.csv", b"\r\n0865;", b'\r\n"0865\r\n";'), errors.UnreadableLine),
    "swapped column": (_swap_columns, errors.WrongColumns),
    "extra column": (_append_column, errors.UnknownColumn),
    "2 GB file": (_grow, errors.DeliveryTooLarge),
    "symlink": (_link, errors.DeliveryIsLink),
    "named pipe": (_pipe, errors.DeliveryIsLink),
    "another municipality": (_replace("trajecten.csv", b"0865;", b"0757;"), errors.WrongMunicipality),
    "last year's files": (_shift_years, errors.StaleDelivery),
    "strangers": (_replace("participatieladder.csv", b"0865;9999", b"0865;1119"), errors.ContractBreach),
    "too many breaches": (_replace("trajecten.csv", b";23;", b";24;"), errors.ContractBreach),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_stops_with_its_own_error_and_nothing_lost(
    case: str, run_flow: Flow, inbox: Path, tmp_path: Path, home: Home
) -> None:
    spoil, error = BAD_INPUT[case]
    spoil(inbox)
    before = sorted(path.name for path in inbox.iterdir()) if inbox.exists() else []
    with pytest.raises(error) as caught:
        run_flow()
    assert caught.type is error
    assert caught.value.__context__ is None
    assert "Jansen" not in str(caught.value)
    assert not (tmp_path / "uit").exists()
    assert before == (sorted(path.name for path in inbox.iterdir()) if inbox.exists() else [])
    assert list(home.root.glob("runs/*/staging")) == []


def test_a_reader_that_swallows_a_row_stops_the_run(run_flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    def swallow(content: bytes, source: SourceSpec) -> Delivered:
        delivered = read_delivery(content, source)
        return delivered.where(pl.int_range(pl.len()) > 0)

    monkeypatch.setattr("flows.workfolder.deliveries.read_delivery", swallow)
    with pytest.raises(errors.DeliveriesRefused, match="lines below its header, of which"):
        run_flow()


def test_a_peildatum_in_the_future_is_refused(run_flow: Flow) -> None:
    with pytest.raises(errors.PeildatumInFuture):
        run_flow(peildatum=datetime.now(UTC).date() + timedelta(days=2))


def test_a_peildatum_before_the_laws_is_refused(run_flow: Flow) -> None:
    with pytest.raises(errors.PeildatumTooEarly):
        run_flow(peildatum=date(2014, 12, 31))


def test_deliveries_of_other_people_are_refused(run_flow: Flow, inbox: Path) -> None:
    """Every ladder row belongs to somebody who is not in stock."""
    path = inbox / "participatieladder.csv"
    header = path.read_bytes().split(b"\r\n")[0]
    row = b"0865;999990019;3;01-%02d-2019;;"
    path.write_bytes(b"\r\n".join([header, *(row % month for month in range(1, 7)), b""]))
    with pytest.raises(errors.LowLinkRate):
        run_flow()


def test_an_unknown_profile_is_refused(run_flow: Flow) -> None:
    with pytest.raises(errors.UnknownProfile):
        run_flow(profile="anders")


def test_unknown_column_stops_the_run(run_flow: Flow, inbox: Path, tmp_path: Path) -> None:
    _append_column(inbox)
    with pytest.raises(errors.UnknownColumn) as caught:
        run_flow()
    assert "at position 23" in str(caught.value)
    assert "Telefoon" not in str(caught.value)


def test_only_the_demo_signs_within_the_run(run_flow: Flow, officer: Path) -> None:
    with pytest.raises(errors.ApprovalRefused):
        run_flow(demo_key=officer)


def test_the_demo_is_stamped_everywhere(run_flow: Flow, officer: Path) -> None:
    release = run_flow(profile="demo", demo_key=officer).release
    assert release.name.startswith("DEMO-")
    assert json.loads((release / "manifest.json").read_text())["demo"] is True
    plain = {"manifest.json", "akkoord.json", "akkoord.sig", "datapackage.json", "SHA256SUMS"}
    assert all(path.name.startswith("DEMO_") for path in release.iterdir() if path.name not in plain)
    assert "DEMO" in (release / "DEMO_rapport_nl.html").read_text()
    assert "DEMO" in (release / "DEMO_T03_trede_x_regeling.svg").read_text()


def test_the_size_limit_is_read_from_the_open_file(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "MAXIMUM_BYTES", 10)
    from schemas.sources import SOURCES

    with pytest.raises(errors.DeliveryTooLarge):
        inbox_module.read_bounded(inbox / SOURCES[0].file_name, SOURCES[0].id)
