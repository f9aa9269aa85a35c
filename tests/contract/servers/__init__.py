"""Real servers on loopback, for destinations that speak no HTTP of a vendor."""
