"""Intake: delivered bytes to typed rows that keep the contract."""
