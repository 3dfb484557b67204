"""What is told of a document or an adaptation in one line, to whoever may open it now."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from adoption.access import adoptions_for
from core.templatetags.site_tags import kind_label
from members.signing import adapter_name
from search.showing import cards_of
from search.sources import Card
from search.viewer import Viewer
from users.models import User

ADAPTATION = "adaptation"


@dataclass(frozen=True)
class Line:
    """A title with where it leads; paths are those of the language that was asked for."""

    key: str
    title: str
    url: str
    kind: str
    language: str
    summary: str = ""
    changed: datetime.datetime | None = None


def of(keys: Iterable[str], user: User, language: str) -> dict[str, Line]:
    """Return {key: line} of what somebody may open now.

    Keys are those of search, with "@" and a version where that is told of, and of adaptations.
    """
    every = list(keys)
    adapted = [key for key in every if key.startswith(f"{ADAPTATION}:")]
    documents = {key: key.partition("@")[0] for key in every if key not in adapted}
    cards = cards_of(list(set(documents.values())), Viewer.of(user), language) if documents else {}
    found = {
        key: _line(key, cards[document]) for key, document in documents.items() if document in cards
    }
    return found | (_adaptations(adapted, user) if adapted else {})


def _line(key: str, card: Card) -> Line:
    kind = _("New version") if "@" in key else str(kind_label(card.kind))
    return Line(key, card.title, card.url, kind, card.language, card.summary, card.changed)


def _adaptations(keys: Iterable[str], user: User) -> dict[str, Line]:
    numbers = [int(key.partition(":")[2]) for key in keys]
    rows = adoptions_for(user).filter(pk__in=numbers).select_related("institution", "origin")
    return {
        f"{ADAPTATION}:{row.pk}": Line(
            f"{ADAPTATION}:{row.pk}",
            _("Adapted by %(who)s") % {"who": adapter_name(row)},
            reverse("exchange-adaptation", args=[row.pk]),
            str(row._meta.verbose_name),
            "",
            "",
            row.created_at,
        )
        for row in rows
    }
