"""Dutch words of columns, rows and units, and their meaning.

Lists are short on purpose: a word that is not here says nothing, and a number without description is not taken for
persons.
"""

import re
import unicodedata
from collections.abc import Iterable

from transforms.inspection.tables.model import Statistic, Subject


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a text, which keeps a list of many readable."""
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
    """Return lower case without diacritics, words separated by one space; `aantal_personen` is two words."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9%<>]+", " ", plain.replace("€", " euro ").replace("%", " % ")).split())


def tokens(text: str | None) -> list[str]:
    """Return the normalised words of a text."""
    return normalise(text).split()


def declared_statistic(word: object) -> Statistic | None:
    """Return the statistic that a data package declares by this word."""
    return _DECLARED.get(str(word or "").strip().casefold())


def named_statistic(name: str) -> Statistic | None:
    """Return the statistic that a column name gives: pct, gem, laag, hoog, som; None if it gives none."""
    words = set(tokens(name))
    if "%" in words:
        return Statistic.PERCENTAGE
    return next((statistic for statistic, listed in _STATISTICS.items() if words & set(listed.split())), None)


def subject_of(unit: str | None) -> Subject:
    """Return what a unit or a name counts, by its first known word.

    'banen (personen)' are persons, 'doelen per persoon' are not; 'aantal' says nothing.
    """
    for word in tokens(unit):
        if word in PERSONS:
            return Subject.PERSONS
        if word in THINGS or word in MEASURES or word == "%":
            return Subject.THINGS
    return Subject.UNKNOWN


def is_class(name: str) -> bool:
    """Return whether a name is a class with counts below it, and no measure: '4-8 uur', 'score 1', 'leeftijd 18-26'."""
    measures = {word for word in tokens(name) if word in MEASURES or word == "%"}
    return any(map(str.isdigit, name)) and measures <= _CLASSED


def is_mixed(unit: str | None) -> bool:
    """Return whether a unit names several kinds, so that a row's own name may choose."""
    words = set(tokens(unit))
    return "mixed" in words or (bool(words & PERSONS) and bool(words & (THINGS | MEASURES)))


def is_measure(unit: str | None) -> bool:
    """Return whether a unit measures (euro, uren, procent) rather than counts things."""
    first = next((word for word in tokens(unit) if word in PERSONS | THINGS | MEASURES or word == "%"), "")
    return first in MEASURES or first == "%"


def measured_subject(unit: str | None) -> Subject:
    """Return the subject of a measure: 'euro per persoon', '% van doelgroep'; else unknown."""
    parts = _MEASURE_OF.split(normalise(unit), maxsplit=1)
    return subject_of(parts[-1]) if len(parts) > 1 else Subject.UNKNOWN


def is_generic(name: str | None) -> bool:
    """Return whether all words of a name or unit only say that something is counted; an empty one does."""
    return set(tokens(name)) <= GENERIC


def has_generic(name: str) -> bool:
    """Return whether a word of a name says that something is counted."""
    return bool(set(tokens(name)) & GENERIC)


def row_subject(text: str) -> Subject:
    """Return the subject that a row name gives; used only where the column gives none.

    Only its first words count: 'ingezette uren' are hours, 'met 4-8 uur participatie' are not.
    """
    words = tokens(text)
    leading = [word for word in words if word not in _SKIPPED][:1]
    if set(leading) & CORE_THINGS:
        return Subject.THINGS
    return Subject.PERSONS if set(words) & PERSONS else Subject.UNKNOWN


def speaks_of_things(*texts: str) -> bool:
    """Return whether a text holds words about money or organisations: 'participatiebudget'."""
    return any(
        re.search(r"budget|besteed|begroting|subsidie|aanbieder|kosten|inkoop|tarief", normalise(text))
        for text in texts
    )


def is_total(label: str) -> bool:
    """Return whether a label says total."""
    return bool(_TOTAL.search(normalise(label)))


def is_bare_total(label: str) -> bool:
    """Return whether a label says total and nothing else, so that it is the total of what stands around it."""
    return bool(_BARE_TOTAL.fullmatch(normalise(label)))


def is_part_of(label: str) -> bool:
    """Return whether a row is 'waarvan ...': a part of the row before it."""
    return bool(_PART_OF.match(label.strip().casefold()))


def is_rest(label: str) -> bool:
    """Return whether a label says rest or other."""
    return bool({"rest", "overig", "overige", "restant", "other"} & set(tokens(label)))


def is_period(name: str) -> bool:
    """Return whether a name is a period: y2017, 2018, res2019, jaar 2018."""
    return bool(re.fullmatch(r"(?:[a-z]{0,4} ?)?(?:19|20)\d\d(?: ?(?:q|kw)? ?\d)?", normalise(name)))


def is_percentile(name: str, among: Iterable[str]) -> bool:
    """Return whether a name is a percentile: P5 beside P95, kwartiel, sd.

    A lone P5 is trede 5 of the ladder.
    """
    ranks = {other: re.fullmatch(r"(?:.* )?p ?(\d{1,2})(?: .*)?", normalise(other)) for other in among}
    has_high = any(rank and int(rank[1]) > 6 for rank in ranks.values())
    spread = {"percentiel", "kwartiel", "sd", "std", "stdev", "standaardafwijking", "modus"} & set(tokens(name))
    return bool(spread) or (has_high and bool(ranks.get(name)))


def is_sensitive(*texts: str) -> bool:
    """Return whether a text is about a sensitive attribute.

    Health, capacity to work, treden and reasons: AVG art. 9, or as harmful to a person who is recognised.
    """
    return any(SENSITIVE.search(normalise(text)) for text in texts)


def is_about_health(*texts: str) -> bool:
    """Return whether a text is about health, which is sensitive whichever way a table is read."""
    return any(re.search(r"gezond|health|\bzrm\b|verslav|psych|diagnos|ziek", normalise(text)) for text in texts)


def periods(texts: Iterable[str]) -> frozenset[str]:
    """Return the years that are named; tables of other years count other populations."""
    return frozenset(year for text in texts for year in re.findall(r"(?:19|20)\d\d", text))


def is_explanation(sheet: str) -> bool:
    """Return whether the name of a sheet says that it explains the others."""
    return normalise(sheet) in {"toelichting", "leeswijzer", "inhoud", "colofon", "notes", "readme", "contents"}
