"""The demonstration: made-up deliveries, a demonstration key, and the same flow as any run."""

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from flows.custody.passphrase import CREDENTIALS_VARIABLE, make_credentials
from flows.custody.signing import make_officer_key
from flows.custody.store_access import begin_store
from flows.custody.wrapping import PASSPHRASE
from flows.workfolder.files import make_private, write_private
from flows.workfolder.home import Home, find_home
from schemas.errors import DemoRefused

PEILDATUM = date(2019, 7, 1)
_PARTS = ("werkmap", "leveringen", "credentials", "uitgifte")


def prepare(folder: Path) -> tuple[Home, Path, Path]:
    """Make the demo's work folder, key store, deliveries and key; what is there already is used again.

    The passphrase is random, and lies beside the store in `credentials`: for a demo only, as nobody is in it.

    Except the ledger: another version's demo of the same day would stand in the way of this one.

    Returns:
        The work folder, the delivery folder and the demonstration key.

    Raises:
        DemoRefused: What is there is somebody's own, or the extra `demo` is not installed.
    """
    deliveries, public_figures = _generator()
    require_own(folder)
    home = find_home(folder / "werkmap")
    key = _demo_key(home)
    # Before the store: it is what this folder is known by as the demo's.
    if not key.exists():
        make_officer_key(key, home.officer_public_key)
    make_credentials(folder.absolute() / "credentials")
    os.environ[CREDENTIALS_VARIABLE] = str(folder.absolute() / "credentials")
    if not home.keys.exists():
        begin_store(home, PASSPHRASE)
    shutil.rmtree(home.ledger, ignore_errors=True)
    write_private(home.public, public_figures())
    inbox = folder / "leveringen"
    shutil.rmtree(inbox, ignore_errors=True)
    make_private(inbox)
    for name, content in deliveries(peildatum=PEILDATUM).items():
        (inbox / name).write_bytes(content)
    return home, inbox.absolute(), key


def _generator() -> tuple[Callable[..., Mapping[str, bytes]], Callable[[], bytes]]:
    """Return what makes the invented deliveries, and what others publish of them.

    Raises `DemoRefused` without the library that names residents.
    """
    if find_spec("faker") is None:
        raise DemoRefused(
            "needs the library faker, the extra `demo`",
            "Install it: `python3 run.py demo` does, and so does pip install 'bestandsanalyse[demo]'.",
        )
    from sample_data.generate import deliveries, public_figures

    return deliveries, public_figures


def require_own(folder: Path) -> None:
    """Return if nothing in a folder is there that the demo did not make.

    Raises:
        DemoRefused: Something is a link, or declares roles, or came without the demo's own officer.
    """
    links = (*(folder / name for name in _PARTS), *(folder / "werkmap").glob("*"))
    if any(path.is_symlink() for path in links):
        raise DemoRefused("finds a link where the demo writes")
    home = Home(folder / "werkmap")
    if home.roles.exists() or home.roles.is_symlink():
        raise DemoRefused("finds a work folder that declares roles in its place")
    is_demo = _demo_key(home).is_file()
    if not is_demo and any(_has_files(folder / name) for name in _PARTS):
        raise DemoRefused("finds files that no demo made in its place")


def _demo_key(home: Home) -> Path:
    return home.root / "keys" / "demo-officer.key"


def _has_files(folder: Path) -> bool:
    return any(not path.is_dir() or path.is_symlink() for path in folder.rglob("*"))
