"""The officer's decision: sealing, signing, checking and rejecting a run.

The seal is an HMAC under the run's key over the hashes of manifest and dossier and the name of the release. Whoever can
write to the work folder but cannot open that key cannot change any of them unseen between run and publication.
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
from flows.custody.signing import DECISION, Signer, Statement, bytes_to_sign, load_public, require_signature
from flows.custody.sshsig import PublicKey
from flows.registers.audit import count_exclusions_since
from flows.registers.chain import canonical
from flows.registers.ledger import read_ledger
from flows.release.ledger_entry import is_entered
from flows.release.manifest import versions
from flows.release.publication import MANIFEST, SIGNATURE, STATEMENT, require_approved, require_listed, sha256
from flows.workfolder.files import remove_folder, write_private
from flows.workfolder.home import Home, Run, read_runs
from schemas.errors import ApprovalRefused, RunOutdated, UnknownRun

VALID = timedelta(days=7)
"""How long after it is made a statement may be signed and published."""

REJECTION = "afwijzen"
Reason = Literal["cijfers", "levering", "herleidbaar", "maatregel", "tekst"]
REASONS: Mapping[Reason, str] = {
    "cijfers": "de cijfers niet kloppen",
    "levering": "een levering niet goed is",
    "herleidbaar": "iemand te herkennen kan zijn",
    "maatregel": "een maatregel niet op orde is",
    "tekst": "een tekst of tabel niet goed is",
}
"""Reasons for a rejection: a closed list, because free text in a signed file might name a person."""

_SEAL = "zegel.json"
_REJECTION, _REJECTION_SIGNATURE = "afwijzing.json", "afwijzing.sig"


@dataclass(frozen=True)
class Waiting:
    """A run that awaits the officer's decision, as it was sealed.

    Attributes:
        facts: Names of run and release, and the hashes of manifest and dossier, as the statement has them.
        files: Number of files in the release.
        tables: Number of its tables, those of sums included.
        warnings: Lines of the dossier that begin with 'Let op'.
    """

    facts: Mapping[str, str]
    files: int
    tables: int
    warnings: tuple[str, ...]


def seal(run: Run, secret: Secret, manifest: bytes) -> None:
    """Seal manifest and dossier under the run's key; what is not sealed cannot be signed."""
    facts = _sealed_facts(run, manifest, run.dossier.read_bytes())
    write_private(run.folder / _SEAL, canonical({**facts, "hmac": _hmac(facts, secret).finalize().hex()}))


def require_sealed(run: Run) -> Waiting:
    """Return what awaits the officer, if it is, byte for byte, what the run sealed.

    Raises:
        ApprovalRefused: Manifest, dossier, release name, peildatum, profile or a file differs, or there is no seal.
        RunOutdated: The run was made with other versions than those installed.
        KeyStoreMissing, KeyStoreError, PassphraseMissing, KeyDestroyed: The run's key does not open.
    """
    secret = secret_for(run.home, run.key_id)
    manifest, dossier = (_read_if_there(path) for path in (run.pending / MANIFEST, run.dossier))
    facts = _sealed_facts(run, manifest, dossier)
    with suppress(InvalidSignature, ValueError):
        _hmac(facts, secret).verify(bytes.fromhex(str(_read_seal(run).get("hmac"))))
        content = json.loads(manifest)
        require_listed(run.pending, content)
        if (content["peildatum"], content["profile"]) != (run.peildatum, run.profile):
            raise ApprovalRefused("run.json tells of another peildatum or profile than the run sealed")
        if content["versions"] != versions():
            raise RunOutdated
        tables = len(content["tables"]) + len(content["sums"]["tables"])
        warnings = [line for line in dossier.decode().splitlines() if line.startswith("**Let op")]
        return Waiting(facts, len(content["files"]), tables, tuple(warnings))
    raise ApprovalRefused("manifest, dossier or name of the release is not what the run sealed; make the run again")


