"""The profiles that a run can be held to."""

from dataclasses import replace
from datetime import date

from schemas.errors import UnknownProfile
from schemas.specs import Method, Profile
from schemas.specs.area import Part, Postcode4
from schemas.text import Text

MINIMUM_CELL = 10
"""Smallest publishable count of persons: CBS microdata rules and ABS DataLab, rule of 10."""

MINIMUM_WIDTH = 10
"""An attacker must be left an interval at least this wide around a small cell."""

MINIMUM_HOUSEHOLDS = 5
"""Fewest households behind a published number where households are declared: whoever knows that one household makes up
a cell knows all of it. Ours, to be confirmed."""

SENSITIVE_GROUP_PCT = 90
"""Share of a group in one category of a sensitive dimension from which on the category is told of the group. Ours, to
be confirmed."""

POOLED_RECORDS = 2
"""People in the file who may know each other's records and attack together, such as a household."""

_ALWAYS = date(1900, 1, 1)

STANDAARD = Profile(
    id="standaard",
    gemeente="Vught",
    gemeente_code="0865",
    postcodes=(
        Postcode4("5261", _ALWAYS),
        Postcode4("5262", _ALWAYS),
        Postcode4("5263", _ALWAYS),
        Postcode4("5266", _ALWAYS),
        # Helvoirt came from Haaren when that municipality was split.
        Postcode4("5268", date(2021, 1, 1)),
    ),
    threshold=MINIMUM_CELL,
    minimum_width=MINIMUM_WIDTH,
    group_pct=SENSITIVE_GROUP_PCT,
    pooled=POOLED_RECORDS,
)
KWARTAAL = replace(STANDAARD, id="kwartaal", method=Method.ROUND)
"""For what is released on a schedule: exact counts that move by a few show who came or left, and
rounded ones hardly do. To multiples of 10, so that nobody can prove that a cell holds 1 to 9."""

DEMO = replace(STANDAARD, id="demo", demo=True)
DEEL = replace(
    KWARTAAL,
    id="deel",
    part=Part(
        id="pc4-5261",
        title=Text(nl="inwoners met postcode 5261", en="residents with postcode 5261"),
        postcodes=("5261",),
    ),
)
"""A part of the file first, the whole later (evaluation report: 'Eerst wordt een klein deel van de totale populatie
geanalyseerd'). Rounded, and so the whole after it, with `kwartaal`: exact counts of both would give the rest away."""

PROFILES = (STANDAARD, KWARTAAL, DEEL, DEMO)

PROFILE_HELP = {
    STANDAARD.id: "exact counts, for what is released once",
    KWARTAAL.id: "rounded to tens, for what is released more often",
    DEEL.id: "rounded, and only residents with postcode 5261 (Vught)",
    DEMO.id: "exact counts, stamped DEMO, of made-up residents",
}
"""What the command line says of each."""


def profile_by_id(profile_id: str) -> Profile:
    """Return the profile with that id; raise `UnknownProfile`, which does not repeat the id, if there is none."""
    for profile in PROFILES:
        if profile.id == profile_id:
            return profile
    raise UnknownProfile(tuple(profile.id for profile in PROFILES))
