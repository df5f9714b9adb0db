"""Sealing bytes in a file: chunks under AES-256-GCM, padded, bound to a name.

Every file has a key of its own, derived with a random salt. The number of a chunk is its nonce, and the last one is
marked, so that none can be left out, moved or added: the form of age v1 (C2SP, age.md, "Payload").
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schemas.errors import StagingError
from transforms.sealing.padding import STEP, padding, unpad

_SALT_BYTES, _TAG_BYTES, _KEY_BYTES, _COUNTER_BYTES = 16, 16, 32, 11


def seal(clear: bytes, file: BinaryIO, *, key: bytes, bound_to: bytes) -> None:
    """Encrypt and authenticate bytes into a file.

    Args:
        clear: The bytes.
        file: Empty, and open for writing. It gets the salt, and then every chunk of 64 KiB with its tag.
        key: 32 bytes, for this use only.
        bound_to: A name for the bytes; only the same name opens them again.
    """
    salt = os.urandom(_SALT_BYTES)
    cipher = _cipher(key, salt)
    file.write(salt)
    last = (len(clear) + len(padding(len(clear)))) // STEP - 1
    for number, chunk in enumerate(_chunks(clear)):
        file.write(cipher.encrypt(_nonce(number, is_last=number == last), chunk, bound_to))


def unseal(file: BinaryIO, *, key: bytes, bound_to: bytes) -> bytes:
    """Return the bytes that were sealed.

    Raises:
        StagingError: The file is empty, was changed, has another name, or was sealed with another key.
    """
    cipher = _cipher(key, file.read(_SALT_BYTES))
    with suppress(InvalidTag):
        return unpad(b"".join(_opened(file, cipher, bound_to)))
    raise StagingError("is missing, damaged or was made with another key")


def _chunks(clear: bytes) -> Iterator[bytes | memoryview]:
    """Yield bytes and their padding in pieces of `STEP`."""
    whole = len(clear) // STEP * STEP
    view = memoryview(clear)
    for start in range(0, whole, STEP):
        yield view[start : start + STEP]
    tail = clear[whole:] + padding(len(clear))
    for start in range(0, len(tail), STEP):
        yield tail[start : start + STEP]


def _opened(file: BinaryIO, cipher: AESGCM, bound_to: bytes) -> Iterator[bytes]:
    """Yield the chunks of a file; raise `InvalidTag` at the first that is not the next one."""
    number, chunk = 0, file.read(STEP + _TAG_BYTES)
    while chunk:
        following = file.read(STEP + _TAG_BYTES)
        yield cipher.decrypt(_nonce(number, is_last=not following), chunk, bound_to)
        number, chunk = number + 1, following


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), _KEY_BYTES, salt, b"bestandsanalyse 1|chunks").derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER_BYTES, "big") + bytes([is_last])
