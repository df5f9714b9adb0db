"""Bytes of a length that says little: whoever sees how long a file is cannot tell who was taken out of it.

Encryption keeps lengths, and of the files of a delivery before and after an erasure the differences name nearly
everybody who knows one of them (measured on the sample: 528 of 598).
"""

from schemas.errors import StagingError

STEP = 1 << 16
"""Bytes: what a person takes is a thousandth of it to a hundredth, so that a step is rarely crossed by one."""

_LENGTH_BYTES = 8


def pad(content: bytes) -> bytes:
    """Return the content followed by zeros up to a multiple of `STEP`.

    The last 8 bytes hold the length of the content instead of zeros.
    """
    return content + bytes(-(len(content) + _LENGTH_BYTES) % STEP) + len(content).to_bytes(_LENGTH_BYTES, "big")


def unpad(content: bytes) -> bytes:
    """Return the content without its padding; raise `StagingError` if it was not padded."""
    length = int.from_bytes(content[-_LENGTH_BYTES:], "big")
    rest = len(content) - _LENGTH_BYTES - length
    if len(content) % STEP or not 0 <= rest < STEP or any(content[length:-_LENGTH_BYTES]):
        raise StagingError("is not as it was written")
    return content[:length]
