"""Secrets under a passphrase and a second half: what opens them, what does not, and what another hand changes."""

import errno
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from flows.custody import keystore, wrapping
from flows.custody.holders.shares import join, read_share, split
from flows.custody.keystore import Store
from flows.custody.secret import Secret, Use
from flows.custody.wrapping import TwoHalves
from flows.runs.staging import Staging
from schemas.errors import CustodianFailure, ForeignPseudonym, KeyStoreError, PassphraseWrong, SharesWrong, StagingError
from schemas.states import SEAL, Pseudonymised
from tests.builders.custody import NAME, PASSPHRASE, TODAY, halves, made, opened
from transforms.persons.pseudonymise import PseudonymKey, decode, encode, translate

DOMAIN, OTHER = "bestandsanalyse/0865/2019", "bestandsanalyse/0865/2020"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BSNS = pl.Series("bsn", ["999990019", "999990020", "999990019"])


def filled(folder: Path) -> Store:
    store = made(folder, halves(folder))
    store = store.with_new(DOMAIN, TODAY).with_new(OTHER, TODAY).with_new(DOMAIN, TODAY)
    store.save()
    return store


def half_of(folder: Path, generation: int) -> Path:
    return folder / "apart" / f"tweede-helft-{NAME}-{generation}"


def secret_of(store: Store, key_id: str) -> Secret:
    _, code, period, version = key_id.split("/")
    return Secret("bestandsanalyse", code, period, int(version), store.entry(key_id).fingerprint, store.secret(key_id))


def test_versions_of_a_key_are_listed_in_order_and_the_latest_is_known(tmp_path: Path) -> None:
    store = filled(tmp_path)
    for _ in range(9):
        store = store.with_new(DOMAIN, TODAY)
    assert [entry.version for entry in store.entries] == [*range(1, 12), 1]
    latest = store.latest(DOMAIN)
    assert latest is not None
    assert latest.key_id == f"{DOMAIN}/11"
    assert store.latest("bestandsanalyse/0757/2019") is None


def test_every_file_is_private_and_nothing_of_a_secret_is_legible(tmp_path: Path) -> None:
    store = filled(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    assert all(path.parent.stat().st_mode & 0o777 == 0o700 for path in files)
    assert PASSPHRASE.decode() not in repr(store)
    assert halves(tmp_path).first.hex() not in repr(halves(tmp_path))
    assert "first" not in repr(halves(tmp_path))


def test_another_passphrase_or_second_half_opens_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    with pytest.raises(PassphraseWrong):
        opened(tmp_path, b"een andere zin")
    half_of(tmp_path, 1).write_bytes(bytes(32))
    with pytest.raises(PassphraseWrong):
        opened(tmp_path)
    half_of(tmp_path, 1).unlink()
    with pytest.raises(KeyStoreError, match="no second half"):
        opened(tmp_path)


@pytest.mark.parametrize("which", ["store", "half"])
def test_a_file_that_others_can_read_or_that_is_a_link_is_refused(tmp_path: Path, which: str) -> None:
    filled(tmp_path)
    path = tmp_path / "keys" / "store.json" if which == "store" else half_of(tmp_path, 1)
    path.chmod(0o640)
    with pytest.raises(KeyStoreError, match="open to others"):
        opened(tmp_path)
    path.chmod(0o600)
    path.rename(tmp_path / "elders")
    path.symlink_to(tmp_path / "elders")
    with pytest.raises(KeyStoreError, match="link"):
        opened(tmp_path)


def test_what_a_link_in_the_place_of_an_older_half_leads_to_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "brief").write_bytes(b"of somebody else")
    half_of(tmp_path, 2).symlink_to(tmp_path / "brief")
    opened(tmp_path)
    assert (tmp_path / "brief").read_bytes() == b"of somebody else"
    assert not half_of(tmp_path, 2).is_symlink()


def test_without_room_for_the_second_half_nothing_is_destroyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr("flows.workfolder.files.os.fsync", full)
        with pytest.raises(KeyStoreError, match="has room"):
            store.destroy(f"{DOMAIN}/1", AT, "gelekt")
    assert [path.name for path in (tmp_path / "apart").iterdir()] == [half_of(tmp_path, 1).name]
    assert opened(tmp_path).secret(f"{DOMAIN}/1") == store.secret(f"{DOMAIN}/1")


