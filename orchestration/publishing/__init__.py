"""Publishing: the file that readers see is replaced in one step."""

from orchestration.publishing.deliveries import Account, publish_account, renew_activation
from orchestration.publishing.publisher import PublishedFile, publish

__all__ = ["Account", "PublishedFile", "publish", "publish_account", "renew_activation"]
