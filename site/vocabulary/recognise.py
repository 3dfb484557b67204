"""Find the terms of the field, and countries, in a text of any of the four languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vocabulary import files, words
from vocabulary.records import Record, read
from vocabulary.stamp import until_changed

# Where a name belongs to several kinds, the first of these says it all: its labels are the
# richest. Countries are never hidden by another kind.
KINDS = ("concept", "theme", "population", "data_source", "country")
# What is longer is no word, and must not fill the memory of stems.
LONGEST_WORD = 60
# Acronyms that are also everyday words, or nearly: they count only when written in capitals.
ALSO_WORDS = {"ideas", "idea", "us", "uk", "onu", "nam", "mena", "cap", "sis"}


@dataclass(frozen=True)
class ConceptMatch:
    """A term found in a text; `labels` are the preferred ones, `all_labels` all that may be shown.

    `text` is what stood there, between `start` and `end` (in characters).
    """

    kind: str
    code: str
    text: str
    start: int
    end: int
    labels: Mapping[str, str]
    all_labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Entry:
    """One term and how it may be shown."""

    kind: str
    code: str
    labels: Mapping[str, str]
    all_labels: Mapping[str, tuple[str, ...]]


@dataclass
class _Name:
    """A name: its words after the first, and the terms that bear it."""

    rest: tuple[str, ...]
    capitals: bool
    entries: list[_Entry]


@dataclass
class _Names:
    """All names by their first word, longest first, and every word that stands in one."""

    by_first: dict[str, list[_Name]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)


def concepts_in(text: str, language: str | None = None) -> list[ConceptMatch]:
    """Return the terms named in a text, each once, in the order of their first mention.

    Names of every language are looked for, or of one. A name counts as a whole word whatever
    its case, accents, Arabic letter forms or simple plural; the longest one at a place wins.
    """
    names = _names(language)
    tokens = [(_key(word, names), word, start, end) for word, start, end in words.split(text)]
    keys = [token[0] for token in tokens]
    found: dict[tuple[str, str], ConceptMatch] = {}
    place = 0
    while place < len(tokens):
        name = _longest(names.by_first.get(keys[place], ()), keys, place, tokens[place][1])
        if name is None:
            place += 1
            continue
        last = place + len(name.rest)
        start, end = tokens[place][2], tokens[last][3]
        for entry in name.entries:
            found.setdefault((entry.kind, entry.code), _match(entry, text, start, end))
        place = last + 1
    return list(found.values())


def _match(entry: _Entry, text: str, start: int, end: int) -> ConceptMatch:
    return ConceptMatch(
        kind=entry.kind,
        code=entry.code,
        text=text[start:end],
        start=start,
        end=end,
        labels=entry.labels,
        all_labels=entry.all_labels,
    )


def _longest(names: Iterable[_Name], keys: list[str], place: int, word: str) -> _Name | None:
    """Return the longest name that goes on here; names come longest first."""
    for name in names:
        size = len(name.rest)
        if size and tuple(keys[place + 1 : place + 1 + size]) != name.rest:
            continue
        if not name.capitals or word.isupper():
            return name
    return None


def _key(word: str, names: _Names) -> str:
    """Return the form of a word under which names know it."""
    if len(word) > LONGEST_WORD:
        return word
    plain = words.stem(word)
    if plain in names.known:
        return plain
    bare = (shorter for shorter in words.without_prefixes(word) if shorter in names.known)
    return next(bare, plain)


@until_changed
def _names(language: str | None) -> _Names:
    """Gather all names; kept until the vocabulary changes."""
    names = _Names()
    other_countries = files.other_country_names()
    bearers: dict[tuple[str, ...], _Name] = {}
    for kind in KINDS:
        for record in read(kind).values():
            more = other_countries.get(record.code, {}) if kind == "country" else {}
            entry = _entry(kind, record, more)
            for label_language, labels in _searched(record, more).items():
                if language in (None, label_language):
                    for label in labels:
                        _add(bearers, label, entry)
    for key, name in bearers.items():
        names.by_first.setdefault(key[0], []).append(name)
        names.known.update(key)
    for same_first in names.by_first.values():
        same_first.sort(key=lambda name: -len(name.rest))
    return names


def _add(bearers: dict[tuple[str, ...], _Name], label: str, entry: _Entry) -> None:
    key = tuple(words.stem(word) for word, _start, _end in words.split(label))
    if not key:
        return
    capitals = len(key) == 1 and label.isupper() and words.fold(label) in ALSO_WORDS
    name = bearers.setdefault(key, _Name(rest=key[1:], capitals=capitals, entries=[]))
    name.capitals = name.capitals and capitals
    kinds = {present.kind for present in name.entries}
    if entry in name.entries or (kinds - {entry.kind} and entry.kind != "country"):
        return
    name.entries.append(entry)


def _entry(kind: str, record: Record, more: Mapping[str, list[str]]) -> _Entry:
    shown = {
        language: tuple(dict.fromkeys((w.label, *w.other, *more.get(language, ()))))
        for language, w in record.wordings.items()
    }
    return _Entry(
        kind=kind,
        code=record.code,
        labels={language: wording.label for language, wording in record.wordings.items()},
        all_labels=shown,
    )


def _searched(record: Record, more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return {language: all names by which a term is found}, the hidden ones too."""
    return {
        language: [wording.label, *wording.other, *wording.hidden, *more.get(language, ())]
        for language, wording in record.wordings.items()
    }
