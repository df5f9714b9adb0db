from schemas import fields
from schemas.sources.rules import END_NOT_BEFORE_START, between
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="trajecten",
    file_name="trajecten.csv",
    title=Text(nl="Re-integratievoorzieningen", en="Reintegration provisions"),
    grain="een voorziening van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("CodeType", fields.VOORZIENINGSOORT),
        Column("SoortAanbieder", fields.AANBIEDERSOORT, required=False),
        Column("Aanbieder", fields.AANBIEDER, required=False),
        Column("DatumStart", fields.INGANGS_DATUM),
        Column("DatumEinde", fields.EIND_DATUM, required=False),
        Column("RedenEinde", fields.REDEN_EINDE, required=False),
        Column("SoortDetachering", fields.DETACHERINGSVORM, required=False),
        Column("PercentageLoonwaardeWML", fields.LOONWAARDE, required=False),
        Column("KostenTraject", fields.TRAJECT_KOSTEN, required=False),
        Column("Opmerkingen", fields.OPMERKINGEN, required=False),
    ),
    key=(fields.BSN, fields.VOORZIENINGSOORT, fields.INGANGS_DATUM),
    closing=(fields.EIND_DATUM, fields.REDEN_EINDE, fields.LOONWAARDE, fields.TRAJECT_KOSTEN),
    amount=fields.TRAJECT_KOSTEN,
    rules=(
        END_NOT_BEFORE_START,
        between(fields.LOONWAARDE, 0, 100),
        between(fields.TRAJECT_KOSTEN, 0, fields.MAXIMUM_CENT),
    ),
)
