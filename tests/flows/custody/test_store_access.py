"""Every custodian passes the same tests: a passphrase with a second half, a real OpenBao server, a real token."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from flows.custody import wrapping
from flows.custody.holders import hsm, openbao
from flows.custody.holders.hsm import Token
from flows.custody.holders.openbao import OpenBao
from flows.custody.keystore import Store, new_store, open_store
from flows.custody.wrapping import Custodian
from schemas.errors import CustodianFailure, KeyDestroyed, KeyStoreError
from tests.builders.custody import NAME, SOFTHSM, TODAY, TOKEN, halves, openbao_server, softhsm_token

DOMAIN, OTHER = "bestandsanalyse/0865/2019", "bestandsanalyse/0865/2020"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Case:
    """A custodian of one store, and how to reach the same keys again."""

    folder: Path
    name: str
    again: Callable[[], Custodian]
    steps: tuple[tuple[Any, str], ...]

    @property
    def path(self) -> Path:
        return self.folder / "keys" / "store.json"

    def opened(self, path: Path | None = None) -> Store:
        return open_store(path or self.path, lambda _: self.again())

    def filled(self) -> Store:
        store = new_store(self.path, self.again(), self.name)
        store = store.with_new(DOMAIN, TODAY).with_new(OTHER, TODAY).with_new(DOMAIN, TODAY)
        store.save()
        return store


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with openbao_server(tmp_path_factory.mktemp("bao")) as found:
        yield found


@pytest.fixture(scope="module")
def pin() -> str:
    return softhsm_token()


@pytest.fixture(params=["passphrase", "openbao", "pkcs11"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    name = f"{next(_numbers):08x}"
    if request.param == "openbao":
        address = request.getfixturevalue("address")
        return Case(
            tmp_path, name, lambda: openbao.openbao(name, address, TOKEN), ((OpenBao, "make"), (OpenBao, "destroy"))
        )
    if request.param == "pkcs11":
        pin = request.getfixturevalue("pin")
        return Case(
            tmp_path, name, lambda: Token(name, str(SOFTHSM), "proef", pin), ((Token, "make"), (Token, "destroy"))
        )
    first = halves(tmp_path)
    steps = ((wrapping, "write_private"), (wrapping, "_overwrite"), (wrapping, "sync_folder"))
    return Case(tmp_path, first.name, lambda: first, steps)


def secrets_of(store: Store) -> dict[str, bytes]:
    return {entry.key_id: store.secret(entry.key_id) for entry in store.entries if entry.wrapped}


def test_what_was_wrapped_opens_again_for_the_same_name_only(case: Case) -> None:
    custodian = case.again()
    custodian.make(1)
    wrapped = custodian.wrap(1, bytes(range(32)), DOMAIN)
    assert case.again().unwrap(1, wrapped, DOMAIN) == bytes(range(32))
    assert case.again().unwrap(1, wrapped, OTHER) is None
    assert case.again().unwrap(1, wrapped[:-2] + b"AA", DOMAIN) is None
    assert bytes(range(32)) not in wrapped
    assert custodian.wrap(1, bytes(32), DOMAIN) != custodian.wrap(1, bytes(32), DOMAIN)


def test_a_generation_opens_nothing_of_another(case: Case) -> None:
    custodian = case.again()
    custodian.make(1)
    custodian.make(2)
    assert custodian.unwrap(2, custodian.wrap(1, bytes(32), DOMAIN), DOMAIN) is None


def test_a_wrapping_key_is_never_overwritten(case: Case) -> None:
    custodian = case.again()
    custodian.make(1)
    wrapped = custodian.wrap(1, bytes(32), DOMAIN)
    with pytest.raises(KeyStoreError, match="never overwritten"):
        custodian.make(1)
    assert custodian.unwrap(1, wrapped, DOMAIN) == bytes(32)


def test_a_destroyed_generation_is_gone_and_no_other_comes_in_its_place(case: Case) -> None:
    custodian = case.again()
    custodian.make(1)
    wrapped = custodian.wrap(1, bytes(32), DOMAIN)
    custodian.destroy(1)
    custodian.destroy(1)
    for used in (lambda: custodian.unwrap(1, wrapped, DOMAIN), lambda: custodian.wrap(1, bytes(32), DOMAIN)):
        with pytest.raises(KeyStoreError, match="has no"):
            used()
    custodian.make(1)
    assert custodian.unwrap(1, wrapped, DOMAIN) is None


def test_a_store_opens_again_and_shows_nothing(case: Case) -> None:
    found = secrets_of(case.filled())
    assert secrets_of(case.opened()) == found
    assert len(set(found.values())) == 3
    on_disk = b"".join(path.read_bytes() for path in case.folder.rglob("*") if path.is_file())
    assert not any(secret in on_disk or secret.hex().encode() in on_disk for secret in found.values())
    assert not any(shown in repr(case.opened()) for shown in (TOKEN, "4711", *(repr(one) for one in found.values())))


def test_what_is_destroyed_opens_with_no_backup_of_the_store(case: Case) -> None:
    """The whole key folder from before, and all that its owner still has: not enough."""
    before = secrets_of(case.filled())
    shutil.copytree(case.folder / "keys", case.folder / "backup")
    case.opened().destroy(f"{DOMAIN}/1", AT, "bewaartermijn")
    after = case.opened()
    with pytest.raises(KeyDestroyed, match="2026-11-22"):
        after.secret(f"{DOMAIN}/1")
    assert secrets_of(after) == {key_id: before[key_id] for key_id in (f"{DOMAIN}/2", f"{OTHER}/1")}
    with pytest.raises(KeyStoreError):
        case.opened(case.folder / "backup" / "store.json")
    assert secrets_of(case.opened()) == secrets_of(after), "trying the backup harmed nothing"


class Killed(BaseException):
    """Nothing in the product can catch it by accident."""


@pytest.mark.parametrize("survived", range(9))
@pytest.mark.parametrize("action", ["destroy", "re-wrap", "rotate"])
def test_killed_at_any_step_the_store_opens_old_or_new(
    case: Case, monkeypatch: pytest.MonkeyPatch, action: str, survived: int
) -> None:
    """Killed before each step that changes something outside the process."""
    store = case.filled()
    before = secrets_of(store)
    is_done = _killed_after(survived, case, monkeypatch, lambda: _act(action, store))
    after = secrets_of(case.opened())
    survivors = {key_id: before[key_id] for key_id in (f"{DOMAIN}/2", f"{OTHER}/1")}
    assert {key_id: after[key_id] for key_id in survivors} == survivors
    old, new = {"destroy": (3, 2), "re-wrap": (3, 3), "rotate": (3, 4)}[action]
    assert len(after) in ({new} if is_done else {old, new})
    again = _act("destroy", case.opened(), f"{OTHER}/1")
    assert again.entry(f"{OTHER}/1").wrapped is None
    assert secrets_of(case.opened())[f"{DOMAIN}/2"] == before[f"{DOMAIN}/2"]


def _act(action: str, store: Store, key_id: str = f"{DOMAIN}/1") -> Store:
    if action == "destroy":
        return store.destroy(key_id, AT, "bewaartermijn")
    if action == "re-wrap":
        return store.rewrap(store.custodian)
    renewed = store.with_new(DOMAIN, TODAY)
    renewed.save()
    return renewed


def _killed_after(survived: int, case: Case, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> bool:
    """Whether it was done before the process was killed."""
    steps = iter(range(survived))

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object) -> object:
            if next(steps, None) is None:
                raise Killed
            return step(*given)

        return run

    with monkeypatch.context() as patch:
        for owner, name in (*case.steps, ("flows.custody.keystore", "write_private")):
            target = __import__(owner, fromlist=[name]) if isinstance(owner, str) else owner
            patch.setattr(target, name, counted(getattr(target, name)))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        try:
            act()
        except Killed:
            return False
    return True


def test_every_kill_was_before_the_end_but_the_last(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of the test: the steps that are counted are those that there are."""
    store = case.filled()
    assert not _killed_after(2, case, monkeypatch, lambda: _act("destroy", store))
    assert _killed_after(9, case, monkeypatch, lambda: _act("destroy", case.opened(), f"{OTHER}/1"))


