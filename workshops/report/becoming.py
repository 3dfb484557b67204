"""A card as a draft practice, or as a building block of one: each once, never published here."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from practices import access
from practices.contributing.drafts import newest_of
from practices.contributing.editing import begin
from practices.contributing.rows import stored_rows
from practices.contributing.saving import save_draft
from practices.models import PracticePage
from workshops.models import CardOutcome, Challenge, Note, Workshop
from workshops.report.citing import name_of, words_of

MOST_TARGETS = 200
LONGEST_TITLE = 120
Kind = CardOutcome.Kind


class ClosedError(Exception):
    """What a card was to become a part of is closed; the message says what to do."""


def targets(user: Any) -> list[tuple[str, str]]:
    """Return (id, title) of the practices that are somebody's to write, the newest first."""
    pages = access.practices_of(user).filter(alias_of=None).order_by("-latest_revision_created_at")
    return [(str(pk), title) for pk, title in pages.values_list("pk", "draft_title")[:MOST_TARGETS]]


def make(workshop: Workshop, card: Any, kind: str, target: str, user: Any) -> Page:
    """Make it of a card and note that; what it has become already is returned as it is."""
    with transaction.atomic():
        # Two who press at once: the second finds what the first has made.
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        known = CardOutcome.objects.filter(card=name_of(card), kind=kind).exclude(page=None).first()
        if known is not None and known.page is not None:
            return known.page
        made = _practice(card, user) if kind == Kind.PRACTICE else _block(card, target, user)
        CardOutcome.objects.create(card=name_of(card), kind=kind, page=made, by=user)
    return made


def _practice(card: Any, user: Any) -> PracticePage:
    about = card if isinstance(card, Challenge) else getattr(card, "challenge", None)
    changed: dict[str, Any] = {"title": title_of(card), "countries": _country(card)}
    if about is not None:
        changed["problem"] = _paragraphs([about.title, *about.text.splitlines()])
    if about is not card:
        text = _paragraphs(words_of(card).splitlines())
        changed["steps"] = [{"type": "step", "value": {"title": "", "text": text}}]
    locale = Locale.objects.filter(language_code=getattr(card, "language", "")).first()
    page = PracticePage(locale=locale or Locale.get_default())
    return begin(user, page, changed, str(_key(card)))


def _block(card: Any, target: str, user: Any) -> PracticePage:
    page: PracticePage = access.practices_of(user).get(pk=target)
    if not access.may_edit(user, page):
        raise ClosedError(_("This practice is in review and cannot be changed now. Try later."))
    blocks = [
        {"type": kind, "value": values, "id": key}
        for key, kind, values in stored_rows(newest_of(page), "building_blocks")
    ]
    text = _paragraphs(words_of(card).splitlines())
    value = {"title": title_of(card), "text": text}
    blocks.append({"type": "building_block", "value": value, "id": str(_key(card))})
    save_draft(page, user, {"building_blocks": blocks})
    return page


def title_of(card: Any) -> str:
    """Return how something made of a card is called at first: the beginning of what it says."""
    first = next(iter(words_of(card).splitlines()), "")
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"


def _country(card: Any) -> list[str]:
    code = card.about if isinstance(card, Challenge) else card.country
    # A note is of a group, in which several countries sit.
    return [] if isinstance(card, Note) or not code else [code]


def _key(card: Any) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"workshops {name_of(card)}")


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text.strip())
