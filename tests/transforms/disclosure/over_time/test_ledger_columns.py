"""The ledger knows counts by what they count: other headers, other levels, longer lists, and what a blank tells."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from flows.commands.protection.command import protect
from schemas.errors import (
    CategoriesChanged,
    ColumnsUnrelated,
    MethodsDiffer,
    NotTogether,
    TooExact,
)
from tests.builders.releases import B, spec_of
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.system import build
from transforms.disclosure.rounding.rounding import controlled_rounding

Rows = Sequence[Sequence[str]]
PLACES = {"N1": "Noord", "N2": "Noord", "Z1": "Zuid", "Z2": "Zuid", "O1": "Oost"}
MARCH, JUNE = date(2024, 3, 1), date(2024, 6, 1)
ROUNDED = {"method": "round", "base": 10}


def rows(number: int = 300, seed: int = 1) -> list[list[str]]:
    """District, neighbourhood and regulation per person."""
    rng = np.random.default_rng(seed)
    drawn = rng.choice(list(PLACES), number, p=[0.3, 0.05, 0.3, 0.15, 0.2]).tolist()
    return [[PLACES[one], one, reg] for one, reg in zip(drawn, rng.choice(["PW", "WMO", "IOAW"], number), strict=True)]


def written(path: Path, header: str, content: Rows) -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in content)]) + "\n", encoding="utf-8")
    return path


class Steward:
    """Makes releases in one ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._number = 0

    def release(self, header: str, content: Rows, by: str, day: date | None, **options: object) -> Path:
        self._number += 1
        out = self.folder / f"uit{self._number}"
        file = written(self.folder / f"in{self._number}.csv", header, content)
        protect(file, by=[by], out=out, ledger=self.folder / "grootboek", peildatum=day, **options)
        return out


@pytest.fixture
def steward(tmp_path: Path) -> Steward:
    return Steward(tmp_path)


HEADER = "wijk,buurt,reg"


