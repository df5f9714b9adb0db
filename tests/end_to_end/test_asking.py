"""A researcher's question end to end, on the sample, after an exact release of the same peildatum."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.commands.verify_wording import verified_text
from flows.pipeline import steps
from flows.registers.ledger import read_ledger
from flows.release.proof import prove, read_release
from flows.release.verification import Verified, verify_release
from flows.workfolder.home import Home, Run, read_run
from schemas.errors import (
    DeliveriesDiffer,
    MethodsDiffer,
    RequestNotAllowed,
    RequestPublished,
    RequestRefused,
    VerificationFailed,
)
from schemas.rights import Right
from tests.builders import kills
from tests.builders.requests import request_toml
from transforms.disclosure.suppression.protect import with_intervals

Flow = Callable[..., Any]


def _published(run: Run, officer: Path) -> Path:
    steps.approve(run, officer)
    return steps.publish(run)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith("akkoord")}


def _request(folder: Path, text: bytes) -> Path:
    path = folder / "verzoek.toml"
    path.write_bytes(text)
    return path


def _values(folder: Path, table: str) -> pl.DataFrame:
    return next(one.frame for one in read_release(folder)[0] if one.spec.id.startswith(table))


def test_a_question_is_answered_beside_the_release_it_follows(
    pending: Run, officer: Path, run_flow: Flow, home: Home, tmp_path: Path
) -> None:
    main = _published(pending, officer)
    path = _request(tmp_path, request_toml(peildatum="2019-07-01"))
    with kills.states_kept(home, tmp_path / "staten", every=13):
        first = run_flow(request=path)
    states = sorted((tmp_path / "staten").iterdir())
    assert len(states) >= 5
    for state in states:
        kills.require_right(home, state, tmp_path / state.name, Right.OBJECT, "999990019")
    dossier = first.dossier.read_text()
    assert "Voor wie is nieuw aanbod nodig" in dossier
    assert "geboorte_datum" in dossier
    assert "als een geheel aangevallen" in dossier
    answer = _published(read_run(home, first.run_id), officer)
    alone = verify_release(answer, home.officer_public_key)
    verified = verify_release(answer, home.officer_public_key, [main])
    assert verified.proof.is_redrawn
    manifest = json.loads((answer / "manifest.json").read_bytes())
    _require_union(alone, verified, manifest, main, answer, tmp_path)
    assert manifest["question"]["dimensies"] == ["duurklasse", "leeftijdsklasse"]
    assert manifest["ledger"]["releases"] == 1
    assert "Voor wie is nieuw aanbod" not in "".join(map(str, _bytes(answer).values()))
    asked, duur = _values(answer, "V"), _values(main, "T04")
    margin = asked.filter(pl.col("leeftijdsklasse") == "totaal").select("duurklasse", "value", "status")
    of_all = duur.filter(pl.col("regeling") == "totaal").select("duurklasse", "value", "status")
    assert margin.rows() == of_all.rows()
    assert [one.question for one in read_ledger(home.ledger)] == ["", manifest_id(answer)]

    # The same again is the same, and so is the analysis that it followed.
    again = run_flow(request=path)
    assert _bytes(read_run(home, again.run_id).pending) == _bytes(answer)
    assert _published(read_run(home, again.run_id), officer) == answer
    assert _bytes(read_run(home, run_flow().run_id).pending) == _bytes(main)
    assert len(read_ledger(home.ledger)) == 2


def _require_union(
    alone: Verified, verified: Verified, manifest: dict[str, Any], main: Path, answer: Path, tmp_path: Path
) -> None:
    """What an answer states is what follows from it and the release that it followed, and is proven with both."""
    assert manifest["beside"] == [main.name]
    assert alone.proof.missing == (main.name,)
    assert f"what follows together with {main.name}, which was not given" in verified_text(alone)
    assert verified.proof.missing == ()
    assert [name for name, _ in verified.same_day] == [main.name]
    assert "there are no other earlier releases" in verified_text(verified)
    assert f"attacked as one with {main.name}" in verified_text(verified)
    assert verified.narrowest is not None
    assert asdict(verified.proof.audit) | {"solved": 0} == manifest["audit"] | {"solved": 0}
    assert verify_release(main, None, [answer]).same_day[0][0] == answer.name  # the other way round, too
    # Alone the table would leave more, and to say so would be too little of an attacker.
    own = with_intervals(alone.proof.content.released, alone.proof.attack)
    stated = alone.proof.content.released
    assert any(
        (wide != narrow).any()
        for left, right in zip(own, stated, strict=True)
        for wide, narrow in ((left.frame[end], right.frame[end]) for end in ("low", "high"))
    )
    forged = tmp_path / "te-wijd"
    shutil.copytree(answer, forged)
    (path,) = forged.glob("V*.csv")
    table, narrow = stated[0], own[0].frame.select("low", "high").rows()
    lines = list(csv.DictReader(io.StringIO(path.read_text())))
    for line, (low, high) in zip(lines, narrow, strict=True):
        line.update(low=str(low), high=str(high))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    path.write_text(text.getvalue())
    with pytest.raises(VerificationFailed, match=f"{table.spec.id} states other intervals"):
        prove(forged, {main.name: read_release(main)[0]})


def manifest_id(folder: Path) -> str:
    return read_release(folder)[2].question_id


def test_what_is_published_already_is_named_and_a_refusal_is_counted(
    pending: Run, officer: Path, run_flow: Flow, home: Home, tmp_path: Path
) -> None:
    _published(pending, officer)
    known = request_toml(populatie='"alle"', dimensies='["leeftijdsklasse"]')
    with pytest.raises(RequestPublished, match="Table T02 of this peildatum"):
        run_flow(request=_request(tmp_path, known))
    fine = request_toml(populatie='"pwet_totaal"', dimensies='["trede", "leeftijdsklasse"]')
    with pytest.raises(RequestRefused, match="answered already, by T02, T03, T06") as caught:
        run_flow(request=_request(tmp_path, fine))
    assert caught.value.__context__ is None
    assert caught.value.coarser == ""
    assert len(read_ledger(home.ledger)) == 1
    outcome = run_flow(request=_request(tmp_path, request_toml()))
    assert "Geweigerde verzoeken in deze werkmap: 1." in outcome.dossier.read_text()
    assert (read_run(home, outcome.run_id).pending / "manifest.json").is_file()


def test_the_register_is_asked_before_a_delivery_is_read(
    run_flow: Flow, inbox: Path, home: Home, tmp_path: Path
) -> None:
    for delivered in inbox.iterdir():
        delivered.unlink()
    with pytest.raises(RequestNotAllowed, match="nooit als profiel"):
        run_flow(request=_request(tmp_path, request_toml(dimensies='["zrm", "geslacht"]')))
    assert not list((home.root / "runs").iterdir())


def test_corrected_deliveries_and_another_method_are_told_apart(
    pending: Run, officer: Path, run_flow: Flow, inbox: Path, tmp_path: Path
) -> None:
    _published(pending, officer)
    path = _request(tmp_path, request_toml())
    with pytest.raises(MethodsDiffer):
        run_flow(request=path, profile="kwartaal")
    lines = (inbox / "wmo.csv").read_bytes().split(b"\r\n")
    (inbox / "wmo.csv").write_bytes(b"\r\n".join([*lines[:30], *lines[45:]]))
    with pytest.raises(DeliveriesDiffer):
        run_flow(request=path)


def test_an_answer_that_was_changed_does_not_verify(
    pending: Run, officer: Path, run_flow: Flow, home: Home, tmp_path: Path
) -> None:
    _published(pending, officer)
    outcome = run_flow(request=_request(tmp_path, request_toml()))
    waiting = read_run(home, outcome.run_id).pending
    manifest = json.loads((waiting / "manifest.json").read_bytes())
    manifest["question"]["populatie"] = "iedereen"
    (waiting / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(VerificationFailed, match="does not declare what was asked"):
        verify_release(waiting, None)
