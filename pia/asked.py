"""The register check of a question, before any delivery is read, and the measure on what is released of it."""

from collections.abc import Iterator, Sequence

from pia.evidence import Evidence, Finding
from pia.register import markdown_table, unregistered_fields
from schemas.errors import RequestNotAllowed
from schemas.specs import SourceSpec
from schemas.specs.question import COUNTS, Question
from schemas.tables.asked import AMOUNT_RULE, ASKABLE, EVERYBODY, POPULATIONS, Askable, askable, fields_of
from schemas.tables.dimensions import IN_STOCK, REGELING

_TWICE = "Van twee indelingen waarin een inwoner meer dan een keer kan tellen, is de kruising niet te beveiligen."


def require_askable(question: Question, sources: Sequence[SourceSpec]) -> None:
    """Return if the register allows a question: its fields are in it, and its dimensions may be crossed so.

    Raises:
        RequestNotAllowed: With every rule that forbids it.
    """
    rules = tuple(dict.fromkeys((*_rules(question), *_missing(question, sources))))
    if rules:
        raise RequestNotAllowed(rules)


def _rules(question: Question) -> Iterator[str]:
    if question.measure != COUNTS:
        yield AMOUNT_RULE
    asked = [one for name in question.dimensions if (one := askable(name))]
    if sum(one.dimension.multiple for one in asked) > 1:
        yield _TWICE
    for one in asked:
        if not _may(one, question):
            yield one.rule


def _may(one: Askable, question: Question) -> bool:
    """Whether a dimension may stand beside the others and in this population; who is counted is a crossing, too."""
    others = {name for name in question.dimensions if name != one.dimension.name}
    if question.population not in {EVERYBODY, one.within}:
        others.add(REGELING.name)
    is_whole = one.within in {"", question.population}
    return one.is_open and is_whole and (one.beside is None or others <= set(one.beside))


def _missing(question: Question, sources: Sequence[SourceSpec]) -> Iterator[str]:
    known = {field for source in sources for field in source.fields} - set(unregistered_fields(sources))
    if missing := [field.name for field in fields_of(question) if field not in known]:
        yield f"Niet in het register: {', '.join(missing)} (M02)."


def asked_as_allowed(evidence: Evidence) -> Finding:
    """M41: of a question one table is released, over its dimensions and population, crossed as the register allows."""
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


def asked_register() -> str:
    """What may be asked, as a Markdown table for the DPIA."""
    rows = ((one.dimension.name, one.dimension.title, _allowed(one), one.rule or "-") for one in ASKABLE)
    return markdown_table(("Indeling", "Omschrijving", "Mag samen met", "Regel"), rows)


def _allowed(one: Askable) -> str:
    if not one.is_open:
        return "niet te vragen"
    beside = "elke indeling" if one.beside is None else ", ".join(one.beside) or "geen andere"
    return f"{beside}; alleen van {one.within}" if one.within else beside
