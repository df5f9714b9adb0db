"""The Prefect flow: ten steps in eight tasks.

    receive -> contract -> pseudonymise -> link -> derive -> count -> protect -> assess -> approve -> publish

The first three are one task, so that identified data never crosses a task boundary. Between
tasks travels a `Run`: names, paths and a date. Parameters hold nothing of a person.
"""

import logging
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.custody.keys import key_for
from flows.custody.roles import require_role
from flows.guard import value_free
from flows.pipeline import steps
from flows.pipeline.question import read_question
from flows.registers.audit import RUN, Role, record_deed
from flows.rights.retention import Removed, apply_retention, remove_due
from flows.runs.archive import archive, require_archived, settle
from flows.runs.context import asked_profile, occasion
from flows.runs.peildatum import TIME_ZONE, peildatum_or_default
from flows.runs.plausibility import require_reason
from flows.workfolder.home import Home, Run, find_home, lock_home, new_run_id, read_run, require_output, sweep_output
from flows.workfolder.inbox import require_filled
from flows.workfolder.mapping import mappings_of
from flows.workfolder.municipality import profile_for
from schemas.errors import ApprovalRefused, UnexpectedFailure

AWAITING_APPROVAL = "AwaitingApproval"
PUBLISHED = "Published"

_log = logging.getLogger("bestandsanalyse")
_log.setLevel(logging.INFO)  # a worker sets a level for Prefect's own loggers only


@dataclass(frozen=True)
class Outcome:
    """The end of a run: published, or pending (`release` is None)."""

    run_id: str
    dossier: Path
    release: Path | None


async def _is_unexpected(_task: object, _task_run: object, state: State[Any]) -> bool:
    """Return whether a retry may help: a wrong delivery or a refusal stays wrong."""
    return isinstance(await state.aresult(raise_on_failure=False), UnexpectedFailure)


_OPTIONS: dict[str, Any] = {
    "retries": 1,
    "retry_condition_fn": _is_unexpected,
    "cache_policy": NO_CACHE,  # a cache key is a file name
    "persist_result": False,
    "log_prints": False,
}


# Each task looks its step up when it runs, so that the fault and canary tests can replace one.
@task(name="receive-contract-pseudonymise", **_OPTIONS)
def _intake(run: Run) -> None:
    value_free(steps.intake)(run)


@task(name="link", **_OPTIONS)
def _link(run: Run) -> None:
    value_free(steps.link)(run)


@task(name="derive", **_OPTIONS)
def _derive(run: Run) -> None:
    value_free(steps.derive)(run)


@task(name="count", **_OPTIONS)
def _count(run: Run) -> None:
    value_free(steps.count)(run)


@task(name="protect", **_OPTIONS)
def _protect(run: Run) -> None:
    value_free(steps.protect)(run)


@task(name="assess", **_OPTIONS)
def _assess(run: Run) -> None:
    value_free(steps.assess_release)(run)


@task(name="approve", **_OPTIONS)
def _approve(run: Run) -> bool:
    """Sign with the demonstration key; any other run waits for the officer's own command."""
    if run.demo_key is not None:
        value_free(steps.approve)(run, run.demo_key)
    return run.demo_key is not None


@task(name="publish", **_OPTIONS)
def _publish(run: Run) -> Path:
    return value_free(steps.publish)(run)


@flow(name="bestandsanalyse", persist_result=False, log_prints=False)
def bestandsanalyse(
    peildatum: date | None = None,
    deliveries: Path | None = None,
    out: Path | None = None,
    profile: str = "standaard",
    *,
    demo_key: Path | None = None,
    request: Path | None = None,
    archived: str = "",
    reason: str = "",
) -> State[Outcome]:
    """Run the whole bestandsanalyse.

    Args:
        peildatum: Reference date; by default the first day of the present quarter.
        deliveries: Folder with the delivered files; by default `inbox` in the work folder.
        out: Folder for releases; by default `releases` in the work folder.
        profile: Name of the profile that the run is held to.
        demo_key: Demonstration key that signs at once; for the demo profile only.
        request: A researcher's own question, in the place of the tables of the analysis.
        archived: Id of an earlier run from the inbox, whose archived deliveries are read again.
        reason: Why the steward believes what is not plausible of the deliveries; for the dossier.

    Returns:
        A completed state: `Published`, or `AwaitingApproval` when the officer has yet to sign.

    Raises:
        BestandsanalyseError: One of ours, value-free, with an exit code. Nothing was published.
    """
    return value_free(_run_all)(
        peildatum, deliveries, out, profile, demo_key=demo_key, request=request, archived=archived, reason=reason
    )


