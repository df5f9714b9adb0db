"""Registers that only grow: the audit log and the ledger of releases, in hash chains."""
