"""The wheel, installed in an environment of its own, does what the checkout does."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import PROJECT

pytestmark = pytest.mark.installed
UV = PROJECT / ".tools" / "bin" / "uv"
LOAD = "from flows.commands.cli import app; print(len([app[name] for name in app]))"
Installed = Callable[..., "subprocess.CompletedProcess[str]"]


def _environment() -> dict[str, str]:
    """Nothing of the environment of the tests, but where packages come from."""
    kept = ("PATH", "HOME", "UV_", "PIP_", "SSL_", "HTTP", "http", "no_proxy", "NO_PROXY")
    return {name: value for name, value in os.environ.items() if name.startswith(kept)}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that has the wheel and what it needs, and nothing of the checkout."""
    root = tmp_path_factory.mktemp("elders")
    uv = str(UV) if UV.exists() else str(shutil.which("uv"))
    python = str(root / "env" / "bin" / "python")
    locked = str(root / "locked")
    for command in (
        [uv, "build", "--wheel", "--quiet", "--out-dir", str(root / "wheel"), str(PROJECT)],
        [
            uv,
            "export",
            "--frozen",
            "--no-dev",
            "--extra",
            "demo",
            "--no-emit-project",
            "--quiet",
            "--output-file",
            locked,
        ],
        [uv, "venv", "--quiet", "--python", sys.executable, str(root / "env")],
        [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, "--requirement", locked],
    ):
        subprocess.run(command, cwd=PROJECT, env=_environment(), check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (root / "wheel").glob("*.whl")
    command = [uv, "pip", "install", "--quiet", "--no-deps", "--python", python, str(wheel)]
    subprocess.run(command, cwd=root, env=_environment(), check=True)
    return root


@pytest.fixture(scope="module")
def installed(elsewhere: Path) -> Installed:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [elsewhere / "env" / "bin" / "bestandsanalyse", *words]
        return subprocess.run(
            command, cwd=elsewhere, env=_environment(), capture_output=True, text=True, check=False, timeout=300
        )

    return run


def test_the_demo_runs_and_its_release_verifies(installed: Installed, elsewhere: Path) -> None:
    done = installed("demo")
    assert done.returncode == 0, done.stderr
    release = done.stdout.splitlines()[-1].removeprefix("Release: ")
    key = elsewhere / "demo" / "werkmap" / "keys" / "officer.pub"
    verified = installed("verify", release, "--key", str(key))
    assert verified.returncode == 0, verified.stderr
    assert "content made again" in " ".join(verified.stdout.split())


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
