"""What audits depend on, told one condition at a time: the machine, the repository, the configuration."""
