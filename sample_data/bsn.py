"""BSNs for invented residents."""

from random import Random

PUBLIC_TEST_BSNS = ("010002546", "022264541")
"""Test numbers seen in public test data; both lose their leading zero when read as a number."""

THIRD_PARTY_BSNS = ("999900006", "999900018", "999996770", "999990019")
"""Test numbers for people who are only named in a remark; no resident has one."""


def check_digit(first_eight: str) -> int:
    """Return the ninth digit of the 11-check; 10 means that no number begins so."""
    return sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first_eight, strict=True)) % 11


def draw_bsns(rng: Random, count: int) -> list[str]:
    """Draw different numbers of the range 9999xxxxx that pass the 11-check."""
    heads = (str(head) for head in range(99990000, 100000000))
    valid = [f"{head}{check_digit(head)}" for head in heads if check_digit(head) < 10]
    return rng.sample([bsn for bsn in valid if bsn not in THIRD_PARTY_BSNS], count)


def fail_eleven_check(bsn: str) -> str:
    """Return the number with its last digit one up, which never passes."""
    return f"{bsn[:-1]}{(int(bsn[-1]) + 1) % 10}"
