"""Who may give which command, as the operating system knows him; and the process that cannot open a key."""

import os
import pwd
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cyclopts import App

from flows.commands.cli import app, main
from flows.commands.ending import Stopped
from flows.custody import roles
from flows.custody.keyless import KEY_MODULES
from flows.registers import audit
from flows.registers.audit import Role
from flows.workfolder.home import Home, Run
from schemas import errors
from tests.project import PROJECT

ME = pwd.getpwuid(os.getuid()).pw_name
STEWARD, HOLDER, OFFICER, RESEARCHER = "datasteward", "sleutelhouder", "privacyfunctionaris", "onderzoeker"
EVERYBODY = f"{STEWARD} {OFFICER} {HOLDER} {RESEARCHER}"
EXPECTED = {
    "approve": OFFICER,
    "reject": OFFICER,
    "check": EVERYBODY,
    "compare": EVERYBODY,
    "contract": EVERYBODY,
    "demo": STEWARD,
    "dpia": EVERYBODY,
    "dummy": RESEARCHER,
    "inspect": EVERYBODY,
    "map": EVERYBODY,
    "mapping": STEWARD,
    "keys audit": f"{HOLDER} {OFFICER}",
    "keys destroy": OFFICER,
    "keys init": HOLDER,
    "keys list": f"{HOLDER} {OFFICER}",
    "keys restore": HOLDER,
    "keys rotate": HOLDER,
    "keys split": HOLDER,
    "municipality": STEWARD,
    "public": STEWARD,
    "officer-key": OFFICER,
    "package": STEWARD,
    "protect": EVERYBODY,
    "quarantine": STEWARD,
    "request": STEWARD,
    "rights access": HOLDER,
    "rights erase": HOLDER,
    "rights lift": HOLDER,
    "rights object": HOLDER,
    "rights rectify": HOLDER,
    "rights restrict": HOLDER,
    "bewaartermijnen": STEWARD,
    "run": STEWARD,
    "serve": STEWARD,
    "side-by-side": EVERYBODY,
    "trigger": STEWARD,
    "verify": RESEARCHER,
}
# What each command of a role needs on its line, so that it would be carried out.
LINES = {
    "approve": "approve RUN --key FILE",
    "reject": "reject RUN --reason cijfers --key FILE",
    "demo": "demo --folder FOLDER",
    "keys audit": "keys audit",
    "keys destroy": "keys destroy bestandsanalyse/0865/2019/1 --reason verzoek --key FILE",
    "keys init": "keys init",
    "keys list": "keys list",
    "keys restore": "keys restore FILE FILE",
    "keys rotate": "keys rotate 2019",
    "keys split": "keys split --out NEW",
    "mapping": "mapping FILE",
    "municipality": "municipality FILE",
    "public": "public FILE",
    "officer-key": "officer-key --out NEW",
    "package": "package RELEASE --recipient age1 --out NEW",
    "quarantine": "quarantine RUN",
    "rights access": "rights access",
    "rights erase": "rights erase",
    "rights lift": "rights lift",
    "rights object": "rights object",
    "rights rectify": "rights rectify",
    "rights restrict": "rights restrict",
    "bewaartermijnen": "bewaartermijnen",
    "request": "request FILE --deliveries FOLDER --peildatum 2019-07-01 --out NEW",
    "run": "run --deliveries FOLDER --peildatum 2019-07-01 --out NEW",
    "serve": "serve",
    "trigger": "trigger",
}


def commands(of: App, before: str = "") -> Iterator[str]:
    """Every command with the group that it is in, as it is typed."""
    for name in of:
        if not name.startswith("-"):
            command = of[name]
            below = list(commands(command, f"{before}{name} ")) if command.default_command is None else []
            yield from below or [f"{before}{name}"]


def give(home: Home, text: str, mode: int = 0o600) -> None:
    home.roles.write_text(text)
    home.roles.chmod(mode)


def give_me(home: Home, *given: str) -> None:
    lines = [f'{role} = ["{ME if role in given else "iemand-anders"}"]' for role in (STEWARD, HOLDER, OFFICER)]
    give(home, "\n".join(["[rollen]", *lines]))


