"""The house: who imports whom, who makes which state, what the registries hold, how large things are."""

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import pytest

from schemas.sources import FIELDS, SOURCES
from schemas.tables import TABLES
from tests.project import PROJECT, project_files

PACKAGES = ("schemas", "transforms", "pia", "flows", "sample_data")
MODULES = [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))]

MAKERS = {
    "Delivered": {"transforms/intake/delivery.py"},
    "Identified": {"transforms/intake/contract.py"},
    "Pseudonymised": {"transforms/persons/pseudonymise.py", "schemas/states.py"},
    "Counted": {"transforms/counting/aggregate.py"},
    "Released": {"transforms/disclosure/suppression/protect.py"},
    "Summed": {"transforms/counting/aggregate.py", "flows/commands/protection/amounts.py"},
    "ReleasedSums": {"transforms/disclosure/sums/magnitude.py"},
}
# `flows/runs/staging.py` makes no state by name: it reads back the one that was put there, which is authenticated.
READERS = {
    "Released": {"flows/release/proof.py", "flows/registers/ledger.py"},
    "ReleasedSums": {"flows/release/proof.py"},
}  # published tables, read back
SABOTEURS = {"pia/sabotage.py"}


def calls(path: Path) -> set[str]:
    """Names that a module calls, bare or as an attribute of a module."""
    called = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in called}


def test_no_state_hides_behind_another_name() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "schemas.states":
                assert all(alias.asname is None for alias in node.names), path


@pytest.mark.parametrize("state", MAKERS)
def test_a_state_is_made_only_where_the_house_says(state: str) -> None:
    makers = {str(path.relative_to(PROJECT)) for path in MODULES if state in calls(path)}
    assert makers - READERS.get(state, set()) - SABOTEURS == MAKERS[state]


def test_only_the_makers_of_persons_have_the_seal() -> None:
    sealing = {str(path.relative_to(PROJECT)) for path in MODULES if _imports(path, "SEAL")}
    makers = set().union(*(MAKERS[state] for state in ("Delivered", "Identified", "Pseudonymised")))
    assert sealing == (makers - {"schemas/states.py"}) | SABOTEURS | {"flows/runs/staging.py"}


def _imports(path: Path, name: str) -> bool:
    """Whether a module imports this name or the whole module of the states, through which it would have it."""
    return not {"schemas.states", f"schemas.states.{name}"}.isdisjoint(imported(path))


def imported(path: Path) -> set[str]:
    """Dotted names that a module imports: modules, and what it takes out of them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names}
    return found


def test_no_test_imports_a_test() -> None:
    """What tests share lies in `tests/builders` and `tests/oracles`; pytest itself finds a conftest."""
    for path in sorted((PROJECT / "tests").rglob("*.py")):
        ours = [name for name in imported(path) if name.startswith(("tests.", "."))]
        parts = {part for name in ours for part in name.split(".")}
        assert not [part for part in parts if part == "conftest" or part.startswith("test_")], path


FORGED = """
import polars as pl
from schemas.states import Delivered, Identified, Pseudonymised
Pseudonymised(pl.DataFrame())
Identified(pl.DataFrame())
Delivered(pl.DataFrame(), excluded=())
"""


def test_a_forged_state_fails_mypy(tmp_path: Path) -> None:
    (tmp_path / "forged.py").write_text(FORGED)
    command = [sys.executable, "-m", "mypy", "--no-incremental", str(tmp_path / "forged.py")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout.count('Missing positional argument "seal"') == 3, done.stdout


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_declaration_is_in_its_registry() -> None:
    modules = {path.stem for path in (PROJECT / "schemas" / "sources").glob("*.py")} - {"__init__", "rules"}
    assert len(modules) == len(SOURCES) == len({source.id for source in SOURCES})
    declared = [path.read_text().count(" = TableSpec(") for path in (PROJECT / "schemas" / "tables").glob("*.py")]
    assert sum(declared) == len(TABLES) == len({spec.id for spec in TABLES})


def test_every_table_says_whom_it_counts() -> None:
    assert all(spec.population for spec in TABLES)


def test_every_field_is_declared_in_full_and_once() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    for field in FIELDS:
        assert all((field.meaning, field.unit, field.purpose, field.source, field.retention_months)), field.name


def test_every_output_dimension_is_closed_and_its_parts_exist() -> None:
    for spec in TABLES:
        for dimension in spec.dimensions:
            assert len(set(dimension.levels)) == len(dimension.levels)
            for level in dimension.levels:
                assert set(dimension.parts(level)) <= set(dimension.codes.values)
                assert dimension.label(level)
            # A table by coarser levels still has a place for everybody of its population.
            counted = [set(part.parts(level)) for part, level in spec.population if part.name == dimension.name]
            everybody = set(dimension.codes.values).intersection(*counted)
            assert dimension.multiple or everybody <= {
                part for level in dimension.levels[:-1] for part in dimension.parts(level)
            }
        assert len(spec.dimensions) <= 2, "the report shows rows and columns only"


def test_files_and_functions_stay_small() -> None:
    lengths = [len(path.read_text().splitlines()) for path in MODULES]
    functions = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    # A module is as long as its subject; shards would be worse.
    assert max(lengths) <= 400
    assert median(lengths) <= 120
    assert median(functions) <= 10
    assert quantiles(functions, n=20)[-1] <= 40


def test_the_top_level_is_as_agreed() -> None:
    top = {name.split("/")[0] for name in project_files(PROJECT)}
    rooms = {"flows", "transforms", "schemas", "pia", "sample_data", "tests", "pyproject.toml", "README.md"}
    beside = {
        "uv.lock", "LICENSE", "publiccode.yml", ".gitignore", ".pre-commit-config.yaml", ".ci",
        "benchmarks", "run.py", "docs", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
    }  # fmt: skip
    assert rooms <= top <= rooms | beside
