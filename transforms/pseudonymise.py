"""The one recipe Identified -> Pseudonymised: keyed, per domain, a whole column in one call.

One AES-256 block per BSN: an 8-byte tag of the domain, 4 zero bytes, the BSN as a big-endian
u32. Reasons for this one block instead of a MAC:

- it is a permutation, so two BSNs never share a pseudonym, and nothing is truncated;
- each value is exactly one block, so ECB is the bare permutation and shows only equality,
  which is what a pseudonym is for;
- the key holder can decode (rights of the data subject), and decoding sees a foreign or
  changed block by tag, zeros and 11-proef;
- a hash without a key is no pseudonym: all 90 million BSNs are hashed within half a minute.

Custody and destruction of the key are the protection (AVG art. 4 lid 5), not the arithmetic.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from schemas.errors import ForeignPseudonym, InvalidBsn
from schemas.fields import BSN
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PC4, PERSOON_ID
from schemas.specs import Field, SourceSpec, Treatment
from schemas.states import Identified, Pseudonymised
from transforms.derive import completed_years
from transforms.parse import LATEST, is_valid_bsn

_BLOCK = 16
_TEXT = 22  # base64url of 16 bytes, without padding


@dataclass(frozen=True)
class PseudonymKey:
    """An AES-256 key and the domain it is for; repr shows no key.

    Attributes:
        domain: Purpose, municipality, period and version, such as `bestandsanalyse/0865/2019/1`.
        prefix: Letter, municipality, period and version in front of every pseudonym (`p0865y2019v1_`):
            it names the domain and keeps a spreadsheet from reading a formula or a number.
    """

    domain: str
    prefix: str
    key: bytes = field(repr=False)

    @property
    def tag(self) -> bytes:
        """Eight bytes that every block of this domain begins with; no secret."""
        return hashlib.sha256(f"bestandsanalyse pseudonym 1|{self.domain}".encode()).digest()[:8]


def pseudonymise(identified: Identified, source: SourceSpec, *, key: PseudonymKey, peildatum: date) -> Pseudonymised:
    """Rows of one delivery without what identifies a person.

    BSN becomes `persoon_id`, birth date the lowest and highest age it allows on the peildatum,
    postcode `pc4`, a provider `aanbieder_nummer`. Names, addresses, free text and all else that the
    register drops is gone, and so are the line numbers and the order of the delivered file.

    Args:
        identified: Valid rows of `check_contract`.

    Raises:
        InvalidBsn: A row without a valid BSN came this far.
    """
    frame = identified.frame
    if not frame.select(is_valid_bsn(BSN.col).fill_null(False).all()).item():
        raise InvalidBsn
    columns = [expression for one in source.fields for expression in _treated(one, frame, key, peildatum)]
    rows = frame.select(columns)
    return Pseudonymised(rows.sort(rows.columns))


def _treated(one: Field, frame: pl.DataFrame, key: PseudonymKey, peildatum: date) -> list[pl.Expr | pl.Series]:
    match one.treatment:
        case Treatment.KEEP:
            return [one.col]
        case Treatment.DROP:
            return []
        case Treatment.PSEUDONYM:
            return [encode(frame[one.name], key).alias(PERSOON_ID)]
        case Treatment.AGE:
            return [
                completed_years(pl.col(one.name + LATEST), peildatum=peildatum).alias(LEEFTIJD_LAAGST),
                completed_years(one.col, peildatum=peildatum).alias(LEEFTIJD_HOOGST),
            ]
        case Treatment.PC4:
            return [one.col.str.slice(0, 4).alias(PC4)]
        case Treatment.NUMBER:
            # Only whether two rows have the same one is needed; a name can be a person's.
            return [one.col.rank("dense").alias(f"{one.name}_nummer")]


def encode(bsn: pl.Series, key: PseudonymKey) -> pl.Series:
    """Pseudonyms of BSNs, as long as the input.

    Args:
        bsn: String series of nine digits each, without nulls; `pseudonymise` checks the 11-proef.

    Raises:
        InvalidBsn: A value is null or no number.
    """
    numbers = bsn.cast(pl.UInt32, strict=False)
    if numbers.null_count():
        raise InvalidBsn
    blocks = np.empty((len(bsn), 4), dtype=">u4")
    blocks[:, 0:2] = np.frombuffer(key.tag, dtype=">u4")
    blocks[:, 2] = 0
    blocks[:, 3] = numbers.to_numpy()
    ciphertext = _one_call(_cipher(key).encryptor(), blocks.tobytes())
    return _to_text(ciphertext, len(bsn), key.prefix)


def decode(pseudonyms: pl.Series, key: PseudonymKey) -> pl.Series:
    """BSNs of pseudonyms made with this key; for the key holder only.

    Raises:
        ForeignPseudonym: One was made with another key or in another domain, or was changed.
    """
    blocks = _one_call(_cipher(key).decryptor(), _to_blocks(pseudonyms, key.prefix))
    words = np.frombuffer(blocks, dtype=">u4").reshape(-1, 4)
    bsn = pl.Series(words[:, 3].astype(np.uint32)).cast(pl.String).str.zfill(9)
    is_ours = (words[:, :2] == np.frombuffer(key.tag, dtype=">u4")).all() and not words[:, 2].any()
    if not is_ours or not bsn.to_frame("bsn").select(is_valid_bsn(pl.col("bsn")).all()).item():
        raise ForeignPseudonym
    return bsn


def translate(pseudonyms: pl.Series, *, old: PseudonymKey, new: PseudonymKey) -> pl.Series:
    """The pseudonyms of a new version for those of an old one, row by row; for the key holder only.

    The BSNs between the two are in memory while this runs, and nowhere else. Links are kept: the same
    old pseudonym is always the same new one, and two are never one.

    Raises:
        ForeignPseudonym: One was not made with the old key, was changed, or is null.
    """
    return encode(decode(pseudonyms, old), new)


def _cipher(key: PseudonymKey) -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES256(key.key), modes.ECB())  # noqa: S305 - one block per value, see the module


def _one_call(context: CipherContext, data: bytes) -> bytes:
    buffer = bytearray(len(data) + _BLOCK)
    written = context.update_into(data, buffer)
    return bytes(buffer[:written]) + context.finalize()


def _to_text(blocks: bytes, rows: int, prefix: str) -> pl.Series:
    """base64url of each block. Padded to 18 bytes, every block ends on a whole group of 24 letters."""
    padded: npt.NDArray[np.uint8] = np.zeros((rows, 18), dtype=np.uint8)
    padded[:, :_BLOCK] = np.frombuffer(blocks, dtype=np.uint8).reshape(rows, _BLOCK)
    letters = np.frombuffer(base64.urlsafe_b64encode(padded.tobytes()), dtype="S24").astype("U22")
    return prefix + pl.Series(PERSOON_ID, letters.tolist(), dtype=pl.String)


def _to_blocks(pseudonyms: pl.Series, prefix: str) -> bytes:
    letters = pseudonyms.str.strip_prefix(prefix)
    is_text = pseudonyms.str.starts_with(prefix) & letters.str.contains(f"^[A-Za-z0-9_-]{{{_TEXT}}}$")
    if not is_text.fill_null(False).all():
        raise ForeignPseudonym
    joined = "".join((letters + "AA").to_list())
    try:
        padded = base64.b64decode(joined, altchars=b"-_", validate=True)
    except binascii.Error:
        padded = b""
    if len(padded) != 18 * len(pseudonyms):
        raise ForeignPseudonym
    rows = np.frombuffer(padded, dtype=np.uint8).reshape(-1, 18)
    return rows[:, :_BLOCK].tobytes()
