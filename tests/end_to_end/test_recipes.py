"""The recipes of docs/engineer.md, followed in a copy of the project: a declaration, and everything else follows.

Not part of the ordinary run: each recipe is a pytest of its own on the copy, as in the removal suite.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.tables import TABLES
from tests.builders.remembered import FOLDER_VARIABLE
from tests.project import PROJECT, project_files

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".tools", "demo", "__pycache__", ".*_cache", ".hypothesis")


@dataclass(frozen=True)
class Recipe:
    """What somebody writes who follows a recipe, and the tests that see whether it worked.

    Attributes:
        inserted: Per file the text after which something comes, and what comes there.
        tests: Those to which the declaration matters; each would be red if a part of it were missing.
    """

    inserted: Mapping[str, tuple[tuple[str, str], ...]]
    tests: tuple[str, ...]


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
NEXT = f"T{max(int(table.id[1:]) for table in TABLES) + 1}"
TABLE = f"""
LEEFVORM_BY_LEEFTIJD_TABLE = TableSpec(
    id="{NEXT}",
    title=Text(
        nl="Inwoners onder de Participatiewet naar leeftijd en leefvorm",
        en="Residents under the Participatiewet by age and household",
    ),
    question=Text(
        nl="Hoe oud zijn alleenstaande ouders met een uitkering?",
        en="How old are single parents with a benefit?",
    ),
    dimensions=(coarser.LEEFTIJD_IN_DRIEEN, LEEFVORM),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    only_exact=True,
)
"""
SEGMENT = """    Segment(
        code="jong",
        label=Text(
            nl="jonger dan 27 zonder startkwalificatie",
            en="younger than 27 without a basic qualification",
        ),
        indicator="I15",
        text=Text(
            nl="Participatiewet, jonger dan 27, en geen startkwalificatie.",
            en="Participatiewet, younger than 27, and no basic qualification.",
        ),
        rule=_IN_PWET & (pl.col("leeftijdsklasse") == "<27") & (pl.col("startkwalificatie") == "zonder"),
    ),
"""
RECIPES = {
    "a table": Recipe(
        {
            "schemas/tables/population.py": (
                ("from schemas.text import Text\n", TABLE),
                ("\nTABLES = (\n", "    LEEFVORM_BY_LEEFTIJD_TABLE,\n"),
            )
        },
        ONE_DECLARATION,
    ),
    "a segment": Recipe(
        {
            "schemas/segments.py": (("RISICOS: tuple[Segment, ...] = (\n", SEGMENT),),
            "tests/oracles/recount_profile.py": (
                (
                    "    risks = {\n",
                    '        "jong": pwet and person["leeftijdsklasse"] == "<27"'
                    ' and person["startkwalificatie"] == "zonder",\n',
                ),
            ),
        },
        ONE_DECLARATION,
    ),
}
MADE = "pia/dpia.md"
"""What `dpia --update` writes again, after every recipe."""


@pytest.mark.removal
@pytest.mark.nightly
@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_needs_no_other_file(name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    recipe, copy = RECIPES[name], tmp_path / "kopie"
    shutil.copytree(PROJECT, copy, ignore=LEFT_OUT)
    for file, insertions in recipe.inserted.items():
        text = (copy / file).read_text()
        for anchor, new in insertions:
            assert text.count(anchor) == 1, f"{file} changed: mend this recipe"
            text = text.replace(anchor, anchor + new)
        (copy / file).write_text(text)
    shared = Path(os.environ.get(FOLDER_VARIABLE, tmp_path_factory.getbasetemp().parent / "remembered"))
    shared.mkdir(exist_ok=True)
    # PYTHONPATH puts the copy before the installed project.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(copy), "PYTHONHASHSEED": "0"}
    for command in (
        ["flows.commands.cli", "dpia", "--update"],
        ["pytest", "-m", "not canary and not removal and not nightly", *recipe.tests],
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
    assert _different(copy) == {*recipe.inserted, MADE}


def _different(copy: Path) -> set[str]:
    """The files of the project that are not the same in the copy."""
    names = {*project_files(copy), *project_files(PROJECT)}
    return {name for name in names if _content(copy / name) != _content(PROJECT / name)}


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
