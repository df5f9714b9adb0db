"""What the service executes: the deployments of prefect.yaml as they stand there, and runs that their schedule planned.

The database may hold more: of an earlier version, of somebody who reached a server without a login, or made by hand.
A deployment, its variables, the parameters of a run and an automation can all name a command for the worker.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, WorkPool
    from prefect.client.schemas.responses import DeploymentResponse

_PAGE = 200
_RESERVED = "prefect"  # pools that the server lets nobody delete; the worker works off its own pool only
_TYPE = "process"
_PULL = "prefect.deployments.steps.set_working_directory"

Declared = Mapping[tuple[str, str | None], Mapping[str, Any]]
"""Parameters of a deployment, by its name and entrypoint."""


def remove_foreign(project: Path, pool: str) -> int:
    """Delete what the worker of a pool would execute and is not of prefect.yaml; how many things that were.

    Call it after they were deployed, and deploy again if it is not 0. A run that somebody asked for and that has not
    begun is among them: what asked for it cannot be seen. A run that its schedule planned stays, a late one too.
    """
    # After the environment: Prefect reads its settings on import.
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        deployments = _all(client.read_deployments)
        known = declared_deployments()
        ours = {one.id: one.parameters for one in deployments if is_ours(one, known, project)}
        foreign = [
            *(partial(client.delete_automation, one.id) for one in _all(client.read_automations)),
            *(partial(client.delete_flow_run, one.id) for one in _waiting(client) if not is_planned(one, ours)),
            *(partial(client.delete_deployment, one.id) for one in deployments if one.id not in ours),
            *(
                partial(client.delete_work_pool, one.name)
                for one in _pools(client)
                if (one.name, one.type) != (pool, _TYPE)
            ),
        ]
        for delete in foreign:
            with suppress(ObjectNotFound):  # a run went with its deployment
                delete()
        return len(foreign)


DEPLOYMENTS = Path(__file__).with_name("prefect.yaml")
"""The schedule, which stands beside this module so that it is installed with it."""


def declared_deployments() -> Declared:
    """What prefect.yaml deploys."""
    import yaml  # Prefect's own, which reads the same file with it

    told = yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))
    return {(one["name"], one["entrypoint"]): one.get("parameters", {}) for one in told["deployments"]}


def is_ours(one: "DeploymentResponse", known: Declared, project: Path) -> bool:
    """Whether a deployment runs our code with our parameters, and nothing beside it."""
    code = [{_PULL: {"directory": str(project)}}]
    beside = one.job_variables or one.storage_document_id or one.infrastructure_document_id or one.path
    return known.get((one.name, one.entrypoint)) == one.parameters and one.pull_steps == code and not beside


def is_planned(run: "FlowRun", ours: Mapping[UUID, Mapping[str, Any]]) -> bool:
    """Whether the schedule of a deployment of ours planned a run, as it is deployed."""
    as_deployed = run.deployment_id is not None and ours.get(run.deployment_id) == run.parameters
    return bool(run.auto_scheduled) and as_deployed and not run.job_variables


def _waiting(client: Any) -> "list[FlowRun]":  # noqa: ANN401 - Prefect's own type is not for others to name
    """Runs of deployments and pools that a worker may begin; a run of the command line is neither's."""
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import StateType

    states = [StateType.SCHEDULED, StateType.PENDING, StateType.PAUSED, StateType.CANCELLING]
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)))
    found = _all(partial(client.read_flow_runs, flow_run_filter=wanted))
    return [run for run in found if run.deployment_id or run.work_queue_id]


def _pools(client: Any) -> "list[WorkPool]":  # noqa: ANN401
    return [pool for pool in _all(client.read_work_pools) if not pool.name.lower().startswith(_RESERVED)]


def _all(read: Callable[..., list[Any]]) -> list[Any]:
    found: list[Any] = []
    while more := read(limit=_PAGE, offset=len(found)):
        found += more
    return found
