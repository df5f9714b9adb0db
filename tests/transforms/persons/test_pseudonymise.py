"""The block recipe: known answers, no collisions, separate domains, and refusal of every foreign block."""

import os
from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ForeignPseudonym, InvalidBsn
from schemas.sources import FIELDS, SOURCES
from schemas.sources.participatieladder import SOURCE
from schemas.specs import Category, Field, Kind, Treatment
from schemas.states import SEAL, Identified, Pseudonymised
from tests.builders.sample import KEY, PEILDATUM
from transforms.intake.contract import Checked
from transforms.intake.elfproef import is_valid_bsn
from transforms.persons.pseudonymise import PERSOON_ID, decode, encode, pseudonymise


def with_check_digit(number: int) -> str | None:
    digits = [int(digit) for digit in f"{number:08d}"]
    last = sum(digit * (9 - place) for place, digit in enumerate(digits)) % 11
    return None if last == 10 or number == 0 else f"{number:08d}{last}"


bsns = st.integers(1, 99_999_999).map(with_check_digit).filter(bool)


def test_the_cipher_is_aes_256_as_in_sp_800_38a_f_1_5() -> None:
    key = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    plain = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")
    encryptor = Cipher(algorithms.AES256(key), modes.ECB()).encryptor()  # noqa: S305
    assert encryptor.update(plain).hex() == "f3eed1bdb5d2a03c064b5a7e3db181f8"


def test_known_answer_of_the_recipe() -> None:
    """The block by hand: tag, four zero bytes, BSN as big-endian u32, one AES block."""
    block = KEY.tag + bytes(4) + (10002546).to_bytes(4, "big")
    sealed = Cipher(algorithms.AES256(KEY.key), modes.ECB()).encryptor().update(block)  # noqa: S305
    by_hand = KEY.prefix.encode() + sealed
    assert (
        encode(pl.Series(["010002546"]), KEY).to_list()
        == [by_hand]
        == [b"p0865y2019_" + bytes.fromhex("653010f4cfb2d8e8252081688c57253f")]
    )


@given(st.lists(bsns, min_size=1, unique=True))
def test_distinct_bsns_never_collide_and_decode_to_themselves(numbers: list[str]) -> None:
    pseudonyms = encode(pl.Series(numbers), KEY)
    assert pseudonyms.n_unique() == len(numbers)
    assert decode(pseudonyms, KEY).to_list() == numbers
    assert (pseudonyms.bin.starts_with(b"p0865y2019_") & (pseudonyms.bin.size() == 27)).all()


@given(st.lists(bsns, min_size=1, max_size=20))
def test_domains_and_keys_share_no_pseudonym(numbers: list[str]) -> None:
    ours = encode(pl.Series(numbers), KEY).bin.slice(len(KEY.prefix))
    for other in (replace(KEY, domain="anders/0865/2019"), replace(KEY, key=bytes(32))):
        assert not ours.is_in(encode(pl.Series(numbers), other).bin.slice(len(KEY.prefix)).implode()).any()


@given(st.binary(min_size=16, max_size=16))
def test_a_random_block_is_refused(block: bytes) -> None:
    with pytest.raises(ForeignPseudonym):
        decode(pl.Series([KEY.prefix.encode() + block]), KEY)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"p0865y2019_",
        b"999990019",
        b"p0865y2020_" + bytes(16),
        b"p0865y2019_" + bytes(15),
        b"p0865y2019_" + bytes(17),
        "p0865y2019_" + "a" * 16,
        None,
    ],
)
def test_what_is_no_pseudonym_is_refused(value: object) -> None:
    with pytest.raises(ForeignPseudonym):
        decode(pl.Series([value]), KEY)


def test_one_null_or_short_value_among_pseudonyms_is_refused() -> None:
    good = encode(pl.Series(["999990019"]), KEY)[0]
    for bad in (None, good[:-1], good + b"0", KEY.prefix.encode()):
        with pytest.raises(ForeignPseudonym):
            decode(pl.Series([good, bad, good]), KEY)


