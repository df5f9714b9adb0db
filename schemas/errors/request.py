"""What is wrong with the request of a researcher, or why it is not answered: the researcher asks otherwise.

A request is text from outside: no message repeats a word of it. What is declared is no secret and is named.
"""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError, Exit

_NOTHING = "Nothing was read of any resident."


class RequestUnreadable(BestandsanalyseError):
    """The file is no request: missing, too large, no TOML, or with other keys than a request has."""

    exit_code = Exit.REQUEST

    def __init__(self, problem: str) -> None:
        super().__init__(f"The request {problem}. {_NOTHING} See docs/researcher.md for an example.")


class RequestUnknown(BestandsanalyseError):
    """A name that is not declared; what is declared is told."""

    exit_code = Exit.REQUEST

    def __init__(self, key: str, known: Sequence[str]) -> None:
        self.key = key
        self.known = tuple(known)
        super().__init__(
            f"The request has something under {key} that is not declared. {_NOTHING} Choose from: {', '.join(known)}."
        )


class RequestNotAllowed(BestandsanalyseError):
    """The register of the PIA does not allow it; the rule says why, in Dutch."""

    exit_code = Exit.REQUEST

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = tuple(rules)
        super().__init__(f"The PIA does not allow this request. {_NOTHING} {' '.join(rules)}")


class RequestNamesPerson(BestandsanalyseError):
    """Title or reason holds what looks like an identifier of a person."""

    exit_code = Exit.REQUEST

    def __init__(self, key: str, kinds: Sequence[str]) -> None:
        self.key = key
        self.kinds = tuple(kinds)
        super().__init__(
            f"The request holds under {key} what looks like a {', '.join(kinds)}. {_NOTHING} A request is about "
            "groups: say why it is asked without naming anybody."
        )


class DeliveriesDiffer(BestandsanalyseError):
    """Counted again, tables of an earlier release of the same persons have other counts."""

    exit_code = Exit.REQUEST

    def __init__(self) -> None:
        super().__init__(
            "The deliveries do not give the counts that were published for this peildatum: they were corrected since, "
            "and a difference of a few would point at persons. Nothing was published. Use the deliveries of that "
            "release, or ask for another peildatum."
        )


class DeclarationsDiffer(BestandsanalyseError):
    """A dimension has other categories, labels or rules than when it was published."""

    exit_code = Exit.REQUEST

    def __init__(self, dimensions: Sequence[str]) -> None:
        self.dimensions = tuple(dimensions)
        super().__init__(
            f"What was published for this peildatum declares {', '.join(dimensions)} otherwise than this version does, "
            "so that the two cannot be judged together. Nothing was published. Use the version that the manifest of "
            "that release names."
        )


class MethodsDiffer(BestandsanalyseError):
    """An exact count beside a rounded one of the same persons would undo the rounding."""

    exit_code = Exit.REQUEST

    def __init__(self) -> None:
        super().__init__(
            "What was published of these residents was made safe in another way (exact or rounded), and the two do "
            "not go together. Nothing was published. Use --profile with the profile of the first release."
        )


class RequestPublished(BestandsanalyseError):
    """What is asked is published already."""

    exit_code = Exit.REQUEST

    def __init__(self, table: str) -> None:
        super().__init__(
            f"Table {table} of this peildatum has every count that is asked already. Nothing was made: read it there."
        )


class RequestRefused(BestandsanalyseError):
    """The answer would give somebody away, or hardly tell anything; what coarser question would pass.

    What it says depends on the residents only through pass or fail of at most a handful of declared questions
    (`transforms.requests.answer`); every refusal is counted for the officer.
    """

    exit_code = Exit.REQUEST

    def __init__(self, minimum: int, coarser: str, published: Sequence[str] = ()) -> None:
        self.minimum = minimum
        self.coarser = coarser
        self.published = tuple(published)
        advice = (
            f"This coarser question would pass now:\n\n{coarser}"
            if coarser
            else "No other coarser question of it would pass now either."
        )
        at_hand = f"Coarser questions of it are answered already, by {', '.join(published)}. " if published else ""
        super().__init__(
            "The request is refused: beside what was published before, its table would give small numbers away, or "
            f"fewer than {minimum} % of its cells could be published. Nothing was published. {at_hand}{advice}"
        )
