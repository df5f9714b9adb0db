"""Disclosure control: no small count is published, and none can be derived.

In six rooms, each on those above it:

model       all cells of all tables as sums of hidden cells, in HiGHS: what an attacker can reason with
rounding    all counts to multiples of a base, together and steady over time; and what that gives away
counts      which counts may not be published, and the attack on those that are blank: from outside, and by people
            in the file
suppression the cheapest safe pattern with a proof; `protect` is the only door from Counted to Released
over_time   releases beside each other: who came, who left, and the next one that is safe beside them
sums        sums and means: contributors, dominance, p %-rule, with their own search and attack
"""

from transforms.disclosure.counts.audit import Audit, audit
from transforms.disclosure.suppression.job import SameFile
from transforms.disclosure.suppression.protect import Protected, protect

__all__ = ["Audit", "Protected", "SameFile", "audit", "protect"]