def require_waiting(run: Run) -> Waiting:
    """Return what awaits the officer, if she may approve it.

    Raises:
        UnknownRun: Nothing of this run waits for approval.
        ApprovalRefused: The run was rejected, or a resident has since asked to be left out, or see `require_sealed`.
        RunOutdated, KeyStoreError: See `require_sealed`.
    """
    is_waiting = run.pending.is_dir()
    if (run.folder / _REJECTION_SIGNATURE).exists():
        raise ApprovalRefused("the officer rejected this run; make the run again")
    # Once it is in the ledger it counts as published: only the move is left.
    if not (is_waiting and is_entered(run)) and count_exclusions_since(run.home, run.run_id):
        raise ApprovalRefused("since this run began a resident asked to be left out; make the run again")
    if not is_waiting:
        raise UnknownRun
    return require_sealed(run)


def approve(run: Run, sign: Signer, pinned: PublicKey) -> None:
    """Sign what is pending, and put statement and signature beside it; raises as `require_waiting`."""
    statement = write_statement(run, pinned)
    write_private(run.pending / SIGNATURE, sign(statement))


def write_statement(run: Run, pinned: PublicKey) -> bytes:
    """Write and return the statement that the officer signs, here or elsewhere; raises as `require_waiting`.

    The signature of an earlier statement is removed.
    """
    statement = _new_statement(require_waiting(run).facts, pinned, DECISION)
    (run.pending / SIGNATURE).unlink(missing_ok=True)
    write_private(run.pending / STATEMENT, statement)
    return statement


def take_signature(run: Run, signature: bytes, pinned: PublicKey) -> None:
    """Put a signature that was made elsewhere beside the pending release.

    Raises:
        ApprovalRefused: The signature is not the pinned officer's over the last statement of this run, or the
            statement has expired; or see `require_waiting`.
        RunOutdated, UnknownRun, KeyStoreError: See `require_waiting`.
    """
    waiting = require_waiting(run)
    statement = _read_if_there(run.pending / STATEMENT)
    if not statement:
        raise ApprovalRefused("there is no statement of this run yet that could be signed (approve --statement)")
    _require_statement_of(require_signature(statement, signature, pinned), waiting)
    write_private(run.pending / SIGNATURE, signature)


def require_signed(run: Run, pinned: PublicKey) -> None:
    """Return if the pinned officer signed exactly what is pending, for this run, and the statement is still valid.

    Raises:
        ApprovalRefused: The officer did not sign it, or something was changed after the run sealed it.
        RunOutdated, KeyStoreError: See `require_sealed`.
    """
    _require_statement_of(require_approved(run.pending, pinned), require_sealed(run))


def require_rejectable(run: Run) -> None:
    """Return if a run awaits the officer and is not approved.

    Raises:
        UnknownRun: Nothing of this run waits.
        ApprovalRefused: The run was approved and is in the ledger.
    """
    if not run.pending.is_dir():
        raise UnknownRun
    if is_entered(run):
        raise ApprovalRefused("this run cannot be rejected any more: it was approved, and is in the ledger")


def write_rejection(run: Run, reason: str, pinned: PublicKey) -> bytes:
    """Write and return the statement of a rejection.

    What is pending need not match its seal: it is removed, not published.

    Raises:
        UnknownRun, ApprovalRefused: See `require_rejectable`.
    """
    require_rejectable(run)
    manifest, dossier = (_read_if_there(path) for path in (run.pending / MANIFEST, run.dossier))
    statement = _new_statement(_sealed_facts(run, manifest, dossier), pinned, REJECTION, reason)
    write_private(run.folder / _REJECTION, statement)
    return statement


def reject(run: Run, reason: str, signature: bytes, pinned: PublicKey) -> None:
    """End a run with the officer's signature over its rejection.

    Raises:
        UnknownRun, ApprovalRefused: See `require_rejectable`; or the signature is not the pinned officer's over the
            last rejection of this run for this reason, or the rejection has expired.
    """
    require_rejectable(run)
    signed = require_signature(_read_if_there(run.folder / _REJECTION), signature, pinned, REJECTION)
    if (signed.run_id, signed.reason) != (run.run_id, reason) or not _is_timely(signed, datetime.now(UTC)):
        raise ApprovalRefused("the rejection is of another run, for another reason, or too old")
    write_private(run.folder / _REJECTION_SIGNATURE, signature)
    remove_folder(run.pending)


