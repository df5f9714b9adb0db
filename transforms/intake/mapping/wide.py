"""Files with several measurements on a line: a column per domain, or a pair of columns per measurement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas import codes
from schemas.fields import METING_DATUM, TREDE, ZRM_DOMEIN, ZRM_SCORE
from schemas.specs import Field, SourceSpec
from transforms.intake.mapping.declaration import RowMapping
from transforms.intake.mapping.synonyms import HEADERS, bare

_FEWEST = 2
"""Measurements on a line from which a file is taken for a wide one."""
_NOT_ASSESSED = "9"
"""Score of a domain that was not assessed, in exports of the ZRM (to be confirmed)."""


@dataclass(frozen=True)
class Wide:
    """The rows that a line holds, beside what they share.

    Attributes:
        rows: What each adds; empty if a line is a row.
        only_with: Our header of the column without which a measurement was not made.
        codes: By our header, what words of such files mean.
    """

    rows: Sequence[RowMapping] = ()
    only_with: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def wide_form(headers: Sequence[str], source: SourceSpec) -> Wide:
    """Return the measurements that a header has columns for; none if a line is one row.

    Of the ZRM only domains are taken that the analysis may read.
    """
    names = [cell.strip() for cell in headers]
    if ZRM_DOMEIN in source.fields and ZRM_SCORE in source.fields:
        return _domains(names, source)
    if TREDE in source.fields:
        return _pairs(names, source)
    return Wide()


def _domains(names: Sequence[str], source: SourceSpec) -> Wide:
    """Return a measurement per column that is named after a domain."""
    score, domain = (_header(source, field) for field in (ZRM_SCORE, ZRM_DOMEIN))
    by_label = {bare(name): code.code for code in codes.ZRM_DOMEINEN.codes for name in (code.label, code.code)}
    named = {name: by_label[_without_and(name)] for name in _single(names) if _without_and(name) in by_label}
    rows = [RowMapping(columns={name: score}, fixed={domain: code}) for name, code in named.items()]
    return Wide(rows, score, {score: {_NOT_ASSESSED: ""}}) if len(rows) >= _FEWEST else Wide()


def _without_and(name: str) -> str:
    return bare(name.replace("&", "en"))


def _pairs(names: Sequence[str], source: SourceSpec) -> Wide:
    """Return a measurement per column `x` that has a column `datum x` beside it."""
    step, day = (_header(source, field) for field in (TREDE, METING_DATUM))
    if any(bare(name) in HEADERS[TREDE.name] for name in names):
        return Wide()
    single = _single(names)
    dates = {bare(name).removeprefix("datum"): name for name in single if bare(name).startswith("datum")}
    measured = [name for name in single if bare(name) and bare(name) in dates]
    rows = [RowMapping(columns={name: step, dates[bare(name)]: day}, fixed={}) for name in measured]
    return Wide(rows, step) if len(rows) >= _FEWEST else Wide()


def _single(names: Sequence[str]) -> list[str]:
    """Return the headers that a file has once."""
    return [name for name in names if names.count(name) == 1]


def _header(source: SourceSpec, declared: Field) -> str:
    return source.header_of(declared.name)
