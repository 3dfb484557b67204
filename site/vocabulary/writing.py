"""Write terms of one kind into the database, many at once."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale
from wagtail.search.backends import get_search_backends

from vocabulary import stamp
from vocabulary.kinds import KINDS, LANGUAGES
from vocabulary.models import ActionPointVersion, ConceptLabel, LoadedTerm, Term
from vocabulary.records import PARENTS, SHARED, Record, read

# The same term has the same translation key in every installation.
NAMESPACE = uuid.UUID("8d0a4f53-6c0e-4d0e-9a55-0a4cf0a7a1c5")

Key = tuple[str, str]  # (code, language)


@dataclass
class Written:
    """What became of the rows of one kind; a row is a term in one language."""

    created: list[Key] = field(default_factory=list)
    updated: list[Key] = field(default_factory=list)
    unchanged: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    left_deleted: list[Key] = field(default_factory=list)

    @property
    def changed(self) -> list[Key]:
        """Rows that are now different."""
        return self.created + self.updated


@transaction.atomic
def load(kind: str, records: Iterable[Record], *, reset: bool = False) -> Written:
    """Bring terms of the project's files in; what an editor changed or deleted stays so.

    An editor's change is known by the ledger (`LoadedTerm`): a row that no longer is what was
    loaded last. With `reset` the files win everywhere.
    """
    wanted = {record.code: record for record in records}
    ledger = {(row.code, row.language): row.digest for row in LoadedTerm.objects.filter(kind=kind)}
    present = read(kind)
    written = Written()
    for code, record in wanted.items():
        for language in record.wordings:
            key = (code, language)
            is_now = present[code].digest(language) if code in present else ""
            fate = _fate(is_now, record.digest(language), "" if reset else ledger.get(key, ""))
            getattr(written, "updated" if reset and fate == "kept" else fate).append(key)
    _write(kind, wanted, written)
    _note(kind, wanted, written, ledger)
    return written


def _fate(is_now: str, in_file: str, loaded: str) -> str:
    """Name the list of `Written` that a row belongs in, from the digests of its three states."""
    if not is_now:
        return "left_deleted" if loaded else "created"
    if is_now == in_file:
        return "unchanged"
    return "updated" if is_now == loaded else "kept"


@transaction.atomic
def overwrite(kind: str, records: Iterable[Record]) -> Written:
    """Bring terms in as they are given: an editor's own import; terms not given stay."""
    wanted = {record.code: record for record in records}
    present = read(kind)
    written = Written()
    for code, record in wanted.items():
        for language in record.wordings:
            is_now = present[code].digest(language) if code in present else ""
            if is_now == record.digest(language):
                written.unchanged.append((code, language))
            else:
                (written.updated if is_now else written.created).append((code, language))
    _write(kind, wanted, written)
    return written


def _write(kind: str, wanted: dict[str, Record], written: Written) -> None:
    if not written.changed:
        return
    with stamp.one_touch():
        _create(kind, wanted, written.created)
        rows = _rows(kind, {code for code, _language in written.changed})
        _update(kind, wanted, [rows[key] for key in written.updated])
        _set_parents(kind, wanted, [rows[key] for key in written.changed])
        _write_children(kind, wanted, [rows[key] for key in written.changed])
        stamp.touch()
    _index(kind, [rows[key].pk for key in written.changed])


def _create(kind: str, wanted: dict[str, Record], keys: Sequence[Key]) -> None:
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0]
        for code in (*LANGUAGES, *{language for _code, language in keys} - set(LANGUAGES))
    }
    model = KINDS[kind]
    shared_keys = dict(model._default_manager.values_list("code", "translation_key"))
    rows = []
    for code, language in keys:
        key = shared_keys.get(code) or uuid.uuid5(NAMESPACE, f"{kind}:{code}")
        row = model(code=code, locale=locales[language], translation_key=key)
        _fill(row, kind, wanted[code], language)
        rows.append(row)
    model._default_manager.bulk_create(rows, batch_size=100)


