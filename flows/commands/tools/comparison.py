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
    """A release of which everything is proven that `verify` proves.

    Args:
        keys: Public keys of its officer, who may have changed hers.

    Raises:
        VerificationFailed: None of them signed it, a file changed, or it is not safe.
    """
    verified = verify_release(folder, _signer(folder, keys))
    content = verified.proof.content
    declared = declarations((folder / DESCRIPTOR).read_bytes(), content)
    return VerifiedRelease(verified.release, sha256((folder / MANIFEST).read_bytes()), content, declared)


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
