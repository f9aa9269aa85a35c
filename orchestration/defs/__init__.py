"""Dagster definitions: thin, one folder for each subject."""
