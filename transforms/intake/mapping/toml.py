"""A proposed mapping as the declaration that the steward corrects."""

import json
import re
from collections.abc import Iterable, Mapping

from transforms.intake.mapping.declaration import (
    CODES,
    COLUMNS,
    FILE,
    FIXED,
    FORM,
    MEASUREMENT,
    ONLY_WITH,
    SEPARATOR_KEY,
    SHEET,
    SOURCE,
    TOTALS,
)
from transforms.intake.mapping.propose import Proposal

_BARE = re.compile("[A-Za-z0-9_-]+")


def toml_of(proposals: Iterable[Proposal]) -> str:
    """Return proposals as one declaration, with what is left to do as comments."""
    return "\n".join("\n".join(_lines(proposal)) + "\n" for proposal in proposals)


def _lines(proposal: Proposal) -> list[str]:
    lines = [f"[[{FILE}]]", _pair(SOURCE, proposal.source.id)]
    lines += [_pair(key, of) for key, of in ((SEPARATOR_KEY, proposal.separator), (SHEET, proposal.sheet)) if of]
    if proposal.totals:
        lines.append(f"{TOTALS} = {_list(proposal.totals)}")
    if proposal.wide.only_with:
        lines.append(_pair(ONLY_WITH, proposal.wide.only_with))
    if proposal.missing:
        lines.append(f"# Nog te vullen, met een kolom of een vaste waarde: {', '.join(proposal.missing)}")
    if proposal.unread:
        lines.append(f"# Niet gelezen: kolom {', '.join(map(str, proposal.unread))}")
    lines += [
        f"# {ours}: ook kolom {', '.join(map(str, places))} kan het zijn" for ours, places in proposal.rivals.items()
    ]
    lines += _table(f"{FILE}.{FIXED}", proposal.fixed)
    lines += _table(f"{FILE}.{COLUMNS}", proposal.columns)
    if proposal.forms:
        forms = {name: _text(one) if not more else _list([one, *more]) for name, (one, *more) in proposal.forms.items()}
        lines += ["", f"[{FILE}.{FORM}]", *(f"{_key(name)} = {form}" for name, form in forms.items())]
    lines += [f"# {doubt}" for doubt in proposal.doubts]
    for name in {**proposal.codes, **proposal.unknown_words}:
        lines += ["", f"[{FILE}.{CODES}.{_key(name)}]"]
        if unknown := proposal.unknown_words.get(name):
            lines.append(
                f"# Zonder code: {unknown} woord(en) van het bestand; `check` noemt de regels. Vul ze aan als "
                "woord = code, of laat een fout van de bron staan"
            )
        lines += [_pair(word, code) for word, code in proposal.codes.get(name, {}).items()]
    for row in proposal.wide.rows:
        lines += ["", f"[[{FILE}.{MEASUREMENT}]]", f"{COLUMNS} = {_inline(row.columns)}"]
        lines += [f"{FIXED} = {_inline(row.fixed)}"] if row.fixed else []
    return lines


def _table(name: str, pairs: Mapping[str, str]) -> list[str]:
    return ["", f"[{name}]", *(_pair(key, value) for key, value in pairs.items())] if pairs else []


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _inline(pairs: Mapping[str, str]) -> str:
    return f"{{ {', '.join(_pair(key, value) for key, value in pairs.items())} }}"


def _pair(key: str, value: str) -> str:
    return f"{_key(key)} = {_text(value)}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
