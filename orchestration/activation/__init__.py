"""Delivery: declared syncs, ledger, plan, consent gate and destinations."""
