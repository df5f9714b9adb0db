"""One secret in memory, and the keys that HKDF derives below it, one per use."""

from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from transforms.persons.pseudonymise import PseudonymKey

PURPOSE = "bestandsanalyse"
REGISTER_PURPOSE, REGISTER_PERIOD = "rechten", "register"
"""The register of who is left out has a key of its own, of no year: it outlives those of runs."""

Use = Literal["pseudonym", "staging", "quarantine", "archive", "index", "register", "seal"]


@dataclass(frozen=True)
class Secret:
    """256 random bits for one purpose, municipality, period and version.

    Attributes:
        fingerprint: As the key store keeps it; it leads back to nothing.
    """

    purpose: str
    gemeente_code: str
    period: str
    version: int
    fingerprint: str
    value: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        return f"{domain_of(self.gemeente_code, self.period, self.purpose)}/{self.version}"

    @property
    def staging_key(self) -> bytes:
        return self.derived("staging")

    @property
    def quarantine_key(self) -> bytes:
        return self.derived("quarantine")

    @property
    def pseudonym_key(self) -> PseudonymKey:
        letter = "p" if self.purpose == PURPOSE else "r"
        prefix = f"{letter}{self.gemeente_code}y{self.period}v{self.version}_"
        return PseudonymKey(self.key_id, prefix, self.derived("pseudonym"))

    def derived(self, use: Use) -> bytes:
        """32 bytes for one use; of one use nothing follows about another (RFC 5869)."""
        info = f"bestandsanalyse 1|{use}|{self.key_id}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.value)


def domain_of(gemeente_code: str, period: str, purpose: str = PURPOSE) -> str:
    """What versions of a key share: `bestandsanalyse/0865/2019`."""
    return f"{purpose}/{gemeente_code}/{period}"
