"""Register check of a question, and the measure on its release.

A question is checked before any delivery is read.
"""

from collections.abc import Iterator, Sequence

from pia.evidence import Evidence, Finding
from pia.register import markdown_table, unregistered_fields
from schemas.errors import RequestNotAllowed
from schemas.specs import SourceSpec
from schemas.specs.question import COUNTS, Question
from schemas.tables.dimensions import IN_STOCK, REGELING
from schemas.tables.question import AMOUNT_RULE, ASKABLE, EVERYBODY, POPULATIONS, Askable, askable, fields_of

_TWICE = "Van twee indelingen waarin een inwoner meer dan een keer kan tellen, is de kruising niet te beveiligen."


def require_askable(question: Question, sources: Sequence[SourceSpec]) -> None:
    """Raise unless the register allows a question.

    Its fields must be in the register, and its dimensions may be crossed.

    Raises:
        RequestNotAllowed: With every rule that forbids it.
    """
    rules = tuple(dict.fromkeys((*_rules(question), *_missing(question, sources))))
    if rules:
        raise RequestNotAllowed(rules)


def _rules(question: Question) -> Iterator[str]:
    """Yield the rules that forbid a question."""
    if question.measure != COUNTS:
        yield AMOUNT_RULE
    entries = [entry for name in question.dimensions if (entry := askable(name))]
    if sum(entry.dimension.multiple for entry in entries) > 1:
        yield _TWICE
    for entry in entries:
        if not _is_crossing_allowed(entry, question):
            yield entry.rule


def _is_crossing_allowed(entry: Askable, question: Question) -> bool:
    """Return whether a dimension may stand beside the others and in this population.

    The population is a crossing, too.
    """
    other_names = {name for name in question.dimensions if name != entry.dimension.name}
    if question.population not in {EVERYBODY, entry.within}:
        other_names.add(REGELING.name)
    is_whole = entry.within in {"", question.population}
    return entry.is_open and is_whole and (entry.crossings is None or other_names <= set(entry.crossings))


def _missing(question: Question, sources: Sequence[SourceSpec]) -> Iterator[str]:
    """Yield the fields of a question that the register or the deliveries lack, as a rule."""
    registered = {field for source in sources for field in source.fields} - set(unregistered_fields(sources))
    if missing := [field.name for field in fields_of(question) if field not in registered]:
        yield f"Niet in het register (M02), of niet geleverd: {', '.join(missing)}."


def only_allowed_crossings(evidence: Evidence) -> Finding:
    """Check M41: a question is answered by one table, crossed as the register allows.

    The table has the dimensions and population of the question.
    """
    question = evidence.profile.question
    if question is None:
        return Finding(True, "geen verzoek van een onderzoeker")
    specs = [table.spec for table in evidence.released]
    names = tuple(dict.fromkeys(dimension.name for spec in specs for dimension in spec.dimensions))
    population = (IN_STOCK, *POPULATIONS[question.population])
    is_other = len(specs) != 1 or bool(evidence.sums) or any(spec.population != population for spec in specs)
    rules = list(_rules(question.of(question.population, *names)))
    return Finding(
        not is_other and not rules and set(names) == set(question.dimensions),
        f"{len(specs)} tabellen over {len(names)} indelingen; {len(rules)} regels van het register staan die niet toe",
    )


def askable_register() -> str:
    """Return the dimensions that may be asked, as a Markdown table for the DPIA."""
    rows = (
        (entry.dimension.name, entry.dimension.title, _allowed_crossings(entry), entry.rule or "-") for entry in ASKABLE
    )
    return markdown_table(("Indeling", "Omschrijving", "Mag samen met", "Regel"), rows)


def _allowed_crossings(entry: Askable) -> str:
    """Return the dimensions that one may be crossed with, in Dutch."""
    if not entry.is_open:
        return "niet te vragen"
    crossings = "elke indeling" if entry.crossings is None else ", ".join(entry.crossings) or "geen andere"
    return f"{crossings}; alleen van {entry.within}" if entry.within else crossings