def word_of(words: list[str]) -> str:
    with pytest.raises(Stopped) as stopped:
        main(words)
    return stopped.value.word


def refused(home: Home) -> list[tuple[str, str, str]]:
    found = [line for line in audit.lines(home) if line["action"] == "refused"]
    return [(line["user"], line["role"], line["about"]["command"]) for line in found]


@pytest.fixture
def words(tmp_path: Path, home: Home) -> Callable[[str], list[str]]:
    """The line of a command, with `--home` unless it is the demo, whose work folder becomes the same."""
    (tmp_path / "FILE").write_text("")
    (tmp_path / "FOLDER").mkdir()

    def line(command: str) -> list[str]:
        found = [str(tmp_path / word) if word.isupper() and word != "RUN" else word for word in LINES[command].split()]
        if command == "demo":
            (tmp_path / "FOLDER" / "werkmap").symlink_to(home.root)
            return found
        return [*found, "--home", str(home.root)]

    return line


def test_every_command_has_a_role_and_no_command_is_forgotten() -> None:
    assert {command: " ".join(roles.roles_for(command)) for command in commands(app)} == EXPECTED
    spare = set(roles.COMMANDS) - set(EXPECTED)
    assert spare <= {"rights"}, "a role of a command that does not exist"
    assert {command for command, role in EXPECTED.items() if RESEARCHER not in role} == set(LINES)


def test_a_command_that_nobody_declared_is_refused_with_and_without_a_file(home: Home) -> None:
    with pytest.raises(errors.RoleRefused):
        roles.require_role(home, "nieuw")
    give_me(home, STEWARD, HOLDER, OFFICER)
    with pytest.raises(errors.RoleRefused):
        roles.require_role(home, "keys nieuw")


