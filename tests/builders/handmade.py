"""Deliveries of a few persons by hand, after pseudonymisation."""

import polars as pl

from schemas.sources import SOURCES
from schemas.specs import Kind, SourceSpec, Treatment
from schemas.states import SEAL, Pseudonymised

_AGES = {"leeftijd_laagst": pl.Int32, "leeftijd_hoogst": pl.Int32}
_PERIOD = {"ingangs_datum": pl.Date, "eind_datum": pl.Date}
_GIVEN = {
    "participatiewet": {"persoon_id": pl.String, **_AGES, **_PERIOD, "dossier_nummer": pl.Int64},
    "wmo": {"persoon_id": pl.String, **_AGES, **_PERIOD, "productcategorie_code": pl.String},
    "participatieladder": {"persoon_id": pl.String, "trede_code": pl.String, "meting_datum": pl.Date},
    "trajecten": {
        "persoon_id": pl.String, **_PERIOD, "voorzieningsoort_code": pl.String, "loonwaarde_pct": pl.Float64,
        "aanbiedersoort_code": pl.String, "reden_einde_code": pl.String, "detacheringsvorm_code": pl.String,
        "aanbieder_nummer": pl.Int64,
    },
    "zrm": {
        "persoon_id": pl.String, "zrm_domein_code": pl.String, "zrm_score": pl.Int64, "meting_datum": pl.Date,
    },
    "ogdb": {"persoon_id": pl.String, "aanmeld_datum": pl.Date, "ogdb_status_code": pl.String},
}  # fmt: skip
"""What tests say of a row, in short. Of any other source they say every column that pseudonymisation leaves."""

_DTYPES = {
    Kind.DATE: pl.Date, Kind.END_DATE: pl.Date, Kind.INTEGER: pl.Int64, Kind.CENT: pl.Int64, Kind.PERCENT: pl.Float64,
}  # fmt: skip


def deliveries(
    pwet: list[tuple] = (),  # type: ignore[assignment]
    wmo: list[tuple] = (),  # type: ignore[assignment]
    ladder: list[tuple] = (),  # type: ignore[assignment]
    trajecten: list[tuple] = (),  # type: ignore[assignment]
    zrm: list[tuple] = (),  # type: ignore[assignment]
    **also: object,
) -> dict[str, Pseudonymised]:
    """Rows as listed in _GIVEN, of a source by its id.

    What else participatiewet holds stands under the name of a person, or is null.
    """
    rows: dict[str, list[tuple]] = {
        "participatiewet": pwet, "wmo": wmo, "participatieladder": ladder, "trajecten": trajecten, "zrm": zrm,
    } | {source.id: also.pop(source.id) for source in SOURCES if source.id in also}  # type: ignore[dict-item] # fmt: skip
    frames = {}
    for source in SOURCES:
        given = _GIVEN.get(source.id) or _staged(source)
        # A row may be cut short: what is not given is null.
        filled = [(*row, *[None] * (len(given) - len(row))) for row in rows.get(source.id, ())]
        frame = pl.DataFrame(filled, schema=given, orient="row")
        more = [field for field in source.fields if field.treatment is Treatment.KEEP and field.name not in given]
        said: list[dict] = [also.get(person, {}) for person in frame["persoon_id"]]  # type: ignore[misc]
        if any(field.treatment is Treatment.PC4 for field in source.fields):
            frame = frame.with_columns(pc4=pl.lit("5261"))
        columns = [
            pl.Series(field.name, [one.get(field.name) for one in said], dtype=_DTYPES.get(field.kind, pl.String))
            for field in more
        ]
        frames[source.id] = Pseudonymised(frame.with_columns(columns), SEAL)
    return frames


def _staged(source: SourceSpec) -> dict[str, type[pl.DataType]]:
    """The columns that pseudonymisation leaves of a source, in declared order, but for its postcode."""
    columns: dict[str, type[pl.DataType]] = {"persoon_id": pl.String}
    for field in source.fields:
        if field.treatment is Treatment.KEEP:
            columns[field.name] = _DTYPES.get(field.kind, pl.String)
        elif field.treatment is Treatment.AGE:
            columns |= _AGES
        elif field.treatment is Treatment.NUMBER:
            columns[f"{field.name}_nummer"] = pl.Int64
    return columns
