"""The wheel, installed in an environment of its own, does what the checkout does."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.project import PROJECT

pytestmark = [pytest.mark.installed, pytest.mark.xdist_group("installed")]  # one worker installs it
UV = PROJECT / ".tools" / "bin" / "uv"
LOAD = "from flows.commands.cli import app; print(len([app[name] for name in app]))"
_HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
OTHER_PYTHONS = [version for version in ("3.11", "3.12", "3.13", "3.14") if version != _HERE]
"""Those that the project is for, beside the one that runs these tests."""
Installed = Callable[..., "subprocess.CompletedProcess[str]"]


def _environment() -> dict[str, str]:
    """Nothing of the environment of the tests, but where packages come from."""
    kept = ("PATH", "HOME", "UV_", "PIP_", "SSL_", "HTTP", "http", "no_proxy", "NO_PROXY")
    return {name: value for name, value in os.environ.items() if name.startswith(kept)}


def _uv() -> str:
    return str(UV) if UV.exists() else str(shutil.which("uv"))


def _install(root: Path, python: str) -> None:
    """Make an environment in a folder that has the wheel and what it needs, and nothing of the checkout."""
    inside, locked = str(root / "env" / "bin" / "python"), str(root / "locked")
    export = ["export", "--frozen", "--no-dev", "--extra", "demo", "--no-emit-project", "--output-file", locked]
    for command in (
        ["build", "--wheel", "--out-dir", str(root / "wheel"), str(PROJECT)],
        export,
        ["venv", "--python", python, str(root / "env")],
        ["pip", "install", "--compile-bytecode", "--python", inside, "--requirement", locked],
    ):
        whole = [_uv(), "--quiet", *command]
        subprocess.run(whole, cwd=PROJECT, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (root / "wheel").glob("*.whl")
    command = [_uv(), "pip", "install", "--quiet", "--no-deps", "--python", inside, str(wheel)]
    subprocess.run(command, cwd=root, env=_environment(), check=True)


def _run(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [root / "env" / "bin" / "bestandsanalyse", *words]
    return subprocess.run(
        command, cwd=root, env=_environment(), capture_output=True, text=True, check=False, timeout=300
    )


def _require_demo(root: Path) -> None:
    """Fail unless the demo runs there and its release verifies."""
    done = _run(root, "demo")
    assert done.returncode == 0, done.stderr
    release = done.stdout.splitlines()[-1].removeprefix("Release: ")
    key = root / "demo" / "werkmap" / "keys" / "officer.pub"
    verified = _run(root, "verify", release, "--key", str(key))
    assert verified.returncode == 0, verified.stderr
    assert "content made again" in " ".join(verified.stdout.split())


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("elders")
    _install(root, sys.executable)
    return root


@pytest.fixture(scope="module")
def installed(elsewhere: Path) -> Installed:
    return partial(_run, elsewhere)


def test_the_demo_runs_and_its_release_verifies(elsewhere: Path) -> None:
    _require_demo(elsewhere)


@pytest.mark.parametrize("version", OTHER_PYTHONS)
def test_the_demo_runs_on_another_python(version: str, tmp_path: Path) -> None:
    find = [_uv(), "python", "find", "--no-project", "--no-python-downloads", version]
    found = subprocess.run(find, cwd=tmp_path, env=_environment(), capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(f"this machine has no Python {version}")
    _install(tmp_path, found.stdout.strip())
    _require_demo(tmp_path)


def test_protect_and_contract_work(installed: Installed, elsewhere: Path) -> None:
    rows = "".join(f"{'AB'[n % 2]},{'jong' if n % 3 else 'oud'}\n" for n in range(120))
    (elsewhere / "tabel.csv").write_text("wijk,leeftijd\n" + rows)
    done = installed("protect", "tabel.csv", "--by", "wijk,leeftijd", "--out", "tabellen")
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "tabellen" / "audit.json").exists()
    assert installed("contract", "--out", "leveringen").returncode == 0


def test_every_command_can_be_loaded(elsewhere: Path) -> None:
    command = [elsewhere / "env" / "bin" / "python", "-c", LOAD]
    done = subprocess.run(command, cwd=elsewhere, env=_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


def test_the_service_starts(installed: Installed, elsewhere: Path) -> None:
    home, credentials = elsewhere / "werkmap", elsewhere / "credentials"
    credentials.mkdir(mode=0o700)
    (credentials / "bestandsanalyse-passphrase").write_text("een zin die lang genoeg is voor een test")
    (credentials / "bestandsanalyse-passphrase").chmod(0o600)
    environment = _environment() | {"CREDENTIALS_DIRECTORY": str(credentials)}
    program = elsewhere / "env" / "bin" / "bestandsanalyse"
    (elsewhere / "helft").mkdir()
    begun = [program, "keys", "init", "--second-half", elsewhere / "helft", "--home", home]
    subprocess.run(begun, env=environment, cwd=elsewhere, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    screen = elsewhere / "scherm.txt"
    with screen.open("wb") as file:
        serving = [program, "serve", "--home", home, "--port", port]
        process = subprocess.Popen(serving, env=environment, cwd=elsewhere, stdout=file, stderr=file)
    try:
        deadline = time.monotonic() + 240
        while "Start a run now" not in screen.read_text():
            assert process.poll() is None, screen.read_text()
            assert time.monotonic() < deadline, screen.read_text()
            time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0
