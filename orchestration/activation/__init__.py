"""Delivery: keep destinations equal to their sync models, by an append-only ledger."""

from orchestration.activation.compiled import compiled_model
from orchestration.activation.declarations import SyncDeclaration, declared_syncs
from orchestration.activation.ledger import Ledger
from orchestration.activation.reports import SyncReport
from orchestration.activation.syncs import (
    approve,
    finished_syncs,
    held_count,
    interrupted_runs,
    plan_sync,
    run_sync,
    run_syncs,
    sync_status,
)

__all__ = [
    "Ledger",
    "SyncDeclaration",
    "SyncReport",
    "approve",
    "compiled_model",
    "declared_syncs",
    "finished_syncs",
    "held_count",
    "interrupted_runs",
    "plan_sync",
    "run_sync",
    "run_syncs",
    "sync_status",
]
