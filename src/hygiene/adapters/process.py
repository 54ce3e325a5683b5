"""The only place that starts other programs: git, told to run nothing that a repository's configuration asks for."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, NamedTuple

from hygiene.errors import UnreadableRepository

_SETTINGS = (
    "core.fsmonitor=false",  # a program that reading the index may start
    f"core.hooksPath={os.devnull}",  # programs that many commands start
    "core.untrackedCache=false",  # would look at the work tree, and write the index
    "core.sshCommand=false",  # a program that fetching a missing object would start
    "credential.helper=",  # the same; the empty value forgets every helper named before
    "protocol.allow=never",  # nothing is ever fetched (GIT_ALLOW_PROTOCOL below holds where this is overridden)
    "safe.bareRepository=explicit",  # a bare repository buried in a tree is data, not a repository
    "gc.auto=0",  # nothing is tidied behind our back
    "maintenance.auto=false",  # the same, by its newer name
    "log.showSignature=false",  # would start gpg.program
    "core.bigFileThreshold=1m",  # blobs above this are streamed, so git's own memory stays small
)

CAUTIOUS_OPTIONS = (
    *(word for setting in _SETTINGS for word in ("-c", setting)),
    "--no-optional-locks",  # reading never writes the index
    "--no-pager",  # a program that the configuration names
)

CAUTIOUS_ENVIRONMENT: Mapping[str, str] = {
    "GIT_ALLOW_PROTOCOL": "none",  # unlike protocol.allow, this cannot be overridden by protocol.<name>.allow
    "GIT_ATTR_NOSYSTEM": "1",  # the answer is the same on every machine
    "GIT_CONFIG_GLOBAL": os.devnull,  # the same
    "GIT_CONFIG_NOSYSTEM": "1",  # the same
    "GIT_GRAFT_FILE": os.devnull,  # the real parents count, not those that .git/info/grafts makes up
    "GIT_LITERAL_PATHSPECS": "1",  # a path is a path, never a pattern
    "GIT_NO_LAZY_FETCH": "1",  # a missing object stays missing
    "GIT_NO_REPLACE_OBJECTS": "1",  # the real objects count, not those that refs/replace shows instead
    "GIT_OPTIONAL_LOCKS": "0",  # reading never writes the index
    "GIT_TERMINAL_PROMPT": "0",  # nobody is asked for a password
    "LC_ALL": "C.UTF-8",  # messages that we can recognise
}

_INHERITED = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""What a program may need to start at all. No GIT_* and no HOME: nothing but the repository decides the answer."""

_ABOUT_THE_USER = ("APPDATA", "HOME", "SUDO_UID", "USERPROFILE", "XDG_CONFIG_HOME")
"""What git needs on top to find its user's own `safe.directory` exceptions."""

_NOT_STARTED = 126
"""The status that shells give to a program that cannot be started."""


class GitFailed(UnreadableRepository):
    """A git command ended with a status that its caller did not expect."""

    def __init__(self, where: str, exit_code: int, complaint: str) -> None:
        told = min(complaint.strip().split("\n"), key=_remoteness)
        super().__init__(where, f"git ended with status {exit_code}: {told}", "Run `git fsck` to see what is broken.")
        self.exit_code = exit_code
        self.complaint = complaint
        self.told = told


def _remoteness(line: str) -> int:
    """How far a line of a complaint is from saying why git gave up."""
    if line.startswith(("fatal:", "error:")):
        return 0
    return 2 if line.startswith("hint:") else 1


class Heard(NamedTuple):
    """All that a command said: its output, and what it complained of although it went on."""

    output: bytes
    complaints: str


