"""Read the project's own vocabulary files, `vocabulary/data/`, into terms."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from vocabulary.kinds import LANGUAGES
from vocabulary.records import Record, Wording

DATA = Path(__file__).parent / "data"


class FileError(ValueError):
    """A vocabulary file that cannot be used; the message names the file and the place."""


def regions() -> list[Record]:
    """Return the M49 regions, the world (001) at the top."""
    return [
        Record(code=row["code"], parent=row["parent"], wordings=_wordings(row["labels"]))
        for row in json.loads((DATA / "regions.json").read_text(encoding="utf-8"))
    ]


def countries() -> list[Record]:
    """Return all countries and areas with their smallest M49 region."""
    return [
        Record(
            code=row["code"],
            parent=row["region"],
            wordings=_wordings(row["labels"], row["notes"]),
            shared={"iso2": row["iso2"], "m49": row["m49"]},
        )
        for row in json.loads((DATA / "countries.json").read_text(encoding="utf-8"))
    ]


def other_country_names() -> dict[str, dict[str, list[str]]]:
    """Return {iso3: {language: names}}: what countries are also called (Ivory Coast, Turkey)."""
    rows = json.loads((DATA / "countries.json").read_text(encoding="utf-8"))
    return {row["code"]: row["other"] for row in rows if any(row["other"].values())}


def concepts() -> list[Record]:
    """Return the concepts of `concepts.ttl`."""
    # Reading it takes rdflib, half a second that only loading should pay.
    from vocabulary import skos

    return skos.parse(DATA / "concepts.ttl")


def terms(name: str) -> list[Record]:
    """Return the terms of `terms/<name>.yaml`, ordered as they stand; `FileError` if broken."""
    path = DATA / "terms" / f"{name}.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            wordings = _wordings(row["label"], row.get("definition", {}), row.get("versions", []))
        except KeyError as error:
            raise FileError(f"{path.name}, term {number} ({row.get('code')}): {error}") from error
        found.append(Record(code=row["code"], sort_order=number, wordings=wordings))
    return found


def _wordings(
    labels: Mapping[str, str],
    definitions: Mapping[str, str] | None = None,
    versions: list[dict[str, Any]] | None = None,
) -> dict[str, Wording]:
    """Return {language: wording}; a label in every language is required, the rest is not."""
    newest_first = sorted(versions or [], key=lambda version: -int(version["since"]))
    return {
        language: Wording(
            label=labels[language],
            definition=(definitions or {}).get(language, ""),
            versions=tuple(
                (int(version["since"]), version["label"][language], version["source"])
                for version in newest_first
            ),
        )
        for language in LANGUAGES
    }


# Kind of term -> where it is read from, in the order of `kinds.KINDS`.
READERS: dict[str, Callable[[], list[Record]]] = {
    "region": regions,
    "country": countries,
    "action_point": lambda: terms("action-points"),
    "theme": lambda: terms("themes"),
    "data_source": lambda: terms("data-sources"),
    "population": lambda: terms("populations"),
    "disaggregation": lambda: terms("disaggregation"),
    "concept": concepts,
}
