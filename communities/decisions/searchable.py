"""Decisions in the search, for those who may read the register of their community."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import Truncator

from communities import access
from communities.documents import LONGEST_SUMMARY, beginning, facets_of, language_of, numbers_in
from communities.models import Decision
from communities.plain import plain_text
from search.documents import Document, Section
from search.sources import Card, key_of
from search.viewer import Viewer

# What a community has adopted stands before what it discusses; what is replaced, behind it.
WEIGHT, REPLACED_WEIGHT = 0.92, 0.8


class DecisionSource:
    """Decisions as they were adopted."""

    name = "decision"

    def ids(self) -> list[str]:
        """Return the ids of all decisions."""
        return [str(pk) for pk in Decision.objects.order_by("pk").values_list("pk", flat=True)]

    def documents(self, ids: Sequence[str]) -> Iterator[Document]:
        """Yield them for the audience of their community."""
        for decision in _rows(ids):
            said = plain_text(decision.text)
            replaced = hasattr(decision, "replaced_by")
            yield Document(
                key=key_of(self.name, decision.pk),
                kind=self.name,
                title=decision.title,
                summary=beginning(said),
                language=_language(decision, said),
                sections=(Section((), said),),
                facets=facets_of(decision.community, decision.country),
                audiences=access.audience_of(decision.community),
                date=decision.adopted_on,
                weight=REPLACED_WEIGHT if replaced else WEIGHT,
            )

    def shown(self, ids: Sequence[str], viewer: Viewer, language: str) -> Mapping[str, Card]:
        """Return the cards of the decisions that this viewer may read at this moment."""
        communities = access.communities_within(viewer.audiences).values("pk")
        found = _rows(ids).filter(community__in=communities)
        with translation.override(language):
            return {str(decision.pk): _card(decision) for decision in found}


def _rows(ids: Sequence[str]) -> QuerySet[Decision]:
    rows = Decision.objects.filter(pk__in=numbers_in(ids)).order_by("pk")
    return rows.select_related("community", "replaced_by", "thread")


def _language(decision: Decision, said: str) -> str:
    otherwise = decision.thread.language if decision.thread else "en"
    return language_of(f"{decision.title}\n{said}", otherwise)


def _card(decision: Decision) -> Card:
    community, said = decision.community, plain_text(decision.text)
    return Card(
        title=decision.title,
        url=decision.get_absolute_url(),
        kind="decision",
        language=_language(decision, said),
        summary=Truncator(said).chars(LONGEST_SUMMARY),
        date=decision.adopted_on,
        parent_title=community.name,
        members_of="" if community.is_public else community.name,
        changed=decision.created_at,
    )
