"""Runs every scenario in a process of its own: `python -m tests.canary.drive ROOT [--unguarded]`.

Everything is written below ROOT: Prefect's database and storage, staging, temporary files, output.
Steps are broken on purpose with exceptions that quote persons, as libraries do.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(sys.argv[1])
tempfile.tempdir = os.environ["TMPDIR"] = str(ROOT / "tmp")

from flows.prefect_settings import prepare_environment  # noqa: E402
from flows.workfolder.home import Home  # noqa: E402

HOME = Home(ROOT / "werkmap").make()
prepare_environment(HOME, quiet=False)

import polars as pl  # noqa: E402

import flows.pipeline.bestandsanalyse as flow_module  # noqa: E402
from flows.commands.cli import main  # noqa: E402
from flows.custody.signing import make_officer_key  # noqa: E402
from flows.custody.store_access import begin_store  # noqa: E402
from flows.custody.wrapping import PASSPHRASE, Cost  # noqa: E402
from flows.pipeline import steps  # noqa: E402
from flows.runs import quarantine  # noqa: E402
from flows.workfolder.home import Run  # noqa: E402
from schemas.errors import StagingError  # noqa: E402
from tests.builders.remembered import remember  # noqa: E402
from tests.canary.planted import BSN_GOOD, NAME, NOTE, SURNAME  # noqa: E402

STEPS = ("intake", "link", "derive", "count", "protect", "assess_release", "approve", "publish")
KEY = ROOT / "werkmap" / "keys" / "demo.pem"
Step = Callable[..., object]


def run(inbox: str = "inbox", profile: str = "demo") -> str:
    """One run; the name of how it ended."""
    try:
        flow_module.bestandsanalyse(
            peildatum=date(2019, 7, 1),
            deliveries=ROOT / inbox,
            out=ROOT / "uit",
            profile=profile,
            demo_key=KEY if profile == "demo" else None,
        )
    except Exception as error:  # noqa: BLE001 - the ending is what is driven
        return type(error).__name__
    return "ok"


def broken(step: str, times: int, crash: Callable[[], object]) -> str:
    """A run in which a step does its work and then breaks, the first `times` times."""
    whole, left = getattr(steps, step), [times]

    def breaks(*args: object) -> object:
        result = whole(*args)
        if left[0] > 0:
            left[0] -= 1
            crash()
        return result

    setattr(steps, step, breaks)
    try:
        return run()
    finally:
        setattr(steps, step, whole)


def quoting() -> None:
    """An exception with a person in its text, its cause, its context, its notes and its locals."""
    try:
        raise KeyError(SURNAME)
    except KeyError as cause:
        error = ValueError(f"bad row: {BSN_GOOD} {NAME} {NOTE}")
        error.add_note(NOTE)
        raise error from cause


def casting() -> None:
    """A real library error that quotes the value."""
    pl.DataFrame({"bsn": [BSN_GOOD, f"{NAME} {SURNAME}"]}).select(pl.col("bsn").cast(pl.Int64))


class Panic(BaseException):
    """As a panic of Polars arrives in Python: no Exception, with the value in its text."""


def panicking() -> None:
    raise Panic(f"{BSN_GOOD} {NAME}")


def typed_within_except() -> None:
    """One of ours, raised carelessly: its context holds the value."""
    try:
        raise ValueError(f"{BSN_GOOD} {NAME}")
    except ValueError:
        error = StagingError("is damaged")
        error.add_note(NOTE)
        raise error  # noqa: B904 - carelessness is what is tested


def scenarios() -> None:
    say("success", run())
    say("awaiting approval", run(profile="standaard"))
    for bad in sorted(path.name for path in ROOT.glob("bad-*")):
        say(bad, run(inbox=bad))
    for step in STEPS:
        say(f"crash in {step}", broken(step, 2, quoting))
    say("library error", broken("link", 2, casting))
    say("panic", broken("link", 2, panicking))
    say("typed error with context", broken("link", 2, typed_within_except))
    say("retry", broken("count", 1, quoting))
    run_id = sorted(path.name for path in (ROOT / "werkmap" / "runs").iterdir())[0]
    say("quarantine listed", str(len(quarantine.quarantined_rows(HOME, run_id)) > 40))
    command_line(run_id)


def command_line(run_id: str) -> None:
    """What the steward sees on the screen, failures included."""
    for words in (
        ["quarantine", run_id],
        [
            "run",
            "--deliveries",
            str(ROOT / "bad-unclosed-quote"),
            "--peildatum",
            "2019-07-01",
            "--out",
            str(ROOT / "uit"),
        ],
    ):
        code: object = 0
        try:
            main([*words, "--home", str(HOME.root)])
        except SystemExit as end:
            code = end.code
        say(f"bestandsanalyse {words[0]}", str(code))


def killed() -> None:
    """The process is killed after counting: no clean-up runs."""
    whole = steps.count

    def dies(run: Run) -> None:
        whole(run)
        os.kill(os.getpid(), 9)

    steps.count = dies
    run()


def say(scenario: str, ending: str) -> None:
    print(f"SCENARIO {scenario}: {ending}", flush=True)


if __name__ == "__main__":
    remember()
    if not HOME.keys.exists():
        begin_store(HOME, PASSPHRASE, cost=Cost(iterations=1, lanes=1, memory_kib=64))
    if not KEY.exists():
        make_officer_key(KEY, HOME.officer_public_key)
    if "--unguarded" in sys.argv:
        flow_module.value_free = lambda step: step
        say("unguarded", broken("link", 2, quoting))
    elif "--killed" in sys.argv:
        killed()
    elif "--after" in sys.argv:
        say("after the kill", run())
    else:
        scenarios()
