"""What is judged and how: the rule catalogue, the never-list, the table of evidence, each read and checked."""
