"""What was ever committed: read once, judged, and what it still costs."""
