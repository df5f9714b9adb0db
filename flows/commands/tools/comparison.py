"""Releases for a comparison: each is verified first, with the keys of its officer."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flows.custody.signing import load_public
from flows.release.publication import MANIFEST, STATEMENT, sha256
from flows.release.untrusted_folder import require_plain
from flows.release.verification import verify_release
from schemas.errors import ApprovalRefused, VerificationFailed
from transforms.comparison.verified_release import VerifiedRelease, declarations
from transforms.package.files import DESCRIPTOR


def read_proven_release(folder: Path, keys: Sequence[Path]) -> VerifiedRelease:
    """Read a release and prove everything that `verify` proves of it.

    Args:
        keys: Public keys of its officer: more than one if she changed her key.

    Raises:
        VerificationFailed: None of the keys signed it, a file changed, or it is not safe.
    """
    verified = verify_release(folder, _signer(folder, keys))
    content = verified.proof.content
    declared = declarations((folder / DESCRIPTOR).read_bytes(), content)
    return VerifiedRelease(verified.release, sha256((folder / MANIFEST).read_bytes()), content, declared)


def _signer(folder: Path, keys: Sequence[Path]) -> Path:
    """Return the key that the statement in the release names as its signer's; the first key if none matches.

    If none matches, verification with the first key says what is wrong.

    Raises:
        VerificationFailed: No key was given, or the folder holds something else than plain files.
    """
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
