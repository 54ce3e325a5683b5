"""TOML that people wrote, and the line of each key."""
