"""Measurements of ourselves beside our peers, on the same repository, in one run."""
