"""Deliveries of a few persons by hand, after pseudonymisation."""

import polars as pl

from schemas.sources import SOURCES
from schemas.specs import Kind, Treatment
from schemas.states import SEAL, Pseudonymised

_AGES = {"leeftijd_laagst": pl.Int32, "leeftijd_hoogst": pl.Int32}
_PERIOD = {"ingangs_datum": pl.Date, "eind_datum": pl.Date}
_GIVEN = {
    "participatiewet": {"persoon_id": pl.String, **_AGES, **_PERIOD},
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
    "ogdb_doelen": {"persoon_id": pl.String},
    "declaraties": {"persoon_id": pl.String},
}  # fmt: skip
_DTYPES = {Kind.DATE: pl.Date, Kind.INTEGER: pl.Int64, Kind.CENT: pl.Int64, Kind.PERCENT: pl.Float64}


def deliveries(
    pwet: list[tuple] = (),  # type: ignore[assignment]
    wmo: list[tuple] = (),  # type: ignore[assignment]
    ladder: list[tuple] = (),  # type: ignore[assignment]
    trajecten: list[tuple] = (),  # type: ignore[assignment]
    zrm: list[tuple] = (),  # type: ignore[assignment]
    ogdb: list[tuple] = (),  # type: ignore[assignment]
    **circumstances: dict[str, object],
) -> dict[str, Pseudonymised]:
    """Rows as listed in _GIVEN; what else participatiewet holds stands per person in `circumstances`, or is null."""
    rows = {
        "participatiewet": pwet, "wmo": wmo, "participatieladder": ladder, "trajecten": trajecten, "zrm": zrm,
        "ogdb": ogdb,
    }  # fmt: skip
    frames = {}
    for source in SOURCES:
        given = _GIVEN[source.id]
        # A row may be cut short: what is not given is null.
        filled = [(*row, *[None] * (len(given) - len(row))) for row in rows.get(source.id, ())]
        frame = pl.DataFrame(filled, schema=given, orient="row")
        more = [field for field in source.fields if field.treatment is Treatment.KEEP and field.name not in given]
        said = [circumstances.get(person, {}) for person in frame["persoon_id"]]
        if "leeftijd_laagst" in given:
            frame = frame.with_columns(pc4=pl.lit("5261"))
        columns = [
            pl.Series(field.name, [one.get(field.name) for one in said], dtype=_DTYPES.get(field.kind, pl.String))
            for field in more
        ]
        frames[source.id] = Pseudonymised(frame.with_columns(columns), SEAL)
    return frames