def test_a_server_that_cannot_be_used_is_a_typed_error_without_the_token(address: str) -> None:
    wrong = openbao.openbao("deadbeef", address, "een-verkeerd-token")
    silent = openbao.openbao("deadbeef", "http://127.0.0.1:1", TOKEN)
    for custodian in (wrong, silent):
        with pytest.raises(CustodianFailure) as caught:
            custodian.make(1)
        assert "token" not in str(caught.value).replace("the token that was given", "")
        assert caught.value.__cause__ is None
        assert "een-verkeerd-token" not in repr(caught.value) + repr(custodian)


@pytest.mark.parametrize(
    "address", ["http://sleutels.voorbeeld:8200", "sleutels.voorbeeld", "http://127.0.0.1.voorbeeld"]
)
def test_a_server_elsewhere_is_spoken_to_over_https_only(address: str) -> None:
    with pytest.raises(CustodianFailure, match="without https"):
        openbao.openbao("deadbeef", address, TOKEN)
    assert openbao.openbao("deadbeef", "https://sleutels.voorbeeld:8200", TOKEN).key(1)


def test_the_key_on_the_server_cannot_be_exported(address: str) -> None:
    custodian = openbao.openbao("0badcafe", address, TOKEN)
    custodian.make(1)
    shown = custodian.client.secrets.transit.read_key(custodian.key(1))["data"]
    assert (shown["type"], shown["exportable"], shown["allow_plaintext_backup"]) == ("aes256-gcm96", False, False)
    custodian.destroy(1)
    custodian.make(2)
    assert custodian.key(2) in custodian.client.secrets.transit.list_keys()["data"]["keys"]
    assert custodian.key(1) not in custodian.client.secrets.transit.list_keys()["data"]["keys"]


def test_the_key_on_the_token_cannot_be_taken_out(pin: str) -> None:
    import pkcs11

    token = Token("0badcafe", str(SOFTHSM), "proef", pin)
    token.make(1)
    with token._session() as session:
        (key,) = token._find_keys(session, 1)
        assert (key[pkcs11.Attribute.EXTRACTABLE], key[pkcs11.Attribute.SENSITIVE]) == (False, True)
        with pytest.raises(pkcs11.PKCS11Error):
            key[pkcs11.Attribute.VALUE]


def test_a_token_that_cannot_be_used_is_a_typed_error_without_the_pin(pin: str) -> None:
    tokens = (Token("0badcafe", str(SOFTHSM), "proef", "9999"), Token("0badcafe", str(SOFTHSM), "anders", pin),
              Token("0badcafe", "/nergens.so", "proef", pin))  # fmt: skip
    for token in tokens:
        with pytest.raises(CustodianFailure) as caught:
            token.make(1)
        assert token.pin not in str(caught.value) + repr(token)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hvac", None)
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(CustodianFailure, match="--extra vault"):
        openbao.openbao(NAME, "http://127.0.0.1:1", TOKEN)
    with pytest.raises(CustodianFailure, match="--extra hsm"):
        hsm.Token(NAME, "/nergens.so", "proef", "4711").make(1)
