"""Verification of a release from its folder and the officer's public key."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.custody.signing import Statement, load_public
from flows.release.proof import Proof, prove, read_manifest, read_release
from flows.release.publication import require_approved, require_listed
from schemas.errors import ApprovalRefused, VerificationFailed
from schemas.names import HIGH, LOW, STATUS, SUPPRESSED
from transforms.comparison.pair import require_safe_as_one
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
        beside: Names of the other releases that it was attacked with as one.
    """

    release: str
    statement: Statement | None
    files: int
    proof: Proof
    narrowest: Narrowest | None
    own_record: int
    beside: tuple[str, ...] = ()


def verify_release(folder: Path, public_key: Path | None, others: Sequence[Path] = ()) -> Verified:
    """Prove who signed, that no file changed, and that no small count follows.

    Args:
        folder: The release.
        public_key: The officer's public key; without it everything but the signature is checked.
        others: Releases of the same residents and day, which are verified, too, and then attacked with it as one.

    Raises:
        VerificationFailed: The folder is no release, its signature or hashes do not hold, its tables are not safe,
            or another file does not follow from them.
        PairUnsafe: With the others it tells of a small number.
        NotComparable: Another release is of other residents or of another day, or contradicts it.
    """
    if public_key is not None and not public_key.is_file():
        raise VerificationFailed(("there is no public key of the officer at --key",))
    statement, *_ = [_read_statement(one, public_key) for one in (folder, *others)]
    tables = {str(read_manifest(other)["release"]): read_release(other)[0] for other in others}
    proof, *beside = [prove(one, tables) for one in (folder, *others)]
    if beside:
        require_safe_as_one([one.content for one in (*beside, proof)])
    inside = proof.attack.own_record(sorted(proof.attack.suppressed))
    return Verified(
        str(proof.manifest["release"]),
        statement,
        len(proof.manifest["files"]),
        proof,
        _narrowest(proof),
        len(inside),
        tuple(str(one.manifest["release"]) for one in beside),
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
    """Return the suppressed cell of the release with the narrowest interval; None if nothing is suppressed.

    What statistics of others tell more closely by themselves is left out.
    """
    attack, tables = proof.attack, proof.content.released
    is_told = attack.public.elsewhere.is_told(proof.content.profile)
    cells = (
        Narrowest(f"{table.spec.id} {label}", Interval(low, high))
        for table, places in zip(tables, attack.system.places[-len(tables) :], strict=True)
        for label, place, (status, low, high) in zip(
            labels(table.spec), places, table.frame.select(STATUS, LOW, HIGH).iter_rows(), strict=True
        )
        if status == SUPPRESSED and not is_told[place]
    )
    return min(cells, key=lambda cell: cell.interval.width, default=None)