class Conversation:
    """A running command that is asked one thing after the other."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._input = _input(process).fileno()
        self.answers = _output(process)

    def ask(self, question: bytes) -> None:
        """Sends a question. One that nobody listens to any more is lost: the answers have ended then."""
        with suppress(BrokenPipeError):
            while question:  # not through the pipe's file, which would keep what could not be sent
                question = question[os.write(self._input, question) :]


@dataclass(frozen=True, slots=True)
class Running:
    """A command at work in the repository `where`."""

    where: str
    process: subprocess.Popen[bytes]
    complaints: IO[bytes]

    def read(self) -> bytes:
        """The whole output, waited for. Raises `GitFailed` on any status but 0."""
        output = _output(self.process).read()
        self._require_success()
        return output

    def _require_success(self) -> None:
        if self.process.wait():
            self.complaints.seek(0)
            raise GitFailed(self.where, self.process.returncode, _text(self.complaints.read()))

    def chunks(self) -> Iterator[bytes]:
        """The output as it comes. Raises `GitFailed` at its end on any status but 0."""
        output = _output(self.process)
        while chunk := output.read1(1 << 16):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
            yield chunk
        self._require_success()

    def end(self) -> None:
        """Ends it, from whatever thread; one that reads gets what there was, and then the failure."""
        self.process.kill()


class Location(NamedTuple):
    """Where a repository is. `work_dir` is None in a bare one."""

    git_dir: Path
    work_dir: Path | None


@dataclass(frozen=True, slots=True)
class Git:
    """The git program, bound to one repository whose owner has been accepted already.

    `--git-dir` is always given, so git neither searches nor checks the owner again; the work tree is the git directory
    itself, so that no path of a real work tree, nor of a hostile `core.worktree`, is ever looked at.

    `index` is another index file than the repository's own: the one that a running `git commit -a` is making.
    `nowhere` is an empty folder, which whatever writes an index works in: a tracked path may have the name of a file in
    the git directory, and git would then look at it, and run filters on it.
    """

    program: Path
    git_dir: Path
    index: Path | None = None
    nowhere: Path | None = None

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """The whole output of one command. Raises `GitFailed` on any status but 0."""
        return self.hear(*arguments, stdin=stdin).output

    def hear(self, *arguments: str, stdin: bytes = b"") -> Heard:
        """The whole output and the complaints of one command. Raises `GitFailed` on any status but 0."""
        command = self._command(arguments)
        return finish(command, self._environment(), self._folder, stdin)

    @contextmanager
    def stream(self, *arguments: str, stdin: bytes = b"") -> Iterator[IO[bytes]]:
        """The output of one command, to be read while it runs.

        Its status is not looked at: an output that ends early says it. The command is dead when the block is left.
        """
        with _complaints() as complaints, self._start(arguments, stdin, complaints) as process:
            yield _output(process)

    @contextmanager
    def converse(self, *arguments: str) -> Iterator[Conversation]:
        """One command that is asked while it answers; neither its status nor its complaints are looked at.

        The command is dead when the block is left.
        """
        with _complaints() as complaints, self._open(arguments, complaints) as process:
            yield Conversation(process)

    @contextmanager
    def running(self, *arguments: str, stdin: bytes = b"") -> Iterator[Running]:
        """One command at work, which another thread may end. It is dead when the block is left."""
        with _complaints() as complaints, self._start(arguments, stdin, complaints) as process:
            yield Running(str(self.git_dir), process, complaints)

    @property
    def _folder(self) -> Path:
        """Where it works, and what it takes for the work tree."""
        return self.nowhere or self.git_dir

    def _command(self, arguments: Sequence[str]) -> list[str]:
        place = (f"--git-dir={self.git_dir}", f"--work-tree={self._folder}")
        return [str(self.program), *CAUTIOUS_OPTIONS, *place, *arguments]

    def _environment(self) -> dict[str, str]:
        chosen = {} if self.index is None else {"GIT_INDEX_FILE": str(self.index)}
        return _environment() | chosen

    @contextmanager
    def _start(
        self, arguments: Sequence[str], stdin: bytes, complaints: IO[bytes]
    ) -> Iterator[subprocess.Popen[bytes]]:
        with self._open(arguments, complaints) as process:
            feeder = Thread(target=_feed, args=(process, stdin), daemon=True)
            try:
                feeder.start()
                yield process
            finally:
                process.kill()
                if feeder.is_alive():  # an interrupt may have come before it was
                    feeder.join()

    @contextmanager
    def _open(self, arguments: Sequence[str], complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        pipe = subprocess.PIPE
        command = self._command(arguments)
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=complaints, env=self._environment(), cwd=self._folder
        ) as process:
            try:
                yield process
            finally:
                process.kill()


def find_git() -> Path | None:
    """The git program, from the absolute folders of PATH alone: never one that lies in the current folder."""
    found = shutil.which("git", path=search_path())
    return Path(found) if found and Path(found).is_absolute() else None


def locate(program: Path, folder: Path) -> Location:
    """Where git itself sees the repository around `folder`: the gatekeeper for those that libgit2 cannot open.

    This is the only call that reads the user's own configuration, because that is where `safe.directory` is.
    Raises `GitFailed` when git refuses; its `complaint` says why.
    """
    git_dir_asked, work_dir_asked = "--absolute-git-dir", "--show-toplevel"
    with suppress(GitFailed):  # a bare repository has no top level
        answers = _locate(program, folder, git_dir_asked, work_dir_asked).split("\n")
        if len(answers) == 2:  # a path with a line break in it needs a question of its own
            return Location(Path(answers[0]), Path(answers[1]))
    git_dir = Path(_locate(program, folder, git_dir_asked))
    try:
        return Location(git_dir, Path(_locate(program, folder, work_dir_asked)))
    except GitFailed:
        return Location(git_dir, None)


def _locate(program: Path, folder: Path, *questions: str) -> str:
    own = {name: value for name, value in _environment(_ABOUT_THE_USER).items() if not name.startswith("GIT_CONFIG_")}
    command = [str(program), *CAUTIOUS_OPTIONS, "-c", "safe.bareRepository=all", "rev-parse", *questions]
    return os.fsdecode(finish(command, own, folder, b"").output.removesuffix(b"\n"))


def finish(command: Sequence[str], environment: Mapping[str, str], folder: Path, stdin: bytes) -> Heard:
    """All that a command says that runs in `folder`. Raises `GitFailed` on any status but 0, or where it cannot run."""
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, cwd=folder, check=False)
    except OSError as failure:
        raise GitFailed(str(folder), _NOT_STARTED, str(failure)) from failure
    if done.returncode:
        raise GitFailed(str(folder), done.returncode, _text(done.stderr))
    return Heard(done.stdout, _text(done.stderr))


def _environment(more: Sequence[str] = ()) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in (*_INHERITED, *more) if name in os.environ}
    return {**inherited, **CAUTIOUS_ENVIRONMENT, "PATH": search_path()}


def search_path() -> str:
    """The absolute folders of PATH: what lies in the current folder is never started."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())


def _complaints() -> IO[bytes]:
    """Where stderr is kept: in memory where the system offers it, so that a full disk does not stop an audit."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("complaints"), "w+b")
    return tempfile.TemporaryFile()


def _feed(process: subprocess.Popen[bytes], stdin: bytes) -> None:
    """Writes beside the reader, so that neither waits for the other."""
    # A command that was ended does not listen any more, or its pipe is closed already.
    with suppress(BrokenPipeError, ValueError), _input(process) as pipe:
        pipe.write(stdin)


def _input(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None  # noqa: S101 - for the type checker: it was opened as a pipe
    return process.stdin


def _output(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None  # noqa: S101 - for the type checker: it was opened as a pipe
    return process.stdout


def _text(complaint: bytes) -> str:
    return complaint.decode("utf-8", "replace")
