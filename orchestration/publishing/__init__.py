"""Publishing: the file that readers see is replaced in one step."""

from orchestration.publishing.deliveries import publish_account, renew_activation
from orchestration.publishing.publisher import PublishedFile, publish

__all__ = ["PublishedFile", "publish", "publish_account", "renew_activation"]
