"""The one recipe Identified -> Pseudonymised: keyed and per domain.

One AES-256 block per BSN: an 8-byte tag of the domain, 4 zero bytes, the BSN as a big-endian
u32. Reasons for this one block instead of a MAC:

- it is a permutation, so two BSNs never share a pseudonym, and nothing is truncated;
- each value is exactly one block, so ECB is the bare permutation and shows only equality,
  which is what a pseudonym is for;
- the key holder can decode (rights of the data subject), and decoding sees a foreign or
  changed block by tag, zeros and 11-proef;
- a hash without a key is no pseudonym: all 90 million BSNs are hashed within half a minute.

A pseudonym is bytes, and has no form for people: it is stored encrypted, joined on, and never shown.

Custody and destruction of the key are the protection (AVG art. 4 lid 5), not the arithmetic.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from schemas.errors import ForeignPseudonym, InvalidBsn
from schemas.fields import BSN
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PC4, PERSOON_ID
from schemas.specs import Field, SourceSpec, Treatment
from schemas.states import SEAL, Identified, Pseudonymised
from transforms.intake.delivery import no_rows
from transforms.intake.elfproef import is_valid_bsn, passes_elfproef
from transforms.intake.parse import LATEST, parse_columns
from transforms.persons.derive import completed_years

_BLOCK = 16
_NUMBERS = 10**9  # a BSN has nine digits
_CHUNK = 1 << 13
"""Values per call of the cipher: intermediate results stay in the processor's cache, which halves the time."""


@dataclass(frozen=True)
class PseudonymKey:
    """An AES-256 key and its domain; repr shows no key.

    Attributes:
        domain: Purpose, municipality, period and version, such as `bestandsanalyse/0865/2019/1`.
        prefix: Letter, municipality, period and version in front of every pseudonym (`p0865y2019v1_`), in clear:
            a stray pseudonym shows its origin, and a search for leaks has something to look for.
    """

    domain: str
    prefix: str
    key: bytes = field(repr=False)

    @property
    def tag(self) -> bytes:
        """First eight bytes of every block of this domain; no secret."""
        return hashlib.sha256(f"bestandsanalyse pseudonym 1|{self.domain}".encode()).digest()[:8]


def pseudonymise(identified: Identified, source: SourceSpec, *, key: PseudonymKey, peildatum: date) -> Pseudonymised:
    """Return the rows of one delivery without anything that identifies a person.

    BSN becomes `persoon_id`, birth date the lowest and highest age it allows on the peildatum,
    postcode `pc4`, a provider `aanbieder_nummer`. Names, addresses, free text and all else that the
    register drops is left out, and so are the line numbers and the order of the delivered file.

    Args:
        identified: Valid rows of `check_contract`.

    Raises:
        InvalidBsn: A row without a valid BSN came this far.
    """
    if not identified.frame.select(is_valid_bsn(BSN.col).fill_null(False).all()).item():
        raise InvalidBsn
    return _pseudonymised(identified.frame, source, key, peildatum)


def nobody(source: SourceSpec, *, key: PseudonymKey, peildatum: date) -> Pseudonymised:
    """Return what `pseudonymise` would of a delivery without rows, for a source that is not delivered."""
    return _pseudonymised(parse_columns(no_rows(source), source), source, key, peildatum)


def _pseudonymised(frame: pl.DataFrame, source: SourceSpec, key: PseudonymKey, peildatum: date) -> Pseudonymised:
    columns = [expression for column in source.read for expression in _columns_of(column.field, frame, key, peildatum)]
    rows = frame.select(columns)
    return Pseudonymised(rows.sort(rows.columns), SEAL)


def _columns_of(field: Field, frame: pl.DataFrame, key: PseudonymKey, peildatum: date) -> list[pl.Expr | pl.Series]:
    """Return the columns that the treatment of a field leaves of it."""
    match field.treatment:
        case Treatment.KEEP:
            return [field.col]
        case Treatment.DROP | Treatment.UNREAD:
            return []
        case Treatment.PSEUDONYM:
            return [encode(frame[field.name], key).alias(PERSOON_ID)]
        case Treatment.AGE:
            return [
                completed_years(pl.col(field.name + LATEST), peildatum=peildatum).alias(LEEFTIJD_LAAGST),
                completed_years(field.col, peildatum=peildatum).alias(LEEFTIJD_HOOGST),
            ]
        case Treatment.PC4:
            return [field.col.str.slice(0, 4).alias(PC4)]
        case Treatment.NUMBER:
            # Only equality between rows is needed; the name of a provider can be a person's.
            return [field.col.rank("dense").alias(f"{field.name}_nummer")]


