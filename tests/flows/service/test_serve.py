"""The steward's schedule: server, schedule and worker on loopback, deployed and triggered for real."""

import json
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

from flows.custody.store_access import begin_store
from flows.custody.wrapping import PASSPHRASE
from flows.service.serve import DEPLOYMENT, POOL
from flows.workfolder.home import Home
from sample_data.generate import deliveries
from tests.builders.custody import CHEAP
from tests.builders.prefect_database import put_database
from tests.project import PROJECT

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Service:
    home: Home
    screen: Path
    environment: dict[str, str]

    @property
    def told(self) -> str:
        """The screen since it runs; before, Prefect may have told that SQLite was locked, by what was planted."""
        return self.screen.read_text().partition("Start a run now")[2]

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


PLANT = """
import sys
from pathlib import Path
from flows.workfolder.home import Home
from flows.prefect_settings import prepare_environment
prepare_environment(Home(Path(sys.argv[1])))
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.workers.process import ProcessWorker

command = {"command": f"touch {sys.argv[2]}"}
template = ProcessWorker.get_default_base_job_template()
template["variables"]["properties"]["command"]["default"] = command["command"]
with get_client(sync_client=True) as client:
    for pool in ("bestandsanalyse", "vreemd"):
        client.create_work_pool(WorkPoolCreate(name=pool, type="process", base_job_template=template))
    flow = client.create_flow_from_name("bestandsanalyse")
    for name in ("per-kwartaal", "vreemd"):
        planted = client.create_deployment(
            flow, name=name, work_pool_name="bestandsanalyse",
            entrypoint="flows/pipeline/bestandsanalyse.py:bestandsanalyse",
            job_variables=command, path="/tmp", pull_steps=[{"prefect.deployments.steps.run_shell_script": {
                "script": command["command"]}}],
        )
        client.create_flow_run_from_deployment(planted, job_variables=command)
    client.create_automation(AutomationCore(
        name="vreemd", trigger=EventTrigger(expect={"vreemd"}, posture=Posture.Reactive, threshold=1),
        actions=[RunDeployment(source="selected", deployment_id=planted, job_variables=command)],
    ))
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = tmp_path_factory.mktemp("dienst")
    home = Home(root / "werkmap").make()
    put_database(home)
    begin_store(home, PASSPHRASE, cost=CHEAP)
    for name, content in deliveries(peildatum=this_quarter().date()).items():
        (home.inbox / name).write_bytes(content)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "BESTANDS"))}
    planting = [sys.executable, "-c", PLANT, home.root, root / "uitgevoerd"]
    planted = subprocess.run(planting, env=clean, cwd=root, capture_output=True, text=True, timeout=200, check=False)
    assert planted.returncode == 0, planted.stderr
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


def test_what_is_not_of_the_service_is_gone_before_its_worker_starts(service: Service) -> None:
    """The other deployment, pool and automation, and what the run of ours was given; see also the last test."""
    shown = service.prefect("deployment", "ls", "--output", "json")
    assert sorted(one["name"] for one in json.loads(shown)) == ["maandelijks", "per-kwartaal"]
    assert [one["name"] for one in json.loads(service.prefect("work-pool", "ls", "--output", "json"))] == [POOL]
    assert "touch" not in service.prefect("work-pool", "inspect", POOL)
    assert "touch" not in service.prefect("deployment", "inspect", DEPLOYMENT)
    assert "vreemd" not in service.prefect("automation", "ls")
    assert "Removed from the service's database" in service.screen.read_text()


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
    # A heartbeat of Prefect's worker fails if SQLite is locked: Prefect tells that at length, and connects again.
    assert "Traceback" not in service.told or "heartbeat persistence failed" in service.told
    assert f'File "{PROJECT / "flows"}' not in service.told


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
    assert not re.search(r"\d{9}", service.told)


def test_nothing_of_what_was_planted_was_executed(service: Service) -> None:
    """Last: the worker has had the time of all the tests above."""
    assert service.home.root.is_dir()
    assert not (service.home.root.parent / "uitgevoerd").exists()
