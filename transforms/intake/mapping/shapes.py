"""How a file writes what a column of ours asks: in which form, in which words, and what a header cannot settle.

Only counts and our own words leave this module, and no value of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.fields import BSN
from schemas.specs import Column, Kind
from transforms.intake.elfproef import is_valid_bsn
from transforms.intake.mapping.forms import FORMS, in_our_form
from transforms.intake.mapping.synonyms import WORDS
from transforms.intake.parse import parse_field

_LEAST_READABLE_PCT = 90
"""Share of the values of a column (0-100) that are in our form where no other form is proposed, and of those that are
shares where they are taken for percentages."""
_LENIENT = frozenset({Kind.CENT, Kind.PERCENT})
"""Kinds of which our form and others share texts, such as `1174`; a few values that are in neither say nothing."""
_DATES = frozenset({Kind.DATE, Kind.END_DATE, Kind.BIRTH_DATE})
_DAY_AND_MONTH, _MONTHS = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}", 12
_DAY_FIRST, _MONTH_FIRST = "d-m-jjjj", "m/d/jjjj"
_SHARE = "^(?:0|1|0[.,][0-9]+|1[.,]0+)$"
_WHOLE = "^-?[0-9]{3,}-?$"

SWAPPED = "Elke datum kan ook met de maand beginnen: kijk in het bestand wat de dag is"
MONTH_FIRST = "op {count} rij(en) staat de maand vooraan, op andere de dag: welke is het?"
CENTS = "alle bedragen zijn hele getallen: zijn het eurocenten? Zet dan de vorm op cent"
NO_SHARES = "{count} waarde(n) zijn geen aandeel van 0 tot en met 1, en dus niet te lezen"
CAUGHT = "{word} geldt voor {count} verschillende woorden: horen die er alle bij?"


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """What the values of a file say about how to read it: by our header, but for the doubts.

    Attributes:
        forms: The forms that are not ours, to be tried in order.
        codes: Words of the file that stand for a code.
        unknown_words: How many different words stand in no list.
        doubts: What the steward has to look up, in Dutch.
    """

    forms: Mapping[str, Sequence[str]]
    codes: Mapping[str, Mapping[str, str]]
    unknown_words: Mapping[str, int]
    doubts: Sequence[str]


def shapes_of(values: Mapping[Column, pl.Series]) -> Shapes:
    """Return how the values of a file are written.

    Args:
        values: Stripped texts by column of ours, without empty ones.
    """
    forms = _forms(values)
    doubts = [
        f"{column.header}: {doubt}"
        for column, texts in values.items()
        for doubt in (*_doubts_of_form(column, texts, forms.get(column.header, ())), *_doubts_of_words(column, texts))
    ]
    words = {column.header: _words(column, texts) for column, texts in values.items()}
    return Shapes(
        forms=forms,
        codes={header: known for header, (known, _) in words.items() if known},
        unknown_words={header: unknown for header, (_, unknown) in words.items() if unknown},
        doubts=[*_doubts_of_dates(values, forms), *doubts],
    )


def _words(column: Column, values: pl.Series) -> tuple[dict[str, str], int]:
    """Return the words of our list if a file has any, and how many of its words are in no list."""
    if column.field.codes is None:
        return {}, 0
    other, known = _other_words(column, values), _known_words(column, values)
    unknown = [text for text in other if not any(_is_word(text, word) for word in known)]
    return known if len(unknown) < len(other) else {}, len(unknown)


def _other_words(column: Column, values: pl.Series) -> set[str]:
    """Return the words of a file that are no code of ours, in lower case."""
    codes = column.field.codes.values if column.field.codes else ()
    return {*values.filter(~values.is_in(codes)).str.to_lowercase()}


def _known_words(column: Column, values: pl.Series) -> dict[str, str]:
    """Return the words of our list, and codes of ours that a file writes with other capitals."""
    ours = column.field.codes.values if column.field.codes else ()
    # A workbook drops the zeros in front of a number.
    codes = {str(int(code)): code for code in ours if code.isdigit()} | {code.lower(): code for code in ours}
    spelled = {word: codes[word] for word in sorted(_other_words(column, values) & codes.keys())}
    return dict(WORDS.get(column.field.name, {})) | spelled


def _is_word(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("*") else text == word


def _doubts_of_words(column: Column, values: pl.Series) -> list[str]:
    """Return which beginnings of words stand for several words of a file."""
    if column.field.codes is None:
        return []
    other = _other_words(column, values)
    caught = {word: sum(_is_word(text, word) for text in other) for word in _known_words(column, values) if "*" in word}
    return [CAUGHT.format(word=word, count=count) for word, count in caught.items() if count > 1]


def _doubts_of_form(column: Column, values: pl.Series, forms: Sequence[str]) -> list[str]:
    """Return what of amounts and percentages their form does not settle."""
    if column.field.kind is Kind.CENT and not forms and len(values) and values.str.contains(_WHOLE).all():
        return [CENTS]
    others = len(values) - int(values.str.contains(_SHARE).sum())
    return [NO_SHARES.format(count=others)] if "fractie" in forms and others else []


def _doubts_of_dates(values: Mapping[Column, pl.Series], forms: Mapping[str, Sequence[str]]) -> list[str]:
    """Return whether all dates of a file could have day and month swapped, or else the columns that have them both."""
    columns = [column for column in values if column.field.kind in _DATES]
    parts = {
        column: [values[column].str.extract(_DAY_AND_MONTH, place).drop_nulls().cast(pl.Int32) for place in (1, 2)]
        for column in columns
    }
    days_first, months_first = (
        {column: int((both[place] > _MONTHS).sum()) for column, both in parts.items()} for place in (0, 1)
    )
    if not any((*days_first.values(), *months_first.values())):
        # A day that is not known is 00.
        return [SWAPPED] if any(((day > 0) & (month > 0)).any() for day, month in parts.values()) else []
    return [
        f"{column.header}: {MONTH_FIRST.format(count=months_first[column])}"
        for column in columns
        if months_first[column] and (days_first[column] or _MONTH_FIRST not in forms.get(column.header, ()))
    ]


def _forms(values: Mapping[Column, pl.Series]) -> dict[str, list[str]]:
    """Return the forms of every column that is not in ours.

    A supplier writes all dates of a file alike, so a column that could be in two forms is in that of the others. A
    column of a workbook may hold dates beside texts, so what the first form leaves may be in a second.
    """
    readable = {column: _readable_by_form(column, texts) for column, texts in values.items()}
    of_dates = [column for column in values if column.field.kind in _DATES]
    alike = {word: sum(readable[column].get(word, 0) for column in of_dates) for word in FORMS[Kind.DATE]}
    forms = {}
    for column, counts in readable.items():
        best = max(counts, key=lambda word: (counts[word], alike.get(word, 0)), default="")
        if best:
            forms[column.header] = [best, *_second_form(column, values[column], best)]
    return forms


def _second_form(column: Column, values: pl.Series, first: str) -> list[str]:
    """Return the form of a date that reads most of what the first leaves; none that could read those of the first."""
    if column.field.kind not in _DATES:
        return []
    rest = values.filter(pl.select(FORMS[column.field.kind][first](pl.lit(values)).is_null()).to_series())
    others = [word for word in FORMS[column.field.kind] if not {word, first} <= {_DAY_FIRST, _MONTH_FIRST}]
    readable = {word: _readable(column, in_our_form(pl.lit(rest), column.field.kind, [word])) for word in others}
    best = max(readable, key=lambda word: readable[word])
    return [best] if readable[best] else []


def _readable_by_form(column: Column, values: pl.Series) -> dict[str, int]:
    """Count the values that can be read in each form, our own by the word ``; empty if hardly any needs another one."""
    kind = column.field.kind
    if values.is_empty() or kind not in FORMS:
        return {}
    if kind is Kind.PERCENT and _are_shares(values):
        return {"fractie": len(values)}  # as percentages they would all be of one percent or less
    ours = _readable(column, pl.lit(values))
    if 100 * ours >= _LEAST_READABLE_PCT * len(values) if kind in _LENIENT else ours == len(values):
        return {}
    other = {word: _readable(column, in_our_form(pl.lit(values), kind, [word])) for word in FORMS[kind]}
    return {"": ours} | {word: count for word, count in other.items() if count > ours}


def _are_shares(values: pl.Series) -> bool:
    """Return whether nearly all values are shares of one, and not only none and all."""
    shares = values.filter(values.str.contains(_SHARE))
    is_most = 100 * len(shares) >= _LEAST_READABLE_PCT * len(values)
    return is_most and not shares.is_in(["0", "1"]).all()


def _readable(column: Column, text: pl.Expr) -> int:
    """Count the values of a column that can be read as its kind."""
    frame = pl.select(text.alias(column.field.name))
    is_read = is_valid_bsn(column.field.col) if column.field is BSN else parse_field(column.field).is_not_null()
    return int(frame.select(is_read.fill_null(False).sum()).item())
