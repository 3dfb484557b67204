"""What cards say, and what a report was made of, for templates."""

from dataclasses import dataclass
from typing import Any

from django import template
from wagtail.query import PageQuerySet

from workshops.models import ReportPage, WorkshopPage
from workshops.report.citing import words_of
from workshops.report.printing import as_data
from workshops.report.showing import openable

register = template.Library()


@dataclass(frozen=True)
class Original:
    """The file a report was made of, as a row that names a file."""

    file: Any = None


@register.filter
def words_of_card(card: Any) -> str:
    """Return what a card says."""
    return words_of(card)


@register.filter
def kind_of_card(card: Any) -> str:
    """Return what kind of card it is, in the reader's language."""
    return str(card._meta.verbose_name)


@register.simple_tag
def original_of(page: ReportPage) -> list[Original]:
    """Return the file a report was made of as a row, for `with_public_files`."""
    return [Original(page.original)] if page.original_id else []


@register.simple_tag
def reports_below(page: WorkshopPage) -> PageQuerySet:
    """Return the reports of a workshop that everybody may open."""
    return openable(None).child_of(page) if page.pk else ReportPage.objects.none()


@register.simple_tag
def printed_picture(picture: Any) -> str:
    """Return a picture as an address that holds it whole, for paper."""
    return as_data(picture) if picture else ""
