"""Encryption of what stands between the steps of a run: AES-256-GCM, bound to what it is."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.errors import StagingError

NONCE_BYTES = 12


def seal(clear: bytes, *, key: bytes, nonce: bytes, bound_to: bytes) -> bytes:
    """Encrypt and authenticate bytes.

    Args:
        key: 32 bytes, for this use only.
        nonce: 12 random bytes, never used twice with a key.
        bound_to: What the bytes are; only the same words open them again.

    Returns:
        The nonce, then the ciphertext with its tag.
    """
    return nonce + AESGCM(key).encrypt(nonce, clear, bound_to)


def unseal(sealed: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """The bytes that were sealed.

    Raises:
        StagingError: They were changed, are something else, or were sealed with another key.
    """
    try:
        clear = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        clear = b""
    if not clear:
        raise StagingError("is missing, damaged or was made with another key")
    return clear
