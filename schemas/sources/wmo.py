from schemas import fields
from schemas.sources.rules import END_NOT_BEFORE_START, TIME_OF_DAY
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="wmo",
    file_name="wmo.csv",
    title=Text(nl="Toewijzingen WMO", en="WMO allocations"),
    grain="een toegewezen product van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Bsn", fields.BSN),
        Column("Voornamen", fields.VOORNAMEN, required=False),
        Column("Voorvoegsel", fields.VOORVOEGSEL, required=False),
        Column("Achternaam", fields.ACHTERNAAM),
        Column("Geslacht", fields.GESLACHT),
        Column("Geboortedatum", fields.GEBOORTE_DATUM),
        Column("Straatnaam", fields.STRAATNAAM, required=False),
        Column("Huisnummer", fields.HUISNUMMER, required=False),
        Column("Postcode", fields.POSTCODE),
        Column("ToewijzingNummer", fields.TOEWIJZING_NUMMER),
        Column("ProductCategorie", fields.PRODUCTCATEGORIE),
        Column("Ingangsdatum", fields.INGANGS_DATUM),
        Column("Einddatum", fields.EIND_DATUM, required=False),
        Column("Volume", fields.VOLUME, required=False),
        Column("Eenheid", fields.EENHEID, required=False),
        Column("Frequentie", fields.FREQUENTIE, required=False),
        Column("ProductTarief", fields.TARIEF, required=False),
        Column("Leveringsvorm", fields.LEVERINGSVORM),
        Column("Commentaar", fields.OPMERKINGEN, required=False),
        Column("Toewijzingsdatum", fields.TOEWIJZINGS_DATUM, required=False, optional=True),
        Column("Toewijzingstijd", fields.TOEWIJZINGS_TIJD, required=False, optional=True),
    ),
    key=(fields.TOEWIJZING_NUMMER,),
    order=(fields.TOEWIJZINGS_DATUM, fields.TOEWIJZINGS_TIJD),
    closing=(fields.EIND_DATUM,),
    rules=(END_NOT_BEFORE_START, TIME_OF_DAY),
)
