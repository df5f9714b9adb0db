from schemas import codes, fields
from schemas.sources.rules import between
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="zrm",
    file_name="zrm.csv",
    title=Text(
        nl="Scores op de zelfredzaamheidmatrix (ZRM 2017)",
        en="Scores on the self-sufficiency matrix (ZRM 2017)",
    ),
    grain="een score van een persoon op een domein",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("Domein", fields.ZRM_DOMEIN),
        Column("ZRMScore", fields.ZRM_SCORE),
        Column("DatumBeoordeling", fields.METING_DATUM),
        Column("KenmerkBeoordelaar", fields.BEOORDELAAR, required=False),
    ),
    key=(fields.BSN, fields.ZRM_DOMEIN, fields.METING_DATUM),
    excluded=fields.ZRM_DOMEIN.col.str.to_lowercase().is_in(codes.ZRM_WITHOUT_REASON.values),
    rules=(between(fields.ZRM_SCORE, 1, 5),),
)
