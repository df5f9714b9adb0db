"""What the officer decides on: sealed when the run made it, read, signed here or elsewhere, and proven again.

The seal is an HMAC under the run's key over the hashes of manifest and dossier and the name of the release. Whoever can
write the work folder and cannot open that key changes none of them between run and publication unseen.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from flows.custody.keys import secret_for
from flows.custody.secret import Secret
from flows.custody.signing import DECISION, Signer, Statement, load_public, require_signature, signed_bytes
from flows.custody.sshsig import PublicKey
from flows.registers.audit import asked_since
from flows.registers.chain import canonical
from flows.registers.ledger import read_ledger
from flows.release.earlier import is_entered
from flows.release.manifest import versions
from flows.release.publication import MANIFEST, SIGNATURE, STATEMENT, require_approved, require_listed, sha256
from flows.workfolder.files import remove_folder, write_private
from flows.workfolder.home import Home, Run, read_runs
from schemas.errors import ApprovalRefused, RunOutdated, UnknownRun

VALID = timedelta(days=7)
"""How long a statement may wait for its signature and its publication."""

REJECTION = "afwijzen"
Reason = Literal["cijfers", "levering", "herleidbaar", "maatregel", "tekst"]
REASONS: Mapping[Reason, str] = {
    "cijfers": "de cijfers niet kloppen",
    "levering": "een levering niet goed is",
    "herleidbaar": "iemand te herkennen kan zijn",
    "maatregel": "een maatregel niet op orde is",
    "tekst": "een tekst of tabel niet goed is",
}
"""Why a run is rejected: a closed list, as a free text in a signed file may name a person."""

_SEAL = "zegel.json"
_REJECTION, _REJECTION_SIGNATURE = "afwijzing.json", "afwijzing.sig"


@dataclass(frozen=True)
class Waiting:
    """What the officer is about to sign; everything in it was compared with the seal.

    Attributes:
        facts: What the statement says of it: run, release, and the hashes of manifest and dossier.
        warnings: Lines of the dossier that begin with 'Let op'.
    """

    facts: Mapping[str, str]
    files: int
    tables: int
    warnings: tuple[str, ...]


def seal(run: Run, secret: Secret, manifest: bytes) -> None:
    """Seal what a run made, before it waits: what is not sealed is not signed."""
    facts = _facts(run, manifest, run.dossier.read_bytes())
    write_private(run.folder / _SEAL, canonical({**facts, "hmac": _hmac(facts, secret).finalize().hex()}))


def require_sealed(run: Run) -> Waiting:
    """What waits for the officer, if it is, byte for byte, what the run sealed.

    Raises:
        ApprovalRefused: Manifest, dossier, release name, peildatum, profile or a file is another one, or there is no
            seal.
        RunOutdated: It was made with other versions than are here.
        KeyStoreMissing, KeyStoreError, PassphraseMissing, KeyDestroyed: The run's key does not open.
    """
    secret = secret_for(run.home, run.key_id)
    manifest, dossier = (_content(path) for path in (run.pending / MANIFEST, run.dossier))
    facts = _facts(run, manifest, dossier)
    with suppress(InvalidSignature, ValueError):
        _hmac(facts, secret).verify(bytes.fromhex(str(_sealed(run).get("hmac"))))
        whole = json.loads(manifest)
        require_listed(run.pending, whole)
        if (whole["peildatum"], whole["profile"]) != (run.peildatum, run.profile):
            raise ApprovalRefused("run.json tells of another peildatum or profile than the run sealed")
        if whole["versions"] != versions():
            raise RunOutdated
        tables = len(whole["tables"]) + len(whole["sums"]["tables"])
        warnings = [line for line in dossier.decode().splitlines() if line.startswith("**Let op")]
        return Waiting(facts, len(whole["files"]), tables, tuple(warnings))
    raise ApprovalRefused("manifest, dossier or name of the release is not what the run sealed; make the run again")


def require_waiting(run: Run) -> Waiting:
    """What the officer may approve.

    Raises:
        UnknownRun: Nothing of this run waits for approval.
        ApprovalRefused: It was rejected, or somebody asked meanwhile to be left out, or see `require_sealed`.
        RunOutdated, KeyStoreError: See `require_sealed`.
    """
    is_waiting = run.pending.is_dir()
    if (run.folder / _REJECTION_SIGNATURE).exists():
        raise ApprovalRefused("the officer rejected this run; make the run again")
    if not (is_waiting and is_entered(run)) and asked_since(run.home, run.run_id):
        raise ApprovalRefused("since this run began a resident asked to be left out; make the run again")
    if not is_waiting:
        raise UnknownRun
    return require_sealed(run)


def approve(run: Run, sign: Signer, pinned: PublicKey) -> None:
    """Sign what waits, and put statement and signature beside it; raises as `require_waiting`."""
    statement = write_statement(run, pinned)
    write_private(run.pending / SIGNATURE, sign(statement))


def write_statement(run: Run, pinned: PublicKey) -> bytes:
    """The statement that the officer signs, here or elsewhere; raises as `require_waiting`.

    One that was made before loses its signature.
    """
    statement = _statement(require_waiting(run).facts, pinned, DECISION)
    (run.pending / SIGNATURE).unlink(missing_ok=True)
    write_private(run.pending / STATEMENT, statement)
    return statement


def take_signature(run: Run, signature: bytes, pinned: PublicKey) -> None:
    """Put a signature that was made elsewhere beside what waits.

    Raises:
        ApprovalRefused: It is not the pinned officer's, over the last statement of this run, within its time; or see
            `require_waiting`.
        RunOutdated, UnknownRun, KeyStoreError: See `require_waiting`.
    """
    waiting = require_waiting(run)
    statement = _content(run.pending / STATEMENT)
    if not statement:
        raise ApprovalRefused("there is no statement of this run yet that could be signed (approve --statement)")
    _require_own(require_signature(statement, signature, pinned), waiting)
    write_private(run.pending / SIGNATURE, signature)


def require_signed(run: Run, pinned: PublicKey) -> None:
    """Return if the pinned officer signed exactly what waits, for this run and not too long ago.

    Raises:
        ApprovalRefused: She did not, or something was changed since the run sealed it.
        RunOutdated, KeyStoreError: See `require_sealed`.
    """
    _require_own(require_approved(run.pending, pinned), require_sealed(run))


def require_rejectable(run: Run) -> None:
    """Return if a run waits for the officer, and is not approved.

    Raises:
        UnknownRun: Nothing of this run waits.
        ApprovalRefused: It was approved, and stands in the ledger.
    """
    if not run.pending.is_dir():
        raise UnknownRun
    if is_entered(run):
        raise ApprovalRefused("this run cannot be rejected any more: it was approved, and is in the ledger")


def write_rejection(run: Run, reason: str, pinned: PublicKey) -> bytes:
    """The statement of a rejection. What waits may be anything: it is removed, not published.

    Raises:
        UnknownRun, ApprovalRefused: See `require_rejectable`.
    """
    require_rejectable(run)
    manifest, dossier = (_content(path) for path in (run.pending / MANIFEST, run.dossier))
    statement = _statement(_facts(run, manifest, dossier), pinned, REJECTION, reason)
    write_private(run.folder / _REJECTION, statement)
    return statement


def reject(run: Run, reason: str, signature: bytes, pinned: PublicKey) -> None:
    """End a run with the officer's signature over its rejection.

    Raises:
        UnknownRun, ApprovalRefused: See `require_rejectable`; or it is not the pinned officer's signature, over the
            last rejection of this run for this reason, within its time.
    """
    require_rejectable(run)
    signed = require_signature(_content(run.folder / _REJECTION), signature, pinned, REJECTION)
    if (signed.run_id, signed.reason) != (run.run_id, reason) or not _is_timely(signed, datetime.now(UTC)):
        raise ApprovalRefused("the rejection is of another run, for another reason, or too old")
    write_private(run.folder / _REJECTION_SIGNATURE, signature)
    remove_folder(run.pending)


def earlier_rejections(home: Home) -> tuple[str, ...]:
    """The rejections of this work folder, in Dutch, in order of time."""
    return tuple(_rejection(run) for run in read_runs(home) if (run.folder / _REJECTION_SIGNATURE).exists())


def published_as(run: Run, pinned: PublicKey) -> str:
    """The name of the release if this run was published, whatever a kill left of it; empty if it was not."""
    sealed = _sealed(run)
    name = str(sealed.get("release", ""))
    is_there = False
    with suppress(ApprovalRefused, OSError, ValueError):
        is_there = require_approved(run.out / name, pinned).manifest_sha256 == sealed.get("manifest_sha256")
    is_moved = not run.pending.is_dir() and name in {one.release for one in read_ledger(run.home.ledger)}
    is_rejected = (run.folder / _REJECTION_SIGNATURE).exists()
    return name if (is_there or is_moved) and not is_rejected else ""


def _rejection(run: Run) -> str:
    statement, signature = (_content(run.folder / name) for name in (_REJECTION, _REJECTION_SIGNATURE))
    try:
        signed = require_signature(statement, signature, load_public(run.home.officer_public_key), REJECTION)
        told = f"op {signed.stated_at[:10]}, omdat {REASONS[cast(Reason, signed.reason)]}"
    except (ApprovalRefused, KeyError):
        told = "maar niet met de huidige sleutel van de privacyfunctionaris"
    return f"Run `{run.run_id}` (peildatum {run.peildatum}) is afgewezen, {told}."


def _require_own(signed: Statement, waiting: Waiting) -> None:
    if not waiting.facts.items() <= asdict(signed).items():
        raise ApprovalRefused("the statement is about another run, or not about what this run made")
    if not _is_timely(signed, datetime.now(UTC)):
        raise ApprovalRefused("the time to sign and publish that statement is over; approve it anew")


def _is_timely(signed: Statement, now: datetime) -> bool:
    with suppress(ValueError, TypeError):
        since, until = (datetime.fromisoformat(text) for text in (signed.stated_at, signed.valid_until))
        return since <= now <= until <= since + VALID
    return False


def _statement(facts: Mapping[str, str], pinned: PublicKey, decision: str, reason: str = "") -> bytes:
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"stated_at": now.isoformat(), "valid_until": (now + VALID).isoformat()}
    made = Statement(decision=decision, reason=reason, officer_fingerprint=pinned.fingerprint, **times, **facts)
    return signed_bytes(asdict(made))


def _facts(run: Run, manifest: bytes, dossier: bytes) -> dict[str, str]:
    """What is sealed: the run, the release, and the hashes of manifest and dossier."""
    release = ""
    with suppress(ValueError, KeyError, TypeError):
        release = str(json.loads(manifest)["release"])
    hashes = {"manifest_sha256": sha256(manifest), "dossier_sha256": sha256(dossier)}
    return {"run_id": run.run_id, "release": release, **hashes}


def _hmac(facts: Mapping[str, str], secret: Secret) -> HMAC:
    made = HMAC(secret.derived("seal"), SHA256())
    made.update(canonical(facts))
    return made


def _sealed(run: Run) -> dict[str, Any]:
    """What the seal says, unproven; empty if there is none."""
    with suppress(ValueError, RecursionError):
        told = json.loads(_content(run.folder / _SEAL))
        return told if isinstance(told, dict) else {}
    return {}


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
