"""How the tables came about, and how good the deliveries were: two texts in plain Dutch."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas.sources import absent_sources, delivered_sources
from schemas.specs import Method
from schemas.tables.counted import is_of_stock
from transforms.intake.contract import MAXIMUM_MONTHS_BEHIND, TOTAL_LIMIT_PCT
from transforms.persons.link import MINIMUM_LINKED_PCT
from transforms.released import statuses
from transforms.released.content import ReleaseContent


def method_md(content: ReleaseContent) -> bytes:
    """Return the text on the method: every step taken with the deliveries, and what it does not prove."""
    is_suppressed = any(released.spec.disclosure.method == Method.SUPPRESS for released in content.released)
    flow_tables = [spec.id for spec in content.specs if not is_of_stock(spec)]
    return _rendered(
        "methode.md.j2", content, profile=content.profile, is_suppressed=is_suppressed, flow_tables=flow_tables
    )


def quality_md(content: ReleaseContent) -> bytes:
    """Return the quality statement: deliveries, limits, and a class for the share of rows that was kept out."""
    return _rendered(
        "kwaliteitsverklaring.md.j2",
        content,
        titles={source.id: source.title for source in delivered_sources(content.profile)},
        total_limit_pct=TOTAL_LIMIT_PCT,
        months_behind=MAXIMUM_MONTHS_BEHIND,
        linked_pct=MINIMUM_LINKED_PCT,
    )


def _rendered(template: str, content: ReleaseContent, **facts: object) -> bytes:
    """Markdown, so nothing is escaped; every word in it is a declaration of ours."""
    environment = Environment(
        loader=PackageLoader("transforms.report"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template(template).render(
        content=content,
        sources=delivered_sources(content.profile),
        absent=absent_sources(content.profile),
        to_confirm=statuses.TO_CONFIRM,
        **facts,
    )
    return text.encode()
