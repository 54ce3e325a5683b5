"""Texts of configuration and rule files that tests of several rooms read."""

SOUND = """\
id = "team-export"
summary = "Nightly export"
why = '''
The exporter writes these.
They hold customers.
'''
producer = "tools/export.py"
category = "report"
bucket = "EVIDENCE"
confidence = "likely"
severity = "high"
disposition = "untrack"
release = "deny"
gitignore = ["/exports/"]

[match]
globs = ["/exports/"]
suffixes = [".export"]
content = ["application/zip"]
needs = "content"

[examples]
match = ["exports/a.zip", "b.export"]
ignore = ["src/export.py", "exports.md"]
"""

CHECK = """\
id = "team-check"
summary = "Checked thing"
why = "Because."
producer = "people"
category = "structure"
bucket = "PRODUCT"
confidence = "certain"
severity = "low"
disposition = "decide"
release = "allow"
check = "team-check"

[examples]
match = []
ignore = []
"""

WHOLE = """\
fixtures = ["golden/", "qa/**/data/"]

[gate]
fail_on = "likely"
baseline = "./ci//baseline.json"
ratchet = true

[gate.by_category]
media = "never"
database = "review"

[size]
max = "2MiB"

[size.caps]
"docs/*.pdf" = "20MiB"
"*.csv" = 1000

[overrides.bundled-script]
confidence = "likely"
severity = "high"
[overrides.python-bytecode]
enabled = false

[[waivers]]
rule = "database-file"
path = "demo/*.db"
reason = "the tutorial opens it"
blob = "0123456789012345678901234567890123456789"
expires = 2027-01-31
owner = "docs team"

[[waivers]]
rule = "log-file"
path = "/a.log"
reason = "shown in the manual"

[package]
name = "shop"
include = ["/src/", "/README.md"]
exclude = ["*.psd"]
root = "./app/"
max_size = "2MiB"
symlinks = "keep"
names = "any"
export_ignore = false
[package.targets.docs]
include = ["/docs/"]
root = "."
names = "portable"
"""

BASE = """\
fixtures = ["base/"]
[gate]
fail_on = "review"
ratchet = false
[gate.by_category]
media = "never"
cache = "certain"
[size.caps]
"*.pdf" = 1
"*.csv" = 2
[overrides.log-file]
confidence = "likely"
severity = "low"
[[waivers]]
rule = "log-file"
path = "base.log"
reason = "base"
[package]
include = ["/base/"]
max_size = 7
[package.targets.docs]
include = ["/docs/base/"]
"""

OVER = """\
extend = ["config/base.toml"]
fixtures = ["over/"]
[gate]
fail_on = "certain"
[gate.by_category]
media = "likely"
[size.caps]
"*.pdf" = 3
[overrides.log-file]
severity = "high"
[[waivers]]
rule = "log-file"
path = "over.log"
reason = "over"
[package]
name = "over"
include = ["/over/"]
[package.targets.docs]
exclude = ["*.over"]
"""
