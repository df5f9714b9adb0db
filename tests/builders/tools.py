"""Tools that a test needs and a machine may lack."""

import os

import pytest


def absent(tool: str) -> None:
    """Skip where a tool is not there; in CI it is, so there its absence is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is missing in CI")
    pytest.skip(f"{tool} is missing")
