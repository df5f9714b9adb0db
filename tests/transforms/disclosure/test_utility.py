"""What each attacker costs is what is blank where he is withstood."""

from dataclasses import replace

import pytest

from schemas.profiles import STANDAARD
from tests.builders.releases import RELEASES, counted_of, residents_of, types_of
from transforms.disclosure import SameFile, protect
from transforms.disclosure.suppression.utility import POOLED, RECORDS, TABLES, utility_by_attacker

SPECS = RELEASES["linked pair"]
TYPES = types_of(SPECS)
NUMBERS = [(7 * place) % 23 + 1 for place in range(len(TYPES))]


@pytest.mark.parametrize("pooled", [0, 1, 2])
def test_every_row_is_the_release_of_its_own_profile(pooled: int) -> None:
    """Each is a search that the release does not lean on; so a release is made of every one."""
    counted, file = counted_of(NUMBERS, TYPES, SPECS), SameFile(persons=residents_of(NUMBERS, TYPES))
    profile = replace(STANDAARD, pooled=pooled)
    chosen = protect(counted, profile, file=file)
    found = utility_by_attacker(counted, profile, chosen.suppression, file)
    names = [TABLES, RECORDS, POOLED][: pooled + 2]
    assert [one.attacker for one in found] == names
    assert [one.is_chosen for one in found] == [place == pooled for place in range(len(names))]
    truth = [count for table in counted for count in table.frame["aantal"]]
    for number, one in enumerate(found):
        released = protect(counted, replace(profile, pooled=number), file=file).released
        values = [value for table in released for value in table.frame["value"]]
        assert one.cells == len(values)
        assert one.blank == values.count(None)
        seen = sum(true for true, value in zip(truth, values, strict=True) if value is not None)
        assert one.published_pct == 100 * seen // sum(truth)
