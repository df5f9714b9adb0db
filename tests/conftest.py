"""Shared fixtures. Prefect's environment is set before anything imports Prefect."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from flows.custody.passphrase import CREDENTIALS_VARIABLE, make_credentials
from flows.prefect_settings import prepare_environment
from flows.workfolder.files import lock_file
from flows.workfolder.home import HOME_VARIABLE, Home, Run, read_run

_SESSION = Path(tempfile.mkdtemp(prefix="bestandsanalyse-tests-"))
# Registered before Prefect's own clean-up, so run after it.
atexit.register(shutil.rmtree, _SESSION, ignore_errors=True)
_SESSION_HOME = Home(_SESSION / "home").make()
prepare_environment(_SESSION_HOME)
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _IS_WORKER:  # workers have those of the process that started them, so that they can share a run
    make_credentials(_SESSION / "credentials")
    os.environ[CREDENTIALS_VARIABLE] = str(_SESSION / "credentials")
_CREDENTIALS = Path(os.environ[CREDENTIALS_VARIABLE])

from flows.custody import roles  # noqa: E402
from flows.custody.signing import make_officer_key  # noqa: E402
from flows.custody.store_access import begin_store  # noqa: E402
from flows.custody.wrapping import PASSPHRASE  # noqa: E402
from pia.evidence import Evidence  # noqa: E402
from sample_data.generate import deliveries  # noqa: E402
from schemas.fields import BSN  # noqa: E402
from schemas.names import HUISHOUDEN  # noqa: E402
from schemas.profiles import STANDAARD  # noqa: E402
from schemas.sources import SOURCES  # noqa: E402
from schemas.states import Pseudonymised, Summed  # noqa: E402
from schemas.tables import TABLES  # noqa: E402
from tests.builders import kills  # noqa: E402
from tests.builders.archived import archived_by_hand  # noqa: E402
from tests.builders.custody import CHEAP  # noqa: E402
from tests.builders.evidence import evidence_of, protected_sums, rests_of, summed_of  # noqa: E402
from tests.builders.prefect_database import put_database  # noqa: E402
from tests.builders.remembered import FOLDER_VARIABLE, remember  # noqa: E402
from tests.builders.sample import KEY, PEILDATUM  # noqa: E402
from transforms.counting.aggregate import count, count_households  # noqa: E402
from transforms.disclosure import Protected, SameFile, protect  # noqa: E402
from transforms.disclosure.sums.sum_release import SumRelease  # noqa: E402
from transforms.intake.contract import Checked, check_contract  # noqa: E402
from transforms.intake.delivery import read_delivery  # noqa: E402
from transforms.persons.costs import add_costs  # noqa: E402
from transforms.persons.derive import derive  # noqa: E402
from transforms.persons.link import link  # noqa: E402
from transforms.persons.pseudonymise import pseudonymise  # noqa: E402

# What one command of a researcher bars is barred for the whole process, and here all tests share one; the bar itself is
# tested in processes of its own (`tests/flows/custody/test_roles.py`).
roles.bar_keys = lambda: None  # type: ignore[attr-defined]

if not _IS_WORKER and FOLDER_VARIABLE not in os.environ:
    (_SESSION / "remembered").mkdir()
    os.environ[FOLDER_VARIABLE] = str(_SESSION / "remembered")  # for all workers
remember()

_SAMPLED = 37
"""Of the file-system events of the run that all tests share, one in so many is a kill that is looked at."""

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("removal", parent=settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate))
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


_FIRST = ("test_asking.py", "test_serve.py", "test_disclosure.py", "test_report_accessible.py", "test_surface.py")
"""Of the files that are first handed out only one waits for `finished`; the others need it not."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files first that workers begin with, so that they need not wait for each other."""
    items.sort(key=lambda item: _FIRST.index(item.path.name) if item.path.name in _FIRST else len(_FIRST))


@pytest.fixture(autouse=True)
def _back() -> Iterator[None]:
    """A command leaves the current folder for the rest of its process, which here is that of all tests."""
    folder = Path.cwd()
    yield
    os.chdir(folder)
    os.environ.pop("PYTHONSAFEPATH", None)


@pytest.fixture(scope="session")
def session_credentials() -> Path:
    """The folder with the passphrase under which this session makes its stores."""
    return _CREDENTIALS


@pytest.fixture(scope="session")
def sample() -> Mapping[str, bytes]:
    """The sample deliveries by file name."""
    return deliveries()


@pytest.fixture(scope="session")
def checked(sample: Mapping[str, bytes]) -> tuple[Checked, ...]:
    return tuple(
        check_contract(
            read_delivery(sample[source.file_name], source),
            source,
            profile=STANDAARD,
            peildatum=PEILDATUM,
        )
        for source in SOURCES
    )


@pytest.fixture(scope="session")
def staged(checked: tuple[Checked, ...]) -> Mapping[str, Pseudonymised]:
    return {one.source.id: pseudonymise(one.valid, one.source, key=KEY, peildatum=PEILDATUM) for one in checked}


@pytest.fixture(scope="session")
def personen(costed: Mapping[str, Pseudonymised]) -> Pseudonymised:
    return costed["personen"]


