"""Consumers: the tracked files that use a candidate, so that it is an input or a product and not a leftover."""
