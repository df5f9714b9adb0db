"""Set everything up on a bare machine and run one of two commands: `python3 run.py demo | test`.

Needs only Python 3.11 or newer with pip. It puts the locked uv into `.tools`, and uv puts the locked
dependencies into `.venv`. Running it again does only what is missing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
# A steward needs no test tools; --inexact leaves them where they are.
COMMANDS = {
    "demo": (["--no-dev", "--inexact", "--extra", "age", "--extra", "demo"], ["bestandsanalyse", "demo"]),
    # In the order of the folders: whole runs come first, so that no worker is left alone with one at the end.
    "test": ([], ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]),
}
NEXT = """
Next:
1. Open DEMO_rapport_nl.html in that folder.
2. Check the release as its receiver would: .venv/bin/bestandsanalyse verify RELEASE --key demo/werkmap/keys/officer.pub
3. Read how to run your own deliveries: docs/steward.md (Dutch), or docs/engineer.md."""


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
    environment = {
        "UV_SYSTEM_CERTS": "1",  # those of the organisation, too, whose proxy may look into TLS
        **os.environ,
        "UV_PYTHON": sys.executable,  # keeps uv from fetching a Python
        "UV_COMPILE_BYTECODE": "1",  # Prefect's server starts in half the time
    }
    environment.pop("VIRTUAL_ENV", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start dozens of processes, which would all compile anew
    groups, command = COMMANDS[sys.argv[1]]
    say("[2/3] locked dependencies into .venv")
    if not is_done([uv, "sync", "--frozen", *groups], environment):
        say("The dependencies could not be installed; nothing was run. Is the package index reachable?")
        return 1
    say(f"[3/3] {' '.join(command)}")
    whole = [uv, "run", "--frozen", "--no-sync", *command, *sys.argv[2:]]
    exit_code = subprocess.run(whole, cwd=HERE, env=environment, check=False).returncode
    if exit_code == 0 and sys.argv[1:] == ["demo"]:
        say(NEXT)
    return exit_code


def installed_uv() -> str | None:
    """Return the path of uv below .tools, installed there unless the locked one is; None if that failed.

    `pip install --target` works where a plain install is refused (PEP 668).
    """
    uv, stamp, locked = TOOLS / "bin" / "uv", TOOLS / "locked", locked_uv()
    is_there = uv.exists() and stamp.exists() and stamp.read_text() == locked
    say(f"[1/3] uv {'is there' if is_there else 'into .tools'}")
    if not is_there:
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "--upgrade"]
        with tempfile.TemporaryDirectory() as folder:
            requirements = Path(folder) / "uv.txt"
            requirements.write_text(locked)
            is_there = is_done([*pip, "--target", str(TOOLS), "--requirement", str(requirements)], os.environ)
    if is_there:
        stamp.write_text(locked)
    else:
        say("uv could not be installed; nothing was run. Does `python3 -m pip` work?")
        return None
    return str(uv)


def locked_uv() -> str:
    """Return uv's line of a requirements file: its version and the hashes of its wheels, from uv.lock."""
    import tomllib  # is in no Python before 3.11, which is told so first

    packages = tomllib.loads((HERE / "uv.lock").read_text(encoding="utf-8"))["package"]
    uv = next(package for package in packages if package["name"] == "uv")
    return " ".join([f"uv=={uv['version']}", *(f"--hash={wheel['hash']}" for wheel in uv["wheels"])])


def is_done(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Run a command that says nothing unless it fails."""
    done = subprocess.run(
        command, cwd=HERE, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
