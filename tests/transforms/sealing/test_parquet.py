"""Encrypted Parquet: not a byte of it can change, and another reader of the format opens it, given the key."""

import io
import os
from collections.abc import Callable
from datetime import date

import polars as pl
import pyarrow.parquet as pq
import pytest
from pyarrow.parquet.encryption import create_decryption_properties, create_encryption_properties

from schemas.errors import StagingError
from transforms.sealing.padding import STEP, padding, unpad
from transforms.sealing.parquet import MAC_BYTES, authentic, decrypt_frame, encrypt_frame, footer_key

KEY, NAME = bytes(range(32)), b"run-1/staging/personen"
FRAME = pl.DataFrame(
    {
        "persoon_id": ["p0865y2019_00", "p0865y2019_01"],
        "voorzieningen": [["30", "41"], []],
        "begin": [date(2019, 1, 1), None],
        "bedrag_cent": [1, None],
    }
)


def _sealed(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    encrypt_frame(frame, file, key=KEY, bound_to=NAME)
    return file.getvalue()


def _opened(content: bytes, key: bytes = KEY, name: bytes = NAME) -> pl.DataFrame:
    return decrypt_frame(io.BytesIO(content), key=key, bound_to=name)


def _parquet(content: bytes) -> bytes:
    return authentic(io.BytesIO(content), key=KEY, bound_to=NAME)


def test_it_comes_back_as_it_was_and_shows_nothing() -> None:
    content = _sealed(FRAME)
    assert _opened(content).equals(FRAME)
    for word in (b"persoon_id", b"p0865y2019", b"bedrag_cent", NAME, KEY):
        assert word not in content
    empty = _opened(_sealed(FRAME.clear()))
    assert empty.schema == FRAME.schema


def test_every_byte_counts() -> None:
    content = _sealed(FRAME)
    parquet = len(_parquet(content))
    # Every byte of the file, some of the padding, and every byte of length and HMAC.
    for place in (*range(parquet), *range(parquet, len(content) - 40, 997), *range(len(content) - 40, len(content))):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(StagingError):
            _opened(bytes(changed))


def test_the_length_of_a_file_is_a_step_and_tells_of_no_person() -> None:
    some, more = (_sealed(pl.DataFrame({"a": ["x" * 50] * rows})) for rows in (5, 9))
    assert len(some) == len(more) == STEP + MAC_BYTES
    for length in (0, 1, STEP - 9, STEP - 8, STEP - 7, STEP, 3 * STEP):
        content = bytes(length)
        padded = content + padding(length)
        assert len(padded) % STEP == 0
        assert len(padded) - length <= STEP + 7
        assert unpad(padded) == content
    for wrong in (b"", bytes(STEP - 1), bytes(STEP - 8) + (STEP).to_bytes(8, "big"), b"x" * STEP):
        with pytest.raises(StagingError):
            unpad(wrong)


def _plain() -> bytes:
    buffer = io.BytesIO()
    FRAME.write_parquet(buffer)
    return buffer.getvalue()


REFUSED: dict[str, Callable[[bytes], tuple[bytes, bytes, bytes]]] = {
    "another key": lambda content: (content, bytes(32), NAME),
    "another name": lambda content: (content, KEY, b"run-2/staging/personen"),
    "cut off": lambda content: (content[:-1], KEY, NAME),
    "longer": lambda content: (content + b"\0", KEY, NAME),
    "missing": lambda content: (b"", KEY, NAME),
    "without its HMAC": lambda content: (content[:-MAC_BYTES], KEY, NAME),
    "never encrypted": lambda content: (_plain(), KEY, NAME),
    "never encrypted, with an HMAC of another file": lambda content: (_plain() + content[-MAC_BYTES:], KEY, NAME),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_this_file_is_refused(case: str) -> None:
    content, key, name = REFUSED[case](_sealed(FRAME))
    with pytest.raises(StagingError) as caught:
        _opened(content, key, name)
    assert caught.value.__cause__ is None
    assert "persoon" not in str(caught.value)


def test_pyarrow_reads_it_with_the_key_only() -> None:
    parquet = io.BytesIO(_parquet(_sealed(FRAME)))
    properties = create_decryption_properties(footer_key(KEY), aad_prefix=NAME)
    table = pq.read_table(parquet, decryption_properties=properties)
    assert pl.DataFrame(pl.from_arrow(table)).equals(FRAME)
    for wrong in (
        create_decryption_properties(os.urandom(32), aad_prefix=NAME),
        create_decryption_properties(footer_key(KEY), aad_prefix=b"x"),
        None,
    ):
        with pytest.raises(OSError):
            pq.read_table(parquet, decryption_properties=wrong)


def test_polars_reads_what_pyarrow_encrypted() -> None:
    buffer = io.BytesIO()
    properties = create_encryption_properties(footer_key(KEY), aad_prefix=NAME, store_aad_prefix=False)
    pq.write_table(FRAME.to_arrow(), buffer, encryption_properties=properties)
    buffer.seek(0)
    read = pl.read_parquet(
        buffer, decryption=pl.ParquetDecryptionProperties(footer_key=footer_key(KEY), aad_prefix=NAME)
    )
    assert read.equals(FRAME)
