"""What a researcher or an officer does on a Windows PC needs nothing that only POSIX has.

Tried here on Linux with those modules and names taken away; on Windows itself nobody has tried it yet.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.custody.signing import make_officer_key
from flows.workfolder.home import Run
from tests.project import PROJECT

CODE = """
import os, signal, stat, sys, tempfile, getpass, subprocess, shutil, pathlib, asyncio, ssl
for name in ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty"):
    sys.modules[name] = None
for name in ("O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "getuid", "geteuid", "fork", "killpg"):
    delattr(os, name)
del signal.siginterrupt, signal.SIGKILL
from flows.commands.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    print("ended", end.code)
"""
CSV = "wijk,leeftijd\r\n" + "".join(f"{'AB'[n % 2]},{'jong' if n % 3 else 'oud'}\r\n" for n in range(120))


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("--help", None),
        ("verify RELEASE", "4"),
        ("dummy --out NEW", None),
        ("contract --out NEW", None),
        ("check FOLDER --peildatum 2019-07-01", "32"),
        ("map CSV --out NEW", "32"),
        ("inspect CSV", None),
        ("protect CSV --by wijk --by leeftijd --out NEW", None),
        ("compare RELEASE RELEASE --key KEY --out NEW", "64"),
        ("side-by-side RELEASE --keys KEYS --out NEW", "64"),
        ("dpia", None),
    ],
)
def test_a_command_without_work_folder_needs_nothing_of_posix(
    line: str, ended: str | None, finished: Run, tmp_path: Path
) -> None:
    make_officer_key(tmp_path / "officer", tmp_path / "0865.pub")
    (tmp_path / "een map").mkdir()
    (tmp_path / "een map" / "tabel.csv").write_bytes(CSV.encode())
    place = {
        "RELEASE": finished.pending,
        "KEY": tmp_path / "0865.pub",
        "KEYS": tmp_path,
        "CSV": tmp_path / "een map" / "tabel.csv",
        "NEW": tmp_path / "uit",
        "FOLDER": tmp_path / "een map",
    }
    command = [sys.executable, "-c", CODE, *(str(place.get(word, word)) for word in line.split())]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr
    assert "unexpected" not in done.stderr, done.stderr
    code = next((line.removeprefix("ended ") for line in done.stdout.splitlines() if line.startswith("ended")), "0")
    assert code in {"None", "0", "3"} if ended is None else code == ended, done.stdout + done.stderr
    assert "NEW" not in line or ended or (tmp_path / "uit").exists()
