"""Takes findings out of the index: what would change, doing it, and taking it back."""
