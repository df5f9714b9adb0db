"""The demonstration: made-up deliveries, a demonstration key, and the same flow as any run."""

import os
import shutil
from datetime import date
from pathlib import Path

from flows.custodians import begun
from flows.files import make_private
from flows.home import Home
from flows.passphrase import CREDENTIALS_VARIABLE, make_credentials
from flows.signing import make_officer_key
from flows.wrapping import PASSPHRASE
from sample_data.generate import deliveries

PEILDATUM = date(2019, 7, 1)


def prepare(folder: Path) -> tuple[Home, Path, Path]:
    """Make the demo's work folder, key store, deliveries and key; what is there already is used again.

    The passphrase is random, and lies beside the store in `credentials`: for a demo only, as nobody is in it.

    Except the ledger: another version's demo of the same day would stand in the way of this one.

    Returns:
        The work folder, the delivery folder and the demonstration key.
    """
    home = Home((folder / "werkmap").absolute()).make()
    make_credentials(folder.absolute() / "credentials")
    os.environ[CREDENTIALS_VARIABLE] = str(folder.absolute() / "credentials")
    if not home.keys.exists():
        begun(home, PASSPHRASE)
    shutil.rmtree(home.ledger, ignore_errors=True)
    inbox = folder / "leveringen"
    shutil.rmtree(inbox, ignore_errors=True)
    make_private(inbox)
    for name, content in deliveries(peildatum=PEILDATUM).items():
        (inbox / name).write_bytes(content)
    key = home.root / "keys" / "demo-officer.key"
    if not key.exists():
        home.officer_public_key.unlink(missing_ok=True)
        make_officer_key(key, home.officer_public_key)
    return home, inbox.absolute(), key
