"""A secret in memory, and the keys derived from it (HKDF)."""

from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from transforms.persons.pseudonymise import PseudonymKey

PURPOSE = "bestandsanalyse"
REGISTER_PURPOSE, REGISTER_PERIOD = "rechten", "register"
"""The register of excluded residents has a key of its own, for no year: it outlives the keys of runs."""

Use = Literal["pseudonym", "staging", "quarantine", "archive", "index", "register", "seal"]


@dataclass(frozen=True)
class Secret:
    """256 random bits for one purpose, municipality, period and version.

    Attributes:
        purpose: `PURPOSE` for runs, `REGISTER_PURPOSE` for the register of excluded residents.
        period: The year of the peildatum, or `REGISTER_PERIOD`.
        fingerprint: As the key store keeps it; nothing of the secret follows from it.
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
        return self.derive_key("staging")

    @property
    def quarantine_key(self) -> bytes:
        return self.derive_key("quarantine")

    @property
    def pseudonym_key(self) -> PseudonymKey:
        letter = "p" if self.purpose == PURPOSE else "r"
        prefix = f"{letter}{self.gemeente_code}y{self.period}v{self.version}_"
        return PseudonymKey(self.key_id, prefix, self.derive_key("pseudonym"))

    def derive_key(self, use: Use) -> bytes:
        """Return 32 bytes for one use; they say nothing about those for another use (RFC 5869)."""
        info = f"bestandsanalyse 1|{use}|{self.key_id}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.value)


def domain_of(gemeente_code: str, period: str, purpose: str = PURPOSE) -> str:
    """Return what all versions of a key share: `bestandsanalyse/0865/2019`."""
    return f"{purpose}/{gemeente_code}/{period}"
