"""Sealed bytes: no chunk can change, go, come or move, and the length tells nothing."""

import io
from collections.abc import Callable

import pytest

from flows.custody.seal import seal, unseal
from schemas.errors import StagingError
from transforms.sealing.padding import STEP, padding

KEY, NAME = bytes(range(32)), b"archive/run-1/wmo"
SALT, CHUNK = 16, STEP + 16


def _sealed(clear: bytes, key: bytes = KEY, name: bytes = NAME) -> bytes:
    file = io.BytesIO()
    seal(clear, file, key=key, bound_to=name)
    return file.getvalue()


def _unsealed(content: bytes) -> bytes:
    return unseal(io.BytesIO(content), key=KEY, bound_to=NAME)


@pytest.mark.parametrize("length", [0, 1, STEP - 9, STEP - 8, STEP - 7, STEP - 1, STEP, STEP + 1, 3 * STEP])
def test_it_comes_back_and_its_length_is_a_step(length: int) -> None:
    clear = bytes(index % 251 for index in range(length))
    content = _sealed(clear)
    assert _unsealed(content) == clear
    assert (len(content) - SALT) % CHUNK == 0
    assert length < 20 or clear[:20] not in content
    assert _sealed(clear) != content  # a salt of its own


TWO_IN_ONE = _sealed(b"x" * 100 + padding(100) + b"y" * STEP)
"""What stands in its first chunk would do as the whole of a shorter file."""
THREE = _sealed(b"x" * (2 * STEP + 5))
PARTS = [THREE[:SALT], *(THREE[SALT + place * CHUNK : SALT + (place + 1) * CHUNK] for place in range(3))]
REFUSED: dict[str, Callable[[], bytes]] = {
    "missing": lambda: b"",
    "only a salt": lambda: PARTS[0],
    "without its last chunk": lambda: b"".join(PARTS[:3]),
    "without a chunk between": lambda: PARTS[0] + PARTS[1] + PARTS[3],
    "two chunks swapped": lambda: PARTS[0] + PARTS[2] + PARTS[1] + PARTS[3],
    "a chunk twice": lambda: PARTS[0] + PARTS[1] + PARTS[1] + PARTS[2] + PARTS[3],
    "a chunk behind the last": lambda: THREE + PARTS[3],
    "cut off where a shorter file would end": lambda: TWO_IN_ONE[: SALT + CHUNK],
    "cut off": lambda: THREE[:-1],
    "longer": lambda: THREE + b"\0",
    "another salt": lambda: bytes(SALT) + THREE[SALT:],
    "another key": lambda: _sealed(b"x", key=bytes(32)),
    "another name": lambda: _sealed(b"x", name=b"archive/run-2/wmo"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_this_file_is_refused(case: str) -> None:
    with pytest.raises(StagingError) as caught:
        _unsealed(REFUSED[case]())
    assert caught.value.__cause__ is None


def test_every_byte_counts() -> None:
    content = _sealed(b"x" * 40)
    for place in (*range(100), *range(100, len(content), 997), len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(StagingError):
            _unsealed(bytes(changed))
