"""Finds what people name: terms, institutions, pages, documents, files of this site."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from core.models import SourceDocument
from core.visibility import audiences_of, live_for
from practices.models import PracticeGuidance, PracticeIndicator
from practices.word.fields import Named, PracticeFields
from practices.word.labels import key
from practices.word.prose import SAFE_ADDRESS, Prose
from users.models import Institution
from vocabulary import files
from vocabulary.labels import labels
from vocabulary.records import Record, read
from vocabulary.stamp import until_changed

PERMALINK = re.compile(r"(?:/[a-z]{2})?/p/(\d{1,12})/?\Z")
FILE = re.compile(r"/documents/(\d{1,12})/")
ACTION_POINT = re.compile(r"\W*(\d)\b")
LINKED: dict[str, tuple[Any, str]] = {
    "indicators": (PracticeIndicator, "indicator"),
    "guidance": (PracticeGuidance, "guidance"),
}


@until_changed
def _terms(kind: str) -> dict[str, str]:
    """Return {name as it is compared: code}: labels in all languages, codes, other names."""
    records = read(kind)
    found: dict[str, str] = {}
    for record in records.values():
        for name in _sure_names(kind, record):
            found.setdefault(key(name), record.code)
    for concept in read("concept").values() if kind != "country" else ():
        # A concept of the same name lends a term its other names.
        same = {found.get(key(w.label)) for w in concept.wordings.values()} - {None}
        if len(same) == 1:
            code = str(next(iter(same)))
            for wording in concept.wordings.values():
                for name in (wording.label, *wording.other, *wording.hidden):
                    found.setdefault(key(name), code)
    return found


def _sure_names(kind: str, record: Record) -> Iterator[str]:
    yield record.code
    for wording in record.wordings.values():
        yield wording.label
        yield from wording.other
        yield from (text for _year, text, _source in wording.versions)
    if kind == "country":
        yield from record.shared.values()
        for names in files.other_country_names().get(record.code, {}).values():
            yield from names


class Names:
    """Finds things for one person; what the person may not see is not found.

    `kept` are the fields of the practice as it stands: what it names already stays known.
    """

    def __init__(self, user: Any, hosts: Iterable[str], kept: PracticeFields | None = None) -> None:
        self.audiences = audiences_of(user)
        self.hosts = {host.lower() for host in hosts}
        self.kept = kept or PracticeFields()
        self.kept_links = set(_addresses(self.kept))

    def term(self, kind: str, text: str) -> str | None:
        """Return the code of a term by its label in any language, its code or another name."""
        found = _terms(kind).get(key(text))
        if found is None and kind == "action_point" and (match := ACTION_POINT.match(text)):
            found = _terms(kind).get(match[1])
        return found

    def nearest(self, kind: str, text: str, language: str) -> str:
        """Return the label of the term that is written most like a text, "" if none is."""
        known = _terms(kind)
        close = difflib.get_close_matches(key(text), list(known), n=1, cutoff=0.75)
        return labels(kind, language).get(known[close[0]], "") if close else ""

    def institution(self, text: str) -> Named | None:
        """Return an institution by its name, acronym or short name."""
        kept = self.kept.lead_institution
        if kept and key(kept.name) == key(text):
            return kept
        plain = re.sub(r"\s*\([^()]*\)\s*\Z", "", text)
        wanted = Q(slug=text.lower()) | Q(acronym__iexact=text)
        for name in {text, plain}:
            wanted |= Q(name__iexact=name)
        found = list(Institution.objects.filter(wanted).order_by("pk")[:2])
        exact = [body for body in found if key(body) == key(text)] or found
        return Named(exact[0].pk, str(exact[0])) if len(exact) == 1 else None

    def page(self, field: str, text: str, address: str) -> Named | None:
        """Return an indicator or a guidance by its permanent address or its title."""
        number = self._number(PERMALINK, address or text)
        for each in getattr(self.kept, field):
            if each.pk == number or (number is None and key(each.name) == key(text)):
                return each
        model, name = LINKED[field]
        pages = live_for(
            model._meta.get_field(name).related_model.objects.order_by("path"), self.audiences
        )
        if number is not None:
            found = pages.filter(pk=number).first()
        else:
            found = next(iter(pages.filter(title__iexact=text)[:1]), None)
        return (
            Named(found.pk, found.title, reverse("permalink", args=[found.pk])) if found else None
        )

    def document(self, text: str) -> Named | None:
        """Return a published document by its title, with or without the year, or short name."""
        for source in self.kept.sources:
            if key(source.document.name) == key(text):
                return source.document
        plain = re.sub(r"\s*\((?:19|20)\d\d\)\s*\Z", "", text)
        wanted = Q(title__iexact=text) | Q(title__iexact=plain) | Q(slug=text.lower())
        found = list(SourceDocument.objects.filter(wanted)[:2])
        exact = [each for each in found if key(each) == key(text)] or found
        return Named(exact[0].pk, str(exact[0])) if len(exact) == 1 else None

    def file(self, address: str) -> Named | None:
        """Return a file that the practice names as evidence already, by its address."""
        number = self._number(FILE, address)
        files_now = (each.file for each in self.kept.evidence if each.file)
        return next((file for file in files_now if file.pk == number), None)

    def link(self, address: str) -> str:
        """Return a link as a page keeps it: to this site by number; "" for an unsafe one."""
        address = address.strip()
        for kind, pattern in (("page", PERMALINK), ("document", FILE)):
            number = self._number(pattern, address)
            if number is None:
                continue
            if f"{kind}:{number}" in self.kept_links:
                return f"{kind}:{number}"
            if kind == "page" and self._is_open(number):
                return f"page:{number}"
        # Only what the site finds out itself may be kept by number.
        by_number = address.lower().startswith(("page:", "document:"))
        return address if SAFE_ADDRESS.match(address) and not by_number else ""

    def _number(self, pattern: re.Pattern[str], address: str) -> int | None:
        """Return the number in an address of this site."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return None
        if parts.netloc and parts.netloc.lower() not in self.hosts:
            return None
        match = pattern.match(parts.path)
        return int(match[1]) if match else None

    def _is_open(self, number: int) -> bool:
        return live_for(Page.objects.filter(pk=number), self.audiences).exists()


def _addresses(fields: PracticeFields) -> Iterator[str]:
    texts: list[Prose] = [fields.problem, fields.results, fields.what_failed]
    texts += [part.text for part in (*fields.steps, *fields.building_blocks)]
    for text in texts:
        yield from (run.href for piece in text for run in piece.runs if run.href)
