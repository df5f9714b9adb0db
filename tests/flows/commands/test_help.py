"""What `--help` shows, and what the shell completes."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.commands.cli import app, main
from flows.commands.options import ROLES, role_group
from flows.custody.roles import COMMANDS
from schemas.profiles import PROFILE_HELP, PROFILES
from tests.builders.tools import absent

BIN = Path(sys.executable).parent / "bestandsanalyse"


def _shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main([*words, "--help"])
    return capsys.readouterr().out


def _titles(shown: str) -> list[str]:
    return [line.strip("╭─╮ ") for line in shown.splitlines() if line.startswith("╭")]


def test_commands_are_grouped_by_role(capsys: pytest.CaptureFixture[str]) -> None:
    assert _titles(_shown(capsys)) == [
        "Data steward", "Privacy officer", "Key holder", "Researcher", "Everybody", "Program", "Output",
    ]  # fmt: skip
    of_keys = _titles(_shown(capsys, "keys"))
    assert of_keys == ["Privacy officer", "Key holder", "Key holder or privacy officer", "Output"]


def test_every_command_stands_in_the_group_of_its_roles() -> None:
    assert {role_group(command).name for command in COMMANDS} == {*ROLES}
    for name in app:
        if not name.startswith("-"):
            assert app[name].group == (role_group(name),), name


def test_profiles_are_named_with_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(PROFILE_HELP) == [profile.id for profile in PROFILES]
    for command in ("run", "request", "dummy"):
        shown = " ".join(_shown(capsys, command).replace("│", " ").split())
        assert all(f"{name}: {told}." in shown for name, told in PROFILE_HELP.items())


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--version"])
    assert capsys.readouterr().out.strip() == version("bestandsanalyse") != "0.0.0"


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    """Of a home folder that is not that of who runs this."""
    own = os.environ | {"HOME": str(tmp_path), "SHELL": "/bin/bash"}
    words = [BIN, "--install-completion", "--shell", "bash"]
    done = subprocess.run(words, env=own, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    script = tmp_path / ".local" / "share" / "bash-completion" / "completions" / "bestandsanalyse"
    assert str(script) in done.stdout
    assert script.is_file()
    try:
        checked = subprocess.run(["bash", "-n", script], capture_output=True, check=False)
    except FileNotFoundError:
        absent("bash")
    assert checked.returncode == 0
    text = script.read_text()
    assert all(word in text for word in ("side-by-side", "rotate", "--peildatum", "--json"))
