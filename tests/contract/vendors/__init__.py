"""Vendors on loopback: each speaks its own protocol and keeps real state."""
