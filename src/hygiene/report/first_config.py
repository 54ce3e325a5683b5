"""The `hygiene.toml` that `hygiene init` writes: what it saw, the settings that fit, and suggestions as comments.

A suggestion is a line that begins with `#` and no space: the file can be read as it is, and with all of them taken in.
"""

from collections.abc import Iterator

from hygiene.adoption.first_settings import FirstSettings, Seen
from hygiene.policy.configuration.settings import DEFAULT_SIZE_CAP
from hygiene.policy.configuration.sizes import size_text
from hygiene.policy.toml.toml_string import toml_string
from hygiene.report.first_words import NOT_WHOLE, credentials_warning, seen_sentence
from hygiene.report.quoting import plain, shown
from hygiene.report.sizes import human
from hygiene.report.toml_notes import SUGGESTIONS, toml_note
from hygiene.report.wording import counted

_SUCH_FIXTURES = '# None was seen that must be named. An example: fixtures = ["/qa/data/"]'
_SUCH_THRESHOLDS = '# None would change anything now. An example: by_category.media = "never"'
_SUCH_OVERRIDES = "# None would change anything now. `hygiene rule list` shows every rule."
_SUCH_CAPS = '# No other file is too large. An example: caps."/docs/*.pdf" = "20MiB"'


def first_config(settings: FirstSettings, baseline: str) -> str:
    """The file's text; `baseline` is the file of accepted findings. Every line of it is free of control characters."""
    parts = (
        _head(settings.seen),
        _fixtures(settings),
        _shared(),
        _gate(settings, baseline),
        _size(settings),
        _override(settings),
        _waiver(settings),
    )
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def _head(seen: Seen) -> Iterator[str]:
    yield from toml_note(
        "What `hygiene audit` judges by here. `hygiene init` wrote this file after a look at the repository:",
        seen_sentence(seen),
    )
    if seen.credentials:
        yield from toml_note(f"{credentials_warning(seen)}, and accept or waive none of the files.")
    if not seen.is_whole:
        yield from toml_note(NOT_WHOLE)
    yield "#"
    yield from toml_note(
        SUGGESTIONS,
        "`hygiene schema` tells every key, `hygiene config show` what is in force.",
    )


def _fixtures(settings: FirstSettings) -> Iterator[str]:
    yield from toml_note(
        "More folders that keep what tests and examples need, in gitignore syntax from the root. tests/, fixtures/,",
        "examples/, golden/ and the like are known; a finding there weighs less.",
    )
    for each in settings.fixtures:
        yield f"# {shown(f'{each.folder}/')} holds {counted(each.files, 'finding')} that tests may need."
    patterns = [each.pattern for each in settings.fixtures]
    yield f"#fixtures = [{', '.join(map(toml_string, patterns))}]" if patterns else _SUCH_FIXTURES


def _shared() -> Iterator[str]:
    yield from toml_note(
        'With `extend = ["FILE"]` another file of this repository is read first, and this one wins over it;',
        'with `rules = ["FOLDER"]` rules of your own are added. Both are named relative to this file.',
    )


def _gate(settings: FirstSettings, baseline: str) -> Iterator[str]:
    seen = settings.seen
    yield "[gate]"
    yield from toml_note("The least confidence that fails an audit: certain, likely or review.")
    yield 'fail_on = "certain"'
    mark = "" if seen.failing else "#"
    yield from toml_note(_why_baseline(seen))
    yield f"{mark}baseline = {toml_string(baseline)}"
    yield from toml_note("Against the baseline, clutter may only shrink: in number and in bytes of each category.")
    yield f"{mark}ratchet = true"
    yield from toml_note('Another threshold for one category; "never" lets all of it pass.')
    other = settings.threshold
    yield f"#by_category.{other.category} = {toml_string(other.least)}" if other else _SUCH_THRESHOLDS


def _why_baseline(seen: Seen) -> str:
    if not seen.failing:
        return "The findings that were accepted on a day. There are none to accept now; the next two lines go together."
    fails = "1 file fails" if seen.failing == 1 else f"{seen.failing:,} files fail"
    return (
        f"The findings that were accepted on a day: {fails} the audit now. `hygiene audit --write-baseline` accepts "
        "them; after that only new ones fail it."
    )


def _size(settings: FirstSettings) -> Iterator[str]:
    yield "[size]"
    yield from toml_note("How large a file may be. Hosts warn at 50 MiB and refuse 100 MiB.")
    yield f"max = {toml_string(size_text(DEFAULT_SIZE_CAP))}"
    yield from toml_note("Other caps for some files, in gitignore syntax; the last pattern that matches decides.")
    for each in settings.allowances:
        yield f"# {shown(each.largest)} has {human(each.size)}{_among(each.files)}, and nothing else speaks against it."
        yield f"#caps.{toml_string(each.pattern)} = {toml_string(size_text(each.cap))}"
    if not settings.allowances:
        yield _SUCH_CAPS


def _among(files: int) -> str:
    return "" if files == 1 else f", the largest of {files:,} such files"


def _override(settings: FirstSettings) -> Iterator[str]:
    doubt = settings.doubt
    yield from toml_note(
        "What your team decides about one rule, whatever the evidence says: confidence, severity, enabled."
    )
    if doubt is None:
        yield _SUCH_OVERRIDES
        return
    are = "is 1 finding" if doubt.findings == 1 else f"are {doubt.findings:,} findings"
    yield from toml_note(f'There {are} of {plain(doubt.rule)}, with confidence "likely".')
    yield f"#[overrides.{toml_string(doubt.rule)}]"
    yield '#confidence = "review"'


def _waiver(settings: FirstSettings) -> Iterator[str]:
    example = settings.example
    yield from toml_note(
        "A reasoned permission. `hygiene waive PATH --rule ID --reason TEXT` adds one; --expires DAY gives it an end.",
    )
    if example is not None and example.findings > 1:
        yield from toml_note(
            f"{example.findings:,} findings of this rule lie in this folder, perhaps on purpose; if so, say why."
        )
    elif example is not None:
        yield from toml_note("This file may be here on purpose; if so, say why.")
    yield "#[[waivers]]"
    yield f"#rule = {toml_string(example.rule if example else 'database-file')}"
    yield f"#path = {toml_string(example.pattern if example else '/demo/*.db')}"
    yield '#reason = "say here why it is meant to be in the repository"'
