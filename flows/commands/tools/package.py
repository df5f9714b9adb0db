"""What a researcher gets: dummy tables before she has access, and a release encrypted to her age key.

The format is that of https://age-encryption.org/v1, by the library.
"""

import io
import tarfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from flows.commands.ending import Data
from flows.commands.options import HomeOption, ProfileOption
from flows.custody.signing import load_public
from flows.registers.ledger import read_ledger
from flows.release.ledger_entry import tables_by_release
from flows.release.proof import prove, read_manifest
from flows.release.publication import require_approved
from flows.screen import Screen
from flows.workfolder.files import write_private
from flows.workfolder.home import find_home
from schemas.errors import FolderUnusable, PackageRefused, VerificationFailed
from schemas.profiles import STANDAARD, profile_by_id
from schemas.states import Released
from schemas.tables import tables_of
from schemas.tables.sums import SUMS, are_rounded
from transforms.package.dummy import dummy_zip

_screen = Screen(soft_wrap=True)


def package(release: Path, *, recipient: str, out: Path, home: HomeOption = None) -> Data:
    """Encrypt an approved release to the age key of one researcher.

    Parameters
    ----------
    release:
        The release folder, signed with the key that is pinned in the work folder.
    recipient:
        Her public key, age1...; she alone has the other half.
    out:
        File to write, such as uitgifte.tar.age.
    """
    work = find_home(home)
    package_release(release, recipient, out, work.officer_public_key, tables_by_release(read_ledger(work.ledger)))
    _screen.print(f"Package: {out}\nTo open it: age -d -i KEY {out.name} | tar -x", markup=False)
    return {"package": out}


def dummy(*, out: Path, profile: ProfileOption = STANDAARD.id) -> Data:
    """Write dummy tables, made from the declarations alone, so that scripts can be written before access.

    Parameters
    ----------
    out:
        File to write, such as dummy.zip.
    """
    _require_free(out)
    release_profile = profile_by_id(profile)
    sums = () if are_rounded(release_profile) else tuple(spec.table for spec in SUMS)
    out.write_bytes(dummy_zip(tables_of(release_profile), sums))
    _screen.print(f"Dummy tables, with made-up numbers: {out}", markup=False)
    return {"file": out}


def package_release(
    release: Path, recipient: str, out: Path, officer: Path, earlier: Mapping[str, Sequence[Released]]
) -> None:
    """Write an approved release, encrypted, to a file that only the holder of the key can open.

    The private half of the key never comes near us. A package differs every time, as age
    takes a fresh file key; what is in it does not.

    Args:
        recipient: Her public key: `age1...`.
        officer: The officer's pinned public key.
        earlier: Tables of the releases in the ledger, by name: an answer is proven with those that it followed.

    Raises:
        PackageRefused: The library is not installed, or the recipient is no age key.
        ApprovalRefused, VerificationFailed: The release is not signed by the pinned officer, or
            not safe.
        FolderUnusable: The file exists, or its folder does not.
    """
    # Before anything is read: a wrong key should not cost an attack on all tables.
    encrypted_to(recipient, b"")
    read_manifest(release)
    _require_free(out)
    require_approved(release, load_public(officer))
    if missing := prove(release, earlier).missing:
        raise VerificationFailed((f"it follows {', '.join(missing)}, which the ledger does not have",))
    write_private(out, encrypted_to(recipient, release_tar(release)))


def release_tar(release: Path) -> bytes:
    """Return the files of a release as a tar archive, always with the same bytes.

    They lie in one folder with the name of the release, sorted, and without owner or time.
    """
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(release.iterdir()):
            content = path.read_bytes()
            entry = tarfile.TarInfo(f"{release.resolve().name}/{path.name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def encrypted_to(recipient: str, content: bytes) -> bytes:
    """Content in the age format.

    Raises:
        PackageRefused: The library is not installed, or the recipient is no age key.
    """
    age = _library()
    try:
        key = age.x25519.Recipient.from_str(recipient)
    except age.RecipientError:
        key = None
    if key is None:
        raise PackageRefused("is for an age key, age1..., and this is none")
    encrypted: bytes = age.encrypt(content, [key])
    return encrypted


def _library() -> Any:  # noqa: ANN401 - pyrage has no types
    with suppress(ImportError):
        import pyrage

        return pyrage
    raise PackageRefused("needs the library pyrage, the extra `age`: `python3 run.py demo` installs it")


def _require_free(out: Path) -> None:
    if out.exists() or not out.absolute().parent.is_dir():
        raise FolderUnusable("output", "has a file of that name already, or does not exist")
