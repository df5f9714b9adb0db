"""Whether one row is one person, and which columns describe persons."""

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
    """Return whether one row is one person: by a key of persons, a mere row key, or columns of attributes."""
    return (
        person_key(table) is not None
        or _is_keyed_list(table)
        or _is_attribute_list(table)
        or _is_identified_list(table)
    )


def person_key(table: Table) -> str | None:
    """Return the column that numbers or names persons; None if there is none."""
    keys = (name for name in table.frame.columns if _is_person_key(table, name))
    return next(keys, None)


def is_named_personally(table: Table) -> bool:
    """Return whether the labels may be values of persons: a column that names the rows holds identifiers."""
    return any(sighting.column in table.dimensions for sighting in direct_identifiers(table))


def direct_identifiers(table: Table) -> Iterator[Sighting]:
    """Yield the direct identifiers of a table."""
    organisations = bool(_ORGANISATIONS & {*words.tokens(table.frame.columns[0])})
    is_aggregate = counts_persons(table) or words.subject_of(table.title) is Subject.THINGS
    return find_identifiers(table.frame, names_groups=is_aggregate, names_organisations=organisations)


def counts_persons(table: Table) -> bool:
    """Return whether a column itself says that it counts persons.

    A guess from the rest of the table does not count.
    """
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
    """Yield columns with sentences about persons, and the rows (from 0) that hold one."""
    for name in table.frame.columns:
        header = words.normalise(name)
        names_text = _QUOTE.search(header) if not table.is_personal else _FREE_TEXT.search(header)
        if not names_text or counts_persons(table):
            continue
        rows = tuple(row for row, text in enumerate(table.frame[name]) if len((text or "").split()) >= SENTENCE_WORDS)
        if rows:
            yield name, rows


def _is_person_key(table: Table, name: str) -> bool:
    """Return whether a column tells persons apart.

    By a header such as kandidaat or clientnummer, or labels such as 'Kandidaat 7'.
    """
    values = [words.normalise(value) for value in table.frame[name] if value and not words.is_total(value)]
    if len(values) < 2:
        return False
    if name == table.frame.columns[0] and all(_PERSON_LABEL.fullmatch(value) for value in values):
        return True
    header = set(words.tokens(name)) | {"".join(words.tokens(name))}
    if not header & PERSON_KEYS or words.named_statistic(name) or len(set(values)) < 2:
        return False
    is_apart = 2 * len(set(values)) >= len(values) and all(re.search(r"\d", value) for value in values)
    return is_apart or not counts_persons(table)


def _is_keyed_list(table: Table) -> bool:
    """Return whether only a number tells rows apart, and nothing counts or summarises persons."""
    first = table.frame.columns[0]
    values = [value for value in table.frame[first] if value and not words.is_total(value)]
    is_key = "".join(words.tokens(first)) in ROW_KEYS and all(re.search(r"\d", value) for value in values)
    if not is_key or len(values) < 3 or len(set(values)) < len(values) or _is_aggregate(table):
        return False
    named = [name for name in _other_texts(table) if not _FREE_TEXT.search(words.normalise(name))]
    return not named or bool(_attributes(table))


def _is_attribute_list(table: Table) -> bool:
    """Return whether rows have two attributes of persons, and nothing counts or summarises persons."""
    return len(_attributes(table)) >= 2 and table.frame.height >= 3 and not _is_aggregate(table)


def _is_identified_list(table: Table) -> bool:
    """Return whether most rows have a BSN, a name or a birth date, and nothing counts or summarises persons."""
    identifying = (
        sighting for sighting in direct_identifiers(table) if sighting.kind in ("bsn", "naam", "geboortedatum")
    )
    return not _is_aggregate(table) and any(2 * len(sighting.rows) > table.frame.height for sighting in identifying)


def _is_aggregate(table: Table) -> bool:
    """Return whether a table counts persons or holds statistics."""
    return counts_persons(table) or any(column.statistic in _STATISTICS for column in table.columns)


def _attributes(table: Table) -> list[str]:
    """Return the columns with an attribute of persons."""
    joined = {name: {*words.tokens(name), "".join(words.tokens(name))} for name in table.frame.columns}
    return [name for name, header in joined.items() if header & ATTRIBUTES]


def _other_texts(table: Table) -> list[str]:
    """Return the text columns behind the first."""
    numbers = {column.name for column in table.columns}
    return [name for name in table.frame.columns[1:] if name not in numbers]
