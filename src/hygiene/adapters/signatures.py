"""The signature table: which first bytes belong to which media type, and who says so. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from hygiene.adapters import data_proofs as data
from hygiene.adapters import media_proofs as media
from hygiene.adapters import program_proofs as program
from hygiene.adapters import text_proofs as text
from hygiene.adapters.binary_fields import Proof, anything, holds
from hygiene.adapters.nul_test import is_utf8_text
from hygiene.ports import MediaType


class Signature(NamedTuple):
    """One row of the table.

    Attributes:
        name: the media type.
        magic: the bytes that stand at `offset`.
        source: the specification or program that defines them.
        proof: what the rest of the head must say; short magic numbers need one.
        offset: where `magic` stands.
    """

    name: str
    magic: bytes
    source: str
    proof: Proof = anything
    offset: int = 0


_RIFF = "Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0"
_ZIP = "PKWARE APPNOTE.TXT, 4.3.7"
_BMFF = "ISO/IEC 14496-12, file type box; brands: mp4ra.org"
_EBML = "RFC 8794, RFC 9559"
_MACH_O = "Apple, <mach-o/loader.h>"
_PE = "Microsoft, PE Format"
_OGG = "RFC 3533; codecs: RFC 5334"
_GCOV = "GCC, gcov-io.h"
_LLVM_PROFILE = "LLVM, InstrProfData.inc"
_GGML = "ggml, llama.cpp and whisper.cpp"
_PEM = "RFC 7468, RFC 1421"
_OPEN_TYPE = "ISO/IEC 14496-22, table directory"

BINARY = (
    # Bytecode, programs and their parts
    Signature("application/x-python-bytecode", b"\r\n", "CPython, importlib; PEP 552", program.python_bytecode, 2),
    Signature("application/java-vm", b"\xca\xfe\xba\xbe", "Java VM Specification, 4.1", program.java_class),
    Signature("application/x-mach-o", b"\xca\xfe\xba\xbe", "Apple, <mach-o/fat.h>", program.fat_mach_o),
    Signature("application/x-mach-o", b"\xca\xfe\xba\xbf", "Apple, <mach-o/fat.h>", program.fat_mach_o),
    Signature("application/x-mach-o", b"\xfe\xed\xfa\xce", _MACH_O, program.mach_o),
    Signature("application/x-mach-o", b"\xfe\xed\xfa\xcf", _MACH_O, program.mach_o),
    Signature("application/x-mach-o", b"\xce\xfa\xed\xfe", _MACH_O, program.mach_o),
    Signature("application/x-mach-o", b"\xcf\xfa\xed\xfe", _MACH_O, program.mach_o),
    Signature("application/x-core", b"\x7fELF", "System V ABI, ELF header", program.elf_core),
    Signature("application/x-elf", b"\x7fELF", "System V ABI, ELF header", program.elf),
    Signature("application/x-dosexec", b"MZ", _PE, program.dos_program),
    Signature("application/x-coff", b"\x4c\x01", _PE, program.coff_object),
    Signature("application/x-coff", b"\x64\x86", _PE, program.coff_object),
    Signature("application/x-coff", b"\xc4\x01", _PE, program.coff_object),
    Signature("application/x-coff", b"\x64\xaa", _PE, program.coff_object),
    Signature("application/wasm", b"\0asm", "WebAssembly Core Specification, 5.5", program.wasm),
    Signature("application/x-llvm-bitcode", b"BC\xc0\xde", "LLVM Bitcode File Format"),
    Signature("application/x-llvm-bitcode", b"\xde\xc0\x17\x0b", "LLVM Bitcode File Format, wrapper"),
    Signature("application/x-llvm-profile", b"\xfflprofr\x81", _LLVM_PROFILE),
    Signature("application/x-llvm-profile", b"\x81rforpl\xff", _LLVM_PROFILE),
    Signature("application/x-llvm-profile", b"\xfflprofR\x81", _LLVM_PROFILE),
    Signature("application/x-llvm-profile", b"\x81Rforpl\xff", _LLVM_PROFILE),
    Signature("application/x-llvm-profile", b"\xfflprofi\x81", _LLVM_PROFILE),
    Signature("application/x-gcov-notes", b"oncg", _GCOV, program.gcov),
    Signature("application/x-gcov-notes", b"gcno", _GCOV, program.gcov),
    Signature("application/x-gcov-data", b"adcg", _GCOV, program.gcov),
    Signature("application/x-gcov-data", b"gcda", _GCOV, program.gcov),
    # Databases and stores
    Signature("application/vnd.sqlite3", b"SQLite format 3\0", "SQLite, Database File Format, 1.3"),
    Signature("application/x-sqlite-wal", b"\x37\x7f\x06\x82", "SQLite, Database File Format, 4.1", data.wal),
    Signature("application/x-sqlite-wal", b"\x37\x7f\x06\x83", "SQLite, Database File Format, 4.1", data.wal),
    Signature("application/x-sqlite-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "SQLite, Database File Format, 3"),
    Signature("application/x-rdb", b"REDIS00", "Redis, rdb.h", data.redis_dump),
    Signature("application/x-pgdump", b"PGDMP\1", "PostgreSQL, pg_backup_archiver.c"),
    Signature("application/x-ole-storage", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft, [MS-CFB] 2.2"),
    Signature("application/x-ds-store", b"\0\0\0\1Bud1", "Apple Finder; Mac::Finder::DSStore"),
    Signature("application/x-java-keystore", b"\xfe\xed\xfe\xed", "OpenJDK, JavaKeyStore", data.java_keystore),
    Signature("application/x-java-keystore", b"\xce\xce\xce\xce", "OpenJDK, JceKeyStore", data.java_keystore),
    Signature("application/x-pkcs12", b"\x30\x82", "RFC 7292, 4", data.pkcs12),
    # Arrays, tables and models
    Signature("application/x-npy", b"\x93NUMPY", "NumPy, numpy.lib.format", data.numpy_array),
    *(
        Signature("application/x-hdf5", b"\x89HDF\r\n\x1a\n", "HDF5 File Format Specification, II.A", offset=offset)
        for offset in (0, 512, 1024, 2048, 4096)
    ),
    Signature("application/vnd.apache.parquet", b"PAR1", "Apache Parquet, File Format"),
    Signature("application/vnd.apache.arrow", b"ARROW1\0\0", "Apache Arrow Columnar Format, IPC File Format"),
    *(
        Signature("application/x-pickle", bytes([0x80, protocol]), "CPython, pickletools; PEP 3154", data.pickle)
        for protocol in (2, 3, 4, 5)
    ),
    Signature("application/x-gguf", b"GGUF", "ggml, docs/gguf.md", data.gguf),
    Signature("application/x-ggml", b"lmgg", _GGML, data.ggml),
    Signature("application/x-ggml", b"fmgg", _GGML, data.small_version),
    Signature("application/x-ggml", b"tjgg", _GGML, data.small_version),
    Signature("application/x-ggml", b"algg", _GGML, data.small_version),
    Signature("application/x-safetensors", b"{", "Hugging Face, safetensors, Format", data.safetensors, 8),
    # Archives and disks
    Signature("application/vnd.android.package-archive", b"PK\3\4", _ZIP, data.first_member(b"AndroidManifest.xml")),
    Signature("application/java-archive", b"PK\3\4", _ZIP, data.first_member(b"META-INF/")),
    Signature("application/epub+zip", b"PK\3\4", "EPUB OCF 3.3, 4.3", data.stored_media_type(b"application/epub+zip")),
    Signature(
        "application/vnd.oasis.opendocument",
        b"PK\3\4",
        "OpenDocument 1.3, part 2, 3.3",
        data.stored_media_type(b"application/vnd.oasis.opendocument."),
    ),
    Signature(
        "application/vnd.openxmlformats-officedocument",
        b"PK\3\4",
        "ECMA-376, part 2",
        data.first_member(b"[Content_Types].xml", b"_rels/.rels", b"docProps/"),
    ),
    Signature("application/zip", b"PK\3\4", _ZIP),
    Signature("application/zip", b"PK\5\6", "PKWARE APPNOTE.TXT, 4.3.16"),
    Signature("application/gzip", b"\x1f\x8b", "RFC 1952", data.gzip_member),
    Signature("application/x-bzip2", b"BZh", "bzip2, compress.c", data.bzip2_stream),
    Signature("application/x-xz", b"\xfd7zXZ\0", "The .xz File Format, 2.1.1.1"),
    Signature("application/zstd", b"\x28\xb5\x2f\xfd", "RFC 8878, 3.1.1"),
    Signature("application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c", "7-Zip, 7zFormat.txt"),
    Signature("application/vnd.rar", b"Rar!\x1a\x07\0", "RAR 4 archive format"),
    Signature("application/vnd.rar", b"Rar!\x1a\x07\1\0", "RAR 5.0 archive format"),
    Signature("application/x-tar", b"ustar", "POSIX.1-2017, pax", data.tar_header, 257),
    Signature("application/x-qemu-disk", b"QFI\xfb", "QEMU, qcow2.txt", data.qcow),
    Signature("application/x-vmdk", b"KDMV", "VMware, Virtual Disk Format 5.0", data.small_version),
    # Sound
    Signature("audio/x-wav", b"RIFF", _RIFF, holds(8, b"WAVE")),
    Signature("audio/mpeg", b"ID3", "ID3v2.4.0, main structure, 3.1", media.id3_tag),
    Signature("audio/mpeg", b"\xff", "ISO/IEC 11172-3, 2.4.1.3", media.mp3_frames),
    Signature("audio/flac", b"fLaC", "RFC 9639, 8", media.flac),
    Signature("audio/ogg", b"OggS\0", _OGG, holds(28, b"\1vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ")),
    Signature("application/ogg", b"OggS\0", _OGG),
    Signature("audio/aiff", b"FORM", "Apple, AIFF 1.3", holds(8, b"AIFF", b"AIFC")),
    Signature("audio/midi", b"MThd\0\0\0\6", "Standard MIDI Files 1.0"),
    # Film
    Signature("video/x-msvideo", b"RIFF", _RIFF, holds(8, b"AVI ")),
    Signature("image/avif", b"ftyp", _BMFF, media.image_brand(b"avif", b"avis"), 4),
    Signature("image/heic", b"ftyp", _BMFF, media.image_brand(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), 4),
    Signature("image/heic", b"ftyp", _BMFF, media.brand(b"mif1", b"msf1"), 4),
    Signature("image/x-canon-cr3", b"ftyp", _BMFF, media.brand(b"crx "), 4),
    Signature("audio/mp4", b"ftyp", _BMFF, media.brand(b"M4A ", b"M4B ", b"M4P "), 4),
    Signature("video/quicktime", b"ftyp", _BMFF, media.brand(b"qt  "), 4),
    Signature("video/mp4", b"ftyp", _BMFF, media.base_media, 4),
    Signature("video/quicktime", b"moov", "Apple, QuickTime File Format", media.quicktime_movie, 4),
    Signature("video/quicktime", b"\0\0\0\x08wide", "Apple, QuickTime File Format"),
    Signature("video/webm", b"\x1a\x45\xdf\xa3", _EBML, media.doc_type(b"webm")),
    Signature("video/x-matroska", b"\x1a\x45\xdf\xa3", _EBML, media.doc_type(b"matroska")),
    Signature("video/x-flv", b"FLV\1", "Adobe Flash Video File Format 10.1, E.2", media.flash_video),
    Signature("video/mpeg", b"\0\0\1\xba", "ISO/IEC 13818-1, 2.5.3.3", media.program_stream),
    Signature("video/mpeg", b"\0\0\1\xb3", "ISO/IEC 13818-2, 6.2.2.1", media.video_sequence),
    # Pictures and fonts
    Signature("image/webp", b"RIFF", "RFC 9649, 2.4", holds(8, b"WEBP")),
    Signature("image/png", b"\x89PNG\r\n\x1a\n", "ISO/IEC 15948, 5.2"),
    Signature("image/jpeg", b"\xff\xd8\xff", "ITU-T T.81, B.1.1.3", media.jpeg),
    Signature("image/gif", b"GIF87a", "CompuServe, GIF87a"),
    Signature("image/gif", b"GIF89a", "CompuServe, GIF89a"),
    Signature("image/bmp", b"BM", "Microsoft, Bitmap Storage", media.bitmap),
    Signature("image/vnd.microsoft.icon", b"\0\0\1\0", "Microsoft, ICONDIR", media.icon),
    Signature("image/tiff", b"II*\0", "Adobe, TIFF 6.0, 2"),
    Signature("image/tiff", b"MM\0*", "Adobe, TIFF 6.0, 2"),
    Signature("font/woff", b"wOFF", "W3C, WOFF 1.0, 4"),
    Signature("font/woff2", b"wOF2", "W3C, WOFF 2.0, 4"),
    Signature("font/ttf", b"\0\1\0\0", _OPEN_TYPE, media.sfnt),
    Signature("font/ttf", b"true", "Apple, TrueType Reference Manual, 6", media.sfnt),
    Signature("font/otf", b"OTTO", _OPEN_TYPE, media.sfnt),
)
"""Content of these types is never text, whatever its first letters spell."""

PRINTABLE = (
    Signature("application/pdf", b"%PDF-", "ISO 32000-1, 7.5.2", text.pdf),
    Signature("application/x-archive", b"!<arch>\n", "System V ABI, archive file", data.unix_archive),
    Signature("application/x-archive", b"!<thin>\n", "GNU binutils, ar", data.unix_archive),
)
"""Binary formats that may hold no single unprintable byte in their heads, or at all."""

TEXTUAL = (
    Signature(
        "application/x-lfs-pointer",
        b"version https://git-lfs.github.com/spec/v1\n",
        "Git LFS, docs/spec.md",
        text.lfs_pointer,
    ),
    Signature("application/x-putty-key", b"PuTTY-User-Key-File-", "PuTTY manual, appendix C", text.putty_key),
    Signature(
        "application/x-openssh-private-key", b"", "OpenSSH, PROTOCOL.key", text.pem_block(b"OPENSSH PRIVATE KEY")
    ),
    Signature(
        "application/x-pem-private-key",
        b"",
        _PEM,
        text.pem_block(
            b"PRIVATE KEY", b"RSA PRIVATE KEY", b"EC PRIVATE KEY", b"DSA PRIVATE KEY", b"ENCRYPTED PRIVATE KEY"
        ),
    ),
)
"""Formats that are text and nothing else."""


def _by_first_byte() -> dict[int, tuple[Signature, ...]]:
    rows = defaultdict(list)
    for row in BINARY:
        if row.offset == 0:
            rows[row.magic[0]].append(row)
    return {byte: tuple(found) for byte, found in rows.items()}


_AT_START = _by_first_byte()
_FURTHER_IN = tuple(row for row in BINARY if row.offset)


def identify_by_signature(head: bytes) -> MediaType | None:
    """What content certainly is, by the first of its bytes; None where the table does not know.

    `head` is the beginning of a file, or all of it: 8 KiB are enough for every row. Never raises.
    """
    if not head:
        return None
    found = _first(_candidates(head), head)
    if found and not is_utf8_text(head):
        return MediaType(found, "signature", is_text=False)
    found = _first(iter(PRINTABLE), head)
    if found:
        return MediaType(found, "signature", is_text=False)
    found = None if b"\0" in head else _first(iter(TEXTUAL), head)
    return MediaType(found, "signature", is_text=True) if found else None


def _candidates(head: bytes) -> Iterator[Signature]:
    yield from _AT_START.get(head[0], ())
    yield from _FURTHER_IN


def _first(rows: Iterator[Signature], head: bytes) -> str | None:
    return next((row.name for row in rows if head.startswith(row.magic, row.offset) and row.proof(head)), None)
