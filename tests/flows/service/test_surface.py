"""What other accounts, the current folder and a crash can reach of a run: the login, the folder, the core file."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.custody.passphrase import CREDENTIALS_VARIABLE
from flows.prefect_settings import leave_current_folder
from flows.workfolder.home import Home
from schemas.errors import DeliveryMissing
from tests.builders.prefect_database import put_database
from tests.project import PROJECT

BIN = Path(sys.executable).parent
CORE = 0x80  # of a wait status: a core was written


def _died(code: str, folder: Path) -> int:
    """The wait status of a Python that may write a core of any size into a folder."""
    child = os.fork()
    if not child:
        os.chdir(folder)
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        with suppress(ValueError, OSError):  # a command in this process may have lowered it before; root can raise it
            resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        os.execve(sys.executable, [sys.executable, "-c", code], {"PYTHONPATH": str(PROJECT)})  # noqa: S606
    return os.waitpid(child, 0)[1]


CRASH = "import os; os.abort()"
BELOW = "import os, subprocess, sys; subprocess.run([sys.executable, '-c', 'import os; os.abort()']); os.abort()"
COMMAND = """
import sys, flows.commands.cli
def crash(*_): {crash}
flows.commands.cli.admit = crash
flows.commands.cli.main(["dpia"])
"""


@pytest.mark.parametrize("crash", [CRASH, BELOW])
def test_a_crash_of_a_command_or_of_what_it_starts_leaves_no_core_file(crash: str, tmp_path: Path) -> None:
    status = _died(COMMAND.format(crash=crash), tmp_path)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not status & CORE
    assert list(tmp_path.iterdir()) == []


def test_the_test_above_sees_a_core(tmp_path: Path) -> None:
    status = _died(CRASH, tmp_path)
    if not status & CORE:
        pytest.skip("this machine writes no core of anything")
    assert os.WTERMSIG(status) == signal.SIGABRT


def test_a_limit_that_is_lower_already_stays_and_stops_nothing() -> None:
    code = (
        "import resource; from flows.guard import disable_core_files\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); disable_core_files()\n"
        "print(max(resource.getrlimit(resource.RLIMIT_CORE)) <= 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr


EMBEDDED = """
import sys
from pathlib import Path
from flows.workfolder.home import Home
from flows.prefect_settings import prepare_environment
prepare_environment(Home(Path(sys.argv[1])).make())
from prefect.client.orchestration import get_client
from prefect.server.api.server import SubprocessASGIServer
client = get_client(sync_client=True)
client.read_flow_runs()  # with the login of this process
server = SubprocessASGIServer()
print(server.server_process.pid, server.api_url, flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Embedded:
    process: "subprocess.Popen[str]"
    pid: int
    url: str


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A process with the server that Prefect starts for a run, as `run` has it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    folder = tmp_path_factory.mktemp("werk")
    put_database(Home(folder).make())
    process = subprocess.Popen(
        [sys.executable, "-c", EMBEDDED, str(folder)],
        cwd=PROJECT, env=clean, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    pid, url = process.stdout.readline().split()
    yield Embedded(process, int(pid), url)
    process.kill()
    process.wait()


def _answer(url: str, login: str = "") -> int:
    headers = {"Content-Type": "application/json"}
    if login:
        headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def _runs(pid: int) -> bool:
    """Whether there is such a process, and not only its end that nobody asked for."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _login_of(pid: int) -> dict[str, str]:
    given = (pair.partition("=") for pair in Path(f"/proc/{pid}/environ").read_text().split("\0"))
    return {name: value for name, _, value in given if "AUTH_STRING" in name}


@pytest.mark.parametrize("path", ["admin/version", "collections/views/aggregate-worker-metadata", "work_pools/x"])
def test_the_server_of_a_run_answers_nobody_without_its_login(path: str, embedded: Embedded) -> None:
    assert _answer(f"{embedded.url}/{path}") == 401
    assert _answer(f"{embedded.url}/{path}", "steward:anders") == 401


def test_the_login_is_of_one_process_and_in_no_argument(embedded: Embedded) -> None:
    logins = set(_login_of(embedded.pid).values())
    assert len(logins) == 1
    (login,) = logins
    assert _answer(f"{embedded.url}/admin/version", login) == 200
    assert login != os.environ["PREFECT_API_AUTH_STRING"]
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            assert login.encode() not in line.read_bytes()


def test_the_server_of_a_run_ends_when_the_run_is_killed(embedded: Embedded) -> None:
    """Last: it ends the server of the tests above."""
    assert _runs(embedded.pid)
    embedded.process.kill()
    embedded.process.wait()
    deadline = time.monotonic() + 30
    while _runs(embedded.pid):
        assert time.monotonic() < deadline, "is the entry point installed? (uv sync)"
        time.sleep(0.2)


PLANTED = """
from pathlib import Path
Path(__file__).with_name("uitgevoerd").touch()
"""
LOGGING = """
version: 1
formatters:
  x: {(): planted_formatter.Formatter}
"""
FILES = {
    "uvicorn.py": PLANTED,
    "planted_formatter.py": PLANTED,
    ".env": "PREFECT_LOGGING_SETTINGS_PATH=logging.yml\n",
    "logging.yml": LOGGING,
    "prefect.toml": '[logging]\nconfig_path = "logging.yml"\n[api]\nurl = "http://127.0.0.1:9/api"\n',
    "pyproject.toml": '[tool.prefect.api]\nurl = "http://127.0.0.1:9/api"\n',
}


def _planted(folder: Path, names: Iterable[str]) -> Path:
    """A folder that somebody else put files in, and deliveries of nothing in it."""
    (folder / "leveringen").mkdir(parents=True)
    for name in names:
        (folder / name).write_text(FILES[name])
    return folder


def _run_in(folder: Path, home: Home, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`run` with relative paths; the deliveries are missing, which the first task finds: Prefect has started."""
    put_database(home)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    words = ["run", "--deliveries", "leveringen", "--peildatum", "2019-07-01", "--out", "uit"]
    return subprocess.run(
        [BIN / "bestandsanalyse", *words, "--home", os.path.relpath(home.root, folder)],
        cwd=folder, env=clean | environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_nothing_of_the_current_folder_is_executed_or_believed(home: Home, tmp_path: Path) -> None:
    """Each of the files by itself changed how this ends, before the folder was left."""
    folder = _planted(tmp_path / "map", FILES)
    before = sorted(folder.rglob("*"))
    done = _run_in(folder, home)
    assert done.returncode == DeliveryMissing.exit_code, done.stderr
    assert sorted(folder.rglob("*")) == before


def test_a_credentials_folder_is_the_one_that_was_named_from_the_folder_that_is_left(
    home: Home, tmp_path: Path
) -> None:
    folder = _planted(tmp_path / "map", [])
    shutil.copytree(os.environ[CREDENTIALS_VARIABLE], folder / "credentials")
    done = _run_in(folder, home, **{CREDENTIALS_VARIABLE: "credentials"})
    assert done.returncode == DeliveryMissing.exit_code, done.stderr


def test_only_a_path_is_made_absolute(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for given, expected in (("libp11.so", "libp11.so"), ("./libp11.so", str(tmp_path / "libp11.so")), ("", "")):
        monkeypatch.setenv("BESTANDSANALYSE_PKCS11_MODULE", given)
        monkeypatch.chdir(tmp_path)
        leave_current_folder(home)
        assert os.environ["BESTANDSANALYSE_PKCS11_MODULE"] == expected
        assert Path.cwd() == home.prefect
        assert home.prefect.stat().st_mode & 0o777 == 0o700
        assert os.environ["PYTHONSAFEPATH"]
