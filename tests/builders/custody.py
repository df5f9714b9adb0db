"""Custodians to test with: a passphrase, a real OpenBao server and a real token (SoftHSM2), started when asked."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from flows.custody.keystore import Store, StoreDescription, new_store, open_store
from flows.custody.wrapping import Cost, Custodian, two_halves
from tests.builders.tools import absent

CHEAP = Cost(iterations=1, lanes=1, memory_kib=64)
PASSPHRASE = b"een lange zin die niemand raadt"
TODAY = date(2019, 7, 1)
NAME = "0a1b2c3d"
BAO = Path(sys.executable).parent / "bao"
SOFTHSM = next(
    (path for path in map(Path, ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"))
     if path.is_file()), None,
)  # fmt: skip
TOKEN = "root-only-for-tests"


def halves(folder: Path, passphrase: bytes = PASSPHRASE, known: StoreDescription | None = None) -> Custodian:
    """The custodian of a passphrase, with its second half beside the store; cheap."""
    salt = bytes.fromhex(known.custodian["salt"]) if known else None
    return two_halves(folder / "apart", known.name if known else NAME, passphrase, salt=salt, cost=CHEAP)


def made(folder: Path, custodian: Custodian, name: str = NAME) -> Store:
    return new_store(folder / "keys" / "store.json", custodian, name)


def opened(folder: Path, passphrase: bytes = PASSPHRASE) -> Store:
    return open_store(folder / "keys" / "store.json", lambda known: halves(folder, passphrase, known))


@contextmanager
def openbao_server(folder: Path) -> Iterator[str]:
    """A real server on loopback, in memory; its address."""
    if not BAO.exists():
        absent("bao")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "HOME": str(folder), "BAO_ADDR": address, "BAO_TOKEN": TOKEN}
    command = [BAO, "server", "-dev", f"-dev-listen-address=127.0.0.1:{port}", f"-dev-root-token-id={TOKEN}",
               "-dev-no-store-token"]  # fmt: skip
    with (folder / "bao.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/v1/sys/health", server, folder / "bao.log")
        mount = [BAO, "secrets", "enable", "transit"]
        done = subprocess.run(mount, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"bao did not start: {log.read_text()}")


@cache
def softhsm_token() -> str:
    """The PIN of a token in a folder of this process; once, as the library reads SOFTHSM2_CONF once per process."""
    if SOFTHSM is None or not shutil.which("softhsm2-util"):
        absent("softhsm2")
    folder = Path(tempfile.mkdtemp(prefix="bestandsanalyse-token-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    command = ["softhsm2-util", "--init-token", "--free", "--label", "proef", "--pin", "4711", "--so-pin", "0815"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return "4711"
