"""The English of what is declared in Dutch: titles, questions, caveats and labels of the output tables.

By Dutch text, so that whoever changes the Dutch must look at the English too. Names of Dutch acts stay
as they are. A text without English stops the release; it is never shown in Dutch instead. A test says
which texts of the registries are missing here.
"""

from schemas.english.analysis import ANALYSIS
from schemas.english.breakdowns import BREAKDOWNS
from schemas.english.costs import COSTS
from schemas.english.history import HISTORY
from schemas.english.population import POPULATION
from schemas.english.report import REPORT
from schemas.errors import NotTranslated
from schemas.tables.asked import AND_BY, BY

ENGLISH = {**POPULATION, **ANALYSIS, **HISTORY, **COSTS, **BREAKDOWNS, **REPORT}


def english(text: str) -> str:
    """The English of a declared Dutch text; of the title of an asked table, that of its parts.

    Raises:
        NotTranslated: It has none yet.
    """
    if text in ENGLISH:
        return ENGLISH[text]
    if text.startswith(BY):
        return "Residents by " + " and by ".join(english(part) for part in text.removeprefix(BY).split(AND_BY))
    raise NotTranslated(text)
