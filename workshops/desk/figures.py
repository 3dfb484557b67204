"""The platform's figures: each part counts its own, others lend theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from adoption.models import Adoption, Feedback
from core.classification import PageCountry
from core.visibility import live_public
from guidance.models import GuidancePage, IndicatorPage
from members.models import Role
from practices.models import PracticePage
from users.models import Institution
from workshops.models import Decision, Recommendation, WorkshopPage


@dataclass(frozen=True)
class Figure:
    """A number; its key is its name for ever, its label is told in the reader's language."""

    key: str
    label: Any
    value: int


Counts = Callable[[int], Iterable[Figure]]
_known: list[Counts] = []


def register(counts: Counts) -> None:
    """Add the figures that `counts(year)` returns to every pack made from now on."""
    _known.append(counts)


def figures_of(year: int) -> list[Figure]:
    """Return all figures as they are at this moment, and what was new in a year."""
    found = [*_public(year), *_people(), *_exchange(year), *_workshops(year)]
    return found + [figure for counts in _known for figure in counts(year)]


def _originals(model: Any) -> Any:
    """Return the works that everybody may read, each once, whatever its languages."""
    return live_public(model.objects.filter(alias_of=None))


def _works(pages: Any) -> int:
    return int(pages.order_by().values("translation_key").distinct().count())


def _public(year: int) -> Iterable[Figure]:
    practices = _originals(PracticePage)
    first = practices.filter(first_published_at__year=year)
    yield Figure("practices", _("Practices published"), _works(practices))
    yield Figure("practices-new", _("Practices first published in the year"), _works(first))
    tagged = PageCountry.objects.filter(page__in=practices.values("pk"))
    countries = tagged.order_by().values("term__code").distinct().count()
    yield Figure("practice-countries", _("Countries with a practice"), countries)
    guidance = _works(_originals(GuidancePage))
    yield Figure("guidance", _("Guidance materials in all their versions"), guidance)
    yield Figure("indicators", _("Indicators"), _works(_originals(IndicatorPage)))
    held = _works(_originals(WorkshopPage))
    yield Figure("workshop-pages", _("Workshops with a public page"), held)


def _people() -> Iterable[Figure]:
    held = Role.objects.held().filter(user__is_active=True).order_by()
    yield Figure("members", _("Members"), held.values("user").distinct().count())
    countries = held.exclude(country=None).values("country__code").distinct().count()
    yield Figure("member-countries", _("Countries of members"), countries)
    institutions = Institution.objects.filter(pk__in=held.values("institution_id"))
    yield Figure("member-institutions", _("Institutions of members"), institutions.count())


def _exchange(year: int) -> Iterable[Figure]:
    adapted = Adoption.objects.all()
    told = adapted.filter(created_at__year=year)
    yield Figure("adaptations", _("Adaptations told"), adapted.count())
    yield Figure("adaptations-new", _("Adaptations told in the year"), told.count())
    said = Feedback.objects.filter(created_at__year=year, withdrawn_at=None)
    yield Figure("feedback-new", _("Feedback between peers in the year"), said.count())


def _workshops(year: int) -> Iterable[Figure]:
    cards = Recommendation.objects.filter(created_at__year=year, withdrawn_at=None)
    yield Figure("cards-new", _("Recommendation cards written in the year"), cards.count())
    tried = Decision.objects.filter(choice="tried").values("card").distinct().count()
    yield Figure("cards-tried", _("Recommendations tried"), tried)
