"""What is past its term goes, with its key; what is not stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.custody.keys import secret_for
from flows.custody.store_access import store_of
from flows.rights.retention import apply_retention
from flows.runs.quarantine import quarantined_rows
from flows.workfolder.home import Home, Run, start_date
from schemas.errors import KeyDestroyed, RetentionPassed

GEMEENTE = "0865"
TODAY = datetime.now(UTC).date()


def test_what_is_due_goes_with_its_key_and_what_is_not_stays(archived: Run) -> None:
    home, day = archived.home, start_date(archived.run_id)
    kept = apply_retention(home, day + timedelta(days=90))
    assert (kept.quarantines, kept.archives, kept.indexes, kept.keys) == (0, 0, 0, ())
    gone = apply_retention(home, day + timedelta(days=91))
    assert (gone.quarantines, gone.archives, gone.indexes) == (1, 1, 1)
    assert gone.keys == (archived.key_id,)
    with pytest.raises(KeyDestroyed):
        secret_for(home, archived.key_id)
    with store_of(home) as store:
        assert store.entry(archived.key_id).wrapped is None
    assert archived.dossier.exists()
    assert apply_retention(home, day + timedelta(days=91)).keys == ()


def test_the_term_of_what_is_read_again_counts_from_its_delivery(archived: Run) -> None:
    later = replace(archived, run_id="20990101T000000-000000", archived=archived.run_id)
    later.record()
    (later.quarantine / "wmo.identified.parquet").write_bytes(b"rows")
    gone = apply_retention(archived.home, archived.received + timedelta(days=91))
    assert gone.quarantines == 2
    assert not later.quarantine.exists()


def test_the_key_of_a_year_that_is_not_over_stays_unless_it_was_replaced(archived: Run) -> None:
    home, day = archived.home, archived.received + timedelta(days=91)
    domain = f"bestandsanalyse/{GEMEENTE}/{day.year}"
    with store_of(home) as store:
        store.with_new(domain, day).save()
    replace(archived, key_id=f"{domain}/1").record()
    assert apply_retention(home, day).keys == ()
    assert apply_retention(home, date(day.year, 12, 31) + timedelta(days=90)).keys == ()
    with store_of(home) as store:
        store.with_new(domain, day).save()
    assert apply_retention(home, day).keys == (f"{domain}/1",)


def test_deliveries_that_lie_in_the_inbox_for_longer_than_a_term_go(home: Home) -> None:
    (home.inbox / "wmo.csv").write_bytes(b"rows")
    assert apply_retention(home, TODAY + timedelta(days=80)).deliveries == 0
    assert apply_retention(home, TODAY + timedelta(days=100)).deliveries == 1
    assert list(home.inbox.iterdir()) == []


def test_a_quarantine_past_its_term_is_not_read(archived: Run) -> None:
    old = replace(archived, run_id="20990101T000000-000000", archived="20190701T120000-000000")
    old.record()
    with pytest.raises(RetentionPassed):
        quarantined_rows(old.home, old.run_id)
