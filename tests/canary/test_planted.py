"""What is planted reaches the pipeline: of each delivery one row that is good, and one that is not."""

from collections.abc import Mapping

import pytest

from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from tests.builders.sample import PEILDATUM
from tests.canary.planted import planted
from transforms.intake.contract import check_contract
from transforms.intake.delivery import read_delivery


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_canary_is_in_a_good_row_and_in_one_with_a_broken_number(
    source: SourceSpec, sample: Mapping[str, bytes]
) -> None:
    header, _, _ = sample[source.file_name].partition(b"\r\n")
    content = b"\r\n".join((header, "".join(planted(source.file_name)).encode("cp1252")))
    checked = check_contract(read_delivery(content, source), source, profile=STANDAARD, peildatum=PEILDATUM)
    assert checked.valid.frame.height == 1
    assert [(count.rule, count.rows) for count in checked.counts if count.rows] == [("elfproef", 1)]
