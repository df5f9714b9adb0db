"""Whether one row is one person, and which columns tell of persons in words."""

import re
from collections.abc import Iterator

from transforms.inspection.tables import words
from transforms.inspection.tables.identifiers import Sighting, find_identifiers
from transforms.inspection.tables.model import Override, Statistic, Subject, Table
from transforms.inspection.tables.words import word_set

PERSON_KEYS = word_set(
    "kandidaat client clientnummer clientnr clientid clientcode persoon persoonsnummer persoonid "
    "deelnemer deelnemernummer deelnemerid bsn burgerservicenummer pseudoniem pseudonym inwoner "
    "inwonernummer inwonerid klant klantnummer klantid respondent respondentnummer dossiernummer dossier "
    "casus kandidaatnummer kandidaatid patient patientnummer patientid personid clientkey"
)
ROW_KEYS = word_set("id nr no nummer volgnummer volgnr rijnummer record recordid number key")
ATTRIBUTES = word_set(
    "geslacht leeftijd geboortedatum geboortejaar bsn postcode naam achternaam voornaam nationaliteit "
    "woonplaats adres geboorteland trede loonwaarde gender age burgerlijkestaat diagnose"
)
_ORGANISATIONS = words.word_set(
    "aanbieder aanbieders zorgaanbieder organisatie instelling bedrijf werkgever locatie gemeente school vereniging"
)
_PERSON_LABEL = re.compile(r"(kandidaat|client|persoon|deelnemer|inwoner|respondent|klant|casus|patient) ?[a-z]?\d+")
_FREE_TEXT = re.compile(
    r"opmerking|toelichting|quote|citaat|notitie|verslag|aantekening|rapportage|reactie|uitspraak|omschrijving"
    r"|beschrijving|motivatie|situatie|comment|remark|antwoord"
)
_QUOTE = re.compile(r"quote|citaat|uitspraak")
SENTENCE_WORDS = 4
"""Fewer words than this are a category."""

_STATISTICS = (Statistic.MEAN, Statistic.MINIMUM, Statistic.MAXIMUM, Statistic.PERCENTAGE)


def is_personal(table: Table) -> bool:
    """Whether one row is one person: by a key of persons, by a mere row key, or by columns of attributes."""
    return (
        person_key(table) is not None
        or _is_keyed_list(table)
        or _is_attribute_list(table)
        or _is_identified_list(table)
    )


def person_key(table: Table) -> str | None:
    """The column that numbers or names persons; None if there is none."""
    keys = (name for name in table.frame.columns if _is_person_key(table, name))
    return next(keys, None)


def is_named_personally(table: Table) -> bool:
    """Whether the labels may be values of persons: an identifier stands in a column that names the rows."""
    return any(found.column in table.dimensions for found in direct_identifiers(table))


def direct_identifiers(table: Table) -> Iterator[Sighting]:
    organisations = bool(_ORGANISATIONS & {*words.tokens(table.frame.columns[0])})
    told = counts_persons(table) or words.subject_of(table.title) is Subject.THINGS
    return find_identifiers(table.frame, names_groups=told, names_organisations=organisations)


def counts_persons(table: Table) -> bool:
    """Whether a column says itself that it counts persons; a guess from the rest of the table does not count."""
    return any(
        (
            column.statistic is Statistic.COUNT
            and column.subject is Subject.PERSONS
            and (column.override is Override.UNIT or words.has_generic(column.name) or words.is_period(column.name))
        )
        or words.is_total(column.name)
        for column in table.columns
    )


def free_text(table: Table) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Columns with sentences about persons, with the rows (from 0) that hold one."""
    for name in table.frame.columns:
        header = words.normalise(name)
        is_told = _QUOTE.search(header) if not table.is_personal else _FREE_TEXT.search(header)
        if not is_told or counts_persons(table):
            continue
        rows = tuple(row for row, text in enumerate(table.frame[name]) if len((text or "").split()) >= SENTENCE_WORDS)
        if rows:
            yield name, rows


def _is_person_key(table: Table, name: str) -> bool:
    """A header such as kandidaat or clientnummer, or labels such as 'Kandidaat 7', that tell rows apart."""
    values = [words.normalise(value) for value in table.frame[name] if value and not words.is_total(value)]
    if len(values) < 2:
        return False
    if name == table.frame.columns[0] and all(_PERSON_LABEL.fullmatch(value) for value in values):
        return True
    header = set(words.tokens(name)) | {"".join(words.tokens(name))}
    if not header & PERSON_KEYS or words.statistic_named(name) or len(set(values)) < 2:
        return False
    is_apart = 2 * len(set(values)) >= len(values) and all(re.search(r"\d", value) for value in values)
    return is_apart or not counts_persons(table)


def _is_keyed_list(table: Table) -> bool:
    """Rows that nothing but a number tells apart, without any count or statistic of persons."""
    first = table.frame.columns[0]
    values = [value for value in table.frame[first] if value and not words.is_total(value)]
    is_key = "".join(words.tokens(first)) in ROW_KEYS and all(re.search(r"\d", value) for value in values)
    if not is_key or len(values) < 3 or len(set(values)) < len(values) or _is_aggregate(table):
        return False
    named = [name for name in _other_texts(table) if not _FREE_TEXT.search(words.normalise(name))]
    return not named or bool(_attributes(table))


def _is_attribute_list(table: Table) -> bool:
    return len(_attributes(table)) >= 2 and table.frame.height >= 3 and not _is_aggregate(table)


def _is_identified_list(table: Table) -> bool:
    """Rows of which each has a BSN, a name or a birth date, without any count or statistic of persons."""
    told = (found for found in direct_identifiers(table) if found.kind in ("bsn", "naam", "geboortedatum"))
    return not _is_aggregate(table) and any(2 * len(found.rows) > table.frame.height for found in told)


def _is_aggregate(table: Table) -> bool:
    return counts_persons(table) or any(column.statistic in _STATISTICS for column in table.columns)


def _attributes(table: Table) -> list[str]:
    joined = {name: {*words.tokens(name), "".join(words.tokens(name))} for name in table.frame.columns}
    return [name for name, header in joined.items() if header & ATTRIBUTES]


def _other_texts(table: Table) -> list[str]:
    numbers = {column.name for column in table.columns}
    return [name for name in table.frame.columns[1:] if name not in numbers]
