"""The process that writes an archive while the program audits what is in it.

It is told by one line on its standard input what to write; the draft is its standard output, and its answer the last
line on its standard error. It ends with its parent, whose end of the input is closed by then.
"""

import gc
import hashlib
import os
import signal
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from io import BufferedRandom, FileIO
from pathlib import Path
from threading import Thread

from hygiene.adapters.archive_writing import ArchiveWriter
from hygiene.adapters.package_order import Address, Broken, Finished, NoRoom, PackingAnswer, PackingOrder, line_of
from hygiene.adapters.packing import BrokenBlob, Packing, Streams

_BUFFER = 1 << 20


def main() -> None:
    """Writes what it is told to."""
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):  # the parent is gone already
        return
    gc.disable()  # what it makes lives to its end or goes at once; looking for cycles takes a twentieth of its time
    Thread(target=_end_with_parent, daemon=True).start()
    sys.stderr.buffer.write(line_of(_answer(PackingOrder.of(line))))
    sys.stderr.buffer.flush()
    os._exit(0)  # there is nothing to tidy, and threads may still compress what is of no use any more


def _end_with_parent() -> None:
    """Waits for the end of the parent, and ends this process and all that it has started."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _answer(order: PackingOrder) -> PackingAnswer:
    try:
        with BufferedRandom(FileIO(sys.stdout.fileno(), "r+", closefd=False), _BUFFER) as draft:
            return _write(order, draft)
    except BrokenBlob as broken:
        return Broken(broken.position, broken.reason)
    except OSError as failure:
        return NoRoom(failure.strerror or str(failure))


def _write(order: PackingOrder, draft: BufferedRandom) -> Finished:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        packing = Packing(_writer(order, draft, pool), order.wanted, order.address.object_format, pool)
        digests = packing.run(_streams(order.address))
        draft.flush()
        synced = pool.submit(os.fsync, draft.fileno())
        draft.seek(0)
        digest = hashlib.file_digest(draft, "sha256").hexdigest()
        synced.result()
        return Finished(draft.tell(), digest, digests)


def _writer(order: PackingOrder, draft: BufferedRandom, pool: Executor) -> ArchiveWriter:
    if order.format == "zip":
        from hygiene.adapters.zip_writing import ZipWriter  # noqa: PLC0415 - only one of the two is needed

        return ZipWriter(draft, order.seconds, pool, stored=order.stored)
    from hygiene.adapters.tar_writing import TarWriter, sink_of  # noqa: PLC0415 - as above

    return TarWriter(sink_of(order.format, draft, pool), order.seconds)


def _streams(address: Address) -> Streams:
    if address.program:
        from hygiene.adapters import blob_streams  # noqa: PLC0415 - one of the two readers is enough
        from hygiene.adapters.process import Git  # noqa: PLC0415 - as above

        git = Git(Path(address.program), Path(address.git_dir))
        return lambda blobs: blob_streams.stream_blobs(git, blobs)
    from hygiene.adapters import libgit2_blobs  # noqa: PLC0415 - loads libgit2
    from hygiene.adapters.git_files import common_dir  # noqa: PLC0415 - only libgit2 needs to be told
    from hygiene.adapters.loose_objects import open_objects  # noqa: PLC0415 - loads libgit2

    objects = open_objects(common_dir(Path(address.git_dir)) / "objects")
    return lambda blobs: libgit2_blobs.stream_blobs(objects, blobs)


if __name__ == "__main__":
    main()
