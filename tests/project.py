"""The checkout that is tested: where it lies, and what of it is committed."""

import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def project_files(project: Path) -> list[str]:
    """What is committed; in a copy without git, everything but what tools leave behind."""
    if (project / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True)
        return listed.stdout.splitlines()
    left = {".venv", ".tools", "demo", "__pycache__", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache",
            ".hypothesis", ".import_linter_cache"}  # fmt: skip
    names = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
    return sorted(str(name) for name in names if not left & set(name.parts) and ".egg-info" not in str(name))
