"""`--json`: whatever the command, and however it ends, one object of code, message and data."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from cyclopts import App

from flows.commands import cli
from flows.commands.cli import app, main
from flows.commands.confirm import confirm
from flows.commands.ending import Stopped, plain
from flows.screen import Screen, capture, is_captured
from flows.workfolder.home import Home, Run
from schemas.errors import DeliveriesRefused, DeliveryMissing, NotConfirmed, UnreadableLine
from schemas.sources import SOURCES

Told = dict[str, object]
Asked = Callable[..., tuple[Told, int]]


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    """What a command answers, and its exit code; nothing else is on stdout."""

    def ask(*words: object) -> tuple[Told, int]:
        code = 0
        try:
            main([*map(str, words), "--json"])
        except Stopped as stopped:
            code = int(str(stopped.code))
        (line,) = capsys.readouterr().out.splitlines()
        told = json.loads(line)
        assert list(told) == ["code", "message", "data"]
        return told, code

    return ask


def _commands(group: App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group:
        if not name.startswith("-"):
            yield from _commands(group[name], (*path, name)) if list(_below(group[name])) else [(*path, name)]


def _below(group: App) -> Iterator[str]:
    return (name for name in group if not name.startswith("-"))


@pytest.mark.parametrize("command", list(_commands(app)), ids=" ".join)
def test_every_command_has_it(
    command: tuple[str, ...], asked: Asked, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*command, "--help"])
    assert "--json" in capsys.readouterr().out
    told, code = asked(*command, "--no-such-option")
    assert (told["code"], told["data"], code) == ("command-line", {}, 2)
    assert told["message"]


def test_a_command_that_is_done_gives_its_data(asked: Asked, tmp_path: Path) -> None:
    told, code = asked("contract", "--out", tmp_path / "leveringen")
    assert (told["code"], code) == ("done", 0)
    assert told["message"] == f"Specification of the deliveries: {tmp_path / 'leveringen' / 'leveringen.md'}"
    assert told["data"] == {
        "folder": str(tmp_path / "leveringen"),
        "files": sorted(path.name for path in (tmp_path / "leveringen").iterdir()),
    }


def test_an_error_has_its_word_and_what_it_is_about(asked: Asked, tmp_path: Path) -> None:
    told, code = asked("dummy", "--profile", "geheim", "--out", tmp_path / "dummy.zip")
    assert (told["code"], code) == ("unknown-profile", 2)
    assert told["data"] == {"known": ["standaard", "kwartaal", "deel", "demo"]}
    assert "geheim" not in str(told)


def test_an_unsigned_release_gives_both(asked: Asked, finished: Run) -> None:
    told, code = asked("verify", finished.pending)
    assert (told["code"], code) == ("signature-unchecked", 4)
    assert "WHO SIGNED" in str(told["message"])
    assert "no public key was given" in str(told["message"])
    data = told["data"]
    assert isinstance(data, dict)
    assert (data["signed_by"], data["provably_small"]) == (None, 0)
    assert data["lowest_upper_bound"] >= 10


def test_the_keys_are_listed(asked: Asked, home: Home) -> None:
    made, _ = asked("keys", "rotate", "2019")
    told, _ = asked("keys", "list")
    data = told["data"]
    assert isinstance(data, dict)
    assert made["data"] == {name: data["keys"][0][name] for name in ("key", "fingerprint")}
    logged, _ = asked("keys", "audit")
    assert isinstance(logged["data"], dict)
    assert logged["data"]["lines"][-1]["action"] == "rotate"


def test_quarantined_rows_are_listed(asked: Asked, pending: Run) -> None:
    told, _ = asked("quarantine", pending.run_id, "--home", pending.home.root)
    rows = told["data"]
    assert isinstance(rows, list)
    assert rows
    assert all(list(row) == ["file", "line", "column", "rule", "meaning"] for row in rows)
    headers = {source.file_name: {"rij", *source.headers} for source in SOURCES}
    assert all(row["column"] in headers[row["file"]] and row["meaning"] for row in rows)


def test_nobody_is_asked_what_nobody_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    with capture() as printed:
        assert is_captured()
        with pytest.raises(NotConfirmed):
            confirm(["Everything goes."], yes=False)
        confirm(["Everything goes."], yes=True)
    assert printed.text() == "Everything goes.\n" * 2
    confirm(["Everything goes."], yes=False)
    assert not is_captured()


def test_an_interruption_has_its_word(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "admit", interrupt)
    told, code = asked("dpia")
    assert (told["code"], code) == ("interrupted", 130)


def test_what_is_unexpected_has_its_word_and_no_value(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ValueError("geheim")

    monkeypatch.setattr(cli, "admit", crash)
    told, code = asked("dpia")
    assert (told["code"], code) == ("unexpected-failure", 70)
    assert "geheim" not in str(told)


def test_no_colour_of_a_terminal_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "tabel.csv").write_text("wijk,aantal\nNoord,4\n")
    command = [Path(sys.executable).parent / "bestandsanalyse", "inspect", tmp_path / "tabel.csv", "--json"]
    there = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["data"]["count"] == 1
    assert "\\u001b" not in done.stdout


def test_a_screen_that_was_made_on_a_terminal_is_captured_without_colour() -> None:
    screen = Screen(force_terminal=True, color_system="truecolor")
    with capture() as printed:
        screen.print("rood", style="bold red")
    assert "\x1b" in printed.getvalue()
    assert printed.text() == "rood\n"


@dataclass(frozen=True)
class _Record:
    day: date
    path: Path


def test_data_are_plain() -> None:
    assert plain([_Record(date(2019, 7, 1), Path("x"))]) == [{"day": "2019-07-01", "path": "x"}]
    with pytest.raises(TypeError, match="a object is no data"):
        plain({"x": object()})


def test_errors_within_an_error_have_their_words() -> None:
    both = DeliveriesRefused((DeliveryMissing("wmo"), UnreadableLine("zrm", 7)))
    assert [(one["code"], one["data"]) for one in plain(both)["data"]["problems"]] == [
        ("delivery-missing", {"source": "wmo"}),
        ("unreadable-line", {"source": "zrm", "line": 7}),
    ]
