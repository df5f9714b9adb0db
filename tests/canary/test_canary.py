"""The first test of the project: no value of a person is ever written, whatever happens.

Canaries are planted in the deliveries; everything is run, success and every failure; then every
byte that was written anywhere is searched for them in plain, hex and base64, upper and lower case.
"""

import contextlib
import os
import signal
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.custody.keys import secret_for
from flows.custody.passphrase import passphrase
from flows.custody.store_access import store_of
from flows.workfolder.home import Home
from tests.builders.prefect_database import put_database
from tests.builders.remembered import FOLDER_VARIABLE
from tests.canary.planted import BSN_BROKEN, BSN_GOOD, CANARIES, NOTE, bsn_hits, hits, plant
from tests.project import PROJECT

pytestmark = pytest.mark.canary


@dataclass(frozen=True)
class Driven:
    """All that a driven process wrote: below one folder, and what such processes remember for each other."""

    root: Path
    remembered: Path
    endings: dict[str, str]

    def hits(self, values: tuple[str, ...] = CANARIES) -> list[tuple[str, str]]:
        return hits(self.root, values, skip=self.inboxes) + hits(self.remembered, values)

    @property
    def inboxes(self) -> list[Path]:
        """The delivered files themselves, which hold the canaries, of course."""
        return [self.root / "inbox", *self.root.glob("bad-*")]


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("onthouden")


def drive(root: Path, remembered: Path, *options: str) -> Driven:
    (root / "tmp").mkdir(exist_ok=True)
    put_database(Home(root / "werkmap").make())
    own = ("PREFECT", "BESTANDS", FOLDER_VARIABLE)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    clean[FOLDER_VARIABLE] = str(remembered)
    name = "-".join(("screen", *options))
    command = [sys.executable, "-m", "tests.canary.drive", str(root), *options]
    # Files and not pipes, and a group of its own: a killed run leaves Prefect's embedded server behind.
    with (root / f"{name}.out").open("wb") as out, (root / f"{name}.err").open("wb") as err:
        process = subprocess.Popen(command, cwd=PROJECT, env=clean, stdout=out, stderr=err, start_new_session=True)
        try:
            process.wait(timeout=900)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    screen = (root / f"{name}.out").read_text().splitlines()
    lines = [line.removeprefix("SCENARIO ") for line in screen if line.startswith("SCENARIO")]
    return Driven(root, remembered, dict(line.split(": ", 1) for line in lines))


def spoilt(sample: Mapping[str, bytes], root: Path) -> None:
    """Deliveries that stop in different places, each with the canaries in reach."""
    pwet = "participatiewet.csv"
    header, _, rows = sample[pwet].partition(b"\r\n")
    spoilers = {
        "bad-limit": sample[pwet].replace(b";PW;", b";XX;"),
        "bad-unknown-column": header + b";" + NOTE.encode() + b"\r\n" + rows.replace(b"\r\n", b";x\r\n"),
        "bad-no-header": rows,
        "bad-unclosed-quote": sample[pwet] + f'0865;{BSN_GOOD};"'.encode(),
        "bad-utf16": sample[pwet].decode("cp1252").encode("utf-16"),
        "bad-municipality": sample[pwet].replace(b"0865;", b"0757;"),
        "bad-short-rows": sample[pwet] + f"0865;{BSN_GOOD}\r\n".encode(),
    }
    for name, content in spoilers.items():
        plant({**sample, pwet: content}, root / name)


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory, remembered: Path, sample: Mapping[str, bytes]) -> Driven:
    root = tmp_path_factory.mktemp("kanarie")
    plant(sample, root / "inbox")
    spoilt(sample, root)
    return drive(root, remembered)


def test_every_scenario_ended_as_meant(driven: Driven) -> None:
    crashes = ("intake", "link", "derive", "count", "protect", "assess_release", "approve", "publish")
    assert driven.endings == {
        "success": "ok",
        "awaiting approval": "ok",
        "bad-limit": "ContractBreach",
        "bad-unknown-column": "UnknownColumn",
        "bad-no-header": "UnknownColumn",
        "bad-unclosed-quote": "UnreadableLine",
        "bad-utf16": "WrongEncoding",
        "bad-municipality": "WrongMunicipality",
        "bad-short-rows": "ok",  # the row is quarantined
        **{f"crash in {step}": "UnexpectedFailure" for step in crashes},
        "library error": "UnexpectedFailure",
        "panic": "UnexpectedFailure",
        "typed error with context": "StagingError",
        "retry": "ok",
        "quarantine listed": "True",
        "bestandsanalyse quarantine": "0",
        "bestandsanalyse run": "32",
    }


