"""Find what is not source in a Git repository, say why, and say what should become of it."""

__version__ = "0.1.0"