def _run_all(
    peildatum: date | None,
    deliveries: Path | None,
    out: Path | None,
    profile_id: str,
    *,
    demo_key: Path | None,
    request: Path | None,
    archived: str,
    reason: str,
) -> State[Outcome]:
    """Check what was asked, take the lock of the work folder, and run."""
    home = find_home()
    require_reason(reason)
    require_role(home, RUN)  # here as well: a scheduled run does not pass the command line
    day = peildatum_or_default(peildatum)
    profile = profile_for(home, profile_id)
    if demo_key is not None and not profile.demo:
        raise ApprovalRefused("only the demo signs within the run")
    run = Run(
        run_id=new_run_id(),
        home=home,
        deliveries=deliveries or home.inbox,
        out=out or home.releases,
        peildatum=day.isoformat(),
        profile=profile.id,
        demo_key=demo_key,
        archived=archived,
        mapping=mappings_of(home).sha256,
        absent=profile.absent,
        reason=reason.strip(),
    )
    if archived:
        require_archived(home, archived, datetime.now(TIME_ZONE).date())
        before = read_run(home, archived)
        run = replace(run, mapping=before.mapping, absent=before.absent)
    if request:
        run = replace(run, question=read_question(request, day, asked_profile(run)))
    require_output(run.out, run.deliveries)
    with lock_home(home):
        if not archived:
            require_filled(home, run.deliveries)
        # The id travels between tasks, so that a run keeps its version; the secret never does.
        run = replace(run, key_id=key_for(home, profile.gemeente_code, day))
        record_deed(home, RUN, Role.STEWARD, run.key_id, run=run.run_id, occasion=occasion(run))
        return _run_steps(run, home)


def _run_steps(run: Run, home: Home) -> State[Outcome]:
    """Run the steps in order; whoever calls this holds the lock of the work folder.

    However it ends, staging is removed and the archive settled.
    """
    sweep_output(home, run.out)
    removed = remove_due(home, datetime.now(TIME_ZONE).date())
    if removed.damaged:
        _log.warning("%s", removed.damage_warning)
    run.record()
    _log.info("Run %s: profile %s, peildatum %s", run.run_id, run.profile, run.peildatum)
    try:
        for number, step in enumerate((_intake, _link, _derive, _count, _protect, _assess), start=1):
            _log.info("[%d/8] %s", number, step.name)
            step(run)
        _log.info("[7/8] approve")
        signed = _approve(run)
        value_free(archive)(run)
        if not signed:
            _log.info(
                "Waiting for the officer: bestandsanalyse approve %s --key FILE --home %s", run.run_id, run.home.root
            )
            return Completed(name=AWAITING_APPROVAL, data=Outcome(run.run_id, run.dossier, None))
        _log.info("[8/8] publish")
        release = _publish(run)
        steps.close(run)
        return Completed(name=PUBLISHED, data=Outcome(run.run_id, run.dossier, release))
    finally:
        shutil.rmtree(run.staging, ignore_errors=True)
        settle(home)


@flow(name="bewaartermijnen", persist_result=False, log_prints=False)
def bewaartermijnen() -> State[Removed]:
    """Remove what is past its term, destroy the keys that opened nothing else, and log it.

    Raises:
        BestandsanalyseError: One of ours, value-free, with an exit code.
    """
    removed = value_free(_apply_retention)()
    _log.info("%s", removed.summary)
    value_free(removed.require_judged)()
    return Completed(name="Removed", data=removed)


def _apply_retention() -> Removed:
    home = find_home()
    require_role(home, "bewaartermijnen")
    return apply_retention(home, datetime.now(TIME_ZONE).date())
