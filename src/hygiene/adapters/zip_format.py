"""The records of a zip and what their fields may hold, for those who write them and for those who read them.

Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import struct

HEADER = struct.Struct("<4s5H3I2H")
HEADER_MAGIC = b"PK\3\4"
"""Before an entry's data."""

RECORD = struct.Struct("<4s6H3I5H2I")
RECORD_MAGIC = b"PK\1\2"
"""An entry of the directory."""

END = struct.Struct("<4s4H2IH")
END_MAGIC = b"PK\5\6"

WIDE_END = struct.Struct("<4sQ2H2I4Q")
WIDE_END_MAGIC = b"PK\6\6"
"""The end with numbers of 64 bits, which stands before the other one."""
WIDE_END_LENGTH = WIDE_END.size - 12
"""What that record says of its own size, which is told without what comes before it and the number itself."""

LOCATOR = struct.Struct("<4sIQI")
LOCATOR_MAGIC = b"PK\6\7"
"""Where the wide end is."""

STORED, DEFLATED = 0, 8

ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
DESCRIBED_LATER = 1 << 3
PATCH = 1 << 5
UTF_8 = 1 << 11

WIDE_FIELD = 0x0001
"""The number of the extra field that holds what does not fit into its place."""

FULL_16, FULL_32 = 0xFFFF, 0xFFFF_FFFF
"""What a field of that width holds where its number stands in a wider one."""
