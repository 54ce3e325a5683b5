"""The command line: click, echo and exit, and nothing else."""
