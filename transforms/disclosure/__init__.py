"""Disclosure control: nothing small is published, and nothing small can be derived.

system, joint   every cell of every table as a sum of hidden cells: what an attacker knows
program         those sums in HiGHS
suppress        Counted -> which counts are not published
attack, audit   from outside: what can be proven about them, and whether that is allowed
protect         the only door to Released
"""

from transforms.disclosure.audit import Audit, audit
from transforms.disclosure.protect import Protected, protect

__all__ = ["Audit", "Protected", "audit", "protect"]
