"""The demo writes in a folder of its own, and touches nothing that it did not make."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.commands.demo import prepare
from flows.custody.passphrase import CREDENTIALS_VARIABLE
from flows.custody.signing import make_officer_key
from flows.workfolder.home import Home
from schemas.errors import DemoRefused


@pytest.fixture(autouse=True)
def _own_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """`prepare` names a folder of its own; what the other tests use comes back."""
    monkeypatch.setenv(CREDENTIALS_VARIABLE, os.environ[CREDENTIALS_VARIABLE])


def everything(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


def _real(home: Home) -> None:
    """What somebody has in a work folder: a pinned officer, and releases that count."""
    make_officer_key(home.root.parent / "officer.key", home.officer_public_key)
    home.ledger.mkdir()
    (home.ledger / "uitgifte.json").write_text("{}")


def _roles(folder: Path) -> None:
    prepare(folder)
    (folder / "werkmap" / "rollen.toml").write_text("[rollen]")


def _only_officer(folder: Path) -> None:
    make_officer_key(folder / "officer.key", Home(folder / "werkmap").make().officer_public_key)


def _only_inbox(folder: Path) -> None:
    (Home(folder / "werkmap").make().inbox / "wmo.csv").write_text("")


def _deliveries(folder: Path) -> None:
    (folder / "leveringen").mkdir(parents=True)
    (folder / "leveringen" / "wmo.csv").write_text("")


def test_a_real_work_folder_is_refused_and_nothing_in_it_changes(home: Home) -> None:
    _real(home)
    before = everything(home.root.parent)
    with pytest.raises(DemoRefused):
        prepare(home.root.parent)
    assert everything(home.root.parent) == before


@pytest.mark.parametrize("part", ["werkmap", "leveringen", "credentials", "uitgifte"])
def test_a_link_to_somewhere_else_is_refused_also_in_a_folder_of_the_demo(
    part: str, home: Home, tmp_path: Path
) -> None:
    _real(home)
    folder = tmp_path / "proef"
    prepare(folder)
    if (folder / part).exists():
        (folder / part).rename(folder / "opzij")
    (folder / part).symlink_to(home.root, target_is_directory=True)
    before = everything(tmp_path)
    with pytest.raises(DemoRefused):
        prepare(folder)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("made", [_roles, _only_officer, _only_inbox, _deliveries])
def test_what_no_demo_made_is_refused(made: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "proef"
    folder.mkdir()
    made(folder)
    before = everything(tmp_path)
    with pytest.raises(DemoRefused):
        prepare(folder)
    assert everything(tmp_path) == before


def test_its_own_folder_is_used_again_also_one_that_was_interrupted(tmp_path: Path) -> None:
    home, deliveries, key = prepare(tmp_path / "proef")
    store, officer = home.keys.read_bytes(), key.read_bytes()
    (home.root / "grootboek").mkdir()
    (deliveries / "wmo.csv").unlink()
    assert prepare(tmp_path / "proef") == (home, deliveries, key)
    assert (home.keys.read_bytes(), key.read_bytes()) == (store, officer)
    assert (deliveries / "wmo.csv").exists()
    assert not home.ledger.exists()
    home.keys.unlink()
    (home.root / "sleutels.toml").unlink()
    prepare(tmp_path / "proef")
    assert home.keys.exists()


def test_without_the_library_for_names_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.commands.demo.find_spec", lambda _: None)
    with pytest.raises(DemoRefused, match=r"bestandsanalyse\[demo\]"):
        prepare(tmp_path / "proef")
    assert not (tmp_path / "proef").exists()
