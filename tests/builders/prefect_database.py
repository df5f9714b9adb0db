"""Prefect's empty database, made once: every work folder that starts a server would spend seconds on making it."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from flows.workfolder.files import lock_file
from flows.workfolder.home import Home
from tests.builders.remembered import FOLDER_VARIABLE

_NAME = "prefect.db"
_UPGRADE = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]


def put_database(home: Home, folder: str = "") -> None:
    """Put the database where Prefect looks for it, unless a server was there before.

    Args:
        folder: Where the processes of this session keep what they share; default: that of `remember`, if there is one.
    """
    shared = folder or os.environ.get(FOLDER_VARIABLE, "")
    path = home.prefect / _NAME
    if shared and not path.exists():
        with lock_file(Path(shared) / "lock"):
            template = Path(shared) / _NAME
            if not template.exists():
                _make(template)
        shutil.copyfile(template, path)
        path.chmod(0o600)


def _make(template: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    with tempfile.TemporaryDirectory() as folder:
        own = {"PREFECT_HOME": folder, "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        subprocess.run(_UPGRADE, cwd=folder, env=clean | own, check=True, capture_output=True, timeout=300)
        made = Path(folder) / _NAME
        with sqlite3.connect(made) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        shutil.move(made, template)
