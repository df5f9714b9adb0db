"""The published numbers that the synthetic residents add up to.

Source: evaluation report of the Vught project: 430 residents, of whom 300 in the
Participatiewet in 2019, and their shares on the participatieladder.
"""

INWONERS = {"pwet": 265, "beide": 35, "wmo": 130}
"""Residents per regeling on the peildatum (`schemas.codes.REGELINGEN`)."""

LADDER_PCT = (17, 17, 16, 28, 21, 1)
"""Share on trede 1 to 6 of the residents in the Participatiewet."""

LADDER_WMO = (20, 15, 8, 2, 0, 0)
"""Residents with WMO only who were measured in the last year, on trede 1 to 6. Our choice."""

FORMER = 160
"""Residents who had a benefit and left before the peildatum; more than the earlier years need. Our choice."""


def largest_remainder(total: int, shares: tuple[int, ...]) -> tuple[int, ...]:
    """Divide a total in proportion to shares, into whole numbers that add up to it.

    Args:
        total: Number to divide, 0 or more.
        shares: Weights of 0 or more, not all 0.

    Returns:
        One number per share. What is left after rounding down goes to the largest
        remainders; of equal remainders the first share wins (method of Hamilton).
    """
    quotas = [divmod(total * share, sum(shares)) for share in shares]
    undivided = total - sum(quotient for quotient, _ in quotas)
    by_remainder = sorted(range(len(shares)), key=lambda index: -quotas[index][1])
    winners = set(by_remainder[:undivided])
    return tuple(quotient + (index in winners) for index, (quotient, _) in enumerate(quotas))


def expand(counts: tuple[int, ...]) -> list[int]:
    """Return one ladder level per resident: 51 times 1, then 51 times 2, and so on."""
    return [trede for trede, count in enumerate(counts, start=1) for _ in range(count)]


def ladder_pwet() -> tuple[int, ...]:
    """Return the numbers of residents in the Participatiewet on trede 1 to 6."""
    return largest_remainder(INWONERS["pwet"] + INWONERS["beide"], LADDER_PCT)
