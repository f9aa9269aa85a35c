"""Readers of landing files: Arrow batches of rows, and the rows that could not be read."""
