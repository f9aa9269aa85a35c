"""Limits of SFTP, all of them our own."""

CONNECT_SECONDS = 10.0
