"""Judgements that need more than one file's name: one check a file."""
