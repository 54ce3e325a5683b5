"""What the files and folders at a repository's root are to a release, as far as their names tell."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum


class Part(Enum):
    """What something at the root is, in words for people."""

    PACKAGE = "the package itself"
    SOURCE = "source"
    SUPPORT = "what the program needs besides its source"
    METADATA = "packaging metadata"
    BUILD = "build files"
    ENTRY = "source at the root"
    README = "what it is"
    LICENCE = "licence and authors"
    CHANGES = "what changed"
    SETTINGS = "settings to fill in"
    DOCS = "documentation"
    EXAMPLES = "examples"
    TESTS = "tests"
    BENCHMARKS = "benchmarks"
    DOCKER = "container images"
    DEPLOY = "deployment"
    DEPENDENCIES = "other people's code"
    DATA = "no source in it"


SHIPPED: Sequence[Part] = tuple(Part)[: list(Part).index(Part.DOCS)]
"""What a release holds; all other parts only some releases hold. Both in the order in which people would read them."""

_SOURCE_ENDINGS = (
    "asm bash c cc clj cljs cpp cs css cxx d dart el erl ex exs f90 fs fsx go groovy h hh hpp hs html hxx java jl js "
    "jsx kt kts lean less lua m mjs cjs ml mli mm mts nim php pl pm proto ps1 py pyi pyx r rb rs s sass scala scss sh "
    "sol sql svelte swift tcl ts tsx v vb vue wat zig zsh"
)
_SOURCE = frozenset(_SOURCE_ENDINGS.split())

_FILE_NAMES: Mapping[Part, str] = {
    Part.README: r"readme.*",
    Part.LICENCE: r"(un)?licen[cs]e.*|copying.*|copyright.*|notice.*|patents|authors.*|contributors(\..*)?|credits.*",
    Part.CHANGES: r"(change(s|log)|history|news|releases?([-_]?notes)?)(\.(md|rst|txt|adoc|org))?",
    Part.SETTINGS: r"\.env\.(example|sample|template|dist)|\.?env\.example.*",
    Part.METADATA: (
        r"pyproject\.toml|setup\.(py|cfg)|manifest\.in|requirements\.(txt|in)|pipfile|environment\.ya?ml|package\.json"
        r"|cargo\.toml|go\.(mod|sum|work)|composer\.json|gemfile|.*\.(gemspec|cabal|opam|nimble|podspec|csproj|sln)"
        r"|pom\.xml|(build|settings)\.gradle(\.kts)?|gradle\.properties|build\.sbt|mix\.exs|rebar\.config|pubspec\.yaml"
        r"|package\.swift|package\.yaml|stack\.yaml|dune-project|project\.clj|deno\.jsonc?|jsr\.json|version(\.txt)?"
        r"|(package|npm-shrinkwrap|uv|poetry|cargo|gemfile|composer|pipfile|mix|pubspec|bun|deno|flake)[-.]?"
        r"(lock|lock\.json|lock\.yaml)|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb"
    ),
    Part.BUILD: (
        r"(gnu)?makefile(\.(am|in))?|cmakelists\.txt|.*\.(cmake|mk)|configure(\.(ac|in))?|autogen\.sh|meson\.build"
        r"|meson(_options\.txt|\.options)|build\.(rs|go|xml|zig|sh|py)|(build|workspace|module)(\.bazel)|justfile"
        r"|rakefile|sconstruct|taskfile\.ya?ml|gradlew(\.bat)?|mvnw(\.cmd)?|rust-toolchain(\.toml)?|tsconfig.*\.json"
        r"|(webpack|vite|rollup|babel|postcss|tailwind|next|nuxt|svelte|astro|esbuild|tsup)\.config\.[a-z]+"
        r"|(gulp|grunt)file\.[a-z]+|hatch_build\.py|default\.nix|flake\.nix|directory\.build\.(props|targets)"
    ),
    Part.ENTRY: r"action\.ya?ml",
    Part.DOCKER: r"(dockerfile|containerfile)(\..*)?|(docker-)?compose.*\.ya?ml",
    Part.DEPLOY: r"procfile|(fly|netlify|render|vercel)\.(toml|ya?ml|json)|app\.ya?ml|serverless\.ya?ml",
}
_FILES = {part: re.compile(names, re.IGNORECASE) for part, names in _FILE_NAMES.items()}

_OF_TOOLS = re.compile(
    r"test.*|.*[-_.]tests?\..*|conftest\.py|noxfile\.py|.*\.(config|conf)\.[a-z]+|.*rc\.[a-z]+|tasks\.py|dangerfile.*",
    re.IGNORECASE,
)
"""Source at the root that is there for those who work on it."""

_FOLDERS: Mapping[Part, frozenset[str]] = {
    part: frozenset(words.split())
    for part, words in {
        Part.TESTS: (
            "test tests testing testdata testsuite spec specs fixtures e2e cypress playwright golden mock mocks "
            "snapshots smoke qa integration fuzz __tests__ __mocks__ t"
        ),
        Part.DOCS: "doc docs documentation man manual wiki website site guide guides adr rfcs changelog changelogs",
        Part.EXAMPLES: "example examples sample samples demo demos tutorial tutorials notebooks sandbox contrib",
        Part.BENCHMARKS: "bench benches benchmark benchmarks perf",
        Part.DOCKER: "docker dockerfiles containers",
        Part.DEPLOY: (
            "deploy deployment deployments k8s kubernetes helm charts terraform infra infrastructure ansible packaging "
            "systemd snap debian rpm"
        ),
        Part.DEPENDENCIES: "node_modules bower_components third_party thirdparty vendor vendors extern external deps",
        Part.SUPPORT: (
            "config configs conf settings templates template static public assets resources res locale locales i18n "
            "lang languages migrations projects share schema schemas scripts tools bin include etc themes fonts icons "
            "images po"
        ),
    }.items()
}

_WORD_BREAKS = re.compile(r"[-_. ]+")


def is_source(path: str) -> bool:
    """Whether a file is source, by its ending."""
    return path.rpartition(".")[2].lower() in _SOURCE and "." in path.rpartition("/")[2][1:]


def part_of_file(name: str) -> Part | None:
    """What a file at the root is; None for what tools keep there, and for what nobody can tell."""
    known = next((part for part, names in _FILES.items() if names.fullmatch(name)), None)
    if known is not None or name.startswith(".") or not is_source(name) or _OF_TOOLS.fullmatch(name):
        return known
    return Part.ENTRY


def part_of_folder(name: str, package: str, *, holds_source: bool) -> Part | None:
    """What a folder at the root is; `package` is what the project calls itself. None for those of tools."""
    if name.startswith("."):
        return None
    if _words(name) == _words(package):
        return Part.PACKAGE
    known = _known_folder(name)
    if known is not None:
        return known
    return Part.SOURCE if holds_source else Part.DATA


def holds_test_data(folder: str) -> bool:
    """Whether a folder of that name, wherever it is, keeps what tests need."""
    return folder.lower() in _FOLDERS[Part.TESTS]


def _known_folder(name: str) -> Part | None:
    """By its whole name, or by a word of it that tells of tests: `smoke-tests`, `mock-registry`."""
    lower = name.lower()
    known = next((part for part, names in _FOLDERS.items() if lower in names), None)
    is_for_tests = not _FOLDERS[Part.TESTS].isdisjoint(_WORD_BREAKS.split(lower))
    return Part.TESTS if known is None and is_for_tests else known


def _words(name: str) -> list[str]:
    return _WORD_BREAKS.split(name.lower())
