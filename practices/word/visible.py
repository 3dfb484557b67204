"""What of a practice a reader may see: not the names of what is closed to them."""

from collections.abc import Iterable
from dataclasses import replace

from wagtail.documents import get_document_model
from wagtail.models import Page

from core.visibility import Audiences, live_for
from practices.word.fields import Named, PracticeFields


def only_visible(fields: PracticeFields, audiences: Audiences) -> PracticeFields:
    """Return the fields without pages and files that these audiences may not open."""
    pages = visible_pages((*fields.indicators, *fields.guidance), audiences)
    files = _files((each.file for each in fields.evidence if each.file), audiences)
    return replace(
        fields,
        indicators=tuple(each for each in fields.indicators if each.pk in pages),
        guidance=tuple(each for each in fields.guidance if each.pk in pages),
        evidence=tuple(
            each for each in fields.evidence if each.file is None or each.file.pk in files
        ),
    )


def visible_pages(named: Iterable[Named], audiences: Audiences) -> set[int]:
    """Return the numbers of those pages that these audiences may open; one query."""
    wanted = [each.pk for each in named]
    return set(live_for(Page.objects.filter(pk__in=wanted), audiences).values_list("pk", flat=True))


def _files(named: Iterable[Named], audiences: Audiences) -> set[int]:
    wanted = [each.pk for each in named]
    found = get_document_model().open_to(audiences).filter(pk__in=wanted)
    return set(found.values_list("pk", flat=True))
