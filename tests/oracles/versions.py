"""Which of several rows about one thing holds, in plain Python: none of our transforms."""

from collections import defaultdict
from collections.abc import Sequence

from tests.oracles.recount_profile import day

Row = dict[str, str]
UNREAD = {
    "Voornamen", "Voorvoegsel", "SignificantDeelVanDeAchternaam", "Achternaam", "Straatnaam", "Huisnummer",
    "Normbedrag", "Opmerkingen", "Commentaar", "Volume", "Frequentie", "ProductTarief", "Leveringsvorm",
    "KenmerkBeoordelaar", "Toelichting", "GeleverdVolume",
}  # fmt: skip
"""Columns that the analysis does not read, so that rows that differ there only are one."""


def standing(
    rows: Sequence[Row], key: Sequence[str], order: Sequence[str] = (), closing: Sequence[str] = ()
) -> list[Row]:
    """Good rows without repeats, without replaced versions, and without those that contradict each other.

    Of rows with one key the one that was made last holds; without a day for each of them, the one that ends the
    others, if nothing else differs. A row without its whole key stands by itself.

    Args:
        closing: Columns in which a row may differ from the one that it ends; the first holds the end.
    """
    unique = {tuple((name, value) for name, value in row.items() if name not in UNREAD): row for row in reversed(rows)}
    groups: dict[object, list[Row]] = defaultdict(list)
    for number, row in enumerate(unique.values()):
        whole = tuple(row.get(name) or "" for name in key)
        groups[whole if all(whole) else number].append(row)
    return [row for group in groups.values() for row in _holding(group, order, closing)]


def _holding(group: list[Row], order: Sequence[str], closing: Sequence[str]) -> list[Row]:
    if len(group) == 1:
        return group
    if len({row.get("Bsn", row.get("Burgerservicenr")) for row in group}) > 1:
        return []
    if order and all(row.get(name) for row in group for name in order):
        made = [(day(row[order[0]]), *(row[name] for name in order[1:])) for row in group]
        return [group[made.index(max(made))]] if made.count(max(made)) == 1 else []  # type: ignore[type-var]
    rest = {tuple((name, value) for name, value in row.items() if name not in {*closing, *UNREAD}) for row in group}
    ends = [day(row[closing[0]]) for row in group] if closing and len(rest) == 1 else []
    known = [end for end in ends if end]
    return [group[ends.index(min(known))]] if known and ends.count(min(known)) == 1 else []
