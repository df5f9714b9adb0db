"""Registers that only grow: audit log and ledger, in hash chains."""
