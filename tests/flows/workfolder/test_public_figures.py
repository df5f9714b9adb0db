"""What others publish, as a work folder declares it, up to the signed manifest."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import main
from flows.pipeline import steps
from flows.release.proof import prove
from flows.workfolder.home import Home, read_run
from flows.workfolder.public_figures import (
    TEMPLATE,
    parse_public,
    records_of,
    statistics_of,
    toml_of,
    with_public,
)
from sample_data.generate import public_figures
from schemas.errors import ApprovalRefused, PublicFiguresUnusable, VerificationFailed
from schemas.profiles import DEEL, STANDAARD
from schemas.states import Pseudonymised
from tests.builders.sample import PEILDATUM
from transforms.counting.aggregate import count

FIGURES = b"""[[statistiek]]
titel = "Bijstand naar leeftijd en geslacht"
bron = "verzonnen"
peildatum = 2019-07-01
populatie = "pwet_totaal"
dimensies = ["leeftijdsklasse", "geslacht"]
afgerond_op = 10
aantallen = [
  {leeftijdsklasse = ["<27"], geslacht = "1", aantal = 20},
  {leeftijdsklasse = ["45-54", "55-65"], aantal = 140},
  {aantal = 300},
]
"""


def test_figures_are_of_sets_of_categories_and_of_totals() -> None:
    (statistic,) = parse_public(FIGURES)
    cells = [
        (*levels, value)
        for levels, value in zip(
            [(a, b) for a in statistic.spec.dimensions[0].levels for b in statistic.spec.dimensions[1].levels],
            statistic.values,
            strict=True,
        )
        if value is not None
    ]
    assert cells == [("<27", "1", 20), ("45-54 + 55-65", "totaal", 140), ("totaal", "totaal", 300)]
    assert [bound for bound in statistic.bounds if bound] == [(15, 25), (135, 145), (295, 305)]
    (again,) = statistics_of(json.loads(json.dumps(records_of([statistic]))))
    assert again == statistic
    assert parse_public(toml_of(records_of([statistic])).encode()) == (statistic,)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"[[statistiek]]", b"[statistiek]", "something else than tables that begin with [[statistiek]]"),
        (b"titel", b"titre", "another key than titel"),
        (b"titel", b"# titel", "lacks titel in table 1"),
        (b"aantal = 20", b"aantal = 23", "no multiple of afgerond_op: 1 of table 1"),
        (b"titel =", b"titel geheim", "is no TOML from line 2 on"),
        (b"verzonnen", b"verzonn\xe9n", "is not in UTF-8"),
        (b'"Bijstand naar', b'"<b>geheim', "has no titel in table 1 of at most 200 letters"),
        (b"2019-07-01", b"2019", "has no date under peildatum"),
        (b"2019-07-01", b"2019-07-01T10:00:00", "has no date under peildatum"),
        (b'"pwet_totaal"', b'"geheim"', "no declared populatie"),
        (b'"pwet_totaal"', b"[]", "no declared populatie"),
        (b"2019-07-01", b'"2019-W27-1"', "has no date under peildatum"),
        (b'"geslacht"]', b'"geheim"]', "another dimensie than regeling"),
        (b'"geslacht"]', b'"leeftijdsklasse"]', "no list of one to three dimensies"),
        (b'"geslacht"]', b'"voorziening"]', "another dimensie than"),
        (b'["<27"]', b'["geheim"]', "has another leeftijdsklasse than <27"),
        (b'["<27"]', b"[]", "has another leeftijdsklasse than <27"),
        (
            b"aantal = 20",
            b"aantal = -1",
            "no whole number from 0 to 1000000, without quotes or point, under aantal in figure 1",
        ),
        (
            b"aantal = 20",
            b"aantal = 2.5",
            "no whole number from 0 to 1000000, without quotes or point, under aantal in figure 1",
        ),
        (
            b"aantal = 20",
            b"aantal = true",
            "no whole number from 0 to 1000000, without quotes or point, under aantal in figure 1",
        ),
        (b"afgerond_op = 10", b"afgerond_op = 0", "no whole number from 1 to"),
        (b"afgerond_op = 10", b"afgerond_op = 10\nmarge = -3", "under marge in table 1"),
        (b'["45-54", "55-65"], aantal', b'["<27"], geslacht = ["1"], aantal', "gives a cell twice, with figure 2"),
        (b"aantallen = [", b"aantallen = []\nx = [", "another key than"),
    ],
)
def test_a_declaration_that_is_not_one_is_refused_without_its_words(old: bytes, new: bytes, problem: str) -> None:
    assert old in FIGURES
    with pytest.raises(PublicFiguresUnusable) as caught:
        parse_public(FIGURES.replace(old, new))
    assert problem in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_the_template_is_refused_until_it_is_filled_in() -> None:
    template = toml_of(TEMPLATE)
    with pytest.raises(PublicFiguresUnusable, match="under aantal in figure 1 of table 1"):
        parse_public(template.encode())
    filled = parse_public(template.replace('"vul in"', "40").encode())
    assert [(one.rounding, [dimension.name for dimension in one.spec.dimensions]) for one in filled] == [
        (10, ["leeftijdsklasse"]), (10, ["geslacht"]), (5, ["leeftijdsklasse"]), (5, ["geslacht"]),
    ]  # fmt: skip


def test_figures_hold_for_their_own_day_and_for_the_whole_municipality(home: Home, tmp_path: Path) -> None:
    declared = tmp_path / "openbaar.toml"
    declared.write_bytes(FIGURES)
    assert with_public(home, STANDAARD, PEILDATUM) == STANDAARD
    main(["public", str(declared), "--home", str(home.root)])
    assert home.public.stat().st_mode & 0o777 == 0o600
    assert with_public(home, STANDAARD, PEILDATUM).public == parse_public(FIGURES)
    assert with_public(home, STANDAARD, date(2019, 10, 1)).public == ()
    assert with_public(home, DEEL, PEILDATUM).public == ()
    home.public.write_bytes(b"{")
    with pytest.raises(PublicFiguresUnusable):
        with_public(home, STANDAARD, PEILDATUM)


def test_the_command_prints_a_template_and_says_what_it_kept(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["public"])
    assert tomllib.loads(capsys.readouterr().out).keys() == {"statistiek"}
    declared = tmp_path / "cbs.toml"
    declared.write_bytes(FIGURES)
    main(["public", str(declared)])
    assert capsys.readouterr().out.startswith(
        f"Declared in {home.public}, in the place of any before: tables 1, figures 3"
    )
    declared.write_bytes(b"geheim")
    with pytest.raises(SystemExit) as stopped:
        main(["public", str(declared)])
    assert stopped.value.word == "public-figures-unusable"
    assert home.public.read_bytes() == FIGURES  # as it was


def test_the_figures_beside_the_sample_are_those_of_the_sample(personen: Pseudonymised) -> None:
    statistics = parse_public(public_figures())
    assert [one.title for one in statistics] == [one["titel"] for one in TEMPLATE]
    for one in statistics:
        for true, value in zip(count(personen, one.spec).frame["aantal"], one.values, strict=True):
            assert value in {None, (true + one.rounding // 2) // one.rounding * one.rounding}
            assert value is None or value >= 10


def test_a_run_is_protected_and_verified_beside_what_others_publish(
    home: Home, officer: Path, run_flow: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    home.public.write_bytes(public_figures())
    outcome = run_flow()
    dossier = outcome.dossier.read_text()
    assert "Bij de proefaanval had de aanvaller ook deze tabellen." in dossier
    assert "| Personen met Wmo-maatwerk naar leeftijd | verzonnen, bij het voorbeeldbestand | 5 | 0 | 4 |" in dossier
    pending = home.run_folder(outcome.run_id) / "te-publiceren"
    manifest = json.loads((pending / "manifest.json").read_text())
    assert statistics_of(manifest["public"]) == parse_public(public_figures())
    proof = prove(pending)
    assert proof.content.profile.public
    assert proof.audit.lowest_high is not None
    assert proof.audit.lowest_high >= 10
    steps.approve(read_run(home, outcome.run_id), officer)
    home.public.write_bytes(FIGURES)
    with pytest.raises(ApprovalRefused, match="declared since"):
        steps.publish(read_run(home, outcome.run_id))
    # Without them the intervals that the tables state do not follow.
    (pending / "manifest.json").write_text(json.dumps(manifest | {"public": []}))
    with pytest.raises(VerificationFailed, match="states other intervals"):
        prove(pending)
    forged = [replace(one, values=(100, *one.values[1:])) for one in parse_public(public_figures())]
    (pending / "manifest.json").write_text(json.dumps(manifest | {"public": records_of(forged)}))
    with pytest.raises(VerificationFailed):
        prove(pending)
    (pending / "manifest.json").write_text(json.dumps(manifest | {"public": [{"titel": "geheim"}]}))
    with pytest.raises(VerificationFailed, match="statistics of others"):
        prove(pending)