@pytest.mark.parametrize("header", ["Wijk,buurt,Regeling", " WIJK ,buurt,reg", "Wi jk,buurt,soort"])
def test_a_renamed_header_is_the_same_column(header: str, steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk,reg", MARCH)
    wijk, _, reg = (name.strip() for name in header.split(","))
    with pytest.raises(TooExact):
        steward.release(header, rows(303), f"{wijk},{reg}", JUNE)
    audit = json.loads(
        (steward.release(header, rows(303), f"{wijk},{reg}", JUNE, **ROUNDED) / "audit.json").read_text()
    )
    assert audit["ledger"]["pairs"] == 1
    assert audit["recognised_by_categories"] == ([] if reg == "reg" else [["reg", reg]])


def test_another_level_of_the_same_persons_is_safe_together(steward: Steward) -> None:
    """What districts leave of a neighbourhood that is blank is attacked, as one release."""
    first = steward.release(HEADER, rows(), "wijk,reg", MARCH)
    second = steward.release(HEADER, rows(), "buurt,reg", MARCH)
    assert "Noord" in (first / "wijk_x_reg.csv").read_text()
    blank = [line for line in (second / "buurt_x_reg.csv").read_text().splitlines() if ",Q," in line]
    assert blank
    for line in blank:
        low, high = line.split(",")[-2:]
        assert int(high) - int(low) >= 10
    with pytest.raises(MethodsDiffer):
        steward.release(HEADER, rows(), "buurt", MARCH, **ROUNDED)


def test_another_level_later_must_be_rounded(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH)
    with pytest.raises(TooExact, match="counts by buurt"):
        steward.release(HEADER, rows(303), "buurt", JUNE)
    steward.release(HEADER, rows(303), "buurt", JUNE, **ROUNDED)


def test_what_cannot_be_related_is_refused_with_the_way_to_say_it(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk,reg", MARCH, **ROUNDED)
    without = [[buurt, reg] for _, buurt, reg in rows(303)]
    with pytest.raises(ColumnsUnrelated, match=r"buurt.*their wijk.*--same-as OLD=buurt.*--codes.*--new buurt"):
        steward.release("buurt,reg", without, "buurt", JUNE, **ROUNDED)
    steward.release("buurt,reg", without, "reg", JUNE, **ROUNDED)
    steward.release("buurt,reg", without, "buurt", date(2024, 9, 1), new=["buurt"], **ROUNDED)


def test_code_lists_relate_a_level_that_the_file_does_not_have(steward: Steward, tmp_path: Path) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH)
    codes = tmp_path / "codes.toml"
    codes.write_text("[buurt.determines.wijk]\n" + "\n".join(f'{b} = "{w}"' for b, w in PLACES.items()))
    without = [[buurt, reg] for _, buurt, reg in rows(303)]
    with pytest.raises(TooExact, match="counts by buurt"):
        steward.release("buurt,reg", without, "buurt", JUNE, codes=codes)
    steward.release("buurt,reg", without, "buurt", JUNE, codes=codes, **ROUNDED)


def test_who_says_that_a_column_has_another_name_is_believed(steward: Steward) -> None:
    steward.release("w,reg", [[w, r] for w, _, r in rows()], "w", MARCH)
    content = [[{"Noord": "1", "Zuid": "2", "Oost": "3"}[w], r] for w, _, r in rows(303)]
    with pytest.raises(ColumnsUnrelated):
        steward.release("gebied,reg", content, "gebied", JUNE)
    with pytest.raises(CategoriesChanged):
        steward.release("gebied,reg", content, "gebied", JUNE, same_as=["w=gebied"])
    with pytest.raises(TooExact):
        steward.release("gebied,reg", [[w, r] for w, _, r in rows(303)], "gebied", JUNE, same_as=["w=gebied"])
    for wrong in (["w"], ["x=gebied"], ["w=x"]):
        with pytest.raises(NotTogether):
            steward.release("gebied,reg", content, "gebied", JUNE, same_as=wrong)


@pytest.mark.parametrize("header", ["Wijk,Buurt,reg", "Wijk,Buurt,Regeling", "gebied,Buurt,reg"])
def test_a_column_that_had_two_names_is_each_of_them(header: str, steward: Steward) -> None:
    """A release of others under another header hides no earlier one of the same persons."""
    by = header.replace(",Buurt", "")
    steward.release(HEADER, rows(), "wijk,reg", MARCH, population="P")
    steward.release(header, rows(seed=2), by, MARCH, population="Q", disjoint=["P"])
    with pytest.raises(TooExact):
        steward.release(header, rows(303), by, JUNE, population="P", disjoint=["Q"])


def test_two_names_of_one_day_are_one_column(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk,reg", MARCH)
    steward.release("Wijk,Buurt,regeling", rows(), "Wijk,regeling", MARCH, same_as=["reg=regeling"])
    assert steward.release("WIJK,Buurt,regeling", rows(), "Buurt", MARCH, same_as=["reg=regeling"]).is_dir()


def test_two_columns_of_one_release_are_never_one(steward: Steward) -> None:
    content = [[w, rows(seed=9)[place][0]] for place, (w, _, _) in enumerate(rows())]
    steward.release("wijk,Wijk", content, "wijk,Wijk", MARCH, **ROUNDED)
    with pytest.raises(NotTogether):
        steward.release("gebied,reg", content, "gebied", JUNE, same_as=["wijk=gebied", "Wijk=gebied"], **ROUNDED)


def test_yes_and_no_are_no_name(steward: Steward) -> None:
    content = [[w, "ja" if b in {"N1", "Z1"} else "nee"] for w, b, _ in rows()]
    steward.release("wijk,schulden", content, "schulden", MARCH, **ROUNDED)
    with pytest.raises(ColumnsUnrelated):
        steward.release("wijk,werk", content, "werk", JUNE, **ROUNDED)


def test_one_mistake_hides_no_relation_to_an_earlier_level(steward: Steward) -> None:
    steward.release(HEADER, rows(), "buurt", MARCH)
    mistaken = [["Zuid", *row[1:]] if place == 5 else row for place, row in enumerate(rows(303))]
    with pytest.raises(TooExact):
        steward.release(HEADER, mistaken, "wijk", JUNE)


def test_a_header_over_an_empty_column_shows_no_relation(steward: Steward) -> None:
    steward.release(HEADER, rows(), "buurt", MARCH)
    with pytest.raises(ColumnsUnrelated):
        steward.release(HEADER, [[wijk, "", reg] for wijk, _, reg in rows(303)], "wijk", JUNE)


def test_a_guess_by_categories_relates_no_other_column(steward: Steward) -> None:
    steward.release("woonwijk,reg", [[w, r] for w, _, r in rows()], "woonwijk", MARCH)
    content = [[w, b.lower(), r] for w, b, r in rows(303)]
    with pytest.raises(ColumnsUnrelated):
        steward.release("werkwijk,gebied,reg", content, "gebied", JUNE)


def test_a_header_as_it_is_written_comes_before_one_in_other_capitals(steward: Steward) -> None:
    steward.release("wijk,reg", [[w, r] for w, _, r in rows()], "wijk", MARCH)
    content = [[w, rows(303, seed=9)[place][0], r] for place, (w, _, r) in enumerate(rows(303))]
    with pytest.raises(TooExact):
        steward.release("wijk,Wijk,reg", content, "wijk", JUNE)


def test_a_population_that_is_a_cell_of_an_earlier_table(steward: Steward) -> None:
    content = rows()
    steward.release(HEADER, content, "wijk", MARCH)
    noord = [row for row in content if row[0] == "Noord"]
    with pytest.raises((TooExact, ColumnsUnrelated)):
        steward.release(HEADER, noord, "reg", MARCH, population="wijk Noord")


def test_a_lower_threshold_undoes_no_earlier_promise(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH)
    with pytest.raises(NotTogether, match="higher --threshold"):
        steward.release(HEADER, rows(), "wijk,reg", MARCH, threshold=3)


@pytest.mark.parametrize("disjoint", ["", "deel", "ander"])
def test_who_is_disjoint_is_another_population_of_the_ledger(disjoint: str, steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH)
    with pytest.raises(NotTogether, match="--disjoint names"):
        steward.release(HEADER, rows(100), "wijk", MARCH, population="deel", disjoint=[disjoint])


def test_the_same_persons_need_the_columns_of_what_was_published(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH, **ROUNDED)
    steward.release(HEADER, rows(), "reg", MARCH, **ROUNDED)
    with pytest.raises(NotTogether, match="'reg'"):
        steward.release("wijk,buurt", [row[:2] for row in rows()], "wijk", MARCH)


def test_a_later_file_may_lack_columns_that_belonged_together(steward: Steward) -> None:
    steward.release(HEADER, rows(), "wijk", MARCH, **ROUNDED)
    steward.release(HEADER, rows(), "buurt", MARCH, **ROUNDED)
    ages = [["jong" if n % 3 else "oud"] for n in range(300)]
    steward.release("leeftijd", ages, "leeftijd", JUNE, new=["leeftijd"], **ROUNDED)


def test_code_lists_grow_merge_and_split(steward: Steward, tmp_path: Path) -> None:
    content = [[w, r] for w, _, r in rows(400)]
    steward.release("wijk,reg", content, "wijk,reg", MARCH, **ROUNDED)
    grown = [["West" if n % 9 == 0 and w == "Zuid" else w, r] for n, (w, r) in enumerate(content)]
    grown = [["Centrum" if w in {"Noord", "Oost"} else w, r] for w, r in grown]
    with pytest.raises(CategoriesChanged, match="--codes FILE"):
        steward.release("wijk,reg", grown, "wijk,reg", JUNE, **ROUNDED)
    codes = tmp_path / "codes.toml"
    codes.write_text('[wijk]\nvalues = ["Centrum", "Zuid", "West"]\n')
    with pytest.raises(CategoriesChanged):
        steward.release("wijk,reg", grown, "wijk,reg", JUNE, codes=codes, **ROUNDED)
    codes.write_text(
        '[wijk]\nvalues = ["Centrum", "Zuid", "West"]\n'
        '[wijk.was]\nNoord = ["Centrum"]\nOost = ["Centrum"]\nZuid = ["Zuid", "West"]\n'
    )
    out = steward.release("wijk,reg", grown, "wijk,reg", JUNE, codes=codes, **ROUNDED)
    lines = (out / "wijk_x_reg.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1::4]] == ["Centrum", "Zuid", "West", "Totaal"]
    assert json.loads((out / "audit.json").read_text())["ledger"]["pairs"] == 1
    # Once more with the same list, beside both.
    steward.release("wijk,reg", grown, "wijk,reg", date(2024, 9, 1), codes=codes, **ROUNDED)


def test_a_reader_of_the_code_learns_nothing_from_a_blank(tmp_path: Path) -> None:
    """A count that is blank beside an earlier release may have changed by nobody, or by ten and more.

    The total was published before, so it is blank; whoever runs the program on other files gets the same release of
    files in which it is what it was, and of files in which it is ten off.
    """
    earlier = [["A"] for _ in range(300)] + [["B"] for _ in range(130)]

    def later(sizes: Sequence[int], name: str) -> list[str]:
        steward = Steward(tmp_path / name)
        steward.folder.mkdir()
        steward.release("wijk", earlier, "wijk", MARCH)
        content = [["A", reg] for reg, size in zip("xyz", sizes, strict=True) for _ in range(size)]
        content = [[("A", "B")[n % 2], reg] for n, (_, reg) in enumerate(content)]
        out = steward.release("wijk,reg", content, "reg", JUNE)
        return [",".join(line.split(",")[:3]) for line in (out / "reg.csv").read_text().splitlines()]

    releases = [later((200, size, 84), str(size)) for size in (140, 146, 152, 160)]
    assert all(one == other for one, other in pairwise(releases))
    assert releases[0][-1] == "Totaal,,Q"
    assert sum(line.endswith(",,Q") for line in releases[0]) == 2


@pytest.mark.parametrize("true", range(90))
@pytest.mark.parametrize("before", [0, 10, 40, 50])
def test_no_count_is_without_a_safe_multiple_because_it_moved(before: int, true: int) -> None:
    """Whatever it was and is, of a table with nothing beside it; also where its own multiple proves a small change."""
    system = build([spec_of(B)])
    earlier = [Interval(max(0, value - 10), value + 10) for value in (before, 60, before + 60)]
    found = controlled_rounding(system, [true, 60, true + 60], base=10, earlier=[earlier], steady=True)
    assert not found.given_away


def test_who_is_counted_is_in_no_ledger(steward: Steward) -> None:
    """A person has a dozen rows, so that his number looks like a code list of which districts follow."""
    content = [[f"nr{n:03}", *row] for n, row in enumerate(rows(100)) for _ in range(12)]
    steward.release(f"nr,{HEADER}", content, "wijk,reg", MARCH, person="nr")
    assert "nr0" not in (steward.folder / "grootboek" / "ledger.jsonl").read_text()