def test_a_wrapping_key_that_may_not_be_destroyed_is_told_and_goes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)

    def forbidden(_self: object, generation: int) -> None:
        if generation == 1:
            raise CustodianFailure("does not allow this")

    with monkeypatch.context() as patch:
        patch.setattr(TwoHalves, "destroy", forbidden)
        with pytest.raises(CustodianFailure, match="a backup of the store opens what was dropped"):
            store.destroy(f"{DOMAIN}/1", AT, "gelekt")
        with pytest.raises(CustodianFailure):
            opened(tmp_path)
    assert opened(tmp_path).entry(f"{DOMAIN}/1").wrapped is None
    assert not half_of(tmp_path, 1).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda secrets: secrets.pop(0),
        lambda secrets: secrets.append(secrets[0]),
        lambda secrets: secrets[0].update(fingerprint="0" * 16),
        lambda secrets: secrets[0].update(created="2018-01-01"),
        lambda secrets: secrets[0].update(wrapped=secrets[1]["wrapped"]),
        lambda secrets: secrets[0].update(wrapped=None),
    ],
    ids=["taken out", "put in", "fingerprint", "date", "swapped", "dropped"],
)
def test_what_another_hand_changes_in_the_store_is_seen(tmp_path: Path, change) -> None:
    filled(tmp_path)
    path = tmp_path / "keys" / "store.json"
    content = json.loads(path.read_text())
    change(content["secrets"])
    path.write_text(json.dumps(content))
    with pytest.raises(KeyStoreError, match="another hand"):
        opened(tmp_path)


def test_a_store_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    filled(tmp_path)
    before = (tmp_path / "keys" / "store.json").read_bytes()
    with pytest.raises(KeyStoreError, match="never overwritten"):
        made(tmp_path, halves(tmp_path))
    assert (tmp_path / "keys" / "store.json").read_bytes() == before


def test_with_a_full_backup_nothing_of_a_destroyed_period_opens(tmp_path: Path) -> None:
    """Staging and pseudonyms of 2019, a copy of the key file, the passphrase and the present second half."""
    store = filled(tmp_path)
    gone, kept = secret_of(store, f"{DOMAIN}/1"), secret_of(store, f"{OTHER}/1")
    for name, secret in (("weg", gone), ("blijft", kept)):
        (tmp_path / name).mkdir()
        rows = Pseudonymised(encode(BSNS, secret.pseudonym_key).to_frame(), SEAL)
        Staging(tmp_path / name, "run-1", secret.staging_key).put("wmo", rows)
    shutil.copytree(tmp_path / "keys", tmp_path / "backup")
    opened(tmp_path).destroy(f"{DOMAIN}/1", AT, "bewaartermijn")

    shutil.copy(tmp_path / "backup" / "store.json", tmp_path / "keys" / "store.json")
    with pytest.raises(KeyStoreError, match="no second half"):
        opened(tmp_path)
    half_of(tmp_path, 2).rename(half_of(tmp_path, 1))
    with pytest.raises(PassphraseWrong):
        opened(tmp_path)


def test_what_survives_a_destruction_still_opens_its_staging_and_pseudonyms(tmp_path: Path) -> None:
    kept = secret_of(filled(tmp_path), f"{OTHER}/1")
    pseudonyms = encode(BSNS, kept.pseudonym_key)
    Staging(tmp_path, "run-1", kept.staging_key).put("wmo", Pseudonymised(pseudonyms.to_frame(), SEAL))
    opened(tmp_path).destroy(f"{DOMAIN}/1", AT, "bewaartermijn")
    again = secret_of(opened(tmp_path), f"{OTHER}/1")
    read = Staging(tmp_path, "run-1", again.staging_key).persons("wmo", Pseudonymised).frame.to_series()
    assert decode(read, again.pseudonym_key).to_list() == BSNS.to_list()
    other = secret_of(opened(tmp_path), f"{DOMAIN}/2")
    with pytest.raises(StagingError):
        Staging(tmp_path, "run-1", other.staging_key).persons("wmo", Pseudonymised)
    with pytest.raises(ForeignPseudonym):
        decode(read, other.pseudonym_key)


