"""A secret in three shares, any two of which restore it.

One share says no more than the secret's length. There are no polynomials: for each pair of shares the secret is split
anew with a one-time pad. One of the two gets random bytes, the other those bytes XOR the secret. Every share holds a
part of two pairs.
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
    """One holder's share: a part per other holder, in hex.

    `check` tells whether two shares belong together.
    """

    holder: int
    parts: tuple[tuple[int, str], ...]
    check: str

    def text(self) -> str:
        """Return the share as one line, to print and to lay in a safe."""
        parts = " ".join(f"{other}:{part}" for other, part in self.parts)
        return f"bestandsanalyse-deel {self.holder} {self.check} {parts}"


def split(secret: bytes) -> tuple[Share, Share, Share]:
    """Split a secret into three shares; their common check is random, and so says nothing of the secret."""
    check = secrets.token_hex(_CHECK_BYTES)
    parts: dict[int, list[tuple[int, str]]] = {holder: [] for holder in HOLDERS}
    sealed = secret + sha256(secret).digest()[:_CHECK_BYTES]
    for holder_a, holder_b in combinations(HOLDERS, 2):
        pad = secrets.token_bytes(len(sealed))
        parts[holder_a].append((holder_b, pad.hex()))
        parts[holder_b].append((holder_a, _xor(pad, sealed).hex()))
    first, second, third = (Share(holder, tuple(parts[holder]), check) for holder in HOLDERS)
    return first, second, third


def join(first: Share, second: Share) -> bytes:
    """Restore the secret from any two shares.

    Raises:
        SharesWrong: The shares are the same, belong to different secrets, or were changed.
    """
    first_parts, second_parts = dict(first.parts), dict(second.parts)
    if first.check == second.check and second.holder in first_parts and first.holder in second_parts:
        mine, theirs = bytes.fromhex(first_parts[second.holder]), bytes.fromhex(second_parts[first.holder])
        if len(mine) == len(theirs) > _CHECK_BYTES:
            sealed = _xor(mine, theirs)
            secret, proof = sealed[:-_CHECK_BYTES], sealed[-_CHECK_BYTES:]
            if sha256(secret).digest()[:_CHECK_BYTES] == proof:
                return secret
    raise SharesWrong


def read_share(text: str) -> Share:
    """Parse a share from its line; raises `SharesWrong` if it is none."""
    try:
        word, holder, check, *parts = text.split()
        pairs = tuple((int(other), bytes.fromhex(part).hex()) for other, part in (pair.split(":") for pair in parts))
        share = Share(int(holder), pairs, check)
    except ValueError:
        share = None
    if share is None or word != "bestandsanalyse-deel" or share.text() != " ".join(text.split()):
        raise SharesWrong
    return share


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
