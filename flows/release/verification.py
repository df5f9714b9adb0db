"""Verification of a release from its folder and the officer's public key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.custody.signing import Statement, load_public
from flows.release.proof import Proof, prove, read_manifest, read_release
from flows.release.publication import require_approved, require_listed
from schemas.errors import ApprovalRefused, NotComparable, VerificationFailed
from schemas.names import STATUS, SUPPRESSED
from schemas.states import Released
from transforms.comparison.pair import require_safe_as_one
from transforms.disclosure.counts.audit import own_blanks, places_of
from transforms.disclosure.model.cells import labels
from transforms.disclosure.model.interval import Interval


@dataclass(frozen=True)
class Narrowest:
    """The suppressed cell that a reader can bound most narrowly."""

    cell: str
    interval: Interval


@dataclass(frozen=True)
class OwnRecord:
    """How many blank counts somebody in a blank cell can bring below the limits of the profile, and of how many."""

    below: int
    blank: int


@dataclass(frozen=True, eq=False)
class Verified:
    """Result of a verification: everything that was proven.

    Attributes:
        statement: The statement that the officer signed; None if there was no key to check it with: then nothing is
            proven of who made or approved the release.
        files: Number of files in the manifest.
        narrowest: None if nothing is suppressed.
        same_day: Names of the other releases that it was attacked with as one, and what the officer signed of each.
    """

    release: str
    statement: Statement | None
    files: int
    proof: Proof
    narrowest: Narrowest | None
    own_record: OwnRecord
    same_day: tuple[tuple[str, Statement | None], ...] = ()


def verify_release(folder: Path, public_key: Path | None, other_folders: Sequence[Path] = ()) -> Verified:
    """Prove who signed, that no file changed, and that no small count follows.

    Args:
        folder: The release.
        public_key: The officer's public key; without it everything but the signature is checked.
        other_folders: Releases of the same residents and day, which are verified, too, and attacked with it as one.

    Raises:
        VerificationFailed: The folder is no release, its signature or hashes do not hold, its tables are not safe,
            or another file does not follow from them.
        PairUnsafe: With the others it tells of a small number.
        NotComparable: Another release is of other residents or of another day, or contradicts it.
    """
    if public_key is not None and not public_key.is_file():
        raise VerificationFailed(("there is no public key of the officer at --key",))
    statement = _read_statement(folder, public_key)
    tables_by_release: dict[str, tuple[Released, ...]] = {
        str(read_manifest(folder)["release"]): read_release(folder)[0]
    }
    signatures = []
    for other_folder in other_folders:
        with _about(other_folder):
            signatures.append(_read_statement(other_folder, public_key))
            name = str(read_manifest(other_folder)["release"])
            if name in tables_by_release:
                raise NotComparable(f"{name} was given twice", "Give other releases of the same residents and day.")
            tables_by_release[name] = read_release(other_folder)[0]
    proof, other_proofs = prove(folder, tables_by_release), []
    for other_folder in other_folders:
        with _about(other_folder):
            other_proofs.append(prove(other_folder, tables_by_release))
            if missing := other_proofs[-1].missing:
                raise VerificationFailed((f"it follows {', '.join(missing)}, which must be given, too",))
    if other_proofs:
        require_safe_as_one([joint_proof.content for joint_proof in (*other_proofs, proof)])
    own = own_blanks(proof.content.released, proof.attack)
    inside = proof.attack.own_record(sorted(proof.attack.suppressed))
    return Verified(
        str(proof.manifest["release"]),
        statement,
        len(proof.manifest["files"]),
        proof,
        _narrowest(proof),
        OwnRecord(len(own & inside.keys()), len(own)),
        tuple(zip((str(other_proof.manifest["release"]) for other_proof in other_proofs), signatures, strict=True)),
    )


@contextmanager
def _about(folder: Path) -> Iterator[None]:
    """Name a folder in what its verification says."""
    try:
        yield
        return
    except VerificationFailed as error:
        problems = error.problems
    raise VerificationFailed(tuple(f"{folder.name}: {problem}" for problem in problems))


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
        Narrowest(f"{table.spec.id} {label}", attack.interval_of(place))
        for table, places in zip(tables, places_of(tables, attack), strict=True)
        for label, place, status in zip(labels(table.spec), places, table.frame.get_column(STATUS), strict=True)
        if status == SUPPRESSED and not is_told[place]
    )
    return min(cells, key=lambda cell: cell.interval.width, default=None)
