"""Imports rows as drafts: twice changes nothing, and nothing is ever published by it."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, PageLogEntry

from practices.contributing.inputs import language_choices
from practices.contributing.saving import save_draft
from practices.importing.sheet import CellProblem, Row, as_uuid, fields_in
from practices.models import PracticePage
from practices.word.fields import PracticeFields
from practices.word.names import Names
from practices.word.pages import fields_of, stored

ACTION = "practices.import"
NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one row: new, changed, unchanged or refused."""

    number: int
    external_id: str
    title: str
    result: str
    problems: tuple[CellProblem, ...] = ()
    page: int | None = None


@dataclass
class Import:
    """One run over the rows of a file.

    `user` is who imports, None for the command. Without `for_real` nothing is written.
    `overwrite` takes a changed row even where somebody has edited the practice here since.
    """

    user: Any = None
    for_real: bool = False
    overwrite: bool = False
    hosts: frozenset[str] = frozenset()
    seen: set[tuple[str, str]] = field(default_factory=set)

    def run(self, rows: list[Row], tell: Callable[[Outcome], None] | None = None) -> list[Outcome]:
        """Return what became of each row; a bad one does not stop the others."""
        outcomes = []
        for row in rows:
            outcomes.append(self._one(row))
            if tell:
                tell(outcomes[-1])
        return outcomes

    def _one(self, row: Row) -> Outcome:
        try:
            with transaction.atomic():
                return self._row(row)
        except ValidationError as error:
            row.problems.append(CellProblem("", " ".join(error.messages)))
            return _outcome(row, REFUSED)

    def _row(self, row: Row) -> Outcome:
        row.problems += self._wrong_keys(row)
        if row.problems:
            return _outcome(row, REFUSED)
        page = _existing(row)
        last = _last_import(page)
        digest = _digest(row)
        if page and last and last.data.get("digest") == digest:
            return _outcome(row, UNCHANGED, page)
        current = page.get_latest_revision_as_object() if page else None
        kept = fields_of(current) if current else PracticeFields()
        fields, present = fields_in(row, Names(self.user, self.hosts, kept), kept)
        if not (fields.title or ("title" not in present and page)):
            row.problems.append(CellProblem("title", _("A practice needs a title.")))
        changed = [name for name in present if getattr(fields, name) != getattr(kept, name)]
        if page and not row.problems and not changed:
            return _outcome(row, UNCHANGED, page)
        if page:
            row.problems += self._closed(page, last)
        if row.problems:
            return _outcome(row, REFUSED, page)
        if self.for_real:
            page = self._save(row, page, stored(current or PracticePage(), fields, changed), digest)
            return _outcome(row, CHANGED if current else NEW, page)
        return _outcome(row, CHANGED if current else NEW, page)

    def _wrong_keys(self, row: Row) -> Iterator[CellProblem]:
        key = (row.external_id, row.language)
        if not row.external_id:
            yield CellProblem("external_id", _("Every row needs a name of its own here."))
        elif len(row.external_id) > 100:
            yield CellProblem("external_id", _("At most 100 characters."))
        elif key in self.seen:
            yield CellProblem("external_id", _("Another row has the same name and language."))
        self.seen.add(key)
        if row.language not in dict(language_choices()):
            told = _("There is no list of practices in this language: “%(text)s”.")
            yield CellProblem("language", told % {"text": row.language[:20]})

    def _closed(self, page: PracticePage, last: PageLogEntry | None) -> Iterator[CellProblem]:
        lock = page.get_lock()
        if lock is not None and (self.user is None or lock.for_user(self.user)):
            yield CellProblem("", _("The practice is in review or locked."))
        elif last and last.data.get("revision") != page.latest_revision_id and not self.overwrite:
            yield CellProblem("", _("Somebody has edited the practice here since the last import."))

    def _save(
        self, row: Row, page: PracticePage | None, changed: dict[str, Any], digest: str
    ) -> PracticePage:
        target = page or PracticePage(locale=Locale.objects.get(language_code=row.language))
        if not page:
            changed["external_id"] = row.external_id
        revision = save_draft(target, self.user, changed)
        data = {"digest": digest, "revision": revision.pk}
        log(target, ACTION, user=self.user, data=data)
        return target


def counted(outcomes: list[Outcome]) -> Counter[str]:
    """Return how many rows were new, changed, unchanged and refused."""
    return Counter(outcome.result for outcome in outcomes)


def _outcome(row: Row, result: str, page: PracticePage | None = None) -> Outcome:
    title = row.cells.get("title", "")[:200]
    pk = page.pk if page else None
    return Outcome(row.number, row.external_id, title, result, tuple(row.problems), pk)


def _existing(row: Row) -> PracticePage | None:
    pages = PracticePage.objects.filter(locale__language_code=row.language, alias_of=None)
    pages = pages.select_related("locale", "latest_revision")
    found: PracticePage | None = pages.filter(external_id=row.external_id).first()
    if found is None and (key := as_uuid(row.external_id)):
        found = pages.filter(translation_key=key, external_id="").first()
    return found


def _last_import(page: PracticePage | None) -> PageLogEntry | None:
    if page is None:
        return None
    entries = PageLogEntry.objects.filter(page=page.pk, action=ACTION)
    found: PageLogEntry | None = entries.order_by("-timestamp", "-pk").first()
    return found


def _digest(row: Row) -> str:
    """Return a token of what a row says; another one for other words in any column."""
    text = json.dumps(sorted(row.cells.items()), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
