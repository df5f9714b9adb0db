"""The key file: one random secret per purpose, municipality and period, made on first use."""

import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flows.home import write_private
from schemas.errors import KeyStoreError
from schemas.specs import Profile
from transforms.pseudonymise import PseudonymKey

PURPOSE = "bestandsanalyse"


@dataclass(frozen=True)
class Secret:
    """256 random bits for one purpose, municipality and period; uses are derived with HKDF."""

    purpose: str
    gemeente_code: str
    period: str
    value: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        return f"{self.purpose}/{self.gemeente_code}/{self.period}"

    @property
    def fingerprint(self) -> str:
        """16 hex digits that tell two keys apart and lead back to neither."""
        return self._derived("fingerprint")[:8].hex()

    @property
    def staging_key(self) -> bytes:
        return self._derived("staging")

    @property
    def quarantine_key(self) -> bytes:
        return self._derived("quarantine")

    @property
    def pseudonym_key(self) -> PseudonymKey:
        return PseudonymKey(self.key_id, f"p{self.gemeente_code}y{self.period}_", self._derived("pseudonym"))

    def _derived(self, use: str) -> bytes:
        info = f"bestandsanalyse 1|{use}|{self.key_id}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self.value)


def secret_for(path: Path, profile: Profile, peildatum: date) -> Secret:
    """The secret of this purpose, municipality and year; made if it does not exist yet.

    Raises:
        KeyStoreError: The file is a link, open to others, or not a key file.
    """
    period = str(peildatum.year)
    key_id = Secret(PURPOSE, profile.gemeente_code, period, b"").key_id
    stored = _read(path)
    if key_id not in stored:
        stored[key_id] = secrets.token_hex(32)
        write_private(path, json.dumps(stored, indent=2, sort_keys=True).encode())
    return Secret(PURPOSE, profile.gemeente_code, period, bytes.fromhex(stored[key_id]))


def _read(path: Path) -> dict[str, str]:
    if not path.exists() and not path.is_symlink():
        return {}
    if path.is_symlink() or not path.is_file():
        raise KeyStoreError("is a link or not a file")
    if stat.S_IMODE(path.stat().st_mode) != 0o600 or path.stat().st_uid != os.getuid():
        raise KeyStoreError("is open to others than its owner (it must be mode 0600)")
    stored = _parsed(path.read_bytes())
    if stored is None:
        raise KeyStoreError("does not hold keys")
    return stored


def _parsed(content: bytes) -> dict[str, str] | None:
    try:
        stored = json.loads(content)
        is_whole = all(len(bytes.fromhex(secret)) == 32 for secret in stored.values())
    except (ValueError, AttributeError, TypeError):
        return None
    return stored if is_whole else None
