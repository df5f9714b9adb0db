"""Dutch words of column names, row names and units, and what they say about a number.

Lists are short on purpose: a word that is not here says nothing, and a number of which
nothing is said is not called a person.
"""

import re
import unicodedata
from collections.abc import Iterable

from transforms.inspection.tables.model import Statistic, Subject


def word_set(listed: str) -> frozenset[str]:
    """The words of a text, to keep a list of many readable."""
    return frozenset(listed.split())


PERSONS = word_set(
    "man vrouw persoon personen persons person people inwoner inwoners burger burgers client clienten clients "
    "kandidaten deelnemer deelnemers klanten mensen jongeren ouderen kinderen mannen vrouwen leerlingen "
    "werknemers volwassenen werkzoekenden uitkeringsgerechtigden bijstandsgerechtigden statushouders "
    "huishoudens gezinnen respondenten patienten residents households participants uitkeringen trajecten "
    "plaatsingen mantelzorgers doelgroep bijstandsontvangers medewerkers studenten scholieren verzekerden "
    "slachtoffers geregistreerden"
)
CORE_THINGS = word_set(
    "aanbieder aanbieders zorgaanbieders providers documenten documents concepten doelen goals stappen "
    "steps onderwerpen topics contracten budget begroting uren uur hours euro bedrag kosten bedragen "
    "werkgevers"
)
THINGS = CORE_THINGS | word_set(
    "organisaties instellingen bedrijven bijeenkomsten gesprekken trainingen locaties projecten "
    "activiteiten taken vragen acties meldingen voorzieningen diensten dienstverlening gemeenten wijken "
    "besteed subsidie subsidies tarief tarieven inkoop rapporten voertuigen woningen vacatures inkomsten "
    "uitgaven omzet"
)
MEASURES = word_set(
    "euro eur euros bedrag bedragen kosten uren uur hours hour jaar jaren year years procent percent pct "
    "percentage punten punt score maanden dagen weken fte km m2 leeftijd index minuten months days weeks "
    "rang groei stijging daling verschil mutatie toename afname omzet budget begroting"
)
_CLASSED = word_set("uren uur hours score jaar jaren maanden dagen weken leeftijd punten")
GENERIC = word_set("aantal aantallen n value count counts number freq frequentie teller noemer stuks")
SENSITIVE = re.compile(
    r"\btreden?\b|ladder|\bp ?[1-6]\b|ontheffing|gezond|health|\bzrm\b|beschut|uitval|\breden(en)?\b|verslav|psych"
    r"|niet in staat|arbeidsbeperk|loonwaarde|schuld|diagnos|ziek|wajong|detentie|geweld|handicap|arbeidsvermogen"
)
PERSON_DIMENSIONS = re.compile(
    r"leeftijd|geslacht|\btreden?\b|regeling|nationaliteit|opleiding|doelgroep|burgerlijke staat|herkomst"
    r"|\bage\b|gender"
)
_STATISTICS = {
    Statistic.PERCENTAGE: "pct percentage percentages procent perc percent aandeel",
    Statistic.MEAN: "gem gemiddeld gemiddelde mean avg average mediaan median",
    Statistic.MINIMUM: "laag laagste min minimum minimaal lowest",
    Statistic.MAXIMUM: "hoog hoogste max maximum maximaal highest grootste",
    Statistic.SUM: "som sum totaalbedrag",
}
_DECLARED = {
    "aantal": Statistic.COUNT, "percentage": Statistic.PERCENTAGE, "procent": Statistic.PERCENTAGE,
    "som": Statistic.SUM, "gemiddelde": Statistic.MEAN, "gemiddeld": Statistic.MEAN, "average": Statistic.MEAN,
    "median": Statistic.MEAN, "mediaan": Statistic.MEAN, "min": Statistic.MINIMUM, "max": Statistic.MAXIMUM,
    "tekst": Statistic.TEXT, "frequency": Statistic.COUNT, "proportion": Statistic.PERCENTAGE,
} | {statistic.value: statistic for statistic in Statistic}  # fmt: skip
_TOTAL = re.compile(r"\b(sub)?totaal\b|\btotal\b|\balle\b|\ballen\b|\biedereen\b|\bgezamenlijk\b")
_BARE_TOTAL = re.compile(r"(in |eind)?(totaal|total)( generaal)?|alle|allen|iedereen")
_SKIPPED = word_set("aantal totaal totale ingezette gestelde behaalde nieuwe aangeboden ingekochte de het")
_PART_OF = re.compile(r"(w\.?v\.?|waarvan|of which|daarvan)\b")
_MEASURE_OF = re.compile(r"\b(per|van|of|in)\b")


