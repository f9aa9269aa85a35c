"""What is watched of the identity graph."""
