from schemas.specs import TableSpec
from schemas.tables.dimensions import DIENST, REGELING

TABLE = TableSpec(
    id="T20",
    title="Inwoners met Participatiewet naar aanbieder van ingekochte dienstverlening",
    question="Van wie koopt de gemeente dienstverlening voor inwoners onder de Participatiewet?",
    dimensions=(DIENST,),
    population=((REGELING, "pwet_totaal"),),
    caveats=(
        "Geteld zijn inwoners met een voorziening die dit kalenderjaar op een dag tot en met de peildatum liep.",
        "Met het Transitie Arrangement, zonder de Wsw. Een LKS-baan bij een werkgever is geen ingekochte dienst.",
        "Het evaluatierapport telt diensten; hier telt wie er twee heeft een keer.",
    ),
)