def test_a_tampered_or_foreign_pseudonym_is_refused() -> None:
    good = encode(pl.Series(["999990019"]), KEY)[0]
    flipped = [good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(len(good))]
    foreign = encode(pl.Series(["999990019"]), replace(KEY, key=os.urandom(32)))[0]
    for value in (*flipped, foreign):
        with pytest.raises(ForeignPseudonym):
            decode(pl.Series([good, value]), KEY)


def test_a_column_longer_than_a_call_of_the_cipher_is_row_by_row_the_same() -> None:
    numbers = pl.Series(["999990019", "010002546", "999990020"] * 6000)
    pseudonyms = encode(numbers, KEY)
    assert pseudonyms.n_unique() == 3
    assert pseudonyms[17_999] == encode(numbers[2:3], KEY)[0]
    assert encode(numbers[:0], KEY).to_list() == []


def test_an_invalid_bsn_never_gets_a_pseudonym(checked: tuple[Checked, ...]) -> None:
    one = next(one for one in checked if one.source is SOURCE)
    for bad in (None, "123456789", "12345678"):
        frame = one.valid.frame.with_columns(
            bsn=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit(bad)).otherwise("bsn")
        )
        with pytest.raises(InvalidBsn):
            pseudonymise(Identified(frame, SEAL), SOURCE, key=KEY, peildatum=PEILDATUM)


IDENTIFYING = (Kind.BSN, Kind.BIRTH_DATE, Kind.POSTCODE)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_says_who_somebody_is_or_may_say_anything_is_never_kept(field: Field) -> None:
    if field.kind in IDENTIFYING or field.category is Category.NATIONAAL_NUMMER:
        assert field.treatment is not Treatment.KEEP
    if field.kind is Kind.TEXT and not field.codes:
        assert field.treatment in {Treatment.DROP, Treatment.UNREAD, Treatment.NUMBER}
    assert (field.treatment is Treatment.PSEUDONYM) == (field.kind is Kind.BSN)


def test_only_declared_columns_pass_and_nothing_identifies(staged: Mapping[str, Pseudonymised]) -> None:
    assert {name: tuple(state.frame.columns) for name, state in staged.items()} == {
        "participatiewet": (
            "persoon_id", "geslacht", "leeftijd_laagst", "leeftijd_hoogst", "pc4", "leefvorm_code", "dossier_nummer",
            "ingangs_datum", "eind_datum", "startkwalificatie_code", "ontheffing_code", "inkomsten_uit_arbeid_code",
            "laatste_contact_datum",
        ),
        "wmo": (
            "persoon_id", "geslacht", "leeftijd_laagst", "leeftijd_hoogst", "pc4", "productcategorie_code",
            "ingangs_datum", "eind_datum",
        ),
        "trajecten": (
            "persoon_id", "voorzieningsoort_code", "aanbiedersoort_code", "aanbieder_nummer", "ingangs_datum",
            "eind_datum", "reden_einde_code", "detacheringsvorm_code", "loonwaarde_pct",
            "traject_cent",
        ),
        "participatieladder": ("persoon_id", "trede_code", "meting_datum"),
        "zrm": ("persoon_id", "zrm_domein_code", "zrm_score", "meting_datum"),
        "ogdb": (
            "persoon_id", "aanmeld_datum", "ogdb_status_code", "ogdb_onderdeel_code", "ingangs_datum", "eind_datum",
            "ingezette_uren", "participatieklasse_code", "gefactureerd_cent", "verwacht_cent",
        ),
        "ogdb_doelen": ("persoon_id", "doel_domein_code", "gesteld_datum", "bereikt_datum"),
        "declaraties": (
            "persoon_id", "productcategorie_code", "prestatie_eind_datum", "bedrag_cent", "debetcredit_code",
        ),
    }  # fmt: skip
    for state in staged.values():
        texts = state.frame.select(pl.col(pl.String))
        assert not any(texts.select(is_valid_bsn(pl.col(name)).any()).item() for name in texts.columns)


def test_the_order_of_the_delivery_does_not_show(staged: Mapping[str, Pseudonymised]) -> None:
    for source in SOURCES:
        assert staged[source.id].frame[PERSOON_ID].is_sorted()


def test_a_key_shows_in_no_repr() -> None:
    assert repr(KEY) == "PseudonymKey(domain='bestandsanalyse/0865/2019', prefix='p0865y2019_')"
