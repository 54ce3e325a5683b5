"""Proofs behind the short magic numbers of programs, bytecode and object files."""

from hygiene.adapters.binary_fields import big, holds, little

_PYC_HASHED = 3392  # PEP 552, Python 3.7: a word of flags before time stamp or hash
_PYC_SIZED = 3210  # Python 3.3: the size of the source after its time
_PYTHON_3 = range(3000, 4000)
_PYTHON_27 = 62211
_PYC_FLAGS = (0b00, 0b01, 0b11)
_MARSHALLED_CODE = (b"c", b"\xe3")  # TYPE_CODE, and the same with the reference flag of Python 3.4

_OLDEST_CLASS = 45  # Java 1.0.2
_NEWEST_CLASS = 200  # Java 21 writes 65, and each release adds one

_KNOWN_DOS_SUCCESSORS = (b"PE\0\0", b"NE", b"LE", b"LX")
_COFF_HEADER, _COFF_SECTION = 20, 40


def python_bytecode(head: bytes) -> bool:
    """A magic number of CPython 2.7 or 3, sane flags, and marshalled code just behind the header."""
    number = little(head, 0, 2)
    if number != _PYTHON_27 and number not in _PYTHON_3:
        return False
    if _PYC_HASHED <= number < _PYTHON_27:
        return little(head, 4, 4) in _PYC_FLAGS and holds(16, *_MARSHALLED_CODE)(head)
    return holds(12 if _PYC_SIZED <= number < _PYTHON_27 else 8, *_MARSHALLED_CODE)(head)


def java_class(head: bytes) -> bool:
    """A class file's major version, which no count of architectures in a fat Mach-O file reaches."""
    return _OLDEST_CLASS <= big(head, 6, 2) <= _NEWEST_CLASS


def fat_mach_o(head: bytes) -> bool:
    """A count of architectures too small for a Java version."""
    return 1 <= big(head, 4, 4) < _OLDEST_CLASS


def mach_o(head: bytes) -> bool:
    """A file type of those that <mach-o/loader.h> defines, in the byte order of the magic number."""
    read = big if head.startswith(b"\xfe\xed") else little
    return 1 <= read(head, 12, 4) <= 12


def elf(head: bytes) -> bool:
    """Class, byte order and version as the System V ABI defines them."""
    return little(head, 4, 1) in (1, 2) and little(head, 5, 1) in (1, 2) and little(head, 6, 1) == 1


def elf_core(head: bytes) -> bool:
    """An ELF file of the type ET_CORE."""
    read = little if little(head, 5, 1) == 1 else big
    return elf(head) and read(head, 16, 2) == 4


def dos_program(head: bytes) -> bool:
    """A header that points to a newer one, or one that DOS itself would take."""
    newer = little(head, 0x3C, 4)
    if newer >= 0x20 and holds(newer, *_KNOWN_DOS_SUCCESSORS)(head):
        return True
    last_page, pages, paragraphs = little(head, 2, 2), little(head, 4, 2), little(head, 8, 2)
    relocations = little(head, 0x18, 2)
    return 0 <= last_page < 512 and 1 <= pages <= 0x800 and paragraphs >= 2 and 0x1C <= relocations <= paragraphs * 16


def coff_object(head: bytes) -> bool:
    """An object file: no optional header, a plausible count of sections, and a first section named as compilers do."""
    sections, symbols = little(head, 2, 2), little(head, 8, 4)
    name = head[_COFF_HEADER : _COFF_HEADER + 8].rstrip(b"\0")
    return (
        1 <= sections <= 0x4000
        and little(head, 16, 2) == 0
        and (symbols == 0 or symbols >= _COFF_HEADER + _COFF_SECTION * sections)
        and name.startswith((b".", b"/"))
        and name.isascii()
        and name.decode("ascii").isprintable()
    )


def wasm(head: bytes) -> bool:
    """Version 1 of a module, or a component of the preview."""
    return holds(4, b"\1\0\0\0", b"\x0d\0\1\0")(head)


def gcov(head: bytes) -> bool:
    """Four printable characters of the compiler's version, one of them the status `*`, and more behind."""
    version = head[4:8]
    return len(head) >= 12 and version.isascii() and version.decode("ascii").isprintable() and b"*" in version
