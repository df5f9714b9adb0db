"""Signed certificate, in JSON and Dutch, that a key was destroyed.

It follows from what the store keeps of the key, so a certificate that a kill prevented can be written later. The
signature is an SSHSIG of the officer over the JSON.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from flows.custody import sshsig
from flows.custody.keystore import Entry
from flows.custody.signing import Signer, bytes_to_sign
from flows.custody.sshsig import PublicKey
from flows.workfolder.files import make_private, write_private
from schemas.errors import CertificateRefused

FORMAT = "bestandsanalyse-vernietiging/1"
REASONS = {
    "bewaartermijn": "de bewaartermijn is verstreken",
    "beeindigd": "de verwerking is beëindigd",
    "vervangen": "de sleutel door een nieuwe versie is vervangen",
    "gelekt": "de sleutel in andere handen is gekomen, of dat niet is uit te sluiten",
    "verzoek": "de verwerkingsverantwoordelijke erom heeft verzocht",
}
"""Reasons to destroy a key: a closed list, because free text in a signed file might name a person."""


@dataclass(frozen=True)
class Certificate:
    """Content of a certificate, as the officer signs it.

    `dropped_sha256` is the hash of the wrapped secret that was removed.
    """

    format: str
    key_id: str
    fingerprint: str
    reason: str
    destroyed_at: str
    dropped_sha256: str
    officer_fingerprint: str

    def text(self) -> str:
        """Return the same in Dutch."""
        return (
            "# Verklaring van vernietiging\n\n"
            f"Sleutel `{self.key_id}` met vingerafdruk `{self.fingerprint}` is vernietigd op {self.destroyed_at}, "
            f"omdat {REASONS[self.reason]}.\n\n"
            f"Het ingepakte geheim (SHA-256 `{self.dropped_sha256}`) is uit de sleutelopslag verwijderd. Alle overige "
            "sleutels zijn opnieuw ingepakt onder een nieuwe inpaksleutel, en de vorige inpaksleutel is vernietigd. "
            "Wat met deze sleutel is gepseudonimiseerd of versleuteld, is daarmee ook uit een oudere kopie van de "
            "sleutelopslag niet meer te openen.\n\n"
            "Niet aangetoond: dat nergens een kopie van de vorige inpaksleutel (de tweede helft, of een kopie van de "
            "sleutelserver) is bewaard, en dat een schijf geen oude blokken heeft.\n\n"
            f"Ondertekend met de sleutel van de privacyfunctionaris, `{self.officer_fingerprint}`; "
            "te controleren met:\n\n"
            f"    ssh-keygen -Y verify -f allowed_signers -I privacyfunctionaris -n {sshsig.NAMESPACE} "
            f"-s {stem(self.key_id)}.json.sig < {stem(self.key_id)}.json\n"
        )


def stem(key_id: str) -> str:
    """Return the file name of a key's certificate, without its ending."""
    return key_id.replace("/", "-")


def write_certificate(folder: Path, entry: Entry, sign: Signer, officer: PublicKey) -> Path:
    """Write and sign the certificate of a destroyed key; return the path of the JSON.

    Raises:
        SigningFailed: The officer's agent or FIDO key did not sign; nothing was written.
        CertificateRefused: The key is not destroyed, or already has a certificate.
    """
    if entry.wrapped is not None or entry.dropped is None:
        raise CertificateRefused("is not written: the key is not destroyed")
    certificate = Certificate(
        FORMAT,
        entry.key_id,
        entry.fingerprint,
        entry.dropped.reason,
        entry.dropped.at.isoformat(),
        entry.dropped.sha256,
        officer.fingerprint,
    )
    path = folder / f"{stem(entry.key_id)}.json"
    if is_written(folder, entry.key_id):
        raise CertificateRefused("exists already; it was left as it is")
    content = bytes_to_sign(asdict(certificate))
    signature = sign(content)
    make_private(folder)
    write_private(path, content)
    write_private(path.with_suffix(".md"), certificate.text().encode())
    write_private(path.with_suffix(".json.sig"), signature)
    return path


def is_written(folder: Path, key_id: str) -> bool:
    """Return whether a key has its certificate; the signature is written last."""
    return (folder / f"{stem(key_id)}.json.sig").exists()
