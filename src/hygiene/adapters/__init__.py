"""The world behind the ports: libgit2, git, libmagic, SQLite, the disk, processes."""