@pytest.mark.parametrize("survived", range(6))
def test_killed_while_the_passphrase_changes_one_of_the_two_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    store = filled(tmp_path)
    before = [store.secret(entry.key_id) for entry in store.entries]
    later = b"een andere lange zin"
    steps = iter(range(survived))

    def counted(step: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object) -> object:
            if next(steps, None) is None:
                raise Killed
            return step(*given)

        return run

    is_done = False
    with monkeypatch.context() as patch:
        for module, name in (
            (wrapping, "write_private"),
            (keystore, "write_private"),
            (wrapping, "_overwrite"),
            (Path, "unlink"),
        ):
            patch.setattr(module, name, counted(getattr(module, name)))
        with suppress(Killed):
            store.rewrap(halves(tmp_path, later))
            is_done = True
    found = {}
    for passphrase in (PASSPHRASE, later):
        with suppress(PassphraseWrong):
            again = opened(tmp_path, passphrase)
            found[passphrase] = [again.secret(entry.key_id) for entry in again.entries]
    assert list(found.values()) == [before]
    assert list(found) == [later if survived >= 2 else PASSPHRASE]
    assert is_done == (survived >= 4)
    assert len(list((tmp_path / "apart").iterdir())) == 1, "no half of before or of what was undone"


class Killed(BaseException):
    """Nothing in the product can catch it by accident."""


def test_what_was_dropped_is_told_by_its_hash_and_nothing_else_of_it_stays(tmp_path: Path) -> None:
    from hashlib import sha256

    entry = filled(tmp_path).entry(f"{DOMAIN}/1")
    dropped = opened(tmp_path).destroy(f"{DOMAIN}/1", AT, "gelekt").entry(f"{DOMAIN}/1")
    assert entry.wrapped is not None
    assert dropped.dropped is not None
    assert (dropped.fingerprint, dropped.wrapped) == (entry.fingerprint, None)
    assert (dropped.dropped.at, dropped.dropped.reason) == (AT, "gelekt")
    assert dropped.dropped.sha256 == sha256(entry.wrapped).hexdigest()
    assert opened(tmp_path).entry(f"{DOMAIN}/1") == dropped


def test_a_rotated_key_keeps_the_links_and_shows_its_version(tmp_path: Path) -> None:
    store = filled(tmp_path)
    old, new = (secret_of(store, f"{DOMAIN}/{version}").pseudonym_key for version in (1, 2))
    before = encode(BSNS, old)
    after = translate(before, old=old, new=new)
    assert after.to_list() == encode(BSNS, new).to_list()
    assert (after[0] == after[2], after[0] == after[1]) == (True, False)
    assert before.bin.starts_with(b"p0865y2019v1_").all()
    assert after.bin.starts_with(b"p0865y2019v2_").all()
    assert translate(after, old=new, new=old).to_list() == before.to_list()
    renamed = pl.Series([one.replace(b"v1", b"v2") for one in before])
    for wrong in (after, renamed, pl.Series([None], dtype=pl.Binary)):
        with pytest.raises(ForeignPseudonym):
            translate(wrong, old=old, new=new)


def test_uses_of_a_secret_are_independent_and_belong_to_its_version() -> None:
    first = Secret("bestandsanalyse", "0865", "2019", 1, "", bytes(32))
    second = Secret("bestandsanalyse", "0865", "2019", 2, "", bytes(32))
    uses = get_args(Use)
    assert len({secret.derive_key(use) for secret in (first, second) for use in uses}) == 2 * len(uses) > 10
    assert isinstance(first.pseudonym_key, PseudonymKey)
    assert first.pseudonym_key.tag != second.pseudonym_key.tag


def test_any_two_shares_give_the_passphrase_and_one_gives_nothing() -> None:
    shares = [read_share(share.text()) for share in split(PASSPHRASE)]
    for one in shares:
        for other in shares:
            if one is other:
                with pytest.raises(SharesWrong):
                    join(one, other)
            else:
                assert join(one, other) == PASSPHRASE
        assert PASSPHRASE.hex() not in one.text()
    foreign = split(PASSPHRASE)[1]
    with pytest.raises(SharesWrong):
        join(shares[0], foreign)
    for text in ("", "bestandsanalyse-deel 1", shares[0].text() + "0", shares[0].text().replace("deel", "doel")):
        with pytest.raises(SharesWrong):
            read_share(text)
