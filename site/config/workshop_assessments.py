"""What countries lend to workshops: how far their assessments are, and the gaps they show."""

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from core.visibility import audiences_of, live_for
from countries import access
from countries.assessing.opening import open_round
from countries.models import Answer, Assessment, CountryPage, GapKind, Question, Questionnaire
from workshops.preparing.assessments import Asked, KnownGap, Lender, Progress, register_lender

USUAL = "rapid-assessment"


def _offered() -> list[tuple[str, str]]:
    rows = Questionnaire.objects.filter(versions__published_at__isnull=False).distinct()
    return [(row.slug, row.title) for row in rows]


def _progress(asked: Asked) -> dict[str, Progress]:
    """Return how far each country is; two queries, however many they are."""
    rounds = {row.about: row for row in _newest(asked)}
    desks, teams = _desks(asked), access.teams_of(asked.user)
    found = {}
    for code in asked.codes:
        opens = code in desks and (teams is None or code in teams)
        row = rounds.get(code)
        found[code] = Progress(
            has_desk=code in desks,
            total=getattr(row, "total", 0),
            done=getattr(row, "done", 0),
            opens_on=row.opens_on if row else None,
            last_day=row.locks_on if row else None,
            address=_address(asked, code, row) if opens else "",
        )
    return found


def _newest(asked: Asked) -> QuerySet[Any]:
    """Return the newest round of each country with its `total` and `done` questions.

    Counted as `countries.assessing.reading` does: "not known" is an answer.
    """
    mine = Answer.objects.filter(assessment=OuterRef("pk"))
    given = mine.filter(Q(not_known=True) | Q(value__isnull=False))
    later = Assessment.objects.filter(
        about=OuterRef("about"),
        questionnaire=OuterRef("questionnaire"),
        round__gt=OuterRef("round"),
    )
    rows = Assessment.objects.filter(
        ~Exists(later), questionnaire__slug=asked.questionnaire, about__in=asked.codes
    )
    questions = Question.objects.filter(version=OuterRef("version"))
    return rows.annotate(total=_number(questions, "version"), done=_number(given, "assessment"))


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _desks(asked: Asked) -> set[str]:
    """Return the countries with a page that this person may open: their desk stands behind it."""
    pages = live_for(CountryPage.objects.all(), audiences_of(asked.user))
    codes = pages.filter(country__code__in=asked.codes).values_list("country__code", flat=True)
    return set(codes)


def _address(asked: Asked, code: str, row: Any) -> str:
    if row is not None:
        return reverse("country-assessment", args=[code, row.pk])
    proposed = {"questionnaire": asked.questionnaire}
    if asked.until:
        proposed["until"] = asked.until.isoformat()
    return f"{reverse('country-assessments', args=[code])}?{urlencode(proposed)}#begin"


def _begin(slug: str, code: str, user: Any, until: datetime.date) -> bool:
    questionnaire = Questionnaire.objects.filter(slug=slug).first()
    if questionnaire is None or not access.may_open_round(user, code):
        return False
    try:
        open_round(code, questionnaire, user, opens_on=timezone.localdate(), locks_on=until)
    except ValidationError:  # one is open
        return False
    return True


def _gaps(asked: Asked, shared: frozenset[str]) -> Sequence[KnownGap]:
    """Return the gaps in their order; one query."""
    teams = access.teams_of(asked.user)
    known = access.gaps_in(None if teams is None else teams | shared)
    rows = known.filter(
        about__in=asked.codes, assessment__questionnaire__slug=asked.questionnaire
    ).select_related("kind")
    having: dict[GapKind, list[str]] = {}
    for row in rows.order_by("kind__order", "kind", "about"):
        having.setdefault(row.kind, []).append(row.about)
    order = asked.codes.index
    return [
        KnownGap(kind.code, kind.title, kind.ask, tuple(sorted(set(codes), key=order)))
        for kind, codes in having.items()
    ]


def connect() -> None:
    """Let workshops be prepared with assessments."""
    register_lender(Lender(USUAL, _offered, _progress, _begin, _gaps))
