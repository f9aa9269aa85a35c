"""Publishing: the file that readers see is replaced in one step."""

from orchestration.publishing.deliveries import renew_activation
from orchestration.publishing.publisher import PublishedFile, publish

__all__ = ["PublishedFile", "publish", "renew_activation"]
