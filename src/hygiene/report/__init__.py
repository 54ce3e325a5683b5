"""From a report to text: pure functions, one format a file."""
