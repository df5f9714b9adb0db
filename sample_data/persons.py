"""The 430 residents: identity, regeling, age, duration of support and trede."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from faker import Faker

from sample_data.bsn import PUBLIC_TEST_BSNS, draw_bsns
from sample_data.calibration import FORMER, INWONERS, LADDER_WMO, expand, ladder_pwet
from sample_data.formats import Row, draw_weighted, dutch_date, years_before

UNKNOWN_BIRTH = {
    10: (36, "00-05"),
    11: (50, "00-00"),
    12: (45, "00-00"),
    13: (55, "00-00"),
    300: (75, "00-00"),
    301: (80, "00-00"),
}
"""Resident number to the age reached in the year of the peildatum and the delivered day and month.

Residents 12 and 13 reach a new age class in that year, so theirs is not certain (except
on 31 December, when everybody had a birthday).
"""

BEGINS_TODAY = (1, 428)
"""Residents whose benefit (1) or provision (428) begins on the peildatum itself."""

_PUBLIC_BSN_HOLDERS = {20: PUBLIC_TEST_BSNS[0], 270: PUBLIC_TEST_BSNS[1]}
_AGES_PWET = {(18, 26): 12, (27, 44): 38, (45, 54): 24, (55, 65): 26}
_AGES_WMO = {(23, 44): 14, (45, 54): 10, (55, 65): 16, (66, 79): 30, (80, 95): 30}
_FIRST_NAMES = ("Zoë", "Noël", "Chloé", "Anaïs", "Danaë", "André", "José", "Jürgen", "Noémi", "Raúl", "Inês", "Søren")
_SURNAMES = (
    "Coenraädts", "Brugmans-Çelik", "Daniëls", "Françoisë", "Israël", "Müller", "Österlund", "Gonçalves",
    "Besançon", "Groë", "Linné", "Peña", "Naïri", "Créteur", "Yïldiz", "Ferdinandusse",
)  # fmt: skip
_STREETS = (
    "Kikkerpad", "Zilverlindelaan", "Zeeëgelstraat", "Coöperatieweg", "Oude Veerkuil", "Reünieplein",
    "Sterappelhof", "Turfschipperstraat", "Wollegrasveld", "Heksenketelpad",
)  # fmt: skip
_PC4 = {"5261": 40, "5262": 25, "5263": 28, "5266": 7}
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"


@dataclass(frozen=True)
class Person:
    """One resident in stock on the peildatum, or a former one.

    A former one has the regeling `voorbij`.

    Attributes:
        number: 0 to 429; first Participatiewet only, then both, then WMO only; then former residents.
        identity: Fields that both registrations hold: BSN, names, birth, address.
        leeftijd: Age in completed years; of an unknown birth day the age reached that year.
        dagen: Days since the first benefit or provision.
        trede: Current ladder level; 0 was not measured in the last year.
    """

    number: int
    regeling: str
    identity: Row
    leeftijd: int
    dagen: int
    trede: int

    @property
    def birth_known(self) -> bool:
        return self.number not in UNKNOWN_BIRTH


def make_persons(seed: int, peildatum: date) -> tuple[Person, ...]:
    """Make all residents in stock on the peildatum, in order of their number."""
    rng = Random(f"{seed}:persons")
    fake = Faker("nl_NL")
    fake.seed_instance(seed)
    regelingen = [regeling for regeling, count in INWONERS.items() for _ in range(count)]
    ages = [_age(rng, number, regeling) for number, regeling in enumerate(regelingen)]
    days = [_days(rng, number, age) for number, age in enumerate(ages)]
    treden = _treden(rng, ages, days)
    bsns = _bsns(rng)
    return tuple(
        Person(
            number,
            regelingen[number],
            _identity(rng, fake, bsns[number], _birth(rng, number, ages[number], peildatum)),
            ages[number],
            days[number],
            treden[number],
        )
        for number in range(len(regelingen))
    )


def make_former(seed: int, peildatum: date) -> tuple[Person, ...]:
    """Make residents who left before the peildatum: of working age, numbered on from those in stock.

    They are on no trede; `sample_data.former` gives each a benefit that ended.
    """
    rng = Random(f"{seed}:former")
    fake = Faker("nl_NL")
    fake.seed_instance(seed + 1)
    in_stock = {person.identity["bsn"] for person in make_persons(seed, peildatum)}
    bsns = [bsn for bsn in draw_bsns(rng, FORMER + len(in_stock)) if bsn not in in_stock]
    first = len(in_stock)
    ages = [rng.randint(25, 63) for _ in range(FORMER)]
    return tuple(
        Person(
            first + place,
            "voorbij",
            _identity(rng, fake, bsns[place], _birth(rng, first + place, age, peildatum)),
            age,
            0,
            0,
        )
        for place, age in enumerate(ages)
    )


def _age(rng: Random, number: int, regeling: str) -> int:
    classes = _AGES_WMO if regeling == "wmo" else _AGES_PWET
    low, high = rng.choices(tuple(classes), tuple(classes.values()))[0]
    age = rng.randint(low, high)
    return UNKNOWN_BIRTH[number][0] if number in UNKNOWN_BIRTH else age


def _days(rng: Random, number: int, age: int) -> int:
    """Draw the days of support: more for older people, never from before the eighteenth birthday."""
    years = min(rng.expovariate(1 / (2 + min(age, 65) / 10)), 20, age - 18 + rng.random() / 2)
    return 0 if number in BEGINS_TODAY else max(1, int(years * 365))


def _treden(rng: Random, ages: list[int], days: list[int]) -> list[int]:
    """Return exactly the published ladder; older residents with longer support stand lower, with noise."""
    in_pwet = INWONERS["pwet"] + INWONERS["beide"]
    chance = {number: ages[number] + days[number] / 180 + rng.gauss(0, 24) for number in range(in_pwet)}
    pwet = dict(zip(sorted(chance, key=lambda number: -chance[number]), expand(ladder_pwet()), strict=True))
    wmo = expand((INWONERS["wmo"] - sum(LADDER_WMO), *LADDER_WMO))
    rng.shuffle(wmo)
    return [pwet[number] for number in range(in_pwet)] + [trede - 1 for trede in wmo]


def _bsns(rng: Random) -> list[str]:
    bsns = draw_bsns(rng, sum(INWONERS.values()))
    return [_PUBLIC_BSN_HOLDERS.get(number, bsn) for number, bsn in enumerate(bsns)]


def _birth(rng: Random, number: int, age: int, peildatum: date) -> str:
    since_birthday = rng.randrange(183, 365) if age == 18 else rng.randrange(365)
    if number in UNKNOWN_BIRTH:
        return f"{UNKNOWN_BIRTH[number][1]}-{peildatum.year - age}"
    return dutch_date(years_before(peildatum, age) - timedelta(days=since_birthday))


def _identity(rng: Random, fake: Faker, bsn: str, birth: str) -> Row:
    geslacht = draw_weighted(rng, {"0": 1, "1": 49, "2": 50})
    first = fake.first_name_male() if geslacht == "1" else fake.first_name_female()
    prefix, surname = _split_surname(fake.last_name())
    if rng.random() < 0.3:
        first, prefix, surname = rng.choice(_FIRST_NAMES), "", rng.choice(_SURNAMES)
    names = {"voornamen": first, "voorvoegsel": prefix, "achternaam": surname}
    return {"bsn": bsn, **names, "geslacht": geslacht, "geboorte_datum": birth, **_address(rng)}


def _split_surname(surname: str) -> tuple[str, str]:
    """Split `van der Berg` into `van der` and `Berg`: the prefix ends at the first capital."""
    words = surname.split(" ")
    first = next((place for place, word in enumerate(words) if word[0].isupper()), len(words) - 1)
    return " ".join(words[:first]), " ".join(words[first:])


def _address(rng: Random) -> Row:
    # _LETTERS has no S, so never SA, SD or SS, which no postcode ends in.
    space = " " if rng.random() < 0.8 else ""
    postcode = draw_weighted(rng, _PC4) + space + "".join(rng.choices(_LETTERS, k=2))
    huisnummer = str(rng.randint(1, 240)) + rng.choices(("", "a", "-2"), (90, 7, 3))[0]
    return {"straatnaam": rng.choice(_STREETS), "huisnummer": huisnummer, "postcode": postcode}
