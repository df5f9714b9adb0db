"""Code lists of support under the WMO, as iWmo and the Gemeentelijk Gegevensmodel have them."""

from schemas.codes.code_list import CodeList, codes_of

PRODUCTCATEGORIEEN = CodeList(
    "productcategorie",
    codes_of(
        ("01", "Hulp bij het huishouden"),
        ("02", "Begeleiding"),
        ("03", "Persoonlijke verzorging"),
        ("04", "Kortdurend verblijf"),
        ("05", "Woondiensten"),
        ("06", "Overige ondersteuning individu of huishouden"),
        ("07", "Dagbesteding"),
        ("08", "Vervoerdiensten"),
        ("09", "Overige groepsgerichte ondersteuning"),
        ("10", "Overige maatwerkarrangementen"),
        ("11", "Rolstoelen"),
        ("12", "Vervoervoorzieningen"),
        ("13", "Woonvoorzieningen"),
        ("14", "Overige hulpmiddelen"),
        ("15", "Beschermd wonen"),
        ("16", "Opvang"),
        ("17", "Spoedopvang"),
        ("18", "Overige beschermd wonen en opvang"),
    ),
    "iWmo 3.2, codelijst WMO020",
)
EENHEDEN = CodeList(
    "eenheid",
    codes_of(
        ("01", "minuut"),
        ("04", "uur"),
        ("14", "etmaal"),
        ("16", "dagdeel"),
        ("82", "stuks (output)"),
        ("83", "euro"),
        ("84", "stuks (inspanning)"),
    ),
    "iWmo 3.2, codelijst WJ756",
)
FREQUENTIES = CodeList(
    "frequentie",
    codes_of(("1", "per dag"), ("2", "per week"), ("4", "per maand"), ("6", "totaal binnen toewijzing")),
    "iWmo 3.2, codelijst WMO757",
)
LEVERINGSVORMEN = CodeList(
    "leveringsvorm",
    codes_of(("ZIN", "zorg in natura"), ("PGB", "persoonsgebonden budget")),
    "Gemeentelijk Gegevensmodel 1.9, Beschikte voorziening",
)
