"""The deliveries, an asset per declared sync."""
