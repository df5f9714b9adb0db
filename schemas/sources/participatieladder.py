from schemas import fields
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="participatieladder",
    file_name="participatieladder.csv",
    title=Text(nl="Metingen op de participatieladder", en="Measurements on the participation ladder"),
    grain="een meting van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("Trede", fields.TREDE),
        Column("DatumMeting", fields.METING_DATUM),
        Column("KenmerkBeoordelaar", fields.BEOORDELAAR, required=False),
        Column("Toelichting", fields.OPMERKINGEN, required=False),
    ),
    key=(fields.BSN, fields.METING_DATUM),
)
