"""Names of the vocabulary by the beginnings of their words, in all languages at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.language import fold, words
from search.suggestions.prefixes import Prefixes
from search.suggestions.titles import title_words
from vocabulary.kinds import KINDS
from vocabulary.records import read
from vocabulary.stamp import until_changed

# Regions and variables of disaggregation are not what a question begins with.
LEFT_OUT = {"region", "disaggregation"}


@dataclass(frozen=True)
class Term:
    """A term that a name belongs to: `named` is what matched in the reader's language, or ""."""

    kind: str
    code: str
    label: str
    named: str


@dataclass(frozen=True)
class _Name:
    kind: str
    code: str
    language: str
    name: str
    hidden: bool
    folded: str
    length: int


@dataclass(frozen=True)
class _Names:
    names: tuple[_Name, ...]
    prefixes: Prefixes
    labels: dict[tuple[str, str], dict[str, str]]


@until_changed
def _names() -> _Names:
    """Gather all names; kept until the vocabulary changes."""
    names: list[_Name] = []
    labels: dict[tuple[str, str], dict[str, str]] = {}
    for kind in KINDS:
        if kind in LEFT_OUT:
            continue
        for code, record in read(kind).items():
            labels[kind, code] = {lang: told.label for lang, told in record.wordings.items()}
            for language, wording in record.wordings.items():
                for name in dict.fromkeys((wording.label, *wording.other)):
                    names.append(_name(kind, code, language, name, hidden=False))
                names += [_name(kind, code, language, name, True) for name in wording.hidden]
    prefixes = Prefixes.of((place, title_words(each.name)) for place, each in enumerate(names))
    return _Names(tuple(names), prefixes, labels)


def _name(kind: str, code: str, language: str, name: str, hidden: bool) -> _Name:
    folded = " ".join(words(name))
    return _Name(kind, code, language, name, hidden, folded, len(folded))


def named(asked: Sequence[str], language: str) -> list[Term]:
    """Return the terms with a name that has a word for each beginning asked, the likeliest first.

    Names that begin so come first, then those of the reader's language, then short ones.
    """
    if not asked:
        return []
    kept = _names()
    matching: set[int] | None = None
    # The longest first: it leaves least to look at.
    for word in sorted(asked, key=len, reverse=True):
        found = _having(kept.prefixes, word)
        matching = found if matching is None else matching & found
        if not matching:
            return []
    assert matching is not None  # noqa: S101 - `asked` is not empty
    best: dict[tuple[str, str], tuple[tuple[bool, bool, bool, int, str], _Name]] = {}
    for number in matching:
        each = kept.names[number]
        begins = each.folded.startswith(asked[0])
        rank = (not begins, each.language != language, each.hidden, each.length, each.folded)
        key = (each.kind, each.code)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, each)
    ordered = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
    return [_term(kept.labels[key], each, language) for key, (_rank, each) in ordered]


def _having(prefixes: Prefixes, word: str) -> set[int]:
    slices = [prefixes.beginning(word)]
    if slices[0].start == slices[0].stop:
        slices = prefixes.nearly(word)
    return {thing for each in slices for thing in prefixes.things[each].tolist()}


def _term(labels: dict[str, str], name: _Name, language: str) -> Term:
    label = labels.get(language) or labels.get("en") or name.code
    strange = name.hidden or name.language != language or fold(name.name) == fold(label)
    other = "" if strange else name.name
    return Term(name.kind, name.code, label, other)
