"""Explanations of the identity graph."""
