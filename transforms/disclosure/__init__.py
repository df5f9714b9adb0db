"""Disclosure control: nothing small is published, and nothing small can be derived.

system, joint      every cell of every table as a sum of hidden cells: what an attacker can reason with
cells, known       frames against their declarations; what they state about every count
rules              what may not be published, and what an attacker must not be able to prove
program            those sums in HiGHS: questions about the counts that fit what is known
suppress, master   the cheapest safe pattern, with a proof; `task` is what the search is given and gives
rounding           the other method: all counts to multiples of a base, together, and steady over time
attack, audit      from outside: what can be proven, and whether that is allowed
protect            Counted -> Released; the only door
over_time          releases beside each other: who came, who left (`together`, `history`, `changes`)
next_release       protect and over_time in one: a release that is safe beside all earlier ones
magnitude          sums and means: contributors, dominance, p %-rule, their own search and attack
"""

from transforms.disclosure.counts.audit import Audit, audit
from transforms.disclosure.counts.protect import Protected, protect

__all__ = ["Audit", "Protected", "audit", "protect"]
