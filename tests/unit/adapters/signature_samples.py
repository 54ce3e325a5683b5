"""One small sample for each row of the signature table, and for each a near miss that must not be taken for it."""

import pickle
import struct
from typing import NamedTuple

from fixtures import content


class Sample(NamedTuple):
    """Content, and the media type that it has; None where it only looks alike."""

    label: str
    head: bytes
    expected: str | None


def _u32(*values: int, order: str = "<") -> bytes:
    return struct.pack(f"{order}{len(values)}I", *values)


def _member(name: bytes, body: bytes = b"") -> bytes:
    header = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, len(body), len(body), len(name), 0)
    return header + name + body


def _ftyp(major: bytes, *compatible: bytes) -> bytes:
    return struct.pack(">I", 16 + 4 * len(compatible)) + b"ftyp" + major + bytes(4) + b"".join(compatible)


def _ebml(name: bytes) -> bytes:
    body = b"\x42\x86\x81\1\x42\x82" + bytes([0x80 | len(name)]) + name
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(body)]) + body


def _ogg(packet: bytes) -> bytes:
    return b"OggS\0\2" + bytes(20) + b"\1" + bytes([len(packet)]) + packet


_MP3_FRAME = b"\xff\xfb\x90\x00".ljust(417, b"\0")  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz
_COFF = struct.pack("<HHIIIHH", 0x8664, 2, 0, 140, 3, 0, 0) + b".text\0\0\0" + bytes(72)
_DOS = struct.pack("<2s13H", b"MZ", 10, 2, 0, 4, 0, 0xFFFF, 0, 0, 0, 0, 0, 0x1C, 0)
_MACH_O = b"\xcf\xfa\xed\xfe" + _u32(0x01000007, 3, 2, 4, 512)
_PFX = bytes.fromhex("30820a01020103308209c706092a864886f70d010701a08209b8")
_FONT = bytes.fromhex("000c0080000300")  # twelve tables
_AR_MEMBER = b"!<arch>\n" + b"hello.txt/".ljust(48) + b"6".ljust(10) + b"`\nhello\n"
_JOURNAL = bytes.fromhex("d9d505f920a163d7") + bytes(20)
_SAFETENSORS = struct.pack("<Q", 24) + b'{"__metadata__":{"a":1}}' + bytes(8)
_BITMAP = b"BM" + _u32(70, 0, 54, 40, 1, 1)
_ICON = b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0" + _u32(1128, 22)
_REDIS = b"REDIS0011\xfa\x09redis-ver\x057.2.4"

