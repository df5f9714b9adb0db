"""The deliveries as bytes: good and defective rows, shuffled."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import resources
from random import Random

from sample_data.benefits import participatiewet_rows, with_dossiers, wmo_rows
from sample_data.claims import claim_rows
from sample_data.defects import DEFECTS, Defect, with_own_key
from sample_data.formats import Row
from sample_data.former import former_benefits
from sample_data.measurements import ladder_rows, zrm_rows
from sample_data.ogdb import goal_rows, ogdb_rows
from sample_data.persons import Person, make_former, make_persons
from sample_data.trajecten import trajecten_rows
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.specs import Profile, SourceSpec

ENCODING = "cp1252"

_ROWS: dict[str, Callable[[Sequence[Person], Random, date], list[Row]]] = {
    "participatiewet": participatiewet_rows,
    "wmo": wmo_rows,
    "participatieladder": ladder_rows,
    "zrm": zrm_rows,
    "ogdb": ogdb_rows,
    "ogdb_doelen": goal_rows,
}


def deliveries(
    *, seed: int = 2019, peildatum: date = date(2019, 7, 1), profile: Profile = STANDAARD
) -> dict[str, bytes]:
    """Return every declared delivery, of residents who do not exist.

    Args:
        seed: The same seed and peildatum give the same bytes.
        peildatum: Every date lies relative to it, so that the published numbers hold on it.
        profile: Gives the municipality's code and the postcodes in which its residents live.

    Returns:
        Content by file name: cp1252, semicolons, CRLF, the header of the source.
    """
    persons, former = make_persons(seed, peildatum), make_former(seed, peildatum)
    rows = {source: _rows(source, persons, former, seed, peildatum) for source in SOURCES}
    return {
        source.file_name: _encode(source, _rows_in_municipality(profile, rows[source], peildatum)) for source in SOURCES
    }


def public_figures() -> bytes:
    """Return `openbaar.toml`: what a statistical office could publish of the sample of seed 2019, made up with it.

    As StatLine does, it rounds benefits to 10 and Wmo to 5, and shows nothing below 10.
    """
    return resources.files("sample_data").joinpath("openbaar.toml").read_bytes()


def _rows(
    source: SourceSpec, persons: Sequence[Person], former: Sequence[Person], seed: int, peildatum: date
) -> list[Row]:
    # A generator per file: a change in one file leaves the others as they were.
    rng = Random(f"{seed}:{source.id}")
    if source.id == "declaraties":
        # Claims are for the very products that wmo.csv holds.
        rows = claim_rows(wmo_rows(persons, Random(f"{seed}:wmo"), peildatum), rng, peildatum)
    else:
        rows = _good_rows(source.id, persons, former, rng, peildatum)
    defects = [defect for defect in DEFECTS if defect.file_name == source.file_name]
    rows = _with_defects(rows, defects, rng, peildatum)
    rng.shuffle(rows)
    return rows


def _rows_in_municipality(profile: Profile, rows: Sequence[Row], peildatum: date) -> list[Row]:
    """Return the rows as this municipality delivers them.

    Residents who lived within Vught live within it, others do not.
    """
    places = profile.pc4_on(peildatum)
    pc4_by_origin = {pc4: places[number % len(places)] for number, pc4 in enumerate(STANDAARD.pc4_on(peildatum))}
    return [row | _address_in(row, pc4_by_origin) | {"gemeente_code": profile.gemeente_code} for row in rows]


def _address_in(row: Row, pc4_by_origin: Mapping[str, str]) -> Row:
    pc4, rest = row.get("postcode", "")[:4], row.get("postcode", "")[4:]
    return {"postcode": pc4_by_origin[pc4] + rest} if pc4 in pc4_by_origin else {}


def _good_rows(
    source_id: str, persons: Sequence[Person], former: Sequence[Person], rng: Random, peildatum: date
) -> list[Row]:
    """Return rows of residents in stock and, where a delivery goes back in time, of former ones."""
    if source_id == "trajecten":
        return trajecten_rows(persons, former, rng, peildatum)
    rows = _ROWS[source_id](persons, rng, peildatum)
    if source_id == "participatiewet":
        return with_dossiers(rows + former_benefits(rows, former, rng, peildatum))
    return rows


def _with_defects(rows: list[Row], defects: Sequence[Defect], rng: Random, peildatum: date) -> list[Row]:
    """Return the rows with every defect; no resident has two."""
    result, added = list(rows), 0
    places = _plain_places(rows, rng)
    for defect in defects:
        for place in range(defect.rows if defect.spoil else 0):
            index = places.pop()
            if defect.is_added:
                result.append(_defective_row(rows[index], defect, place, added, peildatum))
                added += 1
            else:
                result[index] = _spoil(rows[index], defect, place, peildatum)
    return result


def _plain_places(rows: Sequence[Row], rng: Random) -> list[int]:
    """Return the index of one ordinary row per resident, in seeded order."""
    plain = {row["bsn"]: index for index, row in enumerate(rows) if _is_plain(row)}
    return rng.sample(list(plain.values()), len(plain))


def _is_plain(row: Row) -> bool:
    return not row.get("opmerkingen") and not row.get("geboorte_datum", "").startswith("00")


def _defective_row(row: Row, defect: Defect, place: int, added: int, peildatum: date) -> Row:
    """Return a defective row beside the good one; a repeated row keeps its key, any other gets its own."""
    base = row if defect.rule == "dubbel" else with_own_key(row, added, peildatum)
    return _spoil(base, defect, place, peildatum)


def _spoil(row: Row, defect: Defect, place: int, peildatum: date) -> Row:
    return defect.spoil(row, place, peildatum) if defect.spoil else row


def _encode(source: SourceSpec, rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    columns = [column for column in source.columns if not column.optional or column.field.name in rows[0]]
    writer.writerow([column.header for column in columns])
    writer.writerows([row[column.field.name] for column in columns] for row in rows)
    return text.getvalue().encode(ENCODING)
