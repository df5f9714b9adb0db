from schemas import fields
from schemas.sources.rules import END_NOT_BEFORE_START, NOT_STARTED_WITHOUT_START
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="ogdb",
    file_name="ogdb.csv",
    title=Text(
        nl="Aanmeldingen voor de pilot ontwikkelingsgerichte dagbesteding",
        en="Registrations for the pilot of developmental day activities",
    ),
    grain="een aanmelding van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("DatumAanmelding", fields.AANMELD_DATUM),
        Column("Status", fields.OGDB_STATUS),
        Column("Onderdeel", fields.OGDB_ONDERDEEL, required=False),
        Column("DatumStart", fields.INGANGS_DATUM, required=False),
        Column("DatumEinde", fields.EIND_DATUM, required=False),
        Column("IngezetteUren", fields.OGDB_UREN, required=False),
        Column("Participatie", fields.OGDB_PARTICIPATIE, required=False),
        Column("Gefactureerd", fields.GEFACTUREERD, required=False),
        Column("NogTeVerwachten", fields.VERWACHT, required=False),
        Column("Opmerkingen", fields.OPMERKINGEN, required=False),
    ),
    key=(fields.BSN, fields.AANMELD_DATUM),
    rules=(END_NOT_BEFORE_START, NOT_STARTED_WITHOUT_START),
)