@pytest.fixture(scope="session")
def costed(staged: Mapping[str, Pseudonymised]) -> Mapping[str, Pseudonymised]:
    """Persons with what they count for, and the amounts beside them (`add_costs`)."""
    derived = derive(link(staged, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    return add_costs(derived, staged, peildatum=PEILDATUM)


@pytest.fixture(scope="session")
def protected(personen: Pseudonymised) -> Protected:
    """Every table of the sample, made safe together."""
    file = SameFile(persons=personen.frame, households=personen.frame[HUISHOUDEN])
    return protect([count(personen, spec) for spec in TABLES], STANDAARD, file=file)


@pytest.fixture(scope="session")
def summed_tables(costed: Mapping[str, Pseudonymised]) -> tuple[Summed, ...]:
    return summed_of(costed)


@pytest.fixture(scope="session")
def rests(costed: Mapping[str, Pseudonymised]) -> Mapping[str, Sequence[Sequence[Summed]]]:
    return rests_of(costed)


@pytest.fixture(scope="session")
def sums(
    summed_tables: tuple[Summed, ...], protected: Protected, rests: Mapping[str, Sequence[Sequence[Summed]]]
) -> SumRelease:
    return protected_sums(summed_tables, protected, rests)


@pytest.fixture(scope="session")
def evidence(
    checked: tuple[Checked, ...],
    staged: Mapping[str, Pseudonymised],
    protected: Protected,
    sums: SumRelease,
    summed_tables: tuple[Summed, ...],
    rests: Mapping[str, Sequence[Sequence[Summed]]],
    costed: Mapping[str, Pseudonymised],
) -> Evidence:
    """What a good run shows the PIA."""
    shown = evidence_of(checked, staged, protected, sums, summed_tables, rests)
    households = tuple(count_households(costed["personen"], table.spec) for table in protected.released)
    counted = tuple(count(costed["personen"], table.spec) for table in protected.released)
    return replace(shown, counted=counted, households=households, household_sums=summed_of(costed, HUISHOUDEN))


@pytest.fixture
def inbox(tmp_path: Path, sample: Mapping[str, bytes]) -> Path:
    """A delivery folder with the sample in it."""
    folder = tmp_path / "leveringen"
    folder.mkdir()
    for name, content in sample.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A work folder of its own; Prefect's server is shared by the whole session."""
    work = Home(tmp_path / "werkmap").make()
    begin_store(work, PASSPHRASE, cost=CHEAP)
    monkeypatch.setenv(HOME_VARIABLE, str(work.root))
    return work


@pytest.fixture
def officer(home: Home, tmp_path: Path) -> Path:
    """The officer's private key; its public half is pinned in the work folder."""
    key = tmp_path / "officer.pem"
    make_officer_key(key, home.officer_public_key)
    return key


@pytest.fixture
def run_flow(inbox: Path, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the flow in this process; keyword arguments replace its parameters.

    What weaker attackers would cost is for the dossier only, and takes three more searches: `finished` has it.
    """
    monkeypatch.setattr("flows.pipeline.steps.utility_of", lambda *_: ())

    def run(**parameters: Any) -> Any:
        from flows.pipeline.bestandsanalyse import bestandsanalyse

        put_database(_SESSION_HOME)
        given = {"deliveries": inbox, "out": tmp_path / "uit", "peildatum": PEILDATUM, **parameters}
        return bestandsanalyse(**given, return_state=True).result()

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, sample: Mapping[str, bytes]) -> Run:
    """A run that came to the officer; made once, copied by `pending`. In `staten`, what kills of it would have left."""
    own = tmp_path_factory.getbasetemp()
    root = (own.parent if _IS_WORKER else own) / "klaar"
    root.mkdir(exist_ok=True)
    with lock_file(root / "lock"):  # one worker makes it, the others wait
        if not (root / "run").exists():
            (root / "run").write_text(_made_run(root, sample))
    return read_run(Home(root / "werkmap"), (root / "run").read_text())


def _made_run(root: Path, sample: Mapping[str, bytes]) -> str:
    from flows.pipeline.bestandsanalyse import bestandsanalyse

    home = Home(root / "werkmap").make()
    begin_store(home, PASSPHRASE, cost=CHEAP)
    for name, content in sample.items():
        (home.inbox / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(home.root))
        put_database(_SESSION_HOME)
        with kills.states_kept(home, root / "staten", every=_SAMPLED):
            outcome = bestandsanalyse(peildatum=PEILDATUM, out=root / "uit", return_state=True).result()
    return str(outcome.run_id)


@pytest.fixture
def pending(finished: Run, home: Home, tmp_path: Path) -> Run:
    """A run of its own that waits for the officer."""
    shutil.copytree(finished.folder, home.run_folder(finished.run_id))
    shutil.copy(finished.home.keys, home.keys)
    # Second half included: the store is the same one in another place.
    shutil.copytree(finished.home.root / "tweede-helft", home.root / "tweede-helft", dirs_exist_ok=True)
    shutil.copytree(finished.home.audit, home.audit, dirs_exist_ok=True)
    run = replace(finished, home=home, out=tmp_path / "uit")
    run.record()  # where to publish, for the commands
    return run


@pytest.fixture
def archived(pending: Run, inbox: Path) -> Run:
    """A run of which the deliveries were archived, as after a run from the inbox."""
    return archived_by_hand(pending, inbox)


@pytest.fixture(scope="session")
def somebody(sample: Mapping[str, bytes]) -> str:
    """A BSN of the made-up sample that is in three deliveries or more, so that every file is tried."""
    seen: dict[str, int] = {}
    for source in SOURCES:
        for bsn in read_delivery(sample[source.file_name], source).frame[BSN.name].drop_nulls().unique():
            seen[bsn] = seen.get(bsn, 0) + 1
    return max(sorted(seen), key=lambda bsn: seen[bsn])
