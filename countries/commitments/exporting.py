"""Commitments with their progress as rows of a table, for those who may read them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from core.visibility import audiences_of, live_for
from countries.access import visible
from countries.models import Commitment, ProgressNote
from guidance.models import IndicatorPage
from vocabulary.labels import label, labels

HEAD = (
    *("external_id", "country", "country_name", "commitment", "indicator", "indicator_address"),
    *("action_point", "action_point_name", "made_on", "due_on", "source", "progress"),
    *("latest_progress_on", "public", "changed_at"),
)


def readable(user: Any) -> QuerySet[Commitment]:
    """Return the commitments that somebody may read, each with the notes that they may read."""
    notes = visible(ProgressNote.objects.select_related("institution"), user)
    return visible(Commitment.objects.all(), user).prefetch_related(
        Prefetch("progress", queryset=notes)
    )


def indicators_of(commitments: list[Commitment], user: Any) -> dict[int, IndicatorPage]:
    """Return the indicators of commitments that somebody may open, by number; one query."""
    wanted = {each.indicator_id for each in commitments if each.indicator_id}
    pages = IndicatorPage.objects.filter(pk__in=wanted)
    return {page.pk: page for page in live_for(pages, audiences_of(user))} if wanted else {}


def cells(found: QuerySet[Commitment], user: Any) -> Iterator[list[object]]:
    """Yield each commitment as a row of HEAD."""
    commitments = list(found)
    indicators = indicators_of(commitments, user)
    language = get_language() or "en"
    points = labels("action_point", language)
    for each in commitments:
        indicator = indicators.get(each.indicator_id or 0)
        notes = list(each.progress.all())
        yield [
            *(each.external_id or f"px-{each.pk}", each.about),
            *(label("country", each.about, language), each.text),
            indicator.title if indicator else "",
            f"{settings.WAGTAILADMIN_BASE_URL}{indicator.permalink}" if indicator else "",
            *(each.action_point, points.get(each.action_point, "")),
            *(each.made_on, each.due_on, each.source),
            "\n\n".join(f"{note.on.isoformat()}: {note.text}" for note in reversed(notes)),
            notes[0].on if notes else "",
            *("yes" if each.public else "no", each.changed_at.date()),
        ]
