"""The words of the program: frozen values and enums. Standard library only; no I/O, clock or environment."""