def earlier_rejections(home: Home) -> tuple[str, ...]:
    """Return the rejections of this work folder, a Dutch sentence each, in order of time."""
    return tuple(_rejection_line(run) for run in read_runs(home) if (run.folder / _REJECTION_SIGNATURE).exists())


def find_published_release(run: Run, pinned: PublicKey) -> str:
    """Return the name of the release if this run was published; empty if it was not.

    It was if the output folder holds it with the sealed manifest, and also if it is in the ledger and nothing is
    pending any more: then it was moved away after publication.
    """
    facts = _read_seal(run)
    name = str(facts.get("release", ""))
    is_published = False
    with suppress(ApprovalRefused, OSError, ValueError):
        is_published = require_approved(run.out / name, pinned).manifest_sha256 == facts.get("manifest_sha256")
    is_moved = not run.pending.is_dir() and name in {
        publication.release for publication in read_ledger(run.home.ledger)
    }
    is_rejected = (run.folder / _REJECTION_SIGNATURE).exists()
    return name if (is_published or is_moved) and not is_rejected else ""


def _rejection_line(run: Run) -> str:
    """Return the Dutch sentence on a rejected run for the next dossier."""
    statement, signature = (_read_if_there(run.folder / name) for name in (_REJECTION, _REJECTION_SIGNATURE))
    try:
        signed = require_signature(statement, signature, load_public(run.home.officer_public_key), REJECTION)
        reason = f"op {signed.stated_at[:10]}, omdat {REASONS[cast(Reason, signed.reason)]}"
    except (ApprovalRefused, KeyError):
        reason = "maar niet met de huidige sleutel van de privacyfunctionaris"
    return f"Run `{run.run_id}` (peildatum {run.peildatum}) is afgewezen, {reason}."


def _require_statement_of(signed: Statement, waiting: Waiting) -> None:
    """Return if a statement is about this run and its seal, and is still valid."""
    if not waiting.facts.items() <= asdict(signed).items():
        raise ApprovalRefused("the statement is about another run, or not about what this run made")
    if not _is_timely(signed, datetime.now(UTC)):
        raise ApprovalRefused("the time to sign and publish that statement is over; approve it anew")


def _is_timely(signed: Statement, now: datetime) -> bool:
    """Return whether now lies within the statement's own period, which is no longer than `VALID`."""
    with suppress(ValueError, TypeError):
        since, until = (datetime.fromisoformat(text) for text in (signed.stated_at, signed.valid_until))
        return since <= now <= until <= since + VALID
    return False


def _new_statement(facts: Mapping[str, str], pinned: PublicKey, decision: str, reason: str = "") -> bytes:
    """Return the bytes of a statement that is valid from now on."""
    now = datetime.now(UTC).replace(microsecond=0)
    times = {"stated_at": now.isoformat(), "valid_until": (now + VALID).isoformat()}
    statement = Statement(decision=decision, reason=reason, officer_fingerprint=pinned.fingerprint, **times, **facts)
    return bytes_to_sign(asdict(statement))


def _sealed_facts(run: Run, manifest: bytes, dossier: bytes) -> dict[str, str]:
    """Return what the seal covers: the run, the release, and the hashes of manifest and dossier."""
    release = ""
    with suppress(ValueError, KeyError, TypeError):
        release = str(json.loads(manifest)["release"])
    hashes = {"manifest_sha256": sha256(manifest), "dossier_sha256": sha256(dossier)}
    return {"run_id": run.run_id, "release": release, **hashes}


def _hmac(facts: Mapping[str, str], secret: Secret) -> HMAC:
    """Return the HMAC over the sealed facts, under a key of its own below the run's secret."""
    code = HMAC(secret.derive_key("seal"), SHA256())
    code.update(canonical(facts))
    return code


def _read_seal(run: Run) -> dict[str, Any]:
    """Return what the seal says, unproven; empty if there is none."""
    with suppress(ValueError, RecursionError):
        facts = json.loads(_read_if_there(run.folder / _SEAL))
        return facts if isinstance(facts, dict) else {}
    return {}


def _read_if_there(path: Path) -> bytes:
    """Return the content of a file; empty if there is none."""
    return path.read_bytes() if path.is_file() else b""
