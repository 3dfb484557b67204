"""Find the terms of the field, and countries, in a text of any of the four languages."""

from collections.abc import Iterator, Mapping
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
ALSO_WORDS = {
    *("ai", "au", "bia", "bid", "bit", "dis", "eft", "ende", "his", "ia", "idea", "ideas", "ins"),
    *("moda", "mse", "one", "onu", "pam", "sdc", "sen", "sig", "sis", "tip", "ua", "uk", "us"),
}
MOST_WORDS_KEPT = 50_000


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
    """The terms that bear one name, and how it must be written to count.

    `exact`, where set, is the only form of a one-word name that counts: a country has no plural,
    and in Arabic "financial" would else be Mali.
    """

    capitals: bool
    exact: str
    entries: list[_Entry] = field(default_factory=list)

    def stands_in(self, word: str) -> bool:
        """Tell whether a first word that has the right stem is right in its form as well."""
        if self.capitals and not word.isupper():
            return False
        return not self.exact or self.exact in _forms(word)


@dataclass
class _Node:
    """A place in the tree of all names, one word a step."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    name: _Name | None = None


@dataclass
class _Names:
    """All names as a tree of stems, every stem in it, and the stems of words met before."""

    root: _Node = field(default_factory=_Node)
    known: set[str] = field(default_factory=set)
    stems: dict[str, str] = field(default_factory=dict)


def concepts_in(text: str, language: str | None = None) -> list[ConceptMatch]:
    """Return the terms named in a text, each once, in the order of their first mention.

    Names of every language are looked for, or of one. A name counts as a whole word whatever
    its case, accents, Arabic letter forms or simple plural; the longest one at a place wins.
    """
    names = _names(language)
    tokens = list(words.split(text))
    stems = [_stem(word, names) for word, _start, _end in tokens]
    found: dict[tuple[str, str], ConceptMatch] = {}
    place = 0
    while place < len(tokens):
        name, after = _longest(names.root, stems, place, tokens[place][0])
        if name is not None:
            start, end = tokens[place][1], tokens[after - 1][2]
            for entry in name.entries:
                found.setdefault((entry.kind, entry.code), _match(entry, text, start, end))
        place = after
    return list(found.values())


@until_changed
def names_of_one_word(language: str) -> tuple[str, ...]:
    """Return the words of names in a language and the countries' one-word names in all."""
    found: dict[str, None] = {}
    for kind in reversed(KINDS):
        for record in read(kind).values():
            for of_language, wording in record.wordings.items():
                for label in (wording.label, *wording.other):
                    parts = [word for word, _start, _end in words.split(label)]
                    if of_language == language or (kind == "country" and len(parts) == 1):
                        found.update(dict.fromkeys(parts))
    return tuple(found)


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


def _longest(root: _Node, stems: list[str], place: int, word: str) -> tuple[_Name | None, int]:
    """Return the longest name that begins at a place, and the place after it."""
    best: tuple[_Name | None, int] = (None, place + 1)
    node = root.following.get(stems[place])
    while node is not None:
        place += 1
        if node.name is not None and node.name.stands_in(word):
            best = (node.name, place)
        node = node.following.get(stems[place]) if place < len(stems) else None
    return best


def _forms(word: str) -> Iterator[str]:
    """Yield a word's folded forms, the likeliest first: as written, then without prefixes."""
    plain = words.fold(word)
    yield words.without_article(plain)
    yield from words.without_prefixes(plain)


def _stem(word: str, names: _Names) -> str:
    """Return the stem under which names know a word, or else its own."""
    stem = names.stems.get(word)
    if stem is None:
        if len(word) > LONGEST_WORD:
            return word
        stems = (words.stem(form) for form in _forms(word))
        stem = next((known for known in stems if known in names.known), words.stem(word))
        if len(names.stems) < MOST_WORDS_KEPT:
            names.stems[word] = stem
    return stem


@until_changed
def _names(language: str | None) -> _Names:
    """Gather all names; kept until the vocabulary changes."""
    names = _Names()
    other_countries = files.other_country_names()
    for kind in KINDS:
        for record in read(kind).values():
            more = other_countries.get(record.code, {}) if kind == "country" else {}
            entry = _entry(kind, record, more)
            for label_language, labels in _searched(record, more).items():
                if language in (None, label_language):
                    for label in labels:
                        _add(names, label, entry)
    return names


def _add(names: _Names, label: str, entry: _Entry) -> None:
    stems = [words.stem(word) for word, _start, _end in words.split(label)]
    if not stems:
        return
    names.known.update(stems)
    node = names.root
    for stem in stems:
        node = node.following.setdefault(stem, _Node())
    plain = words.fold(label)
    capitals = len(stems) == 1 and label.isupper() and plain in ALSO_WORDS
    exact = words.without_article(plain) if len(stems) == 1 and entry.kind == "country" else ""
    name = node.name = node.name or _Name(capitals, exact)
    name.capitals = name.capitals and capitals
    name.exact = name.exact if entry.kind == "country" else ""
    kinds = {present.kind for present in name.entries}
    if entry not in name.entries and (kinds <= {entry.kind} or entry.kind == "country"):
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
