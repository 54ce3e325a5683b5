"""Zstandard: from Python itself since 3.14, and from a package with the same words before."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
