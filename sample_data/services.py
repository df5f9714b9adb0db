"""Rows of trajecten.csv for other services that are bought.

They are of WSD, of care providers and of local providers. Calibrated to the report: services bought in the year before
and in this year, and providers per trede.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_data.arrangement import relative_date
from sample_data.formats import Row, draw_weighted, remark, traject_cent
from sample_data.persons import Person


@dataclass(frozen=True)
class Offer:
    """Services that are bought for the persons on one trede.

    Attributes:
        providers: Number of different providers by aanbiedersoort (evaluation report, providers per trede).
        more: Number of further services of the same local providers. Our choice.
        wsd: Number of services of WSD beside the Transitie Arrangement. Our choice.
        both_years: Number of services of other providers, and of WSD, that already ran in the year before.
    """

    providers: dict[str, int]
    more: int
    wsd: int
    both_years: tuple[int, int]


OFFERS: dict[int, Offer] = {
    1: Offer({"zorg": 3, "lokaal": 21, "wsd": 1}, 6, 2, (15, 0)),
    2: Offer({"zorg": 5, "lokaal": 22, "wsd": 1}, 6, 3, (17, 0)),
    3: Offer({"zorg": 5, "lokaal": 18, "wsd": 3}, 6, 8, (15, 2)),
    4: Offer({"zorg": 0, "lokaal": 18, "wsd": 4}, 10, 15, (14, 2)),
    # On trede 5 the Transitie Arrangement brings two more units of WSD.
    5: Offer({"zorg": 0, "lokaal": 9, "wsd": 3}, 2, 6, (5, 2)),
    6: Offer({"zorg": 0, "lokaal": 9, "wsd": 0}, 0, 0, (4, 0)),
}

ENDED = {"lokaal": 46, "wsd": 5}
"""Services that ended in the first half of the year before, of persons who left. Our choice."""

_WSD = ("WSD Diagnose", "WSD Werkfit", "WSD Jobcoaching", "WSD Detachering")
_ZORG = ("Zorgpunt Zonnewijzer", "Stichting Dagdraad", "Zorgerf Het Hazenpad", "Praktijk Lindetak", "Zorggroep Meander")
_LOKAAL = (
    "Werkplaats De Knotwilg", "Reïntegratie Zilverlinde", "Stichting Buurttuin", "Fietsatelier Het Spatbord",
    "Kringloop Tweede Ronde", "Buurthuis De Regenboom", "Taalhuis Praatgraag", "Theehuis De Kastanje",
    "Kookstudio Lepelaar", "Houtwerk De Spaander", "Naaiatelier Stiksel", "Moestuin Kropsla", "Drukkerij Letterbak",
    "Kinderboerderij De Geit", "Sportpunt Beweegreden", "Repair Café Schroefje", "Bakkerij Deegrol",
    "Bloemenhoek Korenbloem", "Wasserij Knisper", "Loopbaanwinkel Wegwijs", "Computerclub Toets", "Fietskoerier Bel",
)  # fmt: skip

_KINDS = {"29": 34, "30": 28, "31": 9, "59": 29}
_WITH_LOONWAARDE = ("30", "31")
_BEFORE = date(2017, 9, 1), date(2018, 10, 30)
_NOW = date(2019, 1, 7), date(2019, 6, 24)
_ENDED_BEGIN = date(2017, 6, 1), date(2018, 1, 5)
_ENDED_END = date(2018, 1, 10), date(2018, 6, 25)


def service_rows(stock: Sequence[Person], former: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every service that is bought beside the Transitie Arrangement.

    Args:
        stock: Persons in the Participatiewet; those longest in support get the services that began in the year before.
        former: Persons who have left, for the services that ended then.
        rng: Seeded generator.
        peildatum: Reference date of the delivery.
    """
    rows: list[Row] = []
    for trede, offer in OFFERS.items():
        on_trede = sorted((person for person in stock if person.trede == trede), key=lambda person: -person.dagen)
        for providers, both_years in zip(_providers(offer), offer.both_years, strict=True):
            rows += _current_services(providers, both_years, on_trede, rng, peildatum)
    kinds = [
        (soort, name) for soort, names in (("lokaal", _LOKAAL), ("wsd", _WSD)) for name in _some(names, ENDED[soort])
    ]
    ended = zip(kinds, former, strict=False)
    return rows + [_ended_service(person, provider, rng, peildatum) for provider, person in ended]


def _providers(offer: Offer) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return aanbiedersoort and provider of every service on one trede: of other providers, and of WSD."""
    zorg, lokaal, wsd = (offer.providers[soort] for soort in ("zorg", "lokaal", "wsd"))
    other_providers = [("zorg", name) for name in _ZORG[:zorg]]
    other_providers += [("lokaal", name) for name in _some(_LOKAAL[:lokaal], lokaal + offer.more)]
    return other_providers, [("wsd", name) for name in _some(_WSD[:wsd], offer.wsd)]


def _some(names: Sequence[str], size: int) -> list[str]:
    """Return this many names, beginning again with the first when they are used up."""
    return [names[place % len(names)] for place in range(size)]


def _current_services(
    providers: Sequence[tuple[str, str]], both_years: int, persons: Sequence[Person], rng: Random, peildatum: date
) -> Iterator[Row]:
    """Yield services that ran this year, of which the first `both_years` began before it."""
    for place, provider in enumerate(providers):
        first, last = _BEFORE if place < both_years else _NOW
        # Several services of one person begin on different days, whoever provides them.
        days = place * 11 + 5 * (provider[0] == "wsd")
        begin = first + timedelta(days=days % (last - first).days)
        end = relative_date(begin + timedelta(days=rng.randint(250, 500)), peildatum) if place >= both_years else ""
        yield _row(persons[place % len(persons)], provider, relative_date(begin, peildatum), end, rng)


def _ended_service(person: Person, provider: tuple[str, str], rng: Random, peildatum: date) -> Row:
    begin, end = (
        first + timedelta(days=rng.randint(0, (last - first).days)) for first, last in (_ENDED_BEGIN, _ENDED_END)
    )
    return _row(person, provider, relative_date(begin, peildatum), relative_date(end, peildatum), rng)


def _row(person: Person, provider: tuple[str, str], begin: str, end: str, rng: Random) -> Row:
    kind = draw_weighted(rng, _KINDS)
    return {
        "bsn": person.identity["bsn"],
        "voorzieningsoort_code": kind,
        "aanbiedersoort_code": provider[0],
        "aanbieder": provider[1],
        "ingangs_datum": begin,
        "eind_datum": end,
        "reden_einde_code": "",
        "detacheringsvorm_code": "",
        "loonwaarde_pct": _loonwaarde(rng) if kind in _WITH_LOONWAARDE and rng.random() < 0.7 else "",
        "traject_cent": traject_cent(kind, person.identity["bsn"], begin),
        "opmerkingen": remark(rng),
    }


def _loonwaarde(rng: Random) -> str:
    """Draw 30 to 95 percent in halves, with a decimal comma: `48,5` or `48`."""
    halves = rng.randint(60, 190)
    return f"{halves // 2}{',5' if halves % 2 else ''}"
