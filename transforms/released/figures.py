"""One released count in the words of a language; a suppressed one reads as such, wherever it stands."""

from schemas.codes import JA_OF_NEE
from schemas.specs import TOTAAL, Profile, TableSpec
from transforms.language.language import Language
from transforms.released.content import Cells, Levels


def count_text(language: Language, cells: Cells, levels: Levels, whole: Levels | None = None) -> str:
    """'66 (22,0 %)', 'minder dan 10' or 'niet gepubliceerd'.

    Args:
        whole: The cell that the share is of; no share if it is not published or 0.
    """
    value = cells[levels]
    if levels in cells.below:
        return below_text(language, cells)
    if value is None:
        return language.say("number.hidden")
    return _with_share(language, language.numerals.number(value), share_text(language, cells, levels, whole))


def persons_text(language: Language, cells: Cells, levels: Levels, whole: Levels | None = None) -> str:
    """Return a count for use in a sentence: '66 inwoners (22,0 %)', rounded 'ongeveer 70 inwoners (22 %)'."""
    value = cells[levels]
    if levels in cells.below:
        return language.say("number.persons", count=below_text(language, cells))
    if value is None:
        return language.say("number.hidden_of")
    if value == 0 and not cells.is_rounded:
        return language.say("number.none")
    persons = language.say("number.persons", count=language.numerals.number(value))
    if cells.is_rounded:
        persons = language.say("number.about", number=persons)
    return _with_share(language, persons, _share(language, cells, levels, whole))


def share_text(language: Language, cells: Cells, levels: Levels, whole: Levels | None) -> str | None:
    """Return the share of a published whole, as '22,0 %', or of rounded counts as 'ongeveer 22 %'.

    None if the count or the whole is not published, or the whole is 0.
    """
    share = _share(language, cells, levels, whole)
    return (
        share
        if share is None or not cells.is_rounded or levels == whole
        else language.say("number.about", number=share)
    )


def _share(language: Language, cells: Cells, levels: Levels, whole: Levels | None) -> str | None:
    part, total = cells[levels], cells[whole] if whole else None
    if part is None or not total:
        return None
    percentage = language.numerals.whole_percentage if cells.is_rounded else language.numerals.percentage
    return percentage(part, total)


def place_text(language: Language, profile: Profile) -> str:
    """Return the municipality, and the part of it if only that is counted: 'Vught, alleen de kern'."""
    return profile.gemeente if profile.part is None else f"{profile.gemeente}, {language.declared(profile.part.title)}"


def population_text(language: Language, spec: TableSpec) -> str:
    """Return who is counted: 'met een lopende uitkering; Participatiewet'; empty for everybody.

    A bare yes or no says nothing without the title of its dimension.
    """
    labels = []
    for dimension, level in spec.population:
        label = language.declared(dimension.label(level))
        is_bare = dimension.codes == JA_OF_NEE
        labels.append(f"{language.declared(dimension.title)}: {label}" if is_bare else label)
    return "; ".join(labels)


def group_text(language: Language, spec: TableSpec, group: Levels) -> str:
    """Return who is in one group of a table: its population, and the group if it is not everybody; may be empty.

    Args:
        group: The level of the second dimension; nothing for a table of one.
    """
    labels = [population_text(language, spec)]
    if group and group != (TOTAAL,):
        labels.append(language.declared(spec.dimensions[1].label(*group)))
    return "; ".join(label for label in labels if label)


def below_text(language: Language, cells: Cells) -> str:
    return language.say("number.below", threshold=cells.threshold)


def _with_share(language: Language, count: str, share: str | None) -> str:
    return count if share is None else language.say("number.share", count=count, share=share)
