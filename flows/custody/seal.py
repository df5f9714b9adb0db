"""Sealing stored bytes: AES-256-GCM, padded, bound to a name."""

import os
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.errors import StagingError
from transforms.sealing.padding import pad, unpad

_NONCE_BYTES = 12


def seal(clear: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """Encrypt and authenticate bytes.

    Args:
        key: 32 bytes, for this use only.
        clear: The bytes.
        bound_to: A name for the bytes; only the same name opens them again.

    Returns:
        A random nonce, then the ciphertext with its tag.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, pad(clear), bound_to)


def unseal(sealed: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """Return the bytes that were sealed.

    Raises:
        StagingError: They were changed, have another name, or were sealed with another key.
    """
    with suppress(InvalidTag, ValueError):
        return unpad(AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to))
    raise StagingError("is missing, damaged or was made with another key")
