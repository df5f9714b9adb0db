"""How a command ends: a word, an exit code, a message and data; for people, or as JSON.

The JSON is one object on one line, `{"code": ..., "message": ..., "data": ...}`, of whatever command.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import PurePath

from flows.screen import escape_controls
from schemas.errors import OUTCOMES, BestandsanalyseError, Exit

Data = dict[str, object]
"""What a command returns, for a script: names and values of which `plain` knows the types."""


class Stopped(SystemExit):
    """The end of a command that leaves something for somebody to do."""

    def __init__(self, word: str, exit_code: Exit) -> None:
        super().__init__(int(exit_code))
        self.word = word


@dataclass(frozen=True)
class Ending:
    """How a command ended: the word of an error or outcome, what there is to say of it, and plain data."""

    code: str
    exit_code: Exit
    message: str = ""
    data: object = None

    def as_json(self, printed: str) -> str:
        """Return the ending as one line of JSON.

        Args:
            printed: What the command printed, which comes before the message.
        """
        message = "\n".join(text for text in (printed.rstrip("\n"), self.message) if text)
        record = {"code": self.code, "message": message, "data": {} if self.data is None else self.data}
        return escape_controls(json.dumps(record, ensure_ascii=False)) + "\n"


def outcome(code: str, message: str = "", data: object = None) -> Ending:
    """Return the ending for a word of `OUTCOMES`: no error of ours was raised."""
    return Ending(code, OUTCOMES[code], message, data)


def ending_of(error: BestandsanalyseError) -> Ending:
    """Return the ending for an error of ours; the error's public attributes become the data."""
    return Ending(error.code, error.exit_code, str(error), plain(_attributes(error)))


def plain(data: object) -> object:
    """Convert data to the types that JSON has.

    Paths and dates become text, a dataclass an object of its fields, and an error an object of its word, message and
    public attributes.

    Raises:
        TypeError: The data hold a type that no command returns.
    """
    return json.loads(json.dumps(data, default=_parts))


def _parts(value: object) -> object:
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BestandsanalyseError):
        return {"code": value.code, "message": str(value), "data": _attributes(value)}
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"a {type(value).__name__} is no data of a command")


def _attributes(error: BestandsanalyseError) -> dict[str, object]:
    return {name: value for name, value in vars(error).items() if not name.startswith("_")}
