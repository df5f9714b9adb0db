"""The synthetic deliveries hold what they promise, read here with plain Python only."""

import csv
import hashlib
import io
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache

import pytest

from sample_data.calibration import largest_remainder
from sample_data.defects import DEFECTS, EXCLUDED
from sample_data.generate import deliveries
from schemas.sources import FIELDS, SOURCES
from schemas.specs import Kind, Treatment

PEILDATUMS = (date(2019, 7, 1), date(2020, 2, 29), date(2021, 1, 1), date(2026, 10, 1), date(2025, 12, 31))
SPECS = {source.file_name: source for source in SOURCES}
DATE = re.compile(r"\d\d-\d\d-\d{4}")
READ = [field for field in FIELDS if field.treatment is not Treatment.UNREAD]
DATE_FIELDS = [field.name for field in READ if field.kind in {Kind.DATE, Kind.END_DATE}]
PERIODS = (("ingangs_datum", "eind_datum"), ("prestatie_begin_datum", "prestatie_eind_datum"))
CENT_FIELDS = [field.name for field in READ if field.kind is Kind.CENT]
CENTS = re.compile(r"\d+,\d\d")


@cache
def read(peildatum, seed=2019):
    """File name to its rows, each a dict with our field names."""
    found = {}
    for name, content in deliveries(seed=seed, peildatum=peildatum).items():
        header, *lines = csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";", strict=True)
        assert tuple(header) == SPECS[name].headers
        names = [field.name for field in SPECS[name].fields]
        found[name] = [dict(zip(names, line, strict=True)) for line in lines]
    return found


def day(text):
    number, month, year = map(int, text.split("-"))
    return date(year, month, number)


def passes(bsn):
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return re.fullmatch(r"\d{9}", bsn) and sum(w * int(d) for w, d in zip(weights, bsn, strict=True)) % 11 == 0


def is_readable(row):
    dates = [row[name] for name in DATE_FIELDS if row.get(name)]
    cents = [row[name] for name in CENT_FIELDS if row.get(name)]
    birth = row.get("geboorte_datum", "01-01-1980")
    return all(DATE.fullmatch(text) for text in (*dates, birth)) and all(CENTS.fullmatch(text) for text in cents)


def breaches(row, spec, peildatum):
    """Every rule that this row breaks, without the doubled rows."""
    pc4 = {"5261", "5262", "5263", "5266"} | ({"5268"} if peildatum.year >= 2021 else set())
    optional = {column.field.name for column in spec.columns if not column.required}
    if not is_readable(row):
        yield "onleesbaar"
    elif any(row.get(end) and day(row[end]) < day(row[start]) for start, end in PERIODS):
        yield "eind_voor_begin"
    if any(not text and name not in optional for name, text in row.items()):
        yield "ontbreekt"
    if row["bsn"] and not passes(row["bsn"]):
        yield "elfproef"
    if row.get("zrm_domein_code") == "justitie":
        yield EXCLUDED
    elif any(field.codes and row[field.name] not in (*field.codes.values, "") for field in spec.fields):
        yield "onbekende_code"
    if "postcode" in row and row["postcode"][:4] not in pc4:
        yield "buiten_gemeente"
    if row.get("bereikt_datum") and day(row["bereikt_datum"]) < day(row["gesteld_datum"]):
        yield "bereikt_voor_gesteld"
    if "ogdb_status_code" in row and (row["ogdb_status_code"] == "niet_gestart") == bool(row["ingangs_datum"]):
        yield "start_past_niet"
    if row.get("zrm_score", "1") not in {"1", "2", "3", "4", "5"}:
        yield "buiten_bereik"
    if is_readable(row) and int(row.get("bedrag_cent", "0").replace(",", "")) > 9_999_999:
        yield "buiten_bereik"


@cache
def judged(peildatum, seed=2019):
    """File name to (row, rules that it breaks); a repeat of a key among all rows is `dubbel`."""
    result = {}
    for name, rows in read(peildatum, seed).items():
        spec, seen, result[name] = SPECS[name], set(), []
        for row in rows:
            key = tuple(row[field.name] for field in spec.key)
            rules = [*breaches(row, spec, peildatum), *(["dubbel"] if key in seen else [])]
            seen.add(key)
            result[name].append((row, rules))
    return result


def good(name, peildatum, seed=2019):
    return [row for row, rules in judged(peildatum, seed)[name] if not rules]


def stock(name, peildatum, seed=2019):
    return {
        row["bsn"]
        for row in good(name, peildatum, seed)
        if day(row["ingangs_datum"]) <= peildatum and (not row["eind_datum"] or day(row["eind_datum"]) >= peildatum)
    }


def treden(peildatum, seed=2019):
    """BSN to the last trede in the twelve months up to and including the peildatum."""
    last = {}
    for row in sorted(good("participatieladder.csv", peildatum, seed), key=lambda row: day(row["meting_datum"])):
        if 0 <= (peildatum - day(row["meting_datum"])).days < 365:
            last[row["bsn"]] = row["trede_code"]
    return last


