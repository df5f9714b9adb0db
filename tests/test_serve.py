"""The steward's schedule: server, schedule and worker on loopback, deployed and triggered for real."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.custodians import begun
from flows.home import Home
from flows.serve import DEPLOYMENT
from flows.wrapping import PASSPHRASE
from sample_data.generate import deliveries
from tests.conftest import CHEAP

PROJECT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Service:
    home: Home
    screen: Path
    environment: dict[str, str]

    def prefect(self, *words: str) -> str:
        done = subprocess.run(
            [BIN / "prefect", *words], env=self.environment, cwd=PROJECT, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def this_quarter() -> "datetime":
    today = datetime.now(ZoneInfo("Europe/Amsterdam"))
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = tmp_path_factory.mktemp("dienst")
    home = Home(root / "werkmap").make()
    begun(home, PASSPHRASE, cost=CHEAP)
    for name, content in deliveries(peildatum=this_quarter().date()).items():
        (home.inbox / name).write_bytes(content)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "BESTANDS"))}
    screen = root / "scherm.txt"
    command = [BIN / "bestandsanalyse", "serve", "--home", home.root, "--port", str(port)]
    with screen.open("wb") as file:
        process = subprocess.Popen(command, env=clean, cwd=root, stdout=file, stderr=file, start_new_session=True)
    try:
        _wait_for(screen, "Start a run now", process)
        login = (home.root / "keys" / "prefect-login").read_text()
        api = {
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_API_AUTH_STRING": login,
            "PREFECT_HOME": str(root / "client"),
        }
        yield Service(home, screen, clean | api)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0


def _wait_for(screen: Path, text: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 180
    while text not in screen.read_text():
        assert process.poll() is None, screen.read_text()
        assert time.monotonic() < deadline, screen.read_text()
        time.sleep(0.5)


def test_a_triggered_run_waits_for_the_officer(service: Service) -> None:
    port = service.environment["PREFECT_API_URL"].split(":")[2].split("/")[0]
    command = [BIN / "bestandsanalyse", "trigger", "--home", service.home.root, "--port", port]
    done = subprocess.run(command, env=service.environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    deadline = time.monotonic() + 120
    while "AwaitingApproval" not in service.screen.read_text():
        assert time.monotonic() < deadline, service.screen.read_text()
        time.sleep(0.5)
    assert "bestandsanalyse approve" in service.screen.read_text()
    (dossier,) = service.home.root.glob("runs/*/dossier.md")
    assert f"peildatum {this_quarter():%d-%m-%Y}" in dossier.read_text()
    assert not service.home.releases.exists()


def test_the_schedule_is_quarterly_in_amsterdam_one_at_a_time(service: Service) -> None:
    shown = service.prefect("deployment", "inspect", DEPLOYMENT)
    for part in ("'cron': '0 6 1 1,4,7,10 *'", "'timezone': 'Europe/Amsterdam'", "'limit': 1", "ENQUEUE"):
        assert part in shown


def test_the_scheduler_plans_the_coming_quarter(service: Service) -> None:
    deadline = time.monotonic() + 90
    # As JSON: a table is as wide as the terminal, and a long name of a run pushes the state out of it.
    while "SCHEDULED" not in (shown := service.prefect("flow-run", "ls", "--state", "Scheduled", "--output", "json")):
        assert time.monotonic() < deadline, shown
        time.sleep(2)
    assert "Traceback" not in service.screen.read_text()


def test_without_the_login_the_server_answers_nobody(service: Service) -> None:
    stranger = service.environment | {"PREFECT_API_AUTH_STRING": "steward:anders"}
    done = subprocess.run(
        [BIN / "prefect", "deployment", "ls"], env=stranger, cwd=PROJECT, capture_output=True, timeout=120, check=False
    )
    assert done.returncode != 0


def test_the_server_listens_on_loopback_only(service: Service) -> None:
    port = int(service.environment["PREFECT_API_URL"].rsplit(":", 1)[1].split("/")[0])
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {
        line[1].split(":")[0] for line in listening if line[3] == "0A" and int(line[1].split(":")[1], 16) == port
    }
    assert addresses == {"0100007F"}
    assert not re.search(r"\d{9}", service.screen.read_text())
