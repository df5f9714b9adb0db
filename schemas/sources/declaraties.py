from schemas import fields
from schemas.sources.rules import between
from schemas.specs import Column, Rule, SourceSpec

_PERIOD = Rule(
    "eind_voor_begin",
    fields.PRESTATIE_EIND.name,
    "de einddatum ligt niet voor de begindatum (iWmo TR018)",
    (fields.PRESTATIE_EIND.col >= fields.PRESTATIE_BEGIN.col).fill_null(True),
)
SOURCE = SourceSpec(
    id="declaraties",
    file_name="declaraties.csv",
    title="Declaraties WMO (iWmo 323)",
    grain="een gedeclareerde prestatie van een persoon over een periode",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Bsn", fields.BSN),
        Column("ToewijzingNummer", fields.TOEWIJZING_NUMMER),
        Column("ProductCategorie", fields.PRODUCTCATEGORIE),
        Column("Begindatum", fields.PRESTATIE_BEGIN),
        Column("Einddatum", fields.PRESTATIE_EIND),
        Column("GeleverdVolume", fields.GELEVERD_VOLUME, required=False),
        Column("Eenheid", fields.EENHEID),
        Column("IngediendBedrag", fields.BEDRAG),
        Column("DebetCredit", fields.DEBETCREDIT),
    ),
    key=(fields.TOEWIJZING_NUMMER, fields.PRESTATIE_BEGIN, fields.DEBETCREDIT),
    # Credit is a code and no sign, so that an amount is never negative.
    rules=(_PERIOD, between(fields.BEDRAG, 0, fields.MAXIMUM_CENT)),
)
