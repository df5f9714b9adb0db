"""Bytes of a length that says little: whoever sees how long a file is cannot tell who was taken out of it.

Encryption keeps lengths, and of the files of a delivery before and after an erasure the differences name nearly
everybody who knows one of them (measured on the sample: 528 of 598).
"""

from schemas.errors import StagingError

STEP = 1 << 16
"""Bytes: what a person takes is a thousandth of it to a hundredth, so that a step is rarely crossed by one."""

LENGTH_BYTES = 8


def padding(length: int) -> bytes:
    """Return what follows content of this length: zeros up to a multiple of `STEP`, with the length in the last 8."""
    return bytes(-(length + LENGTH_BYTES) % STEP) + length.to_bytes(LENGTH_BYTES, "big")


def unpad(content: bytes) -> bytes:
    """Return the content without its padding; raise `StagingError` if it was not padded."""
    length = int.from_bytes(content[-LENGTH_BYTES:], "big")
    if len(content) < LENGTH_BYTES or content[length:] != padding(length):
        raise StagingError("is not as it was written")
    return content[:length]
