"""What is judged and how: the rule catalogue, the witness table, fixture roots, read and checked."""
