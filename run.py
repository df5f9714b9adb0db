"""Set everything up on a bare machine and run one of two commands: `python3 run.py demo | test`.

Needs only Python 3.11 or newer with pip. It puts uv into `.tools`, and uv puts the locked
dependencies into `.venv`. Running it again does only what is missing.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
UV = "uv>=0.9"
# A steward needs no test tools; --inexact leaves them where they are.
COMMANDS = {
    "demo": (["--no-dev", "--inexact", "--extra", "age"], ["bestandsanalyse", "demo"]),
    # In the order of the folders: whole runs come first, so that no worker is left alone with one at the end.
    "test": ([], ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]),
}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs on whatever python3 there is
        print("Python 3.11 or newer is needed; nothing was installed.", file=sys.stderr)
        return 2
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(f"Usage: python3 run.py {' | '.join(COMMANDS)}", file=sys.stderr)
        return 2
    uv = installed_uv()
    if uv is None:
        return 1
    # With bytecode, Prefect's server starts in half the time; UV_PYTHON keeps uv from fetching a Python.
    environment = {**os.environ, "UV_PYTHON": sys.executable, "UV_COMPILE_BYTECODE": "1"}
    environment.pop("VIRTUAL_ENV", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start dozens of processes, which would all compile anew
    groups, command = COMMANDS[sys.argv[1]]
    say("[2/3] locked dependencies into .venv")
    if subprocess.run([uv, "sync", "--frozen", *groups], cwd=HERE, env=environment, check=False).returncode:
        say("The dependencies could not be installed; nothing was run. Is the package index reachable?")
        return 1
    say(f"[3/3] {' '.join(command)}")
    whole = [uv, "run", "--frozen", "--no-sync", *command, *sys.argv[2:]]
    return subprocess.run(whole, cwd=HERE, env=environment, check=False).returncode


def installed_uv() -> str | None:
    """uv below .tools: `pip install --target` works where a plain install is refused (PEP 668)."""
    uv = TOOLS / "bin" / "uv"
    say(f"[1/3] uv {'is there' if uv.exists() else 'into .tools'}")
    if not uv.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--target", str(TOOLS), UV], cwd=HERE, check=False)
    if not uv.exists():
        say("uv could not be installed; nothing was run. Does `python3 -m pip` work?")
        return None
    return str(uv)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
