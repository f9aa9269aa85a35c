"""Audiences without SQL: YAML files that are compiled to models."""

from orchestration.audiences.files import Outcome, compile_audiences, find_drift

__all__ = ["Outcome", "compile_audiences", "find_drift"]
