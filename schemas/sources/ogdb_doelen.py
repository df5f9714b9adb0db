from schemas import fields
from schemas.sources.rules import REACHED_NOT_BEFORE_SET
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="ogdb_doelen",
    file_name="ogdb_doelen.csv",
    title=Text(
        nl="Doelen in de pilot ontwikkelingsgerichte dagbesteding",
        en="Goals in the pilot of developmental day activities",
    ),
    grain="een doel van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("DoelNummer", fields.DOEL_NUMMER),
        Column("Domein", fields.DOEL_DOMEIN),
        Column("DatumGesteld", fields.GESTELD_DATUM),
        Column("DatumBereikt", fields.BEREIKT_DATUM, required=False),
    ),
    key=(fields.BSN, fields.DOEL_NUMMER),
    rules=(REACHED_NOT_BEFORE_SET,),
)
