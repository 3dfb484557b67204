"""Reading a relevance set in the form of BEIR: corpus.jsonl, queries.jsonl, qrels.tsv.

The form is described at https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.language import LANGUAGES

COLUMNS = 3


class RelevanceSetError(ValueError):
    """A folder or line that cannot be read; the message names it and says what is expected."""


@dataclass(frozen=True)
class SetDocument:
    """One document of the set."""

    title: str
    text: str
    language: str


@dataclass(frozen=True)
class SetQuery:
    """One question; `language` is that of the reader who asks."""

    text: str
    language: str


@dataclass(frozen=True)
class RelevanceSet:
    """Documents and questions by id, and which documents answer a question, with their gain."""

    documents: Mapping[str, SetDocument]
    queries: Mapping[str, SetQuery]
    relevant: Mapping[str, Mapping[str, float]]  # gains above 0 only
    unknown: int  # judgements of documents or questions that are not in the set


def read(folder: Path) -> RelevanceSet:
    """Return the set in a folder, or raise `RelevanceSetError`."""
    if not folder.is_dir():
        raise RelevanceSetError(f"{folder} is not a folder.")
    documents: dict[str, SetDocument] = {}
    for place, each in _objects(folder / "corpus.jsonl"):
        title, text = _text(each, "title", place), _text(each, "text", place)
        _add(documents, each, place, SetDocument(title, text, _language(each, place)))
    queries: dict[str, SetQuery] = {}
    for place, each in _objects(folder / "queries.jsonl"):
        text = _text(each, "text", place)
        if not text.strip():
            raise RelevanceSetError(f"{place}: a question needs a `text`.")
        _add(queries, each, place, SetQuery(text, _language(each, place)))
    for name, found in (("corpus.jsonl", documents), ("queries.jsonl", queries)):
        if not found:
            raise RelevanceSetError(f"{folder / name} is empty.")
    return _with_judgements(folder / "qrels.tsv", documents, queries)


def _with_judgements(
    path: Path, documents: Mapping[str, SetDocument], queries: Mapping[str, SetQuery]
) -> RelevanceSet:
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    unknown = 0
    for number, (place, line) in enumerate(_lines(path)):
        columns = line.split("\t")
        if len(columns) != COLUMNS:
            raise RelevanceSetError(
                f"{place}: expected question, document and gain, separated by tabs; "
                f"found {len(columns)} columns."
            )
        query, document, gain = columns
        try:
            value = float(gain)
        except ValueError:
            if number == 0:
                continue  # the line with the names of the columns
            raise RelevanceSetError(f"{place}: the gain {gain!r} is not a number.") from None
        if query not in queries or document not in documents:
            unknown += 1
        if value > 0:
            relevant[query][document] = value
    return RelevanceSet(documents, queries, relevant, unknown)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield ("file, line 3", text) of every line that is not blank."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                place = f"{path}, line {number}"
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    raise RelevanceSetError(f"{place}: not UTF-8 ({error.reason}).") from None
                if line.strip():
                    yield place, line
    except OSError as error:
        raise RelevanceSetError(
            f"{path} cannot be read ({error.strerror}). A set is a folder with corpus.jsonl, "
            "queries.jsonl and qrels.tsv."
        ) from error


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, line in _lines(path):
        try:
            found = json.loads(line)
        except ValueError as error:
            raise RelevanceSetError(f"{place}: not JSON ({error}).") from None
        if not isinstance(found, dict):
            raise RelevanceSetError(f"{place}: expected an object with `_id` and `text`.")
        yield place, found


def _add(known: dict[str, Any], each: Mapping[str, Any], place: str, value: object) -> None:
    found = each.get("_id")
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise RelevanceSetError(f"{place}: `_id` must be a text or a whole number.")
    if str(found) in known:
        raise RelevanceSetError(f"{place}: `_id` {found!r} was there before.")
    known[str(found)] = value


def _text(each: Mapping[str, Any], name: str, place: str) -> str:
    found = each.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise RelevanceSetError(f"{place}: `{name}` must be a text.")
    # Half a pair of UTF-16 can be written in JSON, but no database takes it.
    return found.encode("utf-8", "replace").decode()


def _language(each: Mapping[str, Any], place: str) -> str:
    found = _text(each, "lang", place).lower().partition("-")[0] or LANGUAGES[0]
    if not (found.isalpha() and len(found) <= COLUMNS):
        raise RelevanceSetError(f"{place}: `lang` must be a code such as en, es, fr or ar.")
    return found