POSITIVE = (
    Sample("pyc 3.12", content.pyc("x = 1"), "application/x-python-bytecode"),
    Sample("pyc 3.10", content.pyc("x = 1", tag="310"), "application/x-python-bytecode"),
    Sample("pyc 2.7", content.pyc("x = 1", tag="27"), "application/x-python-bytecode"),
    Sample("pyc 3.4", struct.pack("<HHII", 3310, 0x0A0D, 1, 9) + b"\xe3", "application/x-python-bytecode"),
    Sample("class", content.class_file(), "application/java-vm"),
    Sample("Mach-O fat", b"\xca\xfe\xba\xbe" + _u32(2, 7, 3, order=">"), "application/x-mach-o"),
    Sample("Mach-O fat, 64 bit", b"\xca\xfe\xba\xbf" + _u32(2, 7, 3, order=">"), "application/x-mach-o"),
    Sample("Mach-O", _MACH_O, "application/x-mach-o"),
    Sample("Mach-O, 32 bit", b"\xce\xfa\xed\xfe" + _MACH_O[4:], "application/x-mach-o"),
    Sample("Mach-O, PowerPC", b"\xfe\xed\xfa\xce" + _u32(18, 0, 2, 4, order=">"), "application/x-mach-o"),
    Sample("Mach-O, PowerPC 64", b"\xfe\xed\xfa\xcf" + _u32(18, 0, 2, 4, order=">"), "application/x-mach-o"),
    Sample("ELF", content.elf(), "application/x-elf"),
    Sample("ELF core", content.elf(4), "application/x-core"),
    Sample("PE", content.pe(), "application/x-dosexec"),
    Sample(
        "DOS", struct.pack("<2s13H", b"MZ", 10, 2, 0, 4, 0, 0xFFFF, 0, 0, 0, 0, 0, 0x1C, 0), "application/x-dosexec"
    ),
    Sample("COFF x64", _COFF, "application/x-coff"),
    Sample("COFF x86", b"\x4c\1" + _COFF[2:], "application/x-coff"),
    Sample("COFF ARM", b"\xc4\1" + _COFF[2:], "application/x-coff"),
    Sample("COFF ARM64", b"\x64\xaa" + _COFF[2:], "application/x-coff"),
    Sample("wasm", b"\0asm\1\0\0\0\1\4\1", "application/wasm"),
    Sample("wasm component", b"\0asm\x0d\0\1\0", "application/wasm"),
    Sample("bitcode", b"BC\xc0\xde\x35\x14\0\0", "application/x-llvm-bitcode"),
    Sample("bitcode, wrapped", b"\xde\xc0\x17\x0b\0\0\0\0", "application/x-llvm-bitcode"),
    Sample("profraw", b"\x81rforpl\xff" + bytes(8), "application/x-llvm-profile"),
    Sample("profraw, big", b"\xfflprofr\x81" + bytes(8), "application/x-llvm-profile"),
    Sample("profraw, 32 bit", b"\x81Rforpl\xff" + bytes(8), "application/x-llvm-profile"),
    Sample("profraw, 32 bit, big", b"\xfflprofR\x81" + bytes(8), "application/x-llvm-profile"),
    Sample("profdata", b"\xfflprofi\x81" + bytes(8), "application/x-llvm-profile"),
    Sample("gcno", b"oncg*21B" + bytes(8), "application/x-gcov-notes"),
    Sample("gcno, big", b"gcnoB21*" + bytes(8), "application/x-gcov-notes"),
    Sample("gcda", b"adcg*21B" + bytes(8), "application/x-gcov-data"),
    Sample("gcda, big", b"gcdaB21*" + bytes(8), "application/x-gcov-data"),
    Sample("SQLite", content.sqlite({"t": ("a",)}), "application/vnd.sqlite3"),
    Sample("SQLite wal", _u32(0x377F0682, 3_007_000, 4096, 0, order=">"), "application/x-sqlite-wal"),
    Sample("SQLite wal, big", _u32(0x377F0683, 3_007_000, 4096, 0, order=">"), "application/x-sqlite-wal"),
    Sample("SQLite journal", _JOURNAL, "application/x-sqlite-journal"),
    Sample("Redis", _REDIS, "application/x-rdb"),
    Sample("pg_dump", b"PGDMP\1\x0e\0\4\x08\1\1\1", "application/x-pgdump"),
    Sample("OLE", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16), "application/x-ole-storage"),
    Sample(".DS_Store", b"\0\0\0\1Bud1\0\0\x10\0", "application/x-ds-store"),
    Sample("JKS", b"\xfe\xed\xfe\xed" + _u32(2, 1, order=">"), "application/x-java-keystore"),
    Sample("JCEKS", b"\xce\xce\xce\xce" + _u32(2, 1, order=">"), "application/x-java-keystore"),
    Sample("PKCS #12", _PFX, "application/x-pkcs12"),
    Sample("npy", content.npy([1.0]), "application/x-npy"),
    *(
        Sample(f"HDF5 at {at}", bytes(at) + b"\x89HDF\r\n\x1a\n" + bytes(8), "application/x-hdf5")
        for at in (0, 512, 1024, 2048, 4096)
    ),
    Sample("Parquet", b"PAR1\x15\4\x15\x10\x15\x14", "application/vnd.apache.parquet"),
    Sample("Arrow", b"ARROW1\0\0\xff\xff\xff\xff", "application/vnd.apache.arrow"),
    *(
        Sample(f"pickle {protocol}", pickle.dumps({"weights": [1.5, 2.5]}, protocol), "application/x-pickle")
        for protocol in (2, 3, 4, 5)
    ),
    Sample("pickle without a frame", pickle.dumps(None, 4), "application/x-pickle"),
    Sample("pickle of torch", bytes.fromhex("80028a0a6cfc9c46f9206aa850192e80024de903"), "application/x-pickle"),
    Sample("GGUF", b"GGUF" + _u32(3, 291, 0), "application/x-gguf"),
    Sample("ggml", b"lmgg" + _u32(32000, 4096), "application/x-ggml"),
    Sample("ggmf", b"fmgg" + _u32(1, 32000), "application/x-ggml"),
    Sample("ggjt", b"tjgg" + _u32(3, 32000), "application/x-ggml"),
    Sample("ggla", b"algg" + _u32(1, 8), "application/x-ggml"),
    Sample("safetensors", _SAFETENSORS, "application/x-safetensors"),
    Sample("apk", _member(b"AndroidManifest.xml", b"\3\0\x08\0"), "application/vnd.android.package-archive"),
    Sample("jar", _member(b"META-INF/MANIFEST.MF"), "application/java-archive"),
    Sample("epub", _member(b"mimetype", b"application/epub+zip"), "application/epub+zip"),
    Sample(
        "odt",
        _member(b"mimetype", b"application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument",
    ),
    Sample("docx", _member(b"[Content_Types].xml"), "application/vnd.openxmlformats-officedocument"),
    Sample("zip", content.zip_archive({"a.txt": b"a"}), "application/zip"),
    Sample("torch zip", _member(b"model/data.pkl", pickle.dumps(1, 2)), "application/zip"),
    Sample("zip without members", content.zip_archive({}), "application/zip"),
    Sample("gzip", content.gzip(b"a"), "application/gzip"),
    Sample("bzip2", content.bzip2(b"a"), "application/x-bzip2"),
    Sample("bzip2 of nothing", content.bzip2(b""), "application/x-bzip2"),
    Sample("xz", content.xz(b"a"), "application/x-xz"),
    Sample("zstd", bytes.fromhex("28b52ffd0401090000610a"), "application/zstd"),
    Sample("7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(8), "application/x-7z-compressed"),
    Sample("rar 4", b"Rar!\x1a\x07\0\xcf\x90\x73", "application/vnd.rar"),
    Sample("rar 5", b"Rar!\x1a\x07\1\0\x33\x92", "application/vnd.rar"),
    Sample("tar", content.tar({"a.txt": b"a"}), "application/x-tar"),
    Sample("qcow2", b"QFI\xfb" + _u32(3, 0, order=">"), "application/x-qemu-disk"),
    Sample("vmdk", b"KDMV" + _u32(1, 3), "application/x-vmdk"),
    Sample("ar", _AR_MEMBER, "application/x-archive"),
    Sample("ar without members", b"!<arch>\n", "application/x-archive"),
    Sample("ar, thin", _AR_MEMBER.replace(b"arch", b"thin"), "application/x-archive"),
    Sample("wav", content.wav(), "audio/x-wav"),
    Sample("mp3 with tag", b"ID3\4\0\0\0\0\x0f\x76TIT2", "audio/mpeg"),
    Sample("mp3", _MP3_FRAME * 2, "audio/mpeg"),
    Sample("mp3, MPEG 2", b"\xff\xf3\x40\xc4".ljust(104, b"\0") + b"\xff\xf3\x40\xc4" + bytes(40), "audio/mpeg"),
    Sample("flac", b"fLaC\0\0\0\x22\x10\0\x10\0", "audio/flac"),
    Sample("vorbis", _ogg(b"\1vorbis\0\0\0\0"), "audio/ogg"),
    Sample("opus", _ogg(b"OpusHead\1\2"), "audio/ogg"),
    Sample("theora", _ogg(b"\x80theora\3\2"), "application/ogg"),
    Sample("aiff", b"FORM\0\0\0\x2eAIFFCOMM", "audio/aiff"),
    Sample("midi", b"MThd\0\0\0\6\0\1\0\2\1\xe0", "audio/midi"),
    Sample("avi", b"RIFF" + _u32(100) + b"AVI LIST", "video/x-msvideo"),
    Sample("mp4", content.mp4(), "video/mp4"),
    Sample("m4a", _ftyp(b"M4A ", b"mp42"), "audio/mp4"),
    Sample("mov", _ftyp(b"qt  ", b"qt  "), "video/quicktime"),
    Sample("mov without a brand", b"\0\0\1\0moov\0\0\0\x6cmvhd" + bytes(20), "video/quicktime"),
    Sample("mov, wide", b"\0\0\0\x08wide\0\1\0\0mdat", "video/quicktime"),
    Sample("heic", _ftyp(b"heic", b"mif1", b"heic"), "image/heic"),
    Sample("heif", _ftyp(b"mif1", b"heic"), "image/heic"),
    Sample("heif of any codec", _ftyp(b"mif1", b"miaf"), "image/heic"),
    Sample("avif", _ftyp(b"avif", b"mif1"), "image/avif"),
    Sample("avif by a compatible brand", _ftyp(b"mif1", b"avif"), "image/avif"),
    Sample("cr3", _ftyp(b"crx ", b"isom"), "image/x-canon-cr3"),
    Sample("webm", _ebml(b"webm"), "video/webm"),
    Sample("mkv", _ebml(b"matroska"), "video/x-matroska"),
    Sample("flv", b"FLV\1\5\0\0\0\x09\0\0\0\0", "video/x-flv"),
    Sample("mpeg 2", b"\0\0\1\xba\x44\0\4\0\4\1", "video/mpeg"),
    Sample("mpeg 1", b"\0\0\1\xba\x21\0\1\0\1\x80", "video/mpeg"),
    Sample("mpeg video", b"\0\0\1\xb3\x14\0\xf0\x13\xff\xff\xe0\x18", "video/mpeg"),
    Sample("webp", b"RIFF" + _u32(26) + b"WEBPVP8L", "image/webp"),
    Sample("png", content.png(), "image/png"),
    Sample("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    Sample("gif", b"GIF89a\1\0\1\0\x80\0\0", "image/gif"),
    Sample("gif, old", b"GIF87a\1\0\1\0\x80\0\0", "image/gif"),
    Sample("bmp", _BITMAP, "image/bmp"),
    Sample("ico", _ICON, "image/vnd.microsoft.icon"),
    Sample("tiff", b"II*\0\x08\0\0\0", "image/tiff"),
    Sample("tiff, big", b"MM\0*\0\0\0\x08", "image/tiff"),
    Sample("woff", b"wOFF\0\1\0\0\0\0", "font/woff"),
    Sample("woff2", b"wOF2\0\1\0\0\0\0", "font/woff2"),
    Sample("ttf", b"\0\1\0\0" + _FONT, "font/ttf"),
    Sample("ttf of Apple", b"true" + _FONT, "font/ttf"),
    Sample("otf", b"OTTO" + _FONT, "font/otf"),
    Sample("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    Sample("pdf in ASCII", b"%PDF-1.4\n1 0 obj\n", "application/pdf"),
    Sample("LFS pointer", content.lfs_pointer(b"a"), "application/x-lfs-pointer"),
    Sample(
        "PuTTY key",
        b"PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\nComment: c\r\n",
        "application/x-putty-key",
    ),
    Sample("OpenSSH key", content.pem_key("OPENSSH PRIVATE KEY"), "application/x-openssh-private-key"),
    *(
        Sample(f"{kind}key", content.pem_key(f"{kind}PRIVATE KEY"), "application/x-pem-private-key")
        for kind in ("", "RSA ", "EC ", "DSA ", "ENCRYPTED ")
    ),
)

NEGATIVE = (
    Sample("pyc of a Python that never was", struct.pack("<HH", 9999, 0x0A0D) + bytes(12) + b"\xe3", None),
    Sample("pyc with strange flags", struct.pack("<HHIII", 3531, 0x0A0D, 77, 0, 0) + b"\xe3", None),
    Sample("pyc without code", struct.pack("<HHIII", 3531, 0x0A0D, 0, 0, 0) + b"\0", None),
    Sample("text that begins like a pyc", b"\x55\r\r\nHello, this is no bytecode", None),
    Sample("class of no Java", b"\xca\xfe\xba\xbe\0\0\xff\xff", None),
    Sample("Mach-O without architectures", b"\xca\xfe\xba\xbf" + _u32(0), None),
    Sample("Mach-O of no type", _MACH_O[:12] + _u32(99), None),
    Sample("ELF of no class", b"\x7fELF\x09\1\1" + bytes(40), None),
    Sample("MZ without a header", b"MZ" + b"\xff" * 62, None),
    Sample("COFF with an optional header", _COFF[:16] + b"\xf0\0" + _COFF[18:], None),
    Sample("COFF without a section's name", _COFF[:20] + bytes(40), None),
    Sample("wasm of no version", b"\0asm\7\0\0\0", None),
    Sample("gcov without a version", b"oncg" + bytes(12), None),
    Sample("SQLite, other", b"SQLite format 2\0" + bytes(80), None),
    Sample("wal of no version", _u32(0x377F0682, 1, order=">"), None),
    Sample("journal, zeroed", bytes(28), None),
    Sample("prose on Redis", b"REDIS0011 is the version", None),
    Sample("keystore of no version", b"\xfe\xed\xfe\xed" + _u32(9, order=">"), None),
    Sample("DER of a certificate", bytes.fromhex("3082030a308201f2a003020102"), None),
    Sample("npy of no version", b"\x93NUMPY\x09\0" + bytes(8), None),
    Sample("HDF5 at an odd place", bytes(100) + b"\x89HDF\r\n\x1a\n" + bytes(8), None),
    Sample("prose on Parquet", b"PAR1 is its magic", None),
    Sample("pickle with no opcode", b"\x80\2\0\0", None),
    Sample("pickle of no protocol", b"\x80\x09}q\0.", None),
    Sample("pickle 4 without frame or end", b"\x80\4N" + bytes(9), None),
    Sample("GGUF of no version", b"GGUF" + _u32(1 << 20), None),
    Sample("safetensors with an absurd length", struct.pack("<Q", 1 << 60) + b'{"a":1}', None),
    Sample("safetensors with no end", struct.pack("<Q", 7) + b'{"a":1,"b":2}', None),
    Sample("gzip with another method", b"\x1f\x8b\7\0" + bytes(8), None),
    Sample("bzip2 without a block", b"BZh9\0\0\0\0\0\0\0", None),
    Sample("tar with a wrong checksum", content.tar({"a": b"a"}).replace(b"a\0", b"b\0", 1), None),
    Sample("qcow of no version", b"QFI\xfb" + _u32(77, order=">"), None),
    Sample("ar without a member's end", b"!<arch>\n" + b"x" * 100, None),
    Sample("RIFF of another kind", b"RIFF" + _u32(100) + b"sfbkLIST", None),
    Sample("ID3 of no version", b"ID3\x09\0\0\0\0\0\0", None),
    Sample("one frame of sound", _MP3_FRAME + bytes(400), None),
    Sample("frame sync alone", b"\xff\xfb\x90\0", None),
    Sample("flac without stream information", b"fLaC\4\0\0\x28", None),
    Sample("FORM of another kind", b"FORM\0\0\0\x2eILBMBMHD", None),
    Sample("ftyp in a box of absurd size", b"\x7f\0\0\0ftypisom", None),
    Sample("moov without a header", b"\0\0\1\0moov\0\0\0\x6cabcd", None),
    Sample("EBML of another kind", _ebml(b"other"), None),
    Sample("flv with strange flags", b"FLV\1\xff\0\0\0\x09", None),
    Sample("mpeg without markers", b"\0\0\1\xba\xff\xff", None),
    Sample("mpeg video without a size", b"\0\0\1\xb3\0\0\0\x13", None),
    Sample("jpeg without a marker", b"\xff\xd8\xff\x10", None),
    Sample("bmp with reserved bits", b"BM" + _u32(70, 1, 54, 40, 1, 1), None),
    Sample("ico without entries", b"\0\0\1\0\0\0" + bytes(16), None),
    Sample("ttf with a wrong search range", b"\0\1\0\0" + bytes.fromhex("000c0070000300"), None),
    Sample("prose on PDF", b"%PDF-is a header", None),
    Sample("LFS pointer without an object", b"version https://git-lfs.github.com/spec/v1\nsize 3\n", None),
    Sample("LFS pointer, long", content.lfs_pointer(b"a") + b"x" * 1024, None),
    Sample("prose on PuTTY", b"PuTTY-User-Key-File-3 is the header", None),
    Sample("certificate", content.pem_key("CERTIFICATE"), None),
    Sample("public key", content.pem_key("PUBLIC KEY"), None),
    Sample("key quoted in code", b'KEY = """\n' + content.pem_key() + b'"""\n', None),
    Sample("key quoted in Markdown", b"# Keys\n\n```\n" + content.pem_key() + b"```\n", None),
    Sample("key placeholder", b"-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----\n", None),
    Sample("key placeholder, short", b"-----BEGIN PRIVATE KEY-----\nMIIEfake\n-----END PRIVATE KEY-----\n", None),
    Sample("key header alone", b"-----BEGIN RSA PRIVATE KEY-----\n", None),
)
