"""What other accounts, the current folder and a crash can reach of a run: the login, the folder, the core file."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
CORE = 0x80  # of a wait status: a core was written


def _died(code: str, folder: Path) -> int:
    """The wait status of a Python that may write a core of any size into a folder."""
    child = os.fork()
    if not child:
        os.chdir(folder)
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        os.execve(sys.executable, [sys.executable, "-c", code], {"PYTHONPATH": str(PROJECT)})  # noqa: S606
    return os.waitpid(child, 0)[1]


CRASH = "import os; os.abort()"
BELOW = "import os, subprocess, sys; subprocess.run([sys.executable, '-c', 'import os; os.abort()']); os.abort()"
COMMAND = """
import sys, flows.cli
def crash(*_): {crash}
flows.cli.admit = crash
flows.cli.main(["dpia"])
"""


@pytest.mark.parametrize("crash", [CRASH, BELOW])
def test_a_crash_of_a_command_or_of_what_it_starts_leaves_no_core_file(crash: str, tmp_path: Path) -> None:
    status = _died(COMMAND.format(crash=crash), tmp_path)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not status & CORE
    assert list(tmp_path.iterdir()) == []


def test_the_test_above_sees_a_core(tmp_path: Path) -> None:
    status = _died(CRASH, tmp_path)
    if not status & CORE and not resource.getrlimit(resource.RLIMIT_CORE)[1]:
        pytest.skip("this machine writes no core of anything")
    assert status & CORE


def test_a_limit_that_is_lower_already_stays_and_stops_nothing() -> None:
    code = (
        "import resource; from flows.guard import without_core_files\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); without_core_files()\n"
        "print(max(resource.getrlimit(resource.RLIMIT_CORE)) <= 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr
