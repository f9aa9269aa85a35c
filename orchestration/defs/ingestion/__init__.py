"""What comes in: an asset per landing source."""
