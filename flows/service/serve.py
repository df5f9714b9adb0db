"""Server, schedule and worker on this machine, on loopback."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from flows.custody.store_access import share_store_with_children
from flows.prefect_settings import leave_current_folder, new_login, prepare_environment, project_folder, require_login
from flows.registers.audit import Role, record_deed
from flows.service.foreign import DEPLOYMENTS, remove_foreign
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from schemas.errors import ServiceFailure

HOST = "127.0.0.1"
POOL = "bestandsanalyse"
DEPLOYMENT = "bestandsanalyse/per-kwartaal"
_START_SECONDS = 180
_STOP_SECONDS = 20


def serve_until_interrupted(home: Home, port: int, say: Callable[[str], None]) -> None:
    """Start the server, deploy `prefect.yaml`, and work off runs until a signal comes.

    Raises:
        ServiceFailure: A part did not start, or stopped by itself.
        KeyStoreMissing, KeyStoreError, PassphraseMissing: A run could not open the key store.
    """
    for stop in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # the last when a terminal is closed
        signal.signal(stop, _interrupt)
    if _is_healthy(port):
        raise ServiceFailure("the port is in use by another server; choose one with --port")
    prepare_service(home, port)
    record_deed(home, "serve", Role.STEWARD)
    # A run is a process of its own: it finds the passphrase in a credentials folder, never in a parameter.
    with (
        share_store_with_children(home),
        _run_process("server", "start", "--host", HOST, "--port", str(port)) as server,
    ):
        _wait_until_healthy(port, server)
        _deploy(say)
        say(f"Schedule and server run on http://{HOST}:{port} (log in with {auth_file(home)}).")
        say(f"Start a run now: bestandsanalyse trigger --home {home.root} --port {port}. Stop with Ctrl-C.")
        with _run_process("worker", "start", "--pool", POOL, "--type", "process", "--limit", "1") as worker:
            _wait_until_interrupted(server, worker)


def prepare_service(home: Home, port: int) -> None:
    """Set the environment of server, worker and every client on this machine."""
    prepare_environment(home, quiet=False)
    leave_current_folder(home)
    path = auth_file(home)
    if not path.exists():
        write_private(path, new_login().encode())
    require_login(path.read_text())
    os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"


def trigger_run(home: Home, port: int) -> None:
    """Ask the server to run the deployment now.

    Raises:
        ServiceFailure: No service answers on that port, or it is another's.
    """
    prepare_service(home, port)
    if not _is_healthy(port):
        raise ServiceFailure("nothing answers on that port (start it with bestandsanalyse serve)")
    _run_prefect("deployment", "run", DEPLOYMENT)


def auth_file(home: Home) -> Path:
    """Return the file with `user:password` of this machine's Prefect server, 0600."""
    return home.root / "keys" / "prefect-login"


def _deploy(say: Callable[[str], None]) -> None:
    """Deploy `prefect.yaml`, and remove everything else from the database, before a worker starts.

    Raises:
        ServiceFailure: Something else is there still, or again.
    """
    for _ in range(2):
        _run_prefect("work-pool", "create", POOL, "--type", "process", "--overwrite")
        _run_prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(DEPLOYMENTS))
        removed = remove_foreign(project_folder(), POOL)
        if not removed:
            return
        say(f"Removed from the service's database, as prefect.yaml does not declare or plan it: {removed} thing(s).")
    raise ServiceFailure(
        "its database holds deployments or runs that are not ours; remove the folder prefect in --home"
    )


def _run_prefect(*arguments: str) -> None:
    command = [sys.executable, "-m", "prefect", *arguments]
    process = subprocess.run(command, cwd=project_folder(), capture_output=True, check=False)  # noqa: S603 - fixed words
    if process.returncode:
        raise ServiceFailure(f"'prefect {arguments[0]}' ended with code {process.returncode}")


@contextmanager
def _run_process(*arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a Prefect process and its children; they are stopped when the block is left.

    It has a session of its own, so that Ctrl-C reaches this process only and the parts stop in order.
    """
    command = [sys.executable, "-m", "prefect", *arguments]
    # On our stderr: stdout is for the words of the command, or for its JSON.
    process = subprocess.Popen(command, cwd=project_folder(), start_new_session=True, stdout=2)  # noqa: S603 - fixed words
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    for stop, seconds in ((signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, _STOP_SECONDS)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, stop)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def _wait_until_healthy(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _is_healthy(port):
            return
        time.sleep(0.5)
    raise ServiceFailure("the server did not start (is the port in use?)")


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/api/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until_interrupted(*processes: "subprocess.Popen[bytes]") -> None:
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(1)
    except KeyboardInterrupt:
        return
    raise ServiceFailure("server or worker ended by itself")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
