"""Every error of the pipeline: typed, without a value of a person, with a word and an exit code.

A message says what is wrong, what was not done and what to do next. Errors are raised
outside `except` blocks, so that `__context__` does not carry values of a library's error.
"""

import re
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import ClassVar, Self


class Exit(IntEnum):
    """Exit codes of the commands, by who must act."""

    def __new__(cls, number: int, who: str, meaning: str) -> "Exit":
        member = int.__new__(cls, number)
        member._value_ = number
        member.who = who
        member.meaning = meaning
        return member

    who: str
    """Who must act, in a few words for the documentation."""

    meaning: str

    DONE = 0, "nobody", "done"
    COMMAND = (
        2,
        "whoever gave the command",
        "the command is wrong: words, a name, a folder, or no yes",
    )
    WAITING = 3, "whoever decides", "all was done, and it waits for a decision: `run`, `request` and `inspect`"
    UNSIGNED = 4, "whoever verifies", "`verify`: everything else holds, but there was no key to check who signed"
    DELIVERY = 32, "the data steward", "a delivery is not as agreed, too old, or not there"
    KEYS = 40, "the key holder", "the key store does not open: no store, passphrase, share, key or holder that fits"
    DISCLOSURE = 50, "the privacy officer, with a statistician", "no release is safe, by itself or beside earlier ones"
    OFFICER = 60, "the privacy officer", "PIA, approval, signature or publication stands in the way"
    RELEASE = 64, "whoever received the release", "a release does not verify: ask the municipality again"
    UNEXPECTED = 70, "the maintainers", "a fault of the program; the message names type and place, never data"
    RECEIVED = 80, "whoever made the file", "a table, file of persons or release that a tool was given cannot be used"
    DECLARATION = 90, "the municipality", "one of its declarations is wrong, such as `rollen.toml` or a scenario"
    ROLE = 97, "whoever has the role", "the command is for another role, or for a process that may open keys"
    REQUEST = (
        107,
        "the researcher",
        "a request is refused or cannot be answered; see its message",
    )
    INTERRUPTED = 130, "whoever gave the command", "interrupted with Ctrl-C; what was begun may be done"
    WORKFOLDER = (
        150,
        "the administrator",
        "the work folder or its machine: a damaged file, the clock, a lock",
    )


OUTCOMES: Mapping[str, Exit] = MappingProxyType(
    {"done": Exit.DONE, "command-line": Exit.COMMAND, "interrupted": Exit.INTERRUPTED}
)
"""Words of how a command ends, beside those of the errors."""

_CAPITAL = re.compile("(?<!^)(?=[A-Z])")


class BestandsanalyseError(Exception):
    """Base of all our errors. Messages are built from declarations and counts only."""

    exit_code: ClassVar[Exit] = Exit.UNEXPECTED
    code: ClassVar[str]
    """A word for scripts: the name of the class, as `unknown-profile`."""

    def __init_subclass__(cls) -> None:
        cls.code = _CAPITAL.sub("-", cls.__name__).lower()

    def about(self, **data: object) -> Self:
        """Let the error tell more to a script, beside its message; nothing of a person."""
        self.__dict__.update(data)
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the message and the public attributes; subclasses build their message themselves."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(
    kind: type[BestandsanalyseError], args: tuple[object, ...], attributes: dict[str, object]
) -> BestandsanalyseError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(attributes)
    return error


class UnexpectedFailure(BestandsanalyseError):
    """Something broke that has no type of its own; its text may hold values and is dropped."""

    exit_code = Exit.UNEXPECTED

    def __init__(self, step: str, kind: str, place: str) -> None:
        self.step = step
        self.kind = kind
        self.place = place
        super().__init__(
            f"Step {step} stopped on an unexpected {kind} at {place}. Nothing was published. "
            "Run again; if it stays, report this line (it holds no data)."
        )
