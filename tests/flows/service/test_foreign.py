"""What counts as the service's own: a deployment as prefect.yaml has it, and a run that its schedule planned."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from flows.service.foreign import is_ours, is_planned, read_declared_deployments
from tests.project import PROJECT

OURS = {
    "name": "per-kwartaal",
    "entrypoint": "flows/pipeline/bestandsanalyse.py:bestandsanalyse",
    "parameters": {"profile": "kwartaal"},
    "pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": str(PROJECT)}}],
    "job_variables": {},
    "path": None,
    "storage_document_id": None,
    "infrastructure_document_id": None,
}
ID = uuid4()
PLANNED = {"deployment_id": ID, "auto_scheduled": True, "parameters": {"profile": "kwartaal"}, "job_variables": None}


def _made(of: dict[str, Any], **other: Any) -> Any:
    return SimpleNamespace(**{**of, **other})


def test_both_deployments_of_the_file_are_known() -> None:
    known = read_declared_deployments()
    assert is_ours(_made(OURS), known, PROJECT)
    monthly = {
        "name": "maandelijks",
        "entrypoint": "flows/pipeline/bestandsanalyse.py:bewaartermijnen",
        "parameters": {},
    }
    assert is_ours(_made(OURS, **monthly), known, PROJECT)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "vreemd"},
        {"entrypoint": "flows/anders.py:bestandsanalyse"},
        {"entrypoint": None},
        {"parameters": {"profile": "demo"}},
        {"parameters": {}},
        {"pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": "/tmp"}}]},  # noqa: S108
        {"pull_steps": [*OURS["pull_steps"], {"prefect.deployments.steps.run_shell_script": {"script": "x"}}]},
        {"pull_steps": None},
        {"job_variables": {"command": "x"}},
        {"path": "/tmp"},  # noqa: S108
        {"storage_document_id": ID},
        {"infrastructure_document_id": ID},
    ],
)
def test_a_deployment_that_runs_anything_else_is_not_ours(other: dict[str, Any]) -> None:
    assert not is_ours(_made(OURS, **other), read_declared_deployments(), PROJECT)


def test_a_planned_run_stays_a_late_one_too() -> None:
    assert is_planned(_made(PLANNED), {ID: OURS["parameters"]})


@pytest.mark.parametrize(
    "other",
    [
        {"deployment_id": uuid4()},
        {"deployment_id": None},
        {"auto_scheduled": False},
        {"parameters": {"profile": "demo"}},
        {"parameters": {}},
        {"job_variables": {"command": "x"}},
    ],
)
def test_any_other_run_is_not_planned(other: dict[str, Any]) -> None:
    assert not is_planned(_made(PLANNED, **other), {ID: OURS["parameters"]})
