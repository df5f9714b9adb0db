"""What the command line says of a release that was verified or attacked."""

from flows.verify import Attacked, Verified


def verified_text(proven: Verified) -> str:
    found = proven.audit
    lowest = "none is suppressed" if found.lowest_high is None else f"{found.lowest_high:.0f}"
    drawn = "made again from the tables, equal" if proven.is_redrawn else "not made again: other versions here"
    return (
        f"{proven.release} verifies.\n"
        f"  signed      {proven.statement.signed_at} by key {proven.statement.officer_fingerprint[:16]}\n"
        f"  files       {proven.files}, every hash as signed, nothing added\n"
        f"  report      {drawn}\n"
        f"  cells       {found.cells}, of which {found.suppressed} suppressed; none published from 1 to "
        f"{proven.profile.threshold - 1}\n"
        f"  an attacker with all tables: lowest upper bound of a suppressed cell {lowest} "
        f"(at least {proven.profile.threshold})"
    )


def attacked_text(found: Attacked) -> str:
    if found.interval is None:
        return "\n".join(["No count is suppressed in this release, so there is none to attack.", *_sums(found)])
    inside = f"comes below that for {found.own_record} of them" if found.own_record else "gets no further"
    lines = (
        f"Attacked with {found.audit.solved} linear and integer programs over all tables together:\n"
        f"  narrowest   {found.interval.low}-{found.interval.high}, {found.interval.width} wide "
        f"(at least {found.profile.minimum_width}): {found.narrowest}\n"
        f"  lowest      upper bound of a suppressed cell {found.audit.lowest_high:.0f} "
        f"(at least {found.profile.threshold})\n"
        f"  own record  somebody who is in a suppressed cell himself {inside}"
    )
    return "\n".join([lines, *_sums(found)])


def _sums(found: Attacked) -> list[str]:
    """A line per amount: how many sums are blank, and how far the best guess of one may be off."""
    return [
        f"  sums        {name}: {audit.cells} cells, of which {audit.suppressed} suppressed"
        + ("" if audit.narrowest_pct is None else f"; narrowest interval {audit.narrowest_pct:.0f} % either way")
        for name, audit in found.amounts.items()
    ]
