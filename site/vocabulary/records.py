"""A term outside of the database: what files, SKOS and the rows of all languages agree on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vocabulary.kinds import KINDS, LANGUAGES
from vocabulary.models import ActionPointVersion, ConceptLabel

# The field by which a kind points at its larger term, and the kind of that.
PARENTS = {
    "region": ("parent", "region"),
    "country": ("region", "region"),
    "concept": ("broader", "concept"),
}
# Fields that are the same in every language.
SHARED = {"country": ("iso2", "m49")}


@dataclass(frozen=True)
class Wording:
    """A term in one language; versions are (year, wording, source), newest first."""

    label: str
    definition: str = ""
    other: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    versions: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Record:
    """A term in all its languages; `parent` is the code of the region or broader concept."""

    code: str
    wordings: Mapping[str, Wording]
    sort_order: int = 0
    parent: str = ""
    shared: Mapping[str, str] = field(default_factory=dict)

    def digest(self, language: str) -> str:
        """Return a SHA-256 of all that a row of this language holds; '' without such a row."""
        wording = self.wordings.get(language)
        if wording is None:
            return ""
        names = [wording.label, wording.definition, sorted(wording.other), sorted(wording.hidden)]
        content = [names, wording.versions, self.sort_order, self.parent, dict(self.shared)]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def read(kind: str) -> dict[str, Record]:
    """Return {code: term} of one kind as the database has them, in at most four queries."""
    model = KINDS[kind]
    parent, _parent_kind = PARENTS.get(kind, ("", ""))
    shared = SHARED.get(kind, ())
    names = ["pk", "code", "locale__language_code", "label", "definition", "sort_order", *shared]
    rows = model._default_manager.order_by("code", "pk").values(
        *names, *([f"{parent}__code"] if parent else [])
    )
    children = _children(kind)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        wording = Wording(row["label"], row["definition"], **children.get(row["pk"], {}))
        language = row["locale__language_code"]
        parts = found.setdefault(row["code"], {"wordings": {}})
        parts["wordings"][language] = wording
        # What is not language lives in every row; the English one leads.
        if language == LANGUAGES[0] or "sort_order" not in parts:
            parts["sort_order"] = row["sort_order"]
            parts["parent"] = (row[f"{parent}__code"] or "") if parent else ""
            parts["shared"] = {name: row[name] for name in shared}
    return {code: Record(code=code, **parts) for code, parts in found.items()}


def _children(kind: str) -> dict[int, dict[str, tuple[Any, ...]]]:
    """Return {pk of the term's row: the parts of its wording kept in other tables}."""
    found: dict[int, dict[str, tuple[Any, ...]]] = {}
    if kind == "concept":
        labels = ConceptLabel.objects.order_by("label").values_list("concept", "hidden", "label")
        for pk, hidden, label in labels:
            parts = found.setdefault(pk, {"other": (), "hidden": ()})
            parts["hidden" if hidden else "other"] += (label,)
    if kind == "action_point":
        versions = ActionPointVersion.objects.order_by("-since", "pk")
        rows = versions.values_list("action_point", "since", "label", "source")
        for pk, since, label, source in rows:
            parts = found.setdefault(pk, {"versions": ()})
            parts["versions"] += ((since, label, source),)
    return found
