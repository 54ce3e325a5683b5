"""TOML documents for tests: values as TOML writes them, what JSON makes of them, and the places that they have."""

from datetime import date

from hygiene.policy.toml.lines import KeyPath


def quoted(word: str) -> str:
    return (
        '"' + "".join(f"\\u{ord(character):04X}" if character in '"\\\n\t' else character for character in word) + '"'
    )


def several_lines(word: str) -> str:
    """The word in a string that spans lines, with its line breaks as they are."""
    return '"""\n' + "".join(f"\\{character}" if character in '"\\' else character for character in word) + '"""'


def written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return several_lines(value) if "\n" in value else quoted(value)
        case list():
            return "[" + ",\n  ".join(map(written, value)) + "\n]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)} = {written(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def as_json(value: object) -> object:
    """A parsed TOML document as JSON has it."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def paths_in(value: object, above: KeyPath = ()) -> set[KeyPath]:
    """Every place of a parsed document."""
    found: set[KeyPath] = {above} if above else set()
    if isinstance(value, dict):
        found.update(*(paths_in(inner, (*above, str(key))) for key, inner in value.items()))
    elif isinstance(value, list):
        found.update(*(paths_in(inner, (*above, number)) for number, inner in enumerate(value)))
    return found
