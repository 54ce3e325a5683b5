"""What is judged and how: rules, the never-list, the table of evidence, a team's configuration, read and checked."""
