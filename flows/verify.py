"""Check a release from outside, with nothing but the folder and the officer's public key."""

import json
from dataclasses import dataclass
from pathlib import Path

from flows.proof import prove, signed_profile
from flows.publication import MANIFEST, require_approved
from flows.signing import Statement, load_public
from schemas.errors import ApprovalRefused, VerificationFailed
from schemas.specs import Profile
from transforms.disclosure import Audit


@dataclass(frozen=True)
class Verified:
    """What was proven of a release.

    Attributes:
        is_redrawn: Report, chart and data package were made again from the tables and are equal.
    """

    release: str
    statement: Statement
    files: int
    audit: Audit
    profile: Profile
    is_redrawn: bool


def verify_release(folder: Path, public_key: Path) -> Verified:
    """Prove that the officer signed exactly these files, and that they give no small count away.

    Raises:
        VerificationFailed: The folder is no release, signature or hashes do not hold, its
            tables are not safe, or its report does not follow from them.
    """
    if not folder.is_dir():
        raise VerificationFailed(("there is no such folder",))
    if not public_key.is_file():
        raise VerificationFailed(("there is no public key of the officer at --key",))
    problem = ""
    try:
        statement = require_approved(folder, load_public(public_key))
    except ApprovalRefused as error:
        problem = error.problem
    if problem:
        raise VerificationFailed((problem,))
    manifest = json.loads((folder / MANIFEST).read_bytes())
    found, is_redrawn = prove(folder)
    return Verified(statement.release, statement, len(manifest["files"]), found, signed_profile(manifest), is_redrawn)
