"""What is written down is still true: commands and links of the pages, generated DPIA, exit codes, licence."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.commands.cli import app
from flows.commands.reference import PAGE, reference
from flows.custody.signing import make_officer_key
from flows.release.publication import sha256
from flows.workfolder.home import HOME_VARIABLE
from pia.dpia import render
from schemas.errors import Exit
from schemas.profiles import STANDAARD
from tests.builders.compared import BEFORE, released, signed
from tests.builders.officer import openssh
from tests.builders.sample import PEILDATUM
from tests.project import PROJECT, project_files
from transforms.microdata.code_lists import read_code_lists

PAGES = {
    str(path.relative_to(PROJECT)): path.read_text()
    for path in (*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").glob("*.md")))
}
"""README and what else is written for people, by path."""
DOCS = "\n".join(PAGES.values())
_BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BIN = Path(sys.executable).parent


def test_the_dpia_is_up_to_date() -> None:
    text = (PROJECT / "pia" / "dpia.md").read_text()
    assert render(text) == text, "run: bestandsanalyse dpia --update"
    assert all(f"### {point}. " in text for point in range(1, 18))


def test_every_command_in_the_pages_exists_and_every_command_is_there() -> None:
    spans = re.findall(r"`([^`]+)`", _BLOCK.sub("", DOCS))
    named = {name for one in (*_blocks(DOCS), *spans) for name in re.findall(r"bestandsanalyse ([a-z-]+)", one)}
    commands = {name for name in app if not name.startswith("-")}
    assert named <= {*app}
    assert commands <= named | {one.split()[0] for one in spans}


@pytest.mark.parametrize("page", PAGES)
def test_the_command_line_takes_every_command_as_written(page: str) -> None:
    lines = [line for block in _blocks(PAGES[page]) for line in block.splitlines()]
    for line in lines:
        if line.startswith("bestandsanalyse "):
            _, given, _ = app.meta.parse_args(shlex.split(line)[1:], exit_on_error=False, print_error=False)
            app.parse_args(list(given.args), exit_on_error=False, print_error=False)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_every_file_that_a_page_names_is_there(page: str) -> None:
    here = (PROJECT / page).parent
    links = re.findall(r"\]\(([^)#]+)\)", PAGES[page])
    paths = re.findall(r"`((?:flows|transforms|schemas|pia|sample_data|tests|docs)/[^`\s*]+)`", PAGES[page])
    gone = [link for link in links if "://" not in link and not (here / link).exists()]
    assert gone + [path for path in paths if not (PROJECT / path).exists()] == []


def test_every_page_is_linked_from_the_readme() -> None:
    assert {page for page in PAGES if f"]({page})" not in PAGES["README.md"]} == {"README.md"}


def test_the_reference_of_commands_is_up_to_date() -> None:
    assert PAGES[PAGE] == reference(), "run: python -m flows.commands.reference"
    assert all(f"\n| {int(one)} | {one.who} | {one.meaning} |\n" in PAGES[PAGE] for one in Exit)


def test_the_commands_of_the_pages_run_as_written(tmp_path: Path, inbox: Path) -> None:
    """officer-key, keys, run, quarantine, approve, verify: the words of the pages with real arguments.

    There is no terminal here, so what is asked there is said before.
    """
    home = ["--home", str(tmp_path / "werkmap")]

    def bestandsanalyse(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "tests.builders.remembered", *words]
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=200
        )

    assert bestandsanalyse("officer-key", "--out", "officer.key", "--no-passphrase", *home).returncode == 0
    begun = bestandsanalyse("keys", "init", *home)
    assert begun.returncode == 0, begun.stderr
    ran = bestandsanalyse(
        "run", "--deliveries", str(inbox), "--peildatum", PEILDATUM.isoformat(), "--out", "uit", *home
    )
    assert ran.returncode == 3
    assert "Burgerservicenr" in ran.stdout
    line = re.findall(r"bestandsanalyse (approve .*)", ran.stderr)[-1]
    words = line.replace("FILE", "officer.key").split()
    listed = bestandsanalyse("quarantine", words[1], *home)
    assert listed.returncode == 0
    assert "participatiewet.csv" in listed.stdout
    assert bestandsanalyse(*words).returncode == 2
    approved = bestandsanalyse(*words, "--yes")
    assert approved.returncode == 0, approved.stderr
    release = approved.stdout.splitlines()[-1].removeprefix("Release: ")
    verified = bestandsanalyse("verify", release, "--key", str(tmp_path / "werkmap" / "keys" / "officer.pub"))
    assert verified.returncode == 0
    assert "signature   by the privacyfunctionaris" in verified.stdout
    unsigned = bestandsanalyse("verify", release)
    assert unsigned.returncode == 4
    assert "WHO SIGNED" in unsigned.stdout
    assert "signature " not in unsigned.stdout
    (tmp_path / "VERZOEK.toml").write_text(_block("docs/researcher.md", "[verzoek]"))
    asked = _block("docs/researcher.md", "bestandsanalyse request").split()[1:]
    given = {"--deliveries": str(inbox), "--out": "uit"}
    asked = [given.get(asked[place - 1], word) if word == "DIR" else word for place, word in enumerate(asked)]
    answered = bestandsanalyse(*asked, *home)
    assert answered.returncode == 3, answered.stderr
    asked_run = re.findall(r"bestandsanalyse approve (\S+)", answered.stderr)[-1]
    block = _block("docs/officer.md", "--statement")
    elsewhere = block.replace("RUN", asked_run).replace("KEY", "officer.key").strip() + " --yes"
    there = {
        **os.environ,
        HOME_VARIABLE: str(tmp_path / "werkmap"),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
    }
    signed = subprocess.run(
        ["bash", "-ec", elsewhere], cwd=tmp_path, env=there, capture_output=True, text=True, check=False, timeout=200
    )
    assert signed.returncode == 0, signed.stderr
    assert "-verzoek-" in signed.stdout.splitlines()[-1]
    again = bestandsanalyse(*words)
    assert again.returncode == 0
    assert f"published already, as {Path(release).name}" in again.stdout
    audited = bestandsanalyse("keys", "audit", "--release", release, *home)
    assert audited.returncode == 0, audited.stderr
    assert "approve" in audited.stdout
    assert "Traceback" not in ran.stderr + approved.stderr + again.stderr


def _blocks(page: str) -> list[str]:
    """What stands between fences, without what a fence says of its language."""
    return _BLOCK.findall(page)


def _block(page: str, text: str) -> str:
    """The only block of a page that has a text in it."""
    (block,) = [block for block in _blocks(PAGES[page]) if text in block]
    return block


def _listed_again(release: Path) -> None:
    """A table that was changed, and the hashes made to fit."""
    (release / "T01_regeling.csv").write_text("x")
    sums = release / "SHA256SUMS"
    names = [line[66:] for line in sums.read_text().splitlines()]
    sums.write_text("".join(f"{sha256((release / name).read_bytes())}  {name}\n" for name in names))


HARM: dict[str, Callable[[Path], object]] = {
    "": lambda release: None,
    "a table": lambda release: (release / "T01_regeling.csv").write_text("x"),
    "a file less": lambda release: (release / "T01_regeling.csv").unlink(),
    "a file more": lambda release: (release / ".namen.csv").write_text("x"),
    "a table and the hashes": _listed_again,
    "the manifest": lambda release: (release / "manifest.json").write_text("{}"),
    "the statement": lambda release: (release / "akkoord.json").write_text("{}"),
    "another key": lambda release: make_officer_key(release.parent / "x.pem", release.parent / "x.pub"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_release_is_checked_without_our_software(harm: str, tmp_path: Path) -> None:
    """The lines for the researcher, beside the release; every change of it makes one of them fail."""
    make_officer_key(tmp_path / "officer.pem", tmp_path / "officer.pub")
    release = signed(tmp_path / "UITGIFTE", released(BEFORE, STANDAARD), tmp_path / "officer.pem")
    openssh("ssh-keygen", "-l", "-f", tmp_path / "officer.pub")
    HARM[harm](release)
    if harm == "another key":
        shutil.copy(tmp_path / "x.pub", tmp_path / "officer.pub")
    there = sorted(release.iterdir())
    (tmp_path / "recept").write_text(
        _block("docs/researcher.md", "ssh-keygen -Y verify").replace("RELEASE", "UITGIFTE")
    )
    done = subprocess.run(["bash", "recept"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=20)
    assert (done.stdout.splitlines()[-1] == "complete") == (not harm), done.stdout + done.stderr
    assert sorted(release.iterdir()) == there


@pytest.mark.parametrize("words", [[], ["onzin"]])
def test_run_py_says_how_to_use_it(words: list[str], tmp_path: Path) -> None:
    shutil.copy(PROJECT / "run.py", tmp_path)
    done = subprocess.run([sys.executable, "run.py", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Usage: python3 run.py demo | test" in done.stderr
    assert not (tmp_path / ".tools").exists()


def test_licence_and_publiccode_agree() -> None:
    assert (PROJECT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "license: EUPL-1.2" in (PROJECT / "publiccode.yml").read_text()


def test_nothing_of_a_machine_is_committed() -> None:
    for name in project_files(PROJECT):
        text = (PROJECT / name).read_text(errors="replace") if (PROJECT / name).is_file() else ""
        assert "/work/" + "main" not in text, name


def test_the_code_lists_in_the_pages_are_read() -> None:
    lists = read_code_lists(_block("docs/tools.md", "determines"))
    assert lists.values["wijk"] == ("A", "B", "C", "D", "E")
    assert lists.was == {"wijk": {"D": ("D", "E")}}
    assert lists.determines == {("buurt", "wijk"): {"BU01": "A"}}
    assert lists.impossible == ({"geslacht": ("m",), "zwanger": ("ja",)},)


def test_run_py_installs_the_locked_uv_only(tmp_path: Path) -> None:
    """It asks pip for one version with hashes, so that a changed file is refused; without pip it says so."""
    shutil.copy(PROJECT / "run.py", tmp_path)
    shutil.copy(PROJECT / "uv.lock", tmp_path)
    script = "import run; print(run.locked_uv()); print(run.installed_uv())"
    nowhere = {"PATH": "", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=nowhere, capture_output=True, text=True, check=False
    )
    requirement, path = done.stdout.splitlines()
    assert re.fullmatch(r"uv==[0-9.]+( --hash=sha256:[0-9a-f]{64}){10,}", requirement)
    assert path == "None"
    assert "nothing was run" in done.stderr
