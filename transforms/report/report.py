"""The report for council and officials as one HTML file without scripts or links to elsewhere."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from transforms.report.story import Story


def report_html(story: Story) -> bytes:
    """Return the report as an HTML page; equal stories give equal bytes."""
    environment = Environment(
        loader=PackageLoader("transforms.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(story=story).encode()