def encode(bsn: pl.Series, key: PseudonymKey) -> pl.Series:
    """Return the pseudonyms of BSNs, row by row: Binary, the prefix and one enciphered block.

    Args:
        bsn: String series of nine digits each, without nulls; `pseudonymise` checks the 11-proef.

    Raises:
        InvalidBsn: A value is null or no number.
    """
    parsed = bsn.cast(pl.UInt32, strict=False)
    if parsed.null_count():
        raise InvalidBsn
    numbers = parsed.to_numpy()
    pseudonyms = np.empty(len(numbers), dtype=[("prefix", f"V{len(key.prefix)}"), ("block", f"V{_BLOCK}")])
    pseudonyms["prefix"] = np.void(key.prefix.encode())
    blocks = np.zeros((_CHUNK, 4), dtype=">u4")
    blocks[:, :2] = np.frombuffer(key.tag, dtype=">u4")
    clear = blocks.view(np.uint8).reshape(-1).data
    enciphered = memoryview(bytearray(blocks.nbytes + _BLOCK))
    encryptor = _cipher(key).encryptor()
    for start in range(0, len(numbers), _CHUNK):
        rows = pseudonyms[start : start + _CHUNK]
        blocks[: len(rows), 3] = numbers[start : start + _CHUNK]
        written = encryptor.update_into(clear[: len(rows) * _BLOCK], enciphered)
        rows["block"] = np.frombuffer(enciphered[:written], dtype=f"V{_BLOCK}")
    encryptor.finalize()
    return _to_binary(pseudonyms)


def decode(pseudonyms: pl.Series, key: PseudonymKey) -> pl.Series:
    """Return the BSNs of pseudonyms made with this key; for the key holder only.

    Raises:
        ForeignPseudonym: A pseudonym was made with another key or in another domain, or was changed.
    """
    decryptor = _cipher(key).decryptor()
    blocks = decryptor.update(_to_blocks(pseudonyms, key.prefix.encode())) + decryptor.finalize()
    words = np.frombuffer(blocks, dtype=">u4").reshape(-1, 4)
    numbers = words[:, 3].astype(np.uint32)
    is_tagged = (words[:, :2] == np.frombuffer(key.tag, dtype=">u4")).all() and not words[:, 2].any()
    if not is_tagged or (numbers >= _NUMBERS).any() or not passes_elfproef(numbers).all():
        raise ForeignPseudonym
    return pl.Series(BSN.name, numbers).cast(pl.String).str.zfill(9)


def translate(pseudonyms: pl.Series, *, old: PseudonymKey, new: PseudonymKey) -> pl.Series:
    """Return the pseudonyms under a new version of the key, row by row; for the key holder only.

    The BSNs in between are in memory while this runs, and nowhere else. Links are kept: equal pseudonyms
    stay equal, and different ones stay different.

    Raises:
        ForeignPseudonym: A pseudonym was not made with the old key, was changed, or is null.
    """
    return encode(decode(pseudonyms, old), new)


def _cipher(key: PseudonymKey) -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES256(key.key), modes.ECB())  # noqa: S305 - one block per value, see the module


def _to_binary(values: npt.NDArray[np.void]) -> pl.Series:
    """Return values of one width as a column, without a Python object per row."""
    letters = values.view(np.uint8).reshape(len(values), values.itemsize)
    return pl.Series(PERSOON_ID, letters).cast(pl.List(pl.UInt8)).cast(pl.Binary)


def _to_blocks(pseudonyms: pl.Series, prefix: bytes) -> bytes:
    """Return the enciphered blocks of pseudonyms.

    Raises `ForeignPseudonym` if one has another form or prefix.
    """
    if pseudonyms.dtype != pl.Binary:
        raise ForeignPseudonym
    is_ours = pseudonyms.bin.starts_with(prefix) & (pseudonyms.bin.size() == len(prefix) + _BLOCK)
    if not is_ours.fill_null(False).all():
        raise ForeignPseudonym
    return pseudonyms.bin.tail(_BLOCK).cast(pl.List(pl.UInt8)).explode().to_numpy().tobytes()
