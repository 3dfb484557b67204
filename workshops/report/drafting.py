"""A report drafted from a workshop, and cards added to it later; nothing is published here."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.models import PageCountry
from vocabulary.models import Country
from workshops.models import ReportPage, Workshop, WorkshopIndexPage
from workshops.report import composing
from workshops.report.blocks import cards_cited
from workshops.report.citing import name_of, words_of
from workshops.report.making import add_below
from workshops.report.parts import in_order, to_stream


def place_for(workshop: Workshop) -> Page | None:
    """Return the page below which the report of a workshop stands: its own, else the list."""
    if workshop.page_id:
        return Page.objects.get(pk=workshop.page_id).specific
    language = translation.get_language() or ""
    lists = WorkshopIndexPage.objects.filter(alias_of=None).order_by("path")
    return lists.filter(locale__language_code=language).first() or lists.first()


def report_of(workshop: Workshop) -> ReportPage | None:
    """Return the report that was drafted from a workshop, published or not."""
    # One made of a file keeps that file as its own; another may be added to a draft in the editor.
    drafted = ReportPage.objects.filter(workshop=workshop, original__page=None, alias_of=None)
    read = ("locale", "latest_revision", "workshop", "owner")
    return drafted.select_related(*read).order_by("pk").first()


def draft(workshop: Workshop, parent: Page, user: Any) -> ReportPage:
    """Make the draft of what stands in the workshop; where there is one already, return that."""
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        known = report_of(workshop)
        if known is not None:
            return known
        locked: Page = Page.objects.select_for_update(no_key=True).get(pk=parent.pk).specific
        with translation.override(locked.locale.language_code):
            title = _("Report: %(title)s") % {"title": workshop.title}
            page = ReportPage(title=title[:255], owner=user, live=False, workshop=workshop)
            parts = in_order(composing.parts_of(workshop))
            page.body = _stream(page, "body", to_stream(parts))
            page.findings = _stream(page, "findings", _with_ids(composing.findings_of(workshop)))
        add_below(locked, page)
        page.countries = _countries(workshop, page)
        page.save()
        page.save_revision(user=user, log_action=True, clean=False)
    return page


def add_finding(workshop: Workshop, card: Any, user: Any) -> ReportPage | None:
    """Add a card to the draft as a finding, once; None where there is no report yet."""
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        stored = report_of(workshop)
        if stored is None:
            return None
        page = stored.get_latest_revision_as_object()
        if name_of(card) not in cited_in(page):
            about = getattr(card, "challenge", None)
            new = composing.finding(words_of(card), card, *([about] if about is not None else []))
            blocks = [*page.findings.raw_data, *_with_ids([new])]
            page.findings = _stream(page, "findings", blocks)
            page.save_revision(user=user, log_action=True, clean=False)
    return stored


def cited_in(page: ReportPage) -> set[str]:
    """Return the cards that the findings of a version name first: what they were made of."""
    cited = (cards_cited(block.value) for block in page.findings)
    return {cards[0] for cards in cited if cards}


def _with_ids(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(uuid.uuid4()), **finding} for finding in findings]


def _stream(page: ReportPage, name: str, blocks: Any) -> Any:
    return page._meta.get_field(name).stream_block.to_python(list(blocks))


def _countries(workshop: Workshop, page: ReportPage) -> list[PageCountry]:
    terms: dict[str, Country] = {}
    for term in Country.objects.filter(code__in=workshop.codes).order_by("pk"):
        if term.code not in terms or term.locale_id == page.locale_id:
            terms[term.code] = term
    return [
        PageCountry(term=terms[code], sort_order=order)
        for order, code in enumerate(workshop.codes)
        if code in terms
    ]