def _update(kind: str, wanted: dict[str, Record], rows: Sequence[Term]) -> None:
    for row in rows:
        _fill(row, kind, wanted[row.code], row.locale.language_code)
    names = ["label", "definition", "sort_order", *SHARED.get(kind, ())]
    KINDS[kind]._default_manager.bulk_update(rows, names, batch_size=100)


def _fill(row: Term, kind: str, record: Record, language: str) -> None:
    """Give a row what is its own: all but its parent and what other tables hold."""
    row.label = record.wordings[language].label
    row.definition = record.wordings[language].definition
    row.sort_order = record.sort_order
    for name in SHARED.get(kind, ()):
        setattr(row, name, record.shared[name])


def _set_parents(kind: str, wanted: dict[str, Record], rows: Sequence[Term]) -> None:
    """Point rows at their parent in their own language, or in English where it has none."""
    if kind not in PARENTS:
        return
    name, parent_kind = PARENTS[kind]
    parents = _rows(parent_kind, {record.parent for record in wanted.values()})
    moved: dict[Term | None, list[int]] = {}
    for row in rows:
        code = wanted[row.code].parent
        parent = parents.get((code, row.locale.language_code)) or parents.get((code, LANGUAGES[0]))
        if getattr(row, f"{name}_id") != (parent.pk if parent else None):
            moved.setdefault(parent, []).append(row.pk)
    for parent, pks in moved.items():
        KINDS[kind]._default_manager.filter(pk__in=pks).update(**{name: parent})


def _index(kind: str, pks: Sequence[int]) -> None:
    """Tell the editor's own search of rows written past the signals."""
    rows: QuerySet[Any] = KINDS[kind]._default_manager.all()
    if kind == "concept":
        rows = rows.prefetch_related("other_labels")
    for backend in get_search_backends():
        for start in range(0, len(pks), 500):
            backend.add_bulk(KINDS[kind], list(rows.filter(pk__in=pks[start : start + 500])))


def _rows(kind: str, codes: set[str]) -> dict[Key, Term]:
    rows = KINDS[kind]._default_manager.select_related("locale")
    # All rows and not `code__in`: a thousand parameters are more than some databases take.
    return {(row.code, row.locale.language_code): row for row in rows if row.code in codes}


def _write_children(kind: str, wanted: dict[str, Record], rows: Sequence[Term]) -> None:
    if kind not in ("concept", "action_point"):
        return
    pks = [row.pk for row in rows]
    labels: list[ConceptLabel] = []
    versions: list[ActionPointVersion] = []
    for row in rows:
        wording = wanted[row.code].wordings[row.locale.language_code]
        named = [(text, False) for text in sorted(wording.other)]
        named += [(text, True) for text in sorted(wording.hidden)]
        labels += [
            ConceptLabel(concept_id=row.pk, label=text, hidden=hidden, sort_order=number)
            for number, (text, hidden) in enumerate(named)
        ]
        versions += [
            ActionPointVersion(action_point_id=row.pk, since=since, label=text, source=source)
            for since, text, source in wording.versions
        ]
    for start in range(0, len(pks), 500):
        some = pks[start : start + 500]
        if kind == "concept":
            ConceptLabel.objects.filter(concept__in=some).delete()
        else:
            ActionPointVersion.objects.filter(action_point__in=some).delete()
    ConceptLabel.objects.bulk_create(labels, batch_size=200)
    ActionPointVersion.objects.bulk_create(versions, batch_size=200)


def _note(kind: str, wanted: dict[str, Record], written: Written, ledger: dict[Key, str]) -> None:
    """Remember what the files said of the rows that now are as they say."""
    notes = [
        LoadedTerm(kind=kind, code=code, language=language, digest=wanted[code].digest(language))
        for code, language in written.changed + written.unchanged
        if ledger.get((code, language)) != wanted[code].digest(language)
    ]
    LoadedTerm.objects.bulk_create(
        notes,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["kind", "code", "language"],
        update_fields=["digest"],
    )
