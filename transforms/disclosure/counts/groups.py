"""Groups of which nearly everybody is in one category: the rule, and where published tables show it.

Whoever knows that somebody is in the group knows his category too (ESSnet guidelines 2015, class disclosure; ABS
DataLab, rule of 90 per cent).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.codes import ONBEKEND
from schemas.names import HIGH, VALUE
from schemas.specs import TOTAAL, Profile
from schemas.states import Released
from transforms.disclosure.model.system import rows


@dataclass(frozen=True)
class ToldGroup:
    """A cell that tells the category of nearly everybody of a group.

    Attributes:
        table: Id of the table.
        dimension: Name of the dimension of the category.
        category: The level, as the table labels it.
        group: Labels of the other levels.
        persons: Number in the cell; None if it is blank, and it is that of the group.
        size: Number in the group; None if that is blank.
    """

    table: str
    dimension: str
    category: str
    group: tuple[str, ...]
    persons: int | None
    size: int | None


def is_most(part: int, group: int, group_pct: int) -> bool:
    """Return whether `group_pct` per cent or more of the group is in the part."""
    return 100 * part >= group_pct * group


def told_groups(table: Released, profile: Profile) -> Iterator[ToldGroup]:
    """Yield the groups whose category a published table tells, but of categories that are declared sensitive.

    A group is a line of a table of two or more dimensions, its totals included: of `profile.threshold` persons or more,
    or of a number that is blank while all other categories are published as empty. A table of one dimension has none,
    as a distribution of everybody is what it is for. Unknown is no category.
    """
    spec = table.spec
    if len(spec.dimensions) == 1:
        return
    columns = table.frame.select(VALUE, HIGH).rows()
    published = {levels: value for levels, (value, _) in zip(rows(spec), columns, strict=True)}
    highest = {levels: high for levels, (_, high) in zip(rows(spec), columns, strict=True)}
    for axis, dimension in enumerate(spec.dimensions):
        protected = {category for name, category in spec.disclosure.only if name == dimension.name}
        if dimension in spec.disclosure.sensitive and not protected:
            continue
        for levels, persons in published.items():
            if levels[axis] in {TOTAAL, ONBEKEND, *protected}:
                continue
            group_levels = (*levels[:axis], TOTAAL, *levels[axis + 1 :])
            size = published[group_levels]
            if persons is None or size is None:
                other_codes = (code for code in dimension.codes.values if code != levels[axis])
                is_told = (
                    size is persons is None
                    and highest[group_levels] != 0
                    and all(highest[(*levels[:axis], other, *levels[axis + 1 :])] == 0 for other in other_codes)
                )
            else:
                is_told = size >= profile.threshold and is_most(persons, size, profile.group_pct)
            if is_told:
                labels = [d.label(level) for d, level in zip(spec.dimensions, levels, strict=True)]
                group = (*labels[:axis], *labels[axis + 1 :])
                yield ToldGroup(spec.id, dimension.name, labels[axis], group, persons, size)
