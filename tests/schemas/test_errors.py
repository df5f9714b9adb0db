"""The errors: a word for each, and an exit code by who must act."""

import re

import pytest

from schemas import errors
from schemas.errors import OUTCOMES, BestandsanalyseError, Exit

BASES = {BestandsanalyseError, errors.DeliveryError, errors.InspectionError}
"""Errors that are only there for others to build on."""

KINDS = [kind for kind in map(errors.__dict__.get, errors.__all__) if isinstance(kind, type)]
ERRORS = [kind for kind in KINDS if issubclass(kind, BestandsanalyseError) and kind not in BASES]


def test_every_error_is_importable_from_one_place() -> None:
    def descendants(kind: type[BestandsanalyseError]) -> set[type[BestandsanalyseError]]:
        return set(kind.__subclasses__()).union(*map(descendants, kind.__subclasses__()))

    ours = {kind for kind in descendants(BestandsanalyseError) if kind.__module__.startswith("schemas.")}
    assert ours - BASES == {*ERRORS}


def test_every_error_has_a_word_of_its_own() -> None:
    words = [kind.code for kind in ERRORS]
    assert len({*words, *OUTCOMES}) == len(words) + len(OUTCOMES)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", word) for word in words)
    assert errors.UnknownProfile.code == "unknown-profile"
    assert errors.NoBsn.code == "no-bsn"


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_every_error_says_who_must_act(kind: type[BestandsanalyseError]) -> None:
    assert any("exit_code" in vars(one) for one in kind.__mro__ if one not in BASES)
    assert kind.exit_code not in {Exit.DONE, Exit.INTERRUPTED}


def test_there_are_few_exit_codes() -> None:
    assert {kind.exit_code for kind in ERRORS} | {*OUTCOMES.values()} == {*Exit}
    # 126 and 127 are of the shell, and what lies above 128 stands for a signal: 130 is one, and 150 is none.
    assert [int(one) for one in Exit] == [0, 2, 3, 4, 32, 40, 50, 60, 64, 70, 80, 90, 97, 107, 130, 150]
