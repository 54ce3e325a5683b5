"""What a team has decided: its configuration files, found, read, checked, merged, and made into settings."""
