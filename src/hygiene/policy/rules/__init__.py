"""Rules: one file each, read and checked; all of them together are the catalogue."""
