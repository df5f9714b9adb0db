"""What comparisons share: releases that are verified first, and an output folder that appears at once or not at all."""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from flows.custody.signing import load_public
from flows.release.publication import MANIFEST, STATEMENT, sha256
from flows.release.untrusted_folder import require_plain
from flows.release.verification import verify_release
from flows.workfolder.files import sync_folder
from schemas.errors import ApprovalRefused, FolderUnusable, VerificationFailed
from transforms.comparison.told import Told, declarations
from transforms.package.files import DESCRIPTOR


def read_proven_release(folder: Path, keys: Sequence[Path]) -> Told:
    """A release of which everything is proven that `verify` proves.

    Args:
        keys: Public keys of its officer, who may have changed hers.

    Raises:
        VerificationFailed: None of them signed it, a file changed, or it is not safe.
    """
    verified = verify_release(folder, _signer(folder, keys))
    content = verified.proof.content
    declared = declarations((folder / DESCRIPTOR).read_bytes(), content)
    return Told(verified.release, sha256((folder / MANIFEST).read_bytes()), content, declared)


def require_new(out: Path) -> None:
    """Stop before any work whose outcome could not be written.

    Raises:
        FolderUnusable: The output folder exists, or the folder that it should lie in does not.
    """
    if out.exists() or out.is_symlink():
        raise FolderUnusable("output", "exists already")
    if not out.absolute().parent.is_dir():
        raise FolderUnusable("output", "has no folder to lie in")


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """All files in one rename.

    Raises:
        FolderUnusable: It cannot be written, or came into being meanwhile; nothing is left behind.
    """
    partial = out.absolute().with_name(f".{out.absolute().name}.partial")
    with suppress(OSError):
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o755)
        for name, content in files.items():
            (partial / name).write_bytes(content)
        partial.rename(out)
        sync_folder(out.absolute().parent)
        return
    shutil.rmtree(partial, ignore_errors=True)
    raise FolderUnusable("output", "cannot be written or is full")


def _signer(folder: Path, keys: Sequence[Path]) -> Path:
    """The key that the release says it was signed with; if none is, the first, and verification says what is wrong."""
    require_plain(folder)
    named = ""
    with suppress(OSError, ValueError, AttributeError):
        named = str(json.loads((folder / STATEMENT).read_bytes()).get("officer_fingerprint"))
    for key in keys:
        with suppress(ApprovalRefused):
            if load_public(key).fingerprint == named:
                return key
    if not keys:
        raise VerificationFailed(("there is no public key of the officer",))
    return keys[0]
