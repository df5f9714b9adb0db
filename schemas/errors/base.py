"""Every error of the pipeline: typed, without a value of a person, with an exit code.

A message says what is wrong, what was not done and what to do next. Errors are raised
outside `except` blocks, so that `__context__` does not carry values of a library's error.
"""

from typing import ClassVar


class BestandsanalyseError(Exception):
    """Base of all our errors. Messages are built from declarations and counts only."""

    exit_code: ClassVar[int] = 1

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

    exit_code = 70

    def __init__(self, step: str, kind: str, place: str) -> None:
        super().__init__(
            f"Step {step} stopped on an unexpected {kind} at {place}. Nothing was published. "
            "Run again; if it stays, report this line (it holds no data)."
        )
