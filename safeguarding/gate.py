"""The gate: what was found on a page, what of it is cleared, and whether it may be published."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model

from core.publication import PublicationBlocked, Reason
from safeguarding.detectors import find_in
from safeguarding.detectors.sentences import normal
from safeguarding.files import files_of, look_into
from safeguarding.kinds import KINDS, Kind
from safeguarding.models import Answer, Signed, SignOff
from safeguarding.passages import Place, content_of

# How small a picture is shown beside its question.
SHOWN_AS = "max-320x320"


@dataclass(frozen=True)
class Finding:
    """Something that must be looked at: what, where, and the fingerprint by which it is cleared."""

    kind: str
    place: Place
    sentence: str  # as it is written; the title of a picture or file
    found: tuple[str, ...]  # what stands out in it
    fingerprint: str
    picture: Any = None

    @property
    def about(self) -> Kind:
        """What this kind of finding is called, why it matters, what to do."""
        return KINDS[self.kind]

    @property
    def label(self) -> str | Promise:
        """Where it stands: the name of the field."""
        return self.place.label


@dataclass(frozen=True)
class Report:
    """All findings on a page, and the acts that clear some of them, by fingerprint."""

    findings: list[Finding]
    cleared: dict[str, Signed]

    @cached_property
    def open(self) -> list[Finding]:
        """What nobody has answered for yet."""
        return [each for each in self.findings if each.fingerprint not in self.cleared]

    @cached_property
    def signed(self) -> list[tuple[Finding, Signed]]:
        """What may be published as it is, with who said so."""
        return [
            (each, self.cleared[each.fingerprint])
            for each in self.findings
            if each.fingerprint in self.cleared
        ]


def check(page: Any) -> Report:
    """Look at a page as it is in memory; nothing is written."""
    found: dict[str, Finding] = {}
    for each in _findings(page):
        found.setdefault(each.fingerprint, each)
    return Report(list(found.values()), _cleared(page, found.values()))


def require_cleared(page: Any) -> None:
    """Raise `PublicationBlocked` when something on the page is not cleared."""
    reasons = list(condition(page))
    if reasons:
        raise PublicationBlocked(page, reasons)


def condition(page: Any) -> Iterator[Reason]:
    """Say what is not cleared: the condition that `core.publication` asks."""
    still = check(page).open
    if not still:
        return
    kinds = ", ".join(dict.fromkeys(str(each.about.label) for each in still))
    text = ngettext(
        "Do no harm: %(count)s thing must be looked at first (%(kinds)s).",
        "Do no harm: %(count)s things must be looked at first (%(kinds)s).",
        len(still),
    ) % {"count": len(still), "kinds": kinds}
    url = reverse("safeguarding-page", args=[subject_of(page)]) if subject_of(page) else ""
    yield Reason(text, url, _("See what was found"))


def subject_of(page: Any) -> int | None:
    """Return the page that is cleared: an alias follows its original, and so do its sign-offs."""
    number: int | None = page.alias_of_id or page.pk
    return number


def _findings(page: Any) -> Iterator[Finding]:
    content = content_of(page)
    for passage in content.passages:
        said: dict[str, list[str]] = {}
        for kind, match in find_in(passage.sentence):
            said.setdefault(kind, []).append(match)
        for kind, matches in said.items():
            mark = fingerprint(kind, passage.sentence)
            yield Finding(kind, passage.place, passage.sentence, tuple(matches), mark)
    for quote in content.quotations:
        if quote.text.strip():
            mark = fingerprint("quotation", f"{quote.text} {quote.source}")
            yield Finding("quotation", quote.place, quote.text, (quote.source,), mark)
    if content.pictures:
        yield from _pictures(content.pictures)
    if content.files:
        yield from _files(content.files, page)


def _pictures(places: dict[int, Place]) -> Iterator[Finding]:
    pictures = get_image_model().objects.filter(pk__in=places).prefetch_renditions(SHOWN_AS)
    for picture in pictures.order_by("pk"):
        mark = fingerprint("picture", f"{picture.pk} {picture.file_hash or picture.file.name}")
        yield Finding("picture", places[picture.pk], picture.title, (), mark, picture=picture)


def _files(places: dict[int, Place], page: Any) -> Iterator[Finding]:
    for file, kind, found in look_into(files_of(places, page)):
        mark = mark_of_file(file, kind, found)
        yield Finding(kind, places[file.pk], file.title, (found,) if found else (), mark)


def mark_of_file(file: Any, kind: str, found: str) -> str:
    """Return what recognises something in a file, as long as its content stays the same."""
    return fingerprint(kind, f"{file.pk} {file.file_hash} {found}")


def fingerprint(kind: str, text: str) -> str:
    """Return what recognises a finding: the same words of the same kind, wherever they stand."""
    return hashlib.sha256(f"{kind}\0{normal(text).strip().casefold()}".encode()).hexdigest()


def _cleared(page: Any, findings: Iterable[Finding]) -> dict[str, Signed]:
    """Return the acts that clear these findings: sign-offs for this page, answers by their kind."""
    marks = [each.fingerprint for each in findings]
    subject = subject_of(page)
    if not marks:
        return {}
    found: dict[str, Signed] = {}
    answered = [each for each in findings if each.about.answered]
    if answered:
        answers = Answer.objects.filter(fingerprint__in=[each.fingerprint for each in answered])
        found |= {
            answer.fingerprint: answer for answer in answers.select_related("by").order_by("pk")
        }
    if subject:
        signed = SignOff.objects.filter(page_id=subject, fingerprint__in=marks)
        found |= {sign.fingerprint: sign for sign in signed.select_related("by").order_by("pk")}
    return found
