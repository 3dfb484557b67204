"""Events in the search, for those who may read the calendar of their community."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import Truncator

from communities import access
from communities.documents import LONGEST_SUMMARY, beginning, facets_of, language_of, numbers_in
from communities.models import Event
from communities.plain import plain_text
from search.documents import Document, Section
from search.sources import Card, key_of
from search.viewer import Viewer

WEIGHT = 0.85


class EventSource:
    """Events that take place or took place; one that is called off answers nothing."""

    name = "event"

    def ids(self) -> list[str]:
        """Return the ids of the events that stand."""
        standing = Event.objects.filter(cancelled_at=None)
        return [str(pk) for pk in standing.order_by("pk").values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield those that stand, for the audience of their community."""
        for event in _standing(ids):
            said = _said(event)
            yield Document(
                key=key_of(self.name, event.pk),
                kind=self.name,
                title=event.title,
                summary=beginning(said),
                language=language_of(f"{event.title}\n{said}", "en"),
                sections=(Section((), said),),
                facets=facets_of(event.community, event.country),
                audiences=access.audience_of(event.community),
                date=event.starts.astimezone(ZoneInfo(event.time_zone)).date(),
                weight=WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the events that this viewer may read at this moment."""
        communities = access.communities_within(viewer.audiences).values("pk")
        found = _standing(ids).filter(community__in=communities)
        with translation.override(language):
            return {str(event.pk): _card(event) for event in found}


def _standing(ids: Sequence[str]) -> QuerySet[Event]:
    rows = Event.objects.filter(pk__in=numbers_in(ids), cancelled_at=None)
    return rows.select_related("community").order_by("pk")


def _said(event: Event) -> str:
    """Return what is told of an event; the link to take part is no word of it."""
    return "\n\n".join(filter(None, [plain_text(event.text), event.place]))


def _card(event: Event) -> Card:
    community, said = event.community, _said(event)
    return Card(
        title=event.title,
        url=event.get_absolute_url(),
        kind="event",
        language=language_of(f"{event.title}\n{said}", "en"),
        summary=Truncator(said).chars(LONGEST_SUMMARY),
        date=event.starts.astimezone(ZoneInfo(event.time_zone)).date(),
        parent_title=community.name,
        members_of="" if community.is_public else community.name,
        changed=event.changed_at,
    )
