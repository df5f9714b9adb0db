"""Removal of foreign deployments and runs from the service's database.

The service executes the deployments of prefect.yaml as they stand there, and runs that their schedule planned. The
database may hold more: from an earlier version, from somebody who reached a server without a login, or made by hand. A
deployment, its variables, the parameters of a run and an automation can all name a command for the worker.
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
_RESERVED = "prefect"  # pools that the server does not let anybody delete; the worker takes runs of its own pool only
_TYPE = "process"
_PULL = "prefect.deployments.steps.set_working_directory"

Declared = Mapping[tuple[str, str | None], Mapping[str, Any]]
"""Parameters of a deployment, by its name and entrypoint."""


def remove_foreign(project: Path, pool: str) -> int:
    """Delete what the worker of a pool would execute and prefect.yaml does not declare; return how many things.

    Call it after deploying, and deploy again if it is not 0. A run that somebody asked for and that has not begun is
    among them, because nothing shows who asked for it. A run that its schedule planned stays, a late one too.
    """
    # After the environment: Prefect reads its settings on import.
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        deployments = _read_all_pages(client.read_deployments)
        declared = read_declared_deployments()
        ours = {item.id: item.parameters for item in deployments if is_ours(item, declared, project)}
        foreign = [
            *(partial(client.delete_automation, item.id) for item in _read_all_pages(client.read_automations)),
            *(partial(client.delete_flow_run, item.id) for item in _waiting_runs(client) if not is_planned(item, ours)),
            *(partial(client.delete_deployment, item.id) for item in deployments if item.id not in ours),
            *(
                partial(client.delete_work_pool, item.name)
                for item in _pools(client)
                if (item.name, item.type) != (pool, _TYPE)
            ),
        ]
        for delete in foreign:
            with suppress(ObjectNotFound):  # a run went with its deployment
                delete()
        return len(foreign)


DEPLOYMENTS = Path(__file__).with_name("prefect.yaml")
"""The schedule; it lies beside this module so that it is installed with it."""


def read_declared_deployments() -> Declared:
    """Return the parameters of the deployments in prefect.yaml."""
    import yaml  # Prefect's own, which reads the same file with it

    declarations = yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))
    return {
        (deployment["name"], deployment["entrypoint"]): deployment.get("parameters", {})
        for deployment in declarations["deployments"]
    }


def is_ours(deployment: "DeploymentResponse", declared: Declared, project: Path) -> bool:
    """Return whether a deployment runs our code with our parameters, and nothing beside it."""
    code = [{_PULL: {"directory": str(project)}}]
    additions = (
        deployment.job_variables
        or deployment.storage_document_id
        or deployment.infrastructure_document_id
        or deployment.path
    )
    return (
        declared.get((deployment.name, deployment.entrypoint)) == deployment.parameters
        and deployment.pull_steps == code
        and not additions
    )


def is_planned(run: "FlowRun", ours: Mapping[UUID, Mapping[str, Any]]) -> bool:
    """Return whether the schedule of a deployment of ours planned a run, with the deployed parameters."""
    as_deployed = run.deployment_id is not None and ours.get(run.deployment_id) == run.parameters
    return bool(run.auto_scheduled) and as_deployed and not run.job_variables


def _waiting_runs(client: Any) -> "list[FlowRun]":  # noqa: ANN401 - Prefect's own type is not for others to name
    """Return runs that a worker may begin: of a deployment or a pool.

    A run of the command line belongs to neither.
    """
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
    from prefect.client.schemas.objects import StateType

    states = [StateType.SCHEDULED, StateType.PENDING, StateType.PAUSED, StateType.CANCELLING]
    run_filter = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)))
    runs = _read_all_pages(partial(client.read_flow_runs, flow_run_filter=run_filter))
    return [run for run in runs if run.deployment_id or run.work_queue_id]


def _pools(client: Any) -> "list[WorkPool]":  # noqa: ANN401
    return [pool for pool in _read_all_pages(client.read_work_pools) if not pool.name.lower().startswith(_RESERVED)]


def _read_all_pages(read: Callable[..., list[Any]]) -> list[Any]:
    items: list[Any] = []
    while more := read(limit=_PAGE, offset=len(items)):
        items += more
    return items
