"""The file of accepted findings, read and written."""
