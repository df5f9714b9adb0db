"""The recipes of docs/engineer.md, followed in a copy of the project: a declaration, and everything else follows.

What somebody writes who follows one stands in `recipes/`, as a patch. Not part of the ordinary run: each recipe is a
pytest of its own on the copy, as in the removal suite.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.remembered import FOLDER_VARIABLE
from tests.project import PROJECT, project_files

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".tools", "demo", "__pycache__", ".*_cache", ".hypothesis")
RECIPES = Path(__file__).parent / "recipes"
MADE = "pia/dpia.md"
"""What `dpia --update` writes again, after every recipe."""
ONE_DECLARATION = (
    "tests/schemas",
    "tests/test_architecture.py::test_every_declaration_is_in_its_registry",
    "tests/test_architecture.py::test_every_output_dimension_is_closed_and_its_parts_exist",
    "tests/transforms/persons/test_link_derive_count.py",
    "tests/transforms/persons/test_segments.py",
    "tests/transforms/report/test_summary.py",
    "tests/transforms/package/test_release_files.py",
    "tests/transforms/report/test_report_language.py",
    "tests/transforms/package/test_package.py",
    "tests/pia/test_pia.py::test_a_measure_holds_on_a_good_run",
    "tests/pia/test_pia.py::test_a_good_run_passes_the_gate",
    "tests/end_to_end/test_documentation.py::test_the_dpia_is_up_to_date",
)
"""Tests to which a declaration matters; each would be red if a part of it were missing."""
TESTS = {
    "table": ONE_DECLARATION,
    "segment": ONE_DECLARATION,
    "source": (
        *ONE_DECLARATION,
        "tests/transforms/intake",
        "tests/transforms/requests",
        "tests/transforms/persons/test_pseudonymise.py",
        "tests/canary/test_planted.py",
        "tests/end_to_end/test_sample_data.py",
    ),
}
_FILE = re.compile(r"^--- .*\n\+\+\+ b/(.*)\n", re.MULTILINE)
_HUNK = re.compile(r"^@@ .*\n", re.MULTILINE)


@pytest.mark.removal
@pytest.mark.nightly
@pytest.mark.parametrize("name", TESTS)
def test_a_recipe_needs_no_other_file(name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path / "kopie"
    shutil.copytree(PROJECT, copy, ignore=LEFT_OUT)
    written = _follow(copy, (RECIPES / f"{name}.patch").read_text())
    shared = Path(os.environ.get(FOLDER_VARIABLE, tmp_path_factory.getbasetemp().parent / "remembered"))
    shared.mkdir(exist_ok=True)
    # PYTHONPATH puts the copy before the installed project.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(copy), "PYTHONHASHSEED": "0"}
    for command in (
        ["flows.commands.cli", "dpia", "--update"],
        ["pytest", "-m", "not canary and not removal and not nightly", *TESTS[name]],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=copy,
            env={**environment, FOLDER_VARIABLE: str(shared)},
            capture_output=True,
            text=True,
            check=False,
            timeout=1200,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert _different(copy) == {*written, MADE}


def _follow(copy: Path, patch: str) -> set[str]:
    """Apply a patch by its words, wherever its lines are by now, and return the files that it writes."""
    _, *parts = _FILE.split(patch)
    for name, hunks in zip(parts[::2], parts[1::2], strict=True):
        text = (copy / name).read_text() if (copy / name).exists() else ""
        for hunk in _HUNK.split(hunks)[1:]:
            lines = hunk.splitlines(keepends=True)
            old, new = ("".join(line[1:] for line in lines if line[0] in kinds) for kinds in (" -", " +"))
            assert text.count(old) == 1, f"{name} changed: mend this recipe"
            text = text.replace(old, new)
        (copy / name).write_text(text)
    return {*parts[::2]}


def _different(copy: Path) -> set[str]:
    """The files of the project that are not the same in the copy."""
    names = {*project_files(copy), *project_files(PROJECT)}
    return {name for name in names if _content(copy / name) != _content(PROJECT / name)}


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
