"""SFTP: the CSV drop on another machine, whose key is known beforehand."""

from orchestration.activation.destinations.sftp.destination import SftpPlace, connect
from orchestration.activation.destinations.sftp.settings import Connection, Target

__all__ = ["Connection", "SftpPlace", "Target", "connect"]
