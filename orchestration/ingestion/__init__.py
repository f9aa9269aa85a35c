"""Loading: raw files into the raw schemas, with every row accounted for."""