@pytest.mark.parametrize("command", LINES)
def test_who_has_only_the_other_roles_is_refused_before_anything_is_done_and_is_in_the_audit_log(
    command: str, home: Home, words: Callable[[str], list[str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wanted = EXPECTED[command].split()
    give_me(home, *{STEWARD, HOLDER, OFFICER} - set(wanted))
    before = audit.lines(home)
    assert word_of(words(command)) == "role-refused"
    told = capsys.readouterr().err
    assert f"The command {command} is for the {' or the '.join(wanted)}," in " ".join(told.split())
    assert "iemand-anders" not in told
    assert ME not in told.replace(str(tmp_path), "")
    assert refused(home) == [(ME, wanted[0], command)]
    assert len(audit.lines(home)) == len(before) + 1
    assert not (tmp_path / "NEW").exists()


@pytest.mark.parametrize("command", LINES)
def test_who_has_a_role_is_let_in_with_it_and_without_a_file(command: str, home: Home) -> None:
    roles.require_role(home, command)
    for role in EXPECTED[command].split():
        give_me(home, role)
        roles.require_role(home, command)
    assert refused(home) == []


def test_a_role_that_the_file_leaves_out_is_nobodys(home: Home) -> None:
    give(home, f'[rollen]\ndatasteward = ["{ME}"]\nsleutelhouder = []\n')
    assert word_of(["keys", "rotate", "2019"]) == "role-refused"
    assert word_of(["officer-key", "--out", "x"]) == "role-refused"


def test_a_run_of_the_schedule_is_refused_as_the_command_is(home: Home, run_flow: Callable[..., object]) -> None:
    give_me(home, OFFICER, HOLDER)
    with pytest.raises(errors.RoleRefused):
        run_flow()
    assert refused(home) == [(ME, STEWARD, "run")]
    assert not list((home.root / "runs").iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rollen",
        "[rollen",
        "[rol]\ndatasteward = []",
        "rollen = 1",
        '[rollen]\nbeheerder = ["ME"]\ndatasteward = ["ME"]',
        '[rollen]\nonderzoeker = ["ME"]',
        '[rollen]\ndatasteward = "ME"',
        "[rollen]\ndatasteward = [0]",
        '[rollen]\ndatasteward = ["ME", ""]',
        '[rollen]\ndatasteward = ["ME"]\n[elders]\nx = 1',
        '[rollen]\ndatasteward = ["ME"]\nsleutelhouder = { ME = true }',
    ],
)
def test_a_file_with_a_mistake_in_it_stops_every_command_and_is_not_quoted(
    text: str, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    give(home, text.replace("ME", ME))
    for command in (["run", "--deliveries", "x", "--peildatum", "2019-07-01", "--out", "x"], ["keys", "list"]):
        assert word_of(command) == "roles-unusable"
    told = capsys.readouterr().err
    assert "Nothing was done" in told
    assert "beheerder" not in told
    assert "elders" not in told


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o666])
def test_a_file_open_to_others_stops_who_has_the_role_too(mode: int, home: Home) -> None:
    give_me(home, STEWARD, HOLDER, OFFICER)
    home.roles.chmod(mode)
    assert word_of(["keys", "list"]) == "roles-unusable"


def test_a_file_that_is_a_link_a_folder_or_somebody_elses_stops(home: Home, tmp_path: Path) -> None:
    give_me(home, STEWARD, HOLDER, OFFICER)
    home.roles.rename(tmp_path / "elders.toml")
    home.roles.symlink_to(tmp_path / "elders.toml")
    assert word_of(["keys", "list"]) == "roles-unusable"
    home.roles.unlink()
    home.roles.symlink_to(tmp_path / "nergens")
    assert word_of(["keys", "list"]) == "roles-unusable"
    home.roles.unlink()
    home.roles.mkdir(mode=0o700)
    assert word_of(["keys", "list"]) == "roles-unusable"
    home.roles.rmdir()
    if os.getuid() == 0:
        give_me(home, STEWARD, HOLDER, OFFICER)
        os.chown(home.roles, 12345, 12345)
        assert word_of(["keys", "list"]) == "roles-unusable"


def test_who_logged_in_counts_and_not_the_account_that_he_works_as(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = tmp_path / "loginuid"
    monkeypatch.setattr(audit, "_LOGIN", login)
    give_me(home, HOLDER)
    login.write_text("54321")
    assert word_of(["keys", "list"]) == "role-refused"
    assert refused(home) == [("54321", HOLDER, "keys list")]
    give(home, '[rollen]\nsleutelhouder = ["54321"]')
    main(["keys", "rotate", "2019"])
    assert audit.lines(home)[-1]["user"] == "54321"
    for nobody in (str(2**32 - 1), "", "x"):
        login.write_text(nobody)
        assert audit.user() == ME


def test_the_environment_makes_nobody_somebody_else(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    give(home, '[rollen]\nsleutelhouder = ["account-b"]')
    for name in ("USER", "LOGNAME", "SUDO_USER", "USERNAME"):
        monkeypatch.setenv(name, "account-b")
    assert word_of(["keys", "list"]) == "role-refused"


def test_a_refusal_stays_one_if_the_audit_log_was_changed_or_cannot_be_written(home: Home) -> None:
    give_me(home, STEWARD)
    log = home.audit / audit.AUDIT
    log.write_bytes(log.read_bytes().replace(b'"init"', b'"iets"'))
    assert word_of(["keys", "rotate", "2019"]) == "role-refused"
    log.unlink()
    (home.audit / audit.HEAD).unlink()
    (home.audit / "lock").unlink()
    (home.audit / "lock").mkdir()
    assert word_of(["keys", "rotate", "2019"]) == "role-refused"


def test_help_is_for_everybody(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    give(home, "[rollen]")
    for words in (["--help"], ["--version"], ["keys"], ["keys", "--help"], ["approve", "RUN", "--help"], ["run", "-h"]):
        main(words)
    assert "Usage" in capsys.readouterr().out
    assert refused(home) == []


def test_every_permitted_use_of_a_key_is_in_the_audit_log(
    pending: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of the key holder, `run` and `destroy`: see test_key_commands."""
    home, key = pending.home, tmp_path / "officer.pem"
    before = len(audit.lines(home))
    main(["officer-key", "--out", str(key), "--no-passphrase"])
    main(["quarantine", pending.run_id])
    main(["approve", pending.run_id, "--key", str(key), "--yes"])
    monkeypatch.setattr("flows.service.serve.share_store_with_children", _interrupted)
    assert word_of(["serve", "--port", "4"]) == "interrupted"
    noted = [(line["action"], line["role"]) for line in audit.lines(home)[before:]]
    assert noted == [
        ("officer-key", OFFICER),
        ("quarantine", STEWARD),
        ("review", OFFICER),
        ("approve", OFFICER),
        ("publish", OFFICER),
        ("serve", STEWARD),
    ]


def _interrupted(_home: Home) -> None:
    raise KeyboardInterrupt


# What follows is done in a process of its own: there is no way back in it.


def python(code: str, *words: str, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *words]
    given = {**os.environ, **(environment or {})}
    return subprocess.run(
        command, cwd=PROJECT, env=given, capture_output=True, text=True, check=False, timeout=200
    )  # fmt: skip


RUN_AND_TELL = """
import sys
from flows.commands.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stopped:
    print("ended", stopped.code)
from flows.custody.keyless import KEY_MODULES, require_keys_allowed
from schemas.errors import KeysBarred
print("loaded", sorted(KEY_MODULES & sys.modules.keys()))
try:
    require_keys_allowed()
except KeysBarred:
    print("barred")
"""

CSV = "wijk,leeftijd\n" + "".join(f"{'AB'[n % 2]},{'jong' if n % 3 else 'oud'}\n" for n in range(120))


@pytest.fixture(scope="session")
def published(finished: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Files as a release has, without a signature; and a public key."""
    from flows.custody.signing import make_officer_key

    folder = tmp_path_factory.mktemp("bij-haar")
    make_officer_key(folder / "officer", folder / "0865.pub")
    return finished.pending, folder / "0865.pub"


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("verify RELEASE", "4"),
        ("dummy --out NEW", ""),
        ("inspect CSV", None),
        ("protect CSV --by wijk --by leeftijd --out NEW", ""),
        ("compare RELEASE RELEASE --key KEY --out NEW", "64"),
        ("side-by-side RELEASE --keys KEYS --out NEW", "64"),
        ("dpia", ""),
        ("contract --out NEW", ""),
        ("check FOLDER --peildatum 2019-07-01", "32"),
    ],
)
def test_a_researchers_command_does_its_work_loads_nothing_of_keys_and_cannot_open_one_afterwards(
    line: str, ended: str | None, published: tuple[Path, Path], tmp_path: Path
) -> None:
    release, key = published
    (tmp_path / "tabel.csv").write_text(CSV)
    place = {
        "RELEASE": release,
        "KEY": key,
        "KEYS": key.parent,
        "CSV": tmp_path / "tabel.csv",
        "NEW": tmp_path / "uit",
        "FOLDER": tmp_path,
    }
    done = python(RUN_AND_TELL, *(str(place.get(word, word)) for word in line.split()))
    assert "loaded []\nbarred" in done.stdout, done.stderr
    if ended is not None:
        assert (f"ended {ended}" in done.stdout) is bool(ended), done.stdout + done.stderr
    assert not (tmp_path / "werkmap").exists()


def test_the_test_above_sees_a_command_that_loads_keys(home: Home) -> None:
    done = python(RUN_AND_TELL, "keys", "list")
    assert "flows.custody.keystore" in done.stdout
    assert "barred" not in done.stdout


def test_every_module_that_touches_keys_is_named() -> None:
    of_keys = {f"custody.{name}" for name in ("store_access", "keys", "keystore", "passphrase", "wrapping")}
    of_keys |= {"custody.holders.hsm", "custody.holders.openbao", "commands.keys", "hvac", "pkcs11"}
    assert {name.removeprefix("flows.") for name in KEY_MODULES} == of_keys
    ours = [name.replace(".", "/") + ".py" for name in KEY_MODULES if name.startswith("flows.")]
    assert all((PROJECT / path).is_file() for path in ours)
    text = (PROJECT / "pyproject.toml").read_text()
    assert all(f'"{name}"' in text for name in KEY_MODULES), "the import contract names the same"


TRY_ALL = """
import sys
from datetime import date
from pathlib import Path
from flows.custody import keystore, passphrase, signing, store_access
from flows.workfolder.home import Home
from flows.custody.keyless import bar_keys
from flows.custody.keys import key_for, secret_for
from flows.custody.wrapping import PASSPHRASE
from schemas.errors import KeysBarred

home, officer = Home(Path(sys.argv[1])), Path(sys.argv[2])
known = store_access.describe_store(home)
key_id = key_for(home, "0865", date(2019, 7, 1))
custodian = store_access.custodian_of(home, known)
signing.load_private(officer)
if sys.argv[3] == "bar":
    bar_keys()
    bar_keys()

def tried(name, attempt):
    try:
        attempt()
        print(name, "opened")
    except KeysBarred:
        print(name, "barred")

tried("store", lambda: store_access.require_open(home))
tried("file", lambda: keystore.open_store(home.keys, lambda _: custodian))
tried("secret", lambda: secret_for(home, key_id))
tried("custodian", lambda: store_access.custodian_of(home, known))
tried("passphrase", passphrase.passphrase)
tried("credential", lambda: passphrase.credential("bao-token"))
tried("officer", lambda: signing.load_private(officer))
tried("pair", lambda: signing.make_officer_key(officer.with_name("new"), officer.with_name("new.pub")))
tried("begun", lambda: store_access.begin_store(Home(home.root.with_name("andere")).make(), PASSPHRASE))
"""


def test_a_process_without_keys_opens_no_store_even_with_the_right_passphrase_in_its_environment(
    home: Home, officer: Path
) -> None:
    """And the same lines open everything in a process that did not say so."""
    opened = python(TRY_ALL, str(home.root), str(officer), "open")
    assert opened.stdout.split()[1::2] == ["opened"] * 9, opened.stdout + opened.stderr
    officer.with_name("new").unlink()
    officer.with_name("new.pub").unlink()
    barred = python(TRY_ALL, str(home.root), str(officer), "bar")
    assert barred.stdout.split()[1::2] == ["barred"] * 9, barred.stdout + barred.stderr
    assert not officer.with_name("new").exists()


def test_a_descriptor_with_the_passphrase_is_not_even_read(home: Home, tmp_path: Path) -> None:
    code = (
        "import os; from flows.custody import passphrase\n"
        "from flows.custody.keyless import bar_keys; bar_keys()\n"
        "try: passphrase.use_descriptor(0)\nexcept Exception as error: print(type(error).__name__)\n"
    )
    done = python(code)
    assert done.stdout == "KeysBarred\n"


@pytest.mark.parametrize("module", sorted(KEY_MODULES))
def test_a_process_without_keys_cannot_import_what_opens_them(module: str) -> None:
    code = (
        "from flows.custody.keyless import bar_keys; bar_keys()\n"
        f"try: import {module}\nexcept Exception as error: print(type(error).__name__)\n"
    )
    assert python(code).stdout == "KeysBarred\n"


UNDO = """
import importlib, sys
from flows.custody import keyless, signing
from schemas.errors import KeysBarred
keyless.bar_keys()
keyless._OPENING = keyless.KEY_MODULES = keyless._refuse = None
importlib.reload(keyless)
try:
    keyless.require_keys_allowed()
except KeysBarred:
    print("barred")
"""


def test_the_bar_is_not_lifted_by_what_the_module_offers_or_by_loading_it_again() -> None:
    assert python(UNDO).stdout == "barred\n"
    from flows.custody import keyless

    offered = {
        name for name, found in vars(keyless).items() if callable(found) and found.__module__ == keyless.__name__
    }
    assert offered == {"bar_keys", "require_keys_allowed", "_refuse"}


def test_the_roles_are_those_of_the_audit_log() -> None:
    assert {str(role) for role in Role} == {STEWARD, HOLDER, OFFICER, RESEARCHER}
    assert {str(role) for role in roles.GIVEN} == {STEWARD, HOLDER, OFFICER}
