"""CPU time against an empty Prefect flow with as many tasks, side by side in one run.

    uv run python benchmarks/flow_overhead.py [ROUNDS]

Two jobs: `run`, up to the officer (7 tasks), and the demo, which signs and publishes too (8 tasks).
Each round starts a process of every kind, in turn, on work folders that exist already (the first
round makes them and is not counted). CPU time is user and system time of the process and of
Prefect's embedded server, which it starts and stops. Read the ratios, not the seconds.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parent.parent

EMPTY = """
from pathlib import Path
from flows.workfolder.home import Home
from flows.prefect_settings import prepare_environment
prepare_environment(Home(Path({home!r})).make())
from prefect import flow, task
@task(persist_result=False)
def nothing(handle): return handle
@flow(persist_result=False)
def empty():
    for number in range({tasks}): nothing("handle")
empty()
"""
WHOLE = """
from datetime import date
from pathlib import Path
from flows.workfolder.home import Home
from flows.prefect_settings import prepare_environment
home = Home(Path({home!r})).make()
prepare_environment(home)
from flows.pipeline.bestandsanalyse import bestandsanalyse
bestandsanalyse(peildatum=date(2019, 7, 1), deliveries=Path({inbox!r}), out=Path({out!r}), profile={profile!r},
                demo_key={key})
"""


def cpu_seconds(program: str) -> float:
    """User and system time of a process and of the processes it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> None:
    from flows.commands.demo import prepare

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        home, inbox, key = prepare(root / "demo")
        given = {"home": str(home.root), "inbox": str(inbox), "out": str(root / "uit")}
        jobs = {
            "run, 7 tasks": (7, WHOLE.format(**given, profile="standaard", key=None)),
            "demo, 8 tasks": (8, WHOLE.format(**given, profile="demo", key=f"Path({str(key)!r})")),
        }
        for name, (tasks, whole) in jobs.items():
            empty = EMPTY.format(home=str(root / "leeg"), tasks=tasks)
            cpu_seconds(empty)
            cpu_seconds(whole)
            _report(name, [(cpu_seconds(empty), cpu_seconds(whole)) for _ in range(rounds)])


def _report(name: str, pairs: list[tuple[float, float]]) -> None:
    print(f"{name}\n  empty flow  bestandsanalyse  whole/empty  own/empty   (CPU-s)")
    for least, most in pairs:
        print(f"  {least:10.2f}  {most:15.2f}  {most / least:11.2f}  {most / least - 1:9.2f}")
    print(f"  median whole/empty {median(most / least for least, most in pairs):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
