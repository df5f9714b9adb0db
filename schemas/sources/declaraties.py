from schemas import fields
from schemas.sources.rules import between
from schemas.specs import Column, Rule, SourceSpec
from schemas.text import Text

_PERIOD = Rule(
    id="eind_voor_begin",
    column=fields.PRESTATIE_EIND.name,
    text="de einddatum ligt niet voor de begindatum (iWmo TR018)",
    valid=(fields.PRESTATIE_EIND.col >= fields.PRESTATIE_BEGIN.col).fill_null(True),
)
_CREDIT_OF_A_DEBIT = Rule(
    id="credit_zonder_debet",
    column=fields.VORIGE_REFERENTIE.name,
    text="een credit met een eigen nummer noemt de prestatie die wordt teruggenomen (iWmo TR315)",
    valid=(fields.DEBETCREDIT.col != fields.CREDIT)
    | fields.REFERENTIE.col.is_null()
    | fields.VORIGE_REFERENTIE.col.is_not_null(),
)
SOURCE = SourceSpec(
    id="declaraties",
    file_name="declaraties.csv",
    title=Text(nl="Declaraties WMO (iWmo 323)", en="WMO claims (iWmo 323)"),
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
        Column("ReferentieNummer", fields.REFERENTIE, required=False, optional=True),
        Column("VorigReferentieNummer", fields.VORIGE_REFERENTIE, required=False, optional=True),
    ),
    # Without a reference every row that is not wholly equal to another is a claim of its own.
    key=(fields.TOEWIJZING_NUMMER, fields.REFERENTIE),
    amount=fields.BEDRAG,
    # Credit is a code and no sign, so that an amount is never negative.
    rules=(_PERIOD, _CREDIT_OF_A_DEBIT, between(fields.BEDRAG, 0, fields.MAXIMUM_CENT)),
)
