from schemas import fields
from schemas.sources.rules import END_NOT_BEFORE_START
from schemas.specs import Column, SourceSpec
from schemas.text import Text

SOURCE = SourceSpec(
    id="participatiewet",
    file_name="participatiewet.csv",
    title=Text(nl="Uitkeringen Participatiewet", en="Participatiewet benefits"),
    grain="een uitkeringsperiode van een persoon",
    columns=(
        Column("Gemeentecode", fields.GEMEENTE_CODE),
        Column("Burgerservicenr", fields.BSN),
        Column("Voornamen", fields.VOORNAMEN, required=False),
        Column("Voorvoegsel", fields.VOORVOEGSEL, required=False),
        Column("SignificantDeelVanDeAchternaam", fields.ACHTERNAAM),
        Column("Geslacht", fields.GESLACHT),
        Column("Geboortedat", fields.GEBOORTE_DATUM),
        Column("Straatnaam", fields.STRAATNAAM, required=False),
        Column("Huisnummer", fields.HUISNUMMER, required=False),
        Column("Postcode", fields.POSTCODE),
        Column("CdLeefvorm", fields.LEEFVORM),
        Column("DossierGsd", fields.DOSSIER, required=False, optional=True),
        Column("CdSzWet", fields.REGELINGSOORT),
        Column("DatB", fields.INGANGS_DATUM),
        Column("DatE", fields.EIND_DATUM, required=False),
        Column("Normbedrag", fields.NORMBEDRAG),
        Column("Startkwalificatie", fields.STARTKWALIFICATIE, required=False),
        Column("OntheffingArbeidsplicht", fields.ONTHEFFING, required=False),
        Column("InkomstenUitArbeid", fields.INKOMSTEN_UIT_ARBEID, required=False),
        Column("DatumLaatsteContact", fields.LAATSTE_CONTACT, required=False),
        Column("Opmerkingen", fields.OPMERKINGEN, required=False),
    ),
    key=(fields.BSN, fields.REGELINGSOORT, fields.INGANGS_DATUM),
    closing=(fields.EIND_DATUM, fields.INKOMSTEN_UIT_ARBEID, fields.LAATSTE_CONTACT),
    aside=(fields.DOSSIER,),
    rules=(END_NOT_BEFORE_START,),
)
