"""Git's pattern language: globs, ignore files, attribute files. Pure, linear in time, agreeing with git itself."""
