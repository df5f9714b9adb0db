"""The 11-proef: whether nine digits can be a BSN.

Source: iWmo 3.2 CS002; 9a+8b+7c+6d+5e+4f+3g+2h-i is divisible by 11. `000000000` passes by arithmetic and is refused.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_LAST = 4
_SPLIT = np.uint32(10**_LAST)
_CHUNK = 1 << 14
"""Numbers per step: intermediate results stay in the processor's cache."""


def is_valid_bsn(text: pl.Expr) -> pl.Expr:
    """Return whether a text is nine digits that pass the 11-proef; null stays null."""
    is_number = text.str.contains("^[0-9]{9}$")
    number = pl.when(is_number).then(text).cast(pl.UInt32, strict=False).fill_null(0)
    passes = number.map_batches(_passes, return_dtype=pl.Boolean, is_elementwise=True)
    return pl.when(is_number.is_not_null()).then(passes)


def meant_bsn(text: pl.Expr) -> pl.Expr:
    """Return the nine digits that a cell stands for, however it is written; null stays null.

    Leading zeros lost or added, points and spaces between digits, and the `,0` of a number are undone. Rows with such a
    cell are quarantined, but a person's rights hold for them too.
    """
    digits = text.str.replace(r"[.,]0{0,2}\s*$", "").str.replace_all("[^0-9]", "").str.strip_chars_start("0")
    return digits.str.zfill(9)


def passes_elfproef(numbers: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Return which numbers below 10^9 pass, written as nine digits; 0 does not.

    The first five digits and the last four are looked up: two small tables instead of nine multiplications
    (`benchmarks/pseudonyms.py`).
    """
    passes = np.empty(numbers.size, dtype=np.bool_)
    for start in range(0, numbers.size, _CHUNK):
        part = numbers[start : start + _CHUNK]
        first = part // _SPLIT
        last = part - first * _SPLIT
        np.equal(_FIRST.take(first, mode="clip"), _OPPOSITE.take(last, mode="clip"), out=passes[start : start + _CHUNK])
    passes[numbers == 0] = False
    return passes


def _remainders(weights: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Return the weighted sum modulo 11 of every number of as many digits as there are weights."""
    numbers = np.arange(10 ** len(weights))
    digits = (numbers // 10**place % 10 for place in range(len(weights)))
    return sum((weight * digit for weight, digit in zip(reversed(weights), digits, strict=True)), 0 * numbers) % 11


_FIRST = _remainders(_WEIGHTS[:-_LAST]).astype(np.uint8)
_OPPOSITE = (-_remainders(_WEIGHTS[-_LAST:]) % 11).astype(np.uint8)


def _passes(numbers: pl.Series) -> pl.Series:
    return pl.Series(numbers.name, passes_elfproef(numbers.to_numpy()))
