"""S3: the CSV drop in a bucket of Amazon's or of anything that speaks like it."""

from orchestration.activation.destinations.s3.destination import S3Place, connect
from orchestration.activation.destinations.s3.settings import Connection, Target

__all__ = ["Connection", "S3Place", "Target", "connect"]
