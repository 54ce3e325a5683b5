"""Release archives: what belongs in one, what must not, and whether one is what it should be."""
