"""Another program and another attacker, to hold disclosure control against; only `ours` knows our code."""
