"""Verification of a release from its folder and the officer's public key."""

from dataclasses import dataclass
from pathlib import Path

from flows.custody.signing import Statement, load_public
from flows.release.proof import Proof, prove, read_manifest
from flows.release.publication import require_approved, require_listed
from schemas.errors import ApprovalRefused, VerificationFailed
from transforms.disclosure.model.cells import labels
from transforms.disclosure.model.interval import Interval


@dataclass(frozen=True)
class Narrowest:
    """The suppressed cell that a reader can bound most narrowly."""

    cell: str
    interval: Interval


@dataclass(frozen=True, eq=False)
class Verified:
    """Result of a verification: everything that was proven.

    Attributes:
        statement: The statement that the officer signed; None if there was no key to check it with: then nothing is
            proven of who made or approved the release.
        files: Number of files in the manifest.
        narrowest: None if nothing is suppressed.
        own_record: Number of suppressed counts that somebody who is in a suppressed cell himself can bring below the
            limits of the profile.
    """

    release: str
    statement: Statement | None
    files: int
    proof: Proof
    narrowest: Narrowest | None
    own_record: int


def verify_release(folder: Path, public_key: Path | None) -> Verified:
    """Prove who signed, that no file changed, and that no small count follows.

    Args:
        folder: The release.
        public_key: The officer's public key; without it everything but the signature is checked.

    Raises:
        VerificationFailed: The folder is no release, its signature or hashes do not hold, its tables are not safe,
            or another file does not follow from them.
    """
    if public_key is not None and not public_key.is_file():
        raise VerificationFailed(("there is no public key of the officer at --key",))
    statement = _read_statement(folder, public_key)
    proof = prove(folder)
    inside = proof.attack.own_record(sorted(proof.attack.suppressed))
    return Verified(
        str(proof.manifest["release"]), statement, len(proof.manifest["files"]), proof, _narrowest(proof), len(inside)
    )


def _read_statement(folder: Path, public_key: Path | None) -> Statement | None:
    """Return the officer's statement over exactly these files; without a key only the files are checked."""
    manifest = read_manifest(folder)
    try:
        if public_key is not None:
            return require_approved(folder, load_public(public_key))
        require_listed(folder, manifest)
        return None
    except ApprovalRefused as error:
        problem = error.problem
    raise VerificationFailed((problem,))


def _narrowest(proof: Proof) -> Narrowest | None:
    """Return the suppressed cell with the narrowest interval; None if nothing is suppressed.

    What statistics of others tell more closely by themselves is left out.
    """
    attack = proof.attack
    intervals, is_told = attack.intervals, attack.public.elsewhere.is_told(proof.content.profile)
    blank = (place for place in attack.suppressed if not is_told[place])
    count = min(blank, key=lambda place: (intervals[place].width, place), default=None)
    return None if count is None else Narrowest(_cell_name(proof, count), intervals[count])


def _cell_name(proof: Proof, count: int) -> str:
    """Return table id and levels of a count, such as a reader would look it up by."""
    for table, places in zip(proof.content.released, proof.attack.system.places, strict=True):
        if count in places:
            return f"{table.spec.id} {labels(table.spec)[places.index(count)]}"
    raise VerificationFailed(("a count stands in no table",))
