"""Secrets wrapped one by one: what is destroyed stays destroyed, and a killed process leaves a store that opens."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from flows import keystore, wrapping
from flows.keystore import Store, new_store, open_store
from flows.split import join, read_share, split
from flows.wrapping import Cost, SecondHalf
from schemas.errors import KeyDestroyed, KeyStoreError, PassphraseWrong, SharesWrong

CHEAP = Cost(iterations=1, lanes=1, memory_kib=64)
TODAY = date(2019, 7, 1)
DOMAIN, OTHER = "bestandsanalyse/0865/2019", "bestandsanalyse/0865/2020"
PASSPHRASE = b"een lange zin die niemand raadt"


def half_of(folder: Path) -> SecondHalf:
    return SecondHalf(folder / "apart" / "tweede-helft")


def filled(folder: Path) -> Store:
    store = new_store(folder / "keys" / "store.json", half_of(folder), PASSPHRASE, CHEAP)
    store = store.with_new(DOMAIN, TODAY).with_new(OTHER, TODAY).with_new(DOMAIN, TODAY)
    store.save()
    return store


def opened(folder: Path, passphrase: bytes = PASSPHRASE) -> Store:
    return open_store(folder / "keys" / "store.json", half_of(folder), passphrase)


def test_what_was_put_in_opens_again_and_nothing_of_it_is_legible(tmp_path):
    store = filled(tmp_path)
    again = opened(tmp_path)
    assert [entry.key_id for entry in again.entries] == [f"{DOMAIN}/1", f"{DOMAIN}/2", f"{OTHER}/1"]
    assert again.latest(DOMAIN).key_id == f"{DOMAIN}/2"
    found = [again.secret(entry.key_id) for entry in again.entries]
    assert found == [store.secret(entry.key_id) for entry in store.entries]
    assert len(set(found)) == 3
    on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(secret in on_disk or secret.hex().encode() in on_disk for secret in found)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.rglob("*") if path.is_file())
    assert not any(secret.hex() in repr(again) or repr(secret) in repr(again) for secret in found)


def test_another_passphrase_or_second_half_opens_nothing(tmp_path):
    filled(tmp_path)
    with pytest.raises(PassphraseWrong):
        opened(tmp_path, b"een andere zin")
    half = half_of(tmp_path).path
    half.write_bytes(bytes(32))
    with pytest.raises(PassphraseWrong):
        opened(tmp_path)
    half.unlink()
    with pytest.raises(KeyStoreError, match="no second half"):
        opened(tmp_path)


def test_entries_cannot_be_swapped(tmp_path):
    filled(tmp_path)
    path = tmp_path / "keys" / "store.json"
    content = json.loads(path.read_text())
    first, second, _ = content["secrets"]
    first["wrapped"], second["wrapped"] = second["wrapped"], first["wrapped"]
    path.write_text(json.dumps(content))
    with pytest.raises(KeyStoreError, match="was changed"):
        opened(tmp_path).secret(f"{DOMAIN}/1")


def test_what_is_destroyed_opens_with_no_backup_of_the_store(tmp_path):
    """The whole key folder from before, the passphrase and the present second half: not enough."""
    store = filled(tmp_path)
    survivors = {key_id: store.secret(key_id) for key_id in (f"{DOMAIN}/2", f"{OTHER}/1")}
    shutil.copytree(tmp_path / "keys", tmp_path / "backup")
    opened(tmp_path).destroyed(f"{DOMAIN}/1", TODAY)
    after = opened(tmp_path)
    with pytest.raises(KeyDestroyed, match="2019-07-01"):
        after.secret(f"{DOMAIN}/1")
    assert after.entry(f"{DOMAIN}/1").fingerprint == store.entry(f"{DOMAIN}/1").fingerprint
    assert {key_id: after.secret(key_id) for key_id in survivors} == survivors
    with pytest.raises(PassphraseWrong):
        open_store(tmp_path / "backup" / "store.json", half_of(tmp_path), PASSPHRASE)
    with pytest.raises(KeyDestroyed):
        after.destroyed(f"{DOMAIN}/1", TODAY)
    assert after.with_new(DOMAIN, TODAY).latest(DOMAIN).key_id == f"{DOMAIN}/3"


class Killed(BaseException):
    """Nothing in the product can catch it by accident."""


@pytest.mark.parametrize("survived", range(6))
def test_a_killed_destruction_leaves_a_store_that_opens(tmp_path, monkeypatch, survived):
    """Killed before each step that touches the disk: old or new, never neither."""
    store = filled(tmp_path)
    survivors = {key_id: store.secret(key_id) for key_id in (f"{DOMAIN}/2", f"{OTHER}/1")}
    steps = iter(range(survived))

    def counted(step):
        def run(*given):
            if next(steps, None) is None:
                raise Killed
            return step(*given)

        return run

    places = (
        (wrapping, "write_private"),
        (keystore, "write_private"),
        (wrapping, "_overwrite"),
        (wrapping, "sync_folder"),
    )
    with monkeypatch.context() as patch:
        for module, name in places:
            patch.setattr(module, name, counted(getattr(module, name)))
        patch.setattr(Path, "replace", _killing(counted, Path.replace))
        try:
            store.destroyed(f"{DOMAIN}/1", TODAY)
            is_done = True
        except Killed:
            is_done = False
    after = opened(tmp_path)
    assert {key_id: after.secret(key_id) for key_id in survivors} == survivors
    assert not half_of(tmp_path).next.exists()
    is_gone = after.entry(f"{DOMAIN}/1").wrapped is None
    assert is_gone or not is_done
    again = opened(tmp_path) if is_gone else opened(tmp_path).destroyed(f"{DOMAIN}/1", TODAY)
    assert {key_id: again.secret(key_id) for key_id in survivors} == survivors


def _killing(counted, step):
    run = counted(step)
    # What `write_private` renames is counted as its own step.
    return lambda path, target: run(path, target) if path.name.endswith(".next") else step(path, target)


def test_any_two_shares_give_the_passphrase_and_one_gives_nothing():
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