def test_same_seed_gives_same_bytes_and_another_seed_does_not():
    assert deliveries() == deliveries()
    assert all(content != deliveries(seed=7)[name] for name, content in deliveries().items())


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_bytes_do_not_depend_on_hash_order(hash_seed):
    code = (
        "import hashlib; from sample_data.generate import deliveries; "
        "print(hashlib.sha256(b''.join(deliveries().values())).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == hashlib.sha256(b"".join(deliveries().values())).hexdigest()


def test_files_are_as_declared():
    found = deliveries()
    assert set(found) == set(SPECS)
    for name, content in found.items():
        assert content.count(b"\n") == content.count(b"\r\n") == len(read(PEILDATUMS[0])[name]) + 1
        assert {row["gemeente_code"] for row in read(PEILDATUMS[0])[name]} == {"0865"}


def test_many_names_have_diacritics():
    rows = read(PEILDATUMS[0])["participatiewet.csv"]
    special = [row for row in rows if not (row["voornamen"] + row["achternaam"]).isascii()]
    assert len(special) > 0.2 * len(rows)
    assert set("ëéïöç") <= set("".join(row["voornamen"] + row["achternaam"] for row in rows))


@pytest.mark.parametrize("peildatum", PEILDATUMS)
@pytest.mark.parametrize("seed", [2019, 7])
def test_residents_and_ladder_are_calibrated(peildatum, seed):
    pwet, wmo = stock("participatiewet.csv", peildatum, seed), stock("wmo.csv", peildatum, seed)
    assert (len(pwet | wmo), len(pwet - wmo), len(pwet & wmo), len(wmo - pwet)) == (430, 265, 35, 130)
    last = treden(peildatum, seed)
    assert Counter(last[bsn] for bsn in pwet) == dict(zip("123456", (51, 51, 48, 84, 63, 3), strict=True))
    assert len([bsn for bsn in wmo - pwet if bsn in last]) == 45


@pytest.mark.parametrize("peildatum", PEILDATUMS)
@pytest.mark.parametrize("seed", [2019, 7])
def test_good_rows_belong_to_the_430_and_to_who_left(peildatum, seed):
    residents = stock("participatiewet.csv", peildatum, seed) | stock("wmo.csv", peildatum, seed)
    assert {"010002546", "022264541"} <= residents
    assert len([bsn for bsn in residents if bsn.startswith("9999")]) == 428
    former = {row["bsn"] for row in good("participatiewet.csv", peildatum, seed)} - residents
    assert len(former) == 160
    assert all(bsn.startswith("9999") for bsn in former)
    for name in SPECS:
        goes_back = name in ("participatiewet.csv", "trajecten.csv")
        assert {row["bsn"] for row in good(name, peildatum, seed)} <= (residents | former if goes_back else residents)


@pytest.mark.parametrize("peildatum", PEILDATUMS)
@pytest.mark.parametrize("seed", [2019, 7])
def test_earlier_years_are_calibrated_for_every_peildatum(peildatum, seed):
    def running(years):
        try:
            on = peildatum.replace(year=peildatum.year - years)
        except ValueError:
            on = date(peildatum.year - years, 2, 28)
        rows = good("participatiewet.csv", peildatum, seed)
        starts = (row for row in rows if day(row["ingangs_datum"]) <= on)
        return len({row["bsn"] for row in starts if not row["eind_datum"] or day(row["eind_datum"]) >= on})

    assert [running(years) for years in (2, 1, 0)] == [321, 295, 300]


@pytest.mark.parametrize("peildatum", PEILDATUMS)
@pytest.mark.parametrize("seed", [2019, 7])
def test_every_defect_is_there_in_its_number_of_rows(peildatum, seed):
    for name, rows in judged(peildatum, seed).items():
        declared = Counter()
        for defect in DEFECTS:
            if defect.file_name == name and defect.rule:
                declared[defect.rule] += defect.rows
        assert max(len(rules) for _, rules in rows) <= 1
        assert Counter(rule for _, rules in rows for rule in rules) == declared
        assert all(count < 0.05 * len(rows) for count in declared.values())


ODD = {
    "D04": lambda row: row["geboorte_datum"].startswith("00-"),
    "D05": lambda row: not DATE.fullmatch(row["geboorte_datum"]),
    "D06": lambda row: not DATE.fullmatch(row["ingangs_datum"]),
    "D07": lambda row: row["normbedrag_cent"] == "1025.55",
    "D10": lambda row: re.search(r"\b\d{9}\b", row["opmerkingen"]),
    "D14": lambda row: row["geboorte_datum"].startswith("00-00-"),
    "D17": lambda row: row["productcategorie_code"] == "99",
    "D18": lambda row: re.search(r"\b\d{9}\b", row["opmerkingen"]),
    "D22": lambda row: not DATE.fullmatch(row["meting_datum"]),
    "D23": lambda row: re.search(r"\b\d{9}\b", row["opmerkingen"]),
    "D25": lambda row: row["zrm_domein_code"] == "justitie",
    "D26": lambda row: row["zrm_score"] == "7",
}
"""How to see a defect that its rule does not see, or that shares its rule with another."""


@pytest.mark.parametrize("defect", [defect for defect in DEFECTS if defect.id in ODD], ids=lambda defect: defect.id)
def test_defect_looks_as_declared(defect):
    rows = judged(PEILDATUMS[0])[defect.file_name]
    assert [rules for row, rules in rows if ODD[defect.id](row)] == defect.rows * [[defect.rule] if defect.rule else []]


def test_defects_are_declared_once_and_each_is_visible():
    assert len({defect.id for defect in DEFECTS}) == len(DEFECTS)
    assert {defect.file_name for defect in DEFECTS} == set(SPECS), "every delivery has a defect"
    shared = Counter((defect.file_name, defect.rule) for defect in DEFECTS)
    assert all(d.id in ODD for d in DEFECTS if d.rule is None or shared[d.file_name, d.rule] > 1)
    assert all(1 <= defect.rows <= 4 for defect in DEFECTS)


def test_helvoirt_is_a_defect_only_before_it_joined():
    def outside(peildatum):
        rows = judged(peildatum)["participatiewet.csv"]
        return {row["postcode"][:4] for row, rules in rows if rules == ["buiten_gemeente"]}

    assert "5268" in outside(date(2019, 7, 1))
    assert "5268" not in outside(date(2021, 1, 1))


def test_unknown_birth_days_are_four_certain_and_two_uncertain_classes():
    peildatum = PEILDATUMS[0]
    rows = good("participatiewet.csv", peildatum) + good("wmo.csv", peildatum)
    years = {row["bsn"]: int(row["geboorte_datum"][6:]) for row in rows if row["geboorte_datum"].startswith("00-")}
    reached = sorted(peildatum.year - year for year in years.values())
    assert len(reached) == 6
    assert [age for age in reached if age in (27, 45, 55, 66)] == [45, 55]


@pytest.mark.parametrize("peildatum", PEILDATUMS)
def test_ages_fit_the_regeling(peildatum):
    def ages(name):
        known = [row for row in good(name, peildatum) if not row["geboorte_datum"].startswith("00")]
        births = [day(row["geboorte_datum"]) for row in known]
        return [peildatum.year - b.year - ((b.month, b.day) > (peildatum.month, peildatum.day)) for b in births]

    assert min(ages("participatiewet.csv")) >= 18
    assert max(ages("participatiewet.csv")) <= 65
    assert max(ages("wmo.csv")) <= 95


def test_a_careless_reading_differs():
    """History, later rows and ended rows are there, so that leaving out a rule shows."""
    peildatum = PEILDATUMS[0]
    ladder, wmo = good("participatieladder.csv", peildatum), good("wmo.csv", peildatum)
    assert {row["bsn"] for row in ladder} > set(treden(peildatum))
    assert any(day(row["meting_datum"]) > peildatum for row in ladder)
    assert any(day(row["ingangs_datum"]) > peildatum for row in wmo)
    assert {row["bsn"] for row in wmo} > stock("wmo.csv", peildatum)
    for name, column in (("participatiewet.csv", "ingangs_datum"), ("wmo.csv", "eind_datum")):
        assert any(row[column] == f"{peildatum:%d-%m-%Y}" for row in good(name, peildatum))


def test_largest_remainder_divides_everything():
    assert largest_remainder(300, (17, 17, 16, 28, 21, 1)) == (51, 51, 48, 84, 63, 3)
    assert largest_remainder(10, (1, 1, 1)) == (4, 3, 3)
    assert largest_remainder(7, (50, 30, 20)) == (4, 2, 1)
    assert largest_remainder(0, (1, 2)) == (0, 0)


def test_claims_are_for_products_in_kind_that_ran_in_the_month():
    peildatum = PEILDATUMS[0]
    products = {row["toewijzing_nummer"]: row for row in good("wmo.csv", peildatum)}
    claims = good("declaraties.csv", peildatum)
    debit = [row for row in claims if row["debetcredit_code"] == "D"]
    for row in claims:
        product, first = products.get(row["toewijzing_nummer"]), day(row["prestatie_begin_datum"])
        if product is None:
            continue  # its product has a defect
        assert product["leveringsvorm_code"] == "ZIN"
        assert (product["bsn"], product["productcategorie_code"]) == (row["bsn"], row["productcategorie_code"])
        assert day(product["ingangs_datum"]) <= first
        assert not product["eind_datum"] or day(row["prestatie_eind_datum"]) <= day(product["eind_datum"])
    for row in debit:
        cents = int(row["bedrag_cent"].replace(",", ""))
        product = products.get(row["toewijzing_nummer"])
        rate = product and int(product["tarief_cent"].replace(",", ""))
        assert product is None or cents == int(row["geleverd_volume"]) * rate
    assert 10 < len(claims) - len(debit) < 0.05 * len(claims)
    ends = {day(row["prestatie_eind_datum"]) for row in claims}
    assert min(ends) < date(2018, 7, 1) < max(ends) < peildatum
    assert len(claims) > 1500
