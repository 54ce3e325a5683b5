"""A `.pyc` as Python writes it: what its content is leaves no doubt, whatever its name."""

import importlib.util
import marshal

PYC = importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("x = 1", "x.py", "exec"))