def test_no_value_of_a_person_is_written_anywhere(driven: Driven) -> None:
    assert driven.hits() == []


def test_no_delivered_bsn_is_written_anywhere(driven: Driven, sample: Mapping[str, bytes]) -> None:
    rows = sample["wmo.csv"].decode("cp1252").splitlines()[1:]
    everyone = tuple(sorted({row.split(";")[1] for row in rows} - {""}))
    assert len(everyone) > 100
    assert bsn_hits(driven.root, everyone, skip=driven.inboxes) == []


def test_no_pseudonym_and_no_key_leaves_its_place(driven: Driven) -> None:
    home = Home(driven.root / "werkmap")
    with store_of(home) as store:
        secrets = {entry.key_id: store.secret(entry.key_id) for entry in store.entries}
    assert list(secrets) == ["bestandsanalyse/0865/2019/1"]
    prefix = secret_for(home, "bestandsanalyse/0865/2019/1").pseudonym_key.prefix
    assert driven.hits((prefix, "p0865y2019")) == []
    assert driven.hits((passphrase().decode(),)) == []
    written = [path.read_bytes() for path in driven.root.rglob("*") if path.is_file()]
    for secret in secrets.values():
        forms = (secret, secret.hex().encode(), b64encode(secret), urlsafe_b64encode(secret))
        assert not any(form in content for form in forms for content in written)


def test_prefect_did_store_the_runs(driven: Driven) -> None:
    """The search had something to search: states, logs and parameters of every scenario."""
    database = (driven.root / "werkmap" / "prefect" / "prefect.db").read_bytes()
    for text in (b"UnexpectedFailure", b"receive-contract-pseudonymise", b"AwaitingApproval", b"ContractBreach"):
        assert text in database or text in (driven.root / "werkmap" / "prefect" / "prefect.db-wal").read_bytes()


def test_without_the_guard_the_canaries_are_found(
    tmp_path: Path, remembered: Path, sample: Mapping[str, bytes]
) -> None:
    """The test of the test: the same crash without the value-free wrapper is seen."""
    plant(sample, tmp_path / "inbox")
    unguarded = drive(tmp_path, remembered, "--unguarded")
    found = {value for _, value in unguarded.hits()}
    assert {BSN_GOOD, NOTE} <= found
    assert any("prefect" in path for path, _ in unguarded.hits())


def test_a_killed_run_leaves_nothing_and_the_next_one_works(
    tmp_path: Path, remembered: Path, sample: Mapping[str, bytes]
) -> None:
    plant(sample, tmp_path / "inbox")
    killed = drive(tmp_path, remembered, "--killed")
    assert killed.endings == {}
    assert list((tmp_path / "werkmap").glob("runs/*/staging/*.parquet"))
    assert not (tmp_path / "uit").exists()
    assert killed.hits() == []
    after = drive(tmp_path, remembered, "--after")
    assert after.endings == {"after the kill": "ok"}
    assert not list((tmp_path / "werkmap").glob("runs/*/staging"))
    assert after.hits() == []


@pytest.mark.parametrize("form", ["plain", "upper", "hex", "base64", "base64 at an offset", "file name"])
def test_the_search_finds_a_canary_in_every_form(form: str, tmp_path: Path) -> None:
    import base64

    raw = BSN_BROKEN.encode()
    contents = {
        "plain": raw,
        "upper": NOTE.upper().encode(),
        "hex": raw.hex().encode(),
        "base64": base64.b64encode(raw),
        "base64 at an offset": base64.b64encode(b"x" + raw + b"yz"),
        "file name": b"",
    }
    name = BSN_BROKEN if form == "file name" else "bestand"
    (tmp_path / name).write_bytes(b"..." + contents[form] + b"...")
    assert hits(tmp_path, CANARIES)
    assert form == "upper" or bsn_hits(tmp_path, [BSN_BROKEN])