def normalise(text: str | None) -> str:
    """Lower case, no diacritics, words apart by one space; `aantal_personen` is two words."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9%<>]+", " ", plain.replace("€", " euro ").replace("%", " % ")).split())


def tokens(text: str | None) -> list[str]:
    return normalise(text).split()


def statistic_declared(word: object) -> Statistic | None:
    return _DECLARED.get(str(word or "").strip().casefold())


def statistic_named(name: str) -> Statistic | None:
    """The statistic that a column name tells: pct, gem, laag, hoog, som; None if it tells none."""
    words = set(tokens(name))
    if "%" in words:
        return Statistic.PERCENTAGE
    return next((statistic for statistic, told in _STATISTICS.items() if words & set(told.split())), None)


def subject_of(unit: str | None) -> Subject:
    """What a unit or a name counts, by its first telling word.

    'banen (personen)' are persons, 'doelen per persoon' are not; 'aantal' tells nothing.
    """
    for word in tokens(unit):
        if word in PERSONS:
            return Subject.PERSONS
        if word in THINGS or word in MEASURES or word == "%":
            return Subject.THINGS
    return Subject.UNKNOWN


def is_class(name: str) -> bool:
    """'4-8 uur', 'score 1', 'leeftijd 18-26': a class with counts below it, and no measure."""
    told = {word for word in tokens(name) if word in MEASURES or word == "%"}
    return any(map(str.isdigit, name)) and told <= _CLASSED


def is_mixed(unit: str | None) -> bool:
    """Whether a unit names several, so that a row's own name may choose."""
    words = set(tokens(unit))
    return "mixed" in words or (bool(words & PERSONS) and bool(words & (THINGS | MEASURES)))


def is_measure(unit: str | None) -> bool:
    """Whether a unit measures (euro, uren, procent) rather than counts things."""
    told = next((word for word in tokens(unit) if word in PERSONS | THINGS | MEASURES or word == "%"), "")
    return told in MEASURES or told == "%"


def measured_subject(unit: str | None) -> Subject:
    """Of what a measure is: 'euro per persoon', '% van doelgroep', 'procent van budget'; else unknown."""
    parts = _MEASURE_OF.split(normalise(unit), maxsplit=1)
    return subject_of(parts[-1]) if len(parts) > 1 else Subject.UNKNOWN


def is_generic(name: str | None) -> bool:
    """Whether all words of a name or unit only say that something is counted; an empty one does."""
    return set(tokens(name)) <= GENERIC


def has_generic(name: str) -> bool:
    return bool(set(tokens(name)) & GENERIC)


def row_subject(text: str) -> Subject:
    """What a row name says that its numbers are; only where the column does not say it.

    Only its first words: 'ingezette uren' are hours, 'met 4-8 uur participatie' are not.
    """
    words = tokens(text)
    leading = [word for word in words if word not in _SKIPPED][:1]
    if set(leading) & CORE_THINGS:
        return Subject.THINGS
    return Subject.PERSONS if set(words) & PERSONS else Subject.UNKNOWN


def speaks_of_things(*texts: str) -> bool:
    """Whether words that are about money or organisations stand anywhere: 'participatiebudget'."""
    return any(
        re.search(r"budget|besteed|begroting|subsidie|aanbieder|kosten|inkoop|tarief", normalise(text))
        for text in texts
    )


def is_total(label: str) -> bool:
    return bool(_TOTAL.search(normalise(label)))


def is_bare_total(label: str) -> bool:
    """Whether a label says total and nothing else, so that it is the total of what stands around it."""
    return bool(_BARE_TOTAL.fullmatch(normalise(label)))


def is_part_of(label: str) -> bool:
    """'waarvan ...': a part of the row before it."""
    return bool(_PART_OF.match(label.strip().casefold()))


def is_rest(label: str) -> bool:
    return bool({"rest", "overig", "overige", "restant", "other"} & set(tokens(label)))


def is_period(name: str) -> bool:
    """y2017, 2018, res2019, jaar 2018."""
    return bool(re.fullmatch(r"(?:[a-z]{0,4} ?)?(?:19|20)\d\d(?: ?(?:q|kw)? ?\d)?", normalise(name)))


def is_percentile(name: str, among: Iterable[str]) -> bool:
    """P5 beside P95, kwartiel, sd; a lone P5 is trede 5 of the ladder."""
    ranks = {other: re.fullmatch(r"(?:.* )?p ?(\d{1,2})(?: .*)?", normalise(other)) for other in among}
    has_high = any(rank and int(rank[1]) > 6 for rank in ranks.values())
    spread = {"percentiel", "kwartiel", "sd", "std", "stdev", "standaardafwijking", "modus"} & set(tokens(name))
    return bool(spread) or (has_high and bool(ranks.get(name)))


def is_sensitive(*texts: str) -> bool:
    """Health, capacity to work, treden and reasons: AVG art. 9, or as harmful for who is recognised."""
    return any(SENSITIVE.search(normalise(text)) for text in texts)


def is_about_health(*texts: str) -> bool:
    """Health tells of a person whichever way a table is read."""
    return any(re.search(r"gezond|health|\bzrm\b|verslav|psych|diagnos|ziek", normalise(text)) for text in texts)


def periods(texts: Iterable[str]) -> frozenset[str]:
    """Years that are named; tables of other years are other populations."""
    return frozenset(year for text in texts for year in re.findall(r"(?:19|20)\d\d", text))


def is_explanation(sheet: str) -> bool:
    """Whether a sheet says of itself that it explains the others."""
    return normalise(sheet) in {"toelichting", "leeswijzer", "inhoud", "colofon", "notes", "readme", "contents"}
