"""Encrypted Parquet: what stands between delivery and release, on a disk or on its way there.

Parquet modular encryption (apache/parquet-format, Encryption.md) with one key for footer and all columns: a file with
column keys would hold its other columns in clear. Its associated data names run, dataset and state, so that files
cannot be swapped.

That alone is not enough, by trial: a reader that has a key also reads a file that was never encrypted, and takes no
notice of changed bytes that it does not need, such as the page index. So the last 32 bytes are an HMAC of the whole
file and its name (encrypt, then authenticate), and nothing is parsed before it holds. Before them comes padding, as a
length tells, too. Without both it is a file that any reader of encrypted Parquet opens, given the key.
"""

import io
from contextlib import suppress
from typing import BinaryIO

import polars as pl
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from schemas.errors import StagingError
from transforms.sealing.padding import LENGTH_BYTES, STEP, padding

MAC_BYTES = 32
_KEY_BYTES = 32
_PROBLEM = "is missing, damaged or was made with another key"


def encrypt_frame(frame: pl.DataFrame, file: BinaryIO, *, key: bytes, bound_to: bytes) -> None:
    """Write a frame as padded, encrypted Parquet, followed by its HMAC; memory never holds the whole of it.

    Args:
        frame: Any frame.
        file: Empty, and open for writing and reading.
        key: 32 bytes, for this use only; two keys are derived from it.
        bound_to: A description of the frame; only the same one opens it again.
    """
    # Polars marks this unstable. `tests/transforms/sealing/test_parquet.py` holds it against pyarrow, both ways.
    properties = pl.ParquetEncryptionProperties(footer_key=footer_key(key), aad_prefix=bound_to)
    frame.write_parquet(file, encryption=properties)
    file.write(padding(file.seek(0, io.SEEK_END)))
    file.seek(0)
    mac = _begin_mac(key, bound_to)
    while piece := file.read(STEP):
        mac.update(piece)
    file.write(mac.finalize())


def decrypt_frame(file: BinaryIO, *, key: bytes, bound_to: bytes) -> pl.DataFrame:
    """Decrypt a frame, with columns and types as they were.

    Raises:
        StagingError: The file is empty, was changed in any byte, is another one, or was made with another key.
    """
    parquet = authentic(file, key=key, bound_to=bound_to)
    properties = pl.ParquetDecryptionProperties(footer_key=footer_key(key), aad_prefix=bound_to)
    with suppress(pl.exceptions.PolarsError):
        return pl.read_parquet(io.BytesIO(parquet), decryption=properties)
    raise StagingError(_PROBLEM)


def authentic(file: BinaryIO, *, key: bytes, bound_to: bytes) -> bytes:
    """Return the encrypted Parquet file that this one holds, if no byte of it was changed.

    What is authenticated is what is returned: the file is read once.

    Raises:
        StagingError: As `decrypt_frame`.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - MAC_BYTES - LENGTH_BYTES))
    length = int.from_bytes(file.read(LENGTH_BYTES), "big")
    if length <= size:
        file.seek(0)
        parquet, rest = file.read(length), file.read()
        mac = _begin_mac(key, bound_to)
        mac.update(parquet)
        mac.update(rest[:-MAC_BYTES])
        with suppress(InvalidSignature):
            mac.verify(rest[-MAC_BYTES:])
            if rest[:-MAC_BYTES] == padding(length):
                return parquet
    raise StagingError(_PROBLEM)


def footer_key(key: bytes) -> bytes:
    """Return the key of the Parquet file itself, with which other software can read it."""
    return _derived(key, b"parquet")


def _begin_mac(key: bytes, bound_to: bytes) -> HMAC:
    mac = HMAC(_derived(key, b"hmac"), SHA256())
    mac.update(len(bound_to).to_bytes(8, "big") + bound_to)
    return mac


def _derived(key: bytes, use: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=_KEY_BYTES, info=b"bestandsanalyse 1|" + use).derive(key)
