"""A secret in three shares, any two of which give it back, and one of which says no more than its length.

No polynomials: for each pair of shares the secret is split anew with a one-time pad. One of the two gets
random bytes, the other those bytes XOR the secret. Every share holds a part of two pairs.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from schemas.errors import SharesWrong

HOLDERS = (1, 2, 3)
_CHECK_BYTES = 8


@dataclass(frozen=True)
class Share:
    """What one holder keeps: a part per other holder, in hex. `check` tells whether two belong together."""

    holder: int
    parts: tuple[tuple[int, str], ...]
    check: str

    def text(self) -> str:
        """One line to print and to lay in a safe."""
        parts = " ".join(f"{other}:{part}" for other, part in self.parts)
        return f"bestandsanalyse-deel {self.holder} {self.check} {parts}"


def split(secret: bytes) -> tuple[Share, Share, Share]:
    """Three shares of a secret; the check is random, and so says nothing of it."""
    check = secrets.token_hex(_CHECK_BYTES)
    held: dict[int, list[tuple[int, str]]] = {holder: [] for holder in HOLDERS}
    sealed = secret + sha256(secret).digest()[:_CHECK_BYTES]
    for one, other in combinations(HOLDERS, 2):
        pad = secrets.token_bytes(len(sealed))
        held[one].append((other, pad.hex()))
        held[other].append((one, _xor(pad, sealed).hex()))
    first, second, third = (Share(holder, tuple(held[holder]), check) for holder in HOLDERS)
    return first, second, third


def join(one: Share, other: Share) -> bytes:
    """The secret of any two shares.

    Raises:
        SharesWrong: They are the same, of different secrets, or were changed.
    """
    parts, others = dict(one.parts), dict(other.parts)
    if one.check == other.check and other.holder in parts and one.holder in others:
        mine, theirs = bytes.fromhex(parts[other.holder]), bytes.fromhex(others[one.holder])
        if len(mine) == len(theirs) > _CHECK_BYTES:
            sealed = _xor(mine, theirs)
            secret, proof = sealed[:-_CHECK_BYTES], sealed[-_CHECK_BYTES:]
            if sha256(secret).digest()[:_CHECK_BYTES] == proof:
                return secret
    raise SharesWrong


def read_share(text: str) -> Share:
    """A share from its line; raises `SharesWrong` if it is none."""
    try:
        word, holder, check, *parts = text.split()
        found = tuple((int(other), bytes.fromhex(part).hex()) for other, part in (one.split(":") for one in parts))
        share = Share(int(holder), found, check)
    except ValueError:
        share = None
    if share is None or word != "bestandsanalyse-deel" or share.text() != " ".join(text.split()):
        raise SharesWrong
    return share


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
