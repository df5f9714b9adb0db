"""BSNs to pseudonyms, and the 11-proef, side by side in one run.

    uv run --with "polars-hash>=0.9.3" python benchmarks/pseudonyms.py [MILLIONS] [ROUNDS]

From a column of BSNs as text to a column of pseudonyms, of numbers that are drawn here and stay in
memory: our recipe, `hmac.digest` in a loop, and the HMAC of the polars-hash plugin, in turn in each round. Each in a
process of its own, after one call that is not counted: what one frees another would pay for, as memory goes back to
the system later. CPU time of the process, all its threads, the median of the rounds; read the ratios, not the
seconds. The loop runs over a tenth, times ten. The bare loop makes digests only, no column. Below that what the
cipher alone takes by `openssl speed`, and the 11-proef over numbers.
"""

import hmac
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.intake.elfproef import passes_elfproef
from transforms.persons.pseudonymise import PseudonymKey, encode

KEY = PseudonymKey("bestandsanalyse/0865/2019", "p0865y2019_", bytes(range(32)))
LOOP_SHARE = 10


def main() -> None:
    millions, rounds = (int(word) for word in (*sys.argv[1:], *("10", "5")[len(sys.argv) - 1 :])[:2])
    taken: dict[str, list[float]] = {name: [] for name in KINDS if name != PLUGIN or find_spec("polars_hash")}
    for _ in range(rounds):
        for name, seconds in taken.items():
            command = [sys.executable, __file__, str(millions), "1", name]
            seconds.append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    ours = median(taken["ours"])
    print(f"{millions} million BSNs, {rounds} rounds: CPU-seconds, and times ours")
    for name, seconds in taken.items():
        print(f"{name:24} {median(seconds):8.2f} {median(seconds) / ours:8.1f}")
    if PLUGIN not in taken:
        print("polars-hash is not installed; see the command above")
    if limit := _openssl_bytes_per_second():
        bare = millions * 10**6 * 16 / limit
        print(f"{'openssl speed, the blocks':24} {bare:8.2f}          that is {bare / ours:.0%} of ours")
    numbers = _numbers(millions)
    checked = median(_cpu(lambda: passes_elfproef(numbers)) for _ in range(rounds))
    print(f"11-proef: {numbers.size / checked / 1e6:.0f} million numbers per CPU-second")


def one(millions: int, name: str) -> None:
    """The CPU-seconds of one kind, on the second call."""
    bsns = pl.Series("bsn", _numbers(millions)).cast(pl.String).str.zfill(9)
    is_loop = name.startswith("hmac")
    given = bsns[: len(bsns) // LOOP_SHARE] if is_loop else bsns
    _cpu(lambda: KINDS[name](given))
    print((LOOP_SHARE if is_loop else 1) * _cpu(lambda: KINDS[name](given)))


def _numbers(millions: int) -> npt.NDArray[np.uint32]:
    return np.random.default_rng(1).integers(10**7, 10**9, millions * 10**6, dtype=np.uint32)


def _loop(bsns: pl.Series) -> pl.Series:
    """What one would write: a keyed digest per value, cut to 128 bits, behind the prefix."""
    prefix = KEY.prefix.encode()
    return pl.Series([prefix + hmac.digest(KEY.key, bsn.encode(), "sha256")[:16] for bsn in bsns.to_list()])


def _bare(bsns: pl.Series) -> list[bytes]:
    return [hmac.digest(KEY.key, bsn.encode(), "sha256") for bsn in bsns.to_list()]


def _plugin(bsns: pl.Series) -> pl.DataFrame:
    import polars_hash  # noqa: F401 - registers its names with Polars

    return bsns.to_frame().select(pl.col("bsn").chash.hmac_sha256(key=KEY.key.hex()))  # type: ignore[attr-defined]


PLUGIN = "polars-hash HMAC"
KINDS: dict[str, Callable[[pl.Series], object]] = {
    "ours": lambda bsns: encode(bsns, KEY),
    "hmac.digest, a column": _loop,
    "hmac.digest, bare": _bare,
    PLUGIN: _plugin,
}


def _openssl_bytes_per_second() -> float | None:
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    command = [openssl, "speed", "-seconds", "3", "-evp", "aes-256-ecb", "-bytes", str(8192 * 16)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1].rstrip("k")) * 1000


def _cpu(make: Callable[[], object]) -> float:
    start = time.process_time()
    made = make()
    taken = time.process_time() - start
    del made
    return taken


if __name__ == "__main__":
    if len(sys.argv) > 3:
        one(int(sys.argv[1]), sys.argv[3])
    else:
        main()
