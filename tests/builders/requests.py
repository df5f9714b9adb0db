"""Questions of researchers: as text, as what is read from it, and such as the register forbids."""

from schemas.specs.question import COUNTS, Question

_GOOD = {
    "titel": '"Duur naar leeftijd"',
    "reden": '"Voor wie is nieuw aanbod nodig, en wat kost dat (ongeveer)?"',
    "maat": '"aantal"',
    "populatie": '"alle"',
    "dimensies": '["duurklasse", "leeftijdsklasse"]',
}


def request_toml(**changed: str) -> bytes:
    """A request that may be asked, with some lines changed; an empty one is left out."""
    lines = {**_GOOD, **changed}
    return "\n".join(["[verzoek]", *(f"{key} = {value}" for key, value in lines.items() if value)]).encode()


def asked(*names: str, population: str = "alle", measure: str = COUNTS) -> Question:
    return Question("Vraag", "Reden", measure, population, names)


FORBIDDEN = {
    "an amount": (asked("trede", measure="wmo"), "M32"),
    "a person profile": (asked("zrm", "leeftijdsklasse"), "nooit als profiel van personen"),
    "whichever comes first": (asked("leeftijdsklasse", "zrm"), "nooit als profiel van personen"),
    "a segment by age": (asked("risico", "leeftijdsklasse"), "alleen als totaal"),
    "a segment by scheme, as population": (asked("kans", population="pwet_totaal"), "alleen als totaal"),
    "history": (asked("uitval_baan"), "T21 tot en met T28"),
    "who is behind the amounts": (asked("kostensoort"), "M31"),
    "another population than it divides": (asked("productcategorie"), "Alleen wie WMO heeft"),
    "what is known of Pwet, of everybody": (asked("leefvorm"), "pwet_totaal"),
    "the same by age": (asked("leefvorm", "leeftijdsklasse"), "pwet_totaal"),
    "the same by scheme": (asked("startkwalificatie", "regeling"), "pwet_totaal"),
    "the same of WMO": (asked("voorziening", population="wmo_totaal"), "pwet_totaal"),
    "two with several categories": (asked("voorziening", "productcategorie", population="wmo_totaal"), "meer dan een"),
}
"""Questions that nobody may ask, by what is wrong with each; and a part of the sentence that refuses it."""
